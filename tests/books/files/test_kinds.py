"""What a file is, is told by its contents; what is no table is refused with the way out."""

from __future__ import annotations

import datetime as dt
import re
import struct
from pathlib import Path

import pytest

from jinwei.books.files import NotOpened
from jinwei.books.files.refusals import NOTES, REFUSALS, told
from jinwei.books.grid import Error, Line, Merge, Ruined, Unreckoned

from . import makers
from .inner import opened

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET = makers.sheet_xml("<row><c><v>1</v></c></row>")


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(512)


def test_a_web_page_named_as_a_workbook(tmp_path: Path) -> None:
    book = opened(makers.WEBPAGE.encode("gb18030"), "名册.xls", tmp_path)
    (sheet,) = book.sheets
    assert list(sheet.lines) == [
        Line(1, ("党员名册", None, "备注")),
        Line(2, ("第一\n支部", "王小明\xa0", "无")),
        Line(3, (None, "110101199001011237", "<1.10101E+17"), hidden=True),
        Line(4, (Ruined("1.10101E+17"), Error("#N/A"))),
    ]
    assert sheet.merges == (Merge(1, 0, 1, 1), Merge(2, 0, 3, 0))
    assert book.notes == ("name-differs",)


def test_tables_in_tables_are_tables_of_their_own(tmp_path: Path) -> None:
    page = "<html><table><tr><td>外<table><tr><td>内<td>2</table><td>右</table>"
    sheets = opened(page.encode(), "a.html", tmp_path).sheets
    assert [[line.cells for line in sheet.lines] for sheet in sheets] == [
        [("内", "2")],
        [("外", "右")],
    ]


def test_an_xml_spreadsheet_named_as_a_workbook(tmp_path: Path) -> None:
    book = opened(makers.XML_2003.encode("gb18030"), "名册.xls", tmp_path)
    (sheet,) = book.sheets
    day, empty = dt.date(1990, 5, 6), Unreckoned("A1")
    assert list(sheet.lines) == [
        Line(1, ("党员名册", None, "备注")),
        Line(4, (12, None, None, day, True, empty, Error("#REF!")), hidden=True),
    ]
    assert (sheet.name, sheet.hidden_columns) == ("名册", {2, 3})
    assert sheet.merges == (Merge(1, 0, 1, 1),)


def test_a_workbook_by_another_name(tmp_path: Path) -> None:
    assert opened(makers.modern(), "名册.csv", tmp_path).notes == ("name-differs",)
    assert opened(makers.old(), "名册", tmp_path).notes == ("name-differs",)


@pytest.mark.parametrize(
    ("contents", "id"),
    [
        (b"", "file-empty"),
        (b"\n\n , ,\n", "file-blank"),
        (makers.modern([]), "file-blank"),
        (stream("EncryptedPackage"), "file-password"),
        (stream("WordDocument"), "file-other"),
        (stream("PowerPoint Document"), "file-other"),
        (stream("Something"), "file-unknown"),
        (stream("Workbook"), "file-damaged"),
        (makers.zipped({"word/document.xml": "x", "[Content_Types].xml": ""}), "file-other"),
        (makers.zipped({"mimetype": "x", "content.xml": "x"}), "file-to-save-again"),
        (makers.zipped({"xl/workbook.bin": "x"}), "file-to-save-again"),
        (makers.zipped({"名册.xlsx": makers.modern()}), "file-packed"),
        (b"Rar!\x1a\x07\x01\0" + bytes(99), "file-packed"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "file-other"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "file-other"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "file-other"),
        (b"\0\0\0\x18ftypheic" + bytes(99), "file-other"),
        (bytes(range(256)) * 9, "file-unknown"),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "file-to-save-again"),
        (b"<html><body>404</body></html>", "file-no-table"),
        (b"<?xml version='1.0'?><a/>", "file-other"),
        (makers.XML_2003.replace("?><?mso", "?><!DOCTYPE a><?mso").encode(), "file-unsafe"),
        (makers.XML_2003[:-30].encode(), "file-damaged"),
        (makers.modern()[:-200], "file-damaged"),
    ],
)
def test_what_is_refused(contents: bytes, id: str, tmp_path: Path) -> None:
    with pytest.raises(NotOpened) as refusal:
        opened(contents, "名册.xlsx", tmp_path)
    assert refusal.value.id == id
    for english in (False, True):
        sentence = told(id, refusal.value.facts, english=english)
        assert "名册.xlsx" in sentence
        assert "{" not in sentence


@pytest.mark.parametrize(
    ("more", "id"),
    [
        ({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'}, "file-unsafe"),
        ({"xl/sharedStrings.xml": "<!DOCTYPE sst><sst/>"}, "file-unsafe"),
        ({"XL\\Workbook.xml": "twice"}, "file-unsafe"),
        ({"xl/worksheets/s1.xml": "<worksheet><sheetData>"}, "file-damaged"),
        ({"xl/worksheets/s1.xml": SHEET.replace("<row>", '<row r="0">')}, "file-damaged"),
        ({"xl/worksheets/s1.xml": SHEET.replace("<c>", '<c r="ZZZZ1">')}, "file-damaged"),
        ({"xl/worksheets/s1.xml": SHEET.replace("<c>", '<c t="s">')}, None),
        ({"xl/worksheets/s1.xml": SHEET.replace("<c><v>1", '<c t="s"><v>9')}, "file-damaged"),
        ({"xl/_rels/workbook.xml.rels": "<Relationships/>"}, "file-blank"),
        ({"xl/styles.xml": "<styleSheet><numFmts>"}, "file-damaged"),
    ],
)
def test_workbooks_with_odd_parts(more: dict[str, str], id: str | None, tmp_path: Path) -> None:
    contents = makers.zipped(makers.parts(SHEET, more=more))
    if id is None:
        assert opened(contents, "a.xlsx", tmp_path).sheets[0].rows == 1
        return
    with pytest.raises(NotOpened) as refusal:
        opened(contents, "a.xlsx", tmp_path)
    assert refusal.value.id == id


def test_a_sealed_archive_has_a_password(tmp_path: Path) -> None:
    contents = bytearray(makers.zipped(makers.parts(SHEET)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), bytes(contents)):
            struct.pack_into("<H", contents, found.start() + place, 1)
    with pytest.raises(NotOpened) as refusal:
        opened(bytes(contents), "a.xlsx", tmp_path)
    assert refusal.value.id == "file-password"


def test_every_sentence_has_the_same_facts_in_both_languages() -> None:
    for id, (zh, en) in (REFUSALS | NOTES).items():
        facts = [set(re.findall(r"{(\w+?)(?:_en)?}", sentence)) for sentence in (zh, en)]
        assert facts[0] == facts[1], id
        assert zh.endswith("。"), id
        assert en.endswith((".", "?")), id
        assert ord(max(zh)) > 0x4E00 > ord(max(en)), id
