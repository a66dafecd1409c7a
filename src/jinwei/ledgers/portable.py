"""Portable data sets into the product and out of it: the same tables, the same order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from jinwei.datasets.dataset import Dataset, Row, Value
from jinwei.engine.catalogue import Table
from jinwei.members import intake
from jinwei.members.identity import unseal
from jinwei.members.intake import Intake
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization, TreePath
from jinwei.organizations.tree import rebuild_tree

from .models import FACT_MODELS
from .models.attachments import Attachment

_CHUNK: Final = 5000
SEALED: Final = {"id_number": "id_number_sealed"}
"""Columns of a data set that the product does not keep in the clear, and where it keeps them."""

Progress = Callable[[str, int], None]
"""Told the table and how many of its rows are in, after each chunk."""


class NotEmpty(Exception):
    """The installation holds facts already, and was not told to replace them."""


class Unfinished(NotEmpty):
    """The facts are those of an import that was cut off; nobody sees them."""


def import_dataset(
    dataset: Dataset,
    *,
    replace: bool = False,
    progress: Progress | None = None,
    numbers: Intake | None = None,
) -> int:
    """Enter a data set into an empty installation (or, ``replace``, in place of all facts).

    All of it or nothing. Facts in place of others come in one transaction. Into an empty SQLite
    they come in short ones, so that whoever writes anything else does not wait for the whole; the
    tree comes last, and until it is there nobody sees a row. The order of entry is that of the
    data set, beginning with 1. The data set must have passed the checks of the readers. Identity
    numbers are sealed; ``numbers`` is told of those that cannot be and stay out. Gives the number
    of rows. Raises :class:`NotEmpty`, or :class:`Unfinished`.
    """
    numbers = numbers or Intake()
    if not replace and any(model.objects.exists() for model in _managed()):
        raise Unfinished if unfinished() else NotEmpty
    if replace or connection.vendor != "sqlite":
        with transaction.atomic():
            if replace:
                _delete_all()
            _enter_all(dataset, progress, numbers)
    else:
        try:
            _enter_all(dataset, progress, numbers)
        except BaseException:
            if not connection.in_atomic_block:  # else whoever began the transaction undoes it
                _delete_all()
            raise
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return sum(map(len, dataset.tables.values()))


def unfinished() -> bool:
    """Whether an import was cut off: there are organizations, but the tree never came."""
    return Organization.objects.exists() and not TreePath.objects.exists()


def export_dataset(*, guarded: bool = False) -> Dataset:
    """All facts as a data set that reads back the same.

    Guarded columns stay empty unless asked for; whoever asks must be entitled to it, and must
    record the reading. Raises :class:`jinwei.members.identity.KeyMissing` where an identity number
    is sealed under a key that is no longer there.
    """
    with transaction.atomic():
        tables = {name: _read(model, guarded) for name, model in FACT_MODELS.items()}
    return Dataset({name: rows for name, rows in tables.items() if rows})


def _managed() -> list[Any]:
    return list(FACT_MODELS.values())


def _delete_all() -> None:
    """Last come, first gone: what refers goes before what it refers to.

    Papers are withdrawn with their rows: a row that comes now may bear the name of one that went.
    """
    Attachment.objects.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    tables = [TreePath._meta.db_table, *(m._meta.db_table for m in reversed(FACT_MODELS.values()))]
    for table in tables:
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _managed()):
            cursor.execute(statement)


# --- in -----------------------------------------------------------------------------------------


def _enter_all(dataset: Dataset, progress: Progress | None, numbers: Intake) -> None:
    """The rows of all tables, then the tree; in the transaction at hand, or in many short ones."""
    for name, model in FACT_MODELS.items():
        beside = numbers if name == "member" else None
        _enter(model, dataset.rows(name), progress, beside)
    _reset_sequences()
    rebuild_tree()


def _enter(
    model: type[FactModel],
    rows: Sequence[Row],
    progress: Progress | None,
    beside: Intake | None = None,
) -> None:
    kept = _kept(model.table())
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in ("id", *kept, *(intake.COLUMNS if beside else ())))
    into = f"{quote(model._meta.db_table)} ({names})"
    numbered = (
        (order, *(row[i] for i in kept.values()), *(beside.cells(order, row) if beside else ()))
        for order, row in enumerate(rows, 1)
    )
    write = _copy if connection.vendor == "postgresql" else _insert
    # Organizations refer to each other, also to those further down: all of them at once.
    size = max(_CHUNK, len(rows)) if model.table().name == "organization" else _CHUNK
    entered = 0
    while chunk := list(islice(numbered, size)):
        with transaction.atomic(savepoint=False):
            write(into, chunk)
        entered += len(chunk)
        if progress is not None:
            progress(model.table().name, entered)


def _kept(table: Table) -> dict[str, int]:
    """The columns of a data set that the product keeps as they are, with their places in a row."""
    return {c.name: at for at, c in enumerate(table.stored) if c.name not in SEALED}


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
    source, order, standing = quote(f"fact_{table.name}"), "row_order", ""
    if guarded and any(column.guarded for column in table.stored):
        source, order, standing = quote(model._meta.db_table), "id", " WHERE withdrawn_at IS NULL"
    shown = [guarded or not column.guarded for column in table.stored]
    names = [quote(SEALED.get(column.name, column.name)) for column in table.stored]
    columns = [name if said else "NULL" for name, said in zip(names, shown, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {source}{standing} ORDER BY {order}")
        return list(_plain(cursor))


def _plain(rows: Any) -> Iterator[Row]:
    for row in rows:
        yield tuple(value_of(value) for value in row)


def value_of(value: Any) -> Value:
    """A cell as a data set holds it: days as text, what was sealed as it was written."""
    if isinstance(value, bytes | memoryview):
        return unseal(value)
    found: Value = value.isoformat() if isinstance(value, dt.date) else value
    return found
