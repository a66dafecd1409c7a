"""From the numbers brought home to the results of every subject.

What an indicator settles to depends on a handful of whole numbers, so equal numbers are settled
once and remembered: thousands of branches share a few hundred outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

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

_CLOCKS: Final = 4
_OUTCOMES: Final = 50_000
"""What a plan remembers at most: so many outcomes at each of so many clocks."""
_RESULTS: Final = 2_000
"""Whole results that one settling remembers: members share them, branches rarely do."""

Numbers = tuple[tuple[Any, ...], int]
"""The numbers a part is settled from, and that of its target."""
Reader = Callable[[str], Any]
"""Gives what was gathered of a subject, by code."""


class Settler:
    """Settles the subjects of one plan at one clock."""

    def __init__(self, plan: Plan, gathered: Gathered, clock: Clock) -> None:
        self.plan = plan
        self.gathered = gathered
        self.clock = clock
        self._outcomes = _remembered(plan, clock)
        self._results: dict[tuple[Any, ...], Result] = {}
        self._existing: dict[tuple[Any, ...], tuple[bool, ...]] = {}
        self._vetoes = [
            (veto.id, self._number(address))
            for veto, address in zip(plan.standard.vetoes, plan.vetoes, strict=True)
        ]
        self._indicators = [
            (
                planned,
                self._number(planned.applies) if planned.applies is not None else None,
                [self._numbers(planned, part) for part in planned.parts],
            )
            for planned in plan.indicators
        ]

    def results(self) -> dict[str, Result]:
        """Every subject, by code, in order of code."""
        return {code: self.result(code) for code in sorted(self.gathered.subjects)}

    def result(self, code: str) -> Result:
        """Whoever has the same numbers throughout has the same result under another name."""
        asked = tuple([self._asked(code, *one) for one in self._indicators])
        vetoes = tuple(id for id, found in self._vetoes if found(code))
        same = self._results.get((asked, vetoes))
        if same is not None:
            return replace(same, subject=code)
        indicators = {
            planned.indicator.id: self._indicator(planned, *one)
            for (planned, _, _), one in zip(self._indicators, asked, strict=True)
        }
        result = total_up(self.plan.standard, code, indicators, vetoes)
        if len(self._results) < _RESULTS:
            self._results[asked, vetoes] = result
        return result

    # --- one indicator -------------------------------------------------------------------------

    def _asked(
        self, code: str, planned: PlannedIndicator, applies: Reader | None, parts: list[Reader]
    ) -> tuple[str | None, tuple[Numbers, ...]]:
        """A state that needs no figure (filtered out, exempt, before the period), or numbers."""
        if applies is not None and not applies(code):
            return NOT_APPLICABLE, ()
        if code in self.gathered.exemptions and self._is_exempt(code, planned):
            return EXEMPT, ()
        if self.clock.before:
            return PENDING, ()
        return None, tuple([part(code) for part in parts])

    def _indicator(
        self, planned: PlannedIndicator, situation: str | None, numbers: tuple[Numbers, ...]
    ) -> IndicatorResult:
        key = (planned.indicator.id, situation, numbers)
        found: IndicatorResult | None = self._outcomes.get(key)
        if found is None:
            if situation is not None:
                found = _rounded(planned, _standing_outside(planned, situation), ())
            else:
                found = _rounded(planned, *self._settle(planned, numbers))
            self._outcomes[key] = found
        return found

    def _is_exempt(self, code: str, planned: PlannedIndicator) -> bool:
        return any(self._in_force(e) for e in self.exemptions(code, planned))

    def exemptions(self, code: str, planned: PlannedIndicator) -> list[Exemption]:
        """The approved exemptions of an indicator, in force or not."""
        found = self.gathered.exemptions.get(code)
        if not found:
            return []
        return [e for e in found if e.indicator in (None, planned.indicator.id)]

    def _in_force(self, exemption: Exemption) -> bool:
        day = self.clock.day.isoformat()
        return _within(day, day, exemption.first, exemption.last)

    # --- what was gathered ---------------------------------------------------------------------

    def _number(self, address: Address) -> Reader:
        """Reads the number at an address."""
        slot = address.slot
        if address.step == 0:
            subjects = self.gathered.subjects
            return lambda code: subjects[code].slots[slot]
        rows = self.gathered.numbers.get(address.step, {})
        return lambda code: rows[code][slot] if code in rows else 0

    def _numbers(self, planned: PlannedIndicator, part: PlannedPart) -> Reader:
        """Reads the :data:`Numbers` of a part."""
        raw = self._raw(planned, part)
        if part.aim is None:
            return lambda code: (raw(code), 0)
        aim = self._number(part.aim)
        return lambda code: (raw(code), aim(code))

    def _raw(self, planned: PlannedIndicator, part: PlannedPart) -> Reader:
        measure = part.part.measure
        if isinstance(measure, Occurrences):
            return lambda code: (self.windows(code, planned, part),)
        if isinstance(measure, Judgement):
            latest = self.gathered.numbers.get(part.addresses[0].step, {})
            name = measure.item(planned.indicator).name
            return lambda code: (_given(latest.get(code, {}).get(name)),)
        numbers = [self._number(address) for address in part.addresses]
        if len(numbers) == 1:
            number = numbers[0]
            return lambda code: (number(code),)
        return lambda code: tuple([number(code) for number in numbers])

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
        self, planned: PlannedIndicator, numbers: tuple[Numbers, ...]
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


def _remembered(plan: Plan, clock: Clock) -> dict[tuple[Any, ...], Any]:
    """The outcomes of a plan at a clock, for everybody who settles by them; the oldest go."""
    found = plan.settled.setdefault(clock, {})
    for earlier in list(plan.settled)[:-_CLOCKS]:
        plan.settled.pop(earlier, None)
    if len(found) > _OUTCOMES:
        found.clear()
    return found


def _given(row: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """Level and points of a latest row."""
    return row[:2] if row is not None else None


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
