"""The views hold what the store of files holds: columns, types and rows; they outlive migrating."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from jinwei.datasets.dataset import Dataset
from jinwei.datasets.store import store_tables
from jinwei.demo import committee
from jinwei.engine.catalogue import BOOLEAN, CATALOGUE, DATE, HUNDREDTHS, WHOLE, Table
from jinwei.ledgers.fact_views import create_fact_views, drop_fact_views
from jinwei.ledgers.models import FACT_MODELS
from jinwei.ledgers.portable import import_dataset

pytestmark = pytest.mark.django_db
TABLES = pytest.mark.parametrize("table", CATALOGUE.tables, ids=lambda table: table.name)
SQLITE = {DATE: {"text"}, WHOLE: {"integer"}, HUNDREDTHS: {"integer"}, BOOLEAN: {"integer"}}
POSTGRES = {DATE: "date", WHOLE: "bigint", HUNDREDTHS: "bigint", BOOLEAN: "boolean"}


def select(sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [column[0] for column in cursor.description], cursor.fetchall()


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.fixture(scope="module")
def small() -> Dataset:
    return committee(today=dt.date(2026, 6, 15))


@TABLES
def test_the_columns_are_those_of_the_catalogue(table: Table) -> None:
    columns, _ = select(f'SELECT * FROM "fact_{table.name}"')
    assert columns == ["row_id", "row_order", *(c.name for c in table.viewed)]


def test_rows_and_types_are_those_of_the_store(small: Dataset) -> None:
    import_dataset(small)
    for name, columns, expected in store_tables(small):
        order = " ORDER BY row_order" if name.startswith("fact_") else ""
        listed = ", ".join(f'"{column.name}"' for column in columns)
        _, found = select(f'SELECT {listed} FROM "{name}"{order}')
        rows = [tuple(map(plain, row)) for row in found]
        assert (rows if order else set(rows)) == (expected if order else set(expected)), name


@TABLES
def test_values_are_of_the_types_of_the_store(table: Table, small: Dataset) -> None:
    if connection.vendor == "postgresql":
        _, found = select(
            "SELECT column_name, data_type FROM information_schema.columns"
            f" WHERE table_name = 'fact_{table.name}'"
        )
        types = dict(found)
        for column in table.viewed:
            assert types[column.name] == POSTGRES.get(column.kind, "text"), column.name
        return
    import_dataset(small)
    for column in table.viewed:
        _, kinds = select(f'SELECT DISTINCT typeof("{column.name}") FROM "fact_{table.name}"')
        assert {kind for (kind,) in kinds} - {"null"} <= SQLITE.get(column.kind, {"text"})


def test_the_name_of_a_row_is_that_in_the_view(small: Dataset) -> None:
    import_dataset(small)
    for name in ("meeting", "talk"):
        (row_id, order), *_ = select(f'SELECT row_id, row_order FROM "fact_{name}"')[1]
        assert FACT_MODELS[name]._base_manager.get(pk=order).row_id == row_id  # type: ignore[attr-defined]


def test_guarded_columns_stand_in_no_view() -> None:
    columns, _ = select('SELECT * FROM "fact_member"')
    assert not {"phone", "id_number", "id_number_sealed"} & set(columns)


def test_views_are_dropped_and_created_in_one_place() -> None:
    drop_fact_views(connection)
    assert not views() & {f"fact_{table.name}" for table in CATALOGUE.tables}
    create_fact_views(connection)
    create_fact_views(connection)
    assert {f"fact_{table.name}" for table in CATALOGUE.tables} <= views()


def views() -> set[str]:
    with connection.cursor() as cursor:
        tables = connection.introspection.get_table_list(cursor)
    return {table.name for table in tables if table.type == "v"}


@pytest.mark.django_db(transaction=True)
def test_a_table_changes_under_its_view_when_migrating() -> None:
    """Back to nothing and forward again: each step rebuilds tables that views stand on."""
    try:
        call_command("migrate", "ledgers", "zero", verbosity=0)
        assert "fact_organization" in views()
        assert "fact_meeting" not in views()
    finally:
        call_command("migrate", verbosity=0)
    assert {f"fact_{table.name}" for table in CATALOGUE.tables} <= views()
