"""The subjects of a scope with their scores, and how those are spread."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from django.db.models import Q, QuerySet

from jinwei.engine.schema import Standard
from jinwei.engine.totals import half_up, hundredths
from jinwei.organizations.models import Organization, Superior

from ..models import Adoption
from ..reach import in_force, paths
from .which import current

FEWEST: Final = 5
"""Fewer numbers than this have no median: it would tell of single organizations."""
_FIVE: Final = 500
_BELOW: Final = 6000
_GOOD_STARS: Final = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """A subject of a scope; points in hundredths, None: no score, no stars."""

    subject: str
    score: int | None
    stars: int | None
    potential: int | None


@dataclass(frozen=True, slots=True)
class Class:
    """So many scores from ``low`` to below ``high``; the highest class includes its end."""

    low: int
    high: int
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How the scores of some subjects are spread. Those without a score count in ``subjects``."""

    subjects: int
    scored: int
    median: int | None
    stars: dict[int, int]
    four_or_more: int
    below_60: int
    by_stars: tuple[Class, ...]
    by_fives: tuple[Class, ...]

    @property
    def unscored(self) -> int:
        return self.subjects - self.scored

    @property
    def share_four_or_more(self) -> Fraction | None:
        """Of those that have stars."""
        of = sum(self.stars.values())
        return Fraction(self.four_or_more, of) if of else None


def scope(organization: str, day: dt.date) -> QuerySet[Any, str]:
    """The codes of an organization and of all below it at a day, as a query."""
    return paths(day).filter(ancestor__code=organization).values_list("descendant__code", flat=True)


def of_scope(column: str, day: dt.date, below: str | None, codes: Collection[str] | None) -> Q:
    """The rows of the subjects below an organization, or of those named."""
    if below is not None:
        return Q(**{f"{column}__in": scope(below, day)})
    return Q() if codes is None else Q(**{f"{column}__in": list(codes)})


def scored(
    adoption: Adoption,
    day: dt.date,
    *,
    below: str | None = None,
    codes: Collection[str] | None = None,
) -> tuple[Scored, ...]:
    """The subjects of a scope with their scores, in order of code; one query."""
    rows = current(adoption, day).filter(of_scope("subject", day, below, codes))
    columns = rows.order_by("subject").values_list("subject", "score", "stars", "potential")
    return tuple(Scored(*values) for values in columns)


def median(numbers: Iterable[int]) -> int | None:
    """The middle number; of two in the middle their mean, half away from zero.

    None below five numbers.
    """
    ordered = sorted(numbers)
    if len(ordered) < FEWEST:
        return None
    at = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[at]
    return half_up(Fraction(ordered[at - 1] + ordered[at], 2))


def spread(rows: Sequence[Scored], standard: Standard) -> Spread:
    """How the scores of some subjects are spread, in the classes of their standard."""
    scores = [row.score for row in rows if row.score is not None]
    stars = Counter(row.stars for row in rows if row.stars is not None)
    full = hundredths(standard.full_marks)
    thresholds = sorted({hundredths(row.score) for row in standard.stars} | {0})
    fives = range(0, full, _FIVE)
    return Spread(
        subjects=len(rows),
        scored=len(scores),
        median=median(scores),
        stars={number: stars[number] for number in sorted(stars)},
        four_or_more=sum(n for number, n in stars.items() if number >= _GOOD_STARS),
        below_60=sum(score < _BELOW for score in scores),
        by_stars=_classes(thresholds, full, scores),
        by_fives=_classes(fives, full, scores),
    )


def _classes(lows: Iterable[int], full: int, scores: list[int]) -> tuple[Class, ...]:
    """Scores by class. Bonus points above the full marks fall into the highest class."""
    ordered = list(lows)
    counts = Counter(max(0, bisect_right(ordered, score) - 1) for score in scores)
    highs = [*ordered[1:], full]
    return tuple(
        Class(low, high, counts[at])
        for at, (low, high) in enumerate(zip(ordered, highs, strict=True))
    )


def by_subordinate(organization: str, day: dt.date) -> dict[str, tuple[str, ...]]:
    """The direct subordinates of an organization, each with the codes below it and its own."""
    children = subordinates(organization, day)
    found: defaultdict[str, list[str]] = defaultdict(list)
    rows = (
        paths(day)
        .filter(ancestor__code__in=children)
        .order_by("ancestor__code", "descendant__code")
    )
    for ancestor, descendant in rows.values_list("ancestor__code", "descendant__code"):
        found[ancestor].append(descendant)
    return {code: tuple(found[code]) for code in children}


def subordinates(organization: str, day: dt.date) -> list[str]:
    """The organizations right below one at a day, in order of code.

    A row of superiors says who is; the parent of the organization counts where there is none.
    """
    rows = Superior.objects.filter(purpose=None, withdrawn_at=None)
    moved = rows.values("organization__code")
    below = Q(
        code__in=rows.filter(in_force(day), parent__code=organization).values("organization__code")
    )
    below |= Q(parent__code=organization) & ~Q(code__in=moved)
    existing = Organization.objects.filter(below, exists_at(day))
    return list(existing.order_by("code").values_list("code", flat=True))


def exists_at(day: dt.date) -> Q:
    """Organizations that exist at a day."""
    begun = Q(established_on=None) | Q(established_on__lte=day)
    lasting = Q(dissolved_on=None) | Q(dissolved_on__gte=day)
    return begun & lasting & Q(withdrawn_at=None)
