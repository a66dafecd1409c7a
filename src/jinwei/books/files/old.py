"""Workbooks of before 2007 (.xls, and .et of WPS)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import xlrd

from ..grid import MOST_COLUMNS, Cell, Error, Merge
from . import cells, limits
from .formats import Shown, shown
from .refusals import NotOpened
from .shelf import Sheet, Shelf

_MACROS: Final = "_VBA_PROJECT_CUR".encode("utf-16-le")


class _Silence:
    """Takes what the library would print about a damaged file."""

    def write(self, _: str) -> int:
        return 0

    def flush(self) -> None:
        return None


def read_old(path: Path, shelf: Shelf) -> None:
    """Give the sheets of a workbook to the shelf; each is loaded as its turn comes."""
    too_big(path, limits.MOST_BYTES_OLD)
    if _MACROS in path.read_bytes():
        shelf.note("macros-ignored")
    with _opened(path, shelf) as book:
        for place in range(book.nsheets):
            _read_sheet(book, book.sheet_by_index(place), shelf)
            book.unload_sheet(place)


def too_big(path: Path, most: int) -> None:
    """:class:`NotOpened` where a file is larger than its kind may be."""
    size = path.stat().st_size
    if size > most:
        found, allowed = size / limits.MEGABYTE, most // limits.MEGABYTE
        raise NotOpened("file-too-big", {"found": f"{found:.1f}", "most": str(allowed)})


def _opened(path: Path, shelf: Shelf) -> Any:
    try:
        return _open(path, layout=True)
    except MemoryError:
        raise
    except Exception as error:
        if "encrypted" in str(error):
            raise NotOpened("file-password") from error
        shelf.note("layout-unknown")
    return _open(path, layout=False)


def _open(path: Path, *, layout: bool) -> Any:
    return xlrd.open_workbook(
        str(path),
        logfile=_Silence(),
        formatting_info=layout,
        on_demand=True,
        ragged_rows=True,
        ignore_workbook_corruption=True,
    )


def _read_sheet(book: Any, found: Any, shelf: Shelf) -> None:
    with shelf.sheet(found.name, hidden=found.visibility != 0) as sheet:
        _layout(found, sheet)
        styles = _Styles(book) if book.formatting_info else None
        for row in range(found.nrows):
            line = [_cell(book, found, row, column, styles) for column in range(found.row_len(row))]
            info = found.rowinfo_map.get(row)
            sheet.take(row + 1, line, bool(info and info.hidden))


def _layout(found: Any, sheet: Sheet) -> None:
    """Hidden columns and merges; the library counts the end of a range exclusively."""
    hidden = (place for place, info in found.colinfo_map.items() if info.hidden)
    sheet.hidden_columns.update(place for place in hidden if place < MOST_COLUMNS)
    for first_row, end_row, first_column, end_column in found.merged_cells:
        sheet.merge(Merge(first_row + 1, first_column, end_row, end_column - 1))


class _Styles(dict[int, Shown | None]):
    """What numbers are shown as, by style; looked up once a style."""

    def __init__(self, book: Any) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, style: int) -> Shown | None:
        key = self._book.xf_list[style].format_key
        format = self._book.format_map.get(key)
        code = format.format_str if format else ""
        self[style] = found = shown(key, code, bool(self._book.datemode))
        return found


def _cell(book: Any, sheet: Any, row: int, column: int, styles: _Styles | None) -> Cell:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_TEXT:
        return cells.text(value)
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        if styles is not None:
            as_shown = styles[sheet.cell_xf_index(row, column)]
            return cells.rounded(value) if as_shown is None else as_shown(value)
        dated = kind == xlrd.XL_CELL_DATE
        return cells.moment(value, from_1904=bool(book.datemode)) if dated else cells.rounded(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return Error(xlrd.error_text_from_code.get(value, "#N/A"))
    return None
