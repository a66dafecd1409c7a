"""Books as committees keep them: what stands where, of which type, also in LibreOffice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from jinwei.datasets.read import dataset_from_tables
from jinwei.engine.catalogue import TABLES
from jinwei.ledgers.portable import import_dataset
from jinwei.ledgers.printed import BOOKS, Scope, paper
from jinwei.ledgers.printed.page import Owed
from jinwei.members.models import Member
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization
from jinwei.wording.words import Words
from tests.soffice import reopened

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 6, 18)
NUMBER = "11010519491231002X"
KINDS = {book.name: book for book in BOOKS}


@pytest.fixture
def small() -> None:
    organizations = [
        {"code": "A", "name": "甲委", "kind": "committee", "sector": "office"},
        {"code": "A2", "name": "乙支部", "kind": "branch", "parent": "A"},
        {
            "code": "A1",
            "name": "甲支部",
            "kind": "branch",
            "parent": "A",
            "established_on": "2001-07-01",
        },
        {
            "code": "A3",
            "name": "旧支部",
            "kind": "branch",
            "parent": "A",
            "dissolved_on": "2020-01-01",
        },
        {"code": "G", "name": "一组", "kind": "group", "parent": "A2"},
    ]
    people = [
        {"code": "P1", "name": "=王建国", "organization": "A1", "status": "full", "sex": "male"}
        | {"birth_on": "1971-03-05", "joined_on": "2001-07-01", "id_number": NUMBER}
        | {"phone": "13800000001", "ethnicity": "汉族"},
        {
            "code": "P2",
            "name": "李红",
            "organization": "A2",
            "status": "probationary",
            "mobile": True,
        },
        {"code": "P3", "name": "张伟", "organization": "A2", "status": "left"},
    ]
    people[0].pop("sex")
    import_dataset(
        dataset_from_tables(
            {
                "organization": organizations,
                "member": people,
                "term": [
                    {"organization": "A1", "started_on": "2024-01-01", "expires_on": "2027-01-01"}
                ],
                "post": [{"organization": "A1", "member": "P1", "post": "secretary"}],
                "meeting": [
                    {"code": "M1", "organization": "A1", "kind": "lecture", "held_on": "2026-03-02"}
                    | {"topic": "=1+1", "led_by": "P1", "expected": 3, "attended": 2},
                    {
                        "code": "M0",
                        "organization": "A1",
                        "kind": "lecture",
                        "held_on": "2025-03-02",
                    },
                ],
                "attendance": [{"meeting": "M1", "member": "P2", "status": "leave"}],
                "dues": [
                    {"member": "P1", "organization": "A1", "month": "2026-01", "due": "50.00"}
                    | {"paid": "50.00"},
                    {"member": "P1", "organization": "A1", "month": "2026-02", "due": "50.00"},
                    {"member": "P1", "organization": "A1", "month": "2026-06", "due": "50.00"},
                    {"member": "P3", "organization": "A2", "month": "2026-01", "due": "1234.50"}
                    | {"paid": "1000"},
                ],
            }
        )
    )


@pytest.fixture
def scope(small: None) -> Callable[..., Scope]:
    """Everything below the root, as whoever may see all sees it."""

    def rows(model: type[FactModel]) -> Any:
        return model._default_manager.filter(withdrawn_at=None)

    def say(table: str, column: str, code: Any) -> str:
        found = TABLES[table].column(column)
        assert found is not None
        return Words("zh").value(table, found, code)

    def make(**other: Any) -> Scope:
        root = Organization.objects.get(code="A")
        return Scope(
            **{"organization": root, "day": DAY, "year": 2026, "rows": rows, "say": say} | other
        )

    return make


def sheet(content: bytes) -> Any:
    return import_module("openpyxl").load_workbook(BytesIO(content)).active


def test_the_roster_lists_who_has_not_left(scope: Callable[..., Scope]) -> None:
    page = KINDS["roster"].make(scope())
    assert [row[0] for row in page.rows] == ["=王建国", "李红"]
    assert [column.heading for column in page.columns] == [
        *("序号", "姓名", "性别", "民族", "出生年月", "学历", "入党时间", "转正时间"),
        *("所在支部", "职务", "状态", "备注"),
    ]
    assert page.rows[0][7:9] == ["甲支部", "书记"]
    assert page.rows[1][-1] == "流动党员"
    assert page.notes == ("共 2 人（正式 1、预备 1）",)
    assert page.members == {"P1", "P2"}


def test_numbers_stand_in_the_roster_only_when_asked_for(scope: Callable[..., Scope]) -> None:
    assert NUMBER.encode() not in paper(KINDS["roster"].make(scope()))
    page = KINDS["roster"].make(scope(numbers=True))
    assert page.rows[0][4] == NUMBER
    assert page.rows[0][10] == "13800000001"


def test_organizations_stand_below_their_superior_with_all_members(
    scope: Callable[..., Scope],
) -> None:
    page = KINDS["organizations"].make(scope())
    assert [(row[0], row[1], row[4]) for row in page.rows] == [
        ("甲委", None, 2),
        ("甲支部", "甲委", 1),
        ("乙支部", "甲委", 1),
        ("一组", "乙支部", 0),
    ]
    assert page.rows[1][5:] == ["=王建国", dt.date(2001, 7, 1), dt.date(2027, 1, 1)]
    assert KINDS["organizations"].make(scope(persons=False)).rows[1][5] is None


def test_dues_stand_by_month_and_what_is_short_is_marked(scope: Callable[..., Scope]) -> None:
    page = KINDS["dues"].make(scope())
    first, second, third = page.rows
    assert (first[0], second[0], third[0]) == ("=王建国", "李红", "张伟")
    assert first[2:5] == [Decimal("50.00"), Owed(Decimal("0.00")), None]
    assert first[7] is None, "June is not over"
    assert third[2] == Owed(Decimal("1000.00"))
    assert third[-3:] == [Decimal("1234.50"), Decimal("1000.00"), "已离开"]
    assert page.totals is not None
    assert list(page.totals)[2:4] == [Decimal("1050.00"), Decimal("0.00")]
    assert list(page.totals)[-3:-1] == [Decimal("1384.50"), Decimal("1050.00")]


def test_the_meetings_of_a_year_say_who_was_away(scope: Callable[..., Scope]) -> None:
    page = KINDS["meetings"].make(scope())
    assert [row[0] for row in page.rows] == [dt.date(2026, 3, 2)]
    assert page.rows[0][-2] == "李红（请假）"
    hidden = KINDS["meetings"].make(scope(persons=False)).rows[0]
    assert (hidden[4], hidden[-2]) == (None, None)


@pytest.mark.files
@pytest.mark.parametrize("name", KINDS)
def test_a_book_is_ruled_titled_and_ready_for_the_printer(
    name: str, scope: Callable[..., Scope]
) -> None:
    page = KINDS[name].make(scope())
    found = sheet(paper(page))
    head = 4 if any(column.above for column in page.columns) else 3
    assert found["A1"].value == page.title
    assert found.print_title_rows == f"$1:${head}"
    assert (found.page_setup.paperSize, found.page_setup.fitToHeight) == (9, 0)
    assert found.cell(head + 1, 1).value == 1
    assert found.cell(head + 1, 2).border.left.style == "thin"
    last = found.max_row
    assert "填表人" in found.cell(last, 1).value
    assert not any(cell.data_type == "f" for row in found.iter_rows() for cell in row)


@pytest.mark.parametrize("name", ["dues", "meetings"])
def test_a_book_without_rows_says_so(name: str, scope: Callable[..., Scope]) -> None:
    found = sheet(paper(KINDS[name].make(scope(year=1999))))
    said = [cell.value for row in found.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any(text.startswith("1999 年还没有") for text in said)


def test_an_identity_number_that_cannot_be_read_says_so(
    scope: Callable[..., Scope], settings: Any
) -> None:
    settings.IDENTITY_KEYS = "0" * 64
    page = KINDS["roster"].make(scope(numbers=True))
    assert page.rows[0][4] == "密钥不在，读不出来"
    assert Member.objects.count() == 3


@pytest.mark.files
def test_libreoffice_reads_the_types_of_a_roster(
    scope: Callable[..., Scope], tmp_path: Path
) -> None:
    found = reopened(paper(KINDS["roster"].make(scope(numbers=True))), tmp_path)
    row = [cell.value for cell in found[4]]
    assert row[:2] == [1, "=王建国"]
    assert found["B4"].data_type == "s"
    assert row[4] == dt.datetime(1971, 3, 5)
    assert found["E4"].number_format.replace("\\", "") == "yyyy.mm"
    assert row[5] == NUMBER
    assert row[7] == dt.datetime(2001, 7, 1)
    assert row[11] == "13800000001"


@pytest.mark.files
def test_libreoffice_reads_the_amounts_of_the_dues_book(
    scope: Callable[..., Scope], tmp_path: Path
) -> None:
    found = reopened(paper(KINDS["dues"].make(scope())), tmp_path)
    assert [found.cell(5, at).value for at in (4, 5, 6)] == [50, 0, None]
    assert found.cell(5, 5).fill.fgColor.rgb.endswith("FFF2CC")
    assert [found.cell(7, at).value for at in (4, 16, 17)] == [1000, 1234.5, 1000]
    assert found.cell(8, 1).value == "合计"
    assert found.cell(8, 4).value == 1050
    assert "D3:O3" in {str(merged) for merged in found.merged_cells.ranges}
