"""Signing in with name and password; what strangers are told is the same for every name."""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from jinwei.audit.actions import Actor, record

from .attempts import forgive, take_a_try
from .models import Account, normal_name

STRANGER = Actor(None, "")
"""Whoever has not signed in."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an attempt: an account, or how many tries are left, or until when none.

    ``crowded``: too many wrong ones from this address. ``closed``: the password was right, but
    somebody above locked or closed the account.
    """

    account: Account | None = None
    tries_left: int = 0
    locked_until: dt.datetime | None = None
    crowded: bool = False
    closed: bool = False


class AccountBackend:
    """Names an account by its password, unless name or address are locked."""

    def authenticate(
        self, request: HttpRequest | None, name: str | None = None, password: str | None = None
    ) -> Account | None:
        if name is None or password is None:
            return None
        return check(name, password, address_of(request)).account

    def get_user(self, pk: Any) -> Account | None:
        return Account.objects.filter(pk=pk, is_active=True, locked_at=None).first()


def check(name: str, password: str, address: str) -> Answer:
    """Look at a password; a wrong one is counted and recorded."""
    tries = take_a_try(name, address)
    if not tries.allowed:
        return Answer(locked_until=tries.locked_until, crowded=tries.crowded)
    account = Account.objects.filter(name=normal_name(name)).first()
    if account is None:
        make_password(password)  # as slow as for a name that exists
    elif account.check_password(password):
        forgive(name, address)
        if account.is_open:
            return Answer(account)
        _record_refusal(account, address, "closed")
        return Answer(closed=True)
    _record_refusal(account, address, "password")
    return Answer(tries_left=tries.left, locked_until=tries.locked_until)


def address_of(request: HttpRequest | None) -> str:
    """Where a request came from; a proxy in front is believed only where one is set up."""
    meta = request.META if request is not None else {}
    # The last entry is the one our own proxy added; those before it can be made up.
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1] if settings.BEHIND_TLS else ""
    for found in (forwarded, meta.get("REMOTE_ADDR", "")):
        try:
            return str(ipaddress.ip_address(found.strip()))
        except ValueError:
            continue
    return "0.0.0.0"


def _record_refusal(account: Account | None, address: str, reason: str) -> None:
    """A name that nobody has is not written down: it may be somebody's password."""
    record(
        by=STRANGER,
        act="refused",
        table="account",
        row=account.name if account else "",
        member=account.member_id if account else None,
        after={"address": address},
        reason=reason,
    )
