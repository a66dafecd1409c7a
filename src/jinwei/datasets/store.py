"""A data set laid into a database as the fact views that plans read.

SQLite and DuckDB hold it in memory; PostgreSQL takes it into a schema of the caller's. The tables
made here have exactly the names, columns and units of the product's views (``fact_<table>`` and
``tree_path``), so one plan runs on both.
"""

from __future__ import annotations

import calendar
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

from jinwei.engine.backends import Backend, DuckdbBackend, PostgresBackend, SqliteBackend
from jinwei.engine.catalogue import BOOLEAN, CATALOGUE, DATE, SCALE, Column, Table

from .dataset import Dataset, Row
from .tree import tree_paths

_SQLITE: Final = {DATE: "TEXT", BOOLEAN: "INTEGER"}
_TYPED: Final = {DATE: "DATE", BOOLEAN: "BOOLEAN"}
_PATH: Final = (
    Column("ancestor", ""),
    Column("descendant", ""),
    Column("from_on", "", DATE),
    Column("to_on", "", DATE),
)
_ORDER: Final = (Column("row_id", ""), Column("row_order", "", "whole"))
Named = tuple[str, tuple[Column, ...], list[tuple[Any, ...]]]
"""A table to create: name, columns, rows."""


@contextmanager
def open_store(
    dataset: Dataset, engine: str = "sqlite", database: str | None = None
) -> Iterator[Backend]:
    """A data set in an engine, ready for plans; nothing of it stays.

    ``database``: for PostgreSQL, the connection string of a database in which a schema may be
    made; all of it is rolled back.
    """
    if engine == "postgres":
        with _postgres_schema(database or "") as connection:
            yield postgres_store(dataset, connection)
        return
    backend = duckdb_store(dataset) if engine == "duckdb" else sqlite_store(dataset)
    with closing(backend.connection):
        yield backend


@contextmanager
def _postgres_schema(database: str) -> Iterator[Any]:
    import psycopg

    with psycopg.connect(database) as connection:
        connection.execute("CREATE SCHEMA jinwei_scratch")
        connection.execute("SET LOCAL search_path TO jinwei_scratch")
        try:
            yield connection
        finally:
            connection.rollback()


def sqlite_store(
    dataset: Dataset, indexed: bool = False, connection: sqlite3.Connection | None = None
) -> SqliteBackend:
    """A data set in SQLite, in memory unless a connection is given."""
    connection = connection or sqlite3.connect(":memory:")
    for name, columns, rows in store_tables(dataset):
        connection.execute(_create(name, columns, _SQLITE, "INTEGER"))
        holes = ", ".join("?" * len(columns))
        connection.executemany(f'INSERT INTO "{name}" VALUES ({holes})', rows)
    if indexed:
        for statement in index_statements():
            connection.execute(statement)
        connection.execute("ANALYZE")
    connection.commit()
    return SqliteBackend(connection)


def duckdb_store(dataset: Dataset) -> DuckdbBackend:
    """A data set in DuckDB, in memory; it never fetches an extension."""
    import duckdb
    import pyarrow as pa

    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    for name, columns, rows in store_tables(dataset):
        connection.execute(_create(name, columns, _TYPED, "BIGINT"))
        if rows:
            cells = zip(columns, zip(*rows, strict=True), strict=True)
            arrow = pa.table({c.name: _arrow(pa, c, values) for c, values in cells})
            connection.register("incoming", arrow)
            connection.execute(f'INSERT INTO "{name}" SELECT * FROM incoming')
            connection.unregister("incoming")
    return DuckdbBackend(connection)


def postgres_store(dataset: Dataset, connection: Any, indexed: bool = False) -> PostgresBackend:
    """A data set in the current schema of a psycopg connection."""
    with connection.cursor() as cursor:
        for name, columns, rows in store_tables(dataset):
            cursor.execute(_create(name, columns, _TYPED, "BIGINT"))
            with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        for statement in index_statements() if indexed else ():
            cursor.execute(statement)
    return PostgresBackend(connection)


def _arrow(pa: Any, column: Column, values: Iterable[Any]) -> Any:
    if column.kind == DATE:
        return pa.array(values, pa.string()).cast(pa.date32())
    if column.kind == BOOLEAN:
        return pa.array(values, pa.bool_())
    return pa.array(values, pa.int64() if column.kind in SCALE else pa.string())


def _create(name: str, columns: tuple[Column, ...], types: dict[str, str], whole: str) -> str:
    declared = ", ".join(
        f'"{c.name}" {types.get(c.kind, whole if c.kind in SCALE else "TEXT")}' for c in columns
    )
    return f'CREATE TABLE "{name}" ({declared})'


def index_statements() -> Iterator[str]:
    """Indexes that serve one subject: its rows of each ledger by date, its place in the tree."""
    yield 'CREATE INDEX "tree_path_ancestor" ON "tree_path" ("ancestor", "descendant")'
    yield 'CREATE INDEX "tree_path_descendant" ON "tree_path" ("descendant", "ancestor")'
    for table in CATALOGUE.tables:
        for key in ("code", "organization", "member"):
            column = table.column(key)
            if column is not None and column.stands_in_view:
                dated = f', "{table.date}"' if table.date and key != "code" else ""
                yield (f'CREATE INDEX "{table.name}_{key}" ON "fact_{table.name}" ("{key}"{dated})')


def store_tables(dataset: Dataset) -> Iterator[Named]:
    """Every table of the store with its rows, empty ones included."""
    meetings = {row[0]: row for row in dataset.rows("meeting")}
    for table in CATALOGUE.tables:
        view_row = _view_row(table, meetings)
        rows = [
            (_row_id(table, row, order), order, *view_row(row))
            for order, row in enumerate(dataset.rows(table.name), start=1)
        ]
        yield f"fact_{table.name}", (*_ORDER, *table.viewed), rows
    yield "tree_path", _PATH, list(tree_paths(dataset))


def _row_id(table: Table, row: Row, order: int) -> str:
    return str(row[0]) if table.key else f"{table.name}-{order}"


def _view_row(table: Table, meetings: dict[Any, Row]) -> Callable[[Row], tuple[Any, ...]]:
    """From a stored row to the row of the view: guarded columns out, derived ones in."""
    kept = [i for i, column in enumerate(table.stored) if not column.guarded]
    if table.name == "dues":
        month = [c.name for c in table.stored].index("month")
        return lambda row: (*row, last_day(str(row[month])))
    if table.name == "attendance":
        names = [c.name for c in CATALOGUE.by_name["meeting"].stored]
        places = [names.index(n) for n in ("organization", "held_on", "kind", "topic")]
        return lambda row: (*row, *(meetings[row[0]][p] for p in places))
    return lambda row: tuple(row[i] for i in kept)


def last_day(month: str) -> str:
    """The last day of a month ``YYYY-MM`` as ISO text."""
    year, number = int(month[:4]), int(month[5:7])
    return f"{month}-{calendar.monthrange(year, number)[1]:02d}"
