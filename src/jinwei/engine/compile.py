"""A plan becomes SQL: one statement a step, in a dialect, with everything that varies bound.

The statements are built as relational expressions (sqlglot) and rendered once; the text is cached
by the plan's fingerprint, the dialect, the shape of the period (how many windows it has) and
whether it is for one subject. ``as_of``, the day, the period, the ends of windows and the subject
are bound parameters. The statements for one subject filter inside every aggregate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from sqlglot import exp

from .catalogue import COMMITTEE_POSTS, DATE, TABLES, Column
from .filters import ColumnValue, DayOffset, Filter, Literal, Operand, Test
from .periods import Clock, Per
from .plan import (
    BelowStep,
    ExemptionStep,
    LatestStep,
    LedgerStep,
    MembersStep,
    OwnFacts,
    Plan,
    Seen,
    Slot,
    Step,
    SubjectStep,
    WindowStep,
)

DIALECTS: Final = ("sqlite", "postgres", "duckdb")


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text of one step and the names of its parameters, in order of first use."""

    sql: str
    parameters: tuple[str, ...]


@dataclass(frozen=True)
class Program:
    """The statements of a plan, one a step, for one dialect and shape."""

    statements: tuple[Statement, ...]


_CACHE: dict[tuple[object, ...], Program] = {}


def compile_plan(plan: Plan, dialect: str, clock: Clock, one: bool = False) -> Program:
    """The statements of a plan for the period of a clock. ``one``: for one bound subject."""
    shape = tuple(
        len(clock.windows(step.per)) for step in plan.steps if isinstance(step, WindowStep)
    )
    key = (plan.fingerprint, dialect, shape, one)
    if key not in _CACHE:
        compiler = Compiler(plan, dialect, clock, one)
        _CACHE[key] = Program(tuple(compiler.statement(step) for step in plan.steps))
    return _CACHE[key]


def bind(names: Iterable[str], clock: Clock, subject: str | None) -> dict[str, Any]:
    """The values of parameters, by name: dates, and the subject's code."""
    return {name: _value(name, clock, subject) for name in names}


def _value(name: str, clock: Clock, subject: str | None) -> Any:
    if name == "subject":
        return subject
    if name.startswith("window_"):
        _, unit, index = name.split("_")
        per = Per(months=int(unit[1:])) if unit.startswith("m") and unit[1:].isdigit() else None
        return clock.windows(per or Per(_UNITS[unit]))[int(index)].last
    if name.startswith("day_"):
        sign, days = name.split("_")[1:]
        return clock.day + dt.timedelta(days=int(days) * (1 if sign == "plus" else -1))
    return {
        "as_of": clock.as_of,
        "day": clock.day,
        "first": clock.period.first,
        "last": clock.period.last,
    }[name]


_UNITS: Final = {"month": "month", "quarter": "quarter", "half": "half_year", "year": "year"}
_UNIT_NAMES: Final = {unit: name for name, unit in _UNITS.items()}


def _window_name(per: Per, index: int) -> str:
    unit = _UNIT_NAMES[per.unit] if per.unit else f"m{per.months}"
    return f"window_{unit}_{index}"


# --- small pieces of SQL ---------------------------------------------------------------------


def _name(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)


def _col(alias: str, name: str) -> exp.Column:
    return exp.Column(this=_name(name), table=_name(alias))


def _table(name: str, alias: str) -> exp.Table:
    return exp.Table(this=_name(name), alias=exp.TableAlias(this=_name(alias)))


def _bound(name: str) -> exp.Placeholder:
    return exp.Placeholder(this=name)


def _number(value: int) -> exp.Expr:
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def _as(expression: exp.Expr, name: str) -> exp.Alias:
    return exp.Alias(this=expression, alias=_name(name))


def _all(conditions: Iterable[exp.Expr]) -> exp.Expr:
    kept = list(conditions)
    return exp.and_(*kept) if kept else exp.true()


def _empty(column: exp.Expr) -> exp.Expr:
    return exp.Is(this=column.copy(), expression=exp.Null())


def _not_empty(column: exp.Expr) -> exp.Expr:
    return exp.Not(this=_empty(column))


def _open_or(column: exp.Expr, test: exp.Expr) -> exp.Expr:
    return exp.Paren(this=exp.or_(_empty(column), test))


