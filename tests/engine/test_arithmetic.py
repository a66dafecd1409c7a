"""Arithmetic in the database stays whole at the limits of what is let in, on every engine."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinwei.datasets.read import dataset_from_tables
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for, score
from jinwei.engine.standard import read_standard
from tests.stores import IN_PROCESS, store

LARGEST_YUAN = 10**10 - 1
amounts = st.integers(-LARGEST_YUAN * 100, LARGEST_YUAN * 100)
factors = st.builds(
    Fraction, st.integers(0, 10_000), st.sampled_from([1, 2, 4, 5, 10, 100, 1000, 10_000])
)
AT_LIMITS = [LARGEST_YUAN * 100, LARGEST_YUAN * 100 - 1, -LARGEST_YUAN * 100, 0, 1]


def standard(where: dict[str, Any], fact: str = "dues") -> dict[str, Any]:
    words = {"zh": "测试", "en": "Test"}
    measure = {"count": {"fact": fact, "where": where}}
    indicator = {"id": "I", "title": words, "points": 1, "measure": measure, "target": 1}
    return {
        "schema": 1, "id": "limits", "version": "1", "title": words, "issuer": words,
        "subject": "organization", "period": "year",
        "dimensions": [{"id": "d", "title": words, "indicators": [indicator]}],
    }  # fmt: skip


def counted(where: dict[str, Any], rows: list[dict[str, Any]], engine: str) -> int:
    tables = {
        "organization": [{"code": "B", "name": "B", "kind": "branch"}],
        "member": [{"code": "M", "organization": "B", "status": "full"}],
        "dues": [{"member": "M", "organization": "B", "month": "2025-01", **row} for row in rows],
    }
    plan = make_plan(read_standard(standard(where)))
    with store(dataset_from_tables(tables), engine) as backend:
        result = score(plan, backend, clock_for(plan, dt.date(2025, 12, 31)))["B"]
    value = result.indicators["I"].value
    assert value is not None
    return int(value)


def yuan(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


@pytest.mark.parametrize("engine", IN_PROCESS)
def test_a_column_times_a_number_against_another_column(engine: str) -> None:
    @settings(max_examples=60, deadline=None, database=None, derandomize=True)
    @given(st.lists(st.tuples(amounts | st.sampled_from(AT_LIMITS), amounts), max_size=6), factors)
    def check(pairs: list[tuple[int, int]], factor: Fraction) -> None:
        where = {"paid": {"at_least": {"column": "due", "times": float(factor)}}}
        rows = [{"paid": yuan(paid), "due": yuan(due)} for paid, due in pairs]
        expected = sum(1 for paid, due in pairs if paid >= due * factor)
        assert counted(where, rows, engine) == expected

    check()


@pytest.mark.parametrize("engine", IN_PROCESS)
def test_a_column_against_a_number_of_six_decimals(engine: str) -> None:
    @settings(max_examples=60, deadline=None, database=None, derandomize=True)
    @given(
        st.lists(amounts | st.sampled_from(AT_LIMITS), max_size=6),
        st.integers(-(10**15), 10**15),
    )
    def check(cents: list[int], millionths: int) -> None:
        bound = Fraction(millionths, 10**6)
        text = f"{'-' if millionths < 0 else ''}{abs(millionths) // 10**6}"
        exact = Decimal(f"{text}.{abs(millionths) % 10**6:06d}")
        rows = [{"paid": yuan(value)} for value in cents]
        expected = sum(1 for value in cents if Fraction(value, 100) > bound)
        assert counted({"paid": {"above": exact}}, rows, engine) == expected

    check()
