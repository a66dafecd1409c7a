"""The invented data sets and their scores, made once for all tests of this folder."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TypeAlias

import pytest

from jinwei.datasets.dataset import Dataset
from jinwei.datasets.store import open_store
from jinwei.demo import committee, district
from jinwei.demo.build import district_world
from jinwei.demo.world import World
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for, score
from jinwei.engine.standard import load_standard
from jinwei.engine.totals import Result
from jinwei.norms import shipped_standards

MAKERS = {"district": district, "committee": committee}
NOVEMBER = date(2026, 11, 21)
Made: TypeAlias = Callable[..., Dataset]
Scores: TypeAlias = dict[str, dict[str, Result]]


@pytest.fixture(scope="session")
def made() -> Made:
    """``made(name, today, seed=1)``: the data set of that name, the same one every time."""

    @cache
    def make(name: str, today: date, seed: int = 1) -> Dataset:
        data = MAKERS[name](seed, today=today)
        gc.freeze()  # kept to the end: the collector need not walk it again and again
        return data

    return make


@pytest.fixture(scope="session")
def world() -> World:
    """The district as its organizations behave, at the day of the November tests."""
    return district_world(1, NOVEMBER)


@pytest.fixture(scope="session")
def november(made: Made) -> Scores:
    """The district under every shipped standard, by standard and subject."""
    scores: Scores = {}
    with open_store(made("district", NOVEMBER)) as backend:
        for name, path in shipped_standards().items():
            plan = make_plan(load_standard(path))
            scores[name] = score(plan, backend, clock_for(plan, NOVEMBER))
    return scores
