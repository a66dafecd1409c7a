"""The engine against a slow and plain reading of the specification, on generated cases.

``JINWEI_CASES`` sets how many cases run on SQLite and DuckDB; more than the default look for rare
differences and draw at random.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from jinwei.datasets.read import dataset_from_tables
from jinwei.engine.document import as_date
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for, plain_results, score
from jinwei.engine.standard import read_standard
from tests.plain.generate import standards_and_data
from tests.plain.reading import read_standard_results
from tests.stores import IN_PROCESS, store

CASES = int(os.environ.get("JINWEI_CASES", "0"))
FEW = {"sqlite": 120, "duckdb": 70}
"""DuckDB takes thrice as long a case, for a start of its own each."""
QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def differences(case: tuple[Any, ...], engine: str, postgres_url: str | None = None) -> list[str]:
    """Where the engine and the plain reading part, as sentences; empty when they agree."""
    document, tables, as_of, period = case
    expected = read_standard_results(document, tables, as_of, period)
    plan = make_plan(read_standard(document))
    day = as_date(as_of)
    assert day is not None
    clock = clock_for(plan, day, as_date(period))
    with store(dataset_from_tables(tables), engine, postgres_url) as backend:
        found = list(_parts(expected, plain_results(score(plan, backend, clock))))
        if expected:
            middle = sorted(expected)[len(expected) // 2]
            alone = plain_results(score(plan, backend, clock, middle))
            found += _parts({middle: expected[middle]}, alone, "alone: ")
    return found


def _parts(expected: dict[str, Any], found: dict[str, Any], where: str = "") -> list[str]:
    told = []
    for key in sorted({*expected, *found}, key=str):
        path = f"{where}{key}"
        if key not in expected or key not in found:
            told.append(f"{path} only in {'expected' if key in expected else 'found'}")
        elif isinstance(expected[key], dict) and isinstance(found[key], dict):
            told += _parts(expected[key], found[key], f"{path}.")
        elif expected[key] != found[key]:
            told.append(f"{path}: expected {expected[key]}, found {found[key]}")
    return told


@pytest.mark.parametrize("engine", IN_PROCESS)
def test_generated_cases_agree(engine: str) -> None:
    @settings(
        max_examples=CASES or FEW[engine],
        derandomize=not CASES,
        deadline=None,
        database=None,
        suppress_health_check=QUIET,
    )
    @given(standards_and_data())
    def check(case: tuple[Any, ...]) -> None:
        assert differences(case, engine) == []

    check()


@pytest.mark.postgres
def test_generated_cases_agree_on_postgres(postgres_url: str) -> None:
    @settings(
        max_examples=max(40, CASES // 20),
        derandomize=not CASES,
        deadline=None,
        database=None,
        suppress_health_check=QUIET,
    )
    @given(standards_and_data())
    def check(case: tuple[Any, ...]) -> None:
        assert differences(case, "postgres", postgres_url) == []

    check()


def test_the_plain_reading_is_not_the_engine() -> None:
    """The two share the catalogue of tables and nothing else."""
    import tests.plain.reading as reading

    names = {
        getattr(value, "__module__", "") or ""
        for value in vars(reading).values()
        if not isinstance(value, str)
    }
    shared = {name for name in names if str(name).startswith("jinwei.")}
    assert shared <= {"jinwei.engine.catalogue"}
