"""Forms of ledgers: what they take, what they refuse and say, what is stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from jinwei.audit.models import Entry
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
from jinwei.organizations.models import Post, Term

ClientAs = Callable[[str], Client]


def new(client: Client, table: str, data: dict[str, Any], query: str = "") -> HttpResponse:
    return client.post(f"/ledgers/TJ01/{table}/new/{query}", data)  # type: ignore[return-value]


def text(response: Any) -> str:
    """What people see: no markup, one space for many."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def told(client: Client, url: str = "/ledgers/TJ01/meeting/") -> str:
    return text(client.get(url))


GOOD: dict[str, tuple[Any, dict[str, Any], dict[str, Any]]] = {
    "talk": (
        Talk,
        {"member": "P1", "with_member": "P4", "held_on": "2026-06-17"},
        {"member_id": "P1", "with_member_id": "P4", "organization_id": "TJ01", "kind": None},
    ),
    "fund": (
        Fund,
        {"kind": "spent", "booked_on": "2026-06-17", "amount": "1,200.50", "subject_other": "订阅"},
        {"kind": "spent", "amount": 120050, "subject": "订阅"},
    ),
    "filing": (
        Filing,
        {"kind": "annual_plan", "title": "2026 年工作计划", "filed_on": "2026-01-10"},
        {"kind": "annual_plan", "title": "2026 年工作计划", "member_id": None, "due_on": None},
    ),
    "venue": (
        Venue,
        {
            "kind_other": "红色书屋",
            "checked_on": "2026-06-17",
            "items_required": "10",
            "items_met": "9",
        },
        {"kind": "红色书屋", "items_required": 10, "items_met": 9},
    ),
    "project": (
        Project,
        {"kind": "brand", "title": "数说", "started_on": "2026-01-10", "due_on": "2026-12-31"},
        {"kind": "brand", "title": "数说", "finished_on": None},
    ),
    "honor": (
        Honor,
        {"level": "city", "title": "先进基层党组织", "awarded_on": "2026-06-01", "member": "P2"},
        {"level": "city", "member_id": "P2"},
    ),
    "incident": (
        Incident,
        {"kind": "public_criticism", "occurred_on": "2026-05-01", "level_other": "市级"},
        {"kind": "public_criticism", "level": "市级"},
    ),
    "rectification": (
        Rectification,
        {
            "title": "谈话没有覆盖",
            "source_other": "督导",
            "opened_on": "2026-06-01",
            "due_on": "2026-07-01",
        },
        {"title": "谈话没有覆盖", "code": "R000001", "accepted": None},
    ),
    "survey": (
        Survey,
        {"kind": "satisfaction", "held_on": "2026-06-01", "answered": "30", "satisfied": "26"},
        {"answered": 30, "satisfied": 26},
    ),
    "case": (
        Case,
        {"procedure": "admission", "member": "P3", "opened_on": "2026-06-01"},
        {"procedure": "admission", "member_id": "P3", "code": "C000001"},
    ),
    "term": (
        Term,
        {"started_on": "2027-03-01", "expires_on": "2030-02-28", "elected_on": ""},
        {"elected_on": None},
    ),
    "post": (
        Post,
        {
            "member_other": "选派的人",
            "post": "first_secretary",
            "started_on": "2026-06-01",
            "full_time": "true",
        },
        {"member": "选派的人", "post": "first_secretary", "full_time": True, "ended_on": None},
    ),
    "meeting": (
        Meeting,
        {
            "kind": "lecture",
            "held_on": "2026-06-16",
            "topic": "统计法",
            "led_by": "王建国",
            "roll": "on",
            "came-P1": "present",
            "came-P2": "late",
            "came-P3": "leave",
            "came-P4": "",
        },
        {"expected": 3, "attended": 2, "recorded_on__isnull": False, "led_by": "王建国"},
    ),
}


