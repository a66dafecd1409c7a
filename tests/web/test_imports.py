"""Spreadsheets in: what would happen is shown, mended, decided, written and taken back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from stdnum.cn import ric

from jinwei.imports.models import Batch, State
from jinwei.ledgers.models import Meeting
from jinwei.members.models import Member
from tests.web.conftest import BRANCH, COMMITTEE, OTHER

ClientAs = Callable[[str], Client]
HERE = f"/imports/{BRANCH}/"


def number(seventeen: str) -> str:
    return seventeen + ric.calc_check_digit(seventeen + "0")


GOOD_NUMBER = number("11010119850302124")
MEETINGS = (
    "三会一课台账\t\t\t\n"
    "会议类型\t召开日期\t会议主题\t应到\t实到\n"
    "支部委员会\t2026-05-20\t讨论整改\t3\t3\n"
    "党课\t2026-02-30\t专题党课\t4\t4\n"
    "主题党日\t2026-06-02\t走访\t4\t5\n"
    "务虚会\t2026-06-03\t研究\t4\t4\n"
    "合计\t4\n"
)


def book(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile("名册.xlsx", out.getvalue())


def page_of(client: Client, **posted: object) -> str:
    """The address of the batch that a file or pasted cells become."""
    given = client.post(HERE, posted)
    assert given.status_code == 302, given.content.decode()
    return str(given["Location"])


def text(client: Client, address: str) -> str:
    given = client.get(address)
    assert given.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", given.content.decode()).split())


@pytest.fixture
def secretary(client_as: ClientAs) -> Client:
    return client_as("secretary")


def test_nothing_chosen_is_said(secretary: Client) -> None:
    given = secretary.post(HERE, {"cells": " "})
    assert given.status_code == 422
    assert "还没有选文件，也没有粘贴内容" in given.content.decode()
    assert "还没有导入过" in text(secretary, HERE)


def test_a_file_that_is_none_is_told_and_can_be_discarded(secretary: Client) -> None:
    address = page_of(secretary, file=SimpleUploadedFile("表.xlsx", b"%PDF-1.7 nothing"))
    assert Batch.objects.get().state == State.REFUSED
    assert "打不开" in text(secretary, address)
    secretary.post(address + "act/", {"act": "discard"})
    assert not Batch.objects.exists()


def test_every_fault_stands_below_its_cell(secretary: Client) -> None:
    address = page_of(secretary, cells=MEETINGS)
    said = text(secretary, address)
    assert "4 行中 1 行可以导入，2 行有错，1 行要您定" in said
    assert "现在还没有写入任何数据" in said
    assert "B4 召开日期 2 月没有 30 日（2026-02-30）。请改成实际日期。" in said
    assert "E5 实到 实到 5 人多于应到 4 人" in said
    asked = text(secretary, address + "?show=asked")
    assert "A6 会议类型 没有“务虚会”这一项" in asked
    assert "“会议类型”里的“务虚会”按哪一项导入" in asked
    assert Meeting.objects.filter(held_on__gte="2026-05-19").count() == 0, "nothing is written yet"


def test_answered_mended_written_and_taken_back(secretary: Client) -> None:
    address = page_of(secretary, cells=MEETINGS)
    secretary.post(address + "answers/", {"answer-kind:kind:务虚会": "other"})
    secretary.post(address + "lines/4/", {"cell-1": "2026-02-27"})
    said = text(secretary, address)
    assert "4 行中 3 行可以导入，1 行有错" in said
    assert "导入 3 行" in said
    before = Meeting.objects.count()
    secretary.post(address + "act/", {"act": "confirm"})
    assert Meeting.objects.count() == before + 3
    kinds = Meeting.objects.filter(topic__in=("讨论整改", "专题党课", "研究"))
    assert sorted(kinds.values_list("kind", flat=True)) == ["committee_meeting", "lecture", "other"]
    assert "已导入：新增 3 条" in text(secretary, address)
    secretary.post(address + "act/", {"act": "undo"})
    assert Meeting.objects.count() == before
    assert "已撤销" in text(secretary, address)


def test_the_same_file_twice_creates_nothing_twice(secretary: Client) -> None:
    for _turn in range(2):
        address = page_of(secretary, cells=MEETINGS)
        secretary.post(address + "act/", {"act": "confirm"})
    assert Meeting.objects.filter(topic="讨论整改").count() == 1
    assert "已导入：新增 0 条，更新 0 条" in text(secretary, address)


def test_a_repair_is_one_click(client_as: ClientAs) -> None:
    client = client_as("staff")
    cells = "所在支部\t会议类型\t召开日期\t会议主题\nTJ1\t党课\t2026-05-20\t学习"
    given = client.post(f"/imports/{COMMITTEE}/", {"cells": cells})
    page = client.get(given["Location"]).content.decode()
    assert "没有组织“TJ1”。是不是 TJ01（市统计局机关第一党支部）？" in page
    assert "改为 TJ01" in page
    client.post(given["Location"] + "repair/", {"line": 2, "column": 0, "text": "TJ01"})
    assert "1 行中 1 行可以导入" in text(client, given["Location"])


def test_a_roster_as_people_keep_it(secretary: Client) -> None:
    file = book(
        ("党员花名册",),
        ("序号", "姓 名", "性别", "民族", "身份证号码", "入党时间", "转正时间", "手机号"),
        (1, "李　红梅", "女", "汉", GOOD_NUMBER, "2008年7月1日", 20090701, 13800001235),
        (2, "合建国", "男", "满族", number("11010119700101125"), "1995.7.1", "1996-07-01", None),
        ("合计", 2),
    )
    address = page_of(secretary, file=file)
    page = secretary.get(address + "?show=all").content.decode()
    assert "2 行中 2 行可以导入" in page
    assert GOOD_NUMBER not in page, "identity numbers are masked"
    assert "13800001235" not in page
    secretary.post(address + "act/", {"act": "confirm"})
    member = Member.objects.get(name="李红梅")
    assert (member.ethnicity, str(member.birth_on)) == ("汉族", "1985-03-02")
    assert (member.status, member.phone) == ("full", "13800001235")
    assert member.id_number_sealed is not None


def test_columns_are_named_anew_and_remembered(secretary: Client) -> None:
    cells = "会议类型\t哪一天\t会议主题\n党课\t2026-05-20\t学习"
    address = page_of(secretary, cells=cells)
    columns = {"book": "meeting", "heading": "1", "heading_end": "1"}
    columns |= {"column-0": "kind", "column-1": "held_on", "column-2": "topic"}
    secretary.post(address + "columns/", columns)
    assert "1 行中 1 行可以导入" in text(secretary, address)
    secretary.post(address + "act/", {"act": "confirm"})
    assert str(Meeting.objects.get(topic="学习").held_on) == "2026-05-20"
    again = page_of(secretary, cells=cells.replace("学习", "再学习"))
    assert "→ 日期" in text(secretary, again + "?show=all")


def test_the_marked_sheet_bears_the_faults(secretary: Client) -> None:
    address = page_of(secretary, cells=MEETINGS)
    given = secretary.get(address + "marked.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(given.content)).active
    assert "2 月没有 30 日" in sheet["B4"].comment.text
    assert sheet["A3"].value == "支部委员会"
    assert sheet["A3"].comment is None


def test_scores_before_and_after_are_shown_and_nothing_stays(secretary: Client) -> None:
    address = page_of(secretary, cells=MEETINGS)
    before = Meeting.objects.count()
    given = secretary.get(address + "moves/")
    assert given.status_code == 200
    assert "→" in given.content.decode()
    assert Meeting.objects.count() == before


def test_a_batch_is_its_owners_alone(client_as: ClientAs, secretary: Client) -> None:
    address = page_of(secretary, cells=MEETINGS)
    for role in ("staff", "work_committee"):
        assert client_as(role).get(address).status_code == 404
    assert client_as("auditor").get(HERE).status_code == 403
    assert secretary.get(f"/imports/{OTHER}/").status_code == 404


def test_rows_of_others_are_not_brought_in(secretary: Client) -> None:
    cells = f"所在支部\t会议类型\t召开日期\t会议主题\n{OTHER}\t党课\t2026-05-20\t学习"
    address = page_of(secretary, cells=cells)
    assert "1 行中 0 行可以导入" in text(secretary, address)
    secretary.post(address + "act/", {"act": "confirm"})
    assert not Meeting.objects.filter(organization_id=OTHER, topic="学习").exists()


def test_a_page_needs_few_queries(
    secretary: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    rows = "".join(f"党课\t2026-13-{n:02}\t题目{n}\t4\t4\n" for n in range(1, 60))
    address = page_of(secretary, cells=MEETINGS + rows)
    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        secretary.get(address)


def test_a_sheet_that_nobody_understands_shows_its_first_lines(client_as: ClientAs) -> None:
    client = client_as("secretary")
    address = page_of(client, cells=f"甲\t乙\n某人\t{GOOD_NUMBER}\n某人\t13800001234\n")
    said = text(client, address)
    assert "没有认出表头" in said
    assert "A B 1 甲 乙 2 某人" in said
    assert GOOD_NUMBER not in said, "a number of a person stays hidden"
    assert "138****1234" in said
