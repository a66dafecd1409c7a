"""Occurrences: at least so many rows in every window."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from ..catalogue import TABLES, Column
from ..filters import Filter
from ..node import Node
from ..periods import MONTHS_IN, Per
from ..plan import Address, Evidence, Seen, Slot
from ..schema import Indicator, Owed
from .base import COUNTED, Figure, Measure, Scope, Tally, read_column, read_where

if TYPE_CHECKING:
    from ..planner import PlanBuilder


@dataclass(frozen=True, slots=True)
class Occurrences(Measure):
    """Rows (or different values of ``distinct``) per window, of the subject or of ``each`` below.

    Value: counting windows passed; target: all counting windows of the period.
    """

    fact: str
    where: Filter
    per: Per
    at_least: int
    distinct: Column | None
    each: Filter | None

    name: ClassVar[str] = "occurrences"
    keys: ClassVar[tuple[str, ...]] = ("fact", "where", "per", "at_least", "distinct", "each")
    scores: ClassVar[frozenset[str]] = COUNTED | {"earn"}
    takes_target: ClassVar[bool] = False

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> Occurrences:
        fields = node.fields(cls.keys, ("fact", "per"))
        table = scope.read_fact(fields["fact"]) if "fact" in fields else None
        each = None
        if "each" in fields:
            scope.organizations_only(fields["each"], "each")
            each = read_where(fields, TABLES["organization"], "each")
        return cls(
            fact=table.name if table else "",
            where=read_where(fields, table),
            per=read_per(fields["per"]) if "per" in fields else Per("year"),
            at_least=fields["at_least"].whole(1) if "at_least" in fields else 1,
            distinct=read_column(fields, table, "distinct"),
            each=each,
        )

    @property
    def owed(self) -> Owed:
        return "end"

    @property
    def slot(self) -> Slot:
        return Slot("distinct" if self.distinct else "rows", self.where, self.distinct)

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        if self.each is None:
            return (plan.windows(self.fact, self.per, self.slot),)
        below = plan.windows(self.fact, self.per, self.slot, below=True)
        return (below, plan.below(self.each))

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        """From (closed, short) of each counting window; short 0 passes."""
        windows: tuple[tuple[bool, int], ...] = numbers[0]
        passed = sum(1 for _, short in windows if short == 0)
        missed = [short for closed, short in windows if closed and short]
        tally = Tally(passed, len(missed), len(windows) - passed - len(missed))
        return Figure(
            value=Fraction(passed),
            target=Fraction(tally.counting),
            shortfall=Fraction(sum(missed)),
            nothing=not windows,
            windows=tally,
        )

    def evidence(self, indicator: Indicator) -> Evidence:
        return Evidence(self.fact, Seen(), self.where, below=self.each is not None)

    def __str__(self) -> str:
        each = " in each below" if self.each is not None else ""
        return f"occurrences ≥ {self.at_least} per {self.per}{each}"


def read_per(node: Node) -> Per:
    """``month|quarter|half_year|year`` or ``{months: n}``."""
    if isinstance(node.value, dict):
        fields = node.fields(("months",), ("months",))
        return Per(months=fields["months"].months() if "months" in fields else 1)
    return Per(node.choice(MONTHS_IN))
