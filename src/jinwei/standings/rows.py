"""Results as rows."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from jinwei.engine.periods import Clock
from jinwei.engine.totals import IndicatorResult, Result, half_up

from .models import Adoption, Standing

STANDING_FIELDS: Final = (
    "last",
    "as_of",
    "score",
    "potential",
    "stars",
    "grade",
    "vetoes",
    "dimensions",
    "reckoned_at",
    "fingerprint",
    "digest",
)
INDICATOR_FIELDS: Final = ("state", "earned", "obtainable", "potential", "value", "target")


def standing_row(
    adoption: Adoption, clock: Clock, result: Result, read_at: dt.datetime
) -> Standing:
    fingerprint = adoption.plan().fingerprint
    return Standing(
        adoption=adoption,
        subject=result.subject,
        first=clock.period.first,
        last=clock.period.last,
        as_of=clock.as_of,
        score=result.score,
        potential=result.potential,
        stars=result.stars,
        grade=result.grade,
        vetoes=list(result.vetoes),
        dimensions=result.dimensions,
        reckoned_at=read_at,
        fingerprint=fingerprint,
        digest=_digest(fingerprint, result),
    )


Values = tuple[str, int, int, int, Decimal | None, Decimal | None]
"""What a row says of one indicator, in the order of :data:`INDICATOR_FIELDS`."""


def indicator_values(result: IndicatorResult) -> Values:
    return (
        result.state,
        result.earned,
        result.obtainable,
        result.potential,
        six_decimals(result.value),
        six_decimals(result.target),
    )


def six_decimals(number: Fraction | None) -> Decimal | None:
    """A value as it is stored and shown: six decimals, half away from zero."""
    return None if number is None else Decimal(half_up(number * 10**6)).scaleb(-6)


def _digest(fingerprint: str, result: Result) -> str:
    """Names everything said of a subject, whatever the day it is said on."""
    said: list[Any] = [fingerprint, result.score, result.potential, result.stars]
    said += [result.grade, result.vetoes]
    said += [
        (i.id, i.state, i.earned, i.obtainable, i.potential, str(i.value), str(i.target))
        for i in result.indicators.values()
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
