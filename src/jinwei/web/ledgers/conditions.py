"""The state a row is in at a day, by shape and word: done, running, late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jinwei.engine.catalogue import Table

Values = Mapping[str, Any]
Condition = Callable[[Values, dt.date], tuple[str, str]]


def condition(table: Table, row: Values, day: dt.date) -> tuple[str, str]:
    """The state of a row at a day: shape and word."""
    return CONDITIONS[table.name](row, day)


def _dues(row: Values, day: dt.date) -> tuple[str, str]:
    due, paid = row["due"] or 0, row["paid"] or 0
    if paid >= due:
        return "met", _("已交齐")
    short = _("少 %(yuan)s 元") % {"yuan": f"{(due - paid) / 100:,.2f}"}
    return ("missed" if row["month"] < f"{day:%Y-%m}" else "on_track"), short


def _until(end: str, done: Promise, running: Promise) -> Condition:
    """Done, still running, or past its time limit."""

    def condition(row: Values, day: dt.date) -> tuple[str, str]:
        due = row["due_on"]
        if row[end] is not None and due is not None and row[end] > due:
            said = {"done": done, "n": (row[end] - due).days}
            return "missed", _("%(done)s，迟 %(n)d 天") % said
        if row[end] is not None:
            return "met", str(done)
        if due is not None and due < day:
            n = (day - due).days
            return "missed", ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", n) % {"n": n}
        return "on_track", str(running)

    return condition


def _filing(row: Values, day: dt.date) -> tuple[str, str]:
    filed, due = row["filed_on"], row["due_on"]
    if filed is None:
        return ("missed", _("到期未交")) if due and due < day else ("pending", _("未交"))
    if due is not None and filed > due:
        n = (filed - due).days
        return "missed", ngettext("迟交 %(n)d 天", "迟交 %(n)d 天", n) % {"n": n}
    return "met", _("已交")


def _term(row: Values, day: dt.date) -> tuple[str, str]:
    if row["ended_on"] is not None and row["ended_on"] < day:
        return "pending", _("已结束")
    if row["started_on"] is not None and row["started_on"] > day:
        return "pending", _("未开始")
    if row["expires_on"] is not None and row["expires_on"] < day:
        return "missed", _("已届满")
    return "on_track", _("任期内")


def _venue(row: Values, day: dt.date) -> tuple[str, str]:
    if row["items_met"] is None or row["items_required"] is None:
        return "pending", _("未检查")
    short = row["items_required"] - row["items_met"]
    return ("missed", _("少 %(n)d 项") % {"n": short}) if short > 0 else ("met", _("已达标"))


CONDITIONS: Final[dict[str, Condition]] = {
    "dues": _dues,
    "filing": _filing,
    "term": _term,
    "venue": _venue,
    "project": _until("finished_on", gettext_lazy("已完成"), gettext_lazy("进行中")),
    "rectification": _until("closed_on", gettext_lazy("已销号"), gettext_lazy("整改中")),
    "case": _until("closed_on", gettext_lazy("已办结"), gettext_lazy("办理中")),
}