def _spans_day(first: exp.Expr, last: exp.Expr) -> list[exp.Expr]:
    """Both inclusive; an empty end is open."""
    return [
        _open_or(first, exp.LTE(this=first, expression=_bound("day"))),
        _open_or(last, exp.GTE(this=last, expression=_bound("day"))),
    ]


def _when(condition: exp.Expr, value: exp.Expr, default: exp.Expr | None = None) -> exp.Case:
    case = exp.Case().when(condition, value)
    return case.else_(default) if default is not None else case


def _count_where(condition: exp.Expr | None, counted: exp.Expr) -> exp.Expr:
    count = exp.Count(this=counted)
    if condition is None:
        return count
    return exp.Filter(this=count, expression=exp.Where(this=condition))


def _sum_where(condition: exp.Expr | None, column: exp.Expr) -> exp.Expr:
    total: exp.Expr = exp.Sum(this=column)
    if condition is not None:
        total = exp.Filter(this=total, expression=exp.Where(this=condition))
    return exp.Coalesce(this=total, expressions=[exp.Literal.number(0)])


_OPERATORS: Final[dict[str, type[exp.Binary]]] = {
    "at_least": exp.GTE,
    "at_most": exp.LTE,
    "above": exp.GT,
    "below": exp.LT,
}

Resolve = Callable[[Column], exp.Expr]
"""The SQL of a column of the row at hand."""


