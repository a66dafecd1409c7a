"""Reading what was written gives the same data set, in every form and language."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinwei.datasets import Dataset, Value, read_dataset, write_dataset
from jinwei.datasets.write import Form, Headings
from jinwei.engine.catalogue import (
    BOOLEAN,
    CATALOGUE,
    CODE,
    DATE,
    HUNDREDTHS,
    MONTH,
    REFERENCE,
    WHOLE,
    Column,
    Table,
)

FORMS: Final[tuple[Form, ...]] = ("csv", "parquet", "workbook", "yaml")
LANGUAGES: Final[tuple[Headings, ...]] = ("en", "zh")
_SUFFIX: Final = {"workbook": ".xlsx", "yaml": ".yaml"}


def written(dataset: Dataset, folder: Path, form: Form, headings: Headings) -> Path:
    path = folder / f"{form}-{headings}{_SUFFIX.get(form, '')}"
    write_dataset(dataset, path, form=form, headings=headings)
    return path


def value(table: Table, column: Column, row: int) -> Value:
    if column.name == table.key or column.kind == REFERENCE:
        other = (row + 1) % 3 if table.name == "superior" and column.name == "parent" else row
        return None if (table.name, column.name) == ("organization", "parent") else f"K{other}"
    if column.required or row % 2 == 0:
        values: dict[str, Value] = {
            DATE: f"{1890 + row * 100}-02-0{1 + row}",
            MONTH: "2025-03",
            WHOLE: row - 1,
            HUNDREDTHS: row * 12345 - 5,
            BOOLEAN: row > 0,
            CODE: next(iter(column.codes or ()), None),
        }
        return values.get(column.kind, f"第{row}，\n“=1+1”")
    return None


def full_dataset() -> Dataset:
    """Three rows of every table; texts are awkward, every other cell is empty where it may be."""
    rows = {
        t.name: [tuple(value(t, c, row) for c in t.stored) for row in range(3)]
        for t in CATALOGUE.tables
    }
    return Dataset(rows)


@pytest.mark.parametrize("headings", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_every_table_comes_back(tmp_path: Path, form: Form, headings: Headings) -> None:
    dataset = full_dataset()
    assert read_dataset(written(dataset, tmp_path, form, headings)) == dataset


_TEXT: Final = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=12
).map(str.strip)
_LIKELY: Final = st.sampled_from(
    ["null", "~", "true", "no", "007", "1e3", "2025-03-31", "=A1", "#N/A", "-", "a:b", "#c", "'"]
)


@settings(max_examples=40, deadline=None)
@given(names=st.lists(_TEXT.filter(bool) | _LIKELY, min_size=1, max_size=4))
@pytest.mark.parametrize("form", FORMS)
def test_any_text_comes_back(form: Form, names: list[str]) -> None:
    rows = [(f"K{i}", name, None, "branch", None, name, None, None) for i, name in enumerate(names)]
    dataset = Dataset({"organization": list(rows)})
    with tempfile.TemporaryDirectory() as folder:
        assert read_dataset(written(dataset, Path(folder), form, "en")) == dataset


def test_csv_is_the_same_every_time_and_exact(tmp_path: Path) -> None:
    dataset = Dataset({"fund": [("B1", "2025-01-05", "spent", -5, None)]})
    path = written(dataset, tmp_path, "csv", "zh")
    assert (path / "经费.csv").read_bytes() == (
        "\ufeff组织代码,日期,类型,金额,科目\nB1,2025-01-05,支出,-0.05,\n".encode()
    )


def test_a_workbook_has_types_and_a_frozen_heading(tmp_path: Path) -> None:
    dataset = Dataset({"fund": [("B1", "2025-01-05", "spent", 1250, "=1+1")]})
    sheet = openpyxl.load_workbook(written(dataset, tmp_path, "workbook", "en"))["fund"]
    assert sheet.freeze_panes == "A2"
    cells = [sheet.cell(2, column) for column in range(1, 6)]
    assert [cell.data_type for cell in cells] == ["s", "d", "s", "n", "s"]
    assert (cells[1].number_format, cells[3].number_format) == ("yyyy-mm-dd", "0.00")
    assert sheet.column_dimensions["B"].width == 12


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no rows"):
        write_dataset(Dataset(), tmp_path / "x.yaml", form="yaml")
    (tmp_path / "old.csv").touch()
    with pytest.raises(FileExistsError, match="not empty"):
        write_dataset(full_dataset(), tmp_path, form="csv")
