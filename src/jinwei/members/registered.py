"""Who is registered where at a day: the membership in force says.

The home branch of the roster counts for those who never had a membership.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from .models import Member, Membership


@dataclass(frozen=True, slots=True)
class Headcount:
    """The members of an organization, as standards count them: without suspended ones."""

    full: int = 0
    probationary: int = 0

    @property
    def members(self) -> int:
        return self.full + self.probationary


def registered(organization: str, day: dt.date) -> QuerySet[Member]:
    """Everybody on the roster of one organization who has not left by a day."""
    here = _in_force(day).filter(organization__code=organization)
    stays = Q(left_on=None) | Q(left_on__gte=day)
    home = Q(organization__code=organization) & ~_ever_moved()
    return Member.objects.filter(
        stays, Q(code__in=here.values("member__code")) | home, withdrawn_at=None
    )


def headcounts(organizations: Collection[str], day: dt.date) -> dict[str, Headcount]:
    """The members of each of these organizations (not of those below) at a day; two queries."""
    moved = _in_force(day).filter(_member_at(day, "member__"), organization__code__in=organizations)
    stayed = Member.objects.filter(
        _member_at(day), ~_ever_moved(), withdrawn_at=None, organization__code__in=organizations
    )
    found: dict[str, Counter[bool]] = defaultdict(Counter)
    for code, status, full_on in (*_said(moved, "member__"), *_said(stayed, "")):
        young = status == "probationary" or (full_on is not None and full_on > day)
        found[code][young] += 1
    return {code: Headcount(c[False], c[True]) for code, c in found.items()}


def _said(
    rows: QuerySet[Member] | QuerySet[Membership], prefix: str
) -> Iterable[tuple[str, str, dt.date | None]]:
    columns = ("organization_id", f"{prefix}status", f"{prefix}full_on")
    return rows.order_by("pk").values_list(*columns)


def _in_force(day: dt.date) -> QuerySet[Membership]:
    begun = Q(from_on=None) | Q(from_on__lte=day)
    lasting = Q(to_on=None) | Q(to_on__gte=day)
    return Membership.objects.filter(begun, lasting, withdrawn_at=None)


def _ever_moved() -> Q:
    return Q(code__in=Membership.objects.filter(withdrawn_at=None).values("member__code"))


def _member_at(day: dt.date, prefix: str = "") -> Q:
    """A member in the sense of standards at a day: joined, not gone, not suspended."""

    def q(**conditions: object) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})

    joined = q(joined_on=None) | q(joined_on__lte=day)
    here = q(left_on=None) | q(left_on__gte=day)
    gone = q(status="left", left_on=None)
    suspended = q(status="suspended") & (q(suspended_on=None) | q(suspended_on__lte=day))
    return joined & here & ~gone & ~suspended & q(withdrawn_at=None)
