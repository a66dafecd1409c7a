"""Since when an organization is on record: the newest day of its facts, kept as they change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection, transaction

from jinwei.engine.catalogue import CATALOGUE
from jinwei.ledgers.changes import Change

from .models import Activity
from .writer import chunks

_BY_OTHERS: Final = frozenset(("judgement", "exemption", "attendance"))
"""Decided about an organization, or (attendance) told by its meeting already."""
_ROWS: Final = 300

DATED: Final = {
    table.name: "paid_on" if table.name == "dues" else str(table.date)
    for table in CATALOGUE.facts
    if table.name not in _BY_OTHERS and table.column("organization")
}
"""The day that shows an organization at work, by table. Dues fall due by themselves: paying does
not."""


def note_activity(changes: Sequence[Change], today: dt.date) -> None:
    """Follow some changes, in their transaction."""
    came: dict[str, dt.date] = {}
    went: set[str] = set()
    for change in changes:
        before, after = _shown(change.table, change.before), _shown(change.table, change.after)
        if before is not None and before != after:
            went.add(before[0])
        if after is not None and after[1] <= today:
            came[after[0]] = max(came.get(after[0], after[1]), after[1])
    if went:
        _replace(went, newest_days(today, went))
    known = dict(_of(came).values_list("organization", "last_on"))
    _save({code: day for code, day in came.items() if code not in known or known[code] < day})


def rebuild_activity(today: dt.date) -> None:
    """Work it out anew from all facts; for imports, and for days that have come."""
    now = newest_days(today)
    known = dict(Activity.objects.values_list("organization", "last_on"))
    changed = {code: day for code, day in now.items() if known.get(code) != day}
    for chunk in chunks(sorted(set(known) - set(now)), _ROWS):
        _of(chunk).delete()
    for chunk in chunks(sorted(changed), _ROWS):
        _save({code: changed[code] for code in chunk})


def newest_days(today: dt.date, organizations: Iterable[str] | None = None) -> dict[str, dt.date]:
    """The newest day up to today on which each organization (of some) is on record."""
    wanted = None if organizations is None else sorted(organizations)
    quote = connection.ops.quote_name
    whose = "" if wanted is None else f" AND organization IN ({', '.join(['%s'] * len(wanted))})"
    each = [
        f"SELECT organization, max({quote(column)}) AS newest FROM {quote(f'fact_{table}')}"
        f" WHERE organization IS NOT NULL AND {quote(column)} <= %s{whose} GROUP BY organization"
        for table, column in DATED.items()
    ]
    union = " UNION ALL ".join(each)
    values: list[Any] = [today, *(wanted or [])] * len(each)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT organization, max(newest) FROM ({union}) rows GROUP BY organization", values
        )
        return {code: _day(newest) for code, newest in cursor.fetchall()}


def _shown(table: str, row: dict[str, Any] | None) -> tuple[str, dt.date] | None:
    """The organization and day of a row that shows it at work."""
    if row is None or table not in DATED:
        return None
    organization, day = row["organization"], row[DATED[table]]
    return None if organization is None or day is None else (organization, day)


def _replace(codes: set[str], days: dict[str, dt.date]) -> None:
    with transaction.atomic():
        _of(codes - set(days)).delete()
        _save(days)


def _save(days: dict[str, dt.date]) -> None:
    Activity.objects.bulk_create(
        [Activity(organization=code, last_on=day) for code, day in sorted(days.items())],
        update_conflicts=True,
        unique_fields=["organization"],
        update_fields=["last_on"],
    )


def _of(codes: Iterable[str]) -> Any:
    return Activity.objects.filter(organization__in=list(codes))


def _day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
