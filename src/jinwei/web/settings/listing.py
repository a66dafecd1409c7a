"""The list of accounts: narrowed, and as lines to show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from jinwei.accounts.access import Access
from jinwei.accounts.attempts import locked_of
from jinwei.accounts.managing import manageable, visible
from jinwei.accounts.models import Account, Role
from jinwei.web.typed import typed

from .words import State, role_lines, state_of

STATES: Final = ("", "invited", "locked", "closed")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of accounts is narrowed to."""

    text: str = ""
    role: str = ""
    organization: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One account of the list."""

    account: Account
    roles: list[str]
    state: State
    manageable: bool


def asked_of(query: Mapping[str, str], access: Access) -> Asked:
    """What the address asks for; what cannot be is as if not asked."""
    role, state = query.get("role", ""), query.get("state", "")
    return Asked(
        text=typed(query, "q"),
        role=role if role in access.gives else "",
        organization=typed(query, "organization"),
        state=state if state in STATES else "",
    )


def narrowed(access: Access, asked: Asked) -> QuerySet[Account]:
    """The accounts somebody may see, narrowed by all but their state."""
    found = visible(access)
    if asked.text:
        found = found.filter(Q(name__icontains=asked.text) | Q(shown_name__icontains=asked.text))
    roles = Role.objects.filter(Q(to_on=None) | Q(to_on__gte=access.day), account=OuterRef("pk"))
    if asked.role:
        found = found.filter(Exists(roles.filter(role=asked.role)))
    if asked.organization:
        named = Q(organization_id=asked.organization) | Q(
            organization__name__icontains=asked.organization
        )
        found = found.filter(Exists(roles.filter(named)))
    return found.order_by("shown_name", "pk")


def in_state(accounts: QuerySet[Account], state: str) -> QuerySet[Account]:
    """Those of a list that stand in a way; a lock by wrong passwords is over too soon to count."""
    if state == "closed":
        return accounts.filter(is_active=False)
    if state == "locked":
        return accounts.filter(is_active=True, locked_at__isnull=False)
    if state == "invited":
        return accounts.filter(is_active=True, locked_at=None, password__startswith="!")
    return accounts


def lines_of(access: Access, accounts: Iterable[Account]) -> list[Line]:
    """Lines to show; three queries, however many there are."""
    page = list(accounts)
    keys = [account.pk for account in page]
    own = manageable(access).filter(pk__in=keys)
    may_manage = set(own.values_list("pk", flat=True))
    locked = locked_of(page)
    return [
        Line(
            account,
            role_lines(account.roles.all(), access.day),
            state_of(account, locked.get(account.pk)),
            account.pk in may_manage,
        )
        for account in page
    ]


def with_roles(accounts: QuerySet[Account], day: dt.date) -> QuerySet[Account]:
    """Accounts that bring the roles not yet ended, and where."""
    lasting = Role.objects.filter(Q(to_on=None) | Q(to_on__gte=day))
    roles = lasting.select_related("organization").order_by("pk")
    return accounts.prefetch_related(Prefetch("roles", roles))


def signed_in_on(account: Account) -> dt.date | None:
    """The day of the last sign-in, here."""
    return timezone.localtime(account.last_login).date() if account.last_login else None
