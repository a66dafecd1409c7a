"""The engine's front door: score subjects, and say it in plain values (section 9)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from .backends import Backend
from .gather import gather
from .periods import Clock
from .plan import Plan
from .settle import Settler
from .totals import IndicatorResult, Result, half_up


def clock_for(plan: Plan, as_of: dt.date, period: dt.date | None = None) -> Clock:
    """The clock of a plan: the period named by any day in it, else the one that holds ``as_of``."""
    return Clock(plan.standard.period.containing(period or as_of), as_of)


def score(
    plan: Plan, backend: Backend, clock: Clock, subject: str | None = None
) -> dict[str, Result]:
    """The results of all subjects of a plan (or of one), by code.

    Empty for a subject that does not exist at the day or that the standard does not apply to.
    """
    return Settler(plan, gather(plan, backend, clock, subject), clock).results()


def plain_results(results: dict[str, Result]) -> dict[str, Any]:
    """Results as plain numbers, exactly the structure of section 9."""
    return {code: plain_result(result) for code, result in results.items()}


def plain_result(result: Result) -> dict[str, Any]:
    return {
        "score": _points(result.score),
        "potential": _points(result.potential),
        "stars": result.stars,
        "grade": result.grade,
        "vetoes": list(result.vetoes),
        "dimensions": {id: _points(figure) for id, figure in result.dimensions.items()},
        "indicators": {id: _plain_indicator(i) for id, i in result.indicators.items()},
    }


def _plain_indicator(indicator: IndicatorResult) -> dict[str, Any]:
    return {
        "state": indicator.state,
        "earned": indicator.earned / 100,
        "obtainable": indicator.obtainable / 100,
        "value": _six(indicator.value),
        "target": _six(indicator.target),
    }


def _points(figure: int | None) -> float | None:
    return None if figure is None else figure / 100


def _six(number: Fraction | None) -> float | None:
    """A value to six decimals, half away from zero."""
    return None if number is None else half_up(number * 10**6) / 10**6
