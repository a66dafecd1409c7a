"""An explanation in words: the same from one source for terminal and pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from jinwei.cli import main
from jinwei.datasets.read import read_dataset
from jinwei.engine.explain import Explanation, SubjectExplanation, explain
from jinwei.engine.planner import make_plan
from jinwei.engine.standard import load_standard
from jinwei.wording.explanation import Told, next_stars_told, tell
from jinwei.wording.words import Words
from tests.golden_cases import CASES, clock, load
from tests.stores import store


def explained(path: Path, folder: Path) -> Iterator[tuple[str, SubjectExplanation]]:
    """Every subject of a case at each of its days."""
    case = load(path)
    for name in ("standard", "dataset"):
        text = yaml.safe_dump(case[name], allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    plan = make_plan(load_standard(folder / "standard.yaml"))
    with store(read_dataset(folder / "dataset.yaml"), "sqlite") as backend:
        for as_of in case["as_of"]:
            for code in case["expect"][as_of]:
                found = explain(plan, backend, clock(plan, case, as_of), code)
                assert found is not None
                yield plan.subject, found


def one(path: Path, folder: Path, id: str, as_of: str, code: str) -> Explanation:
    for _, found in explained(path, folder):
        if (found.result.subject, found.clock.as_of.isoformat()) == (code, as_of):
            return next(e for e in found.indicators if e.indicator.id == id)
    raise LookupError(code)


def texts(value: Any) -> Iterator[str]:
    """Every text in what was told, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts(getattr(value, name))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_the_terminal_prints_exactly_what_is_told(
    path: Path, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say = Words(language)
    told: list[str] = []
    for subject, found in explained(path, tmp_path):
        one_by_one = (tell(say, subject, e, {}) for e in found.indicators)
        told += [text for t in one_by_one for text in sentences(t)]
        if found.next_stars is not None and not found.vetoes:
            told.append(next_stars_told(say, found.next_stars))
    case = load(path)
    printed = ""
    for as_of in case["as_of"]:
        period = ["--period", case["period"]] if "period" in case else []
        files = [str(tmp_path / f"{name}.yaml") for name in ("standard", "dataset")]
        main(["score", *files, "--as-of", as_of, *period, "--explain", "--lang", language])
        printed += capsys.readouterr().out
    assert [text for text in told if text not in printed] == []
    assert not any("{" in text for text in told)


def sentences(told: Told) -> Iterator[str]:
    yield from (told.title, told.state_word, told.figure, told.exempted, told.rule)
    for part in told.parts:
        yield from part.calculation
        yield from (part.waiting, part.no_rows, part.missing, part.later, part.remedy)
        yield part.too_late
        yield from (window.name for window in part.windows)
        yield from (chance.text for chance in part.chances)
        yield from (group.heading for group in part.groups)


def test_calculation_comes_line_by_line(tmp_path: Path) -> None:
    told = tell(Words(), "organization", one(CASES[0], tmp_path, "L2", "2025-09-30", "B1"), {})
    assert told.figure == "5.33 / 6.00 分"
    assert told.parts[0].calculation == (
        "应完成 12 个时段：已完成 8，已错过 1，还有 3 个未到期",
        "6 × 8 ÷ 9 = 5.33",
    )
    assert told.parts[0].windows[7].state == "missed"
    assert told.parts[0].windows[7].name == "8 月"


@pytest.mark.parametrize(
    ("case", "code", "as_of", "id", "line"),
    [
        ("03", "C1", "2025-05-31", "G2", "现为 500 元，要求 600 元"),
        ("04", "P1", "2025-06-30", "S3", "现为 6.5 小时"),
        ("02", "B1", "2025-06-30", "D6", "现为 3 份，要求 5 份"),
        ("06", "B1", "2025-06-30", "J3", "现为 70%，要求 80%"),
    ],
)
def test_what_was_found_has_its_unit(
    tmp_path: Path, case: str, code: str, as_of: str, id: str, line: str
) -> None:
    path = next(path for path in CASES if path.stem.startswith(case))
    found = one(path, tmp_path, id, as_of, code)
    told = tell(Words(), "member" if code == "P1" else "organization", found, {})
    assert any(said.startswith(line) for part in told.parts for said in part.calculation)


def test_persons_are_named_only_where_names_are_given(tmp_path: Path) -> None:
    """Without names a row keeps its day and its own words, and members are only counted."""
    for path in CASES:
        for subject, found in explained(path, tmp_path):
            persons = {
                str(row.columns[column])
                for e in found.indicators
                for part in e.parts
                for row in part.rows
                for column in ("member", "with_member")
                if part.evidence.members is None and row.columns.get(column)
            }
            for e in found.indicators:
                told = tell(Words(), subject, e, None)
                said = {word for t in texts(told.parts) for word in t.split(" · ")}
                assert said & persons == set()
                assert all(not p.members.short for p in told.parts if p.members is not None)
