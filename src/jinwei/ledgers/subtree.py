"""A part of the installation as a portable data set that reads back by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from jinwei.datasets.dataset import Dataset, Row
from jinwei.engine.catalogue import Column, Table
from jinwei.organizations.facts import FactModel

from .models import FACT_MODELS
from .portable import SEALED, value_of

Rows = Callable[[type[FactModel]], QuerySet[Any]]
_CHUNK: Final = 2000


@dataclass(frozen=True, slots=True)
class Extract:
    """A data set, and how many rows of each table stayed out because they name somebody outside."""

    dataset: Dataset
    left_out: Mapping[str, int]


@transaction.atomic
def extract(rows: Rows, *, guarded: bool = False) -> Extract:
    """The rows that somebody may see, in order of entry.

    A superior outside is not named. Any other row that names an organization, a member or a
    meeting outside would be refused by whoever reads it, and stays out. Guarded columns stay
    empty unless asked for: whoever asks must be entitled to it and must record the reading.
    """
    known: dict[str, set[object]] = {}
    left_out: Counter[str] = Counter()
    tables: dict[str, list[Row]] = {}
    for name, model in FACT_MODELS.items():
        table = model.table()
        found = list(_read(rows(model), table, guarded))
        if table.key:
            at = [column.name for column in table.stored].index(table.key)
            known[name] = {row[at] for row in found}
        kept = [row for row in _within(table, found, known) if row is not None]
        left_out[name] = len(found) - len(kept)
        if kept:
            tables[name] = kept
    return Extract(Dataset(tables), {name: n for name, n in left_out.items() if n})


def _read(rows: QuerySet[Any], table: Table, guarded: bool) -> Iterator[Row]:
    columns = [c for c in table.stored if guarded or not c.guarded]
    shown = {column.name: at for at, column in enumerate(columns)}
    names = [SEALED.get(column.name, column.name) for column in columns]
    for values in rows.order_by("pk").values_list(*names).iterator(chunk_size=_CHUNK):
        yield tuple(
            value_of(values[shown[c.name]]) if c.name in shown else None for c in table.stored
        )


def _within(table: Table, rows: list[Row], known: dict[str, set[object]]) -> Iterator[Row | None]:
    """The rows as they can stand without what lies outside; None for those that cannot."""
    referring = [(at, c) for at, c in enumerate(table.stored) if c.refers_to in known]
    for row in rows:
        outside = [
            (at, column)
            for at, column in referring
            if row[at] is not None and row[at] not in known[str(column.refers_to)]
        ]
        if all(_is_superior(table, column) for _at, column in outside):
            blank = {at for at, _column in outside}
            yield tuple(None if at in blank else cell for at, cell in enumerate(row))
        else:
            yield None


def _is_superior(table: Table, column: Column) -> bool:
    return table.name == "organization" and column.name == "parent"
