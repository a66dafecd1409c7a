"""What every score has in common: from a figure to points, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Protocol

from ..measures.base import Figure

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Aim:
    """The target as a number (None where there is none), and whether it is reached."""

    target: Fraction | None = None
    reached: bool = False


NO_AIM = Aim()


class Score(Protocol):
    """One way to turn a figure into points."""

    name: ClassVar[str]

    @property
    def by_shortfall(self) -> bool:
        """Takes points off for what is short."""
        ...

    @property
    def by_value(self) -> bool:
        """Gives points for what is there (``earn``, ``steps of: value``)."""
        ...

    def points(self, worth: Fraction, figure: Figure, aim: Aim) -> Fraction:
        """Points before clamping. ``worth`` is what can be earned at most (or lost, below 0)."""
        ...


def clamp(points: Fraction, worth: Fraction) -> Fraction:
    """Never below 0, never above ``worth``; with negative worth from 0 down to it."""
    return min(max(points, min(worth, ZERO)), max(worth, ZERO))


def start(worth: Fraction) -> Fraction:
    """Where deductions begin: at full points, or at 0 under negative points."""
    return max(worth, ZERO)
