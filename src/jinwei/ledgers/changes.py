"""The one way facts change: a row, its entry in the record and its effects, or none of them.

Whoever must know (standings) listens to :data:`facts_changed`, within the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeVar

from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone

from jinwei.audit.actions import Actor, Said, record_said
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization, Superior

from .models import Attendance, Meeting

facts_changed = Signal()
"""Sent with ``changes`` (a list of :class:`Change`) and ``by`` inside the transaction."""

Row = TypeVar("Row", bound=FactModel)
_Getter = Callable[[FactModel], tuple[Any, ...]]
Values = dict[str, Any]
"""The columns of one row: codes for references, days as days."""

_UNSAID: Final = frozenset(
    ("id", "version", "withdrawn_at", "id_number_sealed", "id_number_digest", "spelling")
)
_GUARDED: Final = frozenset(("phone",))


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one row; ``before`` is None for a new one, ``after`` for a withdrawn one."""

    table: str
    before: Values | None
    after: Values | None


class Edited(Exception):
    """Somebody saved the row meanwhile; ``stored`` is what stands there now."""

    def __init__(self, stored: FactModel) -> None:
        super().__init__(f"{stored.row_id} is at version {stored.version}")
        self.stored = stored


class Withdrawn(Exception):
    """The row was withdrawn meanwhile."""


def values_of(row: FactModel) -> Values:
    """What a row says, column by column; nothing that is kept sealed."""
    names, said = _columns(type(row))
    return dict(zip(names, said(row), strict=True))


@cache
def _columns(model: type[FactModel]) -> tuple[tuple[str, ...], _Getter]:
    """The names of its columns, and what gives their values."""
    fields = [f for f in model._meta.concrete_fields if f.name not in _UNSAID]
    return tuple(f.name for f in fields), attrgetter(*(f.attname for f in fields))


def new_code(model: type[FactModel]) -> str:
    """A code for a new row of a table with a key: the next number after the newest row's."""
    newest = model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
    code = f"{model.table().name[0].upper()}{newest + 1:06d}"
    while model._default_manager.filter(**{model.table().key or "pk": code}).exists():
        newest += 1
        code = f"{model.table().name[0].upper()}{newest + 1:06d}"
    return code


@transaction.atomic
def enter(row: Row, *, by: Actor, attendance: Iterable[tuple[str, str]] = ()) -> Row:
    """Save a new row; a table with a key gives it a code where it has none.

    ``attendance``: for a meeting, (member, status) of whoever was expected.
    """
    changes = [_enter(row, by)]
    if isinstance(row, Meeting):
        changes += _attend(row, attendance)
    _tell(changes, by)
    return row


@transaction.atomic
def enter_all(
    rows: Sequence[FactModel],
    *,
    by: Actor,
    attendance: Sequence[Iterable[tuple[str, str]]] = (),
) -> None:
    """Save several new rows as one act: all of them or none, and one reckoning.

    ``attendance``: of each row in turn, as :func:`enter` takes it.
    """
    changes, of_each = [], iter(attendance)
    for row in rows:
        changes.append(_enter(row, by))
        came = next(of_each, ())
        if isinstance(row, Meeting):
            changes += _attend(row, came)
    _tell(changes, by)


@transaction.atomic
def change_all(
    *,
    entered: Sequence[FactModel] = (),
    corrected: Sequence[FactModel] = (),
    by: Actor,
    reason: str = "",
) -> None:
    """Save new rows and other texts of stored ones as one act, and reckon once.

    Every corrected row bears the ``version`` it was seen at. Raises :class:`Edited` or
    :class:`Withdrawn`; then nothing is changed.
    """
    changes = [_rewrite(row, by, row.version, reason) for row in corrected]
    changes += [_enter(row, by) for row in entered]
    _tell(changes, by)


@transaction.atomic
def correct(
    row: Row,
    *,
    by: Actor,
    version: int,
    reason: str = "",
    attendance: Iterable[tuple[str, str]] | None = None,
) -> Row:
    """Save another text of a row that was seen at ``version``.

    ``attendance``: None leaves it as it is. Raises :class:`Edited` or :class:`Withdrawn`; then
    nothing is changed.
    """
    changes = [_rewrite(row, by, version, reason)]
    if attendance is not None and isinstance(row, Meeting):
        changes += _attend(row, attendance)
    _tell(changes, by)
    return row


@transaction.atomic
def withdraw(row: Row, *, by: Actor, version: int, reason: str) -> Row:
    """Take a row out of everything that counts; it stays, with its trail, and can come back.

    Raises :class:`Edited` or :class:`Withdrawn`.
    """
    _tell(_withdraw(row, by, version, reason), by)
    return row


