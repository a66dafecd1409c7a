"""An import in short transactions is still all or nothing, for whoever looks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection

from jinwei.datasets.dataset import Dataset
from jinwei.datasets.read import dataset_from_tables
from jinwei.ledgers import portable
from jinwei.ledgers.models import FACT_MODELS
from jinwei.ledgers.portable import (
    NotEmpty,
    Unfinished,
    export_dataset,
    import_dataset,
    unfinished,
)
from jinwei.organizations.models import Organization, TreePath

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [
    {"code": "C", "name": "丙", "kind": "branch", "parent": "B"},
    {"code": "B", "name": "乙", "kind": "general_branch", "parent": "A"},
    {"code": "A", "name": "甲", "kind": "committee"},
]


def data() -> Dataset:
    people = [{"code": f"P{n}", "organization": "C", "status": "full"} for n in range(9)]
    return dataset_from_tables({"organization": ROWS, "member": people})


@pytest.fixture(autouse=True)
def small_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portable, "_CHUNK", 2)


def test_superiors_may_come_further_down() -> None:
    assert import_dataset(data()) == 12
    assert export_dataset() == data()
    assert not unfinished()


def test_what_fails_leaves_the_house_empty() -> None:
    good = data()
    twice = replace(good, tables={**good.tables, "member": good.rows("member") * 2})
    with pytest.raises(IntegrityError):
        import_dataset(twice)
    assert not any(model.objects.exists() for model in FACT_MODELS.values())
    assert import_dataset(good) == 12


def test_what_was_cut_off_is_seen_by_nobody_and_can_be_replaced() -> None:
    """As if the process had ended before the tree came."""
    import_dataset(data())
    assert not unfinished()
    TreePath.objects.all().delete()
    assert unfinished()
    with pytest.raises(Unfinished):
        import_dataset(data())
    import_dataset(data(), replace=True)
    assert not unfinished()
    with pytest.raises(NotEmpty) as error:
        import_dataset(data())
    assert not isinstance(error.value, Unfinished)


def test_an_import_in_place_of_facts_fails_without_a_trace() -> None:
    import_dataset(data())
    good = data()
    twice = replace(good, tables={**good.tables, "member": good.rows("member") * 2})
    with pytest.raises(IntegrityError):
        import_dataset(twice, replace=True)
    assert export_dataset() == good
    assert Organization.objects.count() == 3
    assert connection.get_autocommit()
