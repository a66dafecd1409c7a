"""Five temperaments: how an organization lives and how it writes that down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


EXEMPLARY: Final = Temper(
    "exemplary", 18, 1.0, (0.92, 1.0), (0, 3), 0.0, (0.985, 0.015, 0.0), 0.98, 0.0, 0.021
)
ORDINARY: Final = Temper(
    "ordinary", 45, 0.965, (0.82, 0.98), (0, 8), 0.02, (0.94, 0.055, 0.005), 0.86, 0.01, 0.016
)
SLOPPY: Final = Temper(
    "sloppy", 18, 0.88, (0.68, 0.92), (4, 35), 0.18, (0.83, 0.15, 0.02), 0.66, 0.07, 0.012
)
LAGGING: Final = Temper(
    "lagging", 13, 0.62, (0.5, 0.8), (10, 60), 0.25, (0.68, 0.24, 0.08), 0.38, 0.34, 0.006
)
PAPER_ONLY: Final = Temper(
    "paper-only", 6, 0.99, (1.0, 1.0), (0, 0), 0.0, (1.0, 0.0, 0.0), 0.9, 0.03, 0.01, batch=True
)
TEMPERS: Final = (EXEMPLARY, ORDINARY, SLOPPY, LAGGING, PAPER_ONLY)
_WEIGHTS: Final = tuple((temper, temper.weight) for temper in TEMPERS)
_FOLLOWS: Final = 0.4
"""How often a branch is like the committee above it."""


def climate(rng: Random) -> Temper:
    """The temperament of a committee or a general branch."""
    return weighted(rng, _WEIGHTS)


def temper_of_branch(rng: Random, above: Temper) -> Temper:
    """The temperament of a branch: often that of the organization above it."""
    return above if rng.random() < _FOLLOWS else weighted(rng, _WEIGHTS)


def complete(tempers: Sequence[Temper]) -> list[Temper]:
    """The same temperaments, the first ordinary ones replaced by any that does not occur."""
    done = list(tempers)
    for temper in TEMPERS:
        if temper not in done:
            done[done.index(ORDINARY)] = temper
    return done
