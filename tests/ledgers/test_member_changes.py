"""What happens to members is checked, dated, recorded, and reckoned once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from jinwei.audit.actions import Actor
from jinwei.audit.models import Entry
from jinwei.ledgers.changes import Edited, facts_changed
from jinwei.ledgers.member_changes import (
    Taken,
    correct_member,
    enter_member,
    follow_memberships,
    leave,
    set_mobile,
    suspend,
    transfer,
    turn_full,
)
from jinwei.members.identity import unseal
from jinwei.members.models import Member, Membership
from jinwei.organizations.models import Organization
from jinwei.standings.background import nightly

pytestmark = pytest.mark.django_db

BY = Actor(None, "测试")
NUMBER, OTHER_NUMBER = "11010519491231002X", "110105194912310038"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 6, 18, 2, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def branches() -> dict[str, Organization]:
    kinds = {"A": "branch", "B": "branch", "C": "committee", "D": "branch"}
    made = {
        code: Organization.objects.create(code=code, name=f"{code}支部", kind=kind)
        for code, kind in kinds.items()
    }
    Organization.objects.filter(code="D").update(dissolved_on="2025-12-31")
    made["D"].refresh_from_db()
    return made


@pytest.fixture
def member(branches: dict[str, Organization]) -> Member:
    return enter_member(Member(**row()), by=BY)


def row(**said: Any) -> dict[str, Any]:
    days = {"joined_on": day("2001-07-01"), "full_on": day("2002-07-01")}
    return {"name": "王建国", "organization_id": "A", "status": "full", **days, **said}


def refused(error: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return error.value.message_dict


# --- entering and correcting --------------------------------------------------------------------


def test_a_new_member_has_a_code_a_sealed_number_and_an_entry(member: Member) -> None:
    other = enter_member(Member(**row(name="李红")), by=BY, number=NUMBER)
    stored = Member.objects.get(pk=other.pk)
    assert stored.code not in ("", member.code)
    assert unseal(stored.id_number_sealed or b"") == NUMBER
    entry = Entry.objects.latest("pk")
    assert (entry.act, entry.member) == ("entered", stored.code)
    assert NUMBER not in str(entry.after)
    assert "spelling" not in str(entry.after)


def test_a_number_is_one_persons(member: Member) -> None:
    correct_member(member, by=BY, version=1, number=NUMBER)
    with pytest.raises(Taken) as taken:
        enter_member(Member(**row(name="李红")), by=BY, number=NUMBER.lower())
    assert taken.value.holder == member
    assert Member.objects.count() == 1
    correct_member(member, by=BY, version=2, number=NUMBER)


def test_a_correction_tells_that_the_number_changed_not_what_it_is(member: Member) -> None:
    correct_member(member, by=BY, version=1, number=NUMBER)
    correct_member(member, by=BY, version=2, number=OTHER_NUMBER)
    assert unseal(Member.objects.get().id_number_sealed or b"") == OTHER_NUMBER
    correct_member(member, by=BY, version=3, number="")
    assert Member.objects.get().id_number_sealed is None
    correct_member(member, by=BY, version=4)
    told = [e.after for e in Entry.objects.order_by("pk") if "id_number" in str(e.after)]
    assert told == [{"id_number": "•••"}, {"id_number": "•••"}, {"id_number": None}]


def test_what_cannot_be_is_refused_at_its_column(branches: dict[str, Organization]) -> None:
    child = Member(**row(birth_on=day("1990-01-01")))
    with pytest.raises(ValidationError) as error:
        enter_member(child, by=BY, number="110105194912310021")
    assert set(refused(error)) == {"joined_on", "id_number"}
    assert not Member.objects.exists()
    assert not Entry.objects.exists()


def test_who_saves_over_another_is_told(member: Member) -> None:
    correct_member(Member.objects.get(), by=BY, version=1)
    with pytest.raises(Edited):
        correct_member(member, by=BY, version=1, number=NUMBER)
    assert Member.objects.get().id_number_sealed is None


# --- status -------------------------------------------------------------------------------------


def probationary(joined_on: str) -> Member:
    young = row(status="probationary", joined_on=day(joined_on), full_on=None, name="李红")
    return enter_member(Member(**young), by=BY)


def test_a_probationary_member_turns_full_after_a_year(branches: dict[str, Organization]) -> None:
    member = probationary("2025-06-18")
    with pytest.raises(ValidationError) as error:
        turn_full(member, day("2026-06-17"), by=BY, version=1)
    assert "2026-06-18" in refused(error)["on"][0]
    turn_full(member, day("2026-06-18"), by=BY, version=1)
    member.refresh_from_db()
    assert (member.status, member.full_on) == ("full", day("2026-06-18"))
    with pytest.raises(ValidationError, match="不是预备党员"):
        turn_full(member, day("2026-06-18"), by=BY, version=2)


def test_nothing_happens_in_the_future(member: Member) -> None:
    for change in (suspend, leave):
        with pytest.raises(ValidationError) as error:
            change(Member.objects.get(), day("2026-06-19"), by=BY, version=1)
        assert "还没有到" in refused(error)["on"][0]
    assert Member.objects.get().version == 1


def test_a_member_is_suspended_and_leaves(member: Member) -> None:
    suspend(member, day("2026-05-01"), by=BY, version=1, reason="失去联系")
    with pytest.raises(ValidationError, match="已不在册"):
        suspend(member, day("2026-05-02"), by=BY, version=2)
    leave(member, day("2026-06-01"), by=BY, version=2)
    stored = Member.objects.get()
    assert (stored.status, stored.left_on) == ("left", day("2026-06-01"))
    assert Entry.objects.get(reason="失去联系").before == {"status": "full", "suspended_on": None}
    with pytest.raises(ValidationError, match="已不在册"):
        leave(member, day("2026-06-02"), by=BY, version=3)


def test_a_member_is_marked_as_mobile(member: Member) -> None:
    set_mobile(member, True, by=BY, version=1)
    assert Member.objects.get().mobile


# --- transfers ----------------------------------------------------------------------------------


def registered() -> list[tuple[str, str | None, str | None]]:
    return [
        (m.organization_id, str(m.from_on or "") or None, str(m.to_on or "") or None)
        for m in Membership.objects.filter(withdrawn_at=None).order_by("pk")
    ]


def test_the_first_transfer_dates_both_branches(
    member: Member, branches: dict[str, Organization]
) -> None:
    told: list[Any] = []
    facts_changed.connect(lambda changes, **_: told.append(changes), weak=False, dispatch_uid="t")
    transfer(member, branches["B"], day("2026-06-10"), by=BY, version=1)
    facts_changed.disconnect(dispatch_uid="t")
    assert registered() == [("A", None, "2026-06-09"), ("B", "2026-06-10", None)]
    assert Member.objects.get().organization_id == "B"
    assert [change.table for [*changes] in told for change in changes] == [
        "member",
        "membership",
        "membership",
    ]


def test_the_next_transfer_closes_the_one_in_force(
    member: Member, branches: dict[str, Organization]
) -> None:
    transfer(member, branches["B"], day("2026-03-01"), by=BY, version=1)
    transfer(member, branches["A"], day("2026-06-10"), by=BY, version=2)
    assert registered() == [
        ("A", None, "2026-02-28"),
        ("B", "2026-03-01", "2026-06-09"),
        ("A", "2026-06-10", None),
    ]


def test_a_transfer_to_come_is_dated_now_and_followed_then(
    member: Member, branches: dict[str, Organization]
) -> None:
    transfer(member, branches["B"], day("2026-07-01"), by=BY, version=1)
    assert Member.objects.get().organization_id == "A"
    assert follow_memberships(day("2026-06-30")) == 0
    assert follow_memberships(day("2026-07-01")) == 1
    assert Member.objects.get().organization_id == "B"
    assert follow_memberships(day("2026-07-02")) == 0


@pytest.mark.parametrize(
    ("to", "on", "field", "said"),
    [
        ("A", "2026-06-10", "to", "已经在这个支部"),
        ("C", "2026-06-10", "to", "不是支部"),
        ("D", "2026-06-10", "to", "撤销"),
        ("B", "2026-12-01", "on", "最多提前三个月"),
        ("B", "2001-07-01", "on", "入党"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(
    member: Member, branches: dict[str, Organization], to: str, on: str, field: str, said: str
) -> None:
    with pytest.raises(ValidationError) as error:
        transfer(member, branches[to], day(on), by=BY, version=1)
    assert said in refused(error)[field][0]
    assert registered() == []


def test_transfers_do_not_overtake_each_other(
    member: Member, branches: dict[str, Organization]
) -> None:
    transfer(member, branches["B"], day("2026-06-10"), by=BY, version=1)
    with pytest.raises(ValidationError, match="2026-06-10"):
        transfer(member, branches["A"], day("2026-06-10"), by=BY, version=2)
    with pytest.raises(Edited):
        transfer(member, branches["A"], day("2026-06-12"), by=BY, version=1)
    assert len(registered()) == 2


def test_who_has_left_is_not_transferred(member: Member, branches: dict[str, Organization]) -> None:
    leave(member, day("2026-06-01"), by=BY, version=1)
    with pytest.raises(ValidationError, match="已不在册"):
        transfer(member, branches["B"], day("2026-06-10"), by=BY, version=2)


def test_the_night_lets_a_transfer_come_true(
    member: Member, branches: dict[str, Organization]
) -> None:
    transfer(member, branches["B"], day("2026-07-01"), by=BY, version=1)
    nightly(day("2026-06-30"))
    assert Member.objects.get().organization_id == "A"
    nightly(day("2026-07-01"))
    assert Member.objects.get().organization_id == "B"
