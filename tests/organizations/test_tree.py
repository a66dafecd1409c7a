"""``tree_path`` follows every change of the tree; a past day keeps the tree it had."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import yaml

from jinwei.datasets.read import dataset_from_tables
from jinwei.datasets.store import open_store
from jinwei.datasets.tree import Cycle, tree_paths
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for, score
from jinwei.engine.standard import read_standard
from jinwei.ledgers.backend import DjangoBackend
from jinwei.ledgers.portable import export_dataset, import_dataset
from jinwei.organizations.models import Organization, Superior, TreePath
from jinwei.organizations.tree import rebuild_tree

pytestmark = pytest.mark.django_db


def make(code: str, parent: str | None = None, kind: str = "branch") -> Organization:
    return Organization.objects.create(code=code, name=code, kind=kind, parent_id=parent)


def stored() -> set[tuple[str, ...]]:
    rows = TreePath.objects.values_list("ancestor__code", "descendant__code", "from_on", "to_on")
    return {(a, d, str(first or ""), str(last or "")) for a, d, first, last in rows}


def follows() -> bool:
    """Whether the table holds what a data set of the same facts would."""
    expected = {
        (a, d, first or "", last or "") for a, d, first, last in tree_paths(export_dataset())
    }
    assert TreePath.objects.count() == len(expected)
    return stored() == expected


@pytest.fixture
def tree() -> None:
    """R over A and B; A over A1, which is over A11."""
    make("R", kind="committee")
    for code, parent in (("A", "R"), ("B", "R"), ("A1", "A"), ("A11", "A1")):
        make(code, parent)


@pytest.mark.usefixtures("tree")
def test_a_new_organization_has_its_place() -> None:
    assert follows()
    assert ("R", "A11", "", "") in stored()


@pytest.mark.usefixtures("tree")
def test_a_new_parent_moves_everything_below() -> None:
    moved = Organization.objects.get(code="A1")
    moved.parent_id = "B"
    moved.save()
    assert follows()
    assert ("B", "A11", "", "") in stored()
    assert ("A", "A11", "", "") not in stored()


@pytest.mark.usefixtures("tree")
def test_superiors_with_days_move_it_for_those_days() -> None:
    before = Superior.objects.create(organization_id="A1", parent_id="A", to_on="2025-06-30")
    assert follows()
    after = Superior.objects.create(organization_id="A1", parent_id="B", from_on="2025-07-01")
    assert follows()
    assert ("A", "A11", "", "2025-06-30") in stored()
    assert ("B", "A11", "2025-07-01", "") in stored()
    after.organization_id = "B"
    after.parent_id = "A"
    after.save()
    assert follows()
    before.delete()
    after.delete()
    assert follows()
    assert ("A", "A11", "", "") in stored()


@pytest.mark.usefixtures("tree")
def test_a_superior_for_a_purpose_is_no_part_of_the_tree() -> None:
    kept = stored()
    Superior.objects.create(organization_id="A1", parent_id="B", purpose="双报到")
    assert stored() == kept
    assert follows()


@pytest.mark.usefixtures("tree")
def test_a_circle_is_refused_and_nothing_changes() -> None:
    kept = stored()
    top = Organization.objects.get(code="A")
    top.parent_id = "A11"
    with pytest.raises(Cycle):
        top.save()
    assert Organization.objects.get(code="A").parent_id == "R"
    assert stored() == kept


@pytest.mark.usefixtures("tree")
def test_an_organization_that_is_nothing_yet_can_be_deleted() -> None:
    Organization.objects.get(code="A11").delete()
    assert follows()


@pytest.mark.usefixtures("tree")
def test_a_write_in_bulk_is_made_good_by_a_rebuild() -> None:
    Organization.objects.filter(code="A1").update(parent="B")
    rebuild_tree()
    assert follows()


@pytest.mark.usefixtures("tree")
def test_an_unchanged_place_costs_no_write(django_assert_num_queries: Any) -> None:
    """One update of the row, three reads of the tree, two savepoints of two statements."""
    organization = Organization.objects.get(code="A")
    organization.name = "renamed"
    with django_assert_num_queries(8):
        organization.save()


STANDARD = """
schema: 1
id: money
version: '1'
title: {zh: 经费, en: Money}
issuer: {zh: 示例工委, en: Example committee}
subject: organization
period: year
total: rate
full_marks: 100
dimensions:
- id: a
  title: {zh: 经费, en: Money}
  indicators:
  - id: M1
    title: {zh: 人均经费, en: Money a member}
    points: 5
    measure: {sum: {fact: fund, column: amount, per_member: true}}
    target: 1000
    due: always
"""


def test_last_june_keeps_the_tree_of_last_june() -> None:
    """Four members share the money of a committee until one of two branches moves away."""
    organizations = [
        {"code": code, "name": code, "kind": kind, "parent": parent}
        for code, kind, parent in (
            ("R", "work_committee", None),
            ("A", "committee", "R"),
            ("B", "committee", "R"),
            ("A1", "branch", "A"),
            ("A2", "branch", "A"),
        )
    ]
    members = [
        {"code": f"{branch}-{n}", "organization": branch, "status": "full"}
        for branch in ("A1", "A2")
        for n in (1, 2)
    ]
    money = [{"organization": "A", "booked_on": "2025-05-01", "kind": "budget", "amount": 400}]
    import_dataset(
        dataset_from_tables({"organization": organizations, "member": members, "fund": money})
    )
    plan = make_plan(read_standard(yaml.safe_load(STANDARD)))

    def value(day: dt.date, backend: Any) -> Any:
        return score(plan, backend, clock_for(plan, day), "A")["A"].indicators["M1"].value

    june, july = dt.date(2025, 6, 30), dt.date(2025, 7, 31)
    assert value(june, DjangoBackend()) == value(july, DjangoBackend()) == 100
    Superior.objects.create(organization_id="A2", parent_id="A", to_on="2025-06-30")
    Superior.objects.create(organization_id="A2", parent_id="B", from_on="2025-07-01")
    assert value(june, DjangoBackend()) == 100
    assert value(july, DjangoBackend()) == 200
    with open_store(export_dataset()) as store:
        assert (value(june, store), value(july, store)) == (100, 200)
