"""Writing a data set as a workbook, a folder of CSV or Parquet files, or one YAML file."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from jinwei.datasets.dataset import Dataset, Row, Value
from jinwei.engine.catalogue import (
    BOOLEAN,
    CATALOGUE,
    DATE,
    HUNDREDTHS,
    WHOLE,
    Catalogue,
    Column,
    Table,
)

Form: TypeAlias = Literal["csv", "parquet", "workbook", "yaml"]
Headings: TypeAlias = Literal["en", "zh"]

_FIRST_EXCEL_DAY: Final = "1900-03-01"
"""Before it, the day numbers of spreadsheets are one off; such dates are written as text."""
_WIDTHS: Final = {DATE: 12, WHOLE: 10, HUNDREDTHS: 12, BOOLEAN: 8}
_WIDEST: Final = 40
_MEASURED: Final = 200


def write_dataset(
    dataset: Dataset,
    path: str | PathLike[str],
    *,
    form: Form,
    headings: Headings = "en",
    catalogue: Catalogue = CATALOGUE,
) -> None:
    """Write every table that has rows; reading the result gives the same data set.

    ``csv`` and ``parquet`` make the folder ``path`` with a file for each table, ``workbook`` and
    ``yaml`` one file. ``headings`` chooses the language of table and column names, and of codes.
    CSV files are UTF-8, with the mark at the beginning by which Excel knows it where the headings
    are Chinese.
    Raises ValueError for a data set without rows and FileExistsError for a folder with files in
    it, which could be taken for tables of this data set.
    """
    tables = [table for table in catalogue.tables if dataset.rows(table.name)]
    if not tables:
        raise ValueError("the data set has no rows")
    target = Path(path)
    if form in ("csv", "parquet"):
        target.mkdir(parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise FileExistsError(f"{target} is not empty")
    spoken = _in_chinese(dataset, tables) if headings == "zh" else dataset
    _WRITERS[form](spoken, tables, target, headings)


def _in_chinese(dataset: Dataset, tables: list[Table]) -> Dataset:
    """Codes as the Chinese words that readers of Chinese headings expect, and take back."""
    return Dataset({table.name: _coded_rows(table, dataset) for table in tables})


def _coded_rows(table: Table, dataset: Dataset) -> list[Row]:
    coded = [(at, column.codes) for at, column in enumerate(table.stored) if column.codes]
    if not coded:
        return dataset.rows(table.name)
    rows = []
    for row in dataset.rows(table.name):
        cells = list(row)
        for at, words in coded:
            cells[at] = words.get(str(cells[at]), cells[at])
        rows.append(tuple(cells))
    return rows


def _name(of: Table | Column, headings: Headings) -> str:
    return of.heading if headings == "zh" else of.name


def _names(table: Table, headings: Headings) -> list[str]:
    return [_name(column, headings) for column in table.stored]


def amount_text(hundredths: int) -> str:
    """Hundredths as units with two decimals.

    >>> amount_text(-5)
    '-0.05'
    """
    units, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{units}.{rest:02}"


def _text_of(column: Column) -> Callable[[Value], str]:
    if column.kind == HUNDREDTHS:
        return lambda value: "" if value is None else amount_text(int(value))
    if column.kind == BOOLEAN:
        return lambda value: "" if value is None else "true" if value else "false"
    return lambda value: "" if value is None else str(value)


def _write_csv(dataset: Dataset, tables: list[Table], target: Path, headings: Headings) -> None:
    encoding = "utf-8-sig" if headings == "zh" else "utf-8"
    for table in tables:
        file = target / f"{_name(table, headings)}.csv"
        with file.open("w", encoding=encoding, newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(_names(table, headings))
            cells = zip(*dataset.rows(table.name), strict=True)
            texts = (map(_text_of(c), v) for c, v in zip(table.stored, cells, strict=True))
            writer.writerows(zip(*texts, strict=True))


def _write_parquet(dataset: Dataset, tables: list[Table], target: Path, headings: Headings) -> None:
    pyarrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    types = {
        DATE: pyarrow.date32(),
        WHOLE: pyarrow.int64(),
        HUNDREDTHS: pyarrow.decimal128(17, 2),
        BOOLEAN: pyarrow.bool_(),
    }
    for table in tables:
        arrays = []
        columns = zip(*dataset.rows(table.name), strict=True)
        for column, cells in zip(table.stored, columns, strict=True):
            convert = _native(column)
            kind = types.get(column.kind, pyarrow.string())
            arrays.append(pyarrow.array([convert(cell) for cell in cells], kind))
        made = pyarrow.table(arrays, names=_names(table, headings))
        parquet.write_table(made, target / f"{_name(table, headings)}.parquet")


def _native(column: Column) -> Callable[[Value], object]:
    """Stored values as Python's own dates and exact amounts."""
    if column.kind == DATE:
        return lambda value: None if value is None else date.fromisoformat(str(value))
    if column.kind == HUNDREDTHS:
        return lambda value: None if value is None else Decimal(int(value)).scaleb(-2)
    return lambda value: value


