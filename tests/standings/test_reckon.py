"""Standings: the engine's figures as rows, written when something changed, with a history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from jinwei.datasets.store import open_store
from jinwei.engine.score import clock_for, plain_results, score
from jinwei.ledgers.models import Meeting
from jinwei.ledgers.portable import export_dataset
from jinwei.organizations.models import Organization
from jinwei.standings.actions import EarlierDay, reckon
from jinwei.standings.models import Adoption, Standing, StandingChange, StandingIndicator

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 15)
Adopt = Callable[..., Adoption]
Stored = Callable[[Adoption], dict[str, Any]]


@pytest.mark.parametrize("standard", ["office-branch", "classified-grading", "member-points"])
def test_stored_figures_equal_those_of_an_export(
    facts: None, adopt: Adopt, stored: Stored, standard: str
) -> None:
    adoption = adopt(standard)
    reckoned = reckon(adoption, as_of=TODAY)
    plan = adoption.plan()
    with open_store(export_dataset()) as files:
        expected = plain_results(score(plan, files, clock_for(plan, TODAY)))
    assert stored(adoption) == expected
    assert reckoned.subjects == len(expected) > 0


def test_an_unchanged_day_writes_no_result(
    facts: None, adopt: Adopt, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    adoption = adopt("office-branch")
    first = reckon(adoption, as_of=TODAY)
    rows = set(StandingIndicator.objects.values_list("pk", flat=True))
    statements = len(adoption.plan().steps)
    with django_assert_max_num_queries(statements + 12):
        again = reckon(adoption, as_of=TODAY)
    assert len(first.changed) == first.subjects
    assert again.changed == ()
    assert set(StandingIndicator.objects.values_list("pk", flat=True)) == rows


def test_an_entry_moves_its_subject_alone_and_is_noted_once_a_day(
    facts: None, adopt: Adopt
) -> None:
    adoption = adopt("office-branch")
    reckon(adoption, as_of=TODAY)
    StandingChange.objects.all().delete()
    missed = StandingIndicator.objects.filter(indicator="L05", state="missed").first()
    assert missed is not None
    branch = missed.standing.subject
    before = missed.standing.score
    seen = set(
        Meeting.objects.filter(organization=branch, kind="theme_day").dates("held_on", "month")
    )
    absent = [m for m in range(1, 6) if dt.date(2026, m, 1) not in seen]
    for number, month in enumerate(absent):
        day = dt.date(2026, month, 20)
        Meeting.objects.create(
            code=f"N{number}", organization_id=branch, kind="theme_day", held_on=day
        )
        assert reckon(adoption, as_of=TODAY, subject=branch).changed == (branch,)
    change = StandingChange.objects.get()
    now = Standing.objects.get(adoption=adoption, subject=branch)
    assert (change.subject, change.score_before, change.score) == (branch, before, now.score)
    assert now.score is not None
    assert before is not None
    assert now.score > before


def test_one_member_is_reckoned_as_all_together_are(
    facts: None, adopt: Adopt, stored: Stored
) -> None:
    adoption = adopt("member-points")
    reckon(adoption, as_of=TODAY)
    together = stored(adoption)
    adoption.standings.all().delete()
    for member in sorted(together)[::20]:
        assert reckon(adoption, as_of=TODAY, subject=member).changed == (member,)
        assert stored(adoption)[member] == together[member]


def test_an_adoption_reaches_its_subtree_only(facts: None, adopt: Adopt, stored: Stored) -> None:
    general_branch = Organization.objects.filter(kind="general_branch").first()
    assert general_branch is not None
    adoption = adopt("office-branch", general_branch.code)
    reckon(adoption, as_of=TODAY)
    below = set(
        Organization.objects.filter(parent=general_branch.code).values_list("code", flat=True)
    )
    assert set(stored(adoption)) == below


def test_a_dissolved_branch_loses_its_standing(facts: None, adopt: Adopt, stored: Stored) -> None:
    adoption = adopt("office-branch")
    reckon(adoption, as_of=TODAY)
    branch = Organization.objects.filter(kind="branch").first()
    assert branch is not None
    branch.dissolved_on = TODAY - dt.timedelta(days=1)
    branch.save()
    assert branch.code in reckon(adoption, as_of=TODAY).changed
    assert branch.code not in stored(adoption)


def test_a_day_before_the_last_is_not_reckoned_again(facts: None, adopt: Adopt) -> None:
    adoption = adopt("office-branch")
    reckon(adoption, as_of=TODAY)
    with pytest.raises(EarlierDay):
        reckon(adoption, as_of=TODAY - dt.timedelta(days=1))


def test_an_adoption_that_has_ended_reaches_nobody(facts: None, adopt: Adopt) -> None:
    adoption = adopt("office-branch", to_on=dt.date(2026, 3, 31))
    assert reckon(adoption, as_of=TODAY).subjects == 0
