"""Models and catalogue agree, column by column; nothing waits to be migrated."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, models
from django.utils import translation

from jinwei.engine.catalogue import (
    BOOLEAN,
    CATALOGUE,
    CODE,
    DATE,
    HUNDREDTHS,
    MONTH,
    REFERENCE,
    TEXT,
    WHOLE,
    Column,
    Table,
)
from jinwei.ledgers.models import FACT_MODELS, Dues, Fund
from jinwei.organizations.fields import Line
from jinwei.organizations.models import Organization

FIELDS: dict[str, type[models.Field[Any, Any]]] = {
    TEXT: Line,
    CODE: Line,
    MONTH: Line,
    REFERENCE: models.ForeignKey,
    DATE: models.DateField,
    WHOLE: models.BigIntegerField,
    HUNDREDTHS: models.BigIntegerField,
    BOOLEAN: models.BooleanField,
}
SEALED = {"member": {"id_number"}}
"""Columns that no field holds in the clear, by table."""
BEYOND = {"member": {"id_number_sealed", "id_number_digest", "spelling"}, "dues": {"due_on"}}
"""Fields that are no stored column, by table."""
TABLES = pytest.mark.parametrize("table", CATALOGUE.tables, ids=lambda table: table.name)


def kept(table: Table) -> list[Column]:
    return [c for c in table.stored if c.name not in SEALED.get(table.name, ())]


def test_every_table_has_its_model_in_the_order_of_the_catalogue() -> None:
    assert list(FACT_MODELS) == [table.name for table in CATALOGUE.tables]


@TABLES
def test_the_fields_are_the_columns(table: Table) -> None:
    fields = {field.name for field in FACT_MODELS[table.name]._meta.local_fields}
    common = {"id", "version", "withdrawn_at"}
    assert fields == {*common, *(c.name for c in kept(table)), *BEYOND.get(table.name, ())}


@TABLES
def test_a_field_is_of_the_kind_of_its_column(table: Table) -> None:
    for column in kept(table):
        field: Any = FACT_MODELS[table.name]._meta.get_field(column.name)
        assert type(field) is FIELDS[column.kind], column.name
        assert field.column == column.name
        assert field.null is field.blank is not column.required, column.name
        assert field.unique is (column.name == table.key)
        assert not field.choices
        if column.refers_to is not None:
            assert field.related_model is FACT_MODELS[column.refers_to]
            assert field.target_field.name == "code"


@TABLES
def test_labels_are_the_headings_in_both_languages(table: Table) -> None:
    meta = FACT_MODELS[table.name]._meta
    for column in kept(table):
        field: Any = meta.get_field(column.name)
        with translation.override("zh-hans"):
            assert str(field.verbose_name) == column.heading
            assert str(meta.verbose_name) == table.heading
        with translation.override("en"):
            assert str(field.verbose_name) == column.name.replace("_", " ")


@TABLES
def test_nothing_ends_before_it_begins(table: Table) -> None:
    names = {constraint.name for constraint in FACT_MODELS[table.name]._meta.constraints}
    assert {f"{table.name}_{end}_not_before_{begin}" for begin, end in table.ends} <= names


@pytest.mark.django_db
def test_nothing_waits_to_be_migrated() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_an_end_before_the_beginning_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError, match="dissolved_on_not_before_established_on"):
        Organization.objects.create(
            code="A",
            name="A",
            kind="branch",
            established_on="2025-01-02",
            dissolved_on="2025-01-01",
        )


@pytest.mark.django_db
def test_no_text_is_stored_as_null() -> None:
    Organization.objects.create(code="A", name="A", kind="branch", sector="")
    fund = Fund.objects.create(organization_id="A", kind="spent", subject="")
    fund.refresh_from_db()
    assert fund.subject is None
    assert Organization.objects.filter(sector=None).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("month", "last"),
    [("2024-02", "2024-02-29"), ("2025-02", "2025-02-28"), ("2025-12", "2025-12-31")],
)
def test_dues_are_due_at_the_end_of_the_month(month: str, last: str) -> None:
    make_member()
    dues = Dues.objects.create(member_id="M", organization_id="A", month=month, due=100)
    dues.refresh_from_db()
    assert str(dues.due_on) == last


@pytest.mark.django_db
@pytest.mark.parametrize("month", ["2025", "2025-1", "2025-13"])
def test_a_month_that_is_none_is_refused_by_the_database(month: str) -> None:
    make_member()
    with pytest.raises(DatabaseError):
        Dues.objects.create(member_id="M", organization_id="A", month=month)


def make_member() -> None:
    Organization.objects.create(code="A", name="A", kind="branch")
    FACT_MODELS["member"].objects.create(  # type: ignore[attr-defined]
        code="M", organization_id="A", status="full"
    )
