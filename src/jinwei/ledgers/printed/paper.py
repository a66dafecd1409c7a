"""A book as a workbook that prints on A4 as it stands: ruled, typed, its head on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from itertools import groupby, pairwise
from typing import Any, Final

from jinwei.engine.catalogue import DATE, HUNDREDTHS, WHOLE
from jinwei.ledgers.cells import QUOTED, TEXT, Line, Typed, said, samples, tab, wide, with_rows
from jinwei.ledgers.export import set_up

from .page import BIRTH, CENTER, NUMBER, OWED, POINTS, Column, Owed, Page
from .words import TOTAL, unpaid

_BODY: Final = ("宋体", 10.5)
_HEADING: Final = ("黑体", 10.5)
_TITLE: Final = ("黑体", 18)
_LINE: Final = 16
"""Points of height that one line of text takes."""
_AIR: Final = 8
_MARKED: Final = "FFF2CC"
_FORMATS: Final = {
    DATE: "yyyy-mm-dd",
    BIRTH: "yyyy.mm",
    HUNDREDTHS: "#,##0.00",
    POINTS: "0.00",
    WHOLE: "#,##0",
}
_LEFT: Final = (TEXT, QUOTED)
_RIGHT: Final = (HUNDREDTHS, POINTS, WHOLE, OWED)
_MARGINS: Final = {
    **{"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.8},
    **{"header": 0.3, "footer": 0.4},
}


def paper(page: Page) -> bytes:
    """The file; what the page says stands in it as cells of its type, without formulas."""
    page = replace(page, columns=tuple(_fitted(page)))
    book, styles, head = _head(page)
    lines = [*_rows(page), *_foot(page)]
    _merge(book.active, page, head)
    return with_rows(book, lines, styles, head + 1)


def _fitted(page: Page) -> Iterator[Column]:
    """The columns; those of text wider where that spares a second line, amounts as they need."""
    lines = [*page.rows, page.totals or ()]
    for at, column in enumerate(page.columns, -1):
        least, most = column.width, column.width
        if at >= 0 and column.kind in (TEXT, HUNDREDTHS):
            cells = [line[at] for line in lines if line]
            least = max(map(_wide, cells), default=0) + 2
            most = column.width * 7 // 5 if column.kind == TEXT else least
        yield replace(column, width=max(column.width, min(least, most)))


def _wide(cell: Typed | Owed) -> int:
    if isinstance(cell, Owed):
        return 0
    return wide(f"{cell:,}" if isinstance(cell, Decimal) else said(cell))


# --- the head -----------------------------------------------------------------------------------


def _head(page: Page) -> tuple[Any, dict[str, int], int]:
    """The workbook with title and header, the styles of its cells, and the last row of the head."""
    openpyxl: Any = import_module("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = tab(page.title)
    styles = samples(sheet, _looks())
    last = len(page.columns)
    _write(sheet, 1, 1, page.title, _TITLE, "center")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    sheet.row_dimensions[1].height = 36
    half = max(1, last // 2)
    _write(sheet, 2, 1, page.unit, _BODY, "left")
    _write(sheet, 2, half + 1, page.dated, _BODY, "right")
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=half)
    sheet.merge_cells(start_row=2, start_column=half + 1, end_row=2, end_column=last)
    sheet.row_dimensions[2].height = 22
    head = _header(sheet, page.columns)
    letter: Any = openpyxl.utils.get_column_letter
    for at, column in enumerate(page.columns, 1):
        sheet.column_dimensions[letter(at)].width = column.width
    sheet.freeze_panes = f"{letter(page.frozen + 1)}{head + 1}"
    sheet.print_title_rows = f"1:{head}"
    sheet.print_options.horizontalCentered = True
    for side, inches in _MARGINS.items():
        setattr(sheet.page_margins, side, inches)
    set_up(sheet, landscape=page.landscape)
    return book, styles, head


def _header(sheet: Any, columns: Sequence[Column]) -> int:
    """One line of headings, or two where some stand under a common one; gives its last row."""
    deep = any(column.above for column in columns)
    last = 4 if deep else 3
    at = 1
    for above, group in groupby(columns, key=lambda column: column.above):
        under = list(group)
        for offset, column in enumerate(under):
            _ruled(sheet, 3, at + offset, above or column.heading)
            if deep:
                _ruled(sheet, 4, at + offset, column.heading if above else None)
        if above:
            sheet.merge_cells(
                start_row=3, start_column=at, end_row=3, end_column=at + len(under) - 1
            )
        elif deep:
            for place in range(at, at + len(under)):
                sheet.merge_cells(start_row=3, start_column=place, end_row=4, end_column=place)
        at += len(under)
    for row in range(3, last + 1):
        shown = [c for c in columns if (row == last if c.above else row == 3)]
        deepest = max((_lines(c.heading, c.width) for c in shown), default=1)
        sheet.row_dimensions[row].height = _AIR + _LINE * (1 if deep and row == 3 else deepest)
    return last


def _write(sheet: Any, row: int, column: int, text: str, font: tuple[str, float], at: str) -> None:
    styles: Any = import_module("openpyxl.styles")
    cell = sheet.cell(row, column, text)
    cell.data_type = "s"
    cell.font = styles.Font(name=font[0], size=font[1])
    cell.alignment = styles.Alignment(horizontal=at, vertical="center")


def _ruled(sheet: Any, row: int, column: int, text: str | None) -> None:
    styles: Any = import_module("openpyxl.styles")
    cell = sheet.cell(row, column, text)
    cell.font = styles.Font(name=_HEADING[0], size=_HEADING[1])
    cell.alignment = styles.Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _border()


def _merge(sheet: Any, page: Page, head: int) -> None:
    """What goes across the sheet below the head; the rows themselves are written elsewhere."""
    last, row = len(page.columns), head
    if not page.rows:
        row += 1
        _across(sheet, row, 1, last)
    row += len(page.rows) + (page.totals is not None and bool(page.rows))
    for _note in page.notes:
        row += 1
        _across(sheet, row, 1, last)
    if page.signatures:
        for first, end in _thirds(last, len(page.signatures)):
            _across(sheet, row + 1, first, end)


def _across(sheet: Any, row: int, first: int, last: int) -> None:
    letter: Any = import_module("openpyxl.utils").get_column_letter
    if last > first:
        sheet.merged_cells.add(f"{letter(first)}{row}:{letter(last)}{row}")


# --- what rows look like ------------------------------------------------------------------------


def _border() -> Any:
    styles: Any = import_module("openpyxl.styles")
    side = styles.Side(style="thin", color="595959")
    return styles.Border(left=side, right=side, top=side, bottom=side)


def _looks() -> dict[str, dict[str, Any]]:
    styles: Any = import_module("openpyxl.styles")
    font, border = styles.Font(name=_BODY[0], size=_BODY[1]), _border()
    looks: dict[str, dict[str, Any]] = {}
    for kind in (TEXT, QUOTED, CENTER, NUMBER, DATE, BIRTH, HUNDREDTHS, POINTS, WHOLE, OWED):
        across = "left" if kind in _LEFT else "right" if kind in _RIGHT else "center"
        place = styles.Alignment(horizontal=across, vertical="center", wrap_text=True)
        look: dict[str, Any] = {"font": font, "border": border, "alignment": place}
        if kind in _FORMATS:
            look["number_format"] = _FORMATS[kind]
        looks[kind] = look
    looks[QUOTED]["quotePrefix"] = True
    looks[OWED]["number_format"] = f'#,##0.00;-#,##0.00;"{unpaid()}"'
    looks[OWED]["fill"] = styles.PatternFill("solid", fgColor=_MARKED)
    looks[_FREE] = {"font": font, "alignment": styles.Alignment(vertical="center", wrap_text=True)}
    return looks


_FREE: Final = "free"
"""Text outside the rules."""


def _rows(page: Page) -> Iterator[Line]:
    kinds = [column.kind for column in page.columns]
    if not page.rows:
        blank: list[Typed] = [None] * (len(kinds) - 1)
        yield Line([page.empty, *blank], [CENTER] * len(kinds), 3 * _LINE)
    for number, row in enumerate(page.rows, 1):
        marked = [OWED if isinstance(c, Owed) else k for c, k in zip(row, kinds[1:], strict=True)]
        cells = [cell.amount if isinstance(cell, Owed) else cell for cell in row]
        yield Line([number, *cells], [NUMBER, *marked], _high(page.columns[1:], cells))
    if page.rows and page.totals is not None:
        totals = list(page.totals)
        shown = [k if t is not None else TEXT for t, k in zip(totals, kinds[1:], strict=True)]
        yield Line([str(TOTAL), *totals], [CENTER, *shown], _AIR + _LINE)


def _foot(page: Page) -> Iterator[Line]:
    last = len(page.columns)
    across = sum(column.width for column in page.columns)
    kinds = [_FREE] * last
    for note in page.notes:
        yield Line([note, *[None] * (last - 1)], kinds, _AIR + _LINE * _lines(note, across))
    if page.signatures:
        cells: list[Typed] = [None] * last
        for (first, _end), text in zip(
            _thirds(last, len(page.signatures)), page.signatures, strict=True
        ):
            cells[first - 1] = text
        yield Line(cells, kinds, 2 * _LINE)


def _thirds(columns: int, parts: int) -> list[tuple[int, int]]:
    """The columns of a line in so many parts: the first and the last of each."""
    parts = min(parts, columns)
    ends = [columns * part // parts for part in range(parts + 1)]
    return [(first + 1, end) for first, end in pairwise(ends)]


def _high(columns: Sequence[Column], cells: Sequence[Typed]) -> int:
    most = max(
        _lines(said(cell), column.width) if isinstance(cell, str) else 1
        for cell, column in zip(cells, columns, strict=True)
    )
    return _AIR + _LINE * most


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a Chinese character is two wide."""
    room = max(2, width - 1)
    return max(1, sum(max(1, -(-wide(part) // room)) for part in text.split("\n")))
