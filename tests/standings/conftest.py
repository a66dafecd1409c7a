"""A committee with its facts, a day that stands still, and adoptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from jinwei.demo import committee
from jinwei.engine.score import clock_for, plain_results, score
from jinwei.ledgers.backend import DjangoBackend
from jinwei.ledgers.portable import import_dataset
from jinwei.norms import standard_path
from jinwei.standards.actions import install_edition
from jinwei.standings.models import Adoption, Standing, StandingIndicator
from tests.snapshots import begin_with

TODAY = dt.date(2026, 6, 15)
ROOT = "ZG"
Adopt = Callable[..., Adoption]


@pytest.fixture
def today() -> Iterator[dt.date]:
    """The day that the product takes for today."""
    morning = dt.datetime.combine(TODAY, dt.time(9), timezone.get_current_timezone())
    with time_machine.travel(morning):
        yield TODAY


@pytest.fixture
def facts(db: None) -> None:
    begin_with("committee", lambda: import_dataset(committee(today=TODAY)))


@pytest.fixture
def adopt(db: None) -> Adopt:
    def adopt(standard: str, organization: str = ROOT, **more: Any) -> Adoption:
        edition = install_edition(standard_path(standard).read_text(encoding="utf-8"))
        made: Adoption = Adoption.objects.create(
            **{
                "edition": edition,
                "organization_id": organization,
                "from_on": dt.date(2026, 1, 1),
                **more,
            }
        )
        return made

    return adopt


@pytest.fixture
def expected() -> Callable[[Adoption, dt.date], dict[str, Any]]:
    """What the engine says of all subjects of the installation, as plain results."""

    def expected(adoption: Adoption, day: dt.date) -> dict[str, Any]:
        plan = adoption.plan()
        return plain_results(score(plan, DjangoBackend(), clock_for(plan, day)))

    return expected


@pytest.fixture
def stored() -> Callable[[Adoption], dict[str, Any]]:
    """The rows of an adoption as plain results."""

    def stored(adoption: Adoption) -> dict[str, Any]:
        return {s.subject: _plain(s) for s in adoption.standings.prefetch_related("indicators")}

    return stored


def _plain(standing: Standing) -> dict[str, Any]:
    return {
        "score": _points(standing.score),
        "potential": _points(standing.potential),
        "stars": standing.stars,
        "grade": standing.grade,
        "vetoes": standing.vetoes,
        "dimensions": {id: _points(figure) for id, figure in standing.dimensions.items()},
        "indicators": {i.indicator: _plain_indicator(i) for i in standing.indicators.all()},
    }


def _plain_indicator(row: StandingIndicator) -> dict[str, Any]:
    return {
        "state": row.state,
        "earned": row.earned / 100,
        "obtainable": row.obtainable / 100,
        "value": None if row.value is None else float(row.value),
        "target": None if row.target is None else float(row.target),
    }


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100
