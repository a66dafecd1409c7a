"""Filters in a line of text, as a standard writes them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

from jinwei.engine.faults import EN, ZH
from jinwei.engine.filters import ColumnValue, DayOffset, Filter, Operand, Test

from .markdown import listed, number

_SIGNS: Final = {"at_least": "≥", "at_most": "≤", "above": ">", "below": "<"}
_WORDS: Final = {
    "is": {EN: "is", ZH: "为"},
    "not": {EN: "is not", ZH: "不为"},
    "contains": {EN: "contains", ZH: "含"},
    "empty": {EN: "is empty", ZH: "为空"},
    "present": {EN: "is not empty", ZH: "不为空"},
    "day": {EN: "the day", ZH: "当日"},
    "days": {EN: "days", ZH: "天"},
    "and": {EN: "; ", ZH: "；"},
}


def filter_words(tests: Filter, language: str) -> str:
    """A filter as text, a dash where it asks nothing."""
    return _WORDS["and"][language].join(_test(test, language) for test in tests) or "—"


def _test(test: Test, language: str) -> str:
    sign = _SIGNS.get(test.operator) or _WORDS[test.operator][language]
    values = listed((_operand(o, language) for o in test.operands), language)
    return f"`{test.column.name}` {sign}" + (f" {values}" if test.operands else "")


def _operand(operand: Operand, language: str) -> str:
    if isinstance(operand, DayOffset):
        day = _WORDS["day"][language]
        return f"{day} {operand.days:+d} {_WORDS['days'][language]}" if operand.days else day
    if isinstance(operand, ColumnValue):
        return _column(operand, language)
    return _literal(operand.value)


def _column(operand: ColumnValue, language: str) -> str:
    text = f"`{operand.column.name}`"
    if operand.times != 1:
        text += f" × {number(operand.times)}"
    if operand.plus_days:
        text += f" {operand.plus_days:+d} {_WORDS['days'][language]}"
    return text


def _literal(value: Fraction | str | bool | dt.date) -> str:
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    return number(value) if isinstance(value, Fraction) else f"`{value}`"
