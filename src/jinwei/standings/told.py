"""What a write did to the standings: told to whoever asks while it happens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from jinwei.engine.gather import Gathered
from jinwei.engine.periods import Clock

from .models import Adoption


@dataclass(frozen=True, slots=True)
class Points:
    """What stands of one indicator; points in hundredths."""

    state: str
    earned: int
    obtainable: int


@dataclass(frozen=True, slots=True)
class IndicatorMove:
    """An indicator that became another; None where it was not, or is not, part of the result."""

    indicator: str
    state_before: str | None
    state: str | None
    earned_before: int | None
    earned: int | None
    obtainable_before: int | None
    obtainable: int | None

    @property
    def change(self) -> int:
        """Points earned more than before."""
        return (self.earned or 0) - (self.earned_before or 0)


@dataclass(frozen=True, slots=True)
class Move:
    """A subject whose result in an adoption became another; None: no score, no stars."""

    adoption: Adoption
    subject: str
    score_before: int | None
    score: int | None
    stars_before: int | None
    stars: int | None
    potential_before: int | None
    potential: int | None
    indicators: tuple[IndicatorMove, ...]

    @property
    def says_something(self) -> bool:
        """Whether points, stars or states became others (a value alone may have)."""
        before = (self.score_before, self.stars_before, self.potential_before)
        return bool(self.indicators) or before != (self.score, self.stars, self.potential)

    @property
    def change(self) -> int | None:
        """By how much the score changed; None where there was none before or is none now."""
        if self.score is None or self.score_before is None:
            return None
        return self.score - self.score_before


@dataclass
class Told:
    """The moves while somebody listened, and how many subjects wait for the background.

    ``gathered``: the numbers of each subject reckoned by itself, by adoption and code, with the
    clock they were gathered at.
    """

    moves: list[Move] = field(default_factory=list)
    queued: int = 0
    gathered: dict[tuple[int, str], tuple[Clock, Gathered]] = field(default_factory=dict)

    def of(self, subject: str) -> Move | None:
        """The move of a subject where the adoption leads, else the first of any."""
        own = [move for move in self.moves if move.subject == subject]
        return next((m for m in own if m.adoption.leading), own[0] if own else None)


_listener: Final[ContextVar[Told | None]] = ContextVar("told", default=None)


@contextmanager
def telling() -> Iterator[Told]:
    """Collect what happens to standings inside; an inner listener hears for itself alone."""
    told = Told()
    before = _listener.set(told)
    try:
        yield told
    finally:
        _listener.reset(before)


def listener() -> Told | None:
    """Whoever listens now."""
    return _listener.get()


def indicator_moves(
    before: Mapping[str, Points], now: Mapping[str, Points]
) -> tuple[IndicatorMove, ...]:
    """The indicators that differ, in order of the result now."""
    found = []
    for id in dict.fromkeys([*now, *before]):
        old, new = before.get(id), now.get(id)
        if old != new:
            found.append(
                IndicatorMove(
                    id,
                    old.state if old else None,
                    new.state if new else None,
                    old.earned if old else None,
                    new.earned if new else None,
                    old.obtainable if old else None,
                    new.obtainable if new else None,
                )
            )
    return tuple(found)