def _write_workbook(
    dataset: Dataset, tables: list[Table], target: Path, headings: Headings
) -> None:
    openpyxl: Any = import_module("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(_name(table, headings))
        sheet.freeze_panes = "A2"
        rows = dataset.rows(table.name)
        for at, column in enumerate(table.stored):
            letter = openpyxl.utils.get_column_letter(at + 1)
            sheet.column_dimensions[letter].width = _width(column, at, rows, headings)
        for row in _sheet_rows(sheet, table, rows, headings):
            sheet.append(row)
    book.save(target)


def _width(column: Column, at: int, rows: list[Row], headings: Headings) -> int:
    name = _name(column, headings)
    longest = max(map(_cells_wide, (name, *(str(row[at] or "") for row in rows[:_MEASURED]))))
    return max(_WIDTHS.get(column.kind, 0), min(longest + 2, _WIDEST))


def _cells_wide(text: str) -> int:
    """Latin letters are one wide, Chinese characters two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _sheet_rows(
    sheet: Any, table: Table, rows: list[Row], headings: Headings
) -> Iterator[list[object]]:
    cell_of = import_module("openpyxl.cell").WriteOnlyCell
    bold = import_module("openpyxl.styles").Font(bold=True)
    heads = [cell_of(sheet, name) for name in _names(table, headings)]
    for head in heads:
        head.font = bold
    yield heads
    makers = [_sheet_cell(sheet, column, cell_of) for column in table.stored]
    for row in rows:
        yield [make(value) for make, value in zip(makers, row, strict=True)]


def _sheet_cell(sheet: Any, column: Column, cell_of: Any) -> Callable[[Value], object]:
    """What makes a cell of a stored value; text stays text, also where it looks like a formula."""

    def text(value: Value) -> object:
        cell = cell_of(sheet, value)
        if value is not None:
            cell.data_type = "s"
        return cell

    def day(value: Value) -> object:
        if value is None or str(value) < _FIRST_EXCEL_DAY:
            return text(value)
        cell = cell_of(sheet, date.fromisoformat(str(value)))
        cell.number_format = "yyyy-mm-dd"
        return cell

    def amount(value: Value) -> object:
        cell = cell_of(sheet, None if value is None else Decimal(int(value)).scaleb(-2))
        cell.number_format = "0.00"
        return cell

    if column.kind in (WHOLE, BOOLEAN):
        return lambda value: value
    return {DATE: day, HUNDREDTHS: amount}.get(column.kind, text)


_PLAIN: Final = re.compile("[A-Za-z\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff-]*")
_NOT_PLAIN: Final = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n"])
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def yaml_text(text: str) -> str:
    """A text as YAML 1.1 and 1.2 read it back: plain where it can only be text, else quoted."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def _yaml_of(column: Column) -> Callable[[Value], str]:
    if column.kind in (WHOLE, HUNDREDTHS, BOOLEAN):
        return _text_of(column)
    return lambda value: yaml_text(str(value))


def _write_yaml(dataset: Dataset, tables: list[Table], target: Path, headings: Headings) -> None:
    with target.open("w", encoding="utf-8", newline="\n") as out:
        for table in tables:
            out.write(f"{_name(table, headings)}:\n")
            out.writelines(_yaml_rows(table, dataset, headings))


def _yaml_rows(table: Table, dataset: Dataset, headings: Headings) -> Iterator[str]:
    names = _names(table, headings)
    texts = [_yaml_of(column) for column in table.stored]
    for row in dataset.rows(table.name):
        cells = zip(names, texts, row, strict=True)
        given = [f"{name}: {text(value)}" for name, text, value in cells if value is not None]
        yield "- " + "\n  ".join(given) + "\n"


_WRITERS: Final[dict[str, Callable[[Dataset, list[Table], Path, Headings], None]]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "workbook": _write_workbook,
    "yaml": _write_yaml,
}
