"""A plan: the set-based steps that bring home, for every subject, the numbers to score.

Each ledger is gone through once for each way of seeing its rows, however many indicators read it;
every indicator then knows at which address (step, slot) its numbers lie. A plan is plain frozen
values, it prints, and its fingerprint names it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import count
from typing import Any, Final, Literal

from .catalogue import Column
from .filters import ColumnValue, DayOffset, Filter, Operand, Test
from .periods import Per
from .schema import Indicator, Part, Standard

FORMAT: Final = 1
"""Version of the canonical form that fingerprints are taken from."""


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
        bounds = " and ".join(f"{operator} {bound}" for operator, bound in self.tests)
        return f"own {self.fact} {_print_slot(self.slot)} {bounds}"


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

    def __str__(self) -> str:
        return "\n".join(_print_plan(self))


@dataclass
class _Draft:
    """A step being gathered: what makes it, and its slots so far."""

    make: Callable[[tuple[Any, ...]], Step]
    slots: list[Any] = field(default_factory=list)


class PlanBuilder:
    """Gathers what the measures ask for; equal requests share one slot."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self._drafts: dict[tuple[object, ...], _Draft] = {}
        self._draft(("subjects",), lambda slots: SubjectStep(standard.applies_to, slots))
        self._draft(("exemptions",), lambda slots: ExemptionStep())

    def _draft(self, key: tuple[object, ...], make: Callable[[tuple[Any, ...]], Step]) -> _Draft:
        return self._drafts.setdefault(key, _Draft(make))

    def _add(
        self, key: tuple[object, ...], slot: object, make: Callable[[tuple[Any, ...]], Step]
    ) -> Address:
        slots = self._draft(key, make).slots
        if slot not in slots:
            slots.append(slot)
        return Address(list(self._drafts).index(key), slots.index(slot))

    def flag(self, where: Filter) -> Address:
        """Whether a filter holds on the subject at the day: 1 or 0."""
        return self._add(("subjects",), where, lambda slots: SubjectStep((), slots))

    def number(self, column: Column) -> Address:
        """A number column of the subject at the day, in stored units; empty is 0."""
        return self._add(("subjects",), column, lambda slots: SubjectStep((), slots))

    def ledger(self, fact: str, seen: Seen, slot: Slot) -> Address:
        key = ("ledger", fact, seen)
        return self._add(key, slot, lambda slots: LedgerStep(fact, seen, slots))

    def windows(self, fact: str, per: Per, slot: Slot, below: bool = False) -> Address:
        key = ("windows", fact, per, below)
        return self._add(key, slot, lambda slots: WindowStep(fact, per, slots, below))

    def below(self, where: Filter) -> Address:
        """The organizations below each subject that match."""
        return self._add(("below", where), None, lambda slots: BelowStep(where))

    def members(self, slot: MemberSlot) -> Address:
        return self._add(("members",), slot, MembersStep)

    def latest(self, fact: str, seen: Seen, column: str, item: LatestItem) -> Address:
        """The newest row of an item; an item asked for differently gets a step of its own."""
        for number in count():
            key = ("latest", fact, seen, column, number)
            taken = self._drafts[key].slots if key in self._drafts else []
            if item in taken or all(other.name != item.name for other in taken):
                break
        return self._add(key, item, lambda slots: LatestStep(fact, seen, column, slots))

    def build(self) -> Plan:
        standard = self.standard
        indicators = tuple(self._plan_indicator(i) for i in standard.indicators)
        vetoes = tuple(self.ledger(v.fact, Seen(), Slot(where=v.where)) for v in standard.vetoes)
        steps = tuple(draft.make(tuple(draft.slots)) for draft in self._drafts.values())
        plan = Plan(standard, steps, indicators, vetoes)
        return replace(plan, fingerprint=fingerprint(plan))

    def _plan_indicator(self, indicator: Indicator) -> PlannedIndicator:
        applies = self.flag(indicator.applies_to) if indicator.applies_to else None
        parts = tuple(self._plan_part(indicator, part) for part in indicator.parts)
        return PlannedIndicator(indicator, applies, parts)

    def _plan_part(self, indicator: Indicator, part: Part) -> PlannedPart:
        aim = None
        if part.target is not None and part.target.share_of is not None:
            aim = self.number(part.target.share_of)
        return PlannedPart(part, part.measure.ask(self, indicator), aim)


def make_plan(standard: Standard) -> Plan:
    """The plan of a standard whose parameters are set."""
    return PlanBuilder(standard).build()


