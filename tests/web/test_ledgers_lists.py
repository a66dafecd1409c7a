"""Lists of ledgers: what stands in them, what narrows them, who sees them, and their export."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from jinwei.audit.actions import Actor
from jinwei.audit.models import Entry
from jinwei.ledgers.changes import enter, withdraw
from jinwei.ledgers.models import (
    FACT_MODELS,
    Attachment,
    Case,
    Dues,
    Filing,
    Honor,
    Meeting,
    Rectification,
)
from jinwei.organizations.models import Organization, Term

from .test_ledgers_entry import ClientAs, text

BY = Actor(None, "某人")
PERSONAL = {
    "member",
    "membership",
    "attendance",
    "dues",
    "talk",
    "training",
    "service",
    "appraisal",
}
HTMX = {"HX-Request": "true"}


def lines(page: Any) -> int:
    body = page.content.decode()
    return body.split("<tbody>")[1].split("</tbody>")[0].count("<tr>") if "<tbody>" in body else 0


@pytest.mark.parametrize("table", FACT_MODELS)
def test_every_table_has_its_list_in_few_questions(
    client_as: ClientAs, table: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = client_as("work_committee")
    with django_assert_max_num_queries(20):
        page = client.get(f"/ledgers/GW/{table}/")
    assert page.status_code == 200
    for form in ("xlsx", "csv"):
        with django_assert_max_num_queries(14):
            assert client.get(f"/ledgers/GW/{table}/export.{form}?from=").status_code == 200


def test_no_question_a_row(client_as: ClientAs, django_assert_num_queries: Any) -> None:
    client = client_as("work_committee")
    client.get("/ledgers/GW/dues/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get("/ledgers/GW/dues/?from=2026-05")
    for month in range(1, 13):
        Dues.objects.create(member_id="P5", organization_id="TJ02", month=f"2025-{month:02}", due=1)
    with django_assert_num_queries(len(few)):
        client.get("/ledgers/GW/dues/?from=2025-01")


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_tables_about_persons_need_their_right(client_as: ClientAs, role: str) -> None:
    client = client_as(role)
    all_of_them = client.get("/ledgers/GW/").content.decode()
    for table in FACT_MODELS:
        status = 403 if table in PERSONAL else 200
        assert client.get(f"/ledgers/GW/{table}/").status_code == status, table
        assert client.get(f"/ledgers/GW/{table}/export.csv").status_code == status, table
        assert (f"/ledgers/GW/{table}/" in all_of_them) is (status == 200), table


def test_rows_that_name_a_person_are_left_out_for_whoever_may_not_see_persons(
    client_as: ClientAs,
) -> None:
    for member in (None, "P2"):
        Honor.objects.create(
            organization_id="TJ01",
            member_id=member,
            level="city",
            title="先进",
            awarded_on=dt.date(2026, 5, 1),
        )
    assert lines(client_as("auditor").get("/ledgers/GW/honor/")) == 1
    page = client_as("work_committee").get("/ledgers/GW/honor/")
    assert lines(page) == 2
    assert "李红" in text(page)
    assert "王建国" not in text(client_as("auditor").get("/ledgers/GW/post/"))


@pytest.mark.parametrize(
    ("role", "url", "status"),
    [
        ("secretary", "/ledgers/TJ01/", 200),
        ("secretary", "/ledgers/TJ/", 404),
        ("secretary", "/ledgers/CZ01/", 404),
        ("secretary", "/ledgers/CZ01/meeting/", 404),
        ("secretary", "/ledgers/CZ01/meeting/export.xlsx", 404),
        ("secretary", "/ledgers/TJ01/nothing/", 404),
        ("secretary", "/ledgers/TJ01/meeting/export.pdf/", 404),
        ("staff", "/ledgers/CZ/dues/", 404),
        ("member", "/ledgers/TJ01/", 404),
        ("member", "/ledgers/TJ01/dues/", 404),
    ],
)
def test_who_sees_which_list(client_as: ClientAs, role: str, url: str, status: int) -> None:
    assert client_as(role).get(url).status_code == status


def test_all_ledgers_on_one_page(
    client_as: ClientAs, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = client_as("secretary")
    with django_assert_max_num_queries(60):
        said = text(client.get("/ledgers/TJ01/"))
    assert "市统计局机关第一党支部今年有" in said
    assert "会议 今年 5 2026-05-10 登记会议 看台账" in said
    assert "党员 4" in said
    assert "登记评定" not in said
    assert "登记会议" not in text(client_as("inspector").get("/ledgers/TJ01/"))
    assert "登记评定" in text(client_as("inspector").get("/ledgers/TJ01/"))


def test_codes_amounts_and_names_in_words(client_as: ClientAs) -> None:
    said = text(client_as("secretary").get("/ledgers/TJ01/dues/?from=2026-05&to=2026-05"))
    assert "2026-05 刘洋 50.00 0.00 – 少 50.00 元" in said
    assert "2026-05 王建国 50.00 50.00 2026-05-15 已交齐" in said
    assert "党费台账：今年 20 条，其中 1 条未交齐" in said
    said = text(client_as("secretary").get("/ledgers/TJ01/meeting/"))
    assert "会议台账：今年 5 条，其中 5 条缺材料" in said
    assert "2026-05-10 主题党日 学习交流 3 4 次日 – L05" in said


def test_narrowed_by_kind_days_text_and_mark(client_as: ClientAs) -> None:
    client = client_as("secretary")

    def count(query: str, table: str = "meeting") -> int:
        return lines(client.get(f"/ledgers/TJ01/{table}/?{query}", headers=HTMX))

    assert count("kind=theme_day") == 5
    assert count("kind=lecture") == 0
    assert count("from=2026-03-10&to=2026-04-10") == 2
    assert count("from=&to=2026-01-31") == 1
    assert count("q=交流") == 5
    assert count("q=学习 无") == 0
    assert count("q=h3") == 1
    assert count("mark=late") == 0
    assert count("mark=unattached") == 5
    assert count("mark=nothing&sort=nothing&page=x&from=x") == 5
    assert count("q=刘洋", "dues") == 5
    assert count("mark=short", "dues") == 1
    assert count("q=王建国", "post") == 1
    Meeting.objects.filter(code="H1").update(recorded_on=dt.date(2026, 1, 18))
    Meeting.objects.filter(code="H2").update(recorded_on=dt.date(2026, 2, 17))
    assert count("mark=late") == 1
    Attachment.objects.create(table="meeting", row_id="H1", organization="TJ01", name="a", bytes=1)
    assert count("mark=unattached") == 4


def test_what_is_late_is_told_from_what_is_open(client_as: ClientAs) -> None:
    client = client_as("secretary")
    for n, (due, closed) in enumerate([(1, None), (30, None), (1, 2)]):
        Rectification.objects.create(
            organization_id="TJ01",
            code=f"R{n}",
            title=f"问题{n}",
            opened_on=dt.date(2026, 5, 1),
            due_on=dt.date(2026, 6, due),
            closed_on=dt.date(2026, 6, closed) if closed else None,
        )
    said = text(client.get("/ledgers/TJ01/rectification/"))
    assert "整改台账：共 3 条，其中 1 条已逾期" in said
    for word in ("逾期 17 天", "整改中", "已销号", "已逾期 1", "未销号 2"):
        assert word in said
    Filing.objects.create(organization_id="TJ01", title="计划", due_on=dt.date(2026, 6, 1))
    assert "到期未交 1" in text(client.get("/ledgers/TJ01/filing/?from="))
    Term.objects.filter(organization="TJ01").update(expires_on=dt.date(2026, 1, 1))
    assert "其中 1 条已届满" in text(client.get("/ledgers/TJ01/term/"))


def test_this_year_unless_asked_otherwise(client_as: ClientAs) -> None:
    client = client_as("secretary")
    row = {"organization_id": "TJ01", "kind": "lecture", "topic": "往年的"}
    Meeting.objects.create(code="OLD", held_on=dt.date(2025, 12, 31), **row)
    assert "往年的" not in text(client.get("/ledgers/TJ01/meeting/"))
    assert "往年的" in text(client.get("/ledgers/TJ01/meeting/?from="))


def test_a_paper_that_was_never_handed_in_is_of_this_year(client_as: ClientAs) -> None:
    client = client_as("secretary")
    Filing.objects.create(organization_id="TJ01", kind="annual_plan", due_on=dt.date(2026, 2, 28))
    shown = text(client.get("/ledgers/TJ01/filing/"))
    assert "到期未交 1" in shown
    assert "到期未交 0" in text(client.get("/ledgers/TJ01/filing/?to=2026-06-01"))


def test_what_was_done_late_says_so(client_as: ClientAs) -> None:
    row = {"organization_id": "TJ01", "procedure": "election", "code": "C1"}
    days = {"due_on": dt.date(2026, 5, 1), "closed_on": dt.date(2026, 5, 4)}
    Case.objects.create(opened_on=dt.date(2026, 3, 1), **row, **days)
    assert "已办结，迟 3 天" in text(client_as("secretary").get("/ledgers/TJ01/case/"))


def test_the_organization_and_all_below(client_as: ClientAs) -> None:
    client = client_as("staff")
    Organization.objects.create(code="TJ01A", name="第一党小组", parent_id="TJ01", kind="group")
    Meeting.objects.create(
        code="G1", organization_id="TJ01A", kind="group_meeting", held_on=dt.date(2026, 6, 1)
    )
    Meeting.objects.create(
        code="T1", organization_id="TJ", kind="study", held_on=dt.date(2026, 6, 1)
    )
    assert lines(client.get("/ledgers/TJ/meeting/")) == 7
    page = client.get("/ledgers/TJ/meeting/?own=1")
    assert lines(page) == 1
    assert 'href="?" hx-get="?" aria-current="true">只看本组织' in page.content.decode()
    page = client.get("/ledgers/TJ01/meeting/")
    assert lines(page) == 6, "groups belong to their branch"
    assert "第一党小组" in text(page)


def test_sorted_by_a_heading(client_as: ClientAs) -> None:
    page = client_as("secretary").get("/ledgers/TJ01/meeting/?sort=held_on").content.decode()
    assert page.index("2026-01-10") < page.index("2026-05-10")
    assert 'aria-sort="ascending"' in page
    page = client_as("secretary").get("/ledgers/TJ01/meeting/").content.decode()
    assert page.index("2026-05-10") < page.index("2026-01-10")
    assert 'aria-sort="descending"' in page


def test_pages_of_fifty(client_as: ClientAs) -> None:
    client = client_as("secretary")
    for n in range(60):
        Honor.objects.create(
            organization_id="TJ01",
            level="unit",
            title=f"荣誉{n:02}",
            awarded_on=dt.date(2026, 1, 1),
        )
    first = client.get("/ledgers/TJ01/honor/?level=unit")
    assert lines(first) == 50
    assert "第 1–50 条，共 60 条" in text(first)
    assert 'href="?level=unit&amp;page=2"' in first.content.decode()
    assert "第 51–60 条，共 60 条" in text(client.get("/ledgers/TJ01/honor/?level=unit&page=2"))


def test_the_list_alone_for_htmx(client_as: ClientAs) -> None:
    page = client_as("secretary").get("/ledgers/TJ01/meeting/?kind=lecture", headers=HTMX)
    body = page.content.decode()
    assert body.lstrip().startswith("<section")
    assert "<h1" not in body
    assert "没有符合条件的记录。" in body
    assert "筛选条件：2026 年、党课。" in body
    assert 'href="/ledgers/TJ01/meeting/?from="' in body


def test_nothing_yet(client_as: ClientAs) -> None:
    said = text(client_as("secretary").get("/ledgers/TJ01/talk/"))
    assert "谈心谈话台账：今年还没有记录" in said
    assert "今年还没有谈心谈话记录。 可以现在登记一条。" in said
    assert "可以现在登记一条" not in text(client_as("inspector").get("/ledgers/TJ01/talk/"))
    assert "还没有任何项目记录。" in text(client_as("secretary").get("/ledgers/TJ01/project/"))


# --- export -------------------------------------------------------------------------------------


def sheet(content: bytes) -> Any:
    return import_module("openpyxl").load_workbook(io.BytesIO(content)).active


def test_an_export_holds_what_is_shown_on_all_pages(client_as: ClientAs) -> None:
    client = client_as("secretary")
    answer = client.get("/ledgers/TJ01/dues/export.xlsx?from=2026-05&mark=short")
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")
    assert "attachment" in answer["Content-Disposition"]
    paper = sheet(answer.content)
    rows = list(paper.values)
    assert rows[0] == (
        "党员编号",
        "姓名",
        "组织代码",
        "组织名称",
        "月份",
        "应交",
        "实交",
        "交纳日期",
    )
    assert rows[1] == ("P4", "刘洋", "TJ01", "市统计局机关第一党支部", "2026-05", 50, 0, None)
    assert len(rows) == 2
    assert paper["F2"].number_format == "#,##0.00"
    assert paper.freeze_panes == "A2"
    assert paper.print_title_rows == "$1:$1"
    assert (paper.page_setup.orientation, int(paper.page_setup.paperSize)) == ("landscape", 9)
    assert paper.column_dimensions["D"].width > 20
    entry = Entry.objects.get(act="exported")
    assert (entry.table, entry.organization) == ("dues", "TJ01")
    assert entry.after == {"form": "xlsx", "rows": 1, "narrowed": "2026-05-01 以来、未交齐"}


def test_days_are_days_and_codes_are_words(client_as: ClientAs) -> None:
    paper = sheet(client_as("secretary").get("/ledgers/TJ01/meeting/export.xlsx").content)
    rows = list(paper.values)
    assert len(rows) == 6
    at = {name: place for place, name in enumerate(rows[0])}
    assert rows[1][at["类型"]] == "主题党日"
    assert rows[1][at["日期"]] == dt.datetime(2026, 5, 10)
    assert rows[1][at["实到"]] == 3


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_formula(client_as: ClientAs, bad: str) -> None:
    client = client_as("secretary")
    Meeting.objects.filter(code="H5").update(topic=bad)
    paper = sheet(client.get("/ledgers/TJ01/meeting/export.xlsx").content)
    cell = paper["F2"]
    assert (cell.value, cell.data_type) == (bad, "s")
    body = client.get("/ledgers/TJ01/meeting/export.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert rows[0]["议题"] == f"'{bad}"


def test_comma_separated_text_opens_in_spreadsheets(client_as: ClientAs) -> None:
    answer = client_as("secretary").get("/ledgers/TJ01/meeting/export.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["日期"] == "2026-05-10"
    assert len(rows) == 5


def test_an_export_without_persons_for_whoever_may_not_see_them(client_as: ClientAs) -> None:
    body = client_as("auditor").get("/ledgers/GW/post/export.csv").content.decode("utf-8-sig")
    assert "P1" not in body
    assert "王建国" not in body
    body = client_as("secretary").get("/ledgers/TJ01/post/export.csv").content.decode("utf-8-sig")
    assert "P1,王建国,书记" in body


def test_withdrawn_rows_are_exported_only_where_asked_for(client_as: ClientAs) -> None:
    client = client_as("secretary")
    row = enter(Meeting(organization_id="TJ01", kind="study", held_on=dt.date(2026, 6, 1)), by=BY)
    withdraw(row, by=BY, version=1, reason="x")
    assert row.code not in client.get("/ledgers/TJ01/meeting/export.csv").content.decode()
    assert (
        row.code in client.get("/ledgers/TJ01/meeting/export.csv?mark=withdrawn").content.decode()
    )


@pytest.mark.parametrize(
    "url", ["", "dues/", "meeting/", "meeting/H5/", "fund/new/", "meeting/new/"]
)
def test_the_pages_speak_english_too(client_as: ClientAs, url: str) -> None:
    client = client_as("secretary")
    client.cookies["django_language"] = "en"
    page = client.get(f"/ledgers/TJ01/{url}")
    assert page.status_code == 200
    assert 'lang="en"' in page.content.decode()


def test_verdicts_name_their_indicator(client_as: ClientAs) -> None:
    FACT_MODELS["judgement"](
        standard="office-branch", indicator="S03", organization_id="TJ01", level="none",
        judged_on=dt.date(2026, 6, 1),
    ).save()  # fmt: skip
    said = text(client_as("secretary").get("/ledgers/TJ01/judgement/"))
    assert "S03 党员较多或分散的划分党小组并明确组长" in said
    assert "看过，没有发现问题" in said
