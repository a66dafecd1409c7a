"""What the readers accept, and that nothing a file holds ends in a traceback."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest
import yaml

from jinwei.datasets import Dataset, check_dataset, dataset_from_tables, read_dataset
from jinwei.engine.catalogue import TABLES
from jinwei.engine.faults import DatasetRefused

GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*.yaml"))
ORGANIZATION = {"code": "B1", "name": "一支部", "kind": "branch"}
MEMBER = {"code": "P1", "organization": "B1", "status": "full"}


def cell(dataset: Dataset, table: str, column: str) -> object:
    names = [c.name for c in TABLES[table].stored]
    return dataset.rows(table)[0][names.index(column)]


def refusals(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(DatasetRefused) as refused:
        read_dataset(path)
    return [(fault.id, fault.where) for fault in refused.value.faults]


def folder(path: Path, **files: bytes) -> Path:
    path.mkdir(exist_ok=True)
    for name, data in files.items():
        (path / f"{name}.csv").write_bytes(data)
    return path


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_golden_data_sets_are_accepted(path: Path, tmp_path: Path) -> None:
    tables = yaml.safe_load(path.read_text(encoding="utf-8"))["dataset"]
    dataset = dataset_from_tables(tables)
    assert {n: len(rows) for n, rows in dataset.tables.items()} == {
        name: len(rows) for name, rows in tables.items()
    }
    file = tmp_path / "dataset.yaml"
    file.write_text(yaml.safe_dump(tables, allow_unicode=True), encoding="utf-8")
    assert read_dataset(file) == dataset
    assert check_dataset(dataset) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_chinese_and_in_any_order(tmp_path: Path, encoding: str) -> None:
    text = "组织类别,组织名称,组织代码\r\n支部, 一支部 ,B1\r\n,,\r\n"
    dataset = read_dataset(folder(tmp_path / "d", 组织=text.encode(encoding)))
    assert dataset == dataset_from_tables({"organization": [ORGANIZATION]})


def test_a_workbook_as_people_make_it(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "d.xlsx",
        组织=[
            [None],
            ["组织代码", "组织名称", "组织类别", "成立日期"],
            [1, "一支部", "支部", datetime(2015, 7, 1)],
        ],
        党员=[["党员编号", "所在支部代码", "党员状态", "流动党员"], ["P1", "1", "正式", "是"]],
        党费=[
            ["党员编号", "组织代码", "月份", "应交", "实交"],
            ["P1", 1.0, datetime(2025, 3, 1), 0.1 + 0.2, 12.5],
        ],
    )
    dataset = read_dataset(path)
    assert cell(dataset, "organization", "code") == "1"
    assert cell(dataset, "organization", "established_on") == "2015-07-01"
    assert cell(dataset, "member", "mobile") is True
    assert dataset.rows("dues") == [("P1", "1", "2025-03", 30, 1250, None)]


def test_rows_of_a_workbook_count_with_blank_ones(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["code", "name", "kind", "established_on"], [], ["B1", "一", "branch"]]
    path = workbook(tmp_path / "d.xlsx", organization=[*rows, ["B2", "二", "branch", time(9, 30)]])
    assert refusals(path) == [("data-not-a-date", "organization[4].established_on")]


def test_yaml_reads_scalars_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(
        "organization:\n- {code: 007, name: no, kind: branch, region: '~', parent: null,"
        " established_on: 2015-07-01}\n"
        "fund:\n- {organization: 007, kind: 支出, amount: 1.10, subject: 1e3}\nmeeting:\n"
    )
    dataset = read_dataset(path)
    assert dataset.rows("organization") == [
        ("007", "no", None, "branch", None, "~", "2015-07-01", None)
    ]
    assert dataset.rows("fund") == [("007", None, "spent", 110, "1e3")]


def test_plain_rows_take_python_values() -> None:
    dataset = dataset_from_tables(
        {
            "组织": [ORGANIZATION | {"established_on": date(2015, 7, 1)}],
            "member": [MEMBER | {"mobile": "否"}],
            "fund": [{"organization": "B1", "kind": "spent", "amount": Decimal("-0.50")}],
        }
    )
    assert cell(dataset, "organization", "established_on") == "2015-07-01"
    assert cell(dataset, "member", "mobile") is False
    assert cell(dataset, "fund", "amount") == -50


@pytest.mark.parametrize(
    ("value", "id"),
    [
        (float("nan"), "data-not-a-number"),
        (Decimal("Infinity"), "data-not-a-number"),
        (True, "data-not-a-number"),
        ("1_000", "data-not-a-number"),
        ("１２", "data-not-a-number"),
        ("9" * 5000, "data-number-too-large"),
        (1e300, "data-number-too-large"),
        (Decimal("1e-99"), "data-too-precise"),
        (0.001, "data-too-precise"),
        ([1], "data-not-a-value"),
    ],
)
def test_amounts_that_are_none(value: object, id: str) -> None:
    fund = {"organization": "B1", "kind": "spent", "amount": value}
    with pytest.raises(DatasetRefused) as refused:
        dataset_from_tables({"organization": [ORGANIZATION], "fund": [fund]})
    assert [(f.id, f.where) for f in refused.value.faults] == [(id, "fund[1].amount")]


def test_true_is_not_taken_for_one_in_the_same_column() -> None:
    rows = [{"organization": "B1", "answered": value} for value in (1, True, 1.0)]
    with pytest.raises(DatasetRefused) as refused:
        dataset_from_tables({"organization": [ORGANIZATION], "survey": rows})
    assert [f.where for f in refused.value.faults] == ["survey[2].answered"]


def test_all_faults_come_at_once_in_the_order_of_tables_and_rows() -> None:
    with pytest.raises(DatasetRefused) as refused:
        dataset_from_tables(
            {
                "fund": [{"organization": "B9", "kind": "lost", "amount": "x"}],
                "organization": [ORGANIZATION, ORGANIZATION | {"established_on": "2025/3/5"}],
                "people": [],
            }
        )
    faults = refused.value.faults
    assert [(f.id, f.where) for f in faults] == [
        ("data-unknown-table", "people"),
        ("data-not-a-date", "organization[2].established_on"),
        ("data-duplicate-key", "organization[2].code"),
        ("data-unknown-code", "fund[1].kind"),
        ("data-not-a-number", "fund[1].amount"),
        ("data-unknown-reference", "fund[1].organization"),
    ]
    assert faults[1].nearest == "2025-03-05"


def test_the_holder_of_a_post_may_stand_outside_the_roster() -> None:
    post = {"organization": "B1", "member": "someone", "post": "secretary"}
    dataset = dataset_from_tables({"organization": [ORGANIZATION], "post": [post]})
    assert len(dataset.rows("post")) == 1
    assert dataset.rows("meeting") == []


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("a: [", "data-unreadable"),
        ("[" * 100_000, "data-unreadable"),
        ("a: *b\n", "data-unreadable"),
        ("--- {}\n--- {}\n", "data-unreadable"),
        ("", "data-empty"),
        ("{}", "data-empty"),
        ("text", "data-empty"),
        ("- 1\n", "data-wrong-shape"),
        ("meeting: {code: M1}\n", "data-wrong-shape"),
        ("meeting: &a [*a]\n", "data-wrong-shape"),
        ("meeting: [5]\n", "data-wrong-shape"),
        ("? [a]\n: [{b: c}]\n", "data-unknown-table"),
        ("meeting: []\nmeeting: []\n会议: [{code: 1}]\nmeeting: [{code: 2}]\n", None),
    ],
)
def test_odd_yaml_is_a_fault(tmp_path: Path, text: str, id: str | None) -> None:
    path = tmp_path / "d.yml"
    path.write_text(text, encoding="utf-8")
    found = refusals(path)
    assert id in {None, found[0][0]}
    assert id is not None or ("data-duplicate-table", "meeting") in found


@pytest.mark.parametrize(
    "data",
    [b'code,name\n"B1', b'code,"na"me\n', b"\xff\xfe\x00", "组织".encode() + b"\xff\xff"],
)
def test_odd_csv_is_a_fault(tmp_path: Path, data: bytes) -> None:
    path = folder(tmp_path / "d", organization=data)
    assert [id for id, _ in refusals(path)] == ["data-unreadable"]


def test_odd_files_in_a_folder_are_faults(tmp_path: Path) -> None:
    (tmp_path / "organization.parquet").write_bytes(b"PAR1 no")
    (tmp_path / "old.xls").write_bytes(b"")
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").write_bytes(b"")
    assert [id for id, _ in refusals(tmp_path)] == [
        "data-unsupported-file",
        "data-unreadable",
        "data-unsupported-file",
    ]
    assert refusals(workbook(tmp_path / "d.xlsx", Sheet1=[])) == [
        ("data-empty", str(tmp_path / "d.xlsx"))
    ]


def test_parquet_of_other_types(tmp_path: Path) -> None:
    table = pyarrow.table(
        {
            "code": pyarrow.array(["B1"]).dictionary_encode(),
            "name": pyarrow.array(["一支部"], pyarrow.large_string()),
            "kind": ["支部"],
            "established_on": pyarrow.array([datetime(2015, 7, 1)], pyarrow.timestamp("us")),
            "dissolved_on": pyarrow.nulls(1),
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "organization.parquet")
    (row,) = read_dataset(tmp_path).rows("organization")
    assert row == ("B1", "一支部", None, "branch", None, None, "2015-07-01", None)
    listed = pyarrow.table({"code": [["B1"]], "name": ["一"], "kind": ["branch"]})
    pyarrow.parquet.write_table(listed, tmp_path / "organization.parquet")
    assert refusals(tmp_path) == [("data-not-a-value", "organization[1].code")]
