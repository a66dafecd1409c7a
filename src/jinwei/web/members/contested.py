"""Objections as the lines they are about show them, and who may answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jinwei.accounts.access import Access
from jinwei.accounts.acts import ACTS, Act
from jinwei.ledgers.models import Attendance
from jinwei.members.models import Answer, Objection
from jinwei.members.objections import answerers, recorders, waiting
from jinwei.standings.reach import paths
from jinwei.web.templatetags.jinwei import day as day_said


@dataclass(frozen=True, slots=True)
class Mark:
    """An objection in a few words beside its line."""

    line: str
    word: str
    tone: str
    url: str


Marks = Mapping[tuple[str, str], tuple[Mark, ...]]
"""Objections by the table and row they are about."""


def marks_of(code: str, day: dt.date, address: Callable[[int], str]) -> Marks:
    """The objections of a member; ``address`` of one by its number."""
    found: dict[tuple[str, str], tuple[Mark, ...]] = {}
    rows = Objection.objects.filter(member__code=code).prefetch_related("answers").order_by("pk")
    for one in rows:
        word, tone = state_of(one, day)
        key = (one.table, one.row)
        found[key] = (*found.get(key, ()), Mark(one.line, word, tone, address(one.pk)))
    return found


def state_of(objection: Objection, day: dt.date) -> tuple[str, str]:
    """Where an objection stands, in words, and the tone of it."""
    if not waiting(objection):
        last = answers_of(objection)[-1]
        return (_("异议成立"), "ok") if last.upheld else (_("异议已答复"), "")
    said = {"day": day_said(objection.due_on)}
    if objection.due_on < day:
        return _("异议逾期未答复（应在 %(day)s前）") % said, "lost"
    if objection.escalated_at is not None:
        return _("异议已转上级，%(day)s前答复") % said, "wait"
    return _("异议处理中，%(day)s前答复") % said, "wait"


def answers_of(objection: Objection) -> list[Answer]:
    """The answers in order, out of what was fetched."""
    return sorted(objection.answers.all(), key=lambda a: a.pk)


def kept_at(objection: Objection) -> tuple[str, str]:
    """The row that was typed: an attendance is kept with its meeting."""
    if objection.table != "attendance":
        return objection.table, objection.row
    number = objection.row.rpartition("-")[2]
    meeting = Attendance.objects.filter(pk=int(number)).values_list("meeting__code", flat=True)
    return "meeting", meeting.first() or ""


def hindrance(access: Access, objection: Objection) -> str:
    """Why an account may not answer an objection, in words; empty where it may."""
    if not waiting(objection):
        return _("这条异议已经答复。")
    if access.member == objection.member_id:
        return _("这是您自己提出的异议，要由别的支委答复。")
    if objection.escalated_at is not None and not _above(access, objection):
        return _("这条异议已转上级，由上级党组织答复。")
    account = access.account.pk
    if account in answerers(objection):
        return _("您已经答复过一次，这一次要由上级的另一位同志答复。")
    if account in recorders(*kept_at(objection)):
        return _("这一条是您登记或更正的，要由没有参与登记的支委答复。")
    return ""


def _above(access: Access, objection: Objection) -> bool:
    """Whether an account may record from above the organization that was contested."""
    roots = {
        role.organization_id
        for role in access.roles
        if not role.purpose and Act.RECORD in ACTS[role.role]
    }
    above = paths(access.day).filter(descendant__code=objection.organization_id)
    strictly = above.exclude(ancestor__code=objection.organization_id)
    return strictly.filter(ancestor__code__in=roots).exists()
