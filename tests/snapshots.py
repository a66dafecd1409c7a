"""Rows that many tests begin with, made once a process and put back as they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from jinwei.audit.inserting import insert

Rows = dict[type[models.Model], tuple[list[str], list[tuple[Any, ...]]]]
_KEPT: Final[dict[str, Rows]] = {}


def begin_with(name: str, make: Callable[[], object]) -> None:
    """The database as ``make`` leaves an empty one; only the first test of a process runs it."""
    if name not in _KEPT:
        make()
        _KEPT[name] = _everything()
    else:
        _put_back(_KEPT[name])
    _count(_KEPT[name])


def _put_back(kept: Rows) -> None:
    for model, (columns, rows) in kept.items():
        insert(model, rows, columns)
    # SQLite counts on from the rows that are there; PostgreSQL has to be told.
    statements = connection.ops.sequence_reset_sql(no_style(), list(kept))
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(" ".join(statements))


def _count(kept: Rows) -> None:
    """Let PostgreSQL count the rows, as it does by itself where they stay for a minute.

    Without counts it takes every table for empty, and a whole run takes seconds, not a tenth.
    """
    if connection.vendor == "postgresql":
        tables = [connection.ops.quote_name(model._meta.db_table) for model in kept]
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")


def _everything() -> Rows:
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if not model._meta.managed or model._meta.app_label in ("contenttypes", "auth"):
                continue
            fields = [f for f in model._meta.concrete_fields if not f.generated]
            columns = [str(field.column) for field in fields]
            quoted = ", ".join(map(connection.ops.quote_name, columns))
            table = model._meta.db_table
            cursor.execute(f"SELECT {quoted} FROM {connection.ops.quote_name(table)}")
            rows = [tuple(map(_writable, row)) for row in cursor.fetchall()]
            if rows:
                found[model] = (columns, rows)
    return found


def _writable(value: Any) -> Any:
    """PostgreSQL gives JSON back as Python values, and takes them only as JSON."""
    if isinstance(value, dict | list) and connection.vendor == "postgresql":
        from psycopg.types.json import Jsonb

        return Jsonb(value)
    return value
