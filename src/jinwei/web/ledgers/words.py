"""Words of ledgers on screen: headings, cells, marks, and what a table is made of."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from jinwei.engine.catalogue import Column, Table
from jinwei.wording.words import Words

GROUPS: Final = (
    (gettext_lazy("组织生活"), ("meeting", "attendance", "talk", "appraisal")),
    (gettext_lazy("党费和经费"), ("dues", "fund")),
    (gettext_lazy("学习和服务"), ("training", "service")),
    (gettext_lazy("工作和阵地"), ("filing", "project", "venue", "honor")),
    (gettext_lazy("整改和监督"), ("rectification", "survey", "incident", "case")),
    (gettext_lazy("评定"), ("judgement", "exemption")),
    (
        gettext_lazy("组织和党员"),
        ("organization", "term", "post", "member", "membership", "superior"),
    ),
)
"""All tables, by theme, the ones most written in first."""

_HEADINGS: Final[dict[str, Promise]] = {
    "organization": gettext_lazy("党组织"),
    "parent": gettext_lazy("上级组织"),
    "member": pgettext_lazy("column", "党员"),
    "meeting": gettext_lazy("会议"),
    "talk.member": gettext_lazy("谈话人"),
    "post.member": gettext_lazy("姓名"),
    "dues.due": gettext_lazy("应交（元）"),
    "dues.paid": gettext_lazy("实交（元）"),
    "fund.amount": gettext_lazy("金额（元）"),
    "training.hours": gettext_lazy("学时"),
    "service.hours": gettext_lazy("时长（小时）"),
    "judgement.points": gettext_lazy("得分（分）"),
    "meeting.recorded_on": gettext_lazy("录入"),
}
"""Headings on screen, where they are not those of data sets: names stand there, not codes."""

MARKS: Final[dict[str, Promise]] = {
    "withdrawn": gettext_lazy("已撤回"),
    "current": gettext_lazy("现行"),
    "open": gettext_lazy("未完成"),
    "overdue": gettext_lazy("已逾期"),
    "organization.dissolved": gettext_lazy("已撤销"),
    "member.mobile": gettext_lazy("流动党员"),
    "member.left": gettext_lazy("已离开"),
    "term.expired": gettext_lazy("已届满"),
    "term.current": gettext_lazy("本届"),
    "post.current": gettext_lazy("在任"),
    "meeting.late": gettext_lazy("录入超期"),
    "meeting.unattached": gettext_lazy("缺材料"),
    "attendance.absent": gettext_lazy("缺席"),
    "attendance.leave": gettext_lazy("请假"),
    "dues.short": gettext_lazy("未交齐"),
    "dues.late": gettext_lazy("迟交"),
    "talk.nobody": gettext_lazy("没有写对象"),
    "appraisal.unqualified": gettext_lazy("不合格"),
    "filing.missing": gettext_lazy("到期未交"),
    "filing.late": gettext_lazy("迟交"),
    "venue.short": gettext_lazy("未达标"),
    "rectification.open": gettext_lazy("未销号"),
    "survey.low": gettext_lazy("满意率低于 80%"),
    "survey.few": gettext_lazy("不足 5 票"),
    "case.open": gettext_lazy("未办结"),
}
"""Marks by name, or by table and name."""
WRONG: Final = frozenset(
    ("late", "unattached", "short", "overdue", "expired", "missing", "low", "unqualified")
)
"""Marks that ask for something; the title of a list names the first of them."""


def say() -> Words:
    """The words of codes and columns in the language of the page."""
    return Words("en" if (get_language() or "").startswith("en") else "zh")


def table_name(table: Table | str) -> str:
    return say().table(table if isinstance(table, str) else table.name)


def heading(table: Table, column: Column) -> str:
    """The heading of a column on screen."""
    own = _HEADINGS.get(f"{table.name}.{column.name}") or _HEADINGS.get(column.name)
    if own is not None:
        return str(own)
    words = say()
    text = words.column(column)
    return text[:1].upper() + text[1:]


def mark_word(table: str, mark: str) -> str:
    return str(MARKS.get(f"{table}.{mark}") or MARKS[mark])


def value_word(table: Table, column: Column, value: Any) -> str:
    """A stored value as a person reads it: codes in words, amounts in their unit."""
    if value is None:
        return "–"
    if isinstance(value, dt.date):
        return value.isoformat()
    if column.kind == "hundredths":
        return f"{value / 100:,.2f}"
    if column.kind == "whole":
        return f"{value:,}"
    if column.name == "standard" or column.refers_to:
        return str(value)
    return say().value(table.name, column, value)


def days_word(days: int) -> str:
    """How many days after a meeting it was recorded."""
    if days <= 0:
        return _("当日")
    if days == 1:
        return _("次日")
    return _("%(n)d 日后") % {"n": days}


def row_word(table: Table, values: dict[str, Any]) -> str:
    """One row in a few words: what it is called, or its kind and its day."""
    for name in ("title", "topic", "name"):
        if values.get(name):
            return str(values[name])
    said = []
    dated = "month" if values.get("month") else table.date or ""
    for name in (dated, "kind", "post", "grade", "procedure", "indicator"):
        column = table.column(name) if name else None
        if column is not None and values.get(name) is not None:
            said.append(value_word(table, column, values[name]))
    if len(said) < 2:
        said.append(table_name(table))
    return " ".join(said)
