"""``jinwei demo`` and ``demo-data``: a newcomer sees a district, and gets files to work with."""

from __future__ import annotations

from pathlib import Path

import pytest

from jinwei.cli import main
from jinwei.datasets.read import read_dataset
from jinwei.demo import SHOWN_BRANCH

TODAY = "2026-11-21"


def test_the_demo_shows_the_tree_and_explains_one_branch(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = main(["demo", "--today", TODAY])
    captured = capsys.readouterr()
    assert status == 0
    assert "星级分布" in captured.out
    assert "★" in captured.out
    assert SHOWN_BRANCH in captured.out
    assert "先办这几件" in captured.out
    assert "依据的记录" in captured.out
    assert "正在计分" in captured.err


@pytest.mark.parametrize("form", ["csv", "parquet", "workbook", "yaml"])
def test_the_committee_is_written_and_read_back(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "committee"
    options = ["--committee", "--today", TODAY, "--form", form, "--headings", "zh"]
    assert main(["demo-data", "--out", str(folder), *options]) == 0
    capsys.readouterr()
    files = {"workbook": folder / "dataset.xlsx", "yaml": folder / "dataset.yaml"}
    dataset = read_dataset(files.get(form, folder))
    kinds = [row[3] for row in dataset.rows("organization")]
    assert (kinds.count("committee"), kinds.count("general_branch")) == (1, 3)
    assert kinds.count("branch") + kinds.count("joint_branch") == 25


def test_a_folder_with_files_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.csv").write_text("x", encoding="utf-8")
    status = main(["demo-data", "--out", str(tmp_path), "--committee", "--today", TODAY])
    assert status == 2
    assert "里已经有文件" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["mine.csv"]
