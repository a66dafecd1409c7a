"""What is done to accounts: invited, given roles, locked, closed; each act with its entry.

Who may do it is for :mod:`jinwei.accounts.managing` to say; what nobody may do is refused here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from jinwei.audit.actions import Actor, record
from jinwei.organizations.models import TreePath

from .access import in_force
from .acts import RoleName
from .attempts import forgive
from .models import Account, Role
from .tokens import TokenPurpose, make_token, set_password


class LastAdministrator(Exception):
    """Nobody would be left to give roles at the top; the installation could not be kept."""


@transaction.atomic
def invite(account: Account, role: Role | None, *, by: Actor) -> str:
    """Make an account without a password and the secret of the link where one is chosen."""
    account.set_unusable_password()
    account.save(force_insert=True)
    _record("invited", account, by, after=_said(account), role=role)
    if role is not None:
        role.account = account
        give_role(role, by=by)
    return make_token(account, TokenPurpose.INVITATION, _giver(by))


@transaction.atomic
def correct_account(account: Account, *, by: Actor) -> None:
    """Save another shown name, address of mail or person on the roster."""
    before = _said(Account.objects.select_for_update().get(pk=account.pk))
    after = _said(account)
    differing = {name for name in after if after[name] != before[name]}
    if not differing:
        return
    account.save(update_fields=["shown_name", "email", "member"])
    _record(
        "corrected",
        account,
        by,
        before={name: before[name] for name in differing},
        after={name: after[name] for name in differing},
    )


@transaction.atomic
def give_role(role: Role, *, by: Actor) -> Role:
    """Give an account a role."""
    role.given_by = _giver(by)
    role.save(force_insert=True)
    _record("role_given", role.account, by, after=_said_of(role), role=role)
    return role


@transaction.atomic
def end_role(role: Role, *, on: dt.date, by: Actor) -> None:
    """Let a role end with a day; one that has not begun by then is as if never given."""
    before, account = _said_of(role), role.account
    begun = role.from_on is None or role.from_on <= on
    with _keeping_an_administrator(account, on):
        if begun:
            role.to_on = on
            role.save(update_fields=["to_on"])
        else:
            role.delete()
    after = _said_of(role) if begun else None
    _record("role_ended", account, by, before=before, after=after, role=role)


@transaction.atomic
def lock(account: Account, *, by: Actor, reason: str) -> None:
    """Let no password help until :func:`unlock`; whoever is signed in is out at once."""
    with _keeping_an_administrator(account, timezone.localdate()):
        _change(account, locked_at=timezone.now())
    _record("locked", account, by, reason=reason)


@transaction.atomic
def unlock(account: Account, *, by: Actor) -> None:
    """Let the account in again, also where wrong passwords had locked it."""
    _change(account, locked_at=None)
    forgive(account.name)
    _record("unlocked", account, by)


@transaction.atomic
def deactivate(account: Account, *, by: Actor, reason: str) -> None:
    """Close an account for good; it stays in the record of what it did."""
    with _keeping_an_administrator(account, timezone.localdate()):
        _change(account, is_active=False)
    account.tokens.filter(used_at=None).delete()
    _record("deactivated", account, by, reason=reason)


@transaction.atomic
def reactivate(account: Account, *, by: Actor) -> None:
    """Open a closed account again; its old password holds no longer."""
    account.set_unusable_password()
    _change(account, is_active=True, password=account.password)
    _record("reactivated", account, by)


@transaction.atomic
def reset(account: Account, *, by: Actor) -> tuple[TokenPurpose, str]:
    """What kind of link somebody gets to choose another password, and its secret.

    The old password holds until then; who has none yet is invited once more.
    """
    _record("reset", account, by)
    chosen = account.has_usable_password()
    purpose = TokenPurpose.RESET if chosen else TokenPurpose.INVITATION
    return purpose, make_token(account, purpose, _giver(by))


@transaction.atomic
def change_password(account: Account, password: str, *, by: Actor) -> None:
    """Another password of the own choice."""
    set_password(account, password)
    _record("password_changed", account, by)


@transaction.atomic
def sign_out_everywhere(account: Account, *, by: Actor) -> None:
    """End every session of an account."""
    _change(account, sessions=account.sessions + 1)
    _record("signed_out_everywhere", account, by)


def record_signed(act: str, account: Account, address: str = "") -> None:
    """Note that somebody came in (``signed_in``) or left (``signed_out``)."""
    after = {"address": address} if address else None
    _record(act, account, Actor(account.pk, str(account)), after=after)


def administrators(day: dt.date) -> QuerySet[Account]:
    """Whoever can keep the installation: able to enter, in force over a whole tree, without end."""
    above = TreePath.objects.filter(in_force(day), descendant=OuterRef("organization"))
    roles = Role.objects.filter(
        in_force(day),
        ~Exists(above.exclude(ancestor=OuterRef("organization"))),
        role=RoleName.ADMINISTRATOR,
        purpose=None,
        to_on=None,
    )
    return Account.objects.filter(is_active=True, locked_at=None, pk__in=roles.values("account_id"))


@contextmanager
def _keeping_an_administrator(account: Account, day: dt.date) -> Iterator[None]:
    """Undo what would take away the last one who can keep the installation after a day."""
    after = day + dt.timedelta(days=1)
    was_one = administrators(after).filter(pk=account.pk).exists()
    yield
    if was_one and not administrators(after).exists():
        raise LastAdministrator


def _change(account: Account, **values: Any) -> None:
    for name, value in values.items():
        setattr(account, name, value)
    account.save(update_fields=list(values))


def _giver(by: Actor) -> Account | None:
    return Account.objects.filter(pk=by.account).first() if by.account is not None else None


def _said(account: Account) -> dict[str, Any]:
    return {
        "shown_name": account.shown_name,
        "email": account.email,
        "member": account.member_id,
    }


def _said_of(role: Role) -> dict[str, Any]:
    return {
        "role": str(role.role),
        "organization": role.organization_id,
        "purpose": role.purpose,
        "from_on": role.from_on,
        "to_on": role.to_on,
    }


def _record(
    act: str,
    account: Account,
    by: Actor,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    role: Role | None = None,
) -> None:
    first = role or account.roles.order_by("pk").first()
    record(
        by=by,
        act=act,
        table="account",
        row=account.name,
        organization=str(first.organization_id) if first else None,
        member=account.member_id,
        before=before,
        after=after,
        reason=reason,
    )
