"""From the numbers brought home to states, points, totals and stars (sections 6 to 8).

Everything is reckoned in exact fractions; only each indicator's earned, obtainable and potential
points, and each score and figure, are rounded, half away from zero, to two decimals. What a part
settles to depends on a handful of whole numbers, so equal numbers are settled once and remembered:
thousands of branches share a few hundred outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from .gather import Exemption, Gathered, SubjectRow
from .measures.base import Figure, Tally
from .measures.occurrences import Occurrences
from .periods import Clock, Window
from .plan import Address, Plan, PlannedIndicator, PlannedPart
from .schema import Standard, Target
from .scores import NO_AIM, Aim, Earn, clamp

ZERO: Final = Fraction(0)
MET: Final = "met"
ON_TRACK: Final = "on_track"
PENDING: Final = "pending"
AWAITING: Final = "awaiting"
MISSED: Final = "missed"
NOT_APPLICABLE: Final = "not_applicable"
EXEMPT: Final = "exempt"
WORST_FIRST: Final = (MISSED, AWAITING, PENDING, ON_TRACK, MET)
STATES: Final = (*WORST_FIRST, NOT_APPLICABLE, EXEMPT)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a part or an indicator comes to, in exact points.

    ``potential`` is what it can still earn; ``floor`` what it will have at the end of the period
    if nothing more is done. ``figure`` is the reading behind it (None for several parts).
    """

    state: str
    earned: Fraction = ZERO
    obtainable: Fraction = ZERO
    potential: Fraction = ZERO
    floor: Fraction = ZERO
    value: Fraction | None = None
    target: Fraction | None = None
    figure: Figure | None = None

    @property
    def counts(self) -> bool:
        return self.state not in (NOT_APPLICABLE, EXEMPT)


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One figure of a subject; points in hundredths, value and target exact."""

    id: str
    state: str
    earned: int
    obtainable: int
    potential: int
    value: Fraction | None
    target: Fraction | None
    outcome: Outcome
    parts: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Where one subject stands. Scores and figures in hundredths; None: no score."""

    subject: str
    score: int | None
    potential: int | None
    stars: int | None
    grade: str | None
    vetoes: tuple[str, ...]
    dimensions: dict[str, int | None]
    indicators: dict[str, IndicatorResult]


def half_up(number: Fraction) -> int:
    """Rounded to a whole number, half away from zero.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(-5, 2))
    (3, -3)
    """
    doubled = abs(number.numerator) * 2 + number.denominator
    rounded = doubled // (2 * number.denominator)
    return rounded if number >= 0 else -rounded


def hundredths(number: Fraction) -> int:
    return half_up(number * 100)


class Settler:
    """Settles the subjects of one plan at one clock."""

    def __init__(self, plan: Plan, gathered: Gathered, clock: Clock) -> None:
        self.plan = plan
        self.gathered = gathered
        self.clock = clock
        self._outcomes: dict[tuple[Any, ...], tuple[IndicatorResult, ...]] = {}
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
            self._outcomes[key] = (_rounded(planned, outcome, parts),)
        return self._outcomes[key][0]

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
        if measure.name == "judgement":
            latest = self.gathered.numbers.get(part.addresses[0].step, {}).get(code, {})
            name = measure.item(planned.indicator).name  # type: ignore[attr-defined]
            row = latest.get(name)
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


