"""Judgements are made on request: valid rows, the same each time, lower for the lagging."""

from __future__ import annotations

from datetime import date
from statistics import mean

import pytest

from jinwei.datasets.checks import check_dataset
from jinwei.datasets.dataset import Dataset
from jinwei.demo import committee
from jinwei.demo.build import committee_world, district_world
from jinwei.demo.chance import stream
from jinwei.demo.judgements import judgements
from jinwei.demo.rows import Row, place, row
from jinwei.demo.world import World

TODAY = date(2026, 11, 21)
LEVELS = ["excellent", "good", "fair", "poor"]


def judged(world: World) -> list[Row]:
    return judgements(
        stream(1, "judged"),
        world.leaves,
        [("J01", LEVELS), ("J02", LEVELS)],
        first=date(2026, 9, 1),
        last=TODAY,
    )


def test_judgements_fit_the_data_set() -> None:
    rows = judged(committee_world(1, TODAY))
    data = committee(1, today=TODAY)
    assert rows == judged(committee_world(1, TODAY))
    assert 25 <= len(rows) <= 50
    assert check_dataset(Dataset({**data.tables, "judgement": rows})) == ()
    days = [str(cells[place("judgement", "judged_on")]) for cells in rows]
    assert days == sorted(days)
    assert days[0] >= "2026-09-01"
    assert days[-1] <= "2026-11-21"


def test_lagging_branches_are_judged_lower() -> None:
    world = district_world(1, TODAY)
    marks: dict[str, list[int]] = {}
    for judgement in judged(world):
        temper = world.by_code[str(judgement[place("judgement", "organization")])].temper.name
        level = LEVELS.index(str(judgement[place("judgement", "level")]))
        marks.setdefault(temper, []).append(level)
    assert mean(marks["exemplary"]) < mean(marks["ordinary"]) < mean(marks["lagging"])


def test_a_column_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        row("talk", content="…")
