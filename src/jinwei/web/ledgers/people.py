"""Whom a form of an organization may name."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from jinwei.engine.catalogue import COMMITTEE_POSTS
from jinwei.ledgers.marks import in_force
from jinwei.members.models import Member
from jinwei.members.registered import registered
from jinwei.organizations.models import Organization, Post
from jinwei.standings.figures import scope
from jinwei.web.phrases import with_more

_MOST: Final = 600
"""Of an organization without a roster of its own, so many members of those below are offered."""

People = tuple[tuple[str, str], ...]
"""Codes and names, in the order of the roster."""


def roster_of(organization: Organization, day: dt.date) -> People:
    """The members registered there."""
    own = registered(organization.code, day).exclude(status="left")
    return _named(Q(code__in=own.values("code")))


def people_of(organization: Organization, day: dt.date, also: Iterable[str] = ()) -> People:
    """The members registered there and whoever holds a post; ``also``: whom a row names already.

    Where an organization has no roster of its own, the members of those below.
    """
    own = registered(organization.code, day).exclude(status="left").values("code")
    holders = Post.objects.filter(
        in_force("started_on", "ended_on")(day), organization=organization, withdrawn_at=None
    )
    named = Q(code__in=own) | Q(code__in=holders.values("member")) | Q(code__in=list(also))
    below = Q(organization__in=scope(organization.code, day)) & ~Q(status="left")
    return _named(named) if own.exists() else _named(named | below)


def officers_of(organization: Organization, day: dt.date) -> frozenset[str]:
    """The members of the committee that sits."""
    holders = Post.objects.filter(
        in_force("started_on", "ended_on")(day),
        organization=organization,
        post__in=COMMITTEE_POSTS,
        withdrawn_at=None,
    )
    return frozenset(holders.values_list("member", flat=True))


def _named(where: Q) -> People:
    rows = Member.objects.filter(where, withdrawn_at=None).order_by("pk")[:_MOST]
    found = [(code, name or code) for code, name in rows.values_list("code", "name")]
    times = Counter(name for _code, name in found)
    return tuple(
        (code, with_more(name, code) if times[name] > 1 and name != code else name)
        for code, name in found
    )