def resolve_target(target: Target | None, aim: int) -> Fraction | None:
    """The number a target stands for; ``aim`` is the subject's number in stored units."""
    if target is None:
        return None
    if target.share_of is None:
        return target.number
    number = target.number * Fraction(aim, target.share_of.scale)
    if target.round_up:
        number = Fraction(-(-number.numerator // number.denominator))
    return number if target.minimum is None else max(number, target.minimum)


def settle_part(
    planned: PlannedPart, figure: Figure, aim: int, worth: Fraction, clock: Clock
) -> Outcome:
    """One part of an indicator, or the whole of one without parts.

    ``worth``: the indicator's points, below 0 if it only takes away.
    """
    part = planned.part
    full = max(worth, ZERO)
    if figure.nothing and not part.measure.met_when_empty:
        return Outcome(NOT_APPLICABLE, figure=figure)
    if figure.nothing:
        return Outcome(MET, full, full, full, full, figure=figure)
    if figure.awaiting:
        return Outcome(AWAITING, potential=full, figure=figure)
    if part.score.by_value and part.target is None:
        return _settle_earning(planned, figure, worth, clock)
    if figure.windows is not None:
        return _settle_windows(planned, figure, worth)
    target = resolve_target(part.target, aim) if part.target is not None else figure.target
    return _settle_target(planned, figure, target, worth, clock)


def _settle_earning(planned: PlannedPart, figure: Figure, worth: Fraction, clock: Clock) -> Outcome:
    """Earned by what is there, without a target."""
    earned = clamp(planned.part.score.points(worth, figure, NO_AIM), worth)
    outcome = _earning(earned, worth, clock)
    return replace(outcome, value=figure.value, figure=figure)


def _earning(earned: Fraction, worth: Fraction, clock: Clock) -> Outcome:
    if clock.closed:
        return Outcome(MET if earned >= worth else MISSED, earned, worth, earned, earned)
    state = PENDING if earned <= 0 else MET if earned >= worth else ON_TRACK
    return Outcome(state, earned, earned, worth, earned)


def _settle_windows(planned: PlannedPart, figure: Figure, worth: Fraction) -> Outcome:
    tally = figure.windows
    assert tally is not None
    score = planned.part.score
    full = max(worth, ZERO)
    rest_passed = replace(figure, windows=replace(tally, passed=tally.passed + tally.to_come))
    potential = clamp(score.points(worth, rest_passed, _of_windows(tally)), worth)
    value, target = figure.value, figure.target
    floor = _floor_of_windows(planned, figure, worth)
    if not tally.passed and not tally.missed:
        return Outcome(PENDING, ZERO, ZERO, potential, floor, value, target, figure)
    state = MISSED if tally.missed else ON_TRACK if tally.to_come else MET
    earned = clamp(score.points(worth, figure, _of_windows(tally)), worth)
    return Outcome(state, earned, full, potential, floor, value, target, figure)


def _of_windows(tally: Tally) -> Aim:
    """Occurrences aim at every window; they are reached while none is missed."""
    return Aim(reached=not tally.missed)


def _floor_of_windows(planned: PlannedPart, figure: Figure, worth: Fraction) -> Fraction:
    """What is left if every window still to come is missed, with nothing in it."""
    tally = figure.windows
    assert tally is not None
    assert isinstance(planned.part.measure, Occurrences)
    short = (figure.shortfall or ZERO) + tally.to_come * planned.part.measure.at_least
    missed = replace(tally, missed=tally.missed + tally.to_come, to_come=0)
    at_end = replace(figure, windows=missed, shortfall=short)
    return clamp(planned.part.score.points(worth, at_end, _of_windows(missed)), worth)


def _settle_target(
    planned: PlannedPart, figure: Figure, target: Fraction | None, worth: Fraction, clock: Clock
) -> Outcome:
    part = planned.part
    full = max(worth, ZERO)
    figure = _with_shortfall(planned, figure, target)
    reached = _is_reached(planned, figure, target)
    earned = clamp(part.score.points(worth, figure, Aim(target, reached)), worth)
    owed = part.owed == "always" or clock.closed
    potential = full if _still_full(planned, clock, owed) else earned
    shown = None if _free_of_target(planned) else target
    value = figure.value
    if reached:
        return Outcome(MET, earned, full, potential, earned, value, shown, figure)
    if owed:
        return Outcome(MISSED, earned, full, potential, earned, value, shown, figure)
    state = ON_TRACK if value else PENDING
    return Outcome(state, ZERO, ZERO, potential, earned, value, shown, figure)


def _free_of_target(planned: PlannedPart) -> bool:
    """Scored by shortfall, a share or a presence is reached at shortfall 0."""
    measure = planned.part.measure.name
    return planned.part.score.by_shortfall and measure in ("share", "member_share", "presence")


def _with_shortfall(planned: PlannedPart, figure: Figure, target: Fraction | None) -> Figure:
    name = planned.part.measure.name
    if figure.shortfall is not None or name in ("rating", "judgement", "findings"):
        return figure
    assert target is not None
    assert figure.value is not None
    ceiling = planned.part.target is not None and planned.part.target.ceiling
    short = figure.value - target if ceiling else target - figure.value
    return replace(figure, shortfall=max(short, ZERO))


def _is_reached(planned: PlannedPart, figure: Figure, target: Fraction | None) -> bool:
    if _free_of_target(planned):
        return figure.shortfall == 0
    assert target is not None
    assert figure.value is not None
    if planned.part.target is not None and planned.part.target.ceiling:
        return figure.value <= target
    return figure.value >= target


def _still_full(planned: PlannedPart, clock: Clock, owed: bool) -> bool:
    """Counts in full in the potential: not yet owed, or can be put right at once."""
    if clock.closed:
        return False
    score = planned.part.score
    return not owed or score.by_value or planned.part.measure.only_at_day


def settle_parts(planned: PlannedIndicator, parts: tuple[Outcome, ...], clock: Clock) -> Outcome:
    """Several causes under one ceiling of points: losses added, taken off once."""
    worth = Fraction(planned.indicator.points, 100)
    counted = [part for part in parts if part.counts]
    if not counted:
        return Outcome(NOT_APPLICABLE)
    if all(isinstance(p.part.score, Earn) for p in planned.parts):
        earned = min(worth, sum((part.earned for part in counted), ZERO))
        return _earning(earned, worth, clock)
    full = max(worth, ZERO)
    state = min((part.state for part in counted), key=WORST_FIRST.index)
    lost = sum((part.obtainable - part.earned for part in counted), ZERO)
    obtainable = full if any(part.obtainable for part in counted) else ZERO
    owing = obtainable or worth < 0
    return Outcome(
        state=state,
        earned=clamp(full - lost, worth) if owing else ZERO,
        obtainable=obtainable,
        potential=clamp(full - sum((full - p.potential for p in counted), ZERO), worth),
        floor=clamp(full - sum((full - p.floor for p in counted), ZERO), worth),
    )


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


# --- totals ------------------------------------------------------------------------------------


def total_up(
    standard: Standard, code: str, indicators: dict[str, IndicatorResult], vetoes: tuple[str, ...]
) -> Result:
    """Totals, stars and grade of one subject (sections 7 and 8)."""
    ordinary = [i.id for i in standard.indicators if not i.bonus]
    bonus = _bonus(standard, indicators)
    score = _figure(standard, [indicators[id] for id in ordinary])
    if score is not None:
        base = standard.base if standard.total == "sum" else ZERO
        score = hundredths(base + Fraction(score, 100)) + bonus
    stars = _stars(standard, indicators, score, vetoes)
    dimensions = {
        d.id: _figure(standard, [indicators[i.id] for i in d.indicators if not i.bonus])
        for d in standard.dimensions
    }
    potential = _potential(standard, indicators, bonus)
    grade = _grade(standard, stars)
    return Result(code, score, potential, stars, grade, vetoes, dimensions, indicators)


def _bonus(standard: Standard, indicators: dict[str, IndicatorResult]) -> int:
    earned = sum(indicators[i.id].earned for i in standard.indicators if i.bonus)
    if standard.bonus_cap is None:
        return earned
    return min(earned, hundredths(standard.bonus_cap))


def _figure(standard: Standard, indicators: list[IndicatorResult]) -> int | None:
    """The figure of some ordinary indicators, in hundredths, without base and bonus."""
    earned = sum(i.earned for i in indicators)
    if standard.total == "sum":
        return earned
    obtainable = sum(i.obtainable for i in indicators)
    return hundredths(standard.full_marks * earned / obtainable) if obtainable else None


def _potential(
    standard: Standard, indicators: dict[str, IndicatorResult], bonus: int
) -> int | None:
    if standard.total == "sum":
        return None
    counted = [
        (indicators[i.id].potential, i.points)
        for i in standard.indicators
        if not i.bonus and indicators[i.id].outcome.counts
    ]
    points = sum(points for _, points in counted)
    if not points:
        return None
    earned = sum(potential for potential, _ in counted)
    return hundredths(standard.full_marks * earned / points) + bonus


def _stars(
    standard: Standard,
    indicators: dict[str, IndicatorResult],
    score: int | None,
    vetoes: tuple[str, ...],
) -> int | None:
    if score is None or not standard.stars:
        return None
    shares = {tier: tally_tier(standard, indicators, tier).share for tier in standard.tiers}
    stars = 0
    for row in standard.stars:
        enough = Fraction(score, 100) >= row.score
        if enough and all(shares[tier] >= share for tier, share in row.tiers):
            stars = row.stars
            break
    caps = (v.stars_at_most for v in standard.vetoes if v.id in vetoes)
    return min((stars, *caps))


@dataclass(frozen=True, slots=True)
class TierTally:
    """A tier's ordinary indicators: how many stand well of those owed, and which are missed."""

    good: int
    missed: tuple[str, ...]

    @property
    def owed(self) -> int:
        return self.good + len(self.missed)

    @property
    def share(self) -> Fraction:
        """An empty tier counts as whole."""
        return Fraction(self.good, self.owed) if self.owed else Fraction(1)


def tally_tier(standard: Standard, indicators: dict[str, IndicatorResult], tier: str) -> TierTally:
    """The states of a tier (section 8)."""
    ids = [i.id for i in standard.indicators if i.tier == tier and not i.bonus]
    good = sum(1 for id in ids if indicators[id].state in (MET, ON_TRACK))
    return TierTally(good, tuple(id for id in ids if indicators[id].state == MISSED))


def _grade(standard: Standard, stars: int | None) -> str | None:
    if stars is None:
        return None
    return next((g.title.en for g in standard.grades if stars in g.stars), None)
