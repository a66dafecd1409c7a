"""Filters as conditions of SQL, on any row whose columns can be named."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from sqlglot import exp

from ..catalogue import DATE, Column
from ..filters import ColumnValue, DayOffset, Filter, Literal, Operand, Test
from . import sql
from .context import Context

Resolve = Callable[[Column], exp.Expr]
"""The SQL of a column of the row at hand."""


def where(ctx: Context, tests: Filter, resolve: Resolve) -> list[exp.Expr]:
    return [_test(ctx, test, resolve) for test in tests]


def _test(ctx: Context, test: Test, resolve: Resolve) -> exp.Expr:
    column = resolve(test.column)
    if test.operator == "empty":
        return sql.empty(column)
    if test.operator == "present":
        return sql.not_empty(column)
    if test.operator == "contains":
        (text,) = test.operands
        assert isinstance(text, Literal)
        found = exp.StrPosition(this=column, substr=exp.Literal.string(str(text.value)))
        return exp.GT(this=found, expression=exp.Literal.number(0))
    if test.operator == "is":
        return _one_of(ctx, test, column)
    if test.operator == "not":
        other = exp.Not(this=exp.Paren(this=_one_of(ctx, test, column)))
        return sql.open_or(column, other)
    return _compare(ctx, test, column, resolve)


def _one_of(ctx: Context, test: Test, column: exp.Expr) -> exp.Expr:
    equal = [_equal(ctx, test.column, column.copy(), o) for o in test.operands]
    return exp.Paren(this=exp.or_(*equal)) if equal else exp.false()


def _equal(ctx: Context, column: Column, left: exp.Expr, operand: Operand) -> exp.Expr:
    left, right = _sides(ctx, column, left, operand, lambda c: exp.Null())
    return exp.EQ(this=left, expression=right)


def _compare(ctx: Context, test: Test, column: exp.Expr, resolve: Resolve) -> exp.Expr:
    (operand,) = test.operands
    left, right = _sides(ctx, test.column, column, operand, resolve)
    return sql.OPERATORS[test.operator](this=left, expression=right)


def _sides(
    ctx: Context, column: Column, left: exp.Expr, operand: Operand, resolve: Resolve
) -> tuple[exp.Expr, exp.Expr]:
    """Both sides of a comparison, in whole numbers on both."""
    if isinstance(operand, DayOffset):
        return left, sql.bound(sql.day_name(operand.days))
    if isinstance(operand, ColumnValue):
        return _column_sides(ctx, column, left, operand, resolve)
    if column.numeric:
        assert isinstance(operand.value, Fraction)
        bound = operand.value * column.scale
        return sql.times(left, bound.denominator), sql.whole(bound.numerator)
    return left, sql.literal(operand.value)


def _column_sides(
    ctx: Context, column: Column, left: exp.Expr, operand: ColumnValue, resolve: Resolve
) -> tuple[exp.Expr, exp.Expr]:
    other = resolve(operand.column)
    if column.kind == DATE:
        return left, _plus_days(ctx, other, operand.plus_days)
    if not column.numeric:
        return left, other
    ratio = operand.times * Fraction(column.scale, operand.column.scale)
    return sql.times(left, ratio.denominator), sql.times(other, ratio.numerator)


def _plus_days(ctx: Context, date: exp.Expr, days: int) -> exp.Expr:
    if not days:
        return date
    if ctx.dialect == "sqlite":
        modifier = exp.Literal.string(f"{days:+d} days")
        return exp.Anonymous(this="DATE", expressions=[date, modifier])
    return exp.Paren(this=exp.Add(this=date, expression=sql.whole(days)))


def row_columns(alias: str) -> Resolve:
    """Columns of a fact's row; a date later than ``as_of`` is not known yet."""

    def resolve(column: Column) -> exp.Expr:
        stored = sql.col(alias, column.name)
        if column.kind == DATE and not column.validity:
            known = exp.LTE(this=stored.copy(), expression=sql.bound("as_of"))
            return sql.when(known, stored)
        return stored

    return resolve
