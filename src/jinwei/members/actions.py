"""Sealing and finding identity numbers of members, and recording who looked at whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from jinwei.audit.actions import SYSTEM, Actor, record
from jinwei.audit.models import Entry

from .identity import KeyMissing, digest, digests, seal, sealed_by_newest, unseal
from .models import Member

_BATCH: Final = 500
READ, UNMASKED, EXPORTED = "read", "unmasked", "exported"
LOOKS: Final = (READ, UNMASKED, EXPORTED)
"""Acts by which somebody came to see what is held about a member."""


# --- identity numbers ---------------------------------------------------------------------------


def keep_number(member: Member, number: str) -> None:
    """Put a faultless number, sealed, on a row that will be saved."""
    member.id_number_sealed = seal(number)
    member.id_number_digest = digest(number)


def forget_number(member: Member) -> None:
    """Take the number off a row that will be saved."""
    member.id_number_sealed = member.id_number_digest = None


def holder_of(number: str) -> Member | None:
    """The member with an identity number, also one whose row was withdrawn."""
    return Member.objects.filter(id_number_digest__in=digests(number)).first()


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many numbers are under the newest key now that were not; whose cannot be read."""

    rotated: int
    unreadable: tuple[str, ...]


def rotate() -> Rotated:
    """Seal every number under the newest key, with its digest.

    Rows are locked a batch at a time; ``version`` stays, nobody's view of a row becomes stale.
    An older key may be taken away once a run finds nothing to do.
    """
    rotated, unreadable, last = 0, [], 0
    while True:
        with transaction.atomic():
            found = _sealed_after(last)
            for member in found:
                try:
                    rotated += _rotate(member)
                except KeyMissing:
                    unreadable.append(member.code)
        if not found:
            break
        last = found[-1].pk
    if rotated:
        record(by=SYSTEM, act="rotated", table="member", after={"rows": rotated})
    return Rotated(rotated, tuple(unreadable))


def _sealed_after(last: int) -> list[Member]:
    rows = Member.objects.filter(pk__gt=last, id_number_sealed__isnull=False).order_by("pk")
    columns = ("code", "id_number_sealed", "id_number_digest")
    return list(rows.select_for_update().only(*columns)[:_BATCH])


def _rotate(member: Member) -> bool:
    assert member.id_number_sealed is not None
    number = unseal(member.id_number_sealed)
    if sealed_by_newest(member.id_number_sealed) and member.id_number_digest == digest(number):
        return False
    Member.objects.filter(pk=member.pk).update(
        id_number_sealed=seal(number), id_number_digest=digest(number)
    )
    return True


# --- who looked ---------------------------------------------------------------------------------


def record_reading(member: Member, *, by: Actor, role: str) -> None:
    """That somebody opened the page of a member: once a day, however often."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    seen = Entry.objects.filter(member=member.code, act=READ, account=by.account, at__gte=today)
    if not seen.exists():
        _look(READ, member, by, role)


def record_unmasking(member: Member, column: str, *, by: Actor, role: str, reason: str) -> None:
    """That somebody had a guarded column shown: every time."""
    _look(UNMASKED, member, by, role, {"column": column}, reason)


def record_own_export(member: Member, form: str, *, by: Actor) -> None:
    """That a member took the own record away as a file."""
    _look(EXPORTED, member, by, "", {"form": form})


def record_export(
    codes: Collection[str],
    *,
    by: Actor,
    role: str,
    organization: str,
    columns: Collection[str],
    reason: str = "",
) -> None:
    """That a roster left as a file: once for it, and once for each member in it."""
    said = {"role": role, "columns": list(columns)}
    record(
        by=by,
        act=EXPORTED,
        table="member",
        organization=organization,
        after={**said, "rows": len(codes)},
        reason=reason,
    )
    Entry.objects.bulk_create(
        [
            Entry(
                account=by.account,
                account_name=by.name,
                act=EXPORTED,
                table="member",
                row=code,
                organization=organization,
                member=code,
                after=said,
                reason=reason,
            )
            for code in codes
        ],
        batch_size=_BATCH,
    )


def _look(
    act: str,
    member: Member,
    by: Actor,
    role: str,
    said: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    record(
        by=by,
        act=act,
        table="member",
        row=member.code,
        organization=member.organization_id,
        member=member.code,
        after={"role": role, **(said or {})},
        reason=reason,
    )
