"""Wrong passwords are counted by name and address, alike for names that exist and for others.

Whoever guesses is locked out for a while at their own address; only guesses from many addresses
lock a name for everybody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Account, Attempt, normal_name

_ADDRESSES: Final = 5
"""So many addresses may use up their tries of one name before it is locked for all of them."""


@dataclass(frozen=True, slots=True)
class Tries:
    """Whether this one may be made, how many are left after it, and until when there are none.

    ``crowded``: it is the address that has none left, whatever the name.
    """

    allowed: bool
    left: int = 0
    locked_until: dt.datetime | None = None
    crowded: bool = False


@transaction.atomic
def take_a_try(name: str, address: str) -> Tries:
    """Count a try before its password is looked at, so that guesses side by side all count."""
    now = timezone.now()
    Attempt.objects.filter(at__lte=now - lock_time()).delete()
    attempt, _ = Attempt.objects.select_for_update().get_or_create(
        name=digest_of(name), address=address
    )
    locked = _locked(name, address)
    if locked is not None:
        return locked
    attempt.failures += 1
    attempt.at = now
    attempt.save(update_fields=["failures", "at"])
    left = max(0, settings.FAILURES_BEFORE_LOCK - attempt.failures)
    return Tries(True, left, None if left else now + lock_time())


def forgive(name: str, address: str | None = None) -> None:
    """Forget the wrong passwords of a name: from one address, or from all."""
    attempts = Attempt.objects.filter(name=digest_of(name))
    (attempts if address is None else attempts.filter(address=address)).delete()


def locked_of(accounts: list[Account]) -> dict[int, dt.datetime]:
    """The accounts that wrong passwords lock somewhere just now, and until when; one query."""
    full = Attempt.objects.filter(
        name__in=[digest_of(account.name) for account in accounts],
        failures__gte=settings.FAILURES_BEFORE_LOCK,
        at__gt=timezone.now() - lock_time(),
    )
    until = {a.name: a.at + lock_time() for a in full.order_by("at")}
    found = {account.pk: until.get(digest_of(account.name)) for account in accounts}
    return {pk: at for pk, at in found.items() if at is not None}


def lock_time() -> dt.timedelta:
    return dt.timedelta(minutes=settings.LOCK_MINUTES)


def digest_of(name: str) -> str:
    return salted_hmac("jinwei.attempt", normal_name(name), algorithm="sha256").hexdigest()


def _locked(name: str, address: str) -> Tries | None:
    """What to say where no try is left: for this name from here, for this name, or from here."""
    a_name = digest_of(name)
    limits = (
        (Q(name=a_name, address=address), settings.FAILURES_BEFORE_LOCK, False),
        (Q(name=a_name), settings.FAILURES_BEFORE_LOCK * _ADDRESSES, False),
        (Q(address=address), settings.ATTEMPTS_AN_ADDRESS, True),
    )
    for which, limit, crowded in limits:
        wrong = Attempt.objects.filter(which, failures__gt=0)
        found = wrong.aggregate(failures=Sum("failures"), last=Max("at"))
        if (found["failures"] or 0) >= limit:
            return Tries(False, 0, found["last"] + lock_time(), crowded)
    return None