@pytest.mark.parametrize("table", GOOD)
def test_a_row_is_entered(client_as: ClientAs, table: str) -> None:
    client = client_as("secretary")
    model, data, stored = GOOD[table]
    before = set(model.objects.values_list("pk", flat=True))
    form = client.get(f"/ledgers/TJ01/{table}/new/")
    assert form.status_code == 200
    answer = new(client, table, data)
    assert answer.status_code == 302, text(answer)
    assert answer["Location"] == f"/ledgers/TJ01/{table}/"
    row = model.objects.exclude(pk__in=before).get()
    assert row.organization_id == "TJ01"
    assert model.objects.filter(pk=row.pk, **stored).exists(), vars(row)
    entry = Entry.objects.get(act="entered", table=table, row=row.row_id)
    assert entry.organization == "TJ01"
    assert "已保存 1 条记录。" in told(client)


def test_the_attendance_comes_with_the_meeting(client_as: ClientAs) -> None:
    new(client_as("secretary"), "meeting", GOOD["meeting"][1])
    meeting = Meeting.objects.get(kind="lecture")
    rows = Attendance.objects.filter(meeting=meeting).values_list("member", "status")
    assert dict(rows) == {"P1": "present", "P2": "late", "P3": "leave"}


def test_numbers_do_where_no_names_are_called(client_as: ClientAs) -> None:
    data = {
        "kind": "lecture",
        "held_on": "2026-06-16",
        "topic": "x",
        "expected": "4",
        "attended": "3",
    }
    assert new(client_as("secretary"), "meeting", data).status_code == 302
    meeting = Meeting.objects.get(kind="lecture")
    assert (meeting.expected, meeting.attended) == (4, 3)
    assert not Attendance.objects.filter(meeting=meeting).exists()


BAD: list[tuple[str, dict[str, str], str]] = [
    ("meeting", {"held_on": "2026-06-25"}, "6 月 25 日还没有到。请填今天（6 月 18 日）或以前。"),
    ("meeting", {"held_on": "2026-06-31"}, "6 月没有 31 日。请填 6 月 30 日或以前。"),
    ("meeting", {"topic": ""}, "请写一句议题，例如“讨论半年工作”。"),
    ("meeting", {"kind": ""}, "请选是什么会。"),
    ("meeting", {"roll": "", "expected": "3", "attended": "5"}, "实到 5 人多于应到 3 人"),
    ("meeting", {f"came-P{n}": "" for n in range(1, 5)}, "名单里没有应到的人"),
    ("talk", {"with_member": "P1"}, "谈话人和谈话对象是同一个人"),
    ("talk", {"with_member": "P5"}, "这名党员不在本组织，请从名单里选。"),
    ("fund", {"amount": "12.345"}, "最多写两位小数"),
    ("fund", {"amount": "-3"}, "不能是负数。"),
    ("fund", {"amount": "很多"}, "请只写数字"),
    ("venue", {"items_met": "11"}, "达标 11 项多于应有 10 项"),
    ("survey", {"satisfied": "31"}, "满意 31 票多于有效 30 票"),
    ("survey", {"answered": "3.5"}, "请写整数"),
    ("project", {"due_on": "2025-12-31"}, "时限（2025-12-31）早于开始（2026-01-10）"),
    ("term", {"started_on": "2026-06-01"}, "那一届重叠，请先给那一届填实际届满日期"),
    ("post", {"post": "secretary"}, "任书记，任期重叠"),
    ("post", {"member_other": ""}, "请选任职的人，或者写他的姓名。"),
    ("case", {"procedure": ""}, "请选是什么程序。"),
]


@pytest.mark.parametrize(("table", "change", "message"), BAD)
def test_what_is_wrong_is_said(
    client_as: ClientAs, table: str, change: dict[str, str], message: str
) -> None:
    model, data, _stored = GOOD[table]
    count = model.objects.count()
    answer = new(client_as("secretary"), table, {**data, **change})
    assert answer.status_code == 422
    assert message in text(answer)
    assert model.objects.count() == count
    for name, value in {**data, **change}.items():
        if value and name not in ("roll", "member", "with_member") and not name.startswith("came"):
            assert value in answer.content.decode(), "what was typed is still there"


def test_everything_wrong_is_said_at_once(client_as: ClientAs) -> None:
    answer = new(client_as("secretary"), "fund", {"amount": "x", "booked_on": "2026-02-30"})
    said = text(answer)
    assert "有 3 处要改，还没有保存" in said
    for message in ("请选类型。", "2 月没有 30 日", "请只写数字"):
        assert message in said


