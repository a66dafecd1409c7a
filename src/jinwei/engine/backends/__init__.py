"""Where a plan runs: anything that runs SQL text with named parameters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

Row = tuple[Any, ...]


class Backend(Protocol):
    """A database at hand. The engine opens no connection of its own."""

    @property
    def dialect(self) -> str:
        """``sqlite``, ``postgres`` or ``duckdb``."""
        ...

    def run(self, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        """All rows of one statement; parameters are dates and text, by name."""
        ...


class SqliteBackend:
    """A connection of :mod:`sqlite3` (``:name`` parameters; dates are ISO text)."""

    dialect = "sqlite"

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def run(self, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        values = {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in parameters.items()
        }
        rows: list[Row] = self.connection.execute(sql, values).fetchall()
        return rows


class DuckdbBackend:
    """A connection of DuckDB (``$name`` parameters)."""

    dialect = "duckdb"

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def run(self, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        rows: list[Row] = self.connection.execute(sql, dict(parameters)).fetchall()
        return rows


class PostgresBackend:
    """A connection of psycopg (``%(name)s`` parameters)."""

    dialect = "postgres"

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def run(self, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, dict(parameters))
            rows: list[Row] = cursor.fetchall()
        return rows
