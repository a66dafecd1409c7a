"""Members of a scope with their branch and posts, as several books list them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import Q

from jinwei.members.models import Member
from jinwei.organizations.models import Organization, Post

from .page import Scope
from .words import in_words


def listed(scope: Scope) -> list[Member]:
    """Whoever is on the roster and has not left, by branch, then by name."""
    rows = scope.rows(Member).exclude(status="left")
    return list(rows.order_by("organization__code", "spelling", "pk"))


def branch_names(scope: Scope) -> dict[str, str]:
    return dict(scope.rows(Organization).values_list("code", "name"))


def posts_of(scope: Scope) -> dict[str, str]:
    """The posts that members hold at the day, in words."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for member, post in posts_at(scope).order_by("pk").values_list("member", "post"):
        found[member][scope.say("post", "post", post)] = None
    return {member: in_words(list(words)) for member, words in found.items()}


def posts_at(scope: Scope) -> Any:
    """The posts in force at the day."""
    return scope.rows(Post).filter(_begun(scope.day), _lasting(scope.day))


def _begun(day: dt.date) -> Q:
    return Q(started_on=None) | Q(started_on__lte=day)


def _lasting(day: dt.date) -> Q:
    return Q(ended_on=None) | Q(ended_on__gte=day)
