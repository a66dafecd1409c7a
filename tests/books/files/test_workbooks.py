"""Workbooks of today and of before 2007: cells, numbers of rows, what is hidden, what is merged."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from jinwei.books.files import NotOpened
from jinwei.books.grid import Book, Error, Line, Merge, Ruined, Unreckoned

from . import makers
from .inner import opened


def cells(book: Book, sheet: int = 0) -> list[tuple[Any, ...]]:
    return [line.cells for line in book.sheets[sheet].lines]


def by_hand(tmp_path: Path, row: str, **more: Any) -> tuple[Any, ...]:
    """The cells of a workbook of one row."""
    xml = makers.sheet_xml(f"<row>{row}</row>")
    return cells(opened(makers.zipped(makers.parts(xml, **more)), "a.xlsx", tmp_path))[0]


@pytest.mark.parametrize(("make", "name"), [(makers.modern, "a.xlsx"), (makers.old, "a.xls")])
def test_texts_days_and_numbers(make: Any, name: str, tmp_path: Path) -> None:
    book = opened(make(), name, tmp_path)
    rows = [row if row[-1] is not None else row[:-1] for row in makers.ROWS]
    assert cells(book) == rows
    assert [type(cell) for cell in cells(book)[2]] == [str, dt.date, int]
    assert (book.sheets[0].rows, book.sheets[0].columns, book.notes) == (3, 4, ())


def test_lines_keep_their_numbers_and_can_be_read_again(tmp_path: Path) -> None:
    book = opened(makers.modern([["甲"], [], [None, " 　"], [None, 5]]), "a.xlsx", tmp_path)
    expected = [Line(1, ("甲",)), Line(4, (None, 5))]
    assert list(book.sheets[0].lines) == expected
    assert list(book.sheets[0].lines) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c t="s"><v>0</v></c>', "甲"),
        ('<c t="s"><v>1</v></c>', "乙 丙"),
        ('<c t="inlineStr"><is><t>a_x000D_b</t></is></c>', "a\rb"),
        ('<c t="str"><f>A1</f><v>字</v></c>', "字"),
        ("<c><v>12.0</v></c>", 12),
        ("<c><v>1E3</v></c>", 1000),
        ("<c><v>0.30000000000000004</v></c>", 0.3),
        ("<c><v>-2.50</v></c>", -2.5),
        ("<c><v>1.10101199001011E+17</v></c>", Ruined("110101199001011000")),
        ("<c><v>110101199001011230</v></c>", Ruined("110101199001011230")),
        ("<c><v>999999999999999</v></c>", 999999999999999),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="e"><v>#N/A</v></c>', Error("#N/A")),
        ('<c t="d"><v>2005-06-01T00:00:00</v></c>', dt.date(2005, 6, 1)),
        ("<c><f>SUM(A1:A9)</f></c>", Unreckoned("SUM(A1:A9)")),
        ("<c><f>SUM(A1:A9)</f><v></v></c>", Unreckoned("SUM(A1:A9)")),
        ("<c><f>SUM(A1:A9)</f><v>45</v></c>", 45),
        ('<c s="1"><v>38353</v></c>', dt.date(2005, 1, 1)),
        ('<c s="2"><v>38353.75</v></c>', dt.datetime(2005, 1, 1, 18)),
        ('<c s="2"><v>59</v></c>', dt.date(1900, 2, 28)),
        ('<c s="2"><v>60</v></c>', 60),
        ('<c s="2"><v>61</v></c>', dt.date(1900, 3, 1)),
        ('<c s="2"><v>-5</v></c>', -5),
        ('<c s="2"><v>99999999</v></c>', 99999999),
        ('<c s="99"><v>7</v></c>', 7),
        ("<c><v>NaN</v></c>", "NaN"),
    ],
)
def test_one_cell(cell: str, expected: Any, tmp_path: Path) -> None:
    (found,) = by_hand(tmp_path, cell)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("format", "value", "expected"),
    [
        ("yyyy.mm", 38353, dt.date(2005, 1, 1)),
        ('[$-804]yyyy"年"m"月"d"日";@', 38353, dt.date(2005, 1, 1)),
        ("[DBNum1][$-804]yyyy年m月", 38353, dt.date(2005, 1, 1)),
        ("h:mm", 0.75, dt.time(18)),
        ("h:mm:ss AM/PM", 38353.5, dt.time(12)),
        ("[h]:mm", 1.5, "36:00"),
        ("0000", 7, "0007"),
        ("0.00", 7.5, 7.5),
        ("#,##0.00 元", 7.5, 7.5),
        ('0"天"', 3, 3),
        ("[Red]0;-0", 3, 3),
        ("0%", 0.25, 0.25),
        ("0.00E+00", 3, 3),
        ("G/通用格式", 3, 3),
        ("@", 3, 3),
    ],
)
def test_what_a_format_makes_of_a_number(
    format: str, value: float, expected: Any, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active["A1"].number_format = format
    book.active["A1"].value = value
    assert cells(opened(makers.saved(book), "a.xlsx", tmp_path)) == [(expected,)]
    old = xlwt.Workbook()
    old.add_sheet("a").write(0, 0, value, xlwt.easyxf(num_format_str=format))
    out = tmp_path / "made.xls"
    old.save(str(out))
    assert cells(opened(out.read_bytes(), "a.xls", tmp_path)) == [(expected,)]


def test_days_counted_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = dt.datetime(1904, 1, 1)
    book.active.append([dt.date(1990, 5, 6)])
    assert cells(opened(makers.saved(book), "a.xlsx", tmp_path)) == [(dt.date(1990, 5, 6),)]
    found = opened(makers.old([[dt.date(1990, 5, 6)]], from_1904=True), "a.xls", tmp_path)
    assert cells(found) == [(dt.date(1990, 5, 6),)]


def test_what_is_hidden_and_what_is_merged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["党员名册"], ["姓名", "号码", "备注"], ["王小明", 1, 2]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("码表").append(["汉族"])
    book["码表"].sheet_state = "veryHidden"
    book.create_sheet("空表")
    first, second = opened(makers.saved(book), "a.xlsx", tmp_path).sheets
    assert [line.hidden for line in first.lines] == [False, False, True]
    assert first.hidden_columns == {1}
    assert first.merges == (Merge(1, 0, 1, 2),)
    assert (second.name, second.hidden, first.hidden) == ("码表", True, False)


def test_what_is_hidden_and_merged_in_an_old_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    sheet.write_merge(0, 0, 0, 2, "党员名册")
    sheet.write(2, 0, "王小明")
    sheet.write(2, 1, xlwt.Formula("1/0"))
    sheet.row(2).hidden = True
    sheet.col(1).hidden = True
    book.add_sheet("码表").write(0, 0, "汉族")
    book.get_sheet(1).visibility = 1
    path = tmp_path / "made.xls"
    book.save(str(path))
    first, second = opened(path.read_bytes(), "a.et", tmp_path).sheets
    assert [(line.number, line.hidden) for line in first.lines] == [(1, False), (3, True)]
    assert (first.hidden_columns, first.merges) == ({1}, (Merge(1, 0, 1, 2),))
    assert second.hidden


def test_addresses_count_and_missing_ones_follow(tmp_path: Path) -> None:
    row = '<c r="C1"><v>3</v></c><c><v>4</v></c><c r="A1"><v>1</v></c>'
    assert by_hand(tmp_path, row) == (1, None, 3, 4)


def test_names_may_have_a_prefix(tmp_path: Path) -> None:
    xml = (
        f'<x:worksheet xmlns:x="{makers.MAIN}"><x:sheetData><x:row r="2"><x:c r="B2" t="s">'
        "<x:v>0</x:v></x:c></x:row></x:sheetData>"
        '<x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>'
    )
    (sheet,) = opened(makers.zipped(makers.parts(xml)), "a.xlsx", tmp_path).sheets
    assert list(sheet.lines) == [Line(2, (None, "甲"))]
    assert sheet.merges == (Merge(1, 0, 2, 1),)


def test_a_long_text_is_cut_and_control_characters_go(tmp_path: Path) -> None:
    row = f'<c t="inlineStr"><is><t>{"长" * 3000}</t></is></c>'
    row += '<c t="inlineStr"><is><t>a_x0000_b_xD800_</t></is></c>'
    long, clean = by_hand(tmp_path, row)
    assert (len(long), long[-1], clean) == (2000, "…", "ab")


def test_columns_past_the_last_are_told(tmp_path: Path) -> None:
    (sheet,) = opened(makers.modern([["甲"], [None] * 256 + ["远"]]), "a.xlsx", tmp_path).sheets
    assert (sheet.beyond, sheet.rows, sheet.columns) == (True, 1, 1)


def test_rows_past_the_last_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinwei.books.files.shelf.MOST_ROWS", 3)
    book = opened(makers.modern([[n] for n in range(9)]), "a.xlsx", tmp_path)
    assert [(s.beyond, s.rows) for s in book.sheets] == [(True, 3)]
    assert cells(book) == [(0,), (1,), (2,)]


def test_many_rows_altogether_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinwei.books.files.limits.MOST_LINES", 3)
    with pytest.raises(NotOpened, match="3 行"):
        opened(makers.modern([[n] for n in range(9)]), "a.xlsx", tmp_path)


def test_many_sheets_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for _ in range(60):
        book.create_sheet().append([1])
    with pytest.raises(NotOpened) as refusal:
        opened(makers.saved(book), "a.xlsx", tmp_path)
    assert refusal.value.id == "file-too-many-sheets"


@pytest.mark.parametrize(
    ("part", "note"),
    [
        ("xl/vbaProject.bin", "macros-ignored"),
        ("xl/externalLinks/externalLink1.xml", "links-ignored"),
        ("xl/embeddings/oleObject1.bin", "objects-ignored"),
    ],
)
def test_what_is_passed_over_is_told(part: str, note: str, tmp_path: Path) -> None:
    xml = makers.sheet_xml("<row><c><v>1</v></c></row>")
    found = makers.parts(xml, more={part: "<!DOCTYPE x>"})
    assert opened(makers.zipped(found), "a.xlsm", tmp_path).notes == (note,)
