"""Writing the record, sealing it, and telling whether it is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from .inserting import insert
from .models import Entry, Seal

_CHUNK: Final = 2000
_JSON: Final = DjangoJSONEncoder()
_SEALED: Final = (
    "id",
    "at",
    "account",
    "account_name",
    "act",
    "table",
    "row",
    "organization",
    "member",
    "before",
    "after",
    "reason",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something: an account by its number, or the product itself (None)."""

    account: int | None
    name: str


SYSTEM: Final = Actor(None, "jinwei")


def record(
    *,
    by: Actor,
    act: str,
    table: str = "",
    row: str = "",
    organization: str | None = None,
    member: str | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Write one entry, in the transaction of what it tells of.

    ``act``: entered, corrected, withdrawn, restored, read, unmasked, exported, signed_in, … .
    """
    said = Said(act, table, row, organization, member, before, after, reason)
    return record_said(said, by=by)


@dataclass(frozen=True, slots=True)
class Said:
    """What one entry says, as :func:`record` takes it."""

    act: str
    table: str = ""
    row: str = ""
    organization: str | None = None
    member: str | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    reason: str = ""


def record_said(said: Said, *, by: Actor) -> Entry:
    """Write one entry, in the transaction of what it tells of."""
    entry = _entry(said, by)
    entry.save(force_insert=True)
    return entry


def record_many(entries: Iterable[Said], *, by: Actor) -> None:
    """Write entries of many rows at once, in the transaction of what they tell of."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    insert(Entry, (_cells(said, by, now) for said in entries), ("at", *_SEALED[2:]))


def _cells(said: Said, by: Actor, now: Any) -> tuple[Any, ...]:
    """An entry as the database takes it, in the order of what is sealed."""
    return (
        now,
        by.account,
        by.name,
        said.act,
        said.table,
        said.row,
        said.organization,
        said.member,
        _json(said.before),
        _json(said.after),
        said.reason,
    )


def _json(values: dict[str, Any] | None) -> str | None:
    return None if values is None else _JSON.encode(values)


def _entry(said: Said, by: Actor) -> Entry:
    return Entry(
        account=by.account,
        account_name=by.name,
        act=said.act,
        table=said.table,
        row=said.row,
        organization=said.organization,
        member=said.member,
        before=plain(said.before),
        after=plain(said.after),
        reason=said.reason,
    )


def plain(values: dict[str, Any] | None) -> Any:
    """As an entry holds them: days as text."""
    return None if values is None else json.loads(_JSON.encode(values))


@transaction.atomic
def seal() -> Seal | None:
    """Seal the entries since the last seal; None where there are none."""
    _await_writers()
    before = Seal.objects.order_by("last").last()
    entries = Entry.objects.filter(pk__gt=before.last if before else 0).order_by("pk")
    digest, first, last = _digest(before.digest if before else "", entries)
    if last is None or first is None:
        return None
    return Seal.objects.create(first=first, last=last, digest=digest)


def unsealed() -> int:
    """How many entries the next seal will hold."""
    last = Seal.objects.order_by("last").values_list("last", flat=True).last() or 0
    return Entry.objects.filter(pk__gt=last).count()


def broken_seals() -> list[Seal]:
    """The seals whose entries are not what they were when sealed; nor may one have slipped in
    between two of them.
    """
    broken, before, end = [], "", 0
    for one in Seal.objects.order_by("last"):
        entries = Entry.objects.filter(pk__gt=end, pk__lte=one.last).order_by("pk")
        if _digest(before, entries)[0] != one.digest:
            broken.append(one)
        before, end = one.digest, one.last
    return broken


def _await_writers() -> None:
    """Let nobody be writing, until the transaction ends.

    On PostgreSQL an entry written earlier may be committed later, with a number that lies below
    the seal: it would break it. On SQLite there is one writer, and it is us.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Entry._meta.db_table} IN SHARE MODE")


def _digest(before: str, entries: QuerySet[Entry]) -> tuple[str, int | None, int | None]:
    digest = hashlib.sha256(before.encode())
    first = last = None
    for entry in entries.iterator(chunk_size=_CHUNK):
        values = [getattr(entry, name) for name in _SEALED]
        said = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
        digest.update(said.encode())
        first = entry.pk if first is None else first
        last = entry.pk
    return digest.hexdigest(), first, last
