"""Undoing a batch: what it made goes, what it changed becomes what it was.

A row that somebody has touched since stays as it is, and is listed with who and when.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import router, transaction
from django.utils import timezone
from django.utils.translation import gettext

from jinwei.accounts.access import Access
from jinwei.audit.actions import Actor, Said, record, record_many
from jinwei.audit.models import Entry
from jinwei.ledgers.bulk import rewrite
from jinwei.ledgers.changes import Change, facts_changed, said_of, values_of
from jinwei.ledgers.models import FACT_MODELS, Attachment
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization, Post, TreePath
from jinwei.organizations.tree import refresh_tree

from .gaps import Gap
from .leases import Lease
from .models import Batch, State, Written
from .rights import Rights
from .sealing import unpack
from .stored import home_of

ROWS: Final = 500
_SHOWN: Final = 200

EDITED: Final = "edited"
WITHDRAWN: Final = "withdrawn"
REFERRED: Final = "referred"
NOT_YOURS: Final = "not-yours"


@dataclass(frozen=True, slots=True)
class Stay:
    """A row that stays: which line wrote it, why it stays, who touched it last and when."""

    line: int
    table: str
    row: str
    why: str
    who: str = ""
    at: dt.datetime | None = None


def undo(batch: Batch, access: Access, lease: Lease) -> None:
    """Take a batch back from its last row to its first, a transaction a few hundred rows.

    Cut off, it goes on where it stopped. Raises :class:`jinwei.imports.leases.Lost`.
    """
    rights, gap = Rights(access), Gap()
    waits = True
    while waits:
        with gap.after():
            waits = _undo_some(batch, rights, access.actor, lease)
    _end(batch, access.actor)


def staying(batch: Batch) -> tuple[list[Stay], int]:
    """What stays: of a batch undone, what did; else what somebody has touched by now.

    The first few hundred, and how many there are.
    """
    rows = batch.written.filter(fate=Written.STAYS).order_by("line", "pk")
    if rows.exists() or batch.state == State.UNDONE:
        found = [(row, row.why) for row in rows[:_SHOWN]]
        return _with_whom(batch, found), rows.count()
    touched = [each for each in _touched(batch) if each[1]]
    return _with_whom(batch, touched[:_SHOWN]), len(touched)


def _touched(batch: Batch) -> Iterable[tuple[Written, str]]:
    for begin in range(0, batch.written.count(), ROWS * 4):
        rows = list(batch.written.order_by("pk")[begin : begin + ROWS * 4])
        stored = _stored(rows)
        for row in rows:
            one = stored.get((row.table, row.number))
            yield row, _why(row, one) if one is not None else ""


def _with_whom(batch: Batch, found: Sequence[tuple[Written, str]]) -> list[Stay]:
    """With the newest entry of the record on each row."""
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for written, _ in found:
        rows[written.table].append(written.row)
    newest: dict[tuple[str, str], Entry] = {}
    for table, names in rows.items():
        for entry in Entry.objects.filter(table=table, row__in=names).order_by("pk"):
            newest[table, entry.row] = entry
    stays = []
    for row, why in found:
        last = newest.get((row.table, row.row)) if why in (EDITED, WITHDRAWN) else None
        who, at = (last.account_name, last.at) if last else ("", None)
        stays.append(Stay(row.line, row.table, row.row, why, who, at))
    return stays


# --- some rows ----------------------------------------------------------------------------------


@transaction.atomic
def _undo_some(batch: Batch, rights: Rights, by: Actor, lease: Lease) -> bool:
    """The last rows that wait; whether there were any."""
    lease.renew()
    waiting = list(batch.written.filter(fate="").order_by("-pk")[:ROWS])
    if not waiting:
        return False
    stored = _stored(waiting, lock=True)
    kept = _kept(waiting, stored, rights)
    free = [
        (row, stored[row.table, row.number])
        for row in waiting
        if row.pk not in kept and (row.table, row.number) in stored
    ]
    back = [(row, one) for row, one in free if row.before is not None]
    gone = {(row.table, row.number): one for row, one in free if row.before is None}
    changes, entries = _take_back(batch, back, gone)
    for row, _ in free:
        if row.before is None and (row.table, row.number) not in gone:
            kept[row.pk] = REFERRED
    _note(batch, waiting, kept)
    record_many(entries, by=by)
    facts_changed.send(sender=None, changes=changes, by=by, at_once=0)
    batch.done += len(waiting)
    batch.save(update_fields=["done"])
    return True


def _kept(
    waiting: Sequence[Written], stored: dict[tuple[str, int], FactModel], rights: Rights
) -> dict[int, str]:
    """Those that stay as they are, each with why."""
    homes, found = home_of(list(stored.values())), {}
    for row in waiting:
        one = stored.get((row.table, row.number))
        if one is None:
            continue
        may = rights.may(row.table, homes[row.table, row.number])
        why = _why(row, one) or ("" if may else NOT_YOURS)
        if why:
            found[row.pk] = why
    return found


def _take_back(
    batch: Batch, back: list[tuple[Written, FactModel]], gone: dict[tuple[str, int], FactModel]
) -> tuple[list[Change], list[Said]]:
    """Former values first, then rows that go; ``gone`` loses those that something refers to."""
    reason = gettext("撤销导入“%(file)s”") % {"file": batch.file_name}
    changes: list[Change] = []
    for table in reversed(FACT_MODELS):
        restored = _restored(table, [each for each in back if each[0].table == table])
        changes += [Change(table, before, values_of(one)) for before, one in restored]
    entries = [
        _entry(one, change, reason)
        for change, (_, one) in zip(changes, _in_order(back), strict=True)
    ]
    for table in reversed(FACT_MODELS):
        rows = {number: one for (of, number), one in gone.items() if of == table}
        for number in _keep_referred(FACT_MODELS[table], rows):
            del gone[table, number]
        went = [Change(table, values_of(one), None) for one in rows.values()]
        entries += [
            said_of("undone", one, change.before, None, reason)
            for one, change in zip(rows.values(), went, strict=True)
        ]
        changes += went
        _delete(FACT_MODELS[table], rows)
    _follow(changes)
    return changes, entries


def _in_order(back: list[tuple[Written, FactModel]]) -> list[tuple[Written, FactModel]]:
    order = {table: at for at, table in enumerate(reversed(FACT_MODELS))}
    return sorted(back, key=lambda each: order[each[0].table])


def _entry(one: FactModel, change: Change, reason: str) -> Said:
    """What a row said and says again, where that differs."""
    was, now = change.before or {}, change.after or {}
    names = [name for name in now if now[name] != was[name]]
    return said_of("undone", one, {n: was[n] for n in names}, {n: now[n] for n in names}, reason)


def _restored(
    table: str, rows: Sequence[tuple[Written, FactModel]]
) -> list[tuple[dict[str, Any], FactModel]]:
    """Rows with their former values and version, stored; beside what they said."""
    found = []
    for row, one in rows:
        found.append((values_of(one), one))
        for name, value in unpack(row.before or b"").items():
            setattr(one, name, value)
    if found:
        rewrite(FACT_MODELS[table], [one for _before, one in found], by_one=-1)
    return found


def _delete(model: type[FactModel], rows: dict[int, FactModel]) -> None:
    if not rows:
        return
    if model is Organization:
        codes = [one.row_id for one in rows.values()]
        TreePath.objects.filter(descendant__code__among=codes).delete()
        TreePath.objects.filter(ancestor__code__among=codes).delete()
    # Nothing refers to them, which was looked up for all of them: not once more for each.
    there: Any = model._default_manager.filter(pk__among=rows)
    there._raw_delete(router.db_for_write(model))


def _follow(changes: Sequence[Change]) -> None:
    """Bring the tree up to date where a row told somebody's place in it."""
    moved = {
        values["organization" if change.table == "superior" else "code"]
        for change in changes
        for values in (change.before, change.after)
        if values is not None and change.table in ("organization", "superior")
    }
    rows = Organization.objects.filter(code__in=moved, withdrawn_at=None)
    standing = sorted(rows.values_list("code", flat=True))
    if standing:
        refresh_tree(*standing)


