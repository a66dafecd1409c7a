"""Sheets leave the house: for those who may, and never unrecorded."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Callable
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jinwei.audit.models import Entry
from jinwei.datasets.read import read_dataset
from jinwei.ledgers.portable import export_dataset
from jinwei.members.actions import keep_number
from jinwei.members.models import Member, Objection
from jinwei.norms import standard_path
from jinwei.standards.actions import install_edition
from jinwei.standings.actions import reckon
from jinwei.standings.models import Adoption
from jinwei.web.sheets.dataset import content_of

from .conftest import BRANCH, COMMITTEE, ROOT, TODAY

ClientAs = Callable[[str], Client]
NUMBER = "11010519491231002X"
BOOKS = ("roster", "organizations", "dues", "meetings", "points")


def page_of(client: Client, org: str) -> str:
    return client.get(reverse("sheets:sheets", args=(org,))).content.decode()


def book(client: Client, org: str, name: str, **asked: str) -> Any:
    return client.get(reverse("sheets:book", args=(org, name)), asked)


def cells(content: bytes) -> list[Any]:
    sheet = import_module("openpyxl").load_workbook(BytesIO(content)).active
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def whole(client: Client, form: str, **asked: str) -> Any:
    return client.get(reverse("sheets:dataset", args=(BRANCH, form)), asked)


@pytest.fixture
def numbered(house: Any) -> None:
    member = Member.objects.get(code="P1")
    keep_number(member, NUMBER)
    member.phone = "13800000001"
    member.save()


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_is_a_workbook_and_recorded(client_as: ClientAs, name: str) -> None:
    client = client_as("staff")
    assert reverse("sheets:book", args=(COMMITTEE, name)) in page_of(client, COMMITTEE)
    given = book(client, COMMITTEE, name)
    assert given.status_code == 200
    assert "单位：市统计局机关党委" in cells(given.content)
    assert Entry.objects.filter(act="exported", organization=COMMITTEE).exists()


def test_a_book_holds_nobody_of_another_committee(client_as: ClientAs) -> None:
    found = cells(book(client_as("staff"), COMMITTEE, "roster").content)
    assert {"王建国", "陈静"} <= set(found)
    assert "黄强" not in found


def test_members_see_who_took_a_book_that_names_them(client_as: ClientAs) -> None:
    book(client_as("staff"), BRANCH, "dues")
    taken = Entry.objects.filter(act="exported", member="P2").get()
    assert taken.account_name == "党委党务干部某"


def test_whoever_sees_no_persons_gets_only_books_without(client_as: ClientAs) -> None:
    client = client_as("administrator")
    shown = page_of(client, ROOT)
    assert "党组织名册" in shown
    assert "党员花名册" not in shown
    assert "整套数据" not in shown
    assert book(client, ROOT, "roster").status_code == 403
    assert book(client, ROOT, "points").status_code == 403
    assert "刘洋（请假）" not in cells(book(client, ROOT, "meetings").content)
    assert "刘洋（请假）" in cells(book(client_as("staff"), COMMITTEE, "meetings").content)


def test_a_book_of_another_year(client_as: ClientAs) -> None:
    client = client_as("secretary")
    assert "2025 年会议台账" in cells(book(client, BRANCH, "meetings", year="2025").content)
    for nonsense in ("2999", "0000", "²²²²", "x"):
        found = cells(book(client, BRANCH, "meetings", year=nonsense).content)
        assert "2026 年会议台账" in found
    assert book(client, BRANCH, "nothing").status_code == 404


@pytest.mark.usefixtures("numbered")
def test_numbers_leave_with_a_reason_for_whoever_may(client_as: ClientAs) -> None:
    address = reverse("sheets:book", args=(BRANCH, "roster"))
    client = client_as("secretary")
    assert NUMBER not in cells(client.get(address).content)
    assert client.post(address).status_code == 302
    given = client.post(address, {"reason": "报上级"})
    assert NUMBER in cells(given.content)
    entry = Entry.objects.filter(act="exported", member="P1").latest("pk")
    assert entry.reason == "报上级"
    assert "id_number" in entry.after["columns"]
    assert client_as("inspector").post(address, {"reason": "看看"}).status_code == 403


def test_lists_offer_the_books_that_print_them(client_as: ClientAs) -> None:
    client = client_as("staff")
    for page, name in (
        (reverse("ledgers:table", args=(BRANCH, "meeting")), "meetings"),
        (reverse("ledgers:table", args=(BRANCH, "dues")), "dues"),
        (reverse("members:roster", args=(BRANCH,)), "roster"),
        (reverse("members:roster", args=(BRANCH,)), "points"),
        (reverse("organization:below", args=(COMMITTEE,)), "organizations"),
    ):
        assert f"books/{name}.xlsx" in client.get(page).content.decode(), page


def test_points_stand_by_indicator(client_as: ClientAs, house: Any) -> None:
    assert "2026 年还没有党员积分。" in cells(book(client_as("staff"), COMMITTEE, "points").content)
    edition = install_edition(standard_path("member-points").read_text(encoding="utf-8"))
    adoption = Adoption.objects.create(
        edition=edition, organization_id=ROOT, from_on=dt.date(2026, 1, 1)
    )
    reckon(adoption, as_of=TODAY)
    given = book(client_as("staff"), COMMITTEE, "points").content
    sheet = import_module("openpyxl").load_workbook(BytesIO(given)).active
    rows = {row[1]: row for row in sheet.iter_rows(min_row=5, values_only=True) if row[1]}
    scores = dict(adoption.standings.values_list("subject", "score"))
    assert rows["王建国"][-1] * 100 == scores["P1"]
    assert sum(rows["王建国"][3:-1]) == rows["王建国"][-1]
    assert "黄强" not in rows
    assert sheet["D3"].value == "底分"
    assert sheet["E4"].value.startswith("M01")


@pytest.mark.parametrize("form", ["workbook", "csv", "parquet", "yaml"])
def test_the_whole_reads_back(client_as: ClientAs, form: str, tmp_path: Path) -> None:
    given = whole(client_as("secretary"), form, headings="zh")
    assert given.status_code == 200
    path = tmp_path / {"workbook": "d.xlsx", "yaml": "d.yaml"}.get(form, "folder")
    if form in ("csv", "parquet"):
        with zipfile.ZipFile(BytesIO(given.content)) as packed:
            packed.extractall(path)
    else:
        path.write_bytes(given.content)
    found = read_dataset(path)
    assert [row[0] for row in found.rows("organization")] == [BRANCH]
    assert [row[0] for row in found.rows("member")] == ["P1", "P2", "P3", "P4"]
    assert len(found.rows("attendance")) == 20


def test_the_same_rows_give_the_same_bytes(house: Any) -> None:
    assert content_of(export_dataset(), "csv", "zh") == content_of(export_dataset(), "csv", "zh")


@pytest.mark.usefixtures("numbered")
def test_guarded_columns_are_in_the_whole_only_with_a_reason(client_as: ClientAs) -> None:
    client = client_as("secretary")
    assert NUMBER.encode() not in whole(client, "yaml").content
    address = reverse("sheets:dataset", args=(BRANCH, "yaml"))
    assert client.post(address).status_code == 302
    given = client.post(address, {"reason": "换系统"})
    assert NUMBER.encode() in given.content
    assert b"13800000001" in given.content
    taken = Entry.objects.filter(act="exported", table="dataset").latest("pk")
    assert (taken.reason, taken.after["form"]) == ("换系统", "yaml")
    assert Entry.objects.filter(act="exported", member="P4", reason="换系统").exists()
    assert client_as("inspector").post(address, {"reason": "看看"}).status_code == 403


# --- lists --------------------------------------------------------------------------------------


def listed(client: Client, name: str, *args: str, **asked: str) -> list[list[str]]:
    given = client.get(reverse(name, args=args), asked)
    assert given.status_code == 200
    return list(csv.reader(StringIO(given.content.decode("utf-8-sig"))))


def test_the_organizations_found_leave_as_a_list(client_as: ClientAs) -> None:
    client = client_as("staff")
    shown = client.get(reverse("organization:list"), {"q": "第二"}).content.decode()
    assert f"{reverse('organization:list_export', args=('xlsx',))}?q=" in shown
    rows = listed(client, "organization:list_export", "csv", q="第二")
    assert rows[1:] == [["TJ02", "市统计局机关第二党支部", "支部", "市统计局机关党委"]]
    assert Entry.objects.filter(act="exported", table="organization").exists()


def test_indicators_leave_as_they_are_filtered(client_as: ClientAs) -> None:
    client = client_as("secretary")
    address = reverse("organization:indicators", args=(BRANCH, "csv"))
    page = client.get(reverse("organization:standing", args=(BRANCH,)), {"show": "missed"})
    assert f"{address}?show=missed" in page.content.decode()
    every = listed(client, "organization:indicators", BRANCH, "csv")
    missed = listed(client, "organization:indicators", BRANCH, "csv", show="missed")
    assert 1 < len(missed) < len(every)
    assert {row[3] for row in missed[1:]} == {"已失分"}


def test_objections_leave_with_their_answers(client_as: ClientAs) -> None:
    Objection.objects.create(
        member_id="P2",
        organization_id=BRANCH,
        table="dues",
        row="dues-1",
        line="2026-01",
        text="=已经交了",
        due_on=TODAY,
    )
    client = client_as("staff")
    page = client.get(reverse("members:objections", args=(BRANCH,))).content.decode()
    assert reverse("members:objections_export", args=(BRANCH, "xlsx")) in page
    rows = listed(client, "members:objections_export", BRANCH, "csv")
    assert rows[1][:4] == ["李红", "市统计局机关第一党支部", "2026-01", "'=已经交了"]
    assert client.get(reverse("members:objections_export", args=(BRANCH, "pdf"))).status_code == 404


# --- lists of single pages ----------------------------------------------------------------------


def test_what_is_to_be_done_leaves_as_it_is_narrowed(client_as: ClientAs) -> None:
    client = client_as("secretary")
    page = client.get(f"/workbench/{BRANCH}/?show=scored").content.decode()
    assert f"/workbench/{BRANCH}/export.xlsx?show=scored" in page
    found = cells(client.get(f"/workbench/{BRANCH}/export.xlsx?show=scored").content)
    assert found[:5] == ["时限", "要办的事", "说明", "最迟", "涉及分值"]
    every = client.get(f"/workbench/{BRANCH}/export.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(every)))
    assert {row[0] for row in rows[1:]} <= {"已逾期", "7 天内", "本月内", "下月起"}
    assert len(rows) >= len(found) // 5
    narrowed = [(e.after or {})["narrowed"] for e in Entry.objects.filter(act="exported")]
    assert sorted(narrowed) == ["要办的事：全部", "要办的事：计分"]
    assert client.get(f"/workbench/{BRANCH}/export.pdf").status_code == 404
    assert client.get("/workbench/CZ01/export.csv").status_code == 404


def test_changes_of_a_score_leave_with_what_moved_them(client_as: ClientAs) -> None:
    client = client_as("secretary")
    client.post(
        f"/ledgers/{BRANCH}/meeting/new/",
        {"kind": "theme_day", "held_on": str(TODAY), "topic": "主题党日", "led_by": "王建国"},
    )
    assert (
        f"/organizations/{BRANCH}/history/export.csv"
        in client.get(f"/organizations/{BRANCH}/history/").content.decode()
    )
    text = client.get(f"/organizations/{BRANCH}/history/export.csv").content.decode("utf-8-sig")
    head, *rows = csv.reader(StringIO(text))
    assert head == ["日期", "原得分", "得分", "原星级", "星级", "变动的指标"]
    assert rows
    assert Entry.objects.filter(act="exported", table="standing", organization=BRANCH).exists()
