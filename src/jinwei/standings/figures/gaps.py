"""What is missing in a scope: indicators that are missed, organizations that are silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.db.models import Count, QuerySet

from ..models import Activity, Adoption, StandingIndicator
from .scopes import of_scope
from .which import current

SILENT: Final = dt.timedelta(days=30)
_MISSED: Final = "missed"


@dataclass(frozen=True, slots=True)
class Missed:
    """An indicator, and how many subjects miss it."""

    indicator: str
    subjects: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who is on record as having done something within thirty days, and who is silent."""

    subjects: int
    silent: tuple[str, ...]
    last_on: dict[str, dt.date | None]

    @property
    def covered(self) -> int:
        return self.subjects - len(self.silent)

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.covered, self.subjects) if self.subjects else None


def most_missed(
    adoption: Adoption,
    day: dt.date,
    *,
    below: str | None = None,
    codes: Collection[str] | None = None,
    limit: int | None = None,
) -> tuple[Missed, ...]:
    """The indicators that the subjects of a scope miss, most first; one query."""
    rows = _missing(adoption, day, below, codes).values("indicator").annotate(n=Count("pk"))
    counted = rows.order_by("-n", "indicator").values_list("indicator", "n")[:limit]
    return tuple(Missed(indicator, n) for indicator, n in counted)


def missing(
    adoption: Adoption,
    day: dt.date,
    indicator: str,
    *,
    below: str | None = None,
    codes: Collection[str] | None = None,
) -> tuple[str, ...]:
    """The subjects of a scope that miss an indicator, in order of code."""
    rows = _missing(adoption, day, below, codes).filter(indicator=indicator)
    subjects = rows.order_by("standing__subject").values_list("standing__subject", flat=True)
    return tuple(subjects)


def _missing(
    adoption: Adoption, day: dt.date, below: str | None, codes: Collection[str] | None
) -> QuerySet[StandingIndicator]:
    standings = current(adoption, day).filter(of_scope("subject", day, below, codes))
    return StandingIndicator.objects.filter(state=_MISSED, standing__in=standings.values("pk"))


def coverage(
    subjects: Iterable[str],
    day: dt.date,
    *,
    below: str | None = None,
) -> Coverage:
    """Which organizations have recorded nothing dated within the last thirty days; one query.

    ``below``: an organization that all of them lie below, where there are many.
    """
    codes = list(subjects)
    rows = Activity.objects.filter(
        of_scope("organization", day, below, None if below is not None else codes)
    )
    known = dict(rows.values_list("organization", "last_on"))
    last_on = {code: known.get(code) for code in codes}
    silent = tuple(c for c, last in last_on.items() if last is None or day - last > SILENT)
    return Coverage(len(codes), silent, last_on)
