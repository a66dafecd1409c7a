"""What the product asked of branches: the fields they filled, as the record of writes has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import make_aware

from jinwei.audit.models import Entry
from jinwei.engine.catalogue import TABLES

from .scopes import of_scope

_WRITES: Final = ("entered", "corrected")
_GIVEN: Final = frozenset(("code", "organization", "recorded_on", "expected", "attended"))
"""Columns that nobody types: they follow from the form or from who came."""
_TYPED: Final = tuple(
    f"{table.name}.{column.name}"
    for table in TABLES.values()
    for column in table.stored
    if column.name not in _GIVEN
)
_EACH: Final = {
    "sqlite": ("json_each(e.after) AS f", "f.type <> 'null'"),
    "postgresql": ("jsonb_each(e.after) AS f(key, value)", "jsonb_typeof(f.value) <> 'null'"),
}
"""By database: the columns of an entry as rows, and which of them are not empty."""


def writes(
    day: dt.date, *, below: str | None = None, codes: Collection[str] | None = None
) -> QuerySet[Entry]:
    """What people entered and corrected in the ledgers of a scope, in the month up to a day."""
    first, past = day.replace(day=1), day + dt.timedelta(days=1)
    return Entry.objects.filter(
        of_scope("organization", day, below, codes),
        at__gte=make_aware(dt.datetime.combine(first, dt.time.min)),
        at__lt=make_aware(dt.datetime.combine(past, dt.time.min)),
        act__in=_WRITES,
        table__in=TABLES,
        after__isnull=False,
    )


def fields_filled(
    day: dt.date, *, below: str | None = None, codes: Collection[str] | None = None
) -> dict[str, int]:
    """Fields filled by people in the month up to a day, by organization; one query.

    Whoever is not in it filled none.
    """
    entries = writes(day, below=below, codes=codes).values("organization", "table", "after")
    sql, values = entries.query.sql_with_params()
    each, filled = _EACH[connection.vendor]
    typed = ", ".join(["%s"] * len(_TYPED))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.organization, count(*) FROM ({sql}) AS e, {each}"
            f" WHERE {filled} AND e.\"table\" || '.' || f.key IN ({typed}) GROUP BY e.organization",
            [*values, *_TYPED],
        )
        return {str(code): int(n) for code, n in cursor.fetchall()}
