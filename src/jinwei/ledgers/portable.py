"""Portable data sets into the product and out of it: the same tables, the same order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from django.core.management.color import no_style
from django.db import connection, transaction

from jinwei.datasets.dataset import Dataset, Row, Value
from jinwei.engine.catalogue import Table
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import TreePath
from jinwei.organizations.tree import rebuild_tree

from .models import FACT_MODELS

_CHUNK: Final = 5000
_UNKEPT: Final = frozenset(("id_number",))
"""Columns of a data set that the product does not keep in the clear."""

Progress = Callable[[str, int], None]
"""Told the table and how many of its rows are in, after each chunk."""


class NotEmpty(Exception):
    """The installation holds facts already, and was not told to replace them."""


def import_dataset(
    dataset: Dataset, *, replace: bool = False, progress: Progress | None = None
) -> int:
    """Enter a data set into an empty installation (or, ``replace``, in place of all facts).

    One transaction: all of it or nothing. The order of entry is that of the data set, beginning
    with 1. The data set must have passed the checks of the readers. Identity numbers are left
    out. Gives the number of rows. Raises :class:`NotEmpty`.
    """
    with transaction.atomic():
        if replace:
            _delete_all()
        elif any(model.objects.exists() for model in _managed()):
            raise NotEmpty
        for name, model in FACT_MODELS.items():
            _enter(model, dataset.rows(name), progress)
        rebuild_tree()
        _reset_sequences()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return sum(map(len, dataset.tables.values()))


def export_dataset(*, guarded: bool = False) -> Dataset:
    """All facts as a data set that reads back the same.

    Guarded columns stay empty unless asked for; whoever asks must be entitled to it, and must
    record the reading. Identity numbers are never in it.
    """
    with transaction.atomic():
        tables = {name: _read(model, guarded) for name, model in FACT_MODELS.items()}
    return Dataset({name: rows for name, rows in tables.items() if rows})


def _managed() -> list[Any]:
    return list(FACT_MODELS.values())


def _delete_all() -> None:
    """Last come, first gone: what refers goes before what it refers to."""
    tables = [TreePath._meta.db_table, *(m._meta.db_table for m in reversed(FACT_MODELS.values()))]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _managed()):
            cursor.execute(statement)


# --- in -----------------------------------------------------------------------------------------


def _enter(model: type[FactModel], rows: Sequence[Row], progress: Progress | None) -> None:
    kept = _kept(model.table())
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in ("id", *kept))
    into = f"{quote(model._meta.db_table)} ({names})"
    numbered = ((order, *(row[i] for i in kept.values())) for order, row in enumerate(rows, 1))
    write = _copy if connection.vendor == "postgresql" else _insert
    entered = 0
    while chunk := list(islice(numbered, _CHUNK)):
        write(into, chunk)
        entered += len(chunk)
        if progress is not None:
            progress(model.table().name, entered)


def _kept(table: Table) -> dict[str, int]:
    """The columns of a data set that the product keeps, with their places in a row."""
    return {c.name: at for at, c in enumerate(table.stored) if c.name not in _UNKEPT}


def _insert(into: str, rows: list[tuple[Any, ...]]) -> None:
    holes = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({holes})", rows)


def _copy(into: str, rows: list[tuple[Any, ...]]) -> None:
    cursor: Any
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {into} FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


# --- out ----------------------------------------------------------------------------------------


def _read(model: type[FactModel], guarded: bool) -> list[Row]:
    """The rows of a fact view in order of entry, as a data set holds them."""
    table = model.table()
    quote = connection.ops.quote_name
    source = quote(f"fact_{table.name}")
    order = "row_order"
    if guarded and any(column.guarded for column in table.stored):
        source, order = quote(model._meta.db_table), "id"
    columns = [quote(c.name) if _shown(c, guarded) else "NULL" for c in table.stored]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {source} ORDER BY {order}")
        return list(_plain(cursor))


def _shown(column: Any, guarded: bool) -> bool:
    return column.name not in _UNKEPT and (guarded or not column.guarded)


def _plain(rows: Any) -> Iterator[Row]:
    for row in rows:
        yield tuple(_value(value) for value in row)


def _value(value: Any) -> Value:
    found: Value = value.isoformat() if isinstance(value, dt.date) else value
    return found
