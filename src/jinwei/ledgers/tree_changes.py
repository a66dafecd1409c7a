"""How the tree changes: an organization is founded, moved, lent for a purpose, dissolved, merged.

Everything is written as dated rows through :mod:`jinwei.ledgers.changes`, so that the tree of a
past day stays what it was. What cannot be is refused with a ValidationError at the field concerned
(``parent``, ``on``, …); then nothing is changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jinwei.audit.actions import Actor
from jinwei.datasets.tree import Cycle
from jinwei.members.models import Member, Membership
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization, Post, Superior, Term

from .changes import change_all, correct, enter
from .tree_rules import (
    DAY,
    day_said,
    in_force,
    lock,
    must_stand,
    nobody_below,
    nothing_later,
    overlap,
    refusal,
    registered_members,
    span_said,
    superiors_of,
    way_round,
)

Office = TypeVar("Office", Post, Term)


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended with an organization, and how many members went where they go."""

    posts: int
    terms: int
    members: int = 0


@transaction.atomic
def found(organization: Organization, *, by: Actor) -> Organization:
    """Enter a new organization below its ``parent``."""
    if Organization.objects.filter(code=organization.code).exists():
        raise refusal("code", _("代码 %(code)s 已经有组织在用。") % {"code": organization.code})
    if organization.parent is not None:
        day = organization.established_on or dt.date.max
        must_stand(organization.parent, day, "parent")
    return enter(organization, by=by)


@transaction.atomic
def move(
    organization: Organization, to: Organization, *, on: dt.date, by: Actor, reason: str = ""
) -> None:
    """Put an organization under another superior from a day on; until then all stays as it was."""
    lock(organization)
    must_stand(organization, on, "on")
    must_stand(to, on, "parent")
    rows = list(superiors_of(organization))
    nothing_later(rows, on)
    now = next((row for row in rows if in_force(row, on)), None)
    above = now.parent if now else None if rows else organization.parent
    if above == to:
        raise refusal("parent", _("那天它已经归“%(name)s”管。") % {"name": to.name})
    entered, corrected = (
        _replaced(now, to, on) if now else (_first(organization, above, to, on), [])
    )
    try:
        change_all(entered=entered, corrected=corrected, by=by, reason=reason)
    except Cycle as cycle:
        raise refusal("parent", way_round(organization, to)) from cycle


def _first(
    organization: Organization, above: Organization | None, to: Organization, on: dt.date
) -> list[Superior]:
    """The first dated rows: whoever has one has no other superior, so the one before needs its."""
    new = Superior(organization=organization, parent=to, from_on=on)
    if above is None:
        return [new]
    return [Superior(organization=organization, parent=above, to_on=on - DAY), new]


def _replaced(
    now: Superior, to: Organization, on: dt.date
) -> tuple[list[Superior], list[Superior]]:
    """The row in force gives way to another from a day on: what is new, what is corrected."""
    if now.from_on == on:
        now.parent = to
        return [], [now]
    new = Superior(organization=now.organization, parent=to, from_on=on, to_on=now.to_on)
    now.to_on = on - DAY
    return [new], [now]


@transaction.atomic
def lend(row: Superior, *, by: Actor) -> Superior:
    """Enter a second superior for one purpose; it is no part of the tree."""
    lock(row.organization)
    if row.parent == row.organization:
        raise refusal("parent", _("组织不能归自己管。"))
    same = Superior.objects.filter(
        organization=row.organization, parent=row.parent, purpose=row.purpose, withdrawn_at=None
    )
    for other in same:
        if overlap(row, other):
            raise refusal(
                "from_on",
                _("%(span)s 已经为“%(purpose)s”归“%(name)s”，两段时间重叠。")
                % {"span": span_said(other), "purpose": row.purpose, "name": row.parent.name},
            )
    return enter(row, by=by)


def end_purpose(row: Superior, *, on: dt.date, by: Actor, reason: str = "") -> Superior:
    """Let a second superior end with a day."""
    if row.from_on is not None and on < row.from_on:
        raise refusal("on", _("不能早于开始的 %(day)s。") % {"day": day_said(row.from_on)})
    row.to_on = on
    return correct(row, by=by, version=row.version, reason=reason)


@transaction.atomic
def dissolve(organization: Organization, *, on: dt.date, by: Actor, reason: str = "") -> Ended:
    """Let an organization end with a day, and its posts and term with it.

    Whoever is still registered there, and what still stands below, must have gone before.
    """
    lock(organization)
    _still_stands(organization)
    must_stand(organization, on, "on")
    nobody_below(organization, on)
    staying = registered_members(organization, on + DAY)
    if staying:
        raise refusal(
            "on",
            _("还有 %(n)d 名党员在册，请先转走，或改用“并入”。") % {"n": len(staying)},
        )
    return _end(organization, on, by=by, reason=reason)


@transaction.atomic
def merge(
    organization: Organization, into: Organization, *, on: dt.date, by: Actor, reason: str = ""
) -> Ended:
    """Let an organization go up in another from a day on: its members are registered there then."""
    lock(organization)
    last = on - DAY
    if into == organization:
        raise refusal("into", _("不能并入自己。"))
    _still_stands(organization)
    must_stand(organization, last, "on")
    must_stand(into, on, "into")
    nobody_below(organization, last)
    corrected: list[FactModel] = []
    entered: list[FactModel] = []
    members = registered_members(organization, on)
    for member in members:
        _register(member, organization, into, on, entered, corrected)
    return _end(organization, last, entered, corrected, len(members), by=by, reason=reason)


# --- what ends ----------------------------------------------------------------------------------


def _still_stands(organization: Organization) -> None:
    if organization.dissolved_on is not None:
        must_stand(organization, dt.date.max, "on")


def _end(
    organization: Organization,
    on: dt.date,
    entered: Iterable[FactModel] = (),
    corrected: Iterable[FactModel] = (),
    members: int = 0,
    *,
    by: Actor,
    reason: str,
) -> Ended:
    posts, terms = _ended(Post, organization, on), _ended(Term, organization, on)
    organization.dissolved_on = on
    rows = [*corrected, *posts, *terms, organization]
    change_all(entered=list(entered), corrected=rows, by=by, reason=reason)
    return Ended(len(posts), len(terms), members)


def _ended(model: type[Office], organization: Organization, on: dt.date) -> list[Office]:
    """The posts or terms that have begun by a day and would go on after it, ended with it."""
    begun = Q(started_on=None) | Q(started_on__lte=on)
    going_on = Q(ended_on=None) | Q(ended_on__gt=on)
    rows = model.objects.filter(begun, going_on, organization=organization, withdrawn_at=None)
    found = list(rows.order_by("pk"))
    for row in found:
        row.ended_on = on
    return found


def _register(
    member: Member,
    organization: Organization,
    into: Organization,
    on: dt.date,
    entered: list[FactModel],
    corrected: list[FactModel],
) -> None:
    """Register one member elsewhere from a day on."""
    rows = [row for row in member.memberships.all() if row.withdrawn_at is None]
    if not rows:
        before = Membership(member=member, organization=organization, to_on=on - DAY)
        entered += [before, Membership(member=member, organization=into, from_on=on)]
    for row in rows:
        if row.organization_id != organization.code or not in_force(row, on):
            continue
        if row.from_on == on:
            row.organization = into
        else:
            moved = Membership(member=member, organization=into, from_on=on, to_on=row.to_on)
            entered.append(moved)
            row.to_on = on - DAY
        corrected.append(row)
    if member.organization_id == organization.code:
        member.organization = into
        corrected.append(member)
