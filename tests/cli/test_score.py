"""``jinwei score``: what a person sees, and what a program gets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from jinwei.cli import main

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(GOLDEN.glob("*.yaml"))


class Case:
    """A golden case as two files, and the arguments that score it."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.standard = folder / "standard.yaml"
        self.dataset = folder / "dataset.yaml"
        self._write(self.standard, "standard")
        self._write(self.dataset, "dataset")

    def _write(self, path: Path, key: str) -> None:
        text = yaml.safe_dump(self.content[key], allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")

    def arguments(self, as_of: str, *more: str) -> list[str]:
        period = ["--period", self.content["period"]] if "period" in self.content else []
        return ["score", str(self.standard), str(self.dataset), "--as-of", as_of, *period, *more]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(CASES[0], tmp_path)


def run(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> tuple[int, str, str]:
    status = main(arguments)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def json_equals(path: Path, folder: Path, capsys: pytest.CaptureFixture[str], *engine: str) -> None:
    case = Case(path, folder)
    for as_of in case.content["as_of"]:
        status, out, _ = run(capsys, case.arguments(as_of, "--json", *engine))
        assert status == 0
        assert json.loads(out) == case.content["expect"][as_of]


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_json_of_each_golden_case_equals_expect(
    path: Path, engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    json_equals(path, tmp_path, capsys, "--engine", engine)


@pytest.mark.postgres
@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_json_of_each_golden_case_equals_expect_on_postgres(
    path: Path, postgres_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    json_equals(path, tmp_path, capsys, "--engine", "postgres", "--database", postgres_url)


def test_table_in_chinese_names_score_potential_and_stars(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = Case(GOLDEN / "05-tiers-stars-vetoes.yaml", tmp_path)
    status, out, _ = run(capsys, case.arguments("2025-12-31"))
    assert status == 0
    head = next(line for line in out.splitlines() if "得分" in line)
    assert head.split() == [
        "组织",
        "代码",
        "得分",
        "届满可达",
        "星级",
        "等次",
        "已失分项",
        "待评定项",
    ]
    row = next(line for line in out.splitlines() if line.startswith("A "))
    assert "★★★★★" in row
    assert "好" in row


def test_table_in_english(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, case.arguments("2025-09-30", "--lang", "en"))
    assert "Organization" in out
    assert "得分" not in out


def test_the_tree_stands_around_the_subjects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = Case(CASES[0], tmp_path)
    tables = case.content["dataset"]
    tables["organization"].insert(
        0, {"code": "W", "name": "机关工委", "parent": None, "kind": "work_committee"}
    )
    tables["organization"][1]["parent"] = "W"
    case._write(case.dataset, "dataset")
    _, out, _ = run(capsys, case.arguments("2025-09-30"))
    lines = [line for line in out.splitlines() if line.strip()]
    above = next(i for i, line in enumerate(lines) if line.startswith("机关工委"))
    assert lines[above + 1].startswith("  B1")


def test_explanation_says_rows_windows_chances_and_points(
    case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, case.arguments("2025-09-30", "--subject", "B1", "--explain"))
    assert "得分 68.00，届满可达 80.00" in out
    assert "✕ 8 月" in out
    assert "6 × 8 ÷ 9 = 5.33" in out
    assert "[M0001]" in out
    assert "10 月：最迟 10 月 31 日，还差 1 次，未办将失 0.50 分" in out


def test_explanation_names_document_article_and_remedy(
    case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    indicator = case.content["standard"]["dimensions"][0]["indicators"][1]
    indicator["source"] = {
        "document": {"zh": "支部工作条例", "en": "Branch regulations"},
        "article": "12",
        "status": "verified",
    }
    indicator["remedy"] = {"record": "meeting", "kind": "committee_meeting"}
    case._write(case.standard, "standard")
    _, out, _ = run(capsys, case.arguments("2025-09-30", "--subject", "B1", "--explain"))
    assert "依据：支部工作条例 · 第 12 条 · 已核对原文" in out
    assert "办法：登记会议（支委会）" in out


def test_explanation_as_json_traces_every_figure(
    case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, case.arguments("2025-09-30", "--subject", "B1", "--explain", "--json"))
    part = json.loads(out)["B1"]["explanation"]["indicators"]["L4"]["parts"][0]
    assert part["counted"] == ["M0031", "M0032"]
    assert [w["state"] for w in part["windows"]] == ["passed", "passed", "missed", "ahead"]
    assert part["chances"] == [{"by": "2025-12-31", "worth": 1.0, "short": 1.0}]


def test_every_golden_subject_can_be_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In both languages, at every day, nothing is left unfilled."""
    for path in CASES:
        case = Case(path, tmp_path)
        for as_of in case.content["as_of"]:
            for language in ("zh", "en"):
                status, out, err = run(
                    capsys, case.arguments(as_of, "--explain", "--lang", language)
                )
                assert (status, err) == (0, "")
                for code, expected in case.content["expect"][as_of].items():
                    assert code in out
                    if expected["score"] is not None:
                        assert f"{expected['score']:.2f}" in out
                assert "{" not in out


def test_a_parameter_can_be_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = Case(GOLDEN / "03-dues-funds-staff-terms.yaml", tmp_path)
    as_of = case.content["as_of"][-1]
    _, out, _ = run(capsys, case.arguments(as_of, "--json", "--set", "fund_floor=1"))
    targets = {s["indicators"]["G2"]["target"] for s in json.loads(out).values()}
    assert targets <= {1.0, None}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--as-of", "2025-02-30"], "“2025-02-30”不是日期"),
        (["--period", "last year"], "“last year”不是日期"),
        (["--set", "fund_floor"], "fund_floor=800"),
        (["--set", "fund_flor=1"], "没有“fund_flor”"),
        (["--subject", "B9"], "“B9”在 2025-09-30 不适用本标准"),
        (["--under", "B9"], "没有组织“B9”"),
        (["--engine", "postgres"], "--database"),
    ],
)
def test_bad_arguments_are_said_in_words(
    case: Case,
    more: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("JINWEI_DATABASE", raising=False)
    status, _, err = run(capsys, case.arguments("2025-09-30", *more))
    assert status == 2
    assert said in err


def test_faults_of_standard_and_data_are_said_together(
    case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    case.content["standard"]["dimensions"][0]["indicators"][0]["measure"]["occurrences"]["fact"] = (
        "meetings"
    )
    case.content["dataset"]["meeting"][0]["held_on"] = "2025-02-30"
    case._write(case.standard, "standard")
    case._write(case.dataset, "dataset")
    status, _, err = run(capsys, case.arguments("2025-09-30"))
    assert status == 2
    assert "没有“meetings”" in err
    assert "您要写的也许是：meeting" in err
    assert "2025-02-30" in err


def test_an_unreachable_database_is_said_in_words(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = ["--engine", "postgres", "--database", f"host={tmp_path} dbname=none"]
    status, _, err = run(capsys, case.arguments("2025-09-30", *away))
    assert status == 2
    assert err.startswith("连不上数据库")
