"""Separated texts in every encoding of Chinese offices, and cells that are pasted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jinwei.books.files import NotOpened, pasted_book
from jinwei.books.files.separated import separator_of
from jinwei.books.grid import Book, Error, Line, Ruined

from .inner import opened

TEXT = "姓名,支部,月缴\r\n王小明,第一党支部,25.5\r\n\r\n李红,第二党支部,30\r\n"
ROWS = [("姓名", "支部", "月缴"), ("王小明", "第一党支部", "25.5"), ("李红", "第二党支部", "30")]


def cells(book: Book) -> list[tuple[Any, ...]]:
    return [line.cells for line in book.sheets[0].lines]


@pytest.mark.parametrize(
    ("encoding", "mark", "notes"),
    [
        ("utf-8", b"", ()),
        ("utf-8", b"\xef\xbb\xbf", ()),
        ("gbk", b"", ("encoding-guessed",)),
        ("gb18030", b"", ("encoding-guessed",)),
        ("utf-16-le", b"\xff\xfe", ()),
        ("utf-16-be", b"\xfe\xff", ()),
        ("utf-16-le", b"", ()),
        ("utf-16-be", b"", ()),
        ("utf-32-le", b"\xff\xfe\0\0", ()),
    ],
)
def test_encodings(encoding: str, mark: bytes, notes: tuple[str, ...], tmp_path: Path) -> None:
    book = opened(mark + TEXT.encode(encoding), "名册.csv", tmp_path)
    assert cells(book) == ROWS
    assert [line.number for line in book.sheets[0].lines] == [1, 2, 4]
    assert (book.notes, book.sheets[0].name) == (notes, "名册")


def test_rare_characters_of_gb18030(tmp_path: Path) -> None:
    assert cells(opened("㛃,𠮷,㙦\n".encode("gb18030"), "a.csv", tmp_path)) == [("㛃", "𠮷", "㙦")]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators(separator: str, end: str, tmp_path: Path) -> None:
    text = TEXT.replace(",", separator).replace("\r\n", end)
    assert cells(opened(text.encode(), "a.txt", tmp_path)) == ROWS


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("甲\n乙\n", ","),
        ("同志，你好\n今天开会，请到场，谢谢\n没有\n", ","),
        ("a,b;c\na,b;c;d\n", ","),
        ('"x;y;z",1\n"x;y",2\n"x",3\n', ","),
        ("1,5;2,5\n1,5;2\n1;2\n", ";"),
        ("a\tb,c\nd\te\n", "\t"),
    ],
)
def test_which_separator(sample: str, expected: str) -> None:
    assert separator_of(sample) == expected


def test_a_first_line_that_says_the_separator(tmp_path: Path) -> None:
    assert cells(opened(b"sep=;\r\n1,5;2\r\n", "a.csv", tmp_path)) == [("1,5", "2")]


def test_quoted_cells(tmp_path: Path) -> None:
    text = '姓名,地址\n王小明,"朝阳区, ""一""号\n二层"\n'
    book = opened(text.encode(), "a.csv", tmp_path)
    assert cells(book)[1] == ("王小明", '朝阳区, "一"号\n二层')


def test_cells_of_a_text_that_are_more_than_text(tmp_path: Path) -> None:
    text = '="007",1.10101E+17,#N/A,\t110101199001011237,=1+1\n'
    (row,) = cells(opened(text.encode(), "a.csv", tmp_path))
    assert row == ("007", Ruined("1.10101E+17"), Error("#N/A"), "\t110101199001011237", "=1+1")


@pytest.mark.parametrize("quote", ['a,b\n"c,d\n' + "e,f\n" * 100, 'a,b\n"c' + "e,f\n" * 40000])
def test_a_quotation_mark_that_is_never_closed(quote: str, tmp_path: Path) -> None:
    with pytest.raises(NotOpened) as refusal:
        opened(quote.encode(), "a.csv", tmp_path)
    assert (refusal.value.id, refusal.value.facts["row"]) == ("file-quotes", "2")


def test_damaged_bytes_do_not_make_utf_8_into_gbk(tmp_path: Path) -> None:
    book = opened(TEXT.encode() * 20 + b"\xff,\n", "a.csv", tmp_path)
    assert cells(book)[0] == ROWS[0]
    assert book.notes == ("garbled-text",)


def test_utf_8_that_was_cut_within_a_character(tmp_path: Path) -> None:
    book = opened("姓名,支部\n王小明,第一党支部".encode()[:-1], "a.csv", tmp_path)
    assert cells(book)[1] == ("王小明", "第一党支\ufffd")


@pytest.mark.parametrize(
    "text",
    [
        "姓名,党支部,锟斤拷",
        "烫烫烫",
        "姓名,党员".encode().decode("gbk", "replace"),
        "姓名,党员".encode().decode("latin-1"),
    ],
)
def test_garbled_text_is_told(text: str, tmp_path: Path) -> None:
    assert "garbled-text" in opened(text.encode(), "a.csv", tmp_path).notes


@pytest.mark.parametrize("text", ["Müller,François", "涓涓细流,鍏", "斤拷", "屯溪,烫伤"])
def test_lookalikes_of_garbled_text(text: str, tmp_path: Path) -> None:
    assert opened(text.encode(), "a.csv", tmp_path).notes == ()


def test_cells_as_they_are_pasted() -> None:
    book = pasted_book('姓名\t地址\r\n王小明\t"一层\n二层"\r\n\t\r\n李红\t\t3\r\n')
    assert list(book.sheets[0].lines) == [
        Line(1, ("姓名", "地址")),
        Line(2, ("王小明", "一层\n二层")),
        Line(4, ("李红", None, "3")),
    ]


def test_pasted_without_tabs() -> None:
    assert cells(pasted_book("甲，乙\n丙，丁\n")) == [("甲", "乙"), ("丙", "丁")]
    assert cells(pasted_book("王小明\n李红")) == [("王小明",), ("李红",)]


@pytest.mark.parametrize(
    ("text", "id"),
    [("", "pasted-nothing"), (" \t\n", "pasted-nothing"), ("a" * 2_000_001, "pasted-too-much")],
)
def test_what_is_not_taken_as_pasted(text: str, id: str) -> None:
    with pytest.raises(NotOpened) as refusal:
        pasted_book(text)
    assert refusal.value.id == id
