"""Count and sum: rows, different values, or a number column added up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from ..catalogue import TABLES, Column
from ..filters import Filter
from ..node import Node
from ..plan import Address, Evidence, Seen, Slot
from ..schema import Indicator, Owed
from .base import (
    COUNTED,
    Figure,
    Measure,
    Scope,
    read_column,
    read_in_force,
    read_number_column,
    read_where,
)

if TYPE_CHECKING:
    from ..planner import PlanBuilder


@dataclass(frozen=True, slots=True)
class Count(Measure):
    """Rows of the subject, or the number of different values of ``distinct``."""

    fact: str
    where: Filter
    distinct: Column | None
    in_force: bool

    name: ClassVar[str] = "count"
    keys: ClassVar[tuple[str, ...]] = ("fact", "where", "distinct", "in_force")
    scores: ClassVar[frozenset[str]] = COUNTED | {"earn"}
    mendable: ClassVar[bool] = True

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> Count:
        fields = node.fields(cls.keys, ("fact",))
        table = scope.read_fact(fields["fact"]) if "fact" in fields else None
        return cls(
            fact=table.name if table else "",
            where=read_where(fields, table),
            distinct=read_column(fields, table, "distinct"),
            in_force=read_in_force(fields, table),
        )

    @property
    def owed(self) -> Owed:
        return "always" if self.in_force else "end"

    @property
    def slot(self) -> Slot:
        return Slot("distinct" if self.distinct else "rows", self.where, self.distinct)

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        seen = Seen("in_force") if self.in_force else Seen()
        return (plan.ledger(self.fact, seen, self.slot),)

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        return Figure(value=Fraction(numbers[0]))

    def evidence(self, indicator: Indicator) -> Evidence:
        return Evidence(self.fact, Seen("in_force") if self.in_force else Seen(), self.where)

    def __str__(self) -> str:
        return f"count of {self.fact}" + (
            f", different {self.distinct.name}" if self.distinct else ""
        )


@dataclass(frozen=True, slots=True)
class Sum(Measure):
    """A number column added up, in the unit standards speak; ``per_member`` divides by members."""

    fact: str
    column: Column
    where: Filter
    per_member: bool

    name: ClassVar[str] = "sum"
    keys: ClassVar[tuple[str, ...]] = ("fact", "column", "where", "per_member")
    scores: ClassVar[frozenset[str]] = COUNTED | {"earn"}
    mendable: ClassVar[bool] = True

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> Sum:
        fields = node.fields(cls.keys, ("fact", "column"))
        table = scope.read_fact(fields["fact"]) if "fact" in fields else None
        per_member = "per_member" in fields and fields["per_member"].boolean()
        if per_member:
            scope.organizations_only(fields["per_member"], "per_member")
        return cls(
            fact=table.name if table else "",
            column=read_number_column(fields, table) or Column("", ""),
            where=read_where(fields, table),
            per_member=per_member,
        )

    @property
    def owed(self) -> Owed:
        return "end"

    @property
    def slot(self) -> Slot:
        return Slot("sum", self.where, self.column)

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        total = plan.ledger(self.fact, Seen(), self.slot)
        members = TABLES["organization"].column("members")
        return (total, plan.number(members)) if self.per_member and members else (total,)

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        total = Fraction(numbers[0], self.column.scale)
        if not self.per_member:
            return Figure(value=total)
        return Figure(value=total / numbers[1]) if numbers[1] else Figure(nothing=True)

    def evidence(self, indicator: Indicator) -> Evidence:
        return Evidence(self.fact, Seen(), self.where)

    def __str__(self) -> str:
        return f"sum of {self.fact} {self.column.name}" + (" per member" * self.per_member)
