"""Rows of a list as a workbook or as comma-separated text, for people and their printers.

The data set of :mod:`jinwei.ledgers.portable` is for machines; this is what stands on the screen,
on all its pages, with names beside codes.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from itertools import chain, islice
from typing import Any, Final, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from jinwei.engine.catalogue import BOOLEAN, DATE, HUNDREDTHS, WHOLE, Column
from jinwei.members.models import Member
from jinwei.organizations.facts import FactModel

from .cells import FORMULA, QUOTED, Line, Styles, Typed, said, samples, tab, wide, with_rows
from .lists import path

__all__ = ["Sheet", "Typed", "comma_separated", "set_up", "sheet_of", "workbook"]

Row = TypeVar("Row", bound=FactModel)
Say = Callable[[Column, Any], str]
"""The words for a code, a yes or a no."""

_FORMATS: Final = {DATE: "yyyy-mm-dd", HUNDREDTHS: "#,##0.00"}
_WIDTHS: Final = {DATE: 12, WHOLE: 8, HUNDREDTHS: 12, BOOLEAN: 8}
_WIDEST: Final = 40
_MEASURED: Final = 200
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
    """An xlsx file: typed cells, a frozen head that repeats on every A4 page, no formulas."""
    rows = iter(sheet.rows)
    first = list(islice(rows, _MEASURED))
    book, styles = _empty_book(sheet, first)
    lines = (Line(row, sheet.kinds) for row in chain(first, rows))
    return with_rows(book, lines, styles, 2)


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


def _empty_book(sheet: Sheet, first: list[tuple[Typed, ...]]) -> tuple[Any, Styles]:
    """The workbook with its head alone, and the numbers of the styles that rows use."""
    openpyxl: Any = import_module("openpyxl")
    book = openpyxl.Workbook()
    paper = book.active
    paper.title = tab(sheet.title)
    bold = openpyxl.styles.Font(bold=True)
    formats = {kind: {"number_format": text} for kind, text in _FORMATS.items()}
    styles = samples(paper, {**formats, QUOTED: {"quotePrefix": True}})
    for at, (text, width) in enumerate(zip(sheet.headings, _widths(sheet, first), strict=True), 1):
        cell = paper.cell(1, at, text)
        cell.font = bold
        paper.column_dimensions[cell.column_letter].width = width
    paper.freeze_panes = "A2"
    paper.print_title_rows = "1:1"
    set_up(paper, landscape=True)
    paper.oddHeader.center.text = sheet.title.replace("&", "&&")
    return book, styles


def set_up(paper: Any, *, landscape: bool) -> None:
    """A sheet for the printer: A4, as wide as the paper, pages numbered."""
    properties: Any = import_module("openpyxl.worksheet.properties")
    paper.page_setup.orientation = "landscape" if landscape else "portrait"
    paper.page_setup.paperSize = _A4
    paper.page_setup.fitToHeight = 0
    paper.sheet_properties.pageSetUpPr = properties.PageSetupProperties(fitToPage=True)
    paper.oddFooter.center.text = _("第 %(page)s 页，共 %(pages)s 页") % {
        "page": "&P",
        "pages": "&N",
    }


def _widths(sheet: Sheet, first: list[tuple[Typed, ...]]) -> Iterator[int]:
    for at, (heading, kind) in enumerate(zip(sheet.headings, sheet.kinds, strict=True)):
        longest = max(map(wide, (heading, *(_text(row[at]) for row in first))))
        yield max(_WIDTHS.get(kind, 0), min(longest + 2, _WIDEST))


def _text(value: Typed) -> str:
    """As comma-separated text holds it; nothing that a spreadsheet would reckon."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return said(value)
