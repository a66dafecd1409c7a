"""Small pieces of SQL that the steps are put together from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from sqlglot import exp


def name(text: str) -> exp.Identifier:
    return exp.to_identifier(text, quoted=True)


def col(alias: str, column: str) -> exp.Column:
    return exp.Column(this=name(column), table=name(alias))


def table(view: str, alias: str) -> exp.Table:
    return exp.Table(this=name(view), alias=exp.TableAlias(this=name(alias)))


def bound(parameter: str) -> exp.Placeholder:
    return exp.Placeholder(this=parameter)


def whole(value: int) -> exp.Expr:
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def named(expression: exp.Expr, alias: str) -> exp.Alias:
    return exp.Alias(this=expression, alias=name(alias))


def all_of(conditions: Iterable[exp.Expr]) -> exp.Expr:
    kept = list(conditions)
    return exp.and_(*kept) if kept else exp.true()


def empty(column: exp.Expr) -> exp.Expr:
    return exp.Is(this=column.copy(), expression=exp.Null())


def not_empty(column: exp.Expr) -> exp.Expr:
    return exp.Not(this=empty(column))


def open_or(column: exp.Expr, test: exp.Expr) -> exp.Expr:
    return exp.Paren(this=exp.or_(empty(column), test))


def spans_day(first: exp.Expr, last: exp.Expr) -> list[exp.Expr]:
    """Both inclusive; an empty end is open."""
    return [
        open_or(first, exp.LTE(this=first, expression=bound("day"))),
        open_or(last, exp.GTE(this=last, expression=bound("day"))),
    ]


def when(condition: exp.Expr, value: exp.Expr, default: exp.Expr | None = None) -> exp.Case:
    case = exp.Case().when(condition, value)
    return case.else_(default) if default is not None else case


def count_where(condition: exp.Expr | None, counted: exp.Expr) -> exp.Expr:
    count = exp.Count(this=counted)
    if condition is None:
        return count
    return exp.Filter(this=count, expression=exp.Where(this=condition))


def sum_where(condition: exp.Expr | None, column: exp.Expr) -> exp.Expr:
    total: exp.Expr = exp.Sum(this=column)
    if condition is not None:
        total = exp.Filter(this=total, expression=exp.Where(this=condition))
    return exp.Coalesce(this=total, expressions=[exp.Literal.number(0)])


OPERATORS: Final[dict[str, type[exp.Binary]]] = {
    "at_least": exp.GTE,
    "at_most": exp.LTE,
    "above": exp.GT,
    "below": exp.LT,
}


def times(sql: exp.Expr, factor: int) -> exp.Expr:
    if factor == 1:
        return sql
    return exp.Paren(this=exp.Mul(this=sql, expression=whole(factor)))


def day_name(days: int) -> str:
    if not days:
        return "day"
    return f"day_{'plus' if days > 0 else 'minus'}_{abs(days)}"


def literal(value: object) -> exp.Expr:
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    if isinstance(value, dt.date):
        return exp.Literal.string(value.isoformat())
    return exp.Literal.string(str(value))
