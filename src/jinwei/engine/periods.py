"""Periods, windows and the day (section 3 of the standards language).

All dates are inclusive. A :class:`Clock` fixes one reckoning: the period, the ``as_of`` and what
follows from the two.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

MONTHS_IN: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""Months in each calendar period."""


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both ends inclusive."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Per:
    """How a period is cut: by the calendar (``unit``), or by ``months`` from its first day."""

    unit: str | None = None
    months: int | None = None

    def __str__(self) -> str:
        return self.unit or f"{self.months} months"


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """What a standard's ``period`` says: a calendar unit, or one fixed span."""

    unit: str | None = None
    span: Window | None = None

    def containing(self, day: dt.date) -> Window:
        """The period named by any day in it; a fixed span is always itself."""
        if self.span is not None:
            return self.span
        assert self.unit is not None
        return calendar_window(day, self.unit)

    def __str__(self) -> str:
        return self.unit or (f"{self.span.first}..{self.span.last}" if self.span else "")


def calendar_window(day: dt.date, unit: str) -> Window:
    """The calendar month, quarter, half-year or year that holds a day.

    >>> calendar_window(dt.date(2026, 5, 17), "quarter")
    Window(first=datetime.date(2026, 4, 1), last=datetime.date(2026, 6, 30))
    """
    months = MONTHS_IN[unit]
    first = dt.date(day.year, (day.month - 1) // months * months + 1, 1)
    return Window(first, add_months(first, months) - dt.timedelta(days=1))


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last day where it has no such day.

    >>> add_months(dt.date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last_day = (following - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last_day))


@lru_cache(maxsize=256)
def cut(period: Window, per: Per) -> tuple[Window, ...]:
    """The windows of a period, in order; calendar windows at its ends are cut to the period."""
    windows: list[Window] = []
    first = period.first
    while first <= period.last:
        last = min(_end_of_window(period, per, first, len(windows)), period.last)
        windows.append(Window(first, last))
        first = last + dt.timedelta(days=1)
    return tuple(windows)


def _end_of_window(period: Window, per: Per, first: dt.date, number: int) -> dt.date:
    if per.unit is not None:
        return calendar_window(first, per.unit).last
    assert per.months is not None
    return add_months(period.first, per.months * (number + 1)) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """One reckoning: a period seen at ``as_of``."""

    period: Window
    as_of: dt.date

    @cached_property
    def day(self) -> dt.date:
        """The day at which subjects, members, posts and terms are taken."""
        return min(self.as_of, self.period.last)

    @cached_property
    def before(self) -> bool:
        """``as_of`` lies before the period: nothing can have been done yet."""
        return self.as_of < self.period.first

    @cached_property
    def closed(self) -> bool:
        return self.period.last <= self.as_of

    def is_closed(self, window: Window) -> bool:
        return window.last <= self.as_of

    def is_open(self, window: Window) -> bool:
        return window.first <= self.as_of < window.last

    def windows(self, per: Per) -> tuple[Window, ...]:
        return cut(self.period, per)
