"""The worked cases of the specification, through the code path of the product, on each engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from jinwei.datasets.read import dataset_from_tables
from jinwei.engine.planner import make_plan
from jinwei.engine.score import plain_results, score
from jinwei.engine.standard import read_standard
from tests.golden_cases import CASES, clock, load
from tests.stores import IN_PROCESS, store


def test_there_are_golden_cases() -> None:
    assert len(CASES) == 10


def agree(path: Path, engine: str, postgres_url: str | None = None) -> None:
    case = load(path)
    plan = make_plan(read_standard(case["standard"]))
    with store(dataset_from_tables(case["dataset"]), engine, postgres_url) as backend:
        for as_of in case["as_of"]:
            at = clock(plan, case, as_of)
            expected = case["expect"][as_of]
            assert plain_results(score(plan, backend, at)) == expected
            for subject in expected:
                alone = plain_results(score(plan, backend, at, subject))
                assert alone == {subject: expected[subject]}


@pytest.mark.parametrize("engine", IN_PROCESS)
@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_every_figure_equals_the_worked_case(path: Path, engine: str) -> None:
    agree(path, engine)


@pytest.mark.postgres
@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_every_figure_equals_the_worked_case_on_postgres(path: Path, postgres_url: str) -> None:
    agree(path, "postgres", postgres_url)
