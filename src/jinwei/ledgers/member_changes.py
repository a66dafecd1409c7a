"""What happens to members: they come, become full members, move, are suspended, leave.

Everything is written through :mod:`jinwei.ledgers.changes`. What cannot be is refused with a
ValidationError at the column or question concerned (``on``, ``to``); then nothing is changed.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from jinwei.audit.actions import SYSTEM, Actor, record
from jinwei.members.actions import forget_number, holder_of, keep_number
from jinwei.members.models import Member, Membership
from jinwei.members.numbers import fault_of
from jinwei.members.rules import Faults, faults_of, probation_ends
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization

from .changes import change_all, correct, enter
from .tree_rules import DAY, day_said, in_force, must_stand, refusal

REGISTERING: Final = ("branch", "joint_branch", "temporary_branch")
"""Kinds of organizations where members are registered."""
_AHEAD: Final = dt.timedelta(days=92)
"""So far ahead may a transfer be entered."""


class Taken(Exception):
    """The identity number is that of another row; ``holder`` may be withdrawn, or out of sight."""

    def __init__(self, holder: Member) -> None:
        super().__init__(holder.code)
        self.holder = holder


@transaction.atomic
def enter_member(member: Member, *, by: Actor, number: str = "") -> Member:
    """A new member. Raises :class:`Taken` for a number that somebody else has."""
    _check(member, number)
    if number:
        _take(member, number)
    return enter(member, by=by)


@transaction.atomic
def correct_member(
    member: Member, *, by: Actor, version: int, number: str | None = None, reason: str = ""
) -> Member:
    """Another text of a row; ``number`` None leaves the identity number, “” takes it away.

    Raises :class:`Taken`, and what :func:`jinwei.ledgers.changes.correct` does.
    """
    _check(member, number or "")
    had = member.id_number_sealed is not None
    if number:
        _take(member, number)
    elif number is not None:
        forget_number(member)
    correct(member, by=by, version=version, reason=reason)
    if number is not None and (had or number):
        record(
            by=by,
            act="corrected",
            table="member",
            row=member.code,
            organization=member.organization_id,
            member=member.code,
            before={"id_number": "•••" if had else None},
            after={"id_number": "•••" if number else None},
            reason=reason,
        )
    return member


def _check(member: Member, number: str) -> None:
    today = timezone.localdate()
    faults = faults_of(member, today)
    fault = fault_of(number, today) if number else ""
    _refuse([*faults, ("id_number", fault)] if fault else faults)


def _refuse(faults: Faults) -> None:
    said: dict[str, list[str]] = {}
    for column, message in faults:
        said.setdefault(column, []).append(message)
    if said:
        raise ValidationError(said)


def _take(member: Member, number: str) -> None:
    holder = holder_of(number)
    if holder is not None and holder.pk != member.pk:
        raise Taken(holder)
    keep_number(member, number)


# --- standing of a member -----------------------------------------------------------------------


def turn_full(member: Member, on: dt.date, *, by: Actor, version: int, reason: str = "") -> Member:
    """A probationary member becomes a full one."""
    if member.status != "probationary":
        raise _whole(_("%(name)s 不是预备党员。") % {"name": member.name})
    ends = probation_ends(member)
    if ends is not None and on < ends:
        raise refusal("on", _("预备期一年，到 %(day)s 才满。") % {"day": day_said(ends)})
    member.status, member.full_on = "full", on
    return _settle(member, "full_on", by, version, reason)


def suspend(member: Member, on: dt.date, *, by: Actor, version: int, reason: str = "") -> Member:
    """Membership is suspended: counted nowhere from that day on."""
    _must_be_here(member, "full", "probationary")
    member.status, member.suspended_on = "suspended", on
    return _settle(member, "suspended_on", by, version, reason)


def leave(member: Member, on: dt.date, *, by: Actor, version: int, reason: str = "") -> Member:
    """A member leaves the roster; the row and its ledgers stay."""
    _must_be_here(member, "full", "probationary", "suspended")
    member.status, member.left_on = "left", on
    return _settle(member, "left_on", by, version, reason)


def set_mobile(member: Member, mobile: bool, *, by: Actor, version: int) -> Member:
    """Mark a mobile member, or take the mark away."""
    member.mobile = mobile
    return correct(member, by=by, version=version)


def _must_be_here(member: Member, *statuses: str) -> None:
    if member.status not in statuses:
        raise _whole(_("%(name)s 已不在册。") % {"name": member.name})


def _whole(message: str) -> ValidationError:
    return refusal(NON_FIELD_ERRORS, message)


def _settle(member: Member, column: str, by: Actor, version: int, reason: str) -> Member:
    """Save what was set; a fault of the day that was asked for is told at that question."""
    faults = faults_of(member, timezone.localdate())
    _refuse([("on" if name == column else NON_FIELD_ERRORS, text) for name, text in faults])
    return correct(member, by=by, version=version, reason=reason)


# --- transfers ----------------------------------------------------------------------------------


@transaction.atomic
def transfer(
    member: Member,
    to: Organization,
    on: dt.date,
    *,
    by: Actor,
    version: int,
    reason: str = "",
) -> Member:
    """Register a member in another branch from a day on.

    The membership in force ends the day before. The home branch follows when the day has come:
    at once, or by :func:`follow_memberships`. Raises what ``correct`` does.
    """
    rows = _memberships(member)
    _must_be_possible(member, rows, to, on)
    entered: list[FactModel] = [Membership(member=member, organization=to, from_on=on)]
    corrected: list[FactModel] = []
    for row in rows:
        if row.to_on is None or row.to_on >= on:
            row.to_on = on - DAY
            corrected.append(row)
    if not rows:
        home = member.organization_id
        entered.insert(0, Membership(member=member, organization_id=home, to_on=on - DAY))
    member.version = version
    if on <= timezone.localdate():
        member.organization = to
    # Saved even where the day is to come: whoever looks at the row now must see that it moves.
    change_all(entered=entered, corrected=[*corrected, member], by=by, reason=reason)
    return member


def follow_memberships(today: dt.date, *, by: Actor = SYSTEM) -> int:
    """Change the home branch of whoever is registered elsewhere by now; gives their number."""
    begun = Membership.objects.filter(withdrawn_at=None, from_on__lte=today)
    moved = (
        begun.filter(member__withdrawn_at=None)
        .exclude(to_on__lt=today)
        .exclude(organization=F("member__organization"))
    )
    members = []
    for row in moved.select_related("member").order_by("pk"):
        row.member.organization_id = row.organization_id
        members.append(row.member)
    if members:
        change_all(corrected=members, by=by)
    return len(members)


def _memberships(member: Member) -> list[Membership]:
    rows = Membership.objects.filter(member=member, withdrawn_at=None)
    rows = rows.select_for_update(of=("self",)).select_related("organization")
    return list(rows.order_by(F("from_on").asc(nulls_first=True), "pk"))


def _must_be_possible(
    member: Member, rows: list[Membership], to: Organization, on: dt.date
) -> None:
    _must_be_here(member, "full", "probationary", "suspended")
    here = next((r.organization_id for r in rows if in_force(r, on)), member.organization_id)
    if to.code == here:
        raise refusal("to", _("%(name)s 已经在这个支部。") % {"name": member.name})
    if to.kind not in REGISTERING:
        raise refusal("to", _("党员只能编入支部，“%(name)s”不是支部。") % {"name": to.name})
    must_stand(to, on, "to")
    latest = timezone.localdate() + _AHEAD
    if on > latest:
        raise refusal("on", _("最多提前三个月登记：%(day)s 或以前。") % {"day": day_said(latest)})
    if member.joined_on is not None and on <= member.joined_on:
        said = {"day": day_said(member.joined_on)}
        raise refusal("on", _("转接要在入党（%(day)s）以后。") % said)
    newest = rows[-1] if rows else None
    if newest is not None and newest.from_on is not None and on <= newest.from_on:
        said = {"day": day_said(newest.from_on), "name": newest.organization.name}
        raise refusal("on", _("已登记 %(day)s 转入“%(name)s”，这一次要在那之后。") % said)
