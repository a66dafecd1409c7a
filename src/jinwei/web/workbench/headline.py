"""The title of the workbench: how much there is to do this month, and what it is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.web.templatetags.jinwei import day as in_words
from jinwei.web.templatetags.jinwei import points

from .tasks import Task, group_of, month_end


@dataclass(frozen=True, slots=True)
class Headline:
    title: str
    lead: str


def headline(tasks: Sequence[Task], day: dt.date) -> Headline:
    """Counted from the very tasks listed below it."""
    late = [task for task in tasks if group_of(task, day) == "late"]
    ahead = [task for task in tasks if task not in late and task.due is not None]
    now = [task for task in ahead if task.due is not None and task.due <= month_end(day)]
    following = min(ahead, key=lambda t: t.due or dt.date.max, default=None)
    parts = [_late(late), _next(following, day) if now else _after(following)]
    said = [part for part in parts if part]
    lead = _("；").join(said)
    return Headline(_title(now), _("%(lead)s。") % {"lead": lead} if lead else "")


def _title(now: Sequence[Task]) -> str:
    if not now:
        return _("本月的事都办完了")
    count = ngettext("本月还有 %(n)d 件事要办", "本月还有 %(n)d 件事要办", len(now)) % {
        "n": len(now)
    }
    scored = [task.points or 0 for task in now if task.scored]
    if not scored:
        return _("%(count)s，都不计分") % {"count": count}
    told = {"count": count, "n": len(scored), "points": points(sum(scored))}
    if len(scored) == len(now):
        return _("%(count)s，共 %(points)s 分") % told
    return _("%(count)s，其中 %(n)d 件计分，共 %(points)s 分") % told


def _late(late: Sequence[Task]) -> str:
    if not late:
        return ""
    count = ngettext("另有 %(n)d 件已逾期", "另有 %(n)d 件已逾期", len(late)) % {"n": len(late)}
    lost = sum(task.points or 0 for task in late)
    if not lost:
        return count
    return _("%(count)s，补办可挽回 %(points)s 分") % {"count": count, "points": points(lost)}


def _next(task: Task | None, day: dt.date) -> str:
    if task is None or task.due is None:
        return ""
    days = (task.due - day).days
    near = {0: _("今天"), 1: _("明天"), 2: _("后天")}
    told = {"when": near.get(days, ""), "day": in_words(task.due)}
    if not told["when"]:
        return _("最近的期限是 %(day)s") % told
    return _("最近的期限是%(when)s（%(day)s）") % told


def _after(task: Task | None) -> str:
    if task is None or task.due is None:
        return ""
    return _("下一件：%(day)s前的%(what)s") % {"day": in_words(task.due), "what": task.what}