def test_the_same_meeting_twice_is_asked_about_and_then_taken(client_as: ClientAs) -> None:
    client = client_as("secretary")
    data = {**GOOD["meeting"][1], "kind": "theme_day", "held_on": "2026-05-10"}
    answer = new(client, "meeting", data)
    assert answer.status_code == 422
    assert "5 月 10 日已有一次主题党日，是同一次吗" in text(answer)
    page = answer.content.decode()
    assert 'href="/ledgers/TJ01/meeting/H5/"' in page
    sure = re.search(r'name="sure" value="([^"]+)"', page)
    assert sure is not None
    assert new(client, "meeting", {**data, "sure": sure[1]}).status_code == 302
    assert Meeting.objects.filter(kind="theme_day", held_on="2026-05-10").count() == 2


def test_the_form_sent_twice_is_saved_once(client_as: ClientAs) -> None:
    client = client_as("secretary")
    page = client.get("/ledgers/TJ01/fund/new/").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once is not None
    data = {**GOOD["fund"][1], "once": once[1]}
    new(client, "fund", data)
    sure = f"same-{Fund.objects.get().pk}"
    assert new(client, "fund", {**data, "sure": sure}).status_code == 302
    assert Fund.objects.count() == 1
    assert "这一份已经保存过" in told(client)


