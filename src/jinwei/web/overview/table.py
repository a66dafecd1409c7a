"""Lists of an overview as rows of cells: on the screen, in order, and in a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from jinwei.engine.catalogue import HUNDREDTHS, TEXT, WHOLE
from jinwei.ledgers.export import Sheet, Typed

STARS: Final = "stars"
CHANGE: Final = "change"
_KINDS: Final = {STARS: WHOLE, CHANGE: HUNDREDTHS}

Value = str | int | dt.date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``kind``: of the catalogue, or ``stars`` or ``change`` (hundredths)."""

    key: str
    label: str
    kind: str = TEXT

    @property
    def numeric(self) -> bool:
        return self.kind in (WHOLE, HUNDREDTHS, CHANGE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the way to what is behind it; ``tone``: of a tag."""

    value: Value
    url: str = ""
    tone: str = ""


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its answer, its columns and rows, and what to say where it is empty."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    nothing: str
    order: str = ""

    def ordered(self, asked: str) -> Sequence[Row]:
        """The rows by a column (``-key``: falling); as they are where there is no such column.

        Empty cells come last either way.
        """
        keys = [column.key for column in self.columns]
        name = asked.removeprefix("-")
        if name not in keys:
            return self.rows
        at = keys.index(name)
        filled = [row for row in self.rows if row[at].value is not None]
        empty = [row for row in self.rows if row[at].value is None]
        filled.sort(key=lambda row: _comparable(row[at].value), reverse=asked.startswith("-"))
        return [*filled, *empty]

    def cells(self, rows: Iterable[Row]) -> list[tuple[tuple[Column, Cell], ...]]:
        """Rows for a template: each cell with its column."""
        return [tuple(zip(self.columns, row, strict=True)) for row in rows]


def sheet(listing: Listing, rows: Iterable[Row]) -> Sheet:
    """The list as a file holds it."""
    kinds = tuple(_KINDS.get(column.kind, column.kind) for column in listing.columns)
    return Sheet(
        listing.title,
        tuple(column.label for column in listing.columns),
        kinds,
        (tuple(map(_typed, row, kinds)) for row in rows),
    )


def _typed(cell: Cell, kind: str) -> Typed:
    if kind == HUNDREDTHS and isinstance(cell.value, int):
        return Decimal(cell.value).scaleb(-2)
    return cell.value


def _comparable(value: Value) -> tuple[int, str] | tuple[int, int]:
    """Cells of one column are of one kind; days compare as numbers."""
    if isinstance(value, dt.date):
        return (0, value.toordinal())
    return (0, value) if isinstance(value, int) else (1, str(value))
