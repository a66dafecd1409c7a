"""Reading a data set from a file, a folder or plain Python rows; all faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Final

from jinwei.datasets import kinds
from jinwei.datasets.checks import check_tables
from jinwei.datasets.dataset import Dataset
from jinwei.datasets.report import ENTRIES, Report
from jinwei.datasets.shape import RawTable, dataset_of, typed_tables
from jinwei.datasets.sources import FOLDER_READERS, read_workbook
from jinwei.datasets.yamls import read_yaml
from jinwei.engine.catalogue import CATALOGUE, Catalogue

_YAML: Final = (".yaml", ".yml")
_WORKBOOKS: Final = (".xlsx", ".xlsm")


def read_dataset(path: str | PathLike[str], catalogue: Catalogue = CATALOGUE) -> Dataset:
    """The data set in a workbook, a YAML file or a folder of .csv or .parquet files.

    Names of tables and columns may be English or Chinese, in any order. Raises
    :class:`DatasetRefused` with every fault; a file that cannot be read is one of them.
    """
    report = Report()
    raw = list(_raw_tables(Path(path), report))
    return _accepted(raw, catalogue, report)


def dataset_from_tables(
    tables: Mapping[str, Sequence[Mapping[str, object]]], catalogue: Catalogue = CATALOGUE
) -> Dataset:
    """The data set of plain rows: ``{"meeting": [{"code": "M1", "held_on": "2025-01-05"}]}``.

    Cells are text, numbers, dates, booleans or None; a column that a row lacks is empty in it.
    Raises :class:`DatasetRefused` with every fault; rows count from 1.
    """
    report = Report()
    raw = [one for name, rows in tables.items() for one in _table_of_rows(name, rows, report)]
    return _accepted(raw, catalogue, report)


def _accepted(raw: Iterable[RawTable], catalogue: Catalogue, report: Report) -> Dataset:
    tables = typed_tables(raw, catalogue, report)
    check_tables(tables, report)
    report.refuse()
    return dataset_of(tables, catalogue)


def _table_of_rows(name: str, rows: object, report: Report) -> Iterable[RawTable]:
    if not isinstance(rows, Sequence) or isinstance(rows, str | bytes):
        _wrong_shape(report, str(name), rows, "一列行", "a list of rows")
        return
    good = [(at, row) for at, row in enumerate(rows, 1) if isinstance(row, Mapping)]
    for at, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            _wrong_shape(report, f"{name}[{at}]", row, "“列名: 值”", "“column: value”")
    headings = list(dict.fromkeys(key for _, row in good for key in row))
    columns: list[Sequence[object]] = [[row.get(key) for _, row in good] for key in headings]
    yield RawTable(str(name), headings, columns, [at for at, _ in good], ENTRIES)


def _wrong_shape(report: Report, where: str, found: object, zh: str, en: str) -> None:
    report.about_file(
        kinds.WRONG_SHAPE,
        None,
        where=where,
        found=f"“{found}”",
        found_zh=f"“{found}”",
        expected_zh=zh,
        expected_en=en,
    )


def _raw_tables(path: Path, report: Report) -> Iterable[RawTable]:
    try:
        kind = path.suffix.lower()
        if path.is_dir():
            return _folder(path, report)
        if not path.exists():
            report.about_file(kinds.MISSING_FILE, str(path), found=path)
        elif kind in _YAML:
            return read_yaml(path, report)
        elif kind in _WORKBOOKS:
            return read_workbook(path, report)
        else:
            report.about_file(kinds.UNSUPPORTED_FILE, str(path), found=path.name)
    except (OSError, ValueError) as error:
        report.about_file(kinds.UNREADABLE, str(path), found=error)
    return ()


def _folder(path: Path, report: Report) -> list[RawTable]:
    """Every data file of a folder; hidden files and a README are passed over."""
    tables: list[RawTable] = []
    files = [f for f in sorted(path.iterdir()) if not f.name.startswith((".", "~$", "README"))]
    if not files:
        report.about_file(kinds.EMPTY, str(path))
    for file in files:
        reader = FOLDER_READERS.get(file.suffix.lower())
        if reader is None or not file.is_file():
            report.about_file(kinds.UNSUPPORTED_FILE, str(file), found=file.name)
        else:
            tables += reader(file, report)
    return tables
