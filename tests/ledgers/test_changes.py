"""The one way facts change: row, entry in the record and signal together, or none of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError

from jinwei.audit.actions import Actor
from jinwei.audit.models import Entry
from jinwei.ledgers.changes import (
    Change,
    Edited,
    Withdrawn,
    change_all,
    correct,
    enter,
    enter_all,
    facts_changed,
    new_code,
    restore,
    values_of,
    withdraw,
    withdraw_all,
)
from jinwei.ledgers.models import Attendance, Dues, Fund, Meeting, Rectification
from jinwei.members.models import Member
from jinwei.organizations.models import Organization, TreePath

pytestmark = pytest.mark.django_db
BY = Actor(7, "王建国")
DAY = dt.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def people() -> None:
    Organization.objects.create(code="A", name="A", kind="branch")
    for code in ("M1", "M2", "M3"):
        Member.objects.create(code=code, organization_id="A", status="full", name=code)


@pytest.fixture
def heard() -> Iterator[list[tuple[list[Change], Actor]]]:
    """What was told, act by act."""
    found: list[tuple[list[Change], Actor]] = []

    def listen(changes: list[Change], by: Actor, **_: Any) -> None:
        found.append((list(changes), by))

    facts_changed.connect(listen)
    yield found
    facts_changed.disconnect(listen)


def meeting(**values: Any) -> Meeting:
    return Meeting(organization_id="A", kind="lecture", held_on=DAY, **values)


def came(code: str) -> dict[str, str]:
    rows = Attendance.objects.filter(meeting=code, withdrawn_at=None)
    return dict(rows.values_list("member", "status"))


def seen(table: str, act: str) -> Any:
    """The entry of the one act of its kind."""
    return Entry.objects.get(table=table, act=act)


def test_a_new_row_is_stored_recorded_and_told(heard: list[Any]) -> None:
    fund = enter(Fund(organization_id="A", kind="spent", amount=100, booked_on=DAY), by=BY)
    assert Fund.objects.get() == fund
    entry = seen("fund", "entered")
    assert (entry.row, entry.organization, entry.member) == (fund.row_id, "A", None)
    assert (entry.account, entry.account_name) == (7, "王建国")
    assert entry.before is None
    assert entry.after == {
        "organization": "A",
        "kind": "spent",
        "amount": 100,
        "booked_on": "2026-06-01",
        "subject": None,
    }
    assert heard == [([Change("fund", None, values_of(fund))], BY)]


def test_a_row_with_a_key_gets_the_next_code() -> None:
    assert enter(meeting(), by=BY).code == "M000001"
    named = enter(meeting(code="H7"), by=BY)
    assert named.code == "H7"
    assert enter(meeting(), by=BY).code == f"M{named.pk + 1:06}"
    assert new_code(Rectification) == "R000001"
    newest = Rectification.objects.create(code="R9", organization_id="A")
    assert new_code(Rectification) == f"R{newest.pk + 1:06}"
    Rectification.objects.filter(pk=newest.pk).update(code=f"R{newest.pk + 1:06}")
    assert new_code(Rectification) == f"R{newest.pk + 2:06}", "one that is taken is passed over"


def test_attendance_comes_with_its_meeting(heard: list[Any]) -> None:
    row = enter(meeting(), by=BY, attendance=[("M1", "present"), ("M2", "leave")])
    assert came(row.code) == {"M1": "present", "M2": "leave"}
    [(changes, _by)] = heard
    assert [c.table for c in changes] == ["meeting", "attendance", "attendance"]


def test_several_are_entered_as_one_act(heard: list[Any]) -> None:
    rows = [Dues(organization_id="A", member_id=f"M{n}", month="2026-06", due=1) for n in (1, 2)]
    enter_all(rows, by=BY)
    assert Dues.objects.count() == 2
    assert Entry.objects.filter(act="entered", table="dues").count() == 2
    assert [len(changes) for changes, _by in heard] == [2]


def test_all_of_several_or_none(heard: list[Any]) -> None:
    good = Dues(organization_id="A", member_id="M1", month="2026-06", due=1)
    bad = Dues(organization_id="A", member_id="M2", month="2026-13", due=1)
    with pytest.raises(DatabaseError):
        enter_all([good, bad], by=BY)
    assert not heard


def test_a_correction_tells_what_differs(heard: list[Any]) -> None:
    row = enter(meeting(topic="a", expected=3), by=BY)
    heard.clear()
    row.topic = "b"
    correct(row, by=BY, version=1, reason="记错了")
    row.refresh_from_db()
    assert (row.topic, row.version) == ("b", 2)
    entry = seen("meeting", "corrected")
    assert (entry.before, entry.after, entry.reason) == ({"topic": "a"}, {"topic": "b"}, "记错了")
    [(changes, _by)] = heard
    assert [(c.before["topic"], c.after["topic"]) for c in changes] == [("a", "b")]


def test_attendance_is_made_what_was_said() -> None:
    row = enter(meeting(), by=BY, attendance=[("M1", "present"), ("M2", "leave")])
    correct(row, by=BY, version=1, attendance=[("M2", "present"), ("M3", "absent")])
    assert came(row.code) == {"M2": "present", "M3": "absent"}
    gone = Attendance.objects.get(meeting=row, member="M1")
    assert gone.withdrawn_at is not None
    correct(row, by=BY, version=2)
    assert came(row.code) == {"M2": "present", "M3": "absent"}, "left as it is"
    correct(row, by=BY, version=3, attendance=())
    assert came(row.code) == {}


def test_who_saw_an_older_text_changes_nothing(heard: list[Any]) -> None:
    row = enter(meeting(topic="a"), by=BY)
    mine = Meeting.objects.get(pk=row.pk)
    row.topic = "b"
    correct(row, by=BY, version=1)
    heard.clear()
    mine.topic = "c"
    with pytest.raises(Edited) as caught:
        correct(mine, by=BY, version=1, attendance=[("M1", "present")])
    assert caught.value.stored.topic == "b"  # type: ignore[attr-defined]
    assert Meeting.objects.get().topic == "b"
    assert came(row.code) == {}
    assert not heard
    with pytest.raises(Edited):
        withdraw(mine, by=BY, version=1, reason="x")
    assert Entry.objects.filter(act="corrected").count() == 1


def test_corrections_and_new_rows_as_one_act(heard: list[Any]) -> None:
    old = enter(Dues(organization_id="A", member_id="M1", month="2026-06", due=1), by=BY)
    heard.clear()
    old.paid = 1
    new = Dues(organization_id="A", member_id="M2", month="2026-06", due=1)
    change_all(entered=[new], corrected=[old], by=BY)
    assert [[c.table for c in changes] for changes, _by in heard] == [["dues", "dues"]]
    assert Dues.objects.get(pk=old.pk).version == 2
    stale = Dues.objects.get(pk=old.pk)
    stale.version = 1
    another = Dues(organization_id="A", member_id="M3", month="2026-06", due=1)
    with pytest.raises(Edited):
        change_all(entered=[another], corrected=[stale], by=BY)
    assert Dues.objects.count() == 2


def test_a_row_withdrawn_stays_and_is_in_no_view(heard: list[Any]) -> None:
    from jinwei.ledgers.portable import export_dataset

    row = enter(meeting(topic="a"), by=BY, attendance=[("M1", "present")])
    heard.clear()
    withdraw(row, by=BY, version=1, reason="重复")
    assert Meeting.objects.get().withdrawn_at is not None
    entry = seen("meeting", "withdrawn")
    assert (entry.before["topic"], entry.reason) == ("a", "重复")
    [(changes, _by)] = heard
    assert [(c.table, c.after) for c in changes] == [("meeting", None), ("attendance", None)]
    dataset = export_dataset()
    assert not dataset.rows("meeting")
    assert not dataset.rows("attendance"), "gone with its meeting"
    for again in (
        lambda: withdraw(row, by=BY, version=2, reason="x"),
        lambda: correct(row, by=BY, version=2),
    ):
        with pytest.raises(Withdrawn):
            again()


def test_several_rows_are_withdrawn_as_one_act(heard: list[Any]) -> None:
    first = enter(meeting(topic="a"), by=BY, attendance=[("M1", "present")])
    second = enter(meeting(topic="b"), by=BY)
    heard.clear()
    withdraw_all([(first, 1), (second, 1)], by=BY, reason="重复")
    [(changes, by)] = heard
    assert [(c.table, c.after) for c in changes] == [
        ("meeting", None), ("attendance", None), ("meeting", None),
    ]  # fmt: skip
    assert by == BY
    assert not Meeting.objects.filter(withdrawn_at=None).exists()
    entries = Entry.objects.filter(table="meeting", act="withdrawn").order_by("pk")
    assert [(e.before["topic"], e.reason) for e in entries] == [("a", "重复"), ("b", "重复")]
    withdraw_all([], by=BY, reason="x")
    assert len(heard) == 1


def test_of_several_rows_all_stay_where_one_became_another(heard: list[Any]) -> None:
    first, second = (enter(meeting(topic=topic), by=BY) for topic in "ab")
    second.topic = "c"
    correct(second, by=BY, version=1)
    heard.clear()
    with pytest.raises(Edited):
        withdraw_all([(first, 1), (second, 1)], by=BY, reason="x")
    assert Meeting.objects.filter(withdrawn_at=None).count() == 2
    withdraw(first, by=BY, version=1, reason="x")
    with pytest.raises(Withdrawn):
        withdraw_all([(second, 2), (first, 2)], by=BY, reason="x")
    assert Meeting.objects.get(withdrawn_at=None).topic == "c"
    assert Entry.objects.filter(act="withdrawn").count() == len(heard) == 1


def test_a_row_comes_back_as_it_was(heard: list[Any]) -> None:
    row = enter(meeting(topic="a"), by=BY, attendance=[("M1", "present")])
    withdraw(row, by=BY, version=1, reason="x")
    heard.clear()
    restore(row, by=BY, reason="仍要")
    row.refresh_from_db()
    assert (row.withdrawn_at, row.version) == (None, 3)
    assert came(row.code) == {"M1": "present"}
    assert seen("meeting", "restored").reason == "仍要"
    [(changes, _by)] = heard
    assert [(c.table, c.before) for c in changes] == [("meeting", None), ("attendance", None)]


def test_guarded_columns_are_not_in_the_record() -> None:
    row = Member(code="M9", organization_id="A", status="full", name="x", phone="13800000000")
    enter(row, by=BY)
    row.phone = "13900000000"
    correct(row, by=BY, version=1)
    entered, corrected = (seen("member", act) for act in ("entered", "corrected"))
    assert entered.after["phone"] == "•••"
    assert (corrected.before, corrected.after) == ({"phone": "•••"}, {"phone": "•••"})
    assert entered.member == "M9"
    assert "138" not in str(entered.after)


def test_nothing_is_stored_where_the_effects_fail() -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError

    facts_changed.connect(broken)
    try:
        with pytest.raises(RuntimeError):
            enter(meeting(), by=BY)
    finally:
        facts_changed.disconnect(broken)
    assert not Meeting.objects.exists()
    assert not Entry.objects.exists()


def test_the_tree_follows_an_organization_that_is_withdrawn() -> None:
    below = enter(Organization(code="B", name="B", kind="group", parent_id="A"), by=BY)
    assert TreePath.objects.filter(ancestor="A", descendant="B").exists()
    withdraw(below, by=BY, version=1, reason="x")
    assert not TreePath.objects.filter(ancestor="A", descendant="B").exists()
    restore(below, by=BY)
    assert TreePath.objects.filter(ancestor="A", descendant="B").exists()
