"""A plan in words, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .catalogue import Column
from .filters import ColumnValue, DayOffset, Filter, Operand, Test
from .plan import (
    BelowStep,
    ExemptionStep,
    LatestItem,
    LedgerStep,
    MemberSlot,
    MembersStep,
    Plan,
    PlannedIndicator,
    PlannedPart,
    Slot,
    Step,
    SubjectStep,
    WindowStep,
)


def plan_lines(plan: Plan) -> Iterator[str]:
    """A plan as people read it; the fingerprint is taken from these lines."""
    standard = plan.standard
    head = f"Plan {standard.id} {standard.version}, {standard.subject}, per {standard.period}"
    yield head + (f", fingerprint {plan.fingerprint}" if plan.fingerprint else "")
    yield f"applies to {filter_text(standard.applies_to)}"
    for number, step in enumerate(plan.steps):
        yield from _lines_of_step(number, step)
    by_id = {planned.indicator.id: planned for planned in plan.indicators}
    for dimension in standard.dimensions:
        yield f"     dimension {dimension.id}"
        for indicator in dimension.indicators:
            yield from _lines_of_indicator(by_id[indicator.id])
    yield from _lines_of_totals(plan)


def _lines_of_step(number: int, step: Step) -> Iterator[str]:
    slots: tuple[object, ...] = getattr(step, "slots", ())
    yield f"{number:>3}  {_step_head(step)}"
    for index, slot in enumerate(slots):
        yield f"     {number}.{index}  {slot_text(slot)}"


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
        return f"organizations below where {filter_text(step.where)}"
    if isinstance(step, MembersStep):
        return "members of the day"
    return f"newest {step.fact} by {step.column}, {step.seen}"


def slot_text(slot: object) -> str:
    """What a slot brings home, on one line."""
    if isinstance(slot, Slot):
        what = slot.what if slot.column is None else f"{slot.what} {slot.column.name}"
        return f"{what} where {filter_text(slot.where)}"
    if isinstance(slot, MemberSlot):
        own = f" with {slot.own}" if slot.own else ""
        satisfying = f" satisfying {filter_text(slot.satisfying)}" if slot.satisfying else ""
        return f"members where {filter_text(slot.where)}{satisfying}{own}"
    if isinstance(slot, LatestItem):
        name = slot.name or "row"
        return f"{name} one of {slot.levels!r} where {filter_text(slot.where)}"
    if isinstance(slot, Column):
        return f"number {slot.name}"
    return f"flag {filter_text(slot)}" if isinstance(slot, tuple) else "match"


def _lines_of_indicator(planned: PlannedIndicator) -> Iterator[str]:
    indicator = planned.indicator
    points = f"{Fraction(indicator.points, 100)} points"
    bonus = ", bonus" if indicator.bonus else ""
    yield f"     {indicator.id}  {points}{bonus}, tier {indicator.tier or '-'}" + (
        f", if {planned.applies}" if planned.applies else ""
    )
    for part in planned.parts:
        numbers = " ".join(map(str, part.addresses))
        target = f" of {target_text(part)}" if part.part.target else ""
        yield (
            f"       {part.part.measure} [{numbers}]{target}"
            f" → {part.part.score}, owed {part.part.owed}"
        )


def _lines_of_totals(plan: Plan) -> Iterator[str]:
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


def target_text(part: PlannedPart) -> str:
    """A target on one line."""
    target = part.part.target
    assert target is not None
    if target.share_of is None:
        return f"at most {target.number}" if target.ceiling else str(target.number)
    least = f", at least {target.minimum}" if target.minimum is not None else ""
    return f"{target.number} of {part.aim}{least}" + (", rounded up" if target.round_up else "")


def filter_text(where: Filter) -> str:
    """A filter on one line."""
    return " and ".join(_test_text(t) for t in where) or "any"


def _test_text(test: Test) -> str:
    operands = " | ".join(_operand_text(o) for o in test.operands)
    return f"{test.column.name} {test.operator} {operands}".rstrip()


def _operand_text(operand: Operand) -> str:
    if isinstance(operand, DayOffset):
        return f"day{operand.days:+d}" if operand.days else "day"
    if isinstance(operand, ColumnValue):
        times = f" × {operand.times}" if operand.times != 1 else ""
        days = f" {operand.plus_days:+d} days" if operand.plus_days else ""
        return f"{operand.column.name}{times}{days}"
    return repr(operand.value) if isinstance(operand.value, str) else str(operand.value)
