"""The figures of the product are those of the engine on files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection

from jinwei.datasets.read import dataset_from_tables
from jinwei.datasets.store import open_store
from jinwei.demo import committee
from jinwei.engine.explain import explain, plain_explanation
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for, plain_results, score
from jinwei.engine.standard import load_standard, read_standard
from jinwei.ledgers.backend import DjangoBackend
from jinwei.ledgers.models import Meeting
from jinwei.ledgers.portable import export_dataset, import_dataset
from jinwei.norms import standard_path
from tests.golden_cases import CASES, clock, load

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 15)


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_every_figure_equals_the_worked_case(path: Path) -> None:
    case = load(path)
    plan = make_plan(read_standard(case["standard"]))
    import_dataset(dataset_from_tables(case["dataset"]))
    backend = DjangoBackend()
    for as_of in case["as_of"]:
        at = clock(plan, case, as_of)
        expected = case["expect"][as_of]
        assert plain_results(score(plan, backend, at)) == expected
        for subject in expected:
            assert plain_results(score(plan, backend, at, subject)) == {subject: expected[subject]}


@pytest.mark.parametrize("standard", ["office-branch", "classified-grading", "member-points"])
def test_figures_and_reasons_equal_those_on_files(standard: str) -> None:
    """Also after an export: the data set that comes out gives the figures that were on screen."""
    import_dataset(committee(today=TODAY))
    plan = make_plan(load_standard(standard_path(standard)))
    at = clock_for(plan, TODAY)
    backend = DjangoBackend()
    found = plain_results(score(plan, backend, at))
    assert found
    with open_store(export_dataset()) as store:
        assert plain_results(score(plan, store, at)) == found
        for subject in list(found)[:5]:
            one, other = (explain(plan, b, at, subject) for b in (backend, store))
            assert one is not None
            assert other is not None
            assert plain_explanation(one) == plain_explanation(other)


def test_a_fact_not_yet_committed_counts() -> None:
    """The engine reads in the transaction that writes."""
    import_dataset(committee(today=TODAY))
    meeting = Meeting.objects.filter(kind="theme_day").latest("held_on")
    sql, values = "SELECT count(*) FROM fact_meeting WHERE organization = ", {}
    marker = ":code" if connection.vendor == "sqlite" else "%(code)s"
    values = {"code": meeting.organization_id}
    [(before,)] = DjangoBackend().run(sql + marker, values)
    Meeting.objects.create(
        code="new", organization_id=meeting.organization_id, kind="theme_day", held_on=TODAY
    )
    assert DjangoBackend().run(sql + marker, values) == [(before + 1,)]


def test_a_percent_sign_in_a_statement_is_itself() -> None:
    sign = "%" if connection.vendor == "sqlite" else "%%"
    assert DjangoBackend().run(f"SELECT '5{sign}s'", {}) == [("5%s",)]
