"""What a book says becomes rows once, with trail; the same file twice creates nothing twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from jinwei.accounts.access import Access
from jinwei.accounts.models import Account, Role
from jinwei.audit.models import Entry
from jinwei.imports.checking import check
from jinwei.imports.models import Batch, Chunk, Found, State, Written
from jinwei.imports.store import LINES
from jinwei.ledgers.models import Attendance, Dues, Fund, Meeting
from jinwei.members.actions import keep_number
from jinwei.members.identity import unseal
from jinwei.members.models import Member
from jinwei.organizations.models import Organization, Post, Term, TreePath
from tests.imports.conftest import TODAY, Begin, Sheet, written

pytestmark = pytest.mark.django_db

DUES: Sheet = [
    ["member", "organization", "month", "due", "paid", "paid_on"],
    ["M1", "B", "2026-01", 2500, 2500, dt.date(2026, 1, 20)],
    ["M2", "B", "2026-01", 2500, None, None],
    ["M4", "C", "2026-01", 3000, 3000, dt.date(2026, 1, 21)],
]
ROSTER = ["name", "organization", "status", "id_number", "phone", "birth_on"]
ORGANIZATION = ["code", "name", "kind", "parent"]
MEETING = ["organization", "kind", "held_on", "topic", "attendance"]
NUMBER = "11010519491231002X"
OTHER = "110105194912310038"


def outcomes(batch: Batch) -> str:
    chunks = Chunk.objects.filter(batch=batch).order_by("first")
    return "".join(chunks.values_list("outcomes", flat=True))


def found(batch: Batch) -> list[tuple[int, int | None, str]]:
    rows = Found.objects.filter(batch=batch).order_by("line", "pk")
    return list(rows.values_list("line", "column", "kind"))


def test_a_book_becomes_rows_with_their_trail(bring: Begin) -> None:
    batch = bring("dues", DUES)
    assert list(Dues.objects.order_by("pk").values_list("member", "month", "paid")) == [
        *(("M1", "2026-01", 2500), ("M2", "2026-01", None), ("M4", "2026-01", 3000))
    ]
    assert batch.state == State.WRITTEN
    assert outcomes(batch) == "xnnn"
    assert batch.counts == {"skipped": 1, "new": 3}
    assert batch.tables == {"dues": {"same": 0, "new": 3}}
    assert dict(batch.organizations) == {"B": 2, "C": 1}
    entries = Entry.objects.filter(table="dues").order_by("pk")
    assert [(e.act, e.row, e.organization, e.member) for e in entries] == [
        ("entered", row.row_id, row.organization_id, row.member_id)
        for row in Dues.objects.order_by("pk")
    ]
    assert {e.reason for e in entries} == {"导入“dues.xlsx”"}
    assert Entry.objects.get(act="imported").after["file"] == "dues.xlsx"


def test_the_same_file_twice_creates_nothing_twice(bring: Begin) -> None:
    bring("dues", DUES)
    again = bring("dues", DUES)
    assert Dues.objects.count() == 3
    assert outcomes(again) == "xsss"
    assert again.tables == {"dues": {"same": 3}}
    assert not Written.objects.filter(batch=again).exists()


def test_a_changed_row_is_corrected_with_trail(bring: Begin) -> None:
    bring("dues", DUES)
    paid = [*DUES[:2], ["M2", "B", "2026-01", 2500, 2500, dt.date(2026, 2, 1)]]
    batch = bring("dues", paid)
    row = Dues.objects.get(member="M2")
    assert (row.paid, row.paid_on, row.version) == (2500, dt.date(2026, 2, 1), 2)
    entry = Entry.objects.get(act="corrected")
    assert (entry.row, entry.before) == (row.row_id, {"paid": None, "paid_on": None})
    assert entry.after == {"paid": 2500, "paid_on": "2026-02-01"}
    assert outcomes(batch) == "xsc"


def test_columns_the_book_lacks_stay(bring: Begin) -> None:
    bring("dues", DUES)
    bring("dues", [["member", "organization", "month", "due"], ["M1", "B", "2026-01", 9900]])
    row = Dues.objects.get(member="M1")
    assert (row.due, row.paid) == (9900, 2500)


def test_a_line_repeated_is_passed_over_and_one_that_contradicts_is_told(bring: Begin) -> None:
    other = ["M1", "B", "2026-01", 2500, 100, None]
    batch = bring("dues", [*DUES, DUES[1], other])
    assert outcomes(batch) == "xnnnrf"
    assert found(batch) == [(5, None, "repeated"), (6, None, "contradicts-row")]
    assert Dues.objects.count() == 3


def test_faults_and_questions_stay_out(begin: Begin, staff: Access) -> None:
    batch = begin("dues", [*DUES, ["!", "B", "2026-02"], ["M3", "B", "2026-02", "?"]])
    check(batch, staff)
    assert batch.state == State.READY
    assert outcomes(batch) == "xnnnfa"
    assert batch.troubles == 2
    written(batch, staff)
    assert Dues.objects.count() == 3


def test_what_the_database_alone_knows(bring: Begin) -> None:
    bring("dues", DUES)
    elsewhere, others, nobody = ["M1", "C"], ["M9", "Y"], ["M8", "B"]
    batch = bring("dues", [DUES[0], *[[*row, "2026-01"] for row in (elsewhere, others, nobody)]])
    assert found(batch) == [
        (2, 2, "dues-elsewhere"),
        (3, 1, "not-yours"),
        (4, 0, "reference-unknown"),
    ]
    assert Dues.objects.count() == 3


def test_terms_and_posts_do_not_overlap_those_that_stand(bring: Begin) -> None:
    head = ["organization", "started_on", "expires_on"]
    bring("term", [head, ["B", "2024-01-01", "2026-12-31"]])
    batch = bring("term", [head, ["B", "2026-06-01", "2029-05-31"], ["C", "2026-06-01", None]])
    assert found(batch) == [(2, 1, "term-stands")]
    assert Term.objects.count() == 2
    posts = ["organization", "member", "post", "started_on", "ended_on"]
    bring("post", [posts, ["B", "M1", "secretary", "2024-01-01", None]])
    batch = bring("post", [posts, ["B", "M1", "secretary", "2025-01-01", None]])
    assert found(batch) == [(2, 3, "post-stands")]
    assert Post.objects.count() == 1


def test_an_end_before_a_beginning_on_record(bring: Begin) -> None:
    head = ["code", "organization", "title", "opened_on"]
    bring("rectification", [head, ["R1", "B", "一", "2026-03-01"]])
    end = [["code", "organization", "closed_on"], ["R1", "B", "2026-02-01"]]
    assert found(bring("rectification", end)) == [(2, 2, "ends-before")]


def test_members_are_known_by_their_number(bring: Begin) -> None:
    bring("member", [ROSTER, ["王小明", "B", "full", NUMBER, "13800001111", "1949-12-31"]])
    member = Member.objects.get(name="王小明")
    assert unseal(member.id_number_sealed or b"") == NUMBER
    assert str(member.spelling).startswith("wang0xiao0ming wangxiaoming wxm")
    batch = bring("member", [ROSTER, ["李晓明", "C", "full", NUMBER, None, "1949-12-31"]])
    member.refresh_from_db()
    assert (member.name, member.organization_id, member.phone) == ("李晓明", "C", None)
    assert str(member.spelling).startswith("li0xiao0ming")
    assert outcomes(batch) == "xc"
    entry = Entry.objects.get(act="corrected")
    assert entry.before["phone"] == "•••"
    assert NUMBER not in str(list(Entry.objects.values()))
    assert NUMBER not in str(list(Written.objects.values()))


def test_a_namesake_with_another_number_is_somebody_else(bring: Begin) -> None:
    one = ["王小明", "B", "full", NUMBER, None, "1949-12-31"]
    bring("member", [ROSTER, one])
    bring("member", [ROSTER, [*one[:3], OTHER, *one[4:]]])
    assert Member.objects.filter(name="王小明").count() == 2
    batch = bring("member", [["code", *ROSTER], ["M1", "党员1", "B", "full", NUMBER]])
    assert found(batch) == [(2, 4, "id-taken")]


def test_a_number_held_out_of_sight_is_not_told_whose(bring: Begin) -> None:
    member = Member.objects.get(code="M9")
    keep_number(member, NUMBER)
    member.save()
    batch = bring("member", [ROSTER, ["王小明", "B", "full", NUMBER]])
    assert found(batch) == [(2, 3, "id-elsewhere")]
    rows: Sheet = [["M1", "党员1", "B", "full", NUMBER], ["M9", "x", "B", "full"]]
    batch = bring("member", [["code", *ROSTER], *rows])
    assert found(batch) == [(2, 4, "id-elsewhere"), (3, 0, "code-taken")]
    assert not Member.objects.filter(name="x").exists()


def test_a_number_gained_is_recorded_without_it(bring: Begin) -> None:
    bring("member", [["code", "organization", "id_number"], ["M1", "B", NUMBER]])
    entry = Entry.objects.get(act="corrected")
    assert (entry.before, entry.after) == ({"id_number": "•••"}, {"id_number": "•••"})


def test_organizations_may_stand_before_their_superior(bring: Begin) -> None:
    rows: Sheet = [
        ORGANIZATION,
        ["D", "丁支部", "branch", "E"],
        ["E", "戊总支", "general_branch", "F"],
        *[[f"Z{n}", f"{n}", "branch", "E"] for n in range(600)],
        ["F", "己党委", "committee", "A"],
        ["G", "庚党委", "committee", None],
    ]
    batch = bring("organization", rows)
    assert Organization.objects.filter(code__in=("D", "E", "F")).count() == 3
    assert Organization.objects.filter(parent="E").count() == 601
    above = TreePath.objects.filter(descendant="D").values_list("ancestor", flat=True)
    assert set(above) == {"D", "E", "F", "A"}
    assert found(batch) == [(605, 3, "not-yours")]
    again = bring("organization", rows)
    assert again.counts["same"] == 603


def test_who_refers_to_a_row_that_stays_out_stays_out_too(bring: Begin) -> None:
    rows: Sheet = [ORGANIZATION, ["D", "丁", "!", "A"], ["E", "戊", "branch", "D"]]
    batch = bring("organization", rows)
    assert outcomes(batch) == "xff"
    assert not Organization.objects.filter(code__in=("D", "E")).exists()


def test_meetings_come_with_whoever_came(bring: Begin) -> None:
    one = ["B", "lecture", "2026-05-01", "党课", "M1 M2"]
    bring("meeting", [MEETING, one])
    meeting = Meeting.objects.get()
    assert set(Attendance.objects.values_list("meeting", "member", "status")) == {
        (meeting.code, "M1", "present"),
        (meeting.code, "M2", "present"),
    }
    Attendance.objects.filter(member="M2").update(status="absent")
    batch = bring("meeting", [MEETING, [*one[:4], "M1 M2 M3"]])
    assert Meeting.objects.count() == 1
    assert set(Attendance.objects.values_list("member", "status")) == {
        (code, "present") for code in ("M1", "M2", "M3")
    }
    assert batch.tables["attendance"] == {"same": 1, "changed": 1, "new": 1}


def test_a_code_made_up_that_somebody_took_meanwhile(begin: Begin, staff: Access) -> None:
    batch = begin("meeting", [MEETING, ["B", "lecture", "2026-05-01", "党课", "M1"]])
    check(batch, staff)
    code = f"M{batch.number + 2:06d}"
    Meeting.objects.create(code=code, organization_id="B", kind="other")
    written(batch, staff)
    assert Meeting.objects.get(kind="lecture").code == f"{code}-2"
    assert Attendance.objects.get().meeting_id == f"{code}-2"


def test_rights_are_asked_table_by_table(bring: Begin, tree: None) -> None:
    account = Account.objects.create(name="secretary", shown_name="王某某")
    Role.objects.create(account=account, role="secretary", organization_id="B")
    secretary = Access(account, TODAY)
    fund: Sheet = [["organization", "kind", "amount"], ["B", "spent", 1], ["C", "spent", 1]]
    batch = bring("fund", fund, secretary)
    assert found(batch) == [(3, 0, "not-yours")]
    assert Fund.objects.count() == 1
    term = bring("term", [["organization", "started_on"], ["B", "2026-01-01"]], secretary)
    assert found(term) == [(2, 0, "not-yours")]
    below = bring("organization", [ORGANIZATION, ["D", "丁", "group", "B"]], secretary)
    assert found(below) == [(2, 3, "not-yours")]


def test_an_organization_of_others_is_not_made_ours_by_its_superior(bring: Begin) -> None:
    batch = bring("organization", [ORGANIZATION, ["Y", "Y支部", "branch", "A"]])
    assert found(batch) == [(2, 0, "code-taken")]
    assert Organization.objects.get(code="Y").parent_id == "X"


def test_a_row_withdrawn_is_not_brought_back_silently(bring: Begin) -> None:
    Member.objects.filter(code="M1").update(withdrawn_at=timezone.now())
    batch = bring("member", [["code", "organization", "status"], ["M1", "B", "full"]])
    assert found(batch) == [(2, 0, "row-withdrawn")]


def test_required_columns_of_a_new_row(bring: Begin) -> None:
    batch = bring("member", [["code", "organization", "status"], ["N1", "B", None]])
    assert found(batch) == [(2, 2, "missing")]


@pytest.mark.parametrize("chunks", [1, 2])
def test_a_chunk_takes_few_queries(
    begin: Begin, staff: Access, chunks: int, django_assert_max_num_queries: Any
) -> None:
    months = [f"{year}-{month:02d}" for year in range(1800, 2026) for month in range(1, 13)]
    rows: Sheet = [DUES[0], *[["M1", "B", month, 1, 1] for month in months[: chunks * LINES - 1]]]
    batch = begin("dues", rows)
    with django_assert_max_num_queries(20 + 10 * chunks):
        check(batch, staff)
    with django_assert_max_num_queries(20 + 35 * chunks):
        written(batch, staff)
    assert Dues.objects.count() == chunks * LINES - 1
