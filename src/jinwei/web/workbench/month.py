"""The calendar of a month: what was done on which day, what is due."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jinwei.ledgers.models import Meeting, Talk

from .desk import Desk
from .tasks import Task, month_end


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the sheet. ``inside``: of the month itself."""

    date: dt.date
    inside: bool
    today: bool
    done: tuple[str, ...]
    due: tuple[str, ...]

    @property
    def spoken(self) -> str:
        """What its marks mean."""
        told = [_("已办：%(what)s") % {"what": _("、").join(self.done)}] if self.done else []
        told += [_("到期：%(what)s") % {"what": _("、").join(self.due)}] if self.due else []
        return _("；").join(told)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A month as a table of weeks that begin on Monday."""

    first: dt.date
    weeks: tuple[tuple[Day, ...], ...]
    before: str
    after: str


def month_asked(text: str, day: dt.date) -> dt.date:
    """The first day of the month asked for (``2026-05``), else of this one."""
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return day.replace(day=1)


def sheet(desk: Desk, first: dt.date, tasks: Sequence[Task]) -> Sheet:
    done = _done(desk, first)
    due: dict[dt.date, list[str]] = defaultdict(list)
    for task in tasks:
        if task.due is not None:
            due[task.due].append(task.what)
    weeks = tuple(
        tuple(
            Day(
                date,
                date.month == first.month,
                date == desk.day,
                tuple(done.get(date, ())),
                tuple(due.get(date, ())),
            )
            for date in week
        )
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    )
    earlier, later = first - dt.timedelta(days=1), month_end(first) + dt.timedelta(days=1)
    return Sheet(first, weeks, f"{earlier:%Y-%m}", f"{later:%Y-%m}")


def _done(desk: Desk, first: dt.date) -> dict[dt.date, list[str]]:
    """Meetings by their kind, and talks, by day."""
    code, own = desk.organization.code, {"held_on__range": (first, month_end(first))}
    meetings = desk.access.rows(Meeting, of=code).filter(**own).order_by("held_on", "pk")
    talks = desk.access.rows(Talk, of=code).filter(**own).only("held_on")
    found: dict[dt.date, list[str]] = defaultdict(list)
    for meeting in meetings.only("held_on", "kind"):
        assert meeting.held_on is not None
        found[meeting.held_on].append(desk.word("meeting", "kind", meeting.kind))
    for held_on in {talk.held_on for talk in talks}:
        assert held_on is not None
        found[held_on].append(_("谈心谈话"))
    return found
