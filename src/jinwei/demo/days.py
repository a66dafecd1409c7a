"""Days and months: the arithmetic the ledgers need, without a wall clock."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random


@cache
def iso(day: date) -> str:
    return day.isoformat()


def text(day: date | None) -> str | None:
    """ISO text, or nothing for an open end."""
    return None if day is None else iso(day)


def shift(day: date, days: int) -> date:
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    return add_months(day, 12 * years)


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def months(first: date, last: date) -> Iterator[date]:
    """The first day of every month that the two days touch."""
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = add_months(day, 1)


def workday(day: date) -> date:
    """The day itself or, at a weekend, the Friday before (the Monday after, early in a month)."""
    late = day.weekday() - 4
    if late <= 0:
        return day
    return shift(day, -late) if day.day > late else shift(day, 3 - late)


def between(rng: Random, first: date, last: date) -> date:
    """A day between the two, both included; the first one if they are the wrong way round."""
    return shift(first, rng.randrange(max((last - first).days, 0) + 1))