def test_to_where_one_came_from_but_never_to_another_host(client_as: ClientAs) -> None:
    client = client_as("secretary")
    data = GOOD["honor"][1]
    answer = new(client, "honor", {**data, "next": "/ledgers/TJ01/"})
    assert answer["Location"] == "/ledgers/TJ01/"
    answer = new(client, "honor", {**data, "title": "b", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/ledgers/TJ01/honor/"


def test_the_address_fills_the_form(client_as: ClientAs) -> None:
    page = client_as("secretary").get("/ledgers/TJ01/filing/new/?kind=annual_plan&title=计划")
    body = page.content.decode()
    assert '<option value="annual_plan" selected>年度工作计划</option>' in body
    assert 'value="计划"' in body
    assert 'value="2026-06-18"' in body


@pytest.mark.parametrize(("table", "model"), [("training", Training), ("service", Service)])
def test_several_members_at_once(client_as: ClientAs, table: str, model: Any) -> None:
    client = client_as("secretary")
    data = {"members": ["P1", "P3"], "held_on": "2026-06-17", "hours": "2.5"}
    assert new(client, table, data).status_code == 302
    rows = model.objects.values_list("member", "hours", "organization")
    assert sorted(rows) == [("P1", 250, "TJ01"), ("P3", 250, "TJ01")]
    assert "已保存 2 条记录。" in told(client)
    assert "请至少选一名党员。" in text(new(client, table, {**data, "members": []}))
    assert new(client, table, {**data, "members": ["P5"]}).status_code == 422


def test_the_grades_of_all_members(client_as: ClientAs) -> None:
    client = client_as("secretary")
    data = {
        "held_on": "2026-06-17",
        "grade-P1": "excellent",
        "grade-P2": "qualified",
        "grade-P3": "",
    }
    assert new(client, "appraisal", data).status_code == 302
    rows = dict(Appraisal.objects.values_list("member", "grade"))
    assert rows == {"P1": "excellent", "P2": "qualified"}
    assert "还没有选任何人的等次。" in text(new(client, "appraisal", {"held_on": "2026-06-17"}))
    assert "优秀" in text(client.get("/ledgers/TJ01/appraisal/new/"))


# --- dues ---------------------------------------------------------------------------------------

SHEET = "/ledgers/TJ01/dues/month/?month=2026-06"


def test_dues_of_a_committee_are_those_of_a_branch_to_choose(client_as: ClientAs) -> None:
    said = text(client_as("staff").get("/ledgers/TJ/dues/month/?month=2026-06"))
    assert "党费按支部登记" in said
    assert "还没有党员" not in said


def test_the_dues_of_a_month_on_one_sheet(client_as: ClientAs) -> None:
    client = client_as("secretary")
    assert client.get("/ledgers/TJ01/dues/new/?month=2026-06")["Location"] == SHEET
    page = client.get(SHEET)
    assert "2026 年 6 月的党费：4 人中 0 人已交齐" in text(page)
    assert page.content.decode().count('value="50.00"') == 4, "what each owed last"
    data = {f"due-P{n}": "50" for n in range(1, 5)} | {"paid-P1": "50", "paid_on": "2026-06-10"}
    answer = client.post(SHEET, data)
    assert answer.status_code == 302, text(answer)
    rows = Dues.objects.filter(month="2026-06").order_by("member")
    assert [(r.member_id, r.due, r.paid, str(r.paid_on)) for r in rows] == [
        ("P1", 5000, 5000, "2026-06-10"),
        *((f"P{n}", 5000, None, "None") for n in range(2, 5)),
    ]
    assert "已保存 2026-06 的党费 4 条。" in told(client)


def test_only_what_changed_is_written(client_as: ClientAs) -> None:
    client = client_as("secretary")
    url = "/ledgers/TJ01/dues/month/?month=2026-05"
    data: dict[str, str] = {"paid_on": "2026-06-18"}
    for n in range(1, 5):
        data |= {f"due-P{n}": "50.00", f"paid-P{n}": "50.00", f"version-P{n}": "1"}
    client.post(url, data)
    versions = dict(Dues.objects.filter(month="2026-05").values_list("member", "version"))
    assert versions == {"P1": 1, "P2": 1, "P3": 1, "P4": 2}
    assert str(Dues.objects.get(month="2026-05", member="P4").paid_on) == "2026-06-18"
    assert str(Dues.objects.get(month="2026-05", member="P1").paid_on) == "2026-05-15"


def test_all_paid_in_one_press(client_as: ClientAs) -> None:
    data = {f"due-P{n}": "50" for n in range(1, 5)}
    client_as("secretary").post(SHEET, {**data, "paid_on": "2026-06-18", "all": "1"})
    assert Dues.objects.filter(month="2026-06", paid=5000).count() == 4


def test_a_month_that_somebody_changed_meanwhile_is_not_overwritten(client_as: ClientAs) -> None:
    Dues.objects.filter(month="2026-05", member="P4").update(paid=1000, version=2)
    url = "/ledgers/TJ01/dues/month/?month=2026-05"
    data = {"due-P4": "50", "paid-P4": "50", "version-P4": "1", "paid_on": "2026-06-18"}
    answer = client_as("secretary").post(url, data)
    assert answer.status_code == 409
    assert "有人刚改过这个月的党费" in text(answer)
    assert "50.00 / 10.00" in text(answer)
    assert 'name="version-P4" value="2"' in answer.content.decode()
    assert Dues.objects.get(month="2026-05", member="P4").paid == 1000


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"due-P1": "", "paid-P1": "50"}, "写了实交，请写应交多少元。"),
        ({"paid-P1": "50.255"}, "最多写两位小数"),
        ({"paid-P1": "-1"}, "不能是负数。"),
        ({"paid-P1": "50", "paid_on": ""}, "写了实交，请填哪天交的。"),
        ({"paid-P1": "50", "paid_on": "2026-06-19"}, "这一天还没有到"),
    ],
)
def test_what_is_wrong_on_the_sheet(
    client_as: ClientAs, change: dict[str, str], message: str
) -> None:
    answer = client_as("secretary").post(SHEET, {"due-P1": "50", "paid_on": "2026-06-18", **change})
    assert answer.status_code == 422
    assert message in text(answer)
    assert not Dues.objects.filter(month="2026-06").exists()


# --- verdicts -----------------------------------------------------------------------------------


def judged(response: Any) -> dict[str, str]:
    """The indicators offered: address by label."""
    found = re.findall(
        r'<option value="([^":]+:[^"]+)">([^<]+)</option>', response.content.decode()
    )
    return {label: key for key, label in found}


def test_an_inspector_judges_by_the_scale_of_the_indicator(client_as: ClientAs) -> None:
    client = client_as("inspector")
    offered = judged(client.get("/ledgers/TJ01/judgement/new/"))
    assert offered
    key = next(k for k in offered.values() if k == "office-branch:S03")
    url = f"/ledgers/TJ01/judgement/new/?item={key}"
    assert "应划分党小组未划分" in text(client.get(url))
    data = {"found": ["groups_not_formed"], "judged_on": "2026-06-18"}
    assert client.post(url, data).status_code == 302
    row = Judgement.objects.get()
    assert (row.standard, row.indicator, row.level) == ("office-branch", "S03", "groups_not_formed")
    assert row.judge == "督导员某"
    assert (row.organization_id, row.member_id) == ("TJ01", None)


