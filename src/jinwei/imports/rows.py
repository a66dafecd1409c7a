"""Drafts on their way to rows: what each became, and values as drafts and rows both say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinwei.books.drafts import FAULT, Draft, Reading, Trouble, Weight
from jinwei.books.keys import KEYS
from jinwei.datasets.dataset import Value
from jinwei.engine.catalogue import REFERENCE, TABLES, Table
from jinwei.organizations.facts import FactModel

from .models import Outcome


@dataclass(slots=True)
class Row:
    """One row of a fact table that a line says, beside the stored one that it is, if there.

    ``values``: as the draft says them, references by the codes that stand or will stand.
    ``differing``: columns in which the stored row says something else. ``said``: whether the book
    names the code; else it was made up, and another may take its place.
    """

    line: int
    table: str
    values: dict[str, Value]
    columns: Mapping[str, int]
    stored: FactModel | None = None
    differing: frozenset[str] = frozenset()
    outcome: Outcome = Outcome.NEW
    troubles: list[Trouble] = field(default_factory=list)
    _key: tuple[Value, ...] | None = None

    @property
    def facts(self) -> Table:
        return TABLES[self.table]

    @property
    def code(self) -> str | None:
        key = self.facts.key
        return _text(self.values.get(key)) if key else None

    @property
    def said(self) -> bool:
        return self.facts.key in self.columns

    @property
    def key(self) -> tuple[Value, ...]:
        """Its natural key."""
        if self._key is None:
            self._key = tuple(plain(self.values.get(name)) for name in KEYS[self.table])
        return self._key

    def refer(self, name: str, code: str) -> None:
        """What a column refers to is called otherwise than the book says."""
        self.values[name], self._key = code, None

    def now(self, name: str) -> Value:
        """What a column will say: the draft's word, else what is stored."""
        if name in self.values:
            return plain(self.values[name])
        return None if self.stored is None else value_of(self.stored, name)

    def trouble(
        self, id: str, column: str | None = None, weight: Weight = FAULT, **facts: object
    ) -> None:
        """Something is to be said of it, at the cell that a column came from."""
        at = self.columns.get(column) if column else None
        self.troubles.append(Trouble(id, at, weight, {k: str(v) for k, v in facts.items()}))


@dataclass(slots=True)
class Line:
    """A line of the sheet with its rows, in the order of the catalogue; what becomes of it."""

    reading: Reading
    rows: list[Row]
    outcome: Outcome = Outcome.UNKNOWN

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        said = self.reading.troubles
        for row in self.rows:
            if row.troubles:
                said = (*said, *row.troubles)
        return said


def rows_of(reading: Reading) -> list[Row]:
    """The rows that a line says; whoever came to a meeting is a row of its own."""
    rows = [row for draft in reading.drafts for row in _rows(reading.number, draft)]
    return rows if len(rows) < 2 else sorted(rows, key=lambda row: _ORDER[row.table])


def _rows(line: int, draft: Draft) -> Iterator[Row]:
    yield Row(line, draft.table, dict(draft.values), draft.columns)
    for member, status in draft.attendance:
        values: dict[str, Value] = {
            "meeting": draft.values.get("code"),
            "member": member,
            "status": status,
        }
        yield Row(line, "attendance", values, {})


@cache
def links(table: str) -> tuple[tuple[str, str], ...]:
    """The columns of a table that refer to rows which must stand, each with their table."""
    columns = TABLES[table].stored
    return tuple((c.name, c.refers_to) for c in columns if c.kind == REFERENCE and c.refers_to)


@cache
def musts(table: str) -> tuple[str, ...]:
    """The columns of a table that no row may leave empty."""
    return tuple(c.name for c in TABLES[table].stored if c.required)


@cache
def references(table: str) -> tuple[tuple[str, str], ...]:
    """The columns of a table that hold codes, each with the table they are of."""
    found = [(c.name, c.refers_to) for c in TABLES[table].stored if c.refers_to]
    return (*found, ("member", "member")) if table == "post" else tuple(found)


def plain(value: Any) -> Value:
    """A value as drafts say it: days as text, one way to be empty."""
    if type(value) is not str and isinstance(value, dt.date):
        return value.isoformat()
    return None if value == "" else value


def value_of(row: FactModel, name: str) -> Value:
    """What a stored row says in a column."""
    return plain(getattr(row, attribute(type(row), name)))


@cache
def attribute(model: type[FactModel], name: str) -> str:
    """The attribute of a model that holds a column; of a reference, its code."""
    return next(f.attname for f in model._meta.concrete_fields if f.name == name)


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


_ORDER = {name: at for at, name in enumerate(TABLES)}
