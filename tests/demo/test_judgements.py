"""Judgements: rows for exactly what the standards have judged, lower for the lagging."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from statistics import mean

import pytest

from jinwei.datasets.dataset import Dataset
from jinwei.demo.judgements import STANDARDS, judged_items, judgement_rows
from jinwei.demo.rows import place, row
from jinwei.demo.world import World
from jinwei.engine.catalogue import TABLES
from jinwei.engine.measures.judging import CLEAN
from jinwei.engine.standard import load_standard
from jinwei.norms import shipped_standards, standard_path

TODAY = date(2026, 11, 21)
Made = Callable[..., Dataset]
COLUMNS = [column.name for column in TABLES["judgement"].stored]


def judged(data: Dataset) -> list[dict[str, object]]:
    return [dict(zip(COLUMNS, cells, strict=True)) for cells in data.rows("judgement")]


def judged_by_name(standard: str) -> set[str]:
    """The judged indicators of a standard, found the long way round: by the measure's name."""
    return {
        indicator.id
        for indicator in load_standard(standard_path(standard)).indicators
        for part in indicator.parts
        if part.measure.name in ("judgement", "findings")
    }


def test_the_standards_with_judged_indicators_are_judged() -> None:
    assert set(STANDARDS) == {name for name in shipped_standards() if judged_by_name(name)}


@pytest.mark.parametrize("standard", STANDARDS)
def test_exactly_the_judged_indicators_are_judged(made: Made, standard: str) -> None:
    rows = [r for r in judged(made("district", TODAY)) if r["standard"] == standard]
    assert {r["indicator"] for r in rows} == judged_by_name(standard)
    known = {i.indicator: {*i.levels, *i.findings, CLEAN} for i in judged_items(standard)}
    assert all(r["level"] in known[str(r["indicator"])] for r in rows)


@pytest.mark.parametrize("standard", STANDARDS)
def test_subjects_of_the_standard_are_judged_and_some_not_yet(
    made: Made, world: World, standard: str
) -> None:
    found: dict[object, set[str]] = defaultdict(set)
    for judgement in judged(made("district", TODAY)):
        if judgement["standard"] == standard:
            found[judgement["indicator"]].add(str(judgement["organization"]))
    owed = given = 0
    for item in judged_items(standard):
        subjects = {o.code for o in world.organs if o.kind in item.kinds and o.exists(TODAY)}
        assert found[item.indicator] <= subjects
        owed, given = owed + len(subjects), given + len(found[item.indicator])
    assert 0.85 * owed < given < owed


def test_findings_say_none_or_something(made: Made) -> None:
    findings = {i.indicator for i in judged_items("office-branch") if i.findings}
    said: dict[tuple[object, object], Counter[object]] = defaultdict(Counter)
    for judgement in judged(made("district", TODAY)):
        if judgement["standard"] == "office-branch" and judgement["indicator"] in findings:
            said[judgement["indicator"], judgement["organization"]][judgement["level"]] += 1
    assert any(CLEAN in levels for levels in said.values())
    assert any(CLEAN not in levels for levels in said.values())
    assert all(CLEAN not in levels or levels.total() == 1 for levels in said.values())


def test_judgements_are_of_this_year_and_in_order(world: World) -> None:
    rows = judgement_rows(world)
    days = [str(cells[place("judgement", "judged_on")]) for cells in rows]
    assert rows == judgement_rows(world)
    assert days == sorted(days)
    assert days[0] >= "2026-01-01"
    assert days[-1] <= TODAY.isoformat()


def test_lagging_branches_are_judged_lower(made: Made, world: World) -> None:
    levels = {i.indicator: i.levels for i in judged_items("office-branch") if i.levels}
    marks: dict[str, list[int]] = defaultdict(list)
    for judgement in judged(made("district", TODAY)):
        if judgement["standard"] == "office-branch" and judgement["indicator"] in levels:
            temper = world.by_code[str(judgement["organization"])].temper.name
            known = levels[str(judgement["indicator"])]
            marks[temper].append(known.index(str(judgement["level"])))
    assert mean(marks["exemplary"]) < mean(marks["ordinary"]) < mean(marks["lagging"])


def test_a_column_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        row("talk", content="…")
