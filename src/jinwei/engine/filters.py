"""Filters: conditions on the columns of a table (section 4 of the standards language)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from .catalogue import (
    BOOLEAN,
    CODE,
    DATE,
    HUNDREDTHS,
    MONTH,
    REFERENCE,
    TEXT,
    WHOLE,
    Column,
    Table,
)
from .checks import names, numbers, shape
from .document import as_date
from .node import MOST_LISTED as MOST_LISTED
from .node import Node, exact_number

AS_OF: Final = "as_of"
MOST_TIMES: Final = 10_000
"""Largest numerator and denominator of a factor on a column."""
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])\Z")
COMPARISONS: Final = ("at_least", "at_most", "above", "below")
OPERATORS: Final = (*COMPARISONS, "not", "contains", "present")
_KIND_WORDS: Final = {
    TEXT: ("文字（像数字的文字请加引号）", "text (what looks like a number needs quotes)"),
    REFERENCE: ("代码", "a code"),
    CODE: ("选项", "a list of codes"),
    MONTH: ("月份（如 2026-03）", "a month (like 2026-03)"),
    DATE: ("日期（如 2026-03-31）", "a date (like 2026-03-31)"),
    WHOLE: ("数", "a number"),
    HUNDREDTHS: ("数", "a number"),
    BOOLEAN: ("是或否（true、false）", "true or false"),
}

Plain = Fraction | str | bool | dt.date


@dataclass(frozen=True, slots=True)
class Literal:
    """A value as written; numbers in the unit that standards speak (yuan, hours, points)."""

    value: Plain


@dataclass(frozen=True, slots=True)
class DayOffset:
    """The day, moved by so many days."""

    days: int = 0


@dataclass(frozen=True, slots=True)
class ColumnValue:
    """Another column of the same row, times a number or plus some days."""

    column: Column
    times: Fraction = Fraction(1)
    plus_days: int = 0


Operand = Literal | DayOffset | ColumnValue


@dataclass(frozen=True, slots=True)
class Test:
    """One condition on one column.

    ``operator`` is ``is`` (one of the operands), ``empty``, or one of :data:`OPERATORS`; ``not``
    holds for an empty column and for one that is none of the operands.
    """

    column: Column
    operator: str
    operands: tuple[Operand, ...] = ()


Filter = tuple[Test, ...]
"""All tests must hold."""


def read_filter(node: Node, table: Table) -> Filter:
    """The filter written at a node, on the columns of a table."""
    tests: list[Test] = []
    for name, child in _conditions(node).items():
        column = read_column_name(child, table, name)
        if column is not None:
            tests.extend(_read_tests(child, table, column))
    return tuple(tests)


def _conditions(node: Node) -> dict[str, Node]:
    node.fields(None)
    return {k: node.child(k) for k in node.value} if isinstance(node.value, dict) else {}


def read_column_name(node: Node, table: Table, name: object) -> Column | None:
    """The column of that name; unknown and guarded ones are faults at the node."""
    column = table.column(name) if isinstance(name, str) else None
    if column is not None and not column.guarded:
        return column
    allowed = {c.name: c.heading for c in table.named}
    if column is not None:
        node.fault(names.GUARDED_COLUMN, name, allowed)
    else:
        node.fault(names.UNKNOWN_COLUMN, name, allowed, table=table.name, heading=table.heading)
    return None


def _read_tests(node: Node, table: Table, column: Column) -> list[Test]:
    if node.value is None:
        return [Test(column, "empty")]
    if isinstance(node.value, list):
        return [Test(column, "is", tuple(read_plain(n, column) for n in node.filled()))]
    if not isinstance(node.value, dict):
        return [Test(column, "is", (read_plain(node, column),))]
    if _is_day(node, column):
        return [Test(column, "is", (_read_operand(node, table, column),))]
    node.fields(OPERATORS)
    if not node.value:
        node.fault(shape.EMPTY_LIST, column.name, OPERATORS)
    known = {key: node.child(key) for key in node.value if key in OPERATORS}
    return [_read_operator(child, table, column, name) for name, child in known.items()]


def _is_day(node: Node, column: Column) -> bool:
    return column.kind == DATE and isinstance(node.value, dict) and set(node.value) == {AS_OF}


def _read_operator(node: Node, table: Table, column: Column, operator: str) -> Test:
    if operator == "present":
        return Test(column, "present" if node.boolean() else "empty")
    if operator == "not":
        nodes = node.filled() if isinstance(node.value, list) else [node]
        return Test(column, "not", tuple(read_plain(n, column) for n in nodes))
    if operator == "contains":
        return _read_contains(node, column)
    if column.kind not in (DATE, WHOLE, HUNDREDTHS):
        _fault_of(node, numbers.NOT_ORDERED, column, operator, ("not", "contains", "present"))
        return Test(column, "empty")
    return Test(column, operator, (_read_operand(node, table, column),))


def _read_contains(node: Node, column: Column) -> Test:
    if column.kind not in (TEXT, REFERENCE):
        _fault_of(node, numbers.CONTAINS_NOT_HERE, column, "contains", OPERATORS)
        return Test(column, "empty")
    return Test(column, "contains", (Literal(node.text()),))


def _read_operand(node: Node, table: Table, column: Column) -> Operand:
    if isinstance(node.value, dict) and set(node.value) == {AS_OF}:
        return _read_day(node, column)
    if isinstance(node.value, dict) and "column" in node.value:
        return _read_column_value(node, table, column)
    return read_plain(node, column)


def _read_day(node: Node, column: Column) -> Operand:
    if column.kind != DATE:
        _kinds_differ(node, column)
    return DayOffset(node.child(AS_OF).days())


def _read_column_value(node: Node, table: Table, column: Column) -> Operand:
    fields = node.fields(("column", "times", "plus_days"), ("column",))
    named = fields.get("column")
    other = read_column_name(named, table, named.value) if named is not None else None
    if named is None or other is None:
        return Literal("")
    extra = "plus_days" if column.numeric else "times"
    if column.numeric != other.numeric or (column.kind == DATE) != (other.kind == DATE):
        _kinds_differ(named, column)
    elif extra in fields:
        _fault_of(fields[extra], numbers.TIMES_OR_DAYS, column, extra, ("times", "plus_days"))
    times = _read_times(fields["times"]) if "times" in fields else Fraction(1)
    days = fields["plus_days"].days() if "plus_days" in fields else 0
    return ColumnValue(other, times, days)


def _read_times(node: Node) -> Fraction:
    """A factor of few digits: its product with the largest amount must stay whole in 64 bits."""
    times = node.number()
    if max(abs(times.numerator), times.denominator) > MOST_TIMES:
        node.fault(numbers.TIMES_OUT_OF_BOUNDS)
        return Fraction(1)
    return times


def _kinds_differ(node: Node, column: Column) -> None:
    allowed = ("true", "false") if column.kind == BOOLEAN else tuple(column.codes or ())
    _fault_of(node, numbers.KINDS_DIFFER, column, None, allowed)


def _fault_of(
    node: Node, id: str, column: Column, found: object, allowed: tuple[str, ...] = ()
) -> None:
    """A fault whose sentence says what kind of column it is about."""
    zh, en = _KIND_WORDS[column.kind]
    facts = {"column": column.name, "heading": column.heading, "kind": zh, "kind_en": en}
    node.fault(id, found, allowed, **facts)


def read_plain(node: Node, column: Column) -> Operand:
    """A literal (or ``as_of``) of the column's own kind."""
    value = node.value
    if column.kind == DATE:
        return _plain_date(node, column)
    if column.numeric:
        is_parameter = isinstance(value, dict) and set(value) == {"parameter"}
        if is_parameter or exact_number(value) is not None:
            return Literal(node.number())
    elif column.kind == BOOLEAN:
        if isinstance(value, bool):
            return Literal(value)
    elif isinstance(value, str) and (column.kind != MONTH or _MONTH.match(value)):
        return Literal(_code(node, column, value))
    _kinds_differ(node, column)
    return Literal("")


def _plain_date(node: Node, column: Column) -> Operand:
    if node.value == AS_OF:
        return DayOffset()
    found = as_date(node.value)
    if found is None:
        _kinds_differ(node, column)
        return Literal(dt.date(2000, 1, 1))
    node.check_year(found)
    return Literal(found)


def _code(node: Node, column: Column, value: str) -> str:
    if column.codes is not None and value not in column.codes:
        facts = {"column": column.name, "heading": column.heading}
        node.fault(names.UNKNOWN_CODE, value, column.codes, **facts)
    return value
