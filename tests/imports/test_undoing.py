"""A batch undone leaves the facts as they were; what somebody touched since stays and is named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from jinwei.accounts.access import Access
from jinwei.accounts.models import Account, Role
from jinwei.audit.actions import Actor
from jinwei.audit.models import Entry
from jinwei.imports.actions import NotNow, may_undo, undo
from jinwei.imports.models import Batch, State, Written
from jinwei.imports.undoing import staying
from jinwei.imports.work import work_once
from jinwei.ledgers.changes import correct, withdraw
from jinwei.ledgers.models import FACT_MODELS, Attendance, Dues, Fund, Meeting
from jinwei.organizations.models import Organization, TreePath
from tests.imports.conftest import Begin, Sheet
from tests.imports.test_writing import DUES, MEETING, NUMBER, ORGANIZATION, ROSTER

pytestmark = pytest.mark.django_db
BY = Actor(9, "郑某某")


def dump() -> dict[str, list[Any]]:
    """Every column of every fact table, and the tree."""
    tables = [model._meta.db_table for model in FACT_MODELS.values()]
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY id')
            found[table] = [tuple(map(_plain, row)) for row in cursor.fetchall()]
    columns = ("ancestor__code", "descendant__code", "from_on", "to_on")
    found["tree"] = sorted(TreePath.objects.values_list(*columns), key=str)
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def undone(batch: Batch) -> Batch:
    undo(batch)
    assert work_once()
    batch.refresh_from_db()
    assert batch.state == State.UNDONE
    return batch


def test_undoing_restores_every_column_of_every_table(bring: Begin) -> None:
    bring("dues", DUES)
    bring("member", [["code", *ROSTER], ["M1", "党员1", "B", "full", NUMBER, "138", None]])
    before = dump()
    books: list[tuple[str, Sheet]] = [
        ("dues", [DUES[0], ["M1", "B", "2026-01", 1, 1, None], ["M1", "B", "2026-02", 1, 1, None]]),
        (
            "member",
            [ROSTER, ["李小明", "C", "full", NUMBER, "139", "1949-12-31"], ["新", "B", "full"]],
        ),
        ("meeting", [MEETING, ["B", "lecture", "2026-05-01", "党课", "M1 M2"]]),
        (
            "organization",
            [
                ORGANIZATION,
                ["D", "丁", "branch", "E"],
                ["E", "戊", "committee", "A"],
                ["C", "C支部", "branch", "E"],
            ],
        ),
        ("term", [["organization", "started_on"], ["D", "2026-01-01"]]),
        ("superior", [["organization", "parent", "from_on"], ["B", "E", "2026-02-01"]]),
    ]
    batches = [bring(table, rows) for table, rows in books]
    assert all(batch.written.exists() for batch in batches)
    assert TreePath.objects.filter(ancestor="E", descendant="B").exists()
    for batch in reversed(batches):
        undone(batch)
        assert staying(batch) == ([], 0)
    assert dump() == before
    entries = Entry.objects.filter(act="undone")
    assert entries.count() == Written.objects.filter(batch__in=batches).count()
    assert NUMBER not in str(list(entries.values()))
    assert Entry.objects.filter(act="import_undone").count() == len(batches)


def test_what_somebody_touched_since_stays_and_is_named(bring: Begin) -> None:
    batch = bring("dues", DUES)
    touched = Dues.objects.get(member="M1")
    touched.paid = 1
    correct(touched, by=BY, version=1)
    withdraw(Dues.objects.get(member="M4"), by=BY, version=1, reason="错")
    expected = [
        (2, "dues", touched.row_id, "edited", "郑某某"),
        (4, "dues", Dues.objects.get(member="M4").row_id, "withdrawn", "郑某某"),
    ]
    stays, n = staying(batch)
    assert [(s.line, s.table, s.row, s.why, s.who) for s in stays] == expected
    undone(batch)
    assert list(Dues.objects.order_by("pk").values_list("member", "paid")) == [
        *(("M1", 1), ("M4", 3000))
    ]
    stays, n = staying(batch)
    assert n == 2
    assert [(s.line, s.table, s.row, s.why, s.who) for s in stays] == expected
    assert all(s.at is not None for s in stays)


def test_a_row_that_others_refer_to_stays_with_what_it_stands_on(bring: Begin) -> None:
    rows: Sheet = [
        ORGANIZATION,
        ["E", "戊", "committee", "A"],
        ["D", "丁", "branch", "E"],
        ["F", "己", "branch", "E"],
    ]
    batch = bring("organization", rows)
    Fund.objects.create(organization_id="D", kind="spent")
    undone(batch)
    assert set(Organization.objects.filter(code__in="DEF").values_list("code", flat=True)) == {
        *("D", "E")
    }
    stays, n = staying(batch)
    assert ([(s.row, s.why) for s in stays], n) == ([("E", "referred"), ("D", "referred")], 2)


def test_a_meeting_with_a_guest_added_later_stays(bring: Begin) -> None:
    batch = bring("meeting", [MEETING, ["B", "lecture", "2026-05-01", "党课", "M1"]])
    Attendance.objects.create(meeting=Meeting.objects.get(), member_id="M3", status="late")
    undone(batch)
    assert Meeting.objects.exists()
    assert set(Attendance.objects.values_list("member", flat=True)) == {"M3"}


def test_two_imports_of_one_row_are_undone_in_turn(bring: Begin) -> None:
    before = dump()
    first = bring("dues", DUES)
    second = bring("dues", [DUES[0], ["M1", "B", "2026-01", 7, 7, None]])
    undone(first)
    assert [s.why for s in staying(first)[0]] == ["edited"]
    undone(second)
    assert Dues.objects.get().paid == 2500
    assert dump() != before


def test_undoing_ends_after_seven_days(bring: Begin) -> None:
    batch = bring("dues", DUES)
    later = timezone.now() + dt.timedelta(days=7, seconds=1)
    assert may_undo(batch)
    with time_machine.travel(later):
        assert not may_undo(batch)
        with pytest.raises(NotNow):
            undo(batch)
    assert Dues.objects.count() == 3


def test_rows_out_of_reach_by_now_stay(bring: Begin, staff: Access) -> None:
    batch = bring("dues", DUES)
    Role.objects.filter(account=staff.account).delete()
    Role.objects.create(account=staff.account, role="staff", organization_id="B")
    undone(batch)
    assert [s.why for s in staying(batch)[0]] == ["not-yours"]
    assert Dues.objects.get().organization_id == "C"


def test_many_rows_take_few_queries(bring: Begin, django_assert_max_num_queries: Any) -> None:
    months = [f"{year}-{month:02d}" for year in range(1940, 2026) for month in range(1, 13)]
    batch = bring("dues", [DUES[0], *[["M1", "B", month, 1, 1] for month in months[:450]]])
    undo(batch)
    with django_assert_max_num_queries(60):
        assert work_once()
    assert not Dues.objects.exists()


def test_an_account_that_is_gone_undoes_nothing(bring: Begin, staff: Access) -> None:
    batch = bring("dues", DUES)
    Account.objects.filter(pk=staff.account.pk).update(locked_at=timezone.now())
    undo(batch)
    assert work_once()
    batch.refresh_from_db()
    assert (batch.state, batch.refusal) == (State.FAILED, "account-gone")
    assert Dues.objects.count() == 3
