"""The views ``fact_<table>``: what standards, exports and the interface read. Made only here.

Their columns are those of the catalogue, in its order, after ``row_id`` and ``row_order``. Rows
that were withdrawn are not in them.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from jinwei.engine.catalogue import Column, Table
from jinwei.organizations.facts import FactModel

from .models import FACT_MODELS

_MEETINGS: Final = ("organization", "held_on", "kind", "topic")
"""Columns of an attendance that are its meeting's."""


def create_fact_views(connection: BaseDatabaseWrapper) -> None:
    """Create every view whose tables exist; a view of that name is replaced."""
    drop_fact_views(connection)
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for model in FACT_MODELS.values():
            if _tables(model) <= present:
                cursor.execute(view_sql(model, connection))


def drop_fact_views(connection: BaseDatabaseWrapper) -> None:
    """Drop every view that exists."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name in FACT_MODELS:
            cursor.execute(f"DROP VIEW IF EXISTS {quote(f'fact_{name}')}")


def drop_before_migrating(using: str, **_: Any) -> None:
    drop_fact_views(connections[using])


def create_after_migrating(using: str, **_: Any) -> None:
    create_fact_views(connections[using])


def view_sql(model: type[FactModel], connection: BaseDatabaseWrapper) -> str:
    """The statement that creates the view of a model."""
    quote = connection.ops.quote_name
    table = model.table()
    columns = [f"{_row_id(table)} AS row_id", "t.id AS row_order"]
    columns += [f"{_source(table, c)}.{quote(c.name)} AS {quote(c.name)}" for c in table.viewed]
    rows = f"{quote(model._meta.db_table)} t"
    standing = "t.withdrawn_at IS NULL"
    if table.name == "attendance":
        meetings = quote(FACT_MODELS["meeting"]._meta.db_table)
        rows += f" JOIN {meetings} meeting ON meeting.code = t.meeting"
        standing += " AND meeting.withdrawn_at IS NULL"
    view = quote(f"fact_{table.name}")
    return f"CREATE VIEW {view} AS SELECT {', '.join(columns)} FROM {rows} WHERE {standing}"


def _row_id(table: Table) -> str:
    """The key, or the table and the order of entry, as ``FactModel.row_id`` says it."""
    return f"t.{table.key}" if table.key else f"'{table.name}-' || t.id"


def _source(table: Table, column: Column) -> str:
    return "meeting" if table.name == "attendance" and column.name in _MEETINGS else "t"


def _tables(model: type[FactModel]) -> set[str]:
    needed: list[type[Model]] = [model]
    if model.table().name == "attendance":
        needed.append(FACT_MODELS["meeting"])
    return {one._meta.db_table for one in needed}