@transaction.atomic
def withdraw_all(rows: Iterable[tuple[FactModel, int]], *, by: Actor, reason: str) -> None:
    """Withdraw several rows, each with the version it was seen at, as one act, and reckon once.

    Raises :class:`Edited` or :class:`Withdrawn`; then all of them stay.
    """
    changes = [change for row, version in rows for change in _withdraw(row, by, version, reason)]
    if changes:
        _tell(changes, by)


@transaction.atomic
def restore(row: Row, *, by: Actor, reason: str = "") -> Row:
    """Bring a withdrawn row back."""
    _mark(row, None)
    row.refresh_from_db()
    after = values_of(row)
    changes = [Change(row.table().name, None, after)]
    if isinstance(row, Meeting):
        changes += [Change("attendance", None, values_of(a)) for a in _attendance(row)]
    _record("restored", row, by, None, after, reason)
    _tell(changes, by)
    return row


def _enter(row: FactModel, by: Actor) -> Change:
    key = row.table().key
    if key and not getattr(row, key):
        setattr(row, key, new_code(type(row)))
    row.save(force_insert=True)
    after = values_of(row)
    _record("entered", row, by, None, after)
    return Change(row.table().name, None, after)


def _rewrite(row: FactModel, by: Actor, version: int, reason: str) -> Change:
    stored = _seen(row, version)
    before, after = values_of(stored), values_of(row)
    row.version = version + 1
    row.save(force_update=True)
    differing = {name for name in after if after[name] != before[name]}
    _record(
        "corrected",
        row,
        by,
        {name: before[name] for name in differing},
        {name: after[name] for name in differing},
        reason,
    )
    return Change(row.table().name, before, after)


def _withdraw(row: FactModel, by: Actor, version: int, reason: str) -> list[Change]:
    stored = _seen(row, version)
    before = values_of(stored)
    changes = [Change(row.table().name, before, None)]
    if isinstance(stored, Meeting):
        changes += [Change("attendance", values_of(a), None) for a in _attendance(stored)]
    _mark(stored, timezone.now())
    _record("withdrawn", stored, by, before, None, reason)
    return changes


def _seen(row: Row, version: int) -> Row:
    """The row as stored, locked until the end of the transaction, if it is the version seen."""
    rows = type(row)._default_manager.select_for_update().filter(pk=row.pk)
    stored: Row = rows.get()
    if stored.withdrawn_at is not None:
        raise Withdrawn
    if stored.version != version:
        raise Edited(stored)
    return stored


def _mark(row: FactModel, at: Any) -> None:
    """Set when a row was withdrawn; the tree follows its rows."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    rows.update(withdrawn_at=at, version=F("version") + 1)
    if isinstance(row, Organization | Superior):
        from jinwei.organizations.tree import refresh_tree

        refresh_tree(row.code if isinstance(row, Organization) else row.organization_id)


def _attendance(meeting: Meeting) -> list[Attendance]:
    return list(Attendance.objects.filter(meeting=meeting, withdrawn_at=None).order_by("pk"))


def _attend(meeting: Meeting, statuses: Iterable[tuple[str, str]]) -> list[Change]:
    """Make the attendance of a meeting what was said, row by row; whoever is not named goes."""
    said = dict(statuses)
    changes = []
    for row in _attendance(meeting):
        status = said.pop(row.member_id, None)
        if status == row.status:
            continue
        before = values_of(row)
        if status is None:
            row.withdrawn_at = timezone.now()
        else:
            row.status = status
        row.version += 1
        row.save()
        after = None if status is None else values_of(row)
        changes.append(Change("attendance", before, after))
    new = [Attendance(meeting=meeting, member_id=code, status=s) for code, s in said.items()]
    Attendance.objects.bulk_create(new)
    return changes + [Change("attendance", None, values_of(row)) for row in new]


def _record(
    act: str,
    row: FactModel,
    by: Actor,
    before: Values | None,
    after: Values | None,
    reason: str = "",
) -> None:
    record_said(said_of(act, row, before, after, reason), by=by)


def said_of(
    act: str,
    row: FactModel,
    before: Values | None,
    after: Values | None,
    reason: str = "",
    values: Values | None = None,
) -> Said:
    """The entry of the record for one act on a row; ``values``: all that it says, where known."""
    said = after or before or {}
    values = values or values_of(row)
    organization = values.get("code") if isinstance(row, Organization) else None
    return Said(
        act,
        row.table().name,
        row.row_id,
        organization or values.get("organization"),
        values.get("member") or (values.get("code") if row.table().name == "member" else None),
        _shown(before),
        _shown(after) if said else None,
        reason,
    )


def _shown(values: Values | None) -> Values | None:
    """As the record holds it: that a guarded column changed, not what it holds."""
    if values is None:
        return None
    return {n: ("•••" if n in _GUARDED and v else v) for n, v in values.items()}


def _tell(changes: list[Change], by: Actor) -> None:
    facts_changed.send(sender=None, changes=changes, by=by)
