"""Judgement and findings: what a named assessor gave."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Final

from ..catalogue import CODE, FACTS, TEXT, Column
from ..checks import names, numbers, scoring
from ..filters import Filter, Literal, Test
from ..node import Node
from ..plan import Address, Evidence, LatestItem, Seen, Slot
from ..schema import Indicator
from .base import ONE, ZERO, Figure, Measure, Scope, read_column, read_where

if TYPE_CHECKING:
    from ..planner import PlanBuilder

LEVEL_KINDS: Final = (CODE, TEXT)
PASSING: Final = Fraction(6, 10)
CLEAN: Final = "none"
"""The level of a judgement that looked and found nothing."""


@dataclass(frozen=True, slots=True)
class Judgement(Measure):
    """The newest judgement's factor (or its points of the indicator's), or a fact's newest row."""

    levels: tuple[tuple[str, Fraction], ...]
    fact: str
    column: Column | None
    where: Filter

    name: ClassVar[str] = "judgement"
    keys: ClassVar[tuple[str, ...]] = ("levels", "fact", "column", "where")
    scores: ClassVar[frozenset[str]] = frozenset()
    default_target: ClassVar[Fraction | None] = PASSING

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> Judgement:
        of_fact = isinstance(node.value, dict) and "fact" in node.value
        keys = cls.keys if of_fact else ("levels",)
        required = ("fact", "column", "levels") if of_fact else ("levels",)
        fields = node.fields(keys, required)
        table = scope.read_fact(fields["fact"]) if "fact" in fields else None
        column = read_column(fields, table)
        if column is not None and table is not None and column.kind not in LEVEL_KINDS:
            allowed = [c.name for c in table.named if c.kind in LEVEL_KINDS]
            fields["column"].fault(numbers.NOT_A_LEVEL_COLUMN, allowed=allowed)
        return cls(
            levels=_read_levels(fields["levels"], column) if "levels" in fields else (),
            fact=table.name if table else "judgement",
            column=column,
            where=read_where(fields, table),
        )

    @property
    def seen(self) -> Seen:
        return Seen() if self.column else Seen("judged")

    def item(self, indicator: Indicator) -> LatestItem:
        name = "" if self.column else indicator.id
        return LatestItem(name, tuple(level for level, _ in self.levels), self.where)

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        column = self.column.name if self.column else "level"
        return (plan.latest(self.fact, self.seen, column, self.item(indicator)),)

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        """From the newest row's (level, points in hundredths), or None."""
        if numbers[0] is None:
            return Figure(awaiting=True)
        level, given = numbers[0]
        if given is not None and points:
            return Figure(value=max(ZERO, min(ONE, Fraction(given, points))))
        return Figure(value=dict(self.levels).get(level, ZERO))

    def evidence(self, indicator: Indicator) -> Evidence:
        column = self.column or _column(FACTS["judgement"].column("level"))
        said = Test(column, "is", tuple(Literal(level) for level, _ in self.levels))
        if self.column:
            return Evidence(self.fact, self.seen, (*self.where, said))
        of = Test(_column(FACTS["judgement"].column("indicator")), "is", (Literal(indicator.id),))
        return Evidence(self.fact, self.seen, (of,))

    def __str__(self) -> str:
        levels = ", ".join(f"{level!r} {factor}" for level, factor in self.levels)
        return f"judgement ({levels})" + (f" of {self.fact}" if self.column else "")


def _read_levels(node: Node, column: Column | None) -> tuple[tuple[str, Fraction], ...]:
    levels = []
    for level, child in node.fields(None).items():
        if column is not None and column.codes is not None and level not in column.codes:
            facts = {"column": column.name, "heading": column.heading}
            child.fault(names.UNKNOWN_LEVEL, level, column.codes, **facts)
        levels.append((level, child.share()))
    node.is_filled()
    return tuple(levels)


@dataclass(frozen=True, slots=True)
class Findings(Measure):
    """What an assessor found: each listed item takes its points off once."""

    deduct: tuple[tuple[str, Fraction], ...]

    name: ClassVar[str] = "findings"
    keys: ClassVar[tuple[str, ...]] = ("deduct",)
    scores: ClassVar[frozenset[str]] = frozenset()
    default_target: ClassVar[Fraction | None] = PASSING

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> Findings:
        fields = node.fields(cls.keys, ("deduct",))
        items = []
        if "deduct" in fields:
            fields["deduct"].is_filled()
        for item, child in (fields["deduct"].fields(None) if fields else {}).items():
            if item == CLEAN:
                child.fault(scoring.RESERVED_ITEM, item)
            items.append((item, child.not_negative()))
        return cls(tuple(items))

    def slot(self, indicator: Indicator, *levels: str) -> Slot:
        table = FACTS["judgement"]
        of_indicator = Test(_column(table.column("indicator")), "is", (Literal(indicator.id),))
        said = Test(_column(table.column("level")), "is", tuple(Literal(v) for v in levels))
        return Slot(where=(of_indicator, said))

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        levels = [*(item for item, _ in self.deduct), CLEAN]
        seen = Seen("judged")
        return tuple(
            plan.ledger("judgement", seen, self.slot(indicator, level)) for level in levels
        )

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        if not any(numbers):
            return Figure(awaiting=True)
        found = zip(self.deduct, numbers, strict=False)
        taken = sum((off for (_, off), rows in found if rows), ZERO)
        worth = Fraction(points, 100)
        return Figure(value=max(ZERO, (worth - taken) / worth) if worth else ZERO)

    def evidence(self, indicator: Indicator) -> Evidence:
        levels = (*(item for item, _ in self.deduct), CLEAN)
        return Evidence("judgement", Seen("judged"), self.slot(indicator, *levels).where)

    def __str__(self) -> str:
        return "findings (" + ", ".join(f"{item!r} {off}" for item, off in self.deduct) + ")"


def _column(column: Column | None) -> Column:
    assert column is not None
    return column
