"""A plan: the set-based steps that bring home, for every subject, the numbers to score.

Each ledger is gone through once for each way of seeing its rows, however many indicators read it;
every indicator then knows at which address (step, slot) its numbers lie. A plan is plain frozen
values, it prints, and its fingerprint names it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from .catalogue import Column
from .filters import Filter
from .periods import Clock, Per
from .schema import Indicator, Part, Standard


@dataclass(frozen=True, slots=True)
class Seen:
    """Which rows of a ledger are seen.

    ``dated``: dated in the period, not after ``as_of``. ``due``: their ``column`` lies there.
    ``in_force``: in force at the day. ``judged``: judgements of this standard for the period.
    """

    mode: Literal["dated", "due", "in_force", "judged"] = "dated"
    column: str | None = None

    def __str__(self) -> str:
        return f"{self.mode} {self.column}" if self.column else self.mode


@dataclass(frozen=True, slots=True)
class Slot:
    """One number of a step: rows, different values of ``column``, or its sum, where filtered."""

    what: Literal["rows", "distinct", "sum"] = "rows"
    where: Filter = ()
    column: Column | None = None


@dataclass(frozen=True, slots=True)
class LedgerStep:
    """Per subject, numbers of one ledger."""

    fact: str
    seen: Seen
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class WindowStep:
    """Per subject and window, numbers of one ledger. ``below``: of every organization below."""

    fact: str
    per: Per
    slots: tuple[Slot, ...]
    below: bool = False


@dataclass(frozen=True, slots=True)
class BelowStep:
    """Per subject, the organizations below it that match, with the dates they existed."""

    where: Filter


@dataclass(frozen=True, slots=True)
class MemberSlot:
    """Members of a subject that pass ``where`` and, if named, reach a number of own facts."""

    where: Filter
    satisfying: Filter = ()
    own: OwnFacts | None = None


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """A number of the member's own facts, and the comparisons it must pass (in stored units)."""

    fact: str
    slot: Slot
    tests: tuple[tuple[str, Fraction], ...]
    """Operator and bound, in the stored unit of the number."""

    def __str__(self) -> str:
        from .plan_text import slot_text

        bounds = " and ".join(f"{operator} {bound}" for operator, bound in self.tests)
        return f"own {self.fact} {slot_text(self.slot)} {bounds}"


@dataclass(frozen=True, slots=True)
class MembersStep:
    """Per organization, numbers of its members at the day."""

    slots: tuple[MemberSlot, ...]


@dataclass(frozen=True, slots=True)
class LatestItem:
    """An item with its levels. ``name`` is the indicator of a judgement, ``""`` otherwise."""

    name: str
    levels: tuple[str, ...]
    where: Filter = ()


@dataclass(frozen=True, slots=True)
class LatestStep:
    """Per subject and item, the newest row that gives points or one of the item's levels."""

    fact: str
    seen: Seen
    column: str
    slots: tuple[LatestItem, ...]


@dataclass(frozen=True, slots=True)
class SubjectStep:
    """The subjects of the day: when they exist; a slot is a filter (1 or 0) or a number column."""

    applies_to: Filter
    slots: tuple[Filter | Column, ...]


@dataclass(frozen=True, slots=True)
class ExemptionStep:
    """The approved exemptions of this standard."""


Step = SubjectStep | ExemptionStep | LedgerStep | WindowStep | BelowStep | MembersStep | LatestStep


@dataclass(frozen=True, slots=True)
class Evidence:
    """What lies behind a figure, asked for one subject when somebody wants to know.

    Rows of ``fact`` (``below``: of the organizations below), or the ``members``, or ``columns``
    of the subject itself; ``satisfying`` tells those that did what was asked from the others.
    """

    fact: str = ""
    seen: Seen = Seen()
    where: Filter = ()
    satisfying: Filter | None = None
    below: bool = False
    members: MemberSlot | None = None
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """Where a number lies: the step, and the slot in it. ``item`` names a latest row's item."""

    step: int
    slot: int = 0

    def __str__(self) -> str:
        return f"{self.step}.{self.slot}"


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A part with the addresses of its numbers; ``aim`` is that of a ``share_of`` target."""

    part: Part
    addresses: tuple[Address, ...]
    aim: Address | None


@dataclass(frozen=True, slots=True)
class PlannedIndicator:
    """An indicator, the flag that says whether it applies (None: to all), its parts."""

    indicator: Indicator
    applies: Address | None
    parts: tuple[PlannedPart, ...]


@dataclass(frozen=True)
class Plan:
    """All steps of a standard, and where each figure finds its numbers."""

    standard: Standard
    steps: tuple[Step, ...]
    indicators: tuple[PlannedIndicator, ...]
    vetoes: tuple[Address, ...]
    fingerprint: str = field(default="")

    @property
    def subject(self) -> str:
        return self.standard.subject

    @cached_property
    def settled(self) -> dict[Clock, dict[tuple[Any, ...], Any]]:
        """What equal numbers were settled to at a clock; kept by :mod:`jinwei.engine.settle`."""
        return {}

    def __str__(self) -> str:
        from .plan_text import plan_lines

        return "\n".join(plan_lines(self))
