"""Results: rounded points, totals, potential, tiers, stars and grades (sections 7 and 8).

Rounded, half away from zero to two decimals, are only each indicator's earned, obtainable and
potential points, and each score or figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from .outcomes import MET, MISSED, ON_TRACK, ZERO, Outcome
from .schema import Standard


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


def total_up(
    standard: Standard, code: str, indicators: dict[str, IndicatorResult], vetoes: tuple[str, ...]
) -> Result:
    """Totals, stars and grade of one subject (sections 7 and 8)."""
    bonus = _bonus(standard, indicators)
    score = _figure(standard, [indicators[i.id] for i in standard.ordinary])
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
    return _rate(standard.full_marks, earned, obtainable) if obtainable else None


@lru_cache(maxsize=65_536)
def _rate(full_marks: Fraction, earned: int, obtainable: int) -> int:
    """The same few figures come again and again, and fractions are slow."""
    return hundredths(full_marks * Fraction(earned, obtainable))


def _potential(
    standard: Standard, indicators: dict[str, IndicatorResult], bonus: int
) -> int | None:
    if standard.total == "sum":
        return None
    counted = [
        (indicators[i.id].potential, i.points)
        for i in standard.ordinary
        if indicators[i.id].outcome.counts
    ]
    points = sum(points for _, points in counted)
    if not points:
        return None
    earned = sum(potential for potential, _ in counted)
    return _rate(standard.full_marks, earned, points) + bonus


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
    ids = [i.id for i in standard.ordinary if i.tier == tier]
    good = sum(1 for id in ids if indicators[id].state in (MET, ON_TRACK))
    return TierTally(good, tuple(id for id in ids if indicators[id].state == MISSED))


def _grade(standard: Standard, stars: int | None) -> str | None:
    if stars is None:
        return None
    return next((g.title.en for g in standard.grades if stars in g.stars), None)
