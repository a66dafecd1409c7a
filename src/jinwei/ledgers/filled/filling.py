"""Filling a template: rows below each other, its looks kept, what has no source marked."""

from __future__ import annotations

import re
from collections.abc import Mapping as Given
from collections.abc import Sequence
from copy import copy
from importlib import import_module
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _

from jinwei.ledgers.cells import FORMULA, Typed

from .mapping import Mapping

_MARK: Final = "FFF2CC"
_REFERENCE: Final = re.compile(r"(?<![A-Za-z0-9_!.])(\$?[A-Z]{1,3}\$?)(\d+)(?![\d(A-Za-z_])")


def fill(
    book: Any,
    mapping: Mapping,
    headings: Sequence[str],
    rows: Sequence[Sequence[Typed]],
    facts: Given[str, Typed],
) -> bytes:
    """The file: ``rows`` under the headings of the source, ``facts`` in their cells.

    More rows than stand ready push down what lies below the table. Text stays text, also where
    it looks like a formula.
    """
    sheet = book[mapping.sheet]
    _make_room(sheet, mapping, max(0, len(rows) - mapping.room))
    places = {heading: at for at, heading in enumerate(headings)}
    column_of: Any = import_module("openpyxl.utils").column_index_from_string
    known = [
        (column_of(letter), places[heading])
        for letter, heading in mapping.columns.items()
        if heading in places
    ]
    for number, row in enumerate(rows):
        for column, at in known:
            put(sheet.cell(mapping.first + number, column), row[at])
    unknown = [x for x in mapping.headed if mapping.columns.get(x) not in places]
    for letter in unknown:
        _mark_column(sheet, column_of(letter), mapping.first, max(1, len(rows)))
    _facts(sheet, mapping, facts, max(0, len(rows) - mapping.room))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def put(cell: Any, value: Typed) -> None:
    """A value as its type; the cell keeps its looks."""
    if type(cell).__name__ == "MergedCell":
        return
    cell.value = value
    if isinstance(value, str) and value.startswith(FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True


# --- what has no source -------------------------------------------------------------------------


def _facts(sheet: Any, mapping: Mapping, facts: Given[str, Typed], more: int) -> None:
    end = mapping.first + mapping.room
    for address, name in mapping.cells.items():
        cell = sheet[address]
        if cell.row >= end:
            cell = sheet.cell(cell.row + more, cell.column)
        value = facts.get(name)
        if value is None:
            _mark(cell)
            _remark(cell)
        else:
            put(cell, value)


def _mark_column(sheet: Any, column: int, first: int, count: int) -> None:
    """Every row is tinted; the first says why."""
    for row in range(first, first + count):
        _mark(sheet.cell(row, column))
    _remark(sheet.cell(first, column))


def _mark(cell: Any) -> None:
    styles: Any = import_module("openpyxl.styles")
    cell.fill = styles.PatternFill("solid", fgColor=_MARK)


def _remark(cell: Any) -> None:
    comments: Any = import_module("openpyxl.comments")
    if type(cell).__name__ != "MergedCell":
        cell.comment = comments.Comment(_("没有来源"), "")


# --- room ---------------------------------------------------------------------------------------


def _make_room(sheet: Any, mapping: Mapping, more: int) -> None:
    """Rows like the first of the table, and everything below it further down."""
    end = mapping.first + mapping.room
    merged = [copy(one) for one in sheet.merged_cells.ranges]
    if more:
        _push_down(sheet, end, more)
    own = [one for one in merged if one.min_row == one.max_row == mapping.first]
    for row in range(end, end + more):
        for column in range(1, sheet.max_column + 1):
            model = sheet.cell(mapping.first, column)
            cell = sheet.cell(row, column)
            cell._style = copy(model._style)
        sheet.row_dimensions[row].height = sheet.row_dimensions[mapping.first].height
        for one in own:
            sheet.merge_cells(
                start_row=row, end_row=row, start_column=one.min_col, end_column=one.max_col
            )


def _push_down(sheet: Any, end: int, more: int) -> None:
    heights = {at: found.height for at, found in sheet.row_dimensions.items() if at >= end}
    below = [one for one in list(sheet.merged_cells.ranges) if one.min_row >= end]
    for one in below:
        sheet.unmerge_cells(str(one))
    if sheet.max_row >= end:
        letter: Any = import_module("openpyxl.utils").get_column_letter
        sheet.move_range(f"A{end}:{letter(sheet.max_column)}{sheet.max_row}", rows=more)
    for one in below:
        one.shift(row_shift=more)
        sheet.merge_cells(str(one))
    for at in heights:
        sheet.row_dimensions[at].height = None
    for at, height in heights.items():
        sheet.row_dimensions[at + more].height = height
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = further_down(cell.value, end - 1, more)


def further_down(formula: str, last: int, more: int) -> str:
    """A formula after rows came in below a row: whoever names it or lower means further down.

    >>> further_down("=SUM(B5:B9)+B3", 9, 4)
    '=SUM(B5:B13)+B3'
    """

    def moved(match: re.Match[str]) -> str:
        row = int(match[2])
        return f"{match[1]}{row + more if row >= last else row}"

    return _REFERENCE.sub(moved, formula)