class Compiler:
    """Builds the statements of one plan for one dialect."""

    def __init__(self, plan: Plan, dialect: str, clock: Clock, one: bool) -> None:
        self.plan = plan
        self.dialect = dialect
        self.clock = clock
        self.one = one
        self.key = plan.subject

    def statement(self, step: Step) -> Statement:
        return self.render(self.select(step))

    def select(self, step: Step) -> exp.Select:
        if isinstance(step, SubjectStep):
            return self._subjects(step)
        if isinstance(step, ExemptionStep):
            return self._exemptions()
        if isinstance(step, LedgerStep):
            return self._ledger(step)
        if isinstance(step, WindowStep):
            return self._windows(step)
        if isinstance(step, BelowStep):
            return self._below(step)
        if isinstance(step, MembersStep):
            return self._members(step)
        return self._latest(step)

    def render(self, select: exp.Select) -> Statement:
        if self.dialect == "postgres":
            # psycopg reads % in the text as the beginning of a parameter.
            for literal in select.find_all(exp.Literal):
                if literal.is_string:
                    literal.set("this", literal.this.replace("%", "%%"))
        names = dict.fromkeys(str(p.this) for p in select.find_all(exp.Placeholder))
        return Statement(select.sql(dialect=self.dialect), tuple(sorted(names)))

    # --- filters -----------------------------------------------------------------------------

    def where(self, tests: Filter, resolve: Resolve) -> list[exp.Expr]:
        return [self._test(test, resolve) for test in tests]

    def _test(self, test: Test, resolve: Resolve) -> exp.Expr:
        column = resolve(test.column)
        if test.operator == "empty":
            return _empty(column)
        if test.operator == "present":
            return _not_empty(column)
        if test.operator == "contains":
            (text,) = test.operands
            assert isinstance(text, Literal)
            found = exp.StrPosition(this=column, substr=exp.Literal.string(str(text.value)))
            return exp.GT(this=found, expression=exp.Literal.number(0))
        if test.operator == "is":
            return self._one_of(test, column)
        if test.operator == "not":
            other = exp.Not(this=exp.Paren(this=self._one_of(test, column)))
            return _open_or(column, other)
        return self._compare(test, column, resolve)

    def _one_of(self, test: Test, column: exp.Expr) -> exp.Expr:
        equal = [self._equal(test.column, column.copy(), o) for o in test.operands]
        return exp.Paren(this=exp.or_(*equal)) if equal else exp.false()

    def _equal(self, column: Column, sql: exp.Expr, operand: Operand) -> exp.Expr:
        left, right = self._sides(column, sql, operand, lambda c: exp.Null())
        return exp.EQ(this=left, expression=right)

    def _compare(self, test: Test, column: exp.Expr, resolve: Resolve) -> exp.Expr:
        (operand,) = test.operands
        left, right = self._sides(test.column, column, operand, resolve)
        return _OPERATORS[test.operator](this=left, expression=right)

    def _sides(
        self, column: Column, sql: exp.Expr, operand: Operand, resolve: Resolve
    ) -> tuple[exp.Expr, exp.Expr]:
        """Both sides of a comparison, in whole numbers on both."""
        if isinstance(operand, DayOffset):
            return sql, _bound(_day_name(operand.days))
        if isinstance(operand, ColumnValue):
            return self._column_sides(column, sql, operand, resolve)
        if column.numeric:
            assert isinstance(operand.value, Fraction)
            bound = operand.value * column.scale
            return _times(sql, bound.denominator), _number(bound.numerator)
        return sql, _literal(operand.value)

    def _column_sides(
        self, column: Column, sql: exp.Expr, operand: ColumnValue, resolve: Resolve
    ) -> tuple[exp.Expr, exp.Expr]:
        other = resolve(operand.column)
        if column.kind == DATE:
            return sql, self._plus_days(other, operand.plus_days)
        if not column.numeric:
            return sql, other
        ratio = operand.times * Fraction(column.scale, operand.column.scale)
        return _times(sql, ratio.denominator), _times(other, ratio.numerator)

    def _plus_days(self, date: exp.Expr, days: int) -> exp.Expr:
        if not days:
            return date
        if self.dialect == "sqlite":
            modifier = exp.Literal.string(f"{days:+d} days")
            return exp.Anonymous(this="DATE", expressions=[date, modifier])
        return exp.Paren(this=exp.Add(this=date, expression=_number(days)))

    # --- columns -----------------------------------------------------------------------------

    def _row(self, alias: str) -> Resolve:
        """Columns of a fact's row; a date later than ``as_of`` is not known yet."""

        def resolve(column: Column) -> exp.Expr:
            sql = _col(alias, column.name)
            if column.kind == DATE and not column.validity:
                known = exp.LTE(this=sql.copy(), expression=_bound("as_of"))
                return _when(known, sql)
            return sql

        return resolve

    # --- ledgers -----------------------------------------------------------------------------

    def seen(self, fact: str, seen: Seen, alias: str = "f") -> list[exp.Expr]:
        """Which rows of a ledger are seen, except for whose they are."""
        table = TABLES[fact]
        assert table.date is not None
        if seen.mode == "in_force":
            return _spans_day(_col(alias, "started_on"), _col(alias, "ended_on"))
        if seen.mode == "judged":
            return self._judged(alias)
        column = _col(alias, seen.column or table.date)
        rows: list[exp.Expr] = [
            exp.GTE(this=column, expression=_bound("first")),
            exp.LTE(this=column.copy(), expression=_bound("day")),
        ]
        if seen.mode == "due" and table.since is not None:
            since = _col(alias, table.since)
            rows.append(_open_or(since, exp.LTE(this=since, expression=_bound("as_of"))))
        return rows

    def _judged(self, alias: str) -> list[exp.Expr]:
        on = exp.Coalesce(this=_col(alias, "for_on"), expressions=[_col(alias, "judged_on")])
        standard = exp.Literal.string(self.plan.standard.id)
        return [
            exp.EQ(this=_col(alias, "standard"), expression=standard),
            exp.LTE(this=_col(alias, "judged_on"), expression=_bound("as_of")),
            exp.GTE(this=on, expression=_bound("first")),
            exp.LTE(this=on.copy(), expression=_bound("last")),
        ]

    def whose(self, fact: str, alias: str = "f") -> list[exp.Expr]:
        """The rows of the subjects; for organizations a judgement that names a member is not."""
        conditions: list[exp.Expr] = []
        if self.key == "organization" and fact in ("judgement", "exemption"):
            conditions.append(_empty(_col(alias, "member")))
        if self.one:
            conditions.append(self._is_subject(_col(alias, self.key)))
        return conditions

    def _is_subject(self, column: exp.Expr) -> exp.Expr:
        return exp.EQ(this=column, expression=_bound("subject"))

    def slot(self, slot: Slot, alias: str = "f") -> exp.Expr:
        tests = self.where(slot.where, self._row(alias))
        condition = _all(tests) if tests else None
        if slot.what == "rows":
            return _count_where(condition, exp.Star())
        assert slot.column is not None
        column = self._row(alias)(slot.column)
        if slot.what == "distinct":
            return _count_where(condition, exp.Distinct(expressions=[column]))
        return _sum_where(condition, column)

    def _slots(self, slots: Iterable[Slot]) -> list[exp.Expr]:
        return [_as(self.slot(slot), f"s{i}") for i, slot in enumerate(slots)]

    def _ledger(self, step: LedgerStep) -> exp.Select:
        subject = _col("f", self.key)
        return (
            exp.select(_as(subject, "subject"), *self._slots(step.slots))
            .from_(_table(f"fact_{step.fact}", "f"))
            .where(*self.seen(step.fact, step.seen), *self.whose(step.fact))
            .group_by(subject.copy())
        )

    def _windows(self, step: WindowStep) -> exp.Select:
        subject = _col("f", self.key)
        whose = self.whose(step.fact)
        if step.below and self.one:
            whose = [exp.In(this=subject.copy(), query=self._tree_of_subject().subquery())]
        inner = (
            exp.select(exp.Star())
            .from_(_table(f"fact_{step.fact}", "f"))
            .where(*self.seen(step.fact, Seen()), *whose)
        )
        numbered = exp.select(
            exp.Column(this=exp.Star(), table=_name("f")),
            _as(self._window_number(step), "window_no"),
        ).from_(exp.Subquery(this=inner, alias=exp.TableAlias(this=_name("f"))))
        number = _col("f", "window_no")
        return (
            exp.select(_as(subject, "subject"), _as(number, "window_no"), *self._slots(step.slots))
            .from_(exp.Subquery(this=numbered, alias=exp.TableAlias(this=_name("f"))))
            .group_by(subject.copy(), number.copy())
        )

    def _window_number(self, step: WindowStep) -> exp.Expr:
        """The window that a date lies in: the first whose last day is not before it."""
        date = _col("f", str(TABLES[step.fact].date))
        windows = self.clock.windows(step.per)
        case: exp.Expr = exp.Literal.number(len(windows) - 1)
        if len(windows) > 1:
            chosen = exp.Case()
            for index in range(len(windows) - 1):
                last = _bound(_window_name(step.per, index))
                chosen = chosen.when(exp.LTE(this=date.copy(), expression=last), _number(index))
            case = chosen.else_(_number(len(windows) - 1))
        return case

    def _latest(self, step: LatestStep) -> exp.Select:
        judged = step.seen.mode == "judged"
        subject = _col("f", self.key)
        item = _col("f", "indicator") if judged else exp.Literal.string("")
        points = _col("f", "points") if judged else exp.Null()
        date = str(TABLES[step.fact].date)
        window = exp.Window(
            this=exp.RowNumber(),
            partition_by=[subject.copy(), _col("f", "indicator")] if judged else [subject.copy()],
            order=exp.Order(
                expressions=[
                    exp.Ordered(this=_col("f", date), desc=True),
                    exp.Ordered(this=_col("f", "row_order"), desc=True),
                ]
            ),
        )
        ranked = (
            exp.select(
                _as(subject, "subject"), _as(item, "item"),
                _as(_col("f", step.column), "level"), _as(points, "points"),
                _as(_col("f", "row_id"), "row_id"), _as(window, "place"),
            )
            .from_(_table(f"fact_{step.fact}", "f"))
            .where(*self.seen(step.fact, step.seen), *self.whose(step.fact), self._says(step))
        )  # fmt: skip
        names = ("subject", "item", "level", "points", "row_id")
        return (
            exp.select(*(_col("r", n) for n in names))
            .from_(exp.Subquery(this=ranked, alias=exp.TableAlias(this=_name("r"))))
            .where(exp.EQ(this=_col("r", "place"), expression=exp.Literal.number(1)))
        )

    def _says(self, step: LatestStep) -> exp.Expr:
        """Only rows that give points, or one of the item's levels."""
        judged = step.seen.mode == "judged"
        items: list[exp.Expr] = []
        for item in step.slots:
            levels: exp.Expr = exp.In(
                this=_col("f", step.column),
                expressions=[exp.Literal.string(level) for level in item.levels],
            )
            if judged:
                levels = exp.Paren(this=exp.or_(_not_empty(_col("f", "points")), levels))
                named = exp.Literal.string(item.name)
                levels = exp.and_(exp.EQ(this=_col("f", "indicator"), expression=named), levels)
            items.append(_all([levels, *self.where(item.where, self._row("f"))]))
        return exp.Paren(this=exp.or_(*items))

    def _exemptions(self) -> exp.Select:
        return (
            exp.select(
                _as(_col("e", self.key), "subject"),
                *(_col("e", c) for c in ("indicator", "from_on", "to_on", "row_id")),
            )
            .from_(_table("fact_exemption", "e"))
            .where(
                exp.EQ(
                    this=_col("e", "standard"),
                    expression=exp.Literal.string(self.plan.standard.id),
                ),
                _not_empty(_col("e", "approved_by")),
                _not_empty(_col("e", self.key)),
                *self.whose("exemption", "e"),
            )
        )

    # --- subjects ----------------------------------------------------------------------------

    def _subjects(self, step: SubjectStep) -> exp.Select:
        if self.key == "member":
            return self._member_subjects(step)
        source = Organizations(self, one="o.code")
        flags = [self._subject_slot(slot, source.resolve, i) for i, slot in enumerate(step.slots)]
        applies = self.where(step.applies_to, source.resolve)
        code = _col("o", "code")
        whose = [self._is_subject(code)] if self.one else []
        exists = _spans_day(_col("o", "established_on"), _col("o", "dissolved_on"))
        select = exp.select(
            _as(code.copy(), "subject"),
            _as(_col("o", "established_on"), "since"),
            _as(_col("o", "dissolved_on"), "until"),
            *flags,
        )
        return source.attach(select).where(*exists, *whose, *applies)

    def _subject_slot(self, slot: Filter | Column, resolve: Resolve, index: int) -> exp.Expr:
        if isinstance(slot, Column):
            value: exp.Expr = exp.Coalesce(this=resolve(slot), expressions=[exp.Literal.number(0)])
        else:
            holds = _all(self.where(slot, resolve))
            value = _when(holds, exp.Literal.number(1), exp.Literal.number(0))
        return _as(value, f"s{index}")

    def _member_subjects(self, step: SubjectStep) -> exp.Select:
        resolve = self.member_columns(_registration())
        flags = [self._subject_slot(slot, resolve, i) for i, slot in enumerate(step.slots)]
        joined, here = _col("m", "joined_on"), _col("m", "here_since")
        later = exp.Case().when(_empty(here), joined).when(_empty(joined), here)
        later = later.when(exp.GT(this=here, expression=joined), here.copy()).else_(joined.copy())
        code = _col("m", "code")
        whose = [self._is_subject(code)] if self.one else []
        in_force = _all(
            [
                exp.EQ(this=_col("r", "member"), expression=code.copy()),
                *_spans_day(_col("r", "from_on"), _col("r", "to_on")),
            ]
        )
        return (
            exp.select(
                _as(code.copy(), "subject"), _as(later, "since"),
                _as(_col("m", "left_on"), "until"), *flags,
            )
            .from_(_table("fact_member", "m"))
            .join(_table("fact_membership", "r"), on=in_force, join_type="left")
            .where(*_is_member(), *whose, *self.where(step.applies_to, resolve))
        )  # fmt: skip

    def member_columns(self, organization: exp.Expr) -> Resolve:
        """Columns of a member at the day; ``organization`` is where it is registered."""
        row = self._row("m")

        def resolve(column: Column) -> exp.Expr:
            if column.name == "organization":
                return organization.copy()
            if column.name == "status":
                return _status()
            return row(column)

        return resolve

    # --- members of organizations ------------------------------------------------------------

    def tree(self) -> exp.Select:
        """Which organization stands below which at the day, itself included."""
        spans = _spans_day(_col("t", "from_on"), _col("t", "to_on"))
        whose = [self._is_subject(_col("t", "ancestor"))] if self.one else []
        return (
            exp.select(_col("t", "ancestor"), _col("t", "descendant"))
            .from_(_table("tree_path", "t"))
            .where(*spans, *whose)
        )

    def _tree_of_subject(self) -> exp.Select:
        return (
            exp.select(_col("t", "descendant"))
            .from_(_table("tree_path", "t"))
            .where(
                *_spans_day(_col("t", "from_on"), _col("t", "to_on")),
                self._is_subject(_col("t", "ancestor")),
            )
        )

    def registered(self) -> exp.Expr:
        """Member and the organization it is registered in at the day."""
        here = [exp.In(this=_col("r", "organization"), query=self._tree_of_subject().subquery())]
        home = [exp.In(this=_col("m", "organization"), query=self._tree_of_subject().subquery())]
        moved = (
            exp.select(_col("r", "member"), _col("r", "organization"))
            .from_(_table("fact_membership", "r"))
            .where(*_spans_day(_col("r", "from_on"), _col("r", "to_on")), *(here * self.one))
        )
        stayed = (
            exp.select(_as(_col("m", "code"), "member"), _col("m", "organization"))
            .from_(_table("fact_member", "m"))
            .where(exp.Not(this=_has_membership()), *(home * self.one))
        )
        return exp.union(moved, stayed, distinct=False)

    def _members(self, step: MembersStep) -> exp.Select:
        own = list(dict.fromkeys((s.own.fact, s.own.slot) for s in step.slots if s.own))
        resolve = self.member_columns(_col("g", "organization"))
        slots = []
        for index, slot in enumerate(step.slots):
            tests = self.where(slot.where + slot.satisfying, resolve)
            if slot.own is not None:
                number = own.index((slot.own.fact, slot.own.slot))
                tests += _own_tests(slot.own, _col(f"q{number}", "n"))
            slots.append(_as(_count_where(_all(tests) if tests else None, exp.Star()), f"s{index}"))
        select = exp.select(_as(_col("w", "ancestor"), "subject"), *slots)
        select = self.join_members(select)
        for number, (fact, own_slot) in enumerate(own):
            select = select.join(
                self._own_numbers(fact, own_slot).subquery(f"q{number}"),
                on=exp.EQ(this=_col(f"q{number}", "member"), expression=_col("m", "code")),
                join_type="left",
            )
        return select.where(*_is_member()).group_by(_col("w", "ancestor"))

    def join_members(self, select: exp.Select) -> exp.Select:
        """From the tree (w) over registrations (g) to members (m)."""
        on_tree = exp.EQ(this=_col("w", "descendant"), expression=_col("g", "organization"))
        on_code = exp.EQ(this=_col("m", "code"), expression=_col("g", "member"))
        return (
            select.with_(_name("registered"), as_=self.registered())
            .with_(_name("tree"), as_=self.tree())
            .from_(_table("registered", "g"))
            .join(_table("tree", "w"), on=on_tree)
            .join(_table("fact_member", "m"), on=on_code)
        )

    def _own_numbers(self, fact: str, slot: Slot) -> exp.Select:
        member = _col("f", "member")
        mine = exp.select(_col("x", "member")).from_(_table("registered", "x"))
        whose = [exp.In(this=member.copy(), query=mine.subquery())] if self.one else []
        return (
            exp.select(member, _as(self.slot(slot), "n"))
            .from_(_table(f"fact_{fact}", "f"))
            .where(*self.seen(fact, Seen()), *whose)
            .group_by(member.copy())
        )

    def _below(self, step: BelowStep) -> exp.Select:
        source = Organizations(self, one=None)
        matches = self.where(step.where, source.resolve)
        select = exp.select(
            _as(_col("b", "ancestor"), "subject"),
            _as(_col("o", "code"), "code"),
            _as(_col("o", "established_on"), "since"),
            _as(_col("o", "dissolved_on"), "until"),
        )
        on = exp.EQ(this=_col("b", "descendant"), expression=_col("o", "code"))
        apart = exp.NEQ(this=_col("b", "ancestor"), expression=_col("b", "descendant"))
        return source.attach(select).join(self.tree().subquery("b"), on=on).where(apart, *matches)