def test_nothing_found_is_a_judgement_too(client_as: ClientAs) -> None:
    client = client_as("inspector")
    url = "/ledgers/TJ01/judgement/new/?item=office-branch:S03"
    assert "请选发现的问题" in text(client.post(url, {"judged_on": "2026-06-18"}))
    assert client.post(url, {"judged_on": "2026-06-18", "clean": "on"}).status_code == 302
    assert Judgement.objects.get().level == "none"


def test_points_are_no_more_than_full(client_as: ClientAs) -> None:
    client = client_as("inspector")
    offered = judged(client.get("/ledgers/TJ01/judgement/new/"))
    for key in offered.values():
        url = f"/ledgers/TJ01/judgement/new/?item={key}"
        if "或者直接给分" in text(client.get(url)):
            break
    answer = client.post(url, {"points": "99", "judged_on": "2026-06-18"})
    assert "不能多给" in text(answer)
    assert "请选等次，或者直接给分。" in text(client.post(url, {"judged_on": "2026-06-18"}))
    assert client.post(url, {"points": "0.5", "judged_on": "2026-06-18"}).status_code == 302
    assert Judgement.objects.get().points == 50


def test_an_exemption_names_who_approved_it(client_as: ClientAs) -> None:
    client = client_as("work_committee")
    url = "/ledgers/TJ01/exemption/new/?item=office-branch:L02"
    assert "请写一句理由" in text(client.post(url, {"from_on": "2026-01-01"}))
    data = {"from_on": "2026-01-01", "to_on": "2026-06-30", "reason": "刚成立"}
    assert client.post(url, data).status_code == 302
    row = Exemption.objects.get()
    assert (row.indicator, row.approved_by, row.reason) == ("L02", "工委某", "刚成立")
    url = "/ledgers/TJ01/exemption/new/?item=office-branch:*"
    assert client.post(url, data).status_code == 302
    assert Exemption.objects.filter(indicator=None).exists()


# --- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "url", "status"),
    [
        ("secretary", "/ledgers/TJ01/fund/new/", 200),
        ("secretary", "/ledgers/TJ01/judgement/new/", 403),
        ("secretary", "/ledgers/CZ01/fund/new/", 404),
        ("secretary", "/ledgers/TJ/fund/new/", 404),
        ("secretary", "/ledgers/TJ01/member/new/", 404),
        ("secretary", "/ledgers/TJ01/nothing/new/", 404),
        ("staff", "/ledgers/TJ02/fund/new/", 200),
        ("staff", "/ledgers/TJ01/exemption/new/", 403),
        ("inspector", "/ledgers/TJ01/judgement/new/", 200),
        ("inspector", "/ledgers/TJ01/fund/new/", 403),
        ("auditor", "/ledgers/TJ01/fund/new/", 403),
        ("administrator", "/ledgers/TJ01/fund/new/", 403),
        ("member", "/ledgers/TJ01/fund/new/", 404),
        ("member", "/ledgers/TJ01/dues/month/", 404),
    ],
)
def test_who_may_open_which_form(client_as: ClientAs, role: str, url: str, status: int) -> None:
    assert client_as(role).get(url).status_code == status


@pytest.mark.parametrize("role", ["inspector", "auditor", "administrator", "member"])
def test_who_may_not_record_stores_nothing(client_as: ClientAs, role: str) -> None:
    answer = new(client_as(role), "fund", GOOD["fund"][1])
    assert answer.status_code in (403, 404)
    assert not Fund.objects.exists()


def test_staff_chooses_the_organization(client_as: ClientAs) -> None:
    client = client_as("staff")
    page = client.get("/ledgers/TJ/fund/new/")
    assert "市统计局机关第二党支部" in text(page)
    answer = client.get("/ledgers/TJ/fund/new/?organization=TJ02&next=/ledgers/TJ/")
    assert answer["Location"] == "/ledgers/TJ02/fund/new/?next=%2Fledgers%2FTJ%2F"
    assert client.get("/ledgers/TJ/fund/new/?organization=CZ01").status_code == 404
