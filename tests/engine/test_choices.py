"""Readings chosen where the page leaves room, held on every engine and in the plain reading."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jinwei.datasets.read import dataset_from_tables
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for, plain_results, score
from jinwei.engine.standard import read_standard
from tests.plain.reading import read_standard_results
from tests.stores import IN_PROCESS, store

WORDS = {"zh": "测试", "en": "Test"}
DAY = dt.date(2025, 6, 30)
BRANCHES = [
    {"code": "B1", "name": "B1", "kind": "branch"},
    {"code": "B2", "name": "B2", "kind": "branch"},
]


def standard(measure: dict[str, Any], **more: Any) -> dict[str, Any]:
    indicator = {"id": "I", "title": WORDS, "points": 4, "measure": measure, **more}
    return {
        "schema": 1, "id": "choices", "version": "1", "title": WORDS, "issuer": WORDS,
        "subject": "organization", "period": "year",
        "dimensions": [{"id": "d", "title": WORDS, "indicators": [indicator]}],
    }  # fmt: skip


def figures(
    engine: str, document: dict[str, Any], tables: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    """The one indicator of each branch; the plain reading must say the same."""
    tables = {"organization": BRANCHES, **tables}
    plan = make_plan(read_standard(document))
    with store(dataset_from_tables(tables), engine) as backend:
        results = plain_results(score(plan, backend, clock_for(plan, DAY)))
    assert results == read_standard_results(document, tables, DAY)
    return {code: result["indicators"]["I"] for code, result in results.items()}


@pytest.mark.parametrize("engine", IN_PROCESS)
def test_a_term_without_a_beginning_is_the_oldest(engine: str) -> None:
    check = {"check": {"where": {"term_expires_on": {"at_least": "as_of"}}}}
    tables = {
        "term": [
            {"organization": "B1", "started_on": None, "expires_on": "2026-01-31"},
            {"organization": "B2", "started_on": None, "expires_on": "2026-01-31"},
            {"organization": "B2", "started_on": "2020-01-01", "expires_on": "2023-01-01"},
        ]
    }
    found = figures(engine, standard(check), tables)
    assert (found["B1"]["state"], found["B2"]["state"]) == ("met", "missed")


@pytest.mark.parametrize("engine", IN_PROCESS)
def test_a_member_between_two_memberships_is_registered_nowhere(engine: str) -> None:
    level = {"level": {"column": "members"}}
    tables = {
        "member": [{"code": "M", "organization": "B1", "status": "full"}],
        "membership": [
            {"member": "M", "organization": "B2", "from_on": None, "to_on": "2025-03-31"},
            {"member": "M", "organization": "B1", "from_on": "2025-09-01", "to_on": None},
        ],
    }
    found = figures(engine, standard(level, target=1), tables)
    assert (found["B1"]["value"], found["B2"]["value"]) == (0.0, 0.0)


@pytest.mark.parametrize("engine", IN_PROCESS)
def test_a_judgement_that_gives_no_figure_is_passed_over(engine: str) -> None:
    judgement = {"judgement": {"levels": {"good": 1, "poor": 0}}}
    given = {"standard": "choices", "indicator": "I", "judge": "J", "organization": "B1"}
    tables = {
        "judgement": [
            {**given, "judged_on": "2025-02-01", "level": "good"},
            {**given, "judged_on": "2025-05-01", "level": "seen"},
        ]
    }
    found = figures(engine, standard(judgement), tables)
    assert (found["B1"]["value"], found["B2"]["state"]) == (1.0, "awaiting")


@pytest.mark.parametrize("engine", IN_PROCESS)
def test_a_ceiling_on_a_share_is_kept_by_none_satisfying(engine: str) -> None:
    share = {"share": {"fact": "meeting", "satisfying": {"kind": "other"}}}
    meeting = {"organization": "B1", "held_on": "2025-02-01"}
    tables = {
        "meeting": [{"code": "1", "kind": "lecture", **meeting}],
    }
    document = standard(share, target={"at_most": 0}, score="all_or_nothing")
    found = figures(engine, document, tables)
    assert (found["B1"]["state"], found["B1"]["earned"]) == ("met", 4.0)
