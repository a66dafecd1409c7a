"""Who is registered where at a day: as the engine counts members, for a whole list at once."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from jinwei.demo import committee
from jinwei.engine.explain import explain
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for
from jinwei.engine.standard import load_standard
from jinwei.ledgers.backend import DjangoBackend
from jinwei.ledgers.portable import import_dataset
from jinwei.members.models import Member, Membership
from jinwei.members.registered import Headcount, headcounts, registered
from jinwei.norms import standard_path
from jinwei.organizations.models import Organization

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 18)


def branch(code: str) -> None:
    Organization.objects.create(code=code, name=code, kind="branch")


def member(code: str, home: str, status: str = "full", **more: object) -> None:
    Member.objects.create(code=code, organization_id=home, status=status, **more)


def stay(code: str, organization: str, first: dt.date | None, last: dt.date | None) -> None:
    Membership.objects.create(
        member_id=code, organization_id=organization, from_on=first, to_on=last
    )


def test_the_membership_in_force_says_and_else_the_home_branch() -> None:
    branch("A")
    branch("B")
    member("P1", "A")
    member("P2", "A")
    stay("P2", "B", DAY, None)
    member("P3", "A")
    stay("P3", "A", None, DAY - dt.timedelta(days=1))
    assert [m.code for m in registered("A", DAY).order_by("code")] == ["P1"]
    assert [m.code for m in registered("B", DAY)] == ["P2"]
    assert headcounts(["A", "B"], DAY) == {"A": Headcount(1), "B": Headcount(1)}


def test_who_has_left_is_not_there_and_who_is_suspended_does_not_count() -> None:
    branch("A")
    member("P1", "A", "left", left_on=DAY - dt.timedelta(days=1))
    member("P2", "A", "left", left_on=DAY)
    member("P3", "A", "suspended", suspended_on=DAY)
    member("P4", "A", "probationary")
    member("P5", "A", full_on=DAY + dt.timedelta(days=1))
    member("P6", "A", joined_on=DAY + dt.timedelta(days=1))
    there = registered("A", DAY).order_by("code")
    assert [m.code for m in there] == ["P2", "P3", "P4", "P5", "P6"]
    assert headcounts(["A"], DAY) == {"A": Headcount(full=1, probationary=2)}


def test_counts_equal_those_of_the_engine(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    import_dataset(committee(today=DAY))
    plan = make_plan(load_standard(standard_path("office-branch")))
    codes = list(Organization.objects.filter(kind="branch").values_list("code", flat=True))
    with django_assert_num_queries(2):
        counts = headcounts(codes, DAY)
    compared = 0
    for code in codes:
        known = explain(plan, DjangoBackend(), clock_for(plan, DAY), code, "S02")
        if known is None:
            continue
        (row,) = known.indicators[0].parts[0].rows
        assert counts[code].members == row.columns["members"]
        compared += 1
    assert compared > 3
