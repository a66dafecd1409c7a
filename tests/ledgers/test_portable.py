"""What goes in comes out the same; nothing goes in halfway or over what is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError
from django.utils import timezone

from jinwei.datasets.dataset import Dataset
from jinwei.datasets.read import dataset_from_tables
from jinwei.demo import committee
from jinwei.ledgers.models import FACT_MODELS, Meeting
from jinwei.ledgers.portable import NotEmpty, export_dataset, import_dataset
from jinwei.members.identity import digest, unseal
from jinwei.members.intake import Intake
from jinwei.members.models import Member
from jinwei.organizations.models import Organization, TreePath

pytestmark = pytest.mark.django_db

ROOT = {"code": "A", "name": "甲", "kind": "committee"}
PERSON = {"code": "P", "organization": "A", "status": "full", "mobile": True}


def small(**person: str) -> Dataset:
    return dataset_from_tables({"organization": [ROOT], "member": [PERSON | person]})


def test_what_goes_in_comes_out_the_same() -> None:
    data = committee(today=dt.date(2026, 6, 15))
    told: dict[str, int] = {}
    rows = import_dataset(data, progress=lambda table, entered: told.update({table: entered}))
    assert rows == sum(map(len, data.tables.values()))
    assert told == {name: len(rows) for name, rows in data.tables.items() if rows}
    found = export_dataset()
    for name in FACT_MODELS:
        assert found.rows(name) == data.rows(name), name


def test_a_row_entered_later_comes_after_those_imported() -> None:
    import_dataset(committee(today=dt.date(2026, 6, 15)))
    last = Meeting.objects.latest("pk")
    made = Meeting.objects.create(code="new", organization=last.organization, kind="other")
    assert made.pk > last.pk
    assert export_dataset().rows("meeting")[-1][0] == "new"


def test_facts_are_replaced_only_when_told_to() -> None:
    import_dataset(committee(today=dt.date(2026, 6, 15)))
    with pytest.raises(NotEmpty):
        import_dataset(small())
    assert Organization.objects.count() > 1
    import_dataset(small(), replace=True)
    assert export_dataset() == small()
    assert TreePath.objects.count() == 1


def test_an_import_that_fails_leaves_everything_as_it_was() -> None:
    import_dataset(small())
    good = small()
    twice = replace(good, tables={**good.tables, "member": good.rows("member") * 2})
    with pytest.raises(IntegrityError):
        import_dataset(twice, replace=True)
    assert export_dataset() == good


def test_guarded_columns_come_out_only_when_asked_for() -> None:
    person = small(phone="13800000000", id_number="11010519491231002X")
    import_dataset(person)
    assert export_dataset() == small()
    assert export_dataset(guarded=True) == person


def test_what_was_withdrawn_is_not_exported_even_guarded() -> None:
    import_dataset(small(phone="13800000000"))
    Member.objects.update(withdrawn_at=timezone.now())
    assert export_dataset(guarded=True).rows("member") == []


def test_identity_numbers_are_not_kept_in_the_clear() -> None:
    import_dataset(small(id_number="11010519491231002x"))
    member = Member.objects.get()
    assert b"11010519491231002" not in bytes(member.id_number_sealed or b"")
    assert member.id_number_digest == digest("11010519491231002X")
    assert unseal(member.id_number_sealed or b"") == "11010519491231002X"


def test_identity_numbers_that_cannot_be_stay_out_and_are_told() -> None:
    people = [
        {**PERSON, "code": "P1", "id_number": "110105194912310021"},
        {**PERSON, "code": "P2", "id_number": "11010519491231002X"},
        {**PERSON, "code": "P3", "id_number": "11010519491231002X"},
    ]
    numbers = Intake()
    data = dataset_from_tables({"organization": [ROOT], "member": people})
    assert import_dataset(data, numbers=numbers) == 4
    assert [(out.row, out.member) for out in numbers.left_out] == [(1, "P1"), (3, "P3")]
    assert "校验码" in numbers.left_out[0].fault
    assert "第 2 行" in numbers.left_out[1].fault
    kept = Member.objects.exclude(id_number_sealed=None)
    assert [member.code for member in kept] == ["P2"]


def test_names_are_spelled_on_the_way_in() -> None:
    import_dataset(small(name="王建国"))
    assert "wjg" in (Member.objects.get().spelling or "").split()
