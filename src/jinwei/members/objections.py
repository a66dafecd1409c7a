"""What members contest: opened by the member, answered by the branch, then by a superior."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone

from jinwei.audit.actions import Actor, record
from jinwei.audit.models import Entry

from .models import Answer, Member, Objection

DAYS: Final = 10
"""So long may an answer take, at each level."""
POINTS: Final = "points"
"""The table of objections to a line of points, which stands in no ledger."""


class NotNow(Exception):
    """An objection that waits for somebody else, or is closed."""


@dataclass(frozen=True, slots=True)
class Contested:
    """The line somebody objects to: where it stands, and how it reads."""

    table: str
    row: str
    line: str
    column: str = ""
    organization: str = ""


@transaction.atomic
def open_objection(member: Member, contested: Contested, text: str, *, by: Actor) -> Objection:
    """Open an objection; the branch that keeps the line has ten days to answer."""
    objection = Objection.objects.create(
        member=member,
        organization_id=contested.organization or member.organization_id,
        table=contested.table,
        row=contested.row,
        column=contested.column,
        line=contested.line,
        text=text,
        due_on=_due(),
    )
    _record("objected", objection, by, text)
    return objection


@transaction.atomic
def answer(objection: Objection, text: str, *, upheld: bool, by: Actor) -> Answer:
    """Answer an objection at the level whose turn it is; raises :class:`NotNow`."""
    locked = Objection.objects.select_for_update().get(pk=objection.pk)
    if not waiting(locked):
        raise NotNow
    made = Answer.objects.create(
        objection=locked,
        superior=locked.escalated_at is not None,
        upheld=upheld,
        text=text,
        account=by.account,
        account_name=by.name,
    )
    _record("answered", locked, by, text)
    return made


@transaction.atomic
def escalate(objection: Objection, today: dt.date, *, by: Actor) -> None:
    """Ask the superior, who has ten days again; raises :class:`NotNow`."""
    locked = Objection.objects.select_for_update().get(pk=objection.pk)
    if not may_escalate(locked, today):
        raise NotNow
    locked.escalated_at, locked.due_on = timezone.now(), _due()
    locked.save(update_fields=["escalated_at", "due_on"])
    _record("escalated", locked, by)


def waiting(objection: Objection) -> bool:
    """Whether somebody still owes an answer."""
    return not any(a.superior == (objection.escalated_at is not None) for a in _answers(objection))


def may_escalate(objection: Objection, today: dt.date) -> bool:
    """Once: after the answer of the branch, or when the branch is late."""
    if objection.escalated_at is not None:
        return False
    return not waiting(objection) or objection.due_on < today


def recorders(table: str, row: str) -> set[int]:
    """The accounts that entered or corrected a row: they do not answer for it themselves."""
    entries = Entry.objects.filter(table=table, row=row, act__in=("entered", "corrected"))
    return {account for account in entries.values_list("account", flat=True) if account is not None}


def answerers(objection: Objection) -> set[int]:
    """The accounts that have answered already."""
    return {a.account for a in _answers(objection) if a.account is not None}


def _answers(objection: Objection) -> list[Answer]:
    return list(objection.answers.all())


def _due() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=DAYS)


def _record(act: str, objection: Objection, by: Actor, reason: str = "") -> None:
    record(
        by=by,
        act=act,
        table=objection.table,
        row=objection.row,
        organization=objection.organization_id,
        member=objection.member_id,
        after={"objection": objection.pk, "line": objection.line},
        reason=reason,
    )