# --- what stays ---------------------------------------------------------------------------------


def _stored(rows: Sequence[Written], *, lock: bool = False) -> dict[tuple[str, int], FactModel]:
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        numbers[row.table].append(row.number)
    found: dict[tuple[str, int], FactModel] = {}
    for table, asked in numbers.items():
        there = FACT_MODELS[table]._default_manager.filter(pk__among=asked)
        for one in there.select_for_update() if lock else there:
            found[table, one.pk] = one
    return found


def _why(row: Written, one: FactModel) -> str:
    if one.withdrawn_at is not None:
        return WITHDRAWN
    return EDITED if one.version != row.version else ""


def _keep_referred(model: type[FactModel], rows: dict[int, FactModel]) -> list[int]:
    """Take out of ``rows`` those that something else refers to, and so on up the tree."""
    kept: list[int] = []
    while rows and (held := _held(model, rows)):
        now = [number for number, one in rows.items() if one.row_id in held]
        for number in now:
            del rows[number]
        kept += now
    return kept


def _held(model: type[FactModel], rows: dict[int, FactModel]) -> set[str]:
    """The codes among some rows that something else refers to."""
    codes = [one.row_id for one in rows.values()]
    papers = Attachment.objects.filter(table=model.table().name, row_id__among=codes)
    held = set(papers.values_list("row_id", flat=True))
    if model.table().name == "member":
        held |= set(Post.objects.filter(member__among=codes).values_list("member", flat=True))
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if other is TreePath or not model.table().key:
            continue
        column = relation.field.attname
        there = other._base_manager.filter(**{f"{column}__among": codes})
        if other is model:
            there = there.exclude(pk__among=rows)
        held |= set(there.values_list(column, flat=True))
    return held


def _note(batch: Batch, waiting: Sequence[Written], kept: dict[int, str]) -> None:
    """What became of each row: they are the last of those that waited."""
    by_why: defaultdict[str, list[int]] = defaultdict(list)
    for number, why in kept.items():
        by_why[why].append(number)
    for why, numbers in by_why.items():
        Written.objects.filter(pk__among=numbers).update(fate=Written.STAYS, why=why)
    others = batch.written.filter(fate="", pk__gte=waiting[-1].pk)
    others.update(fate=Written.UNDONE)


@transaction.atomic
def _end(batch: Batch, by: Actor) -> None:
    batch.state, batch.finished_at = State.UNDONE, timezone.now()
    batch.save(update_fields=["state", "finished_at"])
    stays = batch.written.filter(fate=Written.STAYS).count()
    record(
        by=by,
        act="import_undone",
        row=str(batch.uuid),
        organization=batch.organization,
        after={"file": batch.file_name, "stays": stays},
    )
