"""Rows of a list as a workbook or as comma-separated text, for people and their printers.

The data set of :mod:`jinwei.ledgers.portable` is for machines; this is what stands on the screen,
on all its pages, with names beside codes.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from itertools import chain, islice
from typing import Any, Final, TypeVar
from xml.sax.saxutils import escape

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from jinwei.engine.catalogue import BOOLEAN, DATE, HUNDREDTHS, WHOLE, Column
from jinwei.members.models import Member
from jinwei.organizations.facts import FactModel

from .lists import path

Row = TypeVar("Row", bound=FactModel)
Typed = str | int | Decimal | dt.date | None
Say = Callable[[Column, Any], str]
"""The words for a code, a yes or a no."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is taken for a formula by spreadsheets."""
_FORMATS: Final = {DATE: "yyyy-mm-dd", HUNDREDTHS: "#,##0.00"}
_WIDTHS: Final = {DATE: 12, WHOLE: 8, HUNDREDTHS: 12, BOOLEAN: 8}
_WIDEST: Final = 40
_MEASURED: Final = 200
_SHEET: Final = "xl/worksheets/sheet1.xml"
_QUOTED: Final = "quoted"
_EXTENT: Final = re.compile(rb"<dimension [^>]*/>")
_DAY_ZERO: Final = dt.date(1899, 12, 30)
_FIRST_DAY: Final = dt.date(1900, 3, 1)
"""Before it, the day numbers of spreadsheets are one off; such days are written as text."""
_CHUNK: Final = 2000
_A4: Final = 9
_NAMED: Final = {
    "organization": "组织名称",
    "parent": "上级组织名称",
    "member": "姓名",
    "with_member": "谈话对象姓名",
}
"""Columns whose code is followed by a name, and how that is headed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to write: its title, heading and kind of each column, and the rows."""

    title: str
    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: Iterable[tuple[Typed, ...]]


def sheet_of(title: str, rows: QuerySet[Row], columns: Sequence[Column], say: Say) -> Sheet:
    """The rows, in their order, with the headings of data sets; read as they are written."""
    headings, kinds = [], []
    for column in columns:
        headings.append(column.heading)
        kinds.append(column.kind)
        if column.name in _NAMED:
            headings.append(_NAMED[column.name])
            kinds.append("text")
    return Sheet(title, tuple(headings), tuple(kinds), _typed_rows(rows, columns, say))


def workbook(sheet: Sheet) -> bytes:
    """An xlsx file: typed cells, a frozen head that repeats on every A4 page, no formulas.

    openpyxl makes everything but the rows, which are written into its sheet: a hundred times
    as fast, and what is long is never held twice.
    """
    rows = iter(sheet.rows)
    first = list(islice(rows, _MEASURED))
    empty, styles = _empty_book(sheet, first)
    out = io.BytesIO()
    with zipfile.ZipFile(empty) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in book.namelist():
            content = book.read(part)
            with new.open(part, "w") as file:
                if part != _SHEET:
                    file.write(content)
                    continue
                head, end, tail = _EXTENT.sub(b"", content).partition(b"</sheetData>")
                file.write(head)
                for at, row in enumerate(chain(first, rows), 2):
                    file.write(_row(at, row, sheet.kinds, styles).encode())
                file.write(end + tail)
    return out.getvalue()


