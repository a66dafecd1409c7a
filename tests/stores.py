"""Data sets laid into each engine that the product runs on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jinwei.datasets.dataset import Dataset
from jinwei.datasets.store import duckdb_store, postgres_store, sqlite_store
from jinwei.engine.backends import Backend

IN_PROCESS = ("sqlite", "duckdb")


@contextmanager
def store(dataset: Dataset, engine: str, postgres_url: str | None = None) -> Iterator[Backend]:
    """A data set in an engine; nothing of it stays."""
    if engine == "postgres":
        assert postgres_url is not None
        with postgres_schema(postgres_url) as connection:
            yield postgres_store(dataset, connection)
        return
    backend = sqlite_store(dataset) if engine == "sqlite" else duckdb_store(dataset)
    try:
        yield backend
    finally:
        backend.connection.close()


@contextmanager
def postgres_schema(url: str) -> Iterator[Any]:
    """A connection with a schema of its own; the transaction is rolled back."""
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA jinwei_test")
        connection.execute("SET search_path TO jinwei_test")
        try:
            yield connection
        finally:
            connection.rollback()
