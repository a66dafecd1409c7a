"""Gathering faults with the place where a person finds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jinwei.datasets.kinds import MORE
from jinwei.engine.catalogue import Table
from jinwei.engine.faults import DatasetRefused, Fault

MOST: Final = 200
"""How many faults of one kind are written out."""
ROWS: Final = "rows"
ENTRIES: Final = "entries"
_ROW_ZH: Final = {ROWS: "第 {} 行", ENTRIES: "第 {} 条"}
_ROW_EN: Final = {ROWS: "row {}", ENTRIES: "entry {}"}
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows of a table came from.

    ``numbers[i]`` is the number a person counts for row ``i`` (the spreadsheet row, or the entry
    of a list from 1, as ``counted`` says), ``lines[i]`` its line in ``file`` where it has lines.
    ``rank`` orders the faults of different tables.
    """

    table: Table
    numbers: Sequence[int]
    counted: str = ENTRIES
    file: str | None = None
    lines: Sequence[int] | None = None
    rank: int = 0

    def number(self, index: int | None) -> int | None:
        return None if index is None else self.numbers[index]

    def line(self, index: int | None) -> int | None:
        return None if index is None or self.lines is None else self.lines[index]

    def row_zh(self, index: int) -> str:
        return _ROW_ZH[self.counted].format(self.numbers[index])

    def row_en(self, index: int) -> str:
        return _ROW_EN[self.counted].format(self.numbers[index])


def shown(value: object) -> str:
    """A value as a sentence quotes it: at most sixty characters, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def place(origin: Origin, index: int | None, column: str | None) -> tuple[str, dict[str, str]]:
    """``meeting[12].held_on``, and the facts from which sentences name the same place."""
    table = origin.table
    known = table.column(column) if column else None
    heading = known.heading if known else column or ""
    where = table.name
    zh, en = f"{table.heading}表", f"Table {table.name}"
    facts = {"table": table.name, "table_zh": table.heading, "row": ""}
    if index is not None:
        where += f"[{origin.numbers[index]}]"
        zh, en = zh + origin.row_zh(index), f"{en}, {origin.row_en(index)}"
        facts["row"] = str(origin.numbers[index])
    if column:
        where += f".{column}"
        zh, en = f"{zh}“{heading}”", f"{en}, column “{column}”"
    facts |= {"column": column or "", "column_zh": heading, "place_zh": zh, "place_en": en}
    return where, facts


class Report:
    """Faults of one data set; each kind is written out :data:`MOST` times and counted beyond."""

    def __init__(self) -> None:
        self._faults: list[tuple[int, int, Fault]] = []
        self._counts: Counter[str] = Counter()
        self._more: dict[str, str] = {}

    def _counted_in(self, id: str, where: str) -> bool:
        self._counts[id] += 1
        if self._counts[id] > MOST:
            self._more.setdefault(id, where)
        return self._counts[id] <= MOST

    def about_file(
        self,
        id: str,
        file: str | None,
        *,
        where: str = "",
        found: object = "",
        line: int | None = None,
        allowed: tuple[str, ...] = (),
        nearest: str | None = None,
        **facts: str,
    ) -> None:
        """Add a fault of a file or of the whole data set; ``where`` is empty for a whole file."""
        where = where or file or ""
        if self._counted_in(id, where):
            facts.setdefault("file", file or "")
            fault = Fault(id, where, shown(found), allowed, nearest, line, file, facts=facts)
            self._faults.append((-1, 0, fault))

    def add(
        self,
        id: str,
        origin: Origin,
        index: int | None,
        column: str | None,
        *,
        found: object = "",
        allowed: tuple[str, ...] = (),
        nearest: str | None = None,
        line: int | None = None,
        **facts: str,
    ) -> None:
        """Add a fault of a table, of one row (``index`` from 0) or of one cell."""
        where, named = place(origin, index, column)
        if self._counted_in(id, where):
            line = origin.line(index) if line is None else line
            named |= facts
            fault = Fault(id, where, shown(found), allowed, nearest, line, origin.file, facts=named)
            self._faults.append((origin.rank, origin.number(index) or 0, fault))

    def full(self, id: str) -> bool:
        """Whether further faults of the kind will only be counted."""
        return self._counts[id] >= MOST

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Files first, then tables and rows in order, last how many were not written out."""
        ordered = sorted(self._faults, key=lambda entry: entry[:2])
        return (*(fault for _, _, fault in ordered), *self._rest())

    def _rest(self) -> list[Fault]:
        return [
            Fault(MORE, where, str(self._counts[id] - MOST), facts={"kind": id})
            for id, where in self._more.items()
        ]

    def refuse(self) -> None:
        """Raise :class:`DatasetRefused` with all faults, if there are any."""
        if self._faults:
            raise DatasetRefused(self.faults)
