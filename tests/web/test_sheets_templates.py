"""Templates of superiors on the pages: uploading, saying where columns come from, filling."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from jinwei.audit.models import Entry
from jinwei.ledgers.models import Template
from jinwei.members.actions import keep_number
from jinwei.members.models import Member

from .conftest import BRANCH, COMMITTEE

ClientAs = Callable[[str], Client]
NUMBER = "11010519491231002X"


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def form(*headings: str) -> SimpleUploadedFile:
    book = Workbook()
    book.active.append(["采集表"])
    book.active.append(headings)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("表.xlsx", out.getvalue())


def upload(client: Client, *headings: str, org: str = COMMITTEE) -> Template:
    address = reverse("sheets:upload", args=(org,))
    given = client.post(address, {"name": "采集表", "file": form(*headings)})
    assert given.status_code == 302, given.content.decode()
    found = Template.objects.latest("pk")
    assert given["Location"] == reverse("sheets:template", args=(org, found.uuid))
    return found


def filled(client: Client, found: Template, org: str, **asked: str) -> Any:
    given = client.get(reverse("sheets:filled", args=(org, found.uuid)), asked)
    assert given.status_code == 200
    return load_workbook(BytesIO(given.content)).active


def test_a_template_is_mapped_by_its_headings_and_filled(client_as: ClientAs) -> None:
    client = client_as("staff")
    found = upload(client, "序号", "姓名", "入党日期", "特长")
    assert found.source == "book-roster"
    page = client.get(reverse("sheets:template", args=(COMMITTEE, found.uuid))).content.decode()
    assert "采集表：4 列里有 3 列有来源" in page
    sheet = filled(client, found, COMMITTEE)
    assert [sheet.cell(row, 2).value for row in range(3, 10)][:2] == ["李红", "刘洋"]
    assert sheet.max_row == 9
    assert sheet["C3"].value.year == 2001
    assert sheet["D3"].comment.text == "没有来源"
    taken = Entry.objects.filter(act="exported", table="template").get()
    assert (taken.organization, taken.after["rows"]) == (COMMITTEE, 7)
    assert Entry.objects.filter(act="exported", member="P5").exists()


def test_those_below_fill_it_with_their_own(client_as: ClientAs) -> None:
    found = upload(client_as("staff"), "序号", "姓名")
    secretary = client_as("secretary")
    page = secretary.get(reverse("sheets:sheets", args=(BRANCH,))).content.decode()
    assert reverse("sheets:filled", args=(BRANCH, found.uuid)) in page
    assert "改对应" not in page
    assert filled(secretary, found, BRANCH).max_row == 6
    address = reverse("sheets:template", args=(BRANCH, found.uuid))
    assert secretary.get(address).status_code == 404


def test_a_mapping_is_corrected_once_and_kept(client_as: ClientAs) -> None:
    client = client_as("staff")
    found = upload(client, "第几次", "哪天开的", "什么内容")
    assert found.source == ""
    address = reverse("sheets:template", args=(COMMITTEE, found.uuid))
    shown = client.get(address, {"source": "book-meetings", "first": "3"}).content.decode()
    assert "<option>议题</option>" in shown
    client.post(
        address,
        {
            "source": "book-meetings",
            "first": "3",
            "column-A": "序号",
            "column-B": "日期",
            "column-C": "议题",
            "column-D": "没有这一列",
            "cell-0": "b1",
            "fact-0": "organization.name",
            "cell-1": "XFD1048577",
            "fact-1": "year",
        },
    )
    found.refresh_from_db()
    assert found.mapping["columns"] == {"A": "序号", "B": "日期", "C": "议题"}
    assert found.mapping["cells"] == {"B1": "organization.name"}
    sheet = filled(client, found, COMMITTEE)
    assert sheet["B1"].value == "市统计局机关党委"
    assert [sheet.cell(3, column).value for column in (1, 3)] == [1, "学习交流"]
    assert filled(client, found, COMMITTEE, year="2025").max_row == 2


def test_a_ledger_can_be_the_source(client_as: ClientAs) -> None:
    client = client_as("secretary")
    found = upload(client, "党员编号", "月份", "实交", org=BRANCH)
    address = reverse("sheets:template", args=(BRANCH, found.uuid))
    columns = {"column-A": "姓名", "column-B": "月份", "column-C": "实交"}
    client.post(address, {"source": "table-dues", "first": "3", **columns})
    sheet = filled(client, found, BRANCH)
    assert sheet.max_row == 22
    assert {sheet.cell(row, 3).value for row in range(3, 23)} == {0, 50}


def test_numbers_come_in_with_a_reason_alone(client_as: ClientAs) -> None:
    client = client_as("secretary")
    member = Member.objects.get(code="P1")
    keep_number(member, NUMBER)
    member.save()
    found = upload(client, "姓名", "身份证号", org=BRANCH)
    values = {cell.value for row in filled(client, found, BRANCH).iter_rows() for cell in row}
    assert NUMBER not in values
    address = reverse("sheets:filled", args=(BRANCH, found.uuid))
    assert client.post(address).status_code == 302
    sheet = load_workbook(BytesIO(client.post(address, {"reason": "报送"}).content)).active
    assert NUMBER in {sheet.cell(row, 2).value for row in range(3, 7)}
    entry = Entry.objects.filter(act="exported", member="P1").latest("pk")
    assert (entry.reason, "id_number" in entry.after["columns"]) == ("报送", True)


def test_whoever_sees_no_persons_fills_no_roster(client_as: ClientAs) -> None:
    staff = client_as("staff")
    found = upload(staff, "序号", "姓名")
    auditor = client_as("auditor")
    page = auditor.get(reverse("sheets:sheets", args=(COMMITTEE,))).content.decode()
    assert "采集表" not in page
    address = reverse("sheets:filled", args=(COMMITTEE, found.uuid))
    assert auditor.get(address).status_code == 403


def test_a_file_that_is_no_table_gets_a_sentence(client_as: ClientAs) -> None:
    client = client_as("staff")
    address = reverse("sheets:upload", args=(COMMITTEE,))
    for name, inside in (("a.xlsm", b"PK\x03\x04"), ("a.xlsx", b"PK\x03\x04junk"), ("a.xlsx", b"")):
        given = client.post(address, {"name": "表", "file": SimpleUploadedFile(name, inside)})
        assert given.status_code == 422, name
    assert not Template.objects.exists()


def test_a_withdrawn_template_is_gone(client_as: ClientAs) -> None:
    client = client_as("staff")
    found = upload(client, "序号", "姓名")
    client.post(reverse("sheets:withdraw", args=(COMMITTEE, found.uuid)))
    page = client.get(reverse("sheets:sheets", args=(COMMITTEE,))).content.decode()
    assert "还没有上级的表样" in page
    assert client.get(reverse("sheets:filled", args=(COMMITTEE, found.uuid))).status_code == 404
