"""Five temperaments: how an organization lives and how it writes that down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from jinwei.demo.chance import weighted


@dataclass(frozen=True, slots=True)
class Temper:
    """How an organization behaves.

    ``hold`` is the chance that a meeting due in a window takes place, ``turnout`` the range of
    attendance, ``lag`` the days until it is entered, ``blank`` the chance that topic and leader
    are left out. ``payers`` weighs punctual, tardy and owing members. ``diligence`` is the chance
    that any other duty is done, ``overdue`` the chance of an expired term. ``batch``: everything
    is entered on one day, always with everybody present.
    """

    name: str
    weight: float
    hold: float
    turnout: tuple[float, float]
    lag: tuple[int, int]
    blank: float
    payers: tuple[float, float, float]
    diligence: float
    overdue: float
    staff: float
    batch: bool = False

    @property
    def poorness(self) -> float:
        """0 for the best, above 1 for the worst; what stands on paper only is poor behind it."""
        return 0.7 if self.batch else 2 * (1 - self.diligence)

    @property
    def lagging(self) -> bool:
        return self.name == LAGGING.name


EXEMPLARY: Final = Temper(
    "exemplary", 20, 0.999, (0.92, 1.0), (0, 6), 0.0, (0.985, 0.015, 0.0), 0.965, 0.0, 0.021
)
ORDINARY: Final = Temper(
    "ordinary", 42, 0.982, (0.85, 0.98), (0, 8), 0.02, (0.95, 0.046, 0.004), 0.86, 0.01, 0.016
)
SLOPPY: Final = Temper(
    "sloppy", 18, 0.88, (0.68, 0.92), (4, 35), 0.18, (0.83, 0.15, 0.02), 0.66, 0.07, 0.012
)
LAGGING: Final = Temper(
    "lagging", 14, 0.42, (0.4, 0.74), (10, 60), 0.25, (0.6, 0.28, 0.12), 0.25, 0.42, 0.006
)
PAPER_ONLY: Final = Temper(
    "paper-only", 6, 0.99, (1.0, 1.0), (0, 0), 0.0, (1.0, 0.0, 0.0), 0.9, 0.03, 0.01, batch=True
)
TEMPERS: Final = (EXEMPLARY, ORDINARY, SLOPPY, LAGGING, PAPER_ONLY)
_WEIGHTS: Final = tuple((temper, temper.weight) for temper in TEMPERS)
_SLIPS: Final = (0.25, 1.9)
"""How far the branches of one temperament differ in what they do amiss."""
_FOLLOWS: Final = 0.4
"""How often a branch is like the committee above it."""


def climate(rng: Random) -> Temper:
    """The temperament of a committee or a general branch."""
    return weighted(rng, _WEIGHTS)


def temper_of_branch(rng: Random, above: Temper) -> Temper:
    """The temperament of a branch: often that of the organization above it, never quite alike."""
    temper = above if rng.random() < _FOLLOWS else weighted(rng, _WEIGHTS)
    return varied(temper, _SLIPS[0] + (_SLIPS[1] - _SLIPS[0]) * rng.random())


def varied(temper: Temper, slip: float) -> Temper:
    """The same temperament with more or less of what it does amiss; 1 leaves it as it is."""
    if temper.batch:
        return temper
    tardy, owing = (share * slip for share in temper.payers[1:])
    low, high = temper.turnout
    return replace(
        temper,
        hold=_less(temper.hold, slip),
        turnout=(_less(low, slip), _less(high, slip)),
        lag=(temper.lag[0], max(temper.lag[0], round(temper.lag[1] * slip))),
        payers=(max(1 - tardy - owing, 0.2), tardy, owing),
        diligence=_less(temper.diligence, slip),
        overdue=min(temper.overdue * slip, 0.9),
    )


def _less(share: float, slip: float) -> float:
    """What is missing from the whole grows with the slip."""
    return max(1 - (1 - share) * slip, 0.05)


def complete(tempers: Sequence[Temper]) -> list[Temper]:
    """The same temperaments, the first ordinary ones replaced by any that does not occur."""
    done = list(tempers)
    for temper in TEMPERS:
        names = [found.name for found in done]
        if temper.name not in names:
            done[names.index(ORDINARY.name)] = temper
    return done