class Organizations:
    """The organizations (o) of the day, with the derived columns that a filter asks for.

    ``one``: the derived columns are needed for the bound subject only.
    """

    def __init__(self, compiler: Compiler, one: str | None) -> None:
        self.compiler = compiler
        self.for_subject = compiler.one and one is not None
        self.needed: dict[str, Callable[[], exp.Select]] = {}

    def resolve(self, column: Column) -> exp.Expr:
        source = _DERIVED.get(column.name)
        if source is not None:
            alias, query = source
            self.needed[alias] = lambda: query(self)
            value = _col(alias, column.name)
            if column.kind == DATE:
                return value
            return exp.Coalesce(this=value, expressions=[exp.Literal.number(0)])
        if column.name == "parent":
            return _parent()
        return self.compiler._row("o")(column)

    def attach(self, select: exp.Select) -> exp.Select:
        select = select.from_(_table("fact_organization", "o"))
        for alias, query in self.needed.items():
            on = exp.EQ(this=_col(alias, "organization"), expression=_col("o", "code"))
            select = select.join(query().subquery(alias), on=on, join_type="left")
        return select

    def _for_whom(self, column: exp.Expr) -> list[exp.Expr]:
        return [self.compiler._is_subject(column)] if self.for_subject else []

    def head_count(self) -> exp.Select:
        """Members, and full members, of each organization and all below it."""
        full = exp.EQ(this=_status(), expression=exp.Literal.string("full"))
        inner = self._compiler_for_tree()
        select = exp.select(
            _as(_col("w", "ancestor"), "organization"),
            _as(_count_where(None, exp.Star()), "members"),
            _as(_count_where(full, exp.Star()), "full_members"),
        )
        return inner.join_members(select).where(*_is_member()).group_by(_col("w", "ancestor"))

    def _compiler_for_tree(self) -> Compiler:
        c = self.compiler
        return Compiler(c.plan, c.dialect, c.clock, self.for_subject)

    def groups(self) -> exp.Select:
        tree = self._compiler_for_tree().tree().subquery("b")
        on = exp.EQ(this=_col("b", "descendant"), expression=_col("d", "code"))
        return (
            exp.select(
                _as(_col("b", "ancestor"), "organization"),
                _as(_count_where(None, exp.Star()), "groups"),
            )
            .from_(_table("fact_organization", "d"))
            .join(tree, on=on)
            .where(
                exp.EQ(this=_col("d", "kind"), expression=exp.Literal.string("group")),
                exp.NEQ(this=_col("b", "ancestor"), expression=_col("b", "descendant")),
                *_spans_day(_col("d", "established_on"), _col("d", "dissolved_on")),
            )
            .group_by(_col("b", "ancestor"))
        )

    def posts(self) -> exp.Select:
        """Persons with a full-time post, and with a committee post, in the organization itself."""
        person = exp.Distinct(expressions=[_col("p", "member")])
        on_committee = exp.In(
            this=_col("p", "post"),
            expressions=[exp.Literal.string(post) for post in COMMITTEE_POSTS],
        )
        full_time = exp.EQ(this=_col("p", "full_time"), expression=exp.true())
        organization = _col("p", "organization")
        return (
            exp.select(
                _as(organization, "organization"),
                _as(_count_where(full_time, person), "full_time_staff"),
                _as(_count_where(on_committee, person.copy()), "committee_size"),
            )
            .from_(_table("fact_post", "p"))
            .where(
                *_spans_day(_col("p", "started_on"), _col("p", "ended_on")),
                *self._for_whom(organization.copy()),
            )
            .group_by(organization.copy())
        )

    def term(self) -> exp.Select:
        """The sitting committee's term: the newest that has begun and has not ended."""
        organization = _col("k", "organization")
        window = exp.Window(
            this=exp.RowNumber(),
            partition_by=[organization.copy()],
            order=exp.Order(
                expressions=[
                    exp.Ordered(this=_col("k", "started_on"), desc=True),
                    exp.Ordered(this=_col("k", "row_order"), desc=True),
                ]
            ),
        )
        ended = _col("k", "ended_on")
        ranked = (
            exp.select(
                _as(organization, "organization"),
                _as(_col("k", "expires_on"), "term_expires_on"),
                _as(window, "place"),
            )
            .from_(_table("fact_term", "k"))
            .where(
                exp.LTE(this=_col("k", "started_on"), expression=_bound("day")),
                _open_or(ended, exp.GTE(this=ended, expression=_bound("day"))),
                *self._for_whom(organization.copy()),
            )
        )
        return (
            exp.select(_col("y", "organization"), _col("y", "term_expires_on"))
            .from_(exp.Subquery(this=ranked, alias=exp.TableAlias(this=_name("y"))))
            .where(exp.EQ(this=_col("y", "place"), expression=exp.Literal.number(1)))
        )


