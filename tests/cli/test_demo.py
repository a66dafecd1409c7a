"""``jinwei demo`` and ``demo-data``: a newcomer sees a district, and gets files to work with."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from jinwei.cli import main
from jinwei.datasets.read import read_dataset

from .house import environment, run

TODAY = "2026-11-21"


def demo(*options: str) -> CompletedProcess[str]:
    """The command as a newcomer runs it: a process of its own, with nothing set."""
    nothing = environment(Path("unset"))
    del nothing["JINWEI_HOME"]
    return run("demo", "--committee", "--build-only", *options, environment=nothing)


def test_the_demo_is_built_once_and_anew_when_asked(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = demo("--home", str(home))
    assert first.returncode == 0, first.stderr
    assert "正在写入数据库" in first.stdout
    database = home / "jinwei.sqlite3"
    stamp = database.stat().st_mtime_ns
    again = demo("--home", str(home))
    assert (again.returncode, again.stdout) == (0, "")
    assert database.stat().st_mtime_ns == stamp
    anew = demo("--home", str(home), "--reset")
    assert "正在写入数据库" in anew.stdout
    assert database.stat().st_mtime_ns != stamp


def test_the_demo_throws_nothing_away_that_is_no_demo(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("x", encoding="utf-8")
    refused = demo("--home", str(tmp_path), "--reset")
    assert refused.returncode == 2
    assert "没有动它" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


def test_the_demo_is_not_built_for_others_to_reach(tmp_path: Path) -> None:
    refused = demo("--home", str(tmp_path / "home"), "--host", "0.0.0.0")
    assert refused.returncode == 2
    assert "只能在本机打开" in refused.stderr
    assert not (tmp_path / "home").exists()


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
