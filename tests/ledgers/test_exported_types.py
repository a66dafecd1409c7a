"""What lists and data sets hold is, in LibreOffice, of the type that it is here."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from jinwei.datasets.read import dataset_from_tables
from jinwei.datasets.write import write_dataset
from jinwei.engine.catalogue import DATE, HUNDREDTHS, WHOLE
from jinwei.ledgers.export import Sheet, workbook
from tests.soffice import reopened

pytestmark = pytest.mark.files
NUMBER = "11010519491231002X"


def test_a_list_keeps_its_types(tmp_path: Path) -> None:
    kinds = ("text", DATE, HUNDREDTHS, WHOLE, "text", "text", DATE)
    row = ("甲", dt.date(2026, 3, 31), Decimal("1234.50"), 12, NUMBER, "=1+1", dt.date(1899, 5, 4))
    headings = ("姓名", "日期", "金额", "人数", "公民身份号码", "备注", "旧日期")
    found = reopened(workbook(Sheet("表", headings, kinds, [row])), tmp_path)
    assert [cell.value for cell in found[1]] == list(headings)
    assert [cell.value for cell in found[2]] == [
        *("甲", dt.datetime(2026, 3, 31), 1234.5, 12),
        *(NUMBER, "=1+1", "1899-05-04"),
    ]
    assert found["F2"].data_type == "s"
    assert found["C2"].number_format == "#,##0.00"
    assert found.print_title_rows == "$1:$1"


def test_a_portable_workbook_keeps_its_types(tmp_path: Path) -> None:
    person = {"code": "007", "organization": "A", "status": "full", "id_number": NUMBER}
    data = dataset_from_tables(
        {
            "organization": [{"code": "A", "name": "甲", "kind": "committee"}],
            "member": [person | {"joined_on": "2001-07-01", "mobile": True}],
        }
    )
    path = tmp_path / "data.xlsx"
    write_dataset(data, path, form="workbook", headings="zh")
    found = reopened(path.read_bytes(), tmp_path, sheet="党员")
    headings = [cell.value for cell in found[1]]
    row = dict(zip(headings, (cell.value for cell in found[2]), strict=True))
    assert (row["党员编号"], row["公民身份号码"]) == ("007", NUMBER)
    assert row["入党日期"] == dt.datetime(2001, 7, 1)
    assert row["流动党员"] == "=TRUE()", "a truth value, as LibreOffice writes it"