_DERIVED: Final[dict[str, tuple[str, Callable[[Organizations], exp.Select]]]] = {
    "members": ("heads", Organizations.head_count),
    "full_members": ("heads", Organizations.head_count),
    "groups": ("grouped", Organizations.groups),
    "full_time_staff": ("posted", Organizations.posts),
    "committee_size": ("posted", Organizations.posts),
    "term_expires_on": ("termed", Organizations.term),
}


def _has_membership() -> exp.Expr:
    rows = (
        exp.select(exp.Literal.number(1))
        .from_(_table("fact_membership", "z"))
        .where(exp.EQ(this=_col("z", "member"), expression=_col("m", "code")))
    )
    return exp.Exists(this=rows)


def _registration() -> exp.Expr:
    """Where a member (m) with its membership in force (r) is registered."""
    case = exp.Case().when(_not_empty(_col("r", "member")), _col("r", "organization"))
    return case.when(_has_membership(), exp.Null()).else_(_col("m", "organization"))


def _parent() -> exp.Expr:
    """The superior at the day of an organization (o)."""
    rows = exp.EQ(this=_col("u", "organization"), expression=_col("o", "code"))
    ours = [rows, _empty(_col("u", "purpose"))]
    any_row = exp.select(exp.Literal.number(1)).from_(_table("fact_superior", "u")).where(*ours)
    in_force = (
        exp.select(exp.Max(this=_col("u", "parent")))
        .from_(_table("fact_superior", "u"))
        .where(*(o.copy() for o in ours), *_spans_day(_col("u", "from_on"), _col("u", "to_on")))
    )
    return _when(exp.Exists(this=any_row), in_force.subquery(), _col("o", "parent"))


