"""The scores, one class a kind; a new kind is a class and a line in :data:`SCORES`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final

from ..checks import names, scoring
from ..measures.base import Figure
from ..node import Node
from .base import NO_AIM, Aim, Score, clamp, start


@dataclass(frozen=True, slots=True)
class AllOrNothing:
    """All points if the target is reached (occurrences: no missed window), else none."""

    name: ClassVar[str] = "all_or_nothing"
    by_shortfall: ClassVar[bool] = False
    by_value: ClassVar[bool] = False

    def points(self, worth: Fraction, figure: Figure, aim: Aim) -> Fraction:
        return worth if aim.reached else Fraction(0)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Proportional:
    """Points × value / target, full at a target of 0; occurrences: × passed / owed windows."""

    name: ClassVar[str] = "proportional"
    by_shortfall: ClassVar[bool] = False
    by_value: ClassVar[bool] = False

    def points(self, worth: Fraction, figure: Figure, aim: Aim) -> Fraction:
        if figure.windows is not None:
            owed = figure.windows.passed + figure.windows.missed
            return worth * figure.windows.passed / owed if owed else Fraction(0)
        assert aim.target is not None
        assert figure.value is not None
        return worth * figure.value / aim.target if aim.target else worth

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Deduct:
    """Points less ``each`` per unit of shortfall, or per missed window."""

    each: Fraction
    per_window: bool

    name: ClassVar[str] = "deduct"
    by_shortfall: ClassVar[bool] = True
    by_value: ClassVar[bool] = False

    def points(self, worth: Fraction, figure: Figure, aim: Aim) -> Fraction:
        missing = figure.shortfall or Fraction(0)
        if self.per_window and figure.windows is not None:
            missing = Fraction(figure.windows.missed)
        return start(worth) - self.each * missing

    def __str__(self) -> str:
        return f"deduct {self.each}" + (" per window" if self.per_window else "")


@dataclass(frozen=True, slots=True)
class Earn:
    """``each`` point for every unit of the value."""

    each: Fraction

    name: ClassVar[str] = "earn"
    by_shortfall: ClassVar[bool] = False
    by_value: ClassVar[bool] = True

    def points(self, worth: Fraction, figure: Figure, aim: Aim) -> Fraction:
        assert figure.value is not None
        return self.each * figure.value

    def __str__(self) -> str:
        return f"earn {self.each}"


@dataclass(frozen=True, slots=True)
class Steps:
    """The last step reached: points taken off by shortfall, or given by value."""

    steps: tuple[tuple[Fraction, Fraction], ...]
    of_value: bool

    name: ClassVar[str] = "steps"

    @property
    def by_shortfall(self) -> bool:
        return not self.of_value

    @property
    def by_value(self) -> bool:
        return self.of_value

    def points(self, worth: Fraction, figure: Figure, aim: Aim) -> Fraction:
        reached = figure.value if self.of_value else figure.shortfall
        assert reached is not None
        last = Fraction(0)
        for bound, points in self.steps:
            if reached >= bound:
                last = points
        return last if self.of_value else start(worth) - last

    def __str__(self) -> str:
        of = "value" if self.of_value else "shortfall"
        return f"steps of {of} " + ", ".join(f"{bound}: {points}" for bound, points in self.steps)


@dataclass(frozen=True, slots=True)
class Factor:
    """Points × value: judgements and findings, which know their own share of the points."""

    name: ClassVar[str] = "factor"
    by_shortfall: ClassVar[bool] = False
    by_value: ClassVar[bool] = False

    def points(self, worth: Fraction, figure: Figure, aim: Aim) -> Fraction:
        assert figure.value is not None
        return worth * figure.value

    def __str__(self) -> str:
        return self.name


SCORES: Final = ("all_or_nothing", "proportional", "deduct", "earn", "steps")
"""What ``score`` may say; judgement and findings bring :class:`Factor` themselves."""


_EXAMPLES: Final = {
    "deduct": "{deduct: 0.5}",
    "earn": "{earn: 1}",
    "steps": "{steps: [[1, 3], [2, 5]], of: value}",
}


def read_score(node: Node) -> Score | None:
    """The score written at a node; None, with a fault, where it says none."""
    if isinstance(node.value, dict):
        return _read_table_score(node)
    if node.value == AllOrNothing.name:
        return AllOrNothing()
    if node.value == Proportional.name:
        return Proportional()
    if isinstance(node.value, str) and node.value in _EXAMPLES:
        node.fault(scoring.SCORE_NUMBER, example=_EXAMPLES[node.value])
    else:
        node.fault(names.UNKNOWN_SCORE, allowed=SCORES)
    return None


def _read_table_score(node: Node) -> Score | None:
    kinds = [k for k in _EXAMPLES if k in node.value]
    if not kinds and node.value:
        name = next(iter(node.value))
        node.child(name).fault(names.UNKNOWN_SCORE, name, SCORES)
        return None
    if len(kinds) != 1:
        node.fault(names.ONE_SCORE, len(kinds), SCORES)
        return None
    if kinds[0] == "deduct":
        fields = node.fields(("deduct", "per"), ("deduct",))
        per = fields["per"].choice(("occurrence", "window")) if "per" in fields else "occurrence"
        each = fields["deduct"].positive() if "deduct" in fields else Fraction(1)
        return Deduct(each, per == "window")
    if kinds[0] == "earn":
        fields = node.fields(("earn",), ("earn",))
        return Earn(fields["earn"].positive() if fields else Fraction(1))
    return _read_steps(node)


def _read_steps(node: Node) -> Steps:
    fields = node.fields(("steps", "of"), ("steps", "of"))
    of = fields["of"].choice(("shortfall", "value")) if "of" in fields else "value"
    steps: list[tuple[Fraction, Fraction]] = []
    for entry in fields["steps"].filled() if "steps" in fields else []:
        if not isinstance(entry.value, list) or len(entry.value) != 2:
            entry.fault(scoring.STEPS_PAIR)
            continue
        bound, points = (number.not_negative() for number in entry.entries())
        if steps and bound <= steps[-1][0]:
            entry.child(0).fault(scoring.STEPS_ORDER)
        steps.append((bound, points))
    return Steps(tuple(steps), of == "value")


__all__ = [
    "NO_AIM",
    "SCORES",
    "Aim",
    "AllOrNothing",
    "Deduct",
    "Earn",
    "Factor",
    "Proportional",
    "Score",
    "Steps",
    "clamp",
    "read_score",
]
