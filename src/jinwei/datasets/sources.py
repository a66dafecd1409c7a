"""Raw tables from workbooks, CSV and Parquet files; what cannot be read goes to the report."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, cast

from jinwei.datasets import kinds
from jinwei.datasets.report import ENTRIES, Report
from jinwei.datasets.shape import RawTable

_ENCODINGS: Final = ("utf-8-sig", "gb18030")


def read_workbook(path: Path, report: Report) -> list[RawTable]:
    """A table for each sheet; a blank sheet is passed over unless it is all there is."""
    try:
        sheets = _sheets(path)
    except Exception as error:  # a damaged workbook fails in many ways inside openpyxl
        report.about_file(kinds.UNREADABLE, str(path), found=_reason(error))
        return []
    tables = [raw_table(name, rows, str(path)) for name, rows in sheets]
    filled = [table for table in tables if table.headings]
    if not filled:
        report.about_file(kinds.EMPTY, str(path))
    return filled


def _sheets(path: Path) -> list[tuple[str, list[Sequence[object]]]]:
    openpyxl: Any = import_module("openpyxl")
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        sheets = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            sheets.append((str(sheet.title), list(sheet.iter_rows(values_only=True))))
        return sheets
    finally:
        book.close()


def read_csv(path: Path, report: Report) -> list[RawTable]:
    """The table of a CSV file in UTF-8 or GB18030, separated by commas."""
    try:
        text = _decoded(path.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        report.about_file(kinds.UNREADABLE, str(path), found=_reason(error))
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows: list[Sequence[object]] = list(reader)
    except csv.Error as error:
        line = reader.line_num
        report.about_file(kinds.UNREADABLE, str(path), found=_reason(error), line=line)
        return []
    table = raw_table(path.stem, rows, str(path))
    table.lines = table.numbers if reader.line_num == len(rows) else None
    return [table]


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS[:-1]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(_ENCODINGS[-1])


def read_parquet(path: Path, report: Report) -> list[RawTable]:
    """The table of a Parquet file; rows count from 1."""
    try:
        parquet: Any = import_module("pyarrow.parquet")
        table = parquet.ParquetFile(path).read()
        columns: list[Sequence[object]] = [_cells(column) for column in table.columns]
    except Exception as error:  # pyarrow raises its own and the errors of the system
        report.about_file(kinds.UNREADABLE, str(path), found=_reason(error))
        return []
    numbers = range(1, table.num_rows + 1)
    return [RawTable(path.stem, list(table.column_names), columns, numbers, ENTRIES, str(path))]


def _cells(column: Any) -> list[object]:
    """The values of a column; each different one is made into a Python object once."""
    pyarrow: Any = import_module("pyarrow")
    types = pyarrow.types
    if types.is_nested(column.type) or types.is_null(column.type) or not len(column):
        return list(column.to_pylist())
    if types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    encoded = column.combine_chunks().dictionary_encode()
    known = [*encoded.dictionary.to_pylist(), None]
    indices = encoded.indices.fill_null(len(known) - 1).to_pylist()
    return [known[index] for index in indices]


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def raw_table(name: str, rows: list[Sequence[object]], file: str) -> RawTable:
    """A table of rows as a person sees them: the first row that is not blank has the headings.

    Blank rows and wholly blank columns are left out; row numbers count from 1 with the headings.
    """
    at = next((i for i, row in enumerate(rows) if not _blank(row)), len(rows))
    table = RawTable(name, [], [], range(at + 2, len(rows) + 1), file=file)
    if at == len(rows):
        return table
    body = rows[at + 1 :]
    width = max(map(len, rows[at:]))
    if _blank_somewhere({row[0] if row else None for row in body}):
        kept = [(n, row) for n, row in zip(table.numbers, body, strict=True) if not _blank(row)]
        table.numbers, body = [n for n, _ in kept], [row for _, row in kept]
    columns = _turned(body, width)
    headings = [*rows[at], *[None] * (width - len(rows[at]))]
    _without_blank_columns(table, headings, columns)
    return table


def _blank(row: Sequence[object]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)


def _blank_somewhere(cells: set[object]) -> bool:
    if set(map(type, cells)) == {str}:
        return not all(map(str.strip, cast("set[str]", cells)))
    return any(_blank((cell,)) for cell in cells)


def _turned(rows: list[Sequence[object]], width: int) -> list[Sequence[object]]:
    """Rows as ``width`` columns; short rows are filled with None."""
    if not rows:
        return [()] * width
    columns: Iterable[Sequence[object]] = (
        zip(*rows, strict=True) if len(set(map(len, rows))) == 1 else zip_longest(*rows)
    )
    turned = list(columns)
    return [*turned, *[(None,) * len(rows)] * (width - len(turned))]


def _without_blank_columns(
    table: RawTable, headings: list[object], columns: list[Sequence[object]]
) -> None:
    for heading, cells in zip(headings, columns, strict=True):
        if not _blank((heading,)) or not _blank(cells):
            table.headings.append(heading)
            table.columns.append(cells)


FOLDER_READERS: Final[dict[str, Callable[[Path, Report], list[RawTable]]]] = {
    ".csv": read_csv,
    ".parquet": read_parquet,
}
