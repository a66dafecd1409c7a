"""What every measure has in common.

A measure is one module: a frozen value that reads itself from a document, asks the plan for
numbers, and turns the numbers brought home into a :class:`Figure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from ..catalogue import FACTS, TABLES, Column, Table
from ..checks import names, numbers
from ..filters import Filter, read_column_name, read_filter
from ..node import Node
from ..plan import Address, Evidence
from ..schema import Indicator, Owed

if TYPE_CHECKING:
    from ..planner import PlanBuilder

ZERO = Fraction(0)
ONE = Fraction(1)
COUNTED = frozenset(("all_or_nothing", "proportional", "deduct", "steps"))
"""Scores for a measure that has a shortfall."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure found, exactly.

    ``value`` against ``target`` where the measure brings its own; ``shortfall`` is None where it
    has none. ``nothing``: there is nothing to measure. ``awaiting``: not yet given.
    ``windows``: the tally of occurrences.
    """

    value: Fraction | None = None
    target: Fraction | None = None
    shortfall: Fraction | None = None
    nothing: bool = False
    awaiting: bool = False
    windows: Tally | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Counting windows: passed, missed, still to come (open or ahead)."""

    passed: int
    missed: int
    to_come: int

    @property
    def counting(self) -> int:
        return self.passed + self.missed + self.to_come


class Measure:
    """One way to measure. The class attributes say what may stand beside it in a document."""

    __slots__ = ()

    name: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]
    scores: ClassVar[frozenset[str]] = COUNTED
    default_target: ClassVar[Fraction | None] = None
    takes_target: ClassVar[bool] = True
    only_at_day: ClassVar[bool] = False
    """Read from the subject as it stands: while the period runs it can still be put right."""
    mendable: ClassVar[bool] = False
    """A further entry raises the figure even after it was missed."""

    @classmethod
    def from_node(cls, node: Node, scope: Scope) -> Measure:
        """The measure written at a node; every mistake becomes a fault there."""
        raise NotImplementedError

    @property
    def owed(self) -> Owed:
        """When it is owed unless the document says otherwise."""
        return "always"

    @property
    def met_when_empty(self) -> bool:
        """Nothing to measure counts in full."""
        return False

    def ask(self, plan: PlanBuilder, indicator: Indicator) -> tuple[Address, ...]:
        """Ask the plan for the numbers this measure needs, in the order :meth:`read` takes."""
        raise NotImplementedError

    def evidence(self, indicator: Indicator) -> Evidence:
        """What lies behind the figure of one subject."""
        raise NotImplementedError

    def read(self, numbers: tuple[Any, ...], points: int) -> Figure:
        """The figure from the numbers brought home; ``points`` of the indicator in hundredths."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Scope:
    """What a measure may know about the document around it."""

    subject: str

    @property
    def subject_table(self) -> Table:
        return TABLES[self.subject]

    def read_fact(self, node: Node) -> Table | None:
        """The ledger named at a node; it must have the column that names the subject."""
        table = FACTS.get(node.value) if isinstance(node.value, str) else None
        if table is None:
            node.fault(names.UNKNOWN_FACT, allowed={t.name: t.heading for t in FACTS.values()})
            return None
        if table.column(self.subject) is None:
            # Every ledger names an organization; not every one a member.
            allowed = [t.name for t in FACTS.values() if t.column(self.subject)]
            node.fault(names.NOT_THE_MEMBERS, allowed=allowed)
        return table

    def organizations_only(self, node: Node, found: str) -> None:
        if self.subject != "organization":
            node.fault(names.FOR_ORGANIZATIONS_ONLY, found)


def read_where(fields: dict[str, Node], table: Table | None, key: str = "where") -> Filter:
    if table is None or key not in fields:
        return ()
    return read_filter(fields[key], table)


def read_column(fields: dict[str, Node], table: Table | None, key: str = "column") -> Column | None:
    if table is None or key not in fields:
        return None
    return read_column_name(fields[key], table, fields[key].value)


def read_number_column(
    fields: dict[str, Node], table: Table | None, key: str = "column"
) -> Column | None:
    column = read_column(fields, table, key)
    if column is not None and table is not None and not column.numeric:
        allowed = [c.name for c in table.named if c.numeric]
        fields[key].fault(numbers.NOT_A_NUMBER_COLUMN, column.name, allowed)
    return column


def read_in_force(fields: dict[str, Node], table: Table | None) -> bool:
    if "in_force" not in fields:
        return False
    if table is not None and table.name not in ("post", "term"):
        fields["in_force"].fault(names.NOT_IN_FORCE, table.name)
    return fields["in_force"].boolean()


def read_when_empty(fields: dict[str, Node]) -> bool:
    if "when_empty" not in fields:
        return False
    return fields["when_empty"].choice(("met",)) == "met"


def read_distinct_items(node: Node) -> list[Node]:
    """The entries of a list that names nothing twice."""
    entries = node.filled()
    for index, entry in enumerate(entries):
        if entry.value in [e.value for e in entries[:index]]:
            entry.fault(names.DUPLICATE_ITEM)
    return entries
