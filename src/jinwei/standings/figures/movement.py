"""What changed since a day, for whom and why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.db.models import QuerySet

from jinwei.engine.schema import Standard
from jinwei.engine.score import clock_for
from jinwei.engine.totals import half_up

from ..models import Adoption, StandingChange
from .scopes import of_scope

MOVED: Final = 300
"""By so many points (hundredths) a score must change to be a mover."""
_REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Then:
    """How a subject stood at the end of a day; None: no score, no stars."""

    score: int | None
    stars: int | None


@dataclass(frozen=True, slots=True)
class Reason:
    """An indicator that moved a score: points for it (+) or against it (−), in hundredths."""

    indicator: str
    points: int


@dataclass(frozen=True, slots=True)
class Mover:
    """A subject whose score changed by at least three points, and what did most to it."""

    subject: str
    score_before: int
    score: int
    reasons: tuple[Reason, ...]

    @property
    def change(self) -> int:
        return self.score - self.score_before


def change_since(
    adoption: Adoption,
    then: dt.date,
    *,
    day: dt.date,
    below: str | None = None,
    codes: Collection[str] | None = None,
) -> dict[str, Then]:
    """How those stood at the end of a day whose score or stars have changed since; one query.

    Whoever is not in it stands as then.
    """
    rows = _since(adoption, then, day).filter(of_scope("subject", day, below, codes))
    found: dict[str, Then] = {}
    for subject, *stood in rows.order_by("day").values_list(
        "subject", "score_before", "stars_before"
    ):
        found.setdefault(subject, Then(*stood))
    return found


def movers(
    adoption: Adoption,
    then: dt.date,
    *,
    day: dt.date,
    below: str | None = None,
    codes: Collection[str] | None = None,
) -> tuple[Mover, ...]:
    """The subjects whose score changed by three points or more, most first; two queries."""
    rows = _since(adoption, then, day).filter(of_scope("subject", day, below, codes))
    stood: dict[str, tuple[int | None, int | None]] = {}
    scores = rows.order_by("day").values_list("subject", "score_before", "score")
    for subject, before, now in scores:
        stood[subject] = (stood.get(subject, (before,))[0], now)
    moved = {
        subject: (before, now)
        for subject, (before, now) in stood.items()
        if before is not None and now is not None and abs(now - before) >= MOVED
    }
    days: defaultdict[str, list[StandingChange]] = defaultdict(list)
    for row in _since(adoption, then, day).filter(subject__in=moved):
        days[row.subject].append(row)
    standard = adoption.plan().standard
    found = (
        Mover(subject, before, now, _reasons(standard, days[subject], now > before))
        for subject, (before, now) in moved.items()
    )
    return tuple(sorted(found, key=lambda m: (-abs(m.change), m.subject)))


def _since(adoption: Adoption, then: dt.date, day: dt.date) -> QuerySet[StandingChange]:
    """The changes after a day up to another; a new period begins anew."""
    period = clock_for(adoption.plan(), day).period
    return StandingChange.objects.filter(
        adoption=adoption, first=period.first, day__gt=then, day__lte=day
    )


def _reasons(standard: Standard, rows: list[StandingChange], rose: bool) -> tuple[Reason, ...]:
    """The indicators that did most towards a change, from the days on which it happened."""
    points: defaultdict[str, Fraction] = defaultdict(Fraction)
    for row in rows:
        for id, worth in _worth(standard, row):
            points[id] += worth
    towards = [
        Reason(id, half_up(worth)) for id, worth in points.items() if (worth > 0) == rose and worth
    ]
    towards.sort(key=lambda r: (-abs(r.points), r.indicator))
    return tuple(towards[:_REASONS])


def _worth(standard: Standard, row: StandingChange) -> Iterator[tuple[str, Fraction]]:
    """What each indicator of a row gave to the score, or took from it.

    Points earned count for it; of a rate, points that became obtainable count against it in the
    proportion that stood before.
    """
    bonus = {i.id for i in standard.indicators if i.bonus}
    rate = Fraction(0)
    if standard.total == "rate" and row.score_before is not None:
        rate = min(Fraction(1), Fraction(row.score_before, 100) / standard.full_marks)
    for id, (earned, obtainable, earned_now, obtainable_now) in row.indicators.items():
        due = Fraction(0) if id in bonus else rate * (obtainable_now - obtainable)
        yield id, earned_now - earned - due
