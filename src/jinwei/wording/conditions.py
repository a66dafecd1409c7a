"""Filters of a standard as people say them: what rows are meant, and what must hold of them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

from jinwei.engine.catalogue import BOOLEAN, DATE, HUNDREDTHS, TABLES
from jinwei.engine.filters import ColumnValue, DayOffset, Filter, Literal, Operand, Test
from jinwei.engine.measures import Measure
from jinwei.engine.measures.counting import Count, Sum

from .words import Words

_TEXTS: Final = {
    "is": ("{column}为{values}", "{column} is {values}"),
    "yes": ("{column}：是", "{column}: yes"),
    "no": ("{column}：否", "{column}: no"),
    "not": ("{column}不为{values}", "{column} is not {values}"),
    "contains": ("{column}含“{values}”", "{column} contains “{values}”"),
    "empty": ("{column}为空", "{column} is empty"),
    "present": ("{column}已填写", "{column} is filled in"),
    "at_least": ("{column}不少于 {values}", "{column} at least {values}"),
    "at_most": ("{column}不超过 {values}", "{column} at most {values}"),
    "above": ("{column}超过 {values}", "{column} above {values}"),
    "below": ("{column}少于 {values}", "{column} below {values}"),
    "date_at_least": ("{column}不早于{values}", "{column} not before {values}"),
    "date_at_most": ("{column}不晚于{values}", "{column} not after {values}"),
    "date_above": ("{column}晚于{values}", "{column} after {values}"),
    "date_below": ("{column}早于{values}", "{column} before {values}"),
    "day": ("当日", "the day"),
    "before_day": ("当日前 {n} 天", "{n} days before the day"),
    "after_day": ("当日后 {n} 天", "{n} days after the day"),
    "share_of": ("{column}的 {share}", "{share} of {column}"),
    "later": ("{column}后 {n} 天", "{n} days after {column}"),
    "earlier": ("{column}前 {n} 天", "{n} days before {column}"),
    "or": ("或", " or "),
    "and": ("且", " and "),
    "named": ("{table}（{values}）", "{table} ({values})"),
}
_UNITS: Final = {
    "meeting": "次",
    "attendance": "次",
    "talk": "次",
    "training": "次",
    "service": "次",
    "survey": "次",
    "filing": "份",
    "case": "件",
    "rectification": "件",
    "honor": "项",
    "project": "项",
    "venue": "处",
    "incident": "起",
    "post": "人",
}
"""What rows of a table are counted in, in Chinese."""
_NAMING: Final = ("kind", "procedure", "post")
"""Columns whose value says what a row is."""
_SELF_EVIDENT: Final = ("meeting", "post", "organization")
"""Tables whose kinds need no word beside them: a 党课 is a meeting."""


def filter_told(say: Words, table: str, where: Filter) -> str:
    """All conditions in a line; nothing where nothing is asked."""
    return text(say, "and").join(test_told(say, table, test) for test in where)


def unit(table: str) -> str:
    """What rows of a table are counted in; Chinese asks for it."""
    return _UNITS.get(table, "条")


def counted_in(say: Words, measure: Measure) -> str:
    """The unit of what a measure finds: 次, 学时, yuan; empty where a bare number says it."""
    if isinstance(measure, Count):
        return "" if say.english else "个" if measure.distinct else unit(measure.fact)
    if isinstance(measure, Sum) and measure.column.kind == HUNDREDTHS:
        if measure.column.name == "hours":
            return "hours" if say.english else "学时" if measure.fact == "training" else "小时"
        if measure.column.name != "points":
            return "yuan" if say.english else "元"
    return ""


def noun(say: Words, table: str, where: Filter) -> str:
    """The rows of a table that a filter means: 党员大会, 材料（学习计划）."""
    named = [test for test in where if _names(test)]
    rest = [test for test in where if not _names(test)]
    kinds = [_or(say, table, test) for test in named]
    told = [test_told(say, table, test) for test in rest]
    if kinds and table in _SELF_EVIDENT:
        said, inside = say.comma.join(kinds), told
    else:
        plural = say.english and table == "member"
        said, inside = "members" if plural else say.table(table), [*kinds, *told]
    if not inside:
        return said
    return text(say, "named", table=said, values=say.semicolon.join(inside))


def test_told(say: Words, table: str, test: Test) -> str:
    """One condition on one column."""
    column = say.column(test.column)
    if test.column.kind == BOOLEAN and test.operator in ("is", "not") and len(test.operands) == 1:
        wanted = _truth(test.operands[0]) is (test.operator == "is")
        return text(say, "yes" if wanted else "no", column=column)
    key = test.operator
    if test.column.kind == DATE and f"date_{key}" in _TEXTS:
        key = f"date_{key}"
    return text(say, key, column=column, values=_or(say, table, test))


def exact(value: Fraction) -> str:
    """A number as it was written, up to its six decimals.

    >>> exact(Fraction(5, 2)), exact(Fraction(-20))
    ('2.5', '-20')
    """
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.6f}".rstrip("0")


def percent(share: Fraction) -> str:
    return f"{exact(share * 100)}%"


def text(say: Words, key: str, **values: object) -> str:
    return _TEXTS[key][say.english].format(**values)


def value_told(say: Words, table: str, test: Test, value: Fraction | str | bool | dt.date) -> str:
    """A value written in a filter, codes in words."""
    if isinstance(value, Fraction):
        return exact(value)
    return say.value(table, test.column, value)


def _names(test: Test) -> bool:
    return test.column.name in _NAMING and test.operator == "is"


def _truth(operand: Operand) -> bool:
    return isinstance(operand, Literal) and operand.value is True


def _or(say: Words, table: str, test: Test) -> str:
    """The operands; of several, one has to fit."""
    told = [_operand(say, table, test, operand) for operand in test.operands]
    if len(told) < 2:
        return "".join(told)
    return say.comma.join(told[:-1]) + text(say, "or") + told[-1]


def _operand(say: Words, table: str, test: Test, operand: Operand) -> str:
    if isinstance(operand, DayOffset):
        if not operand.days:
            return text(say, "day")
        return text(say, "after_day" if operand.days > 0 else "before_day", n=abs(operand.days))
    if isinstance(operand, ColumnValue):
        return _column(say, operand)
    return value_told(say, table, test, operand.value)


def _column(say: Words, operand: ColumnValue) -> str:
    column = say.column(operand.column)
    if operand.times != 1:
        return text(say, "share_of", column=column, share=percent(operand.times))
    if operand.plus_days:
        key = "later" if operand.plus_days > 0 else "earlier"
        return text(say, key, column=column, n=abs(operand.plus_days))
    return column


def heading(say: Words, table: str, name: str) -> str:
    """The heading of a column by its name."""
    column = TABLES[table].column(name)
    return say.column(column) if column else name
