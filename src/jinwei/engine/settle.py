"""From the numbers brought home to the results of every subject.

What an indicator settles to depends on a handful of whole numbers, so equal numbers are settled
once and remembered: thousands of branches share a few hundred outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from .gather import Exemption, Gathered, SubjectRow
from .measures.judging import Judgement
from .measures.occurrences import Occurrences
from .outcomes import (
    EXEMPT,
    MET,
    MISSED,
    NOT_APPLICABLE,
    PENDING,
    Outcome,
    settle_part,
    settle_parts,
)
from .periods import Clock, Window
from .plan import Address, Plan, PlannedIndicator, PlannedPart
from .totals import IndicatorResult, Result, hundredths, total_up


class Settler:
    """Settles the subjects of one plan at one clock."""

    def __init__(self, plan: Plan, gathered: Gathered, clock: Clock) -> None:
        self.plan = plan
        self.gathered = gathered
        self.clock = clock
        self._outcomes: dict[tuple[Any, ...], IndicatorResult] = {}
        self._existing: dict[tuple[Any, ...], tuple[bool, ...]] = {}

    def results(self) -> dict[str, Result]:
        """Every subject, by code, in order of code."""
        return {code: self.result(code) for code in sorted(self.gathered.subjects)}

    def result(self, code: str) -> Result:
        indicators = {p.indicator.id: self._indicator(code, p) for p in self.plan.indicators}
        return total_up(self.plan.standard, code, indicators, self._vetoes(code))

    def _vetoes(self, code: str) -> tuple[str, ...]:
        vetoes = zip(self.plan.standard.vetoes, self.plan.vetoes, strict=True)
        return tuple(v.id for v, address in vetoes if self._number(code, address))

    def _number(self, code: str, address: Address) -> int:
        if address.step == 0:
            return self.gathered.subjects[code].slots[address.slot]
        row = self.gathered.numbers.get(address.step, {}).get(code)
        return row[address.slot] if row is not None else 0

    # --- one indicator -------------------------------------------------------------------------

    def _indicator(self, code: str, planned: PlannedIndicator) -> IndicatorResult:
        situation = self._situation(code, planned)
        if situation is not None:
            key: tuple[Any, ...] = (planned.indicator.id, situation)
        else:
            numbers = tuple(self._numbers(code, planned, part) for part in planned.parts)
            key = (planned.indicator.id, numbers)
        if key not in self._outcomes:
            if situation is not None:
                outcome = _standing_outside(planned, situation)
                parts: tuple[Outcome, ...] = ()
            else:
                outcome, parts = self._settle(planned, numbers)
            self._outcomes[key] = _rounded(planned, outcome, parts)
        return self._outcomes[key]

    def _situation(self, code: str, planned: PlannedIndicator) -> str | None:
        """A state that needs no figure: filtered out, exempt, or before the period."""
        if planned.applies is not None and not self._number(code, planned.applies):
            return NOT_APPLICABLE
        if any(self._in_force(e) for e in self.exemptions(code, planned)):
            return EXEMPT
        return PENDING if self.clock.before else None

    def exemptions(self, code: str, planned: PlannedIndicator) -> list[Exemption]:
        """The approved exemptions of an indicator, in force or not."""
        id = planned.indicator.id
        return [e for e in self.gathered.exemptions.get(code, ()) if e.indicator in (None, id)]

    def _in_force(self, exemption: Exemption) -> bool:
        day = self.clock.day.isoformat()
        return _within(day, day, exemption.first, exemption.last)

    def _numbers(
        self, code: str, planned: PlannedIndicator, part: PlannedPart
    ) -> tuple[tuple[Any, ...], int]:
        """The numbers a part is settled from, and that of its target."""
        measure = part.part.measure
        aim = self._number(code, part.aim) if part.aim is not None else 0
        if isinstance(measure, Occurrences):
            return (self.windows(code, planned, part),), aim
        if isinstance(measure, Judgement):
            latest = self.gathered.numbers.get(part.addresses[0].step, {}).get(code, {})
            row = latest.get(measure.item(planned.indicator).name)
            return ((row[:2] if row is not None else None),), aim
        return tuple(self._number(code, address) for address in part.addresses), aim

    # --- windows -------------------------------------------------------------------------------

    def windows(
        self, code: str, planned: PlannedIndicator, part: PlannedPart
    ) -> tuple[tuple[bool, int], ...]:
        """(closed, short) of each window that counts for a subject."""
        shorts = self.window_shorts(code, planned, part)
        windows = self.clock.windows(_occurrences(part).per)
        return tuple(
            (self.clock.is_closed(window), short)
            for window, short in zip(windows, shorts, strict=True)
            if short is not None
        )

    def window_shorts(
        self, code: str, planned: PlannedIndicator, part: PlannedPart
    ) -> list[int | None]:
        """What each window of the period is short of; None where it does not count."""
        measure = _occurrences(part)
        windows = self.clock.windows(measure.per)
        counting = self._counting(code, planned, windows)
        shorts: list[int | None] = []
        for number, counts in enumerate(counting):
            shorts.append(self._short(code, part, number, windows[number]) if counts else None)
        return shorts

    def _counting(
        self, code: str, planned: PlannedIndicator, windows: tuple[Window, ...]
    ) -> Iterable[bool]:
        row = self.gathered.subjects[code]
        counting = self._throughout(row, windows)
        exemptions = self.exemptions(code, planned)
        if not exemptions:
            return counting
        return [
            counts and not any(_overlaps(window, e) for e in exemptions)
            for counts, window in zip(counting, windows, strict=True)
        ]

    def _throughout(self, row: SubjectRow, windows: tuple[Window, ...]) -> tuple[bool, ...]:
        """Whether a subject existed throughout each window."""
        key = (row.since, row.until, windows)
        if key not in self._existing:
            self._existing[key] = tuple(_lasts(row.since, row.until, w) for w in windows)
        return self._existing[key]

    def _short(self, code: str, part: PlannedPart, number: int, window: Window) -> int | None:
        measure = _occurrences(part)
        counts = self.gathered.numbers[part.addresses[0].step]
        slot = part.addresses[0].slot
        if measure.each is None:
            return _short_of(measure.at_least, counts.get(code), number, slot)
        below = self.gathered.below.get(part.addresses[1].step, {}).get(code, ())
        shorts = [
            _short_of(measure.at_least, counts.get(b.code), number, slot)
            for b in below
            if _lasts(b.since, b.until, window)
        ]
        return sum(shorts) if shorts else None

    # --- settling ------------------------------------------------------------------------------

    def _settle(
        self, planned: PlannedIndicator, numbers: tuple[tuple[tuple[Any, ...], int], ...]
    ) -> tuple[Outcome, tuple[Outcome, ...]]:
        points = planned.indicator.points
        worth = Fraction(points, 100)
        parts = tuple(
            settle_part(part, part.part.measure.read(raw, points), aim, worth, self.clock)
            for part, (raw, aim) in zip(planned.parts, numbers, strict=True)
        )
        outcome = parts[0] if planned.indicator.whole else settle_parts(planned, parts, self.clock)
        if planned.indicator.bonus and outcome.state == MISSED and self.clock.closed:
            # A bonus that was not earned is no fault of anybody.
            if outcome.earned > 0:
                outcome = replace(outcome, state=MET, obtainable=worth)
            else:
                outcome = Outcome(NOT_APPLICABLE, figure=outcome.figure)
        return outcome, parts


def _occurrences(part: PlannedPart) -> Occurrences:
    assert isinstance(part.part.measure, Occurrences)
    return part.part.measure


def _short_of(
    at_least: int, windows: dict[int, tuple[int, ...]] | None, number: int, slot: int
) -> int:
    found = windows.get(number) if windows is not None else None
    return max(0, at_least - (found[slot] if found is not None else 0))


def _lasts(since: str | None, until: str | None, window: Window) -> bool:
    """Existed throughout a window; empty ends are open."""
    return (since is None or since <= window.first.isoformat()) and (
        until is None or until >= window.last.isoformat()
    )


def _within(first: str, last: str, since: str | None, until: str | None) -> bool:
    """Whether two spans of days share one; empty ends are open."""
    return (since is None or since <= last) and (until is None or until >= first)


def _overlaps(window: Window, exemption: Exemption) -> bool:
    first, last = window.first.isoformat(), window.last.isoformat()
    return _within(first, last, exemption.first, exemption.last)


def _standing_outside(planned: PlannedIndicator, state: str) -> Outcome:
    if state != PENDING:
        return Outcome(state)
    return Outcome(PENDING, potential=Fraction(max(planned.indicator.points, 0), 100))


def _rounded(
    planned: PlannedIndicator, outcome: Outcome, parts: tuple[Outcome, ...]
) -> IndicatorResult:
    return IndicatorResult(
        id=planned.indicator.id,
        state=outcome.state,
        earned=hundredths(outcome.earned),
        obtainable=hundredths(outcome.obtainable),
        potential=hundredths(outcome.potential),
        value=outcome.value,
        target=outcome.target,
        outcome=outcome,
        parts=parts,
    )
