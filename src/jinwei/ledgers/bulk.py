"""Many rows as one act: what :mod:`jinwei.ledgers.changes` does for one, in a few statements.

Nothing is left out of it: codes, spelling, versions, the record, the tree, and whoever listens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction

from jinwei.audit.actions import Actor, Said, record_many
from jinwei.audit.inserting import insert_rows
from jinwei.members.models import Member
from jinwei.members.spelling import spelling
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization, Superior
from jinwei.organizations.tree import refresh_tree

from .changes import Change, Values, facts_changed, said_of, values_of
from .models import FACT_MODELS


class Moved(Exception):
    """A row was saved by somebody else since it was read; nothing is changed."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A row with its new values, and what it said ``before``; its version is the one seen.

    ``guarded``: columns that the values leave out and that change as well.
    """

    row: FactModel
    before: Values
    guarded: frozenset[str] = field(default_factory=frozenset)


@transaction.atomic
def change_many(
    *,
    entered: Sequence[FactModel] = (),
    corrected: Sequence[Rewritten] = (),
    by: Actor,
    reason: str = "",
    at_once: int | None = None,
) -> None:
    """Save new rows (tables with a key bring theirs) and other texts of stored ones.

    Rows may refer to rows that come with them. New rows have their number afterwards, corrected
    ones their next version. ``at_once``: how many standings are reckoned now, as
    :func:`jinwei.standings.queue.on_facts_changed` takes it. Raises :class:`Moved`, and
    :class:`jinwei.datasets.tree.Cycle`.
    """
    for model, rows in by_model(entered):
        _insert(model, rows)
    for model, rewritten in by_model(corrected, key=lambda one: type(one.row)):
        rewrite(model, [one.row for one in rewritten])
    _follow(
        [*entered, *(one.row for one in corrected)],
        [one.before["organization"] for one in corrected if isinstance(one.row, Superior)],
    )
    changes = [Change(row.table().name, None, values_of(row)) for row in entered]
    entries = [
        said_of("entered", row, None, change.after, reason, change.after)
        for row, change in zip(entered, changes, strict=True)
    ]
    for one in corrected:
        after = values_of(one.row)
        changes.append(Change(one.row.table().name, one.before, after))
        entries += _corrections(one, after, reason)
    record_many(entries, by=by)
    facts_changed.send(sender=None, changes=changes, by=by, at_once=at_once)


def by_model(rows: Iterable[Any], key: Any = type) -> list[tuple[type[FactModel], list[Any]]]:
    """Rows by their model, in the order of the catalogue: what is referred to comes first."""
    found: defaultdict[type[FactModel], list[Any]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return [(model, found[model]) for model in FACT_MODELS.values() if model in found]


def rewrite(model: type[FactModel], rows: Sequence[FactModel], *, by_one: int = 1) -> None:
    """Store rows that were seen at their version, and raise it by one (or set it back).

    Raises :class:`Moved` where one of them has another version by now.
    """
    fields = [f for f in model._meta.local_concrete_fields if not f.primary_key and not f.generated]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(f.column))} = %s" for f in fields)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE id = %s AND version = %s"
    seen = [row.version for row in rows]
    for row in rows:
        _spell(row)
        row.version += by_one
    values = [
        (*_cells(row, fields), row.pk, version) for row, version in zip(rows, seen, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
        if cursor.rowcount != len(rows):
            raise Moved


def _cells(row: FactModel, fields: Sequence[models.Field[Any, Any]]) -> list[Any]:
    return [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields]


def _insert(model: type[FactModel], rows: list[FactModel]) -> None:
    for row in rows:
        _spell(row)
    insert_rows(model, rows)


def _spell(row: FactModel) -> None:
    if isinstance(row, Member):
        row.spelling = spelling(row.name)


def _follow(rows: Iterable[FactModel], others: Iterable[str]) -> None:
    """Bring the tree up to date, once for all rows that move it."""
    codes = {row.code for row in rows if isinstance(row, Organization)}
    codes |= {row.organization_id for row in rows if isinstance(row, Superior)}
    if codes or others:
        refresh_tree(*sorted({*codes, *others}))


def _corrections(one: Rewritten, after: Values, reason: str) -> list[Said]:
    """The entries of one row: what differs, and that a guarded column changed."""
    differing = {name for name in after if after[name] != one.before[name]}
    before = {name: one.before[name] for name in differing} | dict.fromkeys(one.guarded, "•••")
    now = {name: after[name] for name in differing} | dict.fromkeys(one.guarded, "•••")
    return [said_of("corrected", one.row, before, now, reason, after)]
