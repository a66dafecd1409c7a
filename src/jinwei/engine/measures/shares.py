"""Shares: rows or members that satisfy a condition, of all; and ratings, votes of votes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from ..catalogue import DATE, FACTS, TABLES, Column
from ..checks import names, numbers, scoring
from ..filters import COMPARISONS, Filter, read_filter
from ..node import Node
from ..plan import Address, Evidence, MemberSlot, OwnFacts, Seen, Slot
from ..schema import Indicator, Owed
from .base import (
    ONE,
    Figure,
    Measure,
    Scope,
    read_column,
    read_in_force,
    read_number_column,
    read_when_empty,
    read_where,
)

if TYPE_CHECKING:
    from ..planner import PlanBuilder


def _share(satisfying: int, all_: int) -> Figure:
    """Satisfying of all; the shortfall is those that do not satisfy."""
    if not all_:
        return Figure(nothing=True)
    return Figure(value=Fraction(satisfying, all_), shortfall=Fraction(all_ - satisfying))


@dataclass(frozen=True, slots=True)
class Share(Measure):
    """Rows satisfying a second filter, of all rows; with ``due`` the rows due in the period."""

    fact: str
    where: Filter
    satisfying: Filter
    due: str | None
    in_force: bool
    full_when_empty: bool

    name: ClassVar[str] = "share"
    keys: ClassVar[tuple[str, ...]] = (
        "fact", "where", "satisfying", "due", "in_force", "when_empty",
    )  # fmt: skip
    default_target: ClassVar[Fraction | None] = ONE

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> Share:
        fields = node.fields(cls.keys, ("fact", "satisfying"))
        table = scope.read_fact(fields["fact"]) if "fact" in fields else None
        due = read_column(fields, table, "due")
        if due is not None and due.kind != DATE:
            dates = [c.name for c in table.named if c.kind == DATE] if table else []
            fields["due"].fault(numbers.NOT_A_DATE_COLUMN, allowed=dates)
        in_force = read_in_force(fields, table)
        if due is not None and in_force:
            fields["due"].fault(scoring.DUE_AND_FORCE)
        return cls(
            fact=table.name if table else "",
            where=read_where(fields, table),
            satisfying=read_where(fields, table, "satisfying"),
            due=due.name if due else None,
            in_force=in_force,
            full_when_empty=read_when_empty(fields),
        )

    @property
    def met_when_empty(self) -> bool:
        return self.full_when_empty

    @property
    def seen(self) -> Seen:
        if self.in_force:
            return Seen("in_force")
        return Seen("due", self.due) if self.due else Seen()

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        satisfying = Slot(where=self.where + self.satisfying)
        return (
            plan.ledger(self.fact, self.seen, satisfying),
            plan.ledger(self.fact, self.seen, Slot(where=self.where)),
        )

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        return _share(numbers[0], numbers[1])

    def evidence(self, indicator: Indicator) -> Evidence:
        return Evidence(self.fact, self.seen, self.where, self.satisfying)

    def __str__(self) -> str:
        return f"share of {self.fact}"


@dataclass(frozen=True, slots=True)
class MemberShare(Measure):
    """Members of the subject at the day that satisfy a filter, or a number of own facts."""

    where: Filter
    satisfying: Filter
    own: OwnFacts | None
    full_when_empty: bool

    name: ClassVar[str] = "member_share"
    keys: ClassVar[tuple[str, ...]] = ("where", "satisfying", "when_empty")
    default_target: ClassVar[Fraction | None] = ONE
    mendable: ClassVar[bool] = True

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> MemberShare:
        scope.organizations_only(node, "member_share")
        fields = node.fields(cls.keys, ("satisfying",))
        satisfying: Filter = ()
        own = None
        if "satisfying" in fields:
            if _names_own_facts(fields["satisfying"]):
                own = read_own_facts(fields["satisfying"])
            else:
                satisfying = read_filter(fields["satisfying"], TABLES["member"])
        return cls(
            where=read_where(fields, TABLES["member"]),
            satisfying=satisfying,
            own=own,
            full_when_empty=read_when_empty(fields),
        )

    @property
    def met_when_empty(self) -> bool:
        return self.full_when_empty

    @property
    def owed(self) -> Owed:
        return "end"

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        return (
            plan.members(MemberSlot(self.where, self.satisfying, self.own)),
            plan.members(MemberSlot(self.where)),
        )

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        return _share(numbers[0], numbers[1])

    def evidence(self, indicator: Indicator) -> Evidence:
        return Evidence(members=MemberSlot(self.where, self.satisfying, self.own))

    def __str__(self) -> str:
        return "share of members"


def _names_own_facts(node: Node) -> bool:
    return isinstance(node.value, dict) and bool({"count", "sum"} & set(node.value))


def read_own_facts(node: Node) -> OwnFacts | None:
    """``{sum: {fact: training, column: hours}, at_least: 32}``: facts that name the member."""
    kinds = [k for k in ("count", "sum") if k in node.value]
    if len(kinds) != 1:
        node.fault(names.ONE_MEASURE, len(kinds), ("count", "sum"))
        return None
    kind = kinds[0]
    fields = node.fields((kind, *COMPARISONS), (kind,))
    if kind not in fields:
        return None
    slot_keys = ("fact", "column", "where") if kind == "sum" else ("fact", "where", "distinct")
    inner = fields[kind].fields(slot_keys, ("fact", "column")[: 2 if kind == "sum" else 1])
    table = Scope("member").read_fact(inner["fact"]) if "fact" in inner else None
    slot = _own_slot(kind, inner, table.name if table else None)
    tests = tuple(
        (op, fields[op].number() * (slot.column.scale if kind == "sum" and slot.column else 1))
        for op in COMPARISONS
        if op in fields
    )
    if not tests:
        node.fault(scoring.COMPARISON_MISSING, kind, COMPARISONS)
    return OwnFacts(table.name if table else "", slot, tests)


def _own_slot(kind: str, fields: dict[str, Node], table_name: str | None) -> Slot:
    table = FACTS[table_name] if table_name else None
    where = read_where(fields, table)
    if kind == "sum":
        return Slot("sum", where, read_number_column(fields, table) or Column("", ""))
    distinct = read_column(fields, table, "distinct")
    return Slot("distinct" if distinct else "rows", where, distinct)


@dataclass(frozen=True, slots=True)
class Rating(Measure):
    """One number column of another, both added up: satisfied votes of valid votes."""

    fact: str
    where: Filter
    positive: Column
    all: Column
    full_when_empty: bool

    name: ClassVar[str] = "rating"
    keys: ClassVar[tuple[str, ...]] = ("fact", "where", "positive", "all", "when_empty")
    scores: ClassVar[frozenset[str]] = frozenset(("all_or_nothing", "proportional", "steps"))

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> Rating:
        fields = node.fields(cls.keys, ("fact", "positive", "all"))
        table = scope.read_fact(fields["fact"]) if "fact" in fields else None
        return cls(
            fact=table.name if table else "",
            where=read_where(fields, table),
            positive=read_number_column(fields, table, "positive") or Column("", ""),
            all=read_number_column(fields, table, "all") or Column("", ""),
            full_when_empty=read_when_empty(fields),
        )

    @property
    def met_when_empty(self) -> bool:
        return self.full_when_empty

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        return (
            plan.ledger(self.fact, Seen(), Slot("sum", self.where, self.positive)),
            plan.ledger(self.fact, Seen(), Slot("sum", self.where, self.all)),
        )

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        positive, all_ = numbers
        if not all_:
            return Figure(nothing=self.full_when_empty, awaiting=not self.full_when_empty)
        return Figure(value=Fraction(positive * self.all.scale, all_ * self.positive.scale))

    def evidence(self, indicator: Indicator) -> Evidence:
        return Evidence(self.fact, Seen(), self.where)

    def __str__(self) -> str:
        return f"rating of {self.fact}: {self.positive.name} of {self.all.name}"