def _is_member() -> list[exp.Expr]:
    """A person (m) is a member at the day (section 4)."""
    left = _col("m", "left_on")
    gone = exp.and_(
        exp.EQ(this=_col("m", "status"), expression=exp.Literal.string("left")), _empty(left)
    )
    joined = _col("m", "joined_on")
    return [
        _open_or(joined, exp.LTE(this=joined, expression=_bound("day"))),
        _open_or(left, exp.GTE(this=left, expression=_bound("day"))),
        exp.Not(this=exp.Paren(this=gone)),
        exp.Not(this=exp.Paren(this=_suspended())),
    ]


def _suspended() -> exp.Expr:
    since = _col("m", "suspended_on")
    return exp.and_(
        exp.EQ(this=_col("m", "status"), expression=exp.Literal.string("suspended")),
        _open_or(since, exp.LTE(this=since, expression=_bound("day"))),
    )


def _status() -> exp.Expr:
    """What a member's status reads as at the day: probationary or full."""
    probationary = exp.EQ(this=_col("m", "status"), expression=exp.Literal.string("probationary"))
    not_yet = exp.GT(this=_col("m", "full_on"), expression=_bound("day"))
    either = exp.or_(probationary, not_yet)
    return _when(either, exp.Literal.string("probationary"), exp.Literal.string("full"))


def _own_tests(own: OwnFacts, number: exp.Expr) -> list[exp.Expr]:
    counted = exp.Coalesce(this=number, expressions=[exp.Literal.number(0)])
    return [
        _OPERATORS[operator](
            this=_times(counted.copy(), bound.denominator), expression=_number(bound.numerator)
        )
        for operator, bound in own.tests
    ]


def _times(sql: exp.Expr, factor: int) -> exp.Expr:
    if factor == 1:
        return sql
    return exp.Paren(this=exp.Mul(this=sql, expression=_number(factor)))


def _day_name(days: int) -> str:
    if not days:
        return "day"
    return f"day_{'plus' if days > 0 else 'minus'}_{abs(days)}"


def _literal(value: object) -> exp.Expr:
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    if isinstance(value, dt.date):
        return exp.Literal.string(value.isoformat())
    return exp.Literal.string(str(value))