def comma_separated(sheet: Sheet) -> bytes:
    """UTF-8 with the mark at the beginning by which spreadsheets know it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sheet.headings)
    for row in sheet.rows:
        writer.writerow([_text(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _typed_rows(
    rows: QuerySet[Row], columns: Sequence[Column], say: Say
) -> Iterator[tuple[Typed, ...]]:
    table = rows.model.table()
    if table.name == "post":
        holders = Member.objects.filter(code=OuterRef("member"))
        annotated: Any = rows.annotate(holder=Subquery(holders.values("name")[:1]))
        rows = annotated
    paths: list[str] = []
    for column in columns:
        where = path(table, column.name)
        paths.append(where)
        if column.name in _NAMED:
            paths.append("holder" if column.refers_to is None else f"{where}__name")
    for values in rows.values_list(*paths).iterator(chunk_size=_CHUNK):
        at = iter(values)
        typed: list[Typed] = []
        for column in columns:
            typed.append(_typed(column, next(at), say))
            if column.name in _NAMED:
                typed.append(next(at))
        yield tuple(typed)


def _typed(column: Column, value: Any, say: Say) -> Typed:
    if value is None or isinstance(value, dt.date):
        return value
    if column.kind == HUNDREDTHS:
        return Decimal(int(value)).scaleb(-2)
    if column.kind == WHOLE:
        return int(value)
    return str(value) if column.refers_to else say(column, value)


# --- workbooks ----------------------------------------------------------------------------------


def _empty_book(
    sheet: Sheet, first: list[tuple[Typed, ...]]
) -> tuple[io.BytesIO, Mapping[str, int]]:
    """The workbook with its head alone, and the numbers of the styles that rows use."""
    openpyxl: Any = import_module("openpyxl")
    properties: Any = import_module("openpyxl.worksheet.properties")
    book = openpyxl.Workbook()
    paper = book.active
    paper.title = _tab(sheet.title)
    new, bold = openpyxl.cell.Cell, openpyxl.styles.Font(bold=True)
    styles = {}
    for name, number_format in _FORMATS.items():
        sample = new(paper, row=1, column=1)
        sample.number_format = number_format
        styles[name] = sample.style_id
    sample = new(paper, row=1, column=1)
    sample.quotePrefix = True
    styles[_QUOTED] = sample.style_id
    for at, (text, width) in enumerate(zip(sheet.headings, _widths(sheet, first), strict=True), 1):
        cell = paper.cell(1, at, text)
        cell.font = bold
        paper.column_dimensions[cell.column_letter].width = width
    paper.freeze_panes = "A2"
    paper.print_title_rows = "1:1"
    paper.page_setup.orientation = "landscape"
    paper.page_setup.paperSize = _A4
    paper.page_setup.fitToHeight = 0
    paper.sheet_properties.pageSetUpPr = properties.PageSetupProperties(fitToPage=True)
    paper.oddHeader.center.text = sheet.title.replace("&", "&&")
    paper.oddFooter.center.text = _("第 %(page)s 页，共 %(pages)s 页") % {
        "page": "&P",
        "pages": "&N",
    }
    out = io.BytesIO()
    book.save(out)
    return out, styles


def _row(at: int, row: tuple[Typed, ...], kinds: tuple[str, ...], styles: Mapping[str, int]) -> str:
    letter: Any = import_module("openpyxl.utils").get_column_letter
    cells = (
        f'<c r="{letter(place)}{at}"{_cell(value, kind, styles)}</c>'
        for place, (value, kind) in enumerate(zip(row, kinds, strict=True), 1)
        if value is not None
    )
    return f'<row r="{at}">{"".join(cells)}</row>'


def _cell(value: Typed, kind: str, styles: Mapping[str, int]) -> str:
    """Style and type of a cell, and what is in it."""
    style = f' s="{styles[kind]}"' if kind in styles else ""
    if isinstance(value, dt.date):
        if not isinstance(value, dt.datetime) and value >= _FIRST_DAY:
            return f"{style}><v>{(value - _DAY_ZERO).days}</v>"
        value = _text(value)
    if not isinstance(value, str):
        return f"{style}><v>{value}</v>"
    quoted = f' s="{styles[_QUOTED]}"' if value.startswith(_FORMULA) else ""
    text = escape(_printable(value))
    return f'{quoted} t="inlineStr"><is><t xml:space="preserve">{text}</t></is>'


def _widths(sheet: Sheet, first: list[tuple[Typed, ...]]) -> Iterator[int]:
    for at, (heading, kind) in enumerate(zip(sheet.headings, sheet.kinds, strict=True)):
        longest = max(map(_wide, (heading, *(_text(row[at]) for row in first))))
        yield max(_WIDTHS.get(kind, 0), min(longest + 2, _WIDEST))


def _wide(text: str) -> int:
    """How many narrow characters a text is wide; Chinese ones are two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _printable(text: str) -> str:
    """Without control characters, which no workbook may hold."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 32)


def _tab(title: str) -> str:
    return "".join("－" if c in r"[]:*?/\'" else c for c in title)[:31]


def _text(value: Typed) -> str:
    """As comma-separated text holds it; nothing that a spreadsheet would reckon."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, dt.date) else f"{value}"
