"""``jinwei plan``, ``check``, ``check-data``: broken input is said in words, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jinwei.cli import main
from jinwei.norms import shipped_standards

TESTS = Path(__file__).parents[1]
BROKEN_STANDARDS = sorted(
    p for p in (TESTS / "engine" / "broken").glob("*.yaml") if p.stem != "index"
)
BROKEN_DATA = sorted((TESTS / "datasets" / "broken").iterdir())


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize("id", shipped_standards())
def test_a_shipped_standard_checks_and_plans(id: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "check", id)
    assert status == 0
    assert "没有错误" in out
    status, out, _ = said(capsys, "plan", id)
    assert status == 0
    assert out.startswith(f"Plan {id} ")


@pytest.mark.parametrize("dialect", ["sqlite", "postgres", "duckdb"])
def test_a_plan_prints_its_sql(dialect: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "plan", "office-branch", "--sql", dialect, "--one")
    assert status == 0
    assert 'FROM "fact_meeting"' in out
    assert "subject" in out


def test_there_are_broken_inputs() -> None:
    assert len(BROKEN_STANDARDS) > 30
    assert len(BROKEN_DATA) > 20


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", BROKEN_STANDARDS, ids=lambda p: p.stem)
def test_a_broken_standard_is_refused_in_words(
    path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = said(capsys, "check", str(path), "--lang", language)
    if path.stem == "parameter-not-settable":
        assert status == 0  # the document is sound; a setting breaks it
        return
    assert (status, out) == (2, "")
    assert f"[{path.stem}]" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("path", BROKEN_DATA, ids=lambda p: p.stem)
def test_broken_data_is_refused_in_words(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = said(capsys, "check-data", str(path))
    assert (status, out) == (2, "")
    assert "[data-" in err


def test_faults_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "standard.yaml"
    path.write_text("schema: 2\n", encoding="utf-8")
    status, out, _ = said(capsys, "check", str(path), "--json")
    faults = json.loads(out)
    assert status == 2
    assert {"id", "where", "found", "allowed", "nearest", "message", "line", "file"} <= set(
        faults[0]
    )
    assert "wrong-schema" in {fault["id"] for fault in faults}


def test_a_sound_data_set_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dataset.yaml"
    path.write_text("organization: [{code: B1, name: 支部, kind: branch}]\n", encoding="utf-8")
    status, out, _ = said(capsys, "check-data", str(path))
    assert (status, out.strip()) == (0, "数据没有错误：组织 1。")


def test_a_reader_that_stops_early_is_no_fault() -> None:
    program = f'"{sys.executable}" -m jinwei plan office-branch | head -1'
    run = subprocess.run(program, shell=True, capture_output=True, text=True, timeout=60)
    assert run.stdout.startswith("Plan office-branch")
    assert run.stderr == ""


def test_a_missing_file_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = said(capsys, "check", "nowhere/standard.yaml")
    assert status == 2
    assert "nowhere/standard.yaml" in err
