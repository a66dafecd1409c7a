"""A part of the installation leaves as a data set that reads back by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jinwei.datasets.read import dataset_from_tables, read_dataset
from jinwei.datasets.write import write_dataset
from jinwei.demo import committee
from jinwei.ledgers.lists import of_organizations
from jinwei.ledgers.portable import export_dataset, import_dataset
from jinwei.ledgers.subtree import extract
from jinwei.organizations.facts import FactModel

pytestmark = pytest.mark.django_db


def everything(model: type[FactModel]) -> Any:
    return model._default_manager.filter(withdrawn_at=None)


def only(*codes: str) -> Callable[[type[FactModel]], Any]:
    return lambda model: everything(model).filter(of_organizations(model, codes))


def csv_of(found: Any, folder: Path) -> dict[str, bytes]:
    write_dataset(found, folder, form="csv")
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_whole_goes_out_and_in_and_out_with_equal_bytes(tmp_path: Path) -> None:
    import_dataset(committee(today=dt.date(2026, 6, 15)))
    found = extract(everything)
    assert found.left_out == {}
    first = csv_of(found.dataset, tmp_path / "first")
    assert csv_of(export_dataset(), tmp_path / "installation") == first
    import_dataset(read_dataset(tmp_path / "first"), replace=True)
    assert csv_of(extract(everything).dataset, tmp_path / "second") == first


def test_a_part_stands_without_what_lies_outside() -> None:
    import_dataset(
        dataset_from_tables(
            {
                "organization": [
                    {"code": "A", "name": "甲", "kind": "committee"},
                    {"code": "B", "name": "乙", "kind": "branch", "parent": "A"},
                    {"code": "C", "name": "丙", "kind": "branch", "parent": "A"},
                ],
                "member": [
                    {"code": "P", "organization": "B", "status": "full", "phone": "13800000000"},
                    {"code": "Q", "organization": "C", "status": "full"},
                ],
                "meeting": [{"code": "M", "organization": "B", "kind": "lecture"}],
                "attendance": [
                    {"meeting": "M", "member": "P", "status": "present"},
                    {"meeting": "M", "member": "Q", "status": "present"},
                ],
            }
        )
    )
    found = extract(only("B"))
    assert found.left_out == {"attendance": 1}
    assert found.dataset.rows("organization")[0][:3] == ("B", "乙", None)
    assert [row[1] for row in found.dataset.rows("attendance")] == ["P"]
    assert "13800000000" not in found.dataset.rows("member")[0]
    assert "13800000000" in extract(only("B"), guarded=True).dataset.rows("member")[0]
    import_dataset(found.dataset, replace=True)
    assert export_dataset() == found.dataset
