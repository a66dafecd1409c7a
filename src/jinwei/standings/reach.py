"""Whom an adoption reaches: the organizations of its subtree, or the members registered there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet

from jinwei.members.models import Member, Membership
from jinwei.organizations.models import TreePath

from .models import Adoption


def reached(adoption: Adoption, day: dt.date, only: Collection[str] | None = None) -> set[str]:
    """The subjects (or those asked for) that an adoption reaches at a day."""
    if not spans(adoption.from_on, adoption.to_on, day):
        return set()
    of_members = adoption.plan().subject == "member"
    below = paths(day).filter(ancestor__code=adoption.organization_id)
    if only is not None and not of_members:
        below = below.filter(descendant__code__in=only)
    organizations = set(below.values_list("descendant__code", flat=True))
    return set(homes(day, only, organizations)) if of_members else organizations


def homes(
    day: dt.date, members: Collection[str] | None, within: Collection[str] | None = None
) -> dict[str, str]:
    """Where members are registered at a day, by code: the membership in force says.

    The home branch of the roster counts for those who never had a membership.
    """
    moves = Membership.objects.filter(withdrawn_at=None)
    roster = Member.objects.filter(withdrawn_at=None)
    if members is not None:
        moves, roster = moves.filter(member__among=members), roster.filter(code__among=members)
    moved: set[str] = set()
    found: dict[str, str] = {}
    for member, organization, first, last in moves.values_list(
        "member__code", "organization__code", "from_on", "to_on"
    ):
        moved.add(member)
        if spans(first, last, day):
            found[member] = organization
    stayed = roster.values_list("code", "organization__code")
    found |= {member: home for member, home in stayed if member not in moved}
    if within is None:
        return found
    return {member: home for member, home in found.items() if home in within}


def paths(day: dt.date) -> QuerySet[TreePath]:
    """Who stood above whom (and above itself) at a day."""
    return TreePath.objects.filter(in_force(day))


def spans(first: dt.date | None, last: dt.date | None, day: dt.date) -> bool:
    """Whether a day lies in a span; both ends inclusive, an empty one open."""
    return (first is None or first <= day) and (last is None or last >= day)


def in_force(day: dt.date) -> Q:
    """The same as a condition of the database, on ``from_on`` and ``to_on``."""
    begun = Q(from_on__isnull=True) | Q(from_on__lte=day)
    return begun & (Q(to_on__isnull=True) | Q(to_on__gte=day))