def fingerprint(plan: Plan) -> str:
    """Names a plan: equal for equal steps and scores, whatever titles and comments say."""
    canonical = f"{FORMAT}\n{plan.standard.id}\n" + "\n".join(_print_plan(plan))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _print_plan(plan: Plan) -> Iterator[str]:
    standard = plan.standard
    head = f"Plan {standard.id} {standard.version}, {standard.subject}, per {standard.period}"
    yield head + (f", fingerprint {plan.fingerprint}" if plan.fingerprint else "")
    yield f"applies to {print_filter(standard.applies_to)}"
    for number, step in enumerate(plan.steps):
        yield from _print_step(number, step)
    by_id = {planned.indicator.id: planned for planned in plan.indicators}
    for dimension in standard.dimensions:
        yield f"     dimension {dimension.id}"
        for indicator in dimension.indicators:
            yield from _print_indicator(by_id[indicator.id])
    yield from _print_totals(plan)


def _print_step(number: int, step: Step) -> Iterator[str]:
    slots: tuple[object, ...] = getattr(step, "slots", ())
    yield f"{number:>3}  {_step_head(step)}"
    for index, slot in enumerate(slots):
        yield f"     {number}.{index}  {_print_slot(slot)}"


def _step_head(step: Step) -> str:
    if isinstance(step, SubjectStep):
        return "subjects of the day"
    if isinstance(step, ExemptionStep):
        return "approved exemptions"
    if isinstance(step, LedgerStep):
        return f"ledger {step.fact}, {step.seen}"
    if isinstance(step, WindowStep):
        return f"windows of {step.fact} per {step.per}" + (" below" if step.below else "")
    if isinstance(step, BelowStep):
        return f"organizations below where {print_filter(step.where)}"
    if isinstance(step, MembersStep):
        return "members of the day"
    return f"newest {step.fact} by {step.column}, {step.seen}"


def _print_slot(slot: object) -> str:
    if isinstance(slot, Slot):
        what = slot.what if slot.column is None else f"{slot.what} {slot.column.name}"
        return f"{what} where {print_filter(slot.where)}"
    if isinstance(slot, MemberSlot):
        own = f" with {slot.own}" if slot.own else ""
        satisfying = f" satisfying {print_filter(slot.satisfying)}" if slot.satisfying else ""
        return f"members where {print_filter(slot.where)}{satisfying}{own}"
    if isinstance(slot, LatestItem):
        name = slot.name or "row"
        return f"{name} one of {slot.levels!r} where {print_filter(slot.where)}"
    if isinstance(slot, Column):
        return f"number {slot.name}"
    return f"flag {print_filter(slot)}" if isinstance(slot, tuple) else "match"


def _print_indicator(planned: PlannedIndicator) -> Iterator[str]:
    indicator = planned.indicator
    points = f"{Fraction(indicator.points, 100)} points"
    bonus = ", bonus" if indicator.bonus else ""
    yield f"     {indicator.id}  {points}{bonus}, tier {indicator.tier or '-'}" + (
        f", if {planned.applies}" if planned.applies else ""
    )
    for part in planned.parts:
        numbers = " ".join(map(str, part.addresses))
        target = f" of {print_target(part)}" if part.part.target else ""
        yield (
            f"       {part.part.measure} [{numbers}]{target}"
            f" → {part.part.score}, owed {part.part.owed}"
        )


def _print_totals(plan: Plan) -> Iterator[str]:
    standard = plan.standard
    yield (
        f"     total {standard.total}, full marks {standard.full_marks},"
        f" base {standard.base}, bonus cap {standard.bonus_cap}"
    )
    for row in standard.stars:
        tiers = "".join(f", {tier} {share}" for tier, share in row.tiers)
        yield f"     {row.stars} stars from {row.score}{tiers}"
    for grade in standard.grades:
        yield f"     {', '.join(map(str, sorted(grade.stars)))} stars: grade {grade.title.en}"
    for veto, address in zip(standard.vetoes, plan.vetoes, strict=True):
        yield f"     veto {veto.id} [{address}] at most {veto.stars_at_most} stars"


def print_target(part: PlannedPart) -> str:
    target = part.part.target
    assert target is not None
    if target.share_of is None:
        return f"at most {target.number}" if target.ceiling else str(target.number)
    least = f", at least {target.minimum}" if target.minimum is not None else ""
    return f"{target.number} of {part.aim}{least}" + (", rounded up" if target.round_up else "")


def print_filter(where: Filter) -> str:
    """A filter on one line."""
    return " and ".join(_print_test(t) for t in where) or "any"


def _print_test(test: Test) -> str:
    operands = " | ".join(_print_operand(o) for o in test.operands)
    return f"{test.column.name} {test.operator} {operands}".rstrip()


def _print_operand(operand: Operand) -> str:
    if isinstance(operand, DayOffset):
        return f"day{operand.days:+d}" if operand.days else "day"
    if isinstance(operand, ColumnValue):
        times = f" × {operand.times}" if operand.times != 1 else ""
        days = f" {operand.plus_days:+d} days" if operand.plus_days else ""
        return f"{operand.column.name}{times}{days}"
    return repr(operand.value) if isinstance(operand.value, str) else str(operand.value)
