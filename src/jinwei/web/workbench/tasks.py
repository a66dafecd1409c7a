"""Things to do, whatever they come from: one list, in one order."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _

from jinwei.web.parts import Action, Todo

Group = Literal["late", "soon", "month", "later"]
GROUPS: Final[tuple[Group, ...]] = ("late", "soon", "month", "later")
_SOON: Final = 7


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do.

    ``due`` is None where it can be put right at any time. ``points`` in hundredths: what is at
    stake; 0 where nothing is lost, None where no figure hangs on it. ``dated``: it has a day of
    its own, ``timed``: as a step of a procedure. ``late``: lost already, and can still be put
    right. ``meeting``: the kind of meeting that does it, in the window that began at ``first``.
    """

    what: str
    why: str
    due: dt.date | None
    points: int | None = None
    dated: bool = False
    timed: bool = False
    late: bool = False
    url: str = ""
    action: Action | None = None
    meeting: str = ""
    first: dt.date | None = None

    @property
    def scored(self) -> bool:
        return bool(self.points)


def month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def group_of(task: Task, day: dt.date) -> Group:
    """Late, within seven days, within the month, or later."""
    if task.late or task.due is None or task.due < day:
        return "late"
    if (task.due - day).days <= _SOON:
        return "soon"
    return "month" if task.due <= month_end(day) else "later"


def grouped(tasks: Iterable[Task], day: dt.date) -> dict[Group, tuple[Task, ...]]:
    """Tasks by group; in each by date (at any time comes last), then by points."""
    found: dict[Group, list[Task]] = {group: [] for group in GROUPS}
    for task in tasks:
        found[group_of(task, day)].append(task)
    return {group: tuple(sorted(rows, key=_order)) for group, rows in found.items()}


def _order(task: Task) -> tuple[dt.date, int, str]:
    return (task.due or dt.date.max, -(task.points or 0), task.why)


def todo(task: Task, day: dt.date, *, may_record: bool) -> Todo:
    """The row of a task as it is drawn; whoever may not record has no button."""
    return Todo(
        what=task.what,
        why=task.why,
        action=task.action if may_record else None,
        url=task.url,
        points=task.points or None,
        points_word=_points_word(task, day),
        days_left=None if task.due is None else (task.due - day).days,
        due=task.due,
        due_word=_("随时可补") if task.due is None else "",
    )


def _points_word(task: Task, day: dt.date) -> str:
    if not task.points:
        return _("程序时限") if task.timed else _("不计分")
    return _("可挽回") if group_of(task, day) == "late" else _("届时未办将失")


# --- several at once ----------------------------------------------------------------------------

TOGETHER: Final = (
    ("branch_meeting", "lecture", "theme_day", "study"),
    ("life_meeting", "appraisal"),
)
"""Kinds of meetings that all members attend and that are held on one occasion."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Open windows that one event serves."""

    kinds: tuple[str, ...]
    points: int


def merge(tasks: Sequence[Task], day: dt.date) -> Merge | None:
    """The kinds whose windows are open and end within the month, where they are several."""
    for kinds in TOGETHER:
        open_now = {
            task.meeting: task.points or 0
            for task in tasks
            if task.meeting in kinds
            and task.due is not None
            and day <= task.due <= month_end(day)
            and task.first is not None
            and task.first <= day
        }
        if len(open_now) > 1:
            return Merge(tuple(k for k in kinds if k in open_now), sum(open_now.values()))
    return None
