"""Lists of ledger rows: which columns, which rows, in which order. Words and rights lie above.

Every list begins with rows that came through the access layer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db.models import Count, F, Max, Q, QuerySet

from jinwei.engine.catalogue import CODE, REFERENCE, TEXT, Column, Table
from jinwei.members.models import Member
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization

from .marks import marks, stands

Row = TypeVar("Row", bound=FactModel)
Cells = dict[str, Any]
"""One row of a list, by column, and ``pk``, ``row_id`` and ``withdrawn_at``."""

WITHDRAWN: Final = "withdrawn"

PERSONS: Final = frozenset(("member", "with_member", "led_by"))
"""Columns that name a person; left out for whoever may not see persons."""

_BY_YEAR: Final = frozenset(
    (
        *("meeting", "attendance", "dues", "talk", "training", "service", "appraisal"),
        *("fund", "filing", "venue", "survey", "judgement"),
    )
)
_ORDERS: Final = {
    "organization": ("name", "code", "kind", "sector", "parent", "established_on", "dissolved_on"),
    "member": (
        *("name", "code", "organization", "status", "category", "sex", "education"),
        *("joined_on", "full_on"),
    ),
    "term": ("organization", "started_on", "expires_on", "elected_on", "ended_on"),
    "post": (
        *("member", "organization", "post", "started_on", "ended_on"),
        *("full_time", "administrative_post"),
    ),
    "meeting": (
        *("held_on", "organization", "kind", "topic", "attended", "expected", "recorded_on"),
    ),
    "attendance": ("held_on", "organization", "kind", "topic", "member", "status"),
    "dues": ("month", "organization", "member", "due", "paid", "paid_on"),
    "project": ("title", "organization", "kind", "started_on", "due_on", "finished_on"),
    "filing": ("title", "organization", "member", "kind", "filed_on", "due_on"),
    "honor": ("title", "organization", "member", "level", "awarded_on"),
    "rectification": (
        *("title", "organization", "source", "opened_on", "due_on", "closed_on", "accepted"),
    ),
}
"""Columns of a list, where they are not simply those of the table, its day first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to: codes by column, days, a text, a mark; and its order."""

    codes: tuple[tuple[str, str], ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    text: str = ""
    mark: str = ""
    sort: str = ""


# --- columns ------------------------------------------------------------------------------------


def is_by_year(table: Table) -> bool:
    """Whether a list begins with the rows of this year: what lies further back is history."""
    return table.name in _BY_YEAR


def shown_columns(table: Table, *, wide: bool = True, persons: bool = True) -> tuple[Column, ...]:
    """The columns of a list; one of a single organization does not repeat its name."""
    names = _ORDERS.get(table.name) or _as_they_stand(table)
    columns = [_column(table, name) for name in names]
    return tuple(
        c
        for c in columns
        if (wide or c.name != "organization") and (persons or c.name not in PERSONS)
    )


def exported_columns(table: Table, *, persons: bool = True) -> tuple[Column, ...]:
    """The columns of an export: those of a data set, in order, without what is guarded."""
    kept = (c for c in table.viewed if not c.derived or table.name == "attendance")
    return tuple(c for c in kept if persons or c.name not in PERSONS)


def coded_columns(table: Table) -> tuple[Column, ...]:
    """The columns that a list can be narrowed by, choosing from a list."""
    return tuple(
        c
        for c in shown_columns(table)
        if c.kind == CODE or (c.kind == TEXT and c.name in ("kind", "source", "procedure"))
    )


def _as_they_stand(table: Table) -> tuple[str, ...]:
    names = [c.name for c in table.stored if not c.guarded and c.name != table.key]
    if table.date in names:
        names.remove(table.date)
        names.insert(0, table.date)
    return tuple(names)


def _column(table: Table, name: str) -> Column:
    column = table.column(name)
    assert column is not None, f"{table.name}.{name}"
    return column


def path(table: Table, column: str) -> str:
    """Where a column stands, seen from the model: day, kind and so on of an attendance are its
    meeting's.
    """
    derived = table.name == "attendance" and column not in ("meeting", "member", "status")
    return f"meeting__{column}" if derived else column


# --- rows ---------------------------------------------------------------------------------------


def of_organizations(
    model: type[FactModel], codes: QuerySet[Organization, str] | Sequence[str]
) -> Q:
    """Rows that belong to organizations: by their own, or else by that of their member."""
    table = model.table()
    if table.name == "organization":
        return Q(code__in=codes)
    if table.name == "attendance":
        return Q(meeting__organization__in=codes)
    own = Q(organization__in=codes)
    column = table.column("organization")
    if column is not None and column.required:
        return own
    return own | Q(organization=None, member__organization__in=codes)


def narrowed(rows: QuerySet[Row], asked: Asked) -> QuerySet[Row]:
    """Everything asked but the mark."""
    table = rows.model.table()
    for column, value in asked.codes:
        rows = rows.filter(**{path(table, column): value})
    if table.date and asked.first:
        rows = rows.filter(_since(table, asked.first, undated=asked.last is None))
    if table.date and asked.last:
        rows = rows.filter(**{f"{path(table, table.date)}__lte": asked.last})
    for word in asked.text.split():
        rows = rows.filter(_holds(table, word))
    return rows


def _since(table: Table, first: dt.date, *, undated: bool) -> Q:
    """Rows dated since a day, and those that have no day yet: a paper that was never handed in."""
    where = path(table, table.date or "")
    found = Q(**{f"{where}__gte": first})
    return found | Q(**{f"{where}__isnull": True}) if undated else found


def _holds(table: Table, word: str) -> Q:
    """Rows that hold a word: in a text of their own, or in the name of whom they belong to."""
    found = Q()
    for column in shown_columns(table):
        where = path(table, column.name)
        if column.kind == TEXT and not (table.name == "post" and column.name == "member"):
            found |= Q(**{f"{where}__icontains": word})
        elif column.kind == REFERENCE:
            found |= Q(**{f"{where}__name__icontains": word})
    if table.name == "post":
        holders = Member.objects.filter(name__icontains=word)
        found |= Q(member__in=holders.values("code"))
    return found | Q(**{f"{table.key}__iexact": word}) if table.key else found


def marked(rows: QuerySet[Row], mark: str, day: dt.date) -> QuerySet[Row]:
    """The rows with a mark (none: all that stand); withdrawn ones only where asked for."""
    if mark == WITHDRAWN:
        return rows.exclude(withdrawn_at=None)
    rows = rows.filter(stands(rows.model))
    return rows.filter(marks(rows.model)[mark](day)) if mark else rows


def tally(rows: QuerySet[Row], day: dt.date) -> dict[str, int]:
    """How many rows there are, and with each mark; ``""`` counts all that stand. One query."""
    standing = stands(rows.model)
    counts: dict[str, Any] = {"all_of_them": Count("pk", filter=standing)}
    counts[WITHDRAWN] = Count("pk", filter=Q(withdrawn_at__isnull=False))
    for name, when in marks(rows.model).items():
        counts[name] = Count("pk", filter=standing & when(day))
    found: dict[str, int] = rows.order_by().aggregate(**counts)
    found[""] = found.pop("all_of_them")
    return found


def ordered(rows: QuerySet[Row], sort: str) -> QuerySet[Row]:
    """In the order asked for; rows that are equal in it, the newest entry first."""
    table = rows.model.table()
    name = sort.lstrip("-")
    if name not in {c.name for c in shown_columns(table)}:
        sort, name = default_sort(table), default_sort(table).lstrip("-")
    field = F(path(table, name))
    order = field.desc(nulls_last=True) if sort.startswith("-") else field.asc(nulls_last=True)
    return rows.order_by(order, "-pk" if sort.startswith("-") else "pk")


def default_sort(table: Table) -> str:
    """By day, the newest first; what has no day in its list, as it was entered."""
    if table.name in ("organization", "member"):
        return "code"
    if table.name == "dues":
        return "-month"
    if table.date:
        return f"-{table.date}"
    return "-from_on"


def cells(rows: QuerySet[Row], columns: Sequence[Column]) -> Iterator[Cells]:
    """The rows of a list with nothing but what it shows; each column is asked for once."""
    table = rows.model.table()
    names = [c.name for c in columns]
    paths = [path(table, name) for name in names]
    key = table.key or "pk"
    for pk, at, id_, *values in rows.values_list("pk", "withdrawn_at", key, *paths):
        found = dict(zip(names, values, strict=True))
        row_id = id_ if table.key else f"{table.name}-{pk}"
        yield found | {"pk": pk, "withdrawn_at": at, "row_id": row_id}


def find_row(rows: QuerySet[Row], row_id: str) -> Row | None:
    """The row of that name, if it is among these."""
    table = rows.model.table()
    if table.key:
        return rows.filter(**{table.key: row_id}).first()
    name, _, pk = row_id.rpartition("-")
    if name != table.name or not pk.isdecimal() or len(pk) > 18:
        return None
    return rows.filter(pk=int(pk)).first()


def count_and_last(
    rows: QuerySet[Row], since: dt.date | None, day: dt.date
) -> tuple[int, dt.date | None]:
    """How many rows stand (since a day, or undated), the newest day not after today; one query."""
    table = rows.model.table()
    standing = stands(rows.model)
    if not table.date:
        return rows.filter(standing).count(), None
    where = path(table, table.date)
    counted = standing & _since(table, since, undated=True) if since else standing
    past = standing & Q(**{f"{where}__lte": day})
    found = rows.order_by().aggregate(n=Count("pk", filter=counted), last=Max(where, filter=past))
    return found["n"], found["last"]
