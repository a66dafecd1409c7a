"""Rows stored by the key they are unique by: new ones put in, those that are there made equal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

Cells = Sequence[Any]


def upsert(
    model: type[models.Model], unique: Sequence[str], fields: Sequence[str], rows: Sequence[Cells]
) -> None:
    """Store rows of values: those of the ``unique`` fields, then those of ``fields``.

    What ``bulk_create`` does with conflicts, without a model instance a row; a reckoning writes
    hundreds of thousands of them.
    """
    if not rows:
        return
    quote = connection.ops.quote_name
    named = {field.name: field for field in model._meta.concrete_fields}
    found = [named[name] for name in (*unique, *fields)]
    columns = [quote(str(field.column)) for field in found]
    said = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns[len(unique) :])
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)})"
        f" VALUES ({', '.join(['%s'] * len(columns))})"
        f" ON CONFLICT ({', '.join(columns[: len(unique)])}) DO UPDATE SET {said}"
    )
    decimals = [n for n, field in enumerate(found) if isinstance(field, models.DecimalField)]
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_adapted(row, decimals) for row in rows])


def _adapted(row: Cells, decimals: Sequence[int]) -> list[Any]:
    """SQLite takes no decimals; as text they come to stand as numbers."""
    cells = list(row)
    for n in decimals:
        cells[n] = connection.ops.adapt_decimalfield_value(cells[n])
    return cells
