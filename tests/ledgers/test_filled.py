"""A superior's table is filled: its looks stay, rows come in, what has no source is marked."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Font, Side

from jinwei.ledgers.attachments import NotTaken
from jinwei.ledgers.filled.filling import fill, further_down
from jinwei.ledgers.filled.looking import look, plain, proposed, table_at
from jinwei.ledgers.filled.mapping import Mapping
from jinwei.ledgers.filled.opening import check
from tests.soffice import reopened

HEADINGS = ("序号", "姓名", "入党时间", "公民身份号码", "党费")
ROWS = [
    (n, name, dt.date(2001, 7, n), "11010519491231002X", Decimal("12.50"))
    for n, name in enumerate(("甲", "=乙", "丙", "丁"), 1)
]


def book() -> Workbook:
    """A table with title, unit line, header, two ruled rows, a total and a signature."""
    made = Workbook()
    sheet = made.active
    sheet.title = "表1"
    sheet.append(["党员信息采集表"])
    sheet.merge_cells("A1:F1")
    sheet.append(["单位：", None, None, None, None, "年度："])
    sheet.append(["序号", "党员姓名", "入党日期", "身份证号", "党费（元）", "特长"])
    side = Side(style="thin")
    for row in (4, 5):
        for column in range(1, 7):
            cell = sheet.cell(row, column)
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            cell.font = Font(name="仿宋", size=12)
        sheet.row_dimensions[row].height = 30
    sheet["C4"].number_format = sheet["C5"].number_format = "yyyy.mm.dd"
    sheet["A6"], sheet["E6"] = "合计", "=SUM(E4:E5)"
    sheet["A7"] = "填表人："
    sheet.merge_cells("A7:F7")
    sheet.row_dimensions[7].height = 44
    return made


def content(made: Workbook) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def upload(given: bytes, name: str = "表.xlsx") -> Any:
    return SimpleUploadedFile(name, given)


@pytest.fixture
def mapping() -> Mapping:
    sheet = book().active
    source, found = proposed(look(sheet), sheet, {"other": ("议题", "日期"), "roster": HEADINGS})
    assert source == "roster"
    return found


def test_the_columns_are_proposed_by_their_headings(mapping: Mapping) -> None:
    assert (mapping.sheet, mapping.first, mapping.room) == ("表1", 4, 2)
    assert mapping.columns == {
        "A": "序号",
        "B": "姓名",
        "C": "入党时间",
        "D": "公民身份号码",
        "E": "党费",
    }
    assert mapping.headed == ("A", "B", "C", "D", "E", "F")


def test_what_fits_nothing_is_left_to_people() -> None:
    sheet = Workbook().active
    sheet["A1"] = "随便"
    source, found = proposed(look(sheet), sheet, {"roster": HEADINGS})
    assert (source, found.columns) == ("", {})
    assert Mapping.of(found.kept()) == found
    assert plain("入党 日期（年月日）") == plain("入党时间")


def test_rows_come_in_and_the_foot_goes_down(mapping: Mapping) -> None:
    facts = {"organization.name": "甲支部", "year": None}
    given = Mapping(
        **{**mapping.kept(), "cells": {"B2": "organization.name", "F2": "year", "B6": "rows"}}
    )
    found = load_workbook(BytesIO(fill(book(), given, HEADINGS, ROWS, facts | {"rows": 4}))).active
    assert [found.cell(row, 2).value for row in range(4, 8)] == ["甲", "=乙", "丙", "丁"]
    assert found["B5"].data_type == "s"
    assert found["C7"].value == dt.datetime(2001, 7, 4)
    assert found["C7"].number_format == "yyyy.mm.dd"
    assert (found["B7"].font.name, found["B7"].border.left.style) == ("仿宋", "thin")
    assert found.row_dimensions[7].height == 30
    assert found["E8"].value == "=SUM(E4:E7)"
    assert found["A9"].value == "填表人："
    assert found.row_dimensions[9].height == 44
    assert {str(one) for one in found.merged_cells.ranges} == {"A1:F1", "A9:F9"}
    assert found["B2"].value == "甲支部"
    assert found["B8"].value == 4, "a cell below the table goes down with it"


def test_what_has_no_source_is_marked_and_says_so(mapping: Mapping) -> None:
    given = Mapping(**{**mapping.kept(), "cells": {"F2": "year"}})
    found = load_workbook(BytesIO(fill(book(), given, HEADINGS, ROWS, {}))).active
    assert found["F4"].comment.text == "没有来源"
    assert {found.cell(row, 6).fill.fgColor.rgb for row in range(4, 8)} == {"00FFF2CC"}
    assert found["F2"].comment.text == "没有来源"
    assert found["A4"].comment is None


def test_fewer_rows_than_stand_ready_leave_the_rest_empty(mapping: Mapping) -> None:
    found = load_workbook(BytesIO(fill(book(), mapping, HEADINGS, ROWS[:1], {}))).active
    assert (found["B4"].value, found["B5"].value, found["A6"].value) == ("甲", None, "合计")


def test_rows_with_merged_cells_are_repeated(mapping: Mapping) -> None:
    made = book()
    for row in (4, 5):
        made.active.merge_cells(start_row=row, end_row=row, start_column=4, end_column=5)
    found = load_workbook(BytesIO(fill(made, mapping, HEADINGS, ROWS, {}))).active
    assert {"D6:E6", "D7:E7"} <= {str(one) for one in found.merged_cells.ranges}


def test_formulas_name_the_rows_that_moved() -> None:
    assert further_down("=SUM(B5:B9)+$B$3+B12", 9, 4) == "=SUM(B5:B13)+$B$3+B16"
    assert further_down("=LOG10(A2)", 2, 1) == "=LOG10(A3)"


def test_a_later_first_row_gives_the_columns_anew() -> None:
    sheet = book().active
    assert table_at(look(sheet), sheet, 6, HEADINGS).columns == {}


@pytest.mark.files
def test_libreoffice_reads_what_was_filled(mapping: Mapping, tmp_path: Path) -> None:
    found = reopened(fill(book(), mapping, HEADINGS, ROWS, {}), tmp_path)
    assert [cell.value for cell in found[5]][:5] == [
        *(2, "=乙", dt.datetime(2001, 7, 2), "11010519491231002X", 12.5),
    ]
    assert found["B5"].data_type == "s"


# --- what is not taken --------------------------------------------------------------------------


def test_a_plain_workbook_is_taken() -> None:
    check(upload(content(book())))


def packed(**parts: bytes) -> bytes:
    out = BytesIO(content(book()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in parts.items():
            archive.writestr(name.replace("__", "/"), inside)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("表.xlsm", content(book()), "可能带宏"),
        ("表.xlsx", b"", "是空的"),
        ("表.xlsx", b"a,b\n1,2\n", "不是 xlsx"),
        ("表.xlsx", content(book())[:900], "认不出来|压缩包"),
        ("表.xlsx", packed(xl__vbaProject=b"x"), "带宏"),
        ("表.xlsx", packed(xl__externalLinks__externalLink1=b"<a/>"), "链接"),
        ("表.xlsx", packed(xl__bomb=bytes(60 * 1024 * 1024)), "太大"),
    ],
)
def test_what_is_no_harmless_workbook_is_refused_in_a_sentence(
    name: str, given: bytes, said: str
) -> None:
    with pytest.raises(NotTaken, match=said):
        check(upload(given, name))


def test_a_damaged_workbook_is_refused_in_a_sentence() -> None:
    whole = content(book())
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            inside = old.read(part)
            new.writestr(part, inside[: len(inside) // 2] if "sheet1" in part else inside)
    with pytest.raises(NotTaken, match="打不开"):
        check(upload(out.getvalue()))


def test_a_large_sheet_is_no_template() -> None:
    made = book()
    made.active.cell(3000, 1, "x")
    with pytest.raises(NotTaken, match="最多 2000 行"):
        check(upload(content(made)))


def test_entities_are_refused() -> None:
    whole, out = content(book()), BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            inside = old.read(part)
            doc = b'<!DOCTYPE a [<!ENTITY b "c">]>' if "sheet1" in part else b""
            new.writestr(part, doc + inside)
    with pytest.raises(NotTaken, match="打不开"):
        check(upload(out.getvalue()))
