"""Planning: the measures ask for numbers, equal requests share a slot, the plan gets its name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

from .catalogue import Column
from .filters import Filter
from .periods import Per
from .plan import (
    Address,
    BelowStep,
    ExemptionStep,
    LatestItem,
    LatestStep,
    LedgerStep,
    MemberSlot,
    MembersStep,
    Plan,
    PlannedIndicator,
    PlannedPart,
    Seen,
    Slot,
    Step,
    SubjectStep,
    WindowStep,
)
from .plan_text import plan_lines
from .schema import Indicator, Part, Standard

FORMAT: Final = 1
"""Version of the canonical form that fingerprints are taken from."""


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
    canonical = f"{FORMAT}\n{plan.standard.id}\n" + "\n".join(plan_lines(plan))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
