"""The queue: a changed fact moves exactly the standings it touches, soon or at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from jinwei.audit.actions import SYSTEM
from jinwei.audit.models import Entry
from jinwei.ledgers.changes import correct, enter, enter_all, restore, withdraw
from jinwei.ledgers.models import (
    Appraisal,
    Attendance,
    Case,
    Dues,
    Exemption,
    Filing,
    Fund,
    Honor,
    Incident,
    Judgement,
    Meeting,
    Project,
    Rectification,
    Service,
    Survey,
    Talk,
    Training,
    Venue,
)
from jinwei.members.models import Member, Membership
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization, Post, Superior, Term
from jinwei.standings.actions import reckon
from jinwei.standings.background import work_once
from jinwei.standings.models import Adoption, Dirty, Standing, StandingChange
from jinwei.standings.queue import EVERYBODY, preview
from jinwei.standings.told import telling

pytestmark = pytest.mark.django_db
Adopt = Callable[..., Adoption]
Stored = Callable[[Adoption], dict[str, Any]]
Expected = Callable[[Adoption, dt.date], dict[str, Any]]
STANDARDS = ("office-branch", "classified-grading", "office-governance", "member-points")


@pytest.fixture
def all_adopted(facts: None, today: dt.date, adopt: Adopt) -> list[Adoption]:
    found = [adopt(name, leading=name == "office-branch") for name in STANDARDS]
    for adoption in found:
        reckon(adoption, as_of=today)
    return found


def drain() -> None:
    for _ in range(50):
        if not work_once():
            return
    raise AssertionError("the queue does not end")


def a_branch() -> Organization:
    found = Organization.objects.filter(kind="branch").order_by("code")[3]
    assert found is not None
    return found


def one_of(branch: Organization) -> Member:
    found = Member.objects.filter(organization=branch, status="full").order_by("code").first()
    assert found is not None
    return found


def new_rows(branch: Organization, member: Member, today: dt.date) -> list[FactModel]:
    """One new row of each table about a branch and a member of it."""
    day = today - dt.timedelta(days=3)
    at: dict[str, Any] = {"organization": branch}
    by: dict[str, Any] = {"member": member}
    return [
        Meeting(kind="branch_meeting", held_on=day, expected=5, attended=5, **at),
        Dues(month="2026-05", due=1000, paid=0, **at, **by),
        Talk(held_on=day, with_member=member, **at, **by),
        Training(held_on=day, hours=4000, kind="secretary_rotation", **by),
        Service(held_on=day, hours=500, kind="volunteer", **by),
        Appraisal(held_on=day, grade="excellent", **by),
        Fund(booked_on=day, kind="budget", amount=100, **at),
        Filing(kind="study_plan", filed_on=day, due_on=day, **at),
        Venue(kind="member_room", checked_on=day, items_required=5, items_met=1, **at),
        Project(kind="key_task", started_on=day, due_on=day, **at),
        Honor(level="national", awarded_on=day, **at),
        Incident(kind="falsification", occurred_on=day, **at),
        Rectification(source="visit", opened_on=day, due_on=day, **at),
        Survey(kind="satisfaction", held_on=day, answered=30, satisfied=1, **at),
        Case(procedure="election", opened_on=day, due_on=day, **at),
        Judgement(
            standard="office-branch", indicator="R05", judged_on=day, level="poor", judge="甲", **at
        ),
        Exemption(standard="office-branch", indicator="L02", from_on=day, approved_by="乙", **at),
        Term(started_on=day, expires_on=day, **at),
        Post(member=member.code, post="secretary", started_on=day, **at),
        Member(code="NEW", name="新", status="full", joined_on=day, **at),
        Membership(from_on=day, **at, **by),
    ]


def test_after_any_change_the_queue_brings_what_a_whole_run_would(
    all_adopted: list[Adoption], today: dt.date, stored: Stored, expected: Expected
) -> None:
    branch = a_branch()
    member = one_of(branch)
    rows = new_rows(branch, member, today)

    def same(what: str) -> None:
        drain()
        for adoption in all_adopted:
            assert stored(adoption) == expected(adoption, today), f"{what}, {adoption}"

    for at in range(0, len(rows), 3):
        few = rows[at : at + 3]
        for row in few:
            enter(row, by=SYSTEM)
        same(f"{[row.table().name for row in few]} entered")
    for row in rows[:-2:2]:
        withdraw(row, by=SYSTEM, version=1, reason="错录")
    same("every other one withdrawn")
    for row in rows[-2:]:
        withdraw(row, by=SYSTEM, version=1, reason="错录")
    same("the last two withdrawn")
    assert not Dirty.objects.exists()


def test_attendance_and_its_meeting_move_the_members(
    all_adopted: list[Adoption], today: dt.date, stored: Stored, expected: Expected
) -> None:
    branch, points = a_branch(), all_adopted[-1]
    member = one_of(branch)
    before = stored(points)[member.code]
    row = Meeting(organization=branch, kind="branch_meeting", held_on=today)
    enter(row, by=SYSTEM, attendance=[(member.code, "absent")])
    assert stored(points)[member.code] != before
    row.kind = "other"
    correct(row, by=SYSTEM, version=1)
    drain()
    assert stored(points) == expected(points, today)
    assert stored(points)[member.code] == before
    assert Attendance.objects.filter(meeting=row).count() == 1


def test_an_organization_that_moves_or_goes_is_followed(
    all_adopted: list[Adoption], today: dt.date, stored: Stored, expected: Expected
) -> None:
    branch = a_branch()
    assert branch.parent is not None
    other = Organization.objects.filter(kind="general_branch").exclude(code=branch.parent_id)[0]
    enter(Superior(organization=branch, parent=other), by=SYSTEM)
    assert set(Dirty.objects.values_list("subject", flat=True)) == {EVERYBODY}
    drain()
    for adoption in all_adopted:
        assert stored(adoption) == expected(adoption, today)
    branch.dissolved_on = today - dt.timedelta(days=1)
    correct(branch, by=SYSTEM, version=1)
    assert branch.code not in stored(all_adopted[0])
    drain()
    made = enter(Organization(code="NB", name="新", kind="branch", parent=other), by=SYSTEM)
    assert "NB" in stored(all_adopted[0])
    withdraw(made, by=SYSTEM, version=1, reason="错录")
    drain()
    for adoption in all_adopted:
        assert stored(adoption) == expected(adoption, today)


def test_the_subject_at_hand_is_reckoned_in_the_same_transaction(
    all_adopted: list[Adoption], today: dt.date
) -> None:
    branch = a_branch()
    before = Standing.objects.get(adoption=all_adopted[0], subject=branch.code)
    row = Incident(organization=branch, kind="falsification", occurred_on=today)
    with telling() as told:
        enter(row, by=SYSTEM)
    move = told.of(branch.code)
    assert move is not None
    assert (move.adoption, move.stars_before) == (all_adopted[0], before.stars)
    now = Standing.objects.get(pk=before.pk)
    assert now.vetoes
    assert now.stars == move.stars
    assert not Dirty.objects.filter(subject=branch.code).exists()
    with telling() as told:
        withdraw(row, by=SYSTEM, version=1, reason="错录")
    assert [m.stars for m in told.moves if m.adoption == all_adopted[0]] == [before.stars]
    again = restore(row, by=SYSTEM)
    assert again.version == 3
    assert Standing.objects.get(pk=before.pk).vetoes


def test_a_move_tells_the_indicators_that_became_others(
    all_adopted: list[Adoption], today: dt.date
) -> None:
    branch = a_branch()
    with telling() as told:
        enter(Honor(organization=branch, level="national", awarded_on=today), by=SYSTEM)
    move = told.of(branch.code)
    assert move is not None
    assert move.change is not None
    assert move.change >= 0
    assert move.indicators
    assert all(
        (i.state, i.earned, i.obtainable) != (i.state_before, i.earned_before, i.obtainable_before)
        for i in move.indicators
    )


def test_superiors_wait_for_the_background(all_adopted: list[Adoption], today: dt.date) -> None:
    branch = a_branch()
    with telling() as told:
        enter(Meeting(organization=branch, kind="theme_day", held_on=today), by=SYSTEM)
    waiting = set(Dirty.objects.values_list("subject", flat=True))
    assert told.queued == Dirty.objects.count() > 0
    assert branch.code not in waiting
    drain()
    assert not Dirty.objects.exists()


def test_what_no_plan_reads_marks_nobody(facts: None, today: dt.date, adopt: Adopt) -> None:
    adoption = adopt("office-governance")
    reckon(adoption, as_of=today)
    branch = a_branch()
    enter(Venue(organization=branch, checked_on=today), by=SYSTEM)
    enter(
        Judgement(standard="another", indicator="A", organization=branch, judged_on=today),
        by=SYSTEM,
    )
    assert not Dirty.objects.exists()


def test_an_adoption_that_does_not_reach_is_left_alone(
    facts: None, today: dt.date, adopt: Adopt
) -> None:
    first, second = Organization.objects.filter(kind="general_branch").order_by("code")[:2]
    there = adopt("office-branch", second.code)
    adopt("member-points", second.code)
    reckon(there, as_of=today)
    branch = Organization.objects.filter(parent=first, kind="branch")[0]
    row = Meeting(organization=branch, kind="theme_day", held_on=today)
    enter(row, by=SYSTEM, attendance=[(one_of(branch).code, "present")])
    assert not Dirty.objects.exists()


def test_many_subjects_at_once_are_left_to_the_background(
    all_adopted: list[Adoption], today: dt.date
) -> None:
    branches = Organization.objects.filter(kind="branch").order_by("code")[:6]
    rows = [Meeting(organization=b, kind="theme_day", held_on=today) for b in branches]
    enter_all(rows, by=SYSTEM)
    waiting = set(Dirty.objects.filter(adoption=all_adopted[0]).values_list("subject", flat=True))
    assert {b.code for b in branches} <= waiting


def test_a_preview_tells_and_leaves_nothing(
    all_adopted: list[Adoption], today: dt.date, stored: Stored
) -> None:
    branch = a_branch()
    before = [stored(adoption) for adoption in all_adopted]
    counts = [model.objects.count() for model in (Meeting, Entry, Dirty, StandingChange)]
    row = Incident(organization=branch, kind="falsification", occurred_on=today)
    told = preview(lambda: enter(row, by=SYSTEM))
    move = told.of(branch.code)
    assert move is not None
    assert move.stars is not None
    assert [stored(adoption) for adoption in all_adopted] == before
    assert [m.objects.count() for m in (Meeting, Entry, Dirty, StandingChange)] == counts
    assert not Incident.objects.filter(organization=branch, occurred_on=today).exists()


def test_what_a_previewed_write_raises_comes_out(
    all_adopted: list[Adoption], today: dt.date
) -> None:
    row = Incident(organization=a_branch(), kind="falsification", occurred_on=today)

    def write() -> None:
        enter(row, by=SYSTEM)
        raise LookupError

    with pytest.raises(LookupError):
        preview(write)
    assert not Incident.objects.filter(pk=row.pk).exists()


def test_a_fact_is_kept_even_where_its_standing_cannot_be_reckoned(
    all_adopted: list[Adoption],
    today: dt.date,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: Any) -> None:
        raise ArithmeticError

    monkeypatch.setattr("jinwei.standings.queue.reckon_at_hand", fail)
    branch = a_branch()
    row = enter(Incident(organization=branch, kind="falsification", occurred_on=today), by=SYSTEM)
    assert Incident.objects.filter(pk=row.pk).exists()
    assert Dirty.objects.filter(adoption=all_adopted[0], subject=branch.code).exists()
    assert "was not reckoned" in caplog.text
