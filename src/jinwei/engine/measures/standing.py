"""Level, check and presence: what the subject is at the day, and which values occur."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from ..catalogue import Column
from ..filters import Filter, Literal, Operand, Test, read_filter, read_plain
from ..node import Node
from ..plan import Address, Evidence, Seen, Slot
from ..schema import Indicator, Owed
from .base import (
    ONE,
    Figure,
    Measure,
    Scope,
    read_column,
    read_distinct_items,
    read_in_force,
    read_number_column,
    read_where,
)

if TYPE_CHECKING:
    from ..planner import PlanBuilder


@dataclass(frozen=True, slots=True)
class Level(Measure):
    """A number column of the subject at the day; empty counts as 0."""

    column: Column

    name: ClassVar[str] = "level"
    keys: ClassVar[tuple[str, ...]] = ("column",)
    only_at_day: ClassVar[bool] = True
    mendable: ClassVar[bool] = True

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> Level:
        fields = node.fields(cls.keys, ("column",))
        column = read_number_column(fields, scope.subject_table)
        return cls(column or Column("", ""))

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        return (plan.number(self.column),)

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        return Figure(value=Fraction(numbers[0], self.column.scale))

    def evidence(self, indicator: Indicator) -> Evidence:
        return Evidence(columns=(self.column,))

    def __str__(self) -> str:
        return f"level {self.column.name}"


@dataclass(frozen=True, slots=True)
class Check(Measure):
    """1 if a filter holds on the subject at the day, else 0."""

    where: Filter

    name: ClassVar[str] = "check"
    keys: ClassVar[tuple[str, ...]] = ("where",)
    default_target: ClassVar[Fraction | None] = ONE
    only_at_day: ClassVar[bool] = True
    mendable: ClassVar[bool] = True

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> Check:
        fields = node.fields(cls.keys, ("where",))
        return cls(read_filter(fields["where"], scope.subject_table) if fields else ())

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        return (plan.flag(self.where),)

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        return Figure(value=Fraction(numbers[0]))

    def evidence(self, indicator: Indicator) -> Evidence:
        return Evidence(columns=tuple(dict.fromkeys(test.column for test in self.where)))

    def __str__(self) -> str:
        return "check"


@dataclass(frozen=True, slots=True)
class Presence(Measure):
    """How many of the listed values occur in a column."""

    fact: str
    column: Column
    all_of: tuple[Operand, ...]
    where: Filter
    in_force: bool

    name: ClassVar[str] = "presence"
    keys: ClassVar[tuple[str, ...]] = ("fact", "column", "all_of", "where", "in_force")
    default_target: ClassVar[Fraction | None] = None  # the number listed: see Figure.target
    mendable: ClassVar[bool] = True

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> Presence:
        fields = node.fields(cls.keys, ("fact", "column", "all_of"))
        table = scope.read_fact(fields["fact"]) if "fact" in fields else None
        column = read_column(fields, table)
        items = read_distinct_items(fields["all_of"]) if "all_of" in fields else []
        return cls(
            fact=table.name if table else "",
            column=column or Column("", ""),
            all_of=tuple(read_plain(n, column) for n in items) if column else (),
            where=read_where(fields, table),
            in_force=read_in_force(fields, table),
        )

    @property
    def owed(self) -> Owed:
        return "always" if self.in_force else "end"

    @property
    def listed(self) -> tuple[str, ...]:
        return tuple(str(o.value) for o in self.all_of if isinstance(o, Literal))

    @property
    def seen(self) -> Seen:
        return Seen("in_force") if self.in_force else Seen()

    def slot(self, item: Operand) -> Slot:
        return Slot(where=(*self.where, Test(self.column, "is", (item,))))

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        return tuple(plan.ledger(self.fact, self.seen, self.slot(item)) for item in self.all_of)

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        present = sum(1 for n in numbers if n)
        return Figure(
            value=Fraction(present),
            target=Fraction(len(numbers)),
            shortfall=Fraction(len(numbers) - present),
        )

    def evidence(self, indicator: Indicator) -> Evidence:
        listed = Test(self.column, "is", self.all_of)
        return Evidence(self.fact, self.seen, (*self.where, listed))

    def __str__(self) -> str:
        return f"presence of {', '.join(self.listed)} in {self.fact} {self.column.name}"
