"""Writing results: only what differs, in short transactions, and never over a newer reckoning."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db import connection, transaction

from jinwei.engine.periods import Clock
from jinwei.engine.totals import IndicatorResult, Result

from .models import Adoption, Standing, StandingChange, StandingIndicator
from .notes import note, write_notes
from .rows import INDICATOR_FIELDS, STANDING_FIELDS, Values, indicator_values, standing_row
from .told import Move, Points, indicator_moves, listener
from .upsert import upsert

T = TypeVar("T")

Fresh = tuple[dict[str, Values], set[str]]
"""Of one subject: the indicators that are not stored as they are now, and those that are no more.
"""

_SUBJECTS: Final = 30
"""Subjects written in one transaction, so that a person's save waits a twentieth of a second."""
_TURN_S: Final = 0.01
"""Between two of them whoever waits has a turn; SQLite keeps no queue of those who wait."""
_ROWS: Final = 2000
"""Rows of one statement that only moves a day on."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A standing as it was when the reading of facts began."""

    pk: int
    reckoned_at: dt.datetime
    digest: str
    as_of: dt.date
    score: int | None
    potential: int | None
    stars: int | None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How many subjects were reckoned, and whose result became another (or went away).

    ``skipped``: somebody else reckoned them meanwhile; what they wrote stands.
    """

    subjects: int
    changed: tuple[str, ...]
    skipped: tuple[str, ...] = ()


class Writer:
    """Writes the results of one adoption and period. ``read_at``: when reading began."""

    def __init__(self, adoption: Adoption, clock: Clock, read_at: dt.datetime) -> None:
        self.adoption = adoption
        self.clock = clock
        self.read_at = read_at
        self.rows = Standing.objects.filter(adoption=adoption, first=clock.period.first)
        self._known: dict[int, tuple[IndicatorResult, Values]] = {}

    def seen(self, subjects: Collection[str] | None, *, lock: bool = False) -> dict[str, Seen]:
        """The standings now; ``lock``: nobody else changes them until the transaction ends."""
        rows = self.rows if subjects is None else self.rows.filter(subject__in=subjects)
        rows = rows.select_for_update() if lock else rows
        columns = ("pk", "reckoned_at", "digest", "as_of", "score", "potential", "stars")
        return {code: Seen(*values) for code, *values in rows.values_list("subject", *columns)}

    def write(self, seen: Mapping[str, Seen], results: Mapping[str, Result]) -> Reckoned:
        """Store results; a subject seen that has none any more loses its standing."""
        standings = {
            code: standing_row(self.adoption, self.clock, result, self.read_at)
            for code, result in results.items()
        }
        changed = [
            code
            for code, standing in standings.items()
            if code not in seen or seen[code].digest != standing.digest
        ]
        gone = [code for code in seen if code not in results]
        written: list[str] = []
        for chunk in chunks(sorted([*changed, *gone]), _SUBJECTS):
            if written and not connection.in_atomic_block:
                time.sleep(_TURN_S)
            written += self._write_chunk(chunk, seen, standings, results)
        return Reckoned(
            len(results), tuple(written), tuple(sorted({*changed, *gone} - set(written)))
        )

    def move_on(self, seen: Mapping[str, Seen], *, touch: bool = False) -> None:
        """Say of unchanged standings that they hold on the day of the clock.

        ``touch``: and that the facts were read again.
        """
        as_of = self.clock.as_of
        more: dict[str, Any] = {"reckoned_at": self.read_at} if touch else {}
        still = sorted(one.pk for one in seen.values() if touch or one.as_of < as_of)
        for chunk in chunks(still, _ROWS):
            rows = self.rows.filter(pk__range=(chunk[0], chunk[-1]), as_of__lte=as_of)
            rows = rows.filter(pk__in=chunk) if touch else rows.filter(as_of__lt=as_of)
            rows.update(as_of=as_of, **more)

    # --- a chunk --------------------------------------------------------------------------------

    def _write_chunk(
        self,
        codes: list[str],
        seen: Mapping[str, Seen],
        standings: Mapping[str, Standing],
        results: Mapping[str, Result],
    ) -> list[str]:
        before = _stored_indicators({seen[code].pk: code for code in codes if code in seen})
        fresh = {
            code: self._fresh(results[code], before.get(code, {}))
            for code in codes
            if code in results
        }
        moves = {code: self._move(code, seen, before, results) for code in codes}
        with transaction.atomic():
            free = self._untouched(codes, seen)
            self._put([standings[c] for c in free if c in standings], fresh)
            self.rows.filter(subject__in=[c for c in free if c not in standings]).delete()
            write_notes(self.adoption, self.clock, self._notes(moves[c] for c in free))
        told = listener()
        if told is not None:
            told.moves += (moves[c] for c in free if moves[c].says_something)
        return free

    def _untouched(self, codes: list[str], seen: Mapping[str, Seen]) -> list[str]:
        """Those that nobody else has reckoned since they were seen."""
        rows = self.rows.filter(subject__in=codes).select_for_update().order_by("subject")
        now = dict(rows.values_list("subject", "reckoned_at"))
        then = {code: seen[code].reckoned_at for code in codes if code in seen}
        return [code for code in codes if now.get(code) == then.get(code)]

    def _put(self, standings: list[Standing], fresh: Mapping[str, Fresh]) -> None:
        made = Standing.objects.bulk_create(
            standings,
            update_conflicts=True,
            unique_fields=["adoption", "subject", "first"],
            update_fields=STANDING_FIELDS,
        )
        rows: list[tuple[Any, ...]] = []
        for standing in made:
            changed, lost = fresh[standing.subject]
            rows += ((standing.pk, id, *values) for id, values in changed.items())
            if lost:
                standing.indicators.filter(indicator__in=lost).delete()
        upsert(StandingIndicator, ("standing", "indicator"), INDICATOR_FIELDS, rows)

    def _fresh(self, result: Result, stored: Mapping[str, Values]) -> Fresh:
        now = {id: self._values(indicator) for id, indicator in result.indicators.items()}
        changed = {id: values for id, values in now.items() if stored.get(id) != values}
        return changed, set(stored) - set(now)

    def _values(self, indicator: IndicatorResult) -> Values:
        """Subjects share what they are settled to, so the same is asked for again and again."""
        found = self._known.get(id(indicator))
        if found is None or found[0] is not indicator:
            found = self._known[id(indicator)] = indicator, indicator_values(indicator)
        return found[1]

    def _move(
        self,
        code: str,
        seen: Mapping[str, Seen],
        before: Mapping[str, Mapping[str, Values]],
        results: Mapping[str, Result],
    ) -> Move:
        old, new = seen.get(code), results.get(code)
        stored = {id: Points(*values[:3]) for id, values in before.get(code, {}).items()}
        return Move(
            self.adoption,
            code,
            old.score if old else None,
            new.score if new else None,
            old.stars if old else None,
            new.stars if new else None,
            old.potential if old else None,
            new.potential if new else None,
            indicator_moves(stored, points_of(new)),
        )

    def _notes(self, moves: Iterable[Move]) -> list[StandingChange]:
        period, day = self.clock.period, self.clock.as_of
        return [note(move, period.first, day) for move in moves]


def points_of(result: Result | None) -> dict[str, Points]:
    """What a result says of each indicator."""
    if result is None:
        return {}
    return {i.id: Points(i.state, i.earned, i.obtainable) for i in result.indicators.values()}


def _stored_indicators(codes: Mapping[int, str]) -> dict[str, dict[str, Values]]:
    found: dict[str, dict[str, Values]] = {code: {} for code in codes.values()}
    if codes:
        rows = StandingIndicator.objects.filter(standing__in=codes)
        for standing, id, *values in rows.values_list("standing", "indicator", *INDICATOR_FIELDS):
            found[codes[standing]][id] = tuple(values)
    return found


def chunks(items: Sequence[T], size: int) -> Iterator[list[T]]:
    return (list(items[at : at + size]) for at in range(0, len(items), size))
