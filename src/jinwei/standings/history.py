"""What was seen on earlier days: month-ends filled in, and the trend of a subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Min, QuerySet

from jinwei.engine.periods import Clock, Per, Window, cut
from jinwei.engine.score import clock_for
from jinwei.engine.totals import Result
from jinwei.standards.models import Edition

from .actions import reckon, results_at
from .models import Adoption, Standing, StandingChange, StandingIndicator
from .notes import is_change, note, save_notes
from .told import Move, indicator_moves
from .writer import chunks, points_of

_MONTHS = Per("month")
_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Point:
    """A score on a day as it was seen then; None: no score. ``adoption`` is whose it is."""

    day: dt.date
    score: int | None
    stars: int | None
    adoption: Adoption


@dataclass(frozen=True, slots=True)
class EditionChange:
    """From a day on another edition led."""

    day: dt.date
    edition: Edition


@dataclass(frozen=True, slots=True)
class Trend:
    """The month-ends of a period up to a day, that day, and where the edition changed."""

    points: tuple[Point, ...]
    editions: tuple[EditionChange, ...]


@dataclass(frozen=True, slots=True)
class PeriodEnd:
    """How a subject stood, or stands, in a period."""

    adoption: Adoption
    first: dt.date
    last: dt.date
    score: int | None
    stars: int | None
    grade: str | None


def backfill(adoption: Adoption, until: dt.date) -> int:
    """Say how everybody stood at the month-ends of the period before the first day reckoned.

    Only changes are written, and the standings of ``until`` where there are none; present ones
    stay as they are. Past month-ends are seen with what is known now. Gives the rows written.
    """
    plan = adoption.plan()
    period = clock_for(plan, until).period
    if not adoption.standings.filter(first=period.first).exists():
        reckon(adoption, as_of=until)
    known = StandingChange.objects.filter(adoption=adoption, first=period.first)
    begun = known.aggregate(day=Min("day"))["day"] or until
    before: dict[str, Result] = {}
    written = 0
    for day in _month_ends(period, min(begun, until)):
        if day < adoption.from_on:
            continue
        clock = Clock(period, day)
        now = results_at(adoption, clock)
        written += _save(_moved(adoption, before, now), clock)
        before = now
    _join(adoption, period, begun, before)
    return written


def _month_ends(period: Window, before: dt.date) -> list[dt.date]:
    return [window.last for window in cut(period, _MONTHS) if window.last < before]


def _moved(
    adoption: Adoption, before: Mapping[str, Result], now: Mapping[str, Result]
) -> Iterable[Move]:
    for code in sorted({*before, *now}):
        old, new = before.get(code), now.get(code)
        if old is None or new is None or old.score != new.score or old.stars != new.stars:
            yield Move(
                adoption,
                code,
                old.score if old else None,
                new.score if new else None,
                old.stars if old else None,
                new.stars if new else None,
                old.potential if old else None,
                new.potential if new else None,
                indicator_moves(points_of(old), points_of(new)),
            )


def _save(moves: Iterable[Move], clock: Clock) -> int:
    rows = [note(move, clock.period.first, clock.as_of) for move in moves]
    rows = [row for row in rows if is_change(row)]
    for chunk in chunks(rows, _ROWS):
        save_notes(chunk)
    return len(rows)


def _join(adoption: Adoption, period: Window, day: dt.date, before: Mapping[str, Result]) -> None:
    """The first day reckoned now begins where the last month-end left off."""
    if not before:
        return
    rows = list(
        StandingChange.objects.filter(
            adoption=adoption, first=period.first, day=day, score_before=None
        )
    )
    now = _points_on(adoption, period, day)
    for row in rows:
        old = before.get(row.subject)
        row.score_before, row.stars_before = (old.score, old.stars) if old else (None, None)
        if old is not None and row.subject in now:
            row.indicators = _differences(old, now[row.subject])
    unchanged = [row.pk for row in rows if not is_change(row)]
    for some in chunks(unchanged, _ROWS):
        StandingChange.objects.filter(pk__in=some).delete()
    for part in chunks([row for row in rows if is_change(row)], _ROWS):
        save_notes(part)


Pairs = dict[str, list[int]]
"""Earned and obtainable points by indicator."""


def _points_on(adoption: Adoption, period: Window, day: dt.date) -> dict[str, Pairs]:
    """What the indicators of each subject stand at, where the standing is of that day."""
    rows = StandingIndicator.objects.filter(
        standing__adoption=adoption, standing__first=period.first, standing__as_of=day
    )
    found: dict[str, Pairs] = {}
    columns = ("standing__subject", "indicator", "earned", "obtainable")
    for subject, id, *two in rows.values_list(*columns).iterator():
        found.setdefault(subject, {})[id] = two
    return found


def _differences(old: Result, now: Pairs) -> Pairs:
    then = {i.id: [i.earned, i.obtainable] for i in old.indicators.values()}
    return {id: [*then.get(id, [0, 0]), *now[id]] for id in now if then.get(id, [0, 0]) != now[id]}


# --- looking back -------------------------------------------------------------------------------


def trend(adoption: Adoption, subject: str, *, day: dt.date, period: Window | None = None) -> Trend:
    """The month-ends of the period (that of ``day`` unless given) up to a day, and that day.

    Before this adoption began, the one that led at the same organization tells.
    """
    span = period or clock_for(adoption.plan(), day).period
    until = min(day, span.last)
    line = [*_predecessors(adoption, span), adoption]
    rows = StandingChange.objects.filter(
        adoption__in=line, subject=subject, day__range=(span.first, until)
    )
    seen = list(rows.order_by("day"))
    days = sorted({*(e for e in _month_ends(span, until)), until})
    points = []
    for one in days:
        own = next((a for a in reversed(line) if a.from_on <= one), line[0])
        row = _last([r for r in seen if r.adoption_id == own.pk], one)
        points.append(Point(one, row.score if row else None, row.stars if row else None, own))
    editions = tuple(
        EditionChange(later.from_on, later.edition)
        for earlier, later in pairwise(line)
        if earlier.edition_id != later.edition_id
    )
    return Trend(tuple(points), editions)


def _predecessors(adoption: Adoption, span: Window) -> list[Adoption]:
    if not adoption.leading:
        return []
    earlier = Adoption.objects.filter(
        organization=adoption.organization_id,
        leading=True,
        to_on__lt=adoption.from_on,
        to_on__gte=span.first,
    )
    return list(earlier.select_related("edition").order_by("from_on"))


def _last(rows: list[StandingChange], day: dt.date) -> StandingChange | None:
    """The last of some rows in order of day that is not after a day."""
    return next((row for row in reversed(rows) if row.day <= day), None)


def changes(adoption: Adoption, subject: str, *, day: dt.date) -> QuerySet[StandingChange]:
    """The changes of a subject up to a day, the newest first."""
    rows = StandingChange.objects.filter(adoption=adoption, subject=subject, day__lte=day)
    return rows.order_by("-day")


def last_change(subject: str, day: dt.date) -> StandingChange | None:
    """The newest change of a subject under an adoption that led: where one tells who is no more."""
    rows = StandingChange.objects.filter(subject=subject, day__lte=day, adoption__leading=True)
    return rows.select_related("adoption__edition").order_by("-day", "-pk").first()


def periods(subject: str) -> tuple[PeriodEnd, ...]:
    """How a subject stood in every period and adoption, the newest first.

    Who ended within a period has no standing in it any more: the last one seen tells.
    """
    rows = list(Standing.objects.filter(subject=subject).select_related("adoption__edition"))
    found = [PeriodEnd(s.adoption, s.first, s.last, s.score, s.stars, s.grade) for s in rows]
    known = {(s.adoption_id, s.first) for s in rows}
    ended = StandingChange.objects.filter(subject=subject, score=None, score_before__isnull=False)
    for one in ended.select_related("adoption__edition").order_by("-day"):
        if (one.adoption_id, one.first) not in known:
            known.add((one.adoption_id, one.first))
            last = clock_for(one.adoption.plan(), one.first).period.last
            score, stars = one.score_before, one.stars_before
            found.append(PeriodEnd(one.adoption, one.first, last, score, stars, None))
    return tuple(sorted(found, key=lambda p: (-p.first.toordinal(), not p.adoption.leading)))
