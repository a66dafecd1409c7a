"""Accounts of a demo, one a role, that anybody at this machine may take without a password."""

from __future__ import annotations

import ipaddress
import secrets
from collections import Counter
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from jinwei.members.models import Member
from jinwei.organizations.models import Organization, Post, TreePath

from .access import in_force
from .acts import RoleName
from .models import Account, Role

_PREFIX: Final = "demo-"
_SURNAMES: Final = {
    RoleName.ADMINISTRATOR: "赵",
    RoleName.WORK_COMMITTEE: "李",
    RoleName.STAFF: "吴",
    RoleName.SECRETARY: "王",
    RoleName.MEMBER: "郭",
    RoleName.INSPECTOR: "周",
    RoleName.AUDITOR: "孙",
}
"""Of whoever is not on the invented roster."""


@transaction.atomic
def make_demo_accounts(root: str, branch: str) -> dict[str, Account]:
    """An account for every role: over the whole, over the branch's committee, in the branch.

    Secretary and member are persons of the branch's roster. Doing it again changes nothing.
    """
    committee = _committee_above(branch) or root
    secretary, member = _persons(branch)
    places: dict[RoleName, tuple[str, Member | None]] = {
        RoleName.WORK_COMMITTEE: (root, None),
        RoleName.STAFF: (committee, None),
        RoleName.SECRETARY: (branch, secretary),
        RoleName.MEMBER: (branch, member),
        RoleName.INSPECTOR: (committee, None),
        RoleName.AUDITOR: (root, None),
        RoleName.ADMINISTRATOR: (root, None),
    }
    return {str(role): _make(role, *place) for role, place in places.items()}


def demo_accounts() -> dict[str, Role]:
    """The roles to choose from, with account and organization; empty where there is no demo."""
    roles = Role.objects.filter(account__name__startswith=_PREFIX, account__is_active=True)
    rows = roles.select_related("account", "organization").order_by("pk")
    return {row.role: row for row in rows if row.account.name == name_of(row.role)}


def name_of(role: str) -> str:
    """The name that the account of a role signs in with."""
    return f"{_PREFIX}{role}"


def is_this_machine(request: HttpRequest) -> bool:
    """Whether a request was made here, to here, through nobody in between."""
    host = urlsplit(f"//{request.get_host()}").hostname
    passed_on = any(f"HTTP_{name}" in request.META for name in ("X_FORWARDED_FOR", "FORWARDED"))
    return not passed_on and _is_loopback(host) and _is_loopback(request.META.get("REMOTE_ADDR"))


def _is_loopback(name: str | None) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name or "").is_loopback
    except ValueError:
        return False


def _make(role: RoleName, place: str, person: Member | None) -> Account:
    shown = (person.name if person else None) or f"{_SURNAMES[role]}某某"
    account, made = Account.objects.get_or_create(
        name=name_of(role), defaults={"shown_name": shown, "member": person}
    )
    if made:
        account.set_password(secrets.token_urlsafe())  # which nobody knows
        account.save(update_fields=["password"])
    if not account.roles.filter(role=role, organization_id=place).exists():
        account.roles.all().delete()
        Role.objects.create(account=account, role=role, organization_id=place)
    return account


def _committee_above(branch: str) -> str | None:
    """The nearest committee that the branch stands under today: the one furthest down."""
    paths = TreePath.objects.filter(in_force(timezone.localdate()))
    above = Organization.objects.filter(
        kind="committee",
        withdrawn_at=None,
        code__in=paths.filter(descendant__code=branch).values("ancestor__code"),
    )
    steps = paths.filter(descendant__code__in=above.values("code"))
    depths = Counter(steps.values_list("descendant__code", flat=True))
    return depths.most_common(1)[0][0] if depths else None


def _persons(branch: str) -> tuple[Member | None, Member | None]:
    """Two of the branch's roster: its secretary, and somebody else."""
    today = timezone.localdate()
    going_on = Q(ended_on=None) | Q(ended_on__gt=today)
    posts = Post.objects.filter(
        going_on, organization_id=branch, post="secretary", withdrawn_at=None
    )
    there = Member.objects.filter(
        organization_id=branch, status="full", withdrawn_at=None, left_on=None
    ).order_by("pk")
    secretary = there.filter(code__in=posts.values("member")).first()
    others = there.exclude(pk=secretary.pk) if secretary else there
    return secretary, others.first()
