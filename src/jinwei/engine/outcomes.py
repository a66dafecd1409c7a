"""From a figure to state and points: the tables of section 6, one part or several.

Everything is reckoned in exact fractions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from .measures.base import Figure, Tally
from .measures.occurrences import Occurrences
from .periods import Clock
from .plan import PlannedIndicator, PlannedPart
from .schema import Target
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
    assert isinstance(planned.part.measure, Occurrences)
    potential = points_at_end(planned, figure, worth, missed=0, short=0)
    at_least = planned.part.measure.at_least
    ahead = tally.to_come
    floor = points_at_end(planned, figure, worth, missed=ahead, short=ahead * at_least)
    value, target = figure.value, figure.target
    if not tally.passed and not tally.missed:
        return Outcome(PENDING, ZERO, ZERO, potential, floor, value, target, figure)
    state = MISSED if tally.missed else ON_TRACK if tally.to_come else MET
    earned = _points_of_windows(planned, figure, worth)
    return Outcome(state, earned, max(worth, ZERO), potential, floor, value, target, figure)


def points_at_end(
    planned: PlannedPart, figure: Figure, worth: Fraction, *, missed: int, short: int
) -> Fraction:
    """Points of occurrences when the period closes, if so many windows to come are missed.

    ``short``: the rows lacking in them. All other windows to come are passed.
    """
    tally = figure.windows
    assert tally is not None
    passed = tally.passed + tally.to_come - missed
    at_end = replace(
        figure,
        windows=Tally(passed, tally.missed + missed, 0),
        shortfall=(figure.shortfall or ZERO) + short,
    )
    return _points_of_windows(planned, at_end, worth)


def _points_of_windows(planned: PlannedPart, figure: Figure, worth: Fraction) -> Fraction:
    """Occurrences aim at every window; they are reached while none is missed."""
    assert figure.windows is not None
    aim = Aim(reached=not figure.windows.missed)
    return clamp(planned.part.score.points(worth, figure, aim), worth)


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
