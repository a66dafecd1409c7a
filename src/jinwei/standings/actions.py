"""Reckoning standings: all of an adoption, some subjects, or one after an entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from jinwei.engine.gather import gather
from jinwei.engine.periods import Clock
from jinwei.engine.score import clock_for, score
from jinwei.engine.settle import Settler
from jinwei.engine.totals import Result
from jinwei.ledgers.backend import DjangoBackend
from jinwei.members.models import Member
from jinwei.organizations.models import Organization

from .models import Adoption
from .reach import reached
from .told import listener
from .writer import Reckoned, Writer

__all__ = ["EarlierDay", "Reckoned", "reckon", "reckon_at_hand", "reckon_some", "results_at"]

_SINGLES = 8
"""Scoring one subject alone costs as much as so many of those scored together."""


class EarlierDay(Exception):
    """Standings show what was seen, day after day; a day before the last is not reckoned again."""


def reckon(
    adoption: Adoption,
    *,
    as_of: dt.date,
    subject: str | None = None,
    period: dt.date | None = None,
) -> Reckoned:
    """Bring the standings of an adoption (or of one subject) up to what is known at a day.

    The period is the one that holds the day, or any day named by ``period``.
    Rows are written only where something changed. What is no subject any more loses its standing.
    One subject is reckoned in one transaction, with what that has written; all of them are read
    first and written in short ones, and whoever was reckoned meanwhile is left alone.
    Raises :class:`EarlierDay` where a later day is reckoned already.
    """
    if subject is None:
        return _reckon(adoption, as_of, None, period=period)
    with transaction.atomic():
        return _reckon(adoption, as_of, [subject], period=period, lock=True)


def reckon_at_hand(adoption: Adoption, today: dt.date, subject: str) -> Reckoned:
    """Reckon one subject with its write: today, or on the later day it was reckoned for already."""
    period = clock_for(adoption.plan(), today).period
    own = adoption.standings.filter(subject=subject, first=period.first)
    later = own.filter(as_of__gt=today).values_list("as_of", flat=True).first()
    return reckon(adoption, as_of=later or today, subject=subject)


def reckon_some(adoption: Adoption, *, as_of: dt.date, subjects: Collection[str]) -> Reckoned:
    """Bring the standings of some subjects up to date, as :func:`reckon` does for all."""
    return _reckon(adoption, as_of, subjects)


def _reckon(
    adoption: Adoption,
    as_of: dt.date,
    subjects: Collection[str] | None,
    *,
    period: dt.date | None = None,
    lock: bool = False,
) -> Reckoned:
    clock = clock_for(adoption.plan(), as_of, period)
    writer = Writer(adoption, clock, timezone.now())
    seen = writer.seen(subjects, lock=lock)
    if any(one.as_of > as_of for one in seen.values()):
        raise EarlierDay(as_of)
    reckoned = writer.write(seen, results_at(adoption, clock, subjects))
    left = {*reckoned.changed, *reckoned.skipped}
    unchanged = {code: one for code, one in seen.items() if code not in left}
    writer.move_on(unchanged, touch=subjects is not None)
    return reckoned


def results_at(
    adoption: Adoption, clock: Clock, subjects: Collection[str] | None = None
) -> dict[str, Result]:
    """The results of the subjects that an adoption reaches (or of some of them), by code."""
    wanted = reached(adoption, clock.day, subjects)
    plan, backend = adoption.plan(), DjangoBackend()
    if not wanted:
        return {}
    if len(wanted) == 1 or len(wanted) * _SINGLES < _all(plan.subject):
        found: dict[str, Result] = {}
        told = listener()
        for code in sorted(wanted):
            gathered = gather(plan, backend, clock, code)
            found |= Settler(plan, gathered, clock).results()
            if told is not None:
                told.gathered[adoption.pk, code] = clock, gathered
        return found
    return {c: result for c, result in score(plan, backend, clock).items() if c in wanted}


def _all(subject: str) -> int:
    return Member.objects.count() if subject == "member" else Organization.objects.count()
