"""The history of standings: one row a subject and day on which a score or stars changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from jinwei.engine.periods import Clock

from .models import Adoption, StandingChange
from .told import IndicatorMove, Move

_ROWS: Final = 500


def note(move: Move, first: dt.date, day: dt.date) -> StandingChange:
    """The row of one move, not yet saved. A first result brings no indicators."""
    known = move.score_before is not None and move.score is not None
    return StandingChange(
        adoption=move.adoption,
        subject=move.subject,
        first=first,
        day=day,
        score_before=move.score_before,
        score=move.score,
        stars_before=move.stars_before,
        stars=move.stars,
        indicators=_others({m.indicator: _points(m) for m in move.indicators}) if known else {},
    )


def write_notes(adoption: Adoption, clock: Clock, rows: Iterable[StandingChange]) -> None:
    """Save the rows of a day; a second change of the day keeps what stood before the first.

    What is again as it was the day before leaves no row.
    """
    fresh = {row.subject: row for row in rows}
    if not fresh:
        return
    stored = StandingChange.objects.filter(
        adoption=adoption, first=clock.period.first, day=clock.as_of, subject__in=fresh
    )
    back = []
    for earlier in stored:
        row = fresh[earlier.subject]
        _continue(row, earlier)
        if not is_change(row):
            back.append(earlier.pk)
    if back:
        StandingChange.objects.filter(pk__in=back).delete()
    save_notes(row for row in fresh.values() if is_change(row))


def save_notes(rows: Iterable[StandingChange]) -> None:
    """Save rows; one that stands there already takes their values."""
    StandingChange.objects.bulk_create(
        rows,
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=["adoption", "subject", "first", "day"],
        update_fields=["score_before", "score", "stars_before", "stars", "indicators"],
    )


def is_change(row: StandingChange) -> bool:
    """Whether the score or stars became others."""
    return (row.score, row.stars) != (row.score_before, row.stars_before)


def _continue(row: StandingChange, earlier: StandingChange) -> None:
    row.score_before, row.stars_before = earlier.score_before, earlier.stars_before
    merged = dict(earlier.indicators)
    for id, (*before, earned, obtainable) in row.indicators.items():
        began = merged.get(id, before)[:2]
        merged[id] = [*began, earned, obtainable]
    row.indicators = _others(merged)


def _others(points: dict[str, list[int]]) -> dict[str, list[int]]:
    """Those that are not as they were; a state alone may have changed."""
    return {id: four for id, four in points.items() if four[:2] != four[2:]}


def _points(move: IndicatorMove) -> list[int]:
    return [
        move.earned_before or 0,
        move.obtainable_before or 0,
        move.earned or 0,
        move.obtainable or 0,
    ]
