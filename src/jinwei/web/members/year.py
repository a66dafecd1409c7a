"""One year of a member, reckoned from the rows that are held: meetings, hours, dues."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from .held import HeldRow

_CAME: Final = ("present", "late")


@dataclass(frozen=True, slots=True)
class Month:
    """Dues of one month, in cents; ``state``: the shape that shows it, with its ``word``."""

    number: int
    due: int | None
    paid: int | None
    paid_on: dt.date | None
    state: str
    word: str
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """What a member did in a year; hours in hundredths."""

    year: int
    meetings: tuple[HeldRow, ...]
    came: int
    on_leave: int
    training: tuple[HeldRow, ...]
    service: tuple[HeldRow, ...]
    months: tuple[Month, ...]

    @property
    def hours(self) -> int:
        return _hours(self.training)

    @property
    def service_hours(self) -> int:
        return _hours(self.service)

    @property
    def behind(self) -> tuple[Month, ...]:
        """Months that are over and not paid in full."""
        return tuple(month for month in self.months if month.state == "missed")

    @property
    def paid_until(self) -> int:
        """The last month up to which everything is paid; 0 for none."""
        until = 0
        for month in self.months:
            if month.state == "missed" or (month.due or 0) > (month.paid or 0):
                break
            if month.due is not None:
                until = month.number
        return until


def years_of(tables: Mapping[str, Sequence[HeldRow]], today: dt.date) -> list[int]:
    """The years of which anything dated is held, the newest first; this one always."""
    dated = ("attendance", "dues", "training", "service")
    found = {row.day.year for name in dated for row in tables[name] if row.day}
    return sorted({year for year in found if year <= today.year} | {today.year}, reverse=True)


def year_of(tables: Mapping[str, Sequence[HeldRow]], year: int, today: dt.date) -> Year:
    """The rows and sums of a year."""
    meetings = _within(tables["attendance"], year)
    statuses = [row.values["status"] for row in meetings]
    return Year(
        year,
        meetings,
        sum(status in _CAME for status in statuses),
        statuses.count("leave"),
        _within(tables["training"], year),
        _within(tables["service"], year),
        _months(_within(tables["dues"], year), year, today),
    )


def _within(rows: Sequence[HeldRow], year: int) -> tuple[HeldRow, ...]:
    return tuple(row for row in rows if row.day is not None and row.day.year == year)


def _hours(rows: Sequence[HeldRow]) -> int:
    return sum(row.values["hours"] or 0 for row in rows)


def _months(rows: Sequence[HeldRow], year: int, today: dt.date) -> tuple[Month, ...]:
    """Every month up to the current one, and those to come that have a row."""
    by_number: dict[int, HeldRow] = {}
    for row in rows:
        by_number.setdefault(int(str(row.values["month"])[5:7]), row)
    last = today.month if year == today.year else 12
    numbers = sorted({*range(1, last + 1), *by_number}) if by_number else []
    return tuple(_month(n, by_number.get(n), year, today) for n in numbers)


def _month(number: int, row: HeldRow | None, year: int, today: dt.date) -> Month:
    if row is None:
        return Month(number, None, None, None, "not_applicable", _("没有记录"))
    values: Mapping[str, Any] = row.values
    due, paid, paid_on = values["due"], values["paid"], values["paid_on"]
    over = dt.date(year, number, calendar.monthrange(year, number)[1])
    if (due or 0) > (paid or 0):
        state, word = ("missed", _("未交齐")) if over < today else ("pending", _("未到期"))
    elif paid_on is not None and paid_on > over:
        state, word = "awaiting", _("迟交")
    else:
        state, word = "met", _("已交")
    return Month(number, due, paid, paid_on, state, word, row.row_id)
