"""Everything that is held about a member beside the row of the roster, table by table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from jinwei.engine.catalogue import TABLES, Column, Table
from jinwei.ledgers.models import FACT_MODELS
from jinwei.members.models import Member
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization
from jinwei.web.ledgers.words import heading, value_word

Rows = Callable[[type[FactModel]], QuerySet[Any]]
"""The rows of a model that somebody may see."""

TABLES_OF_MEMBERS: Final = tuple(
    name
    for name, table in TABLES.items()
    if name != "member" and any(c.name in ("member", "with_member") for c in table.columns)
)
_UNSAID: Final = ("organization", "meeting", "standard", "recorded_on")


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row: whom it is about, its name, its day, where it is kept, and its columns."""

    about: str
    table: Table
    row_id: str
    day: dt.date | None
    organization: str
    values: Mapping[str, Any]


def held(
    code: str, rows: Rows, tables: Sequence[str] = TABLES_OF_MEMBERS
) -> dict[str, tuple[HeldRow, ...]]:
    """All rows that name a member, by table, the newest first; one query a table."""
    return {name: _held(name, code, rows) for name in tables}


def own_rows(model: type[FactModel]) -> QuerySet[Any]:
    """Whatever stands: for members who look at what is held about themselves."""
    return model._default_manager.filter(withdrawn_at=None)


@dataclass(frozen=True, slots=True)
class Names:
    """Names by code: of organizations, and of other members."""

    places: Mapping[str, str]
    people: Mapping[str, str]


def names_of(tables: Mapping[str, Iterable[HeldRow]], rows: Rows) -> Names:
    """Names of the organizations and members in rows; two queries."""
    found = [row for some in tables.values() for row in some]
    places = {row.organization for row in found}
    people = {
        str(row.values[name])
        for row in found
        for name in ("member", "with_member")
        if row.values.get(name)
    }
    organizations = rows(Organization).filter(code__in=places).values_list("code", "name")
    members = rows(Member).filter(code__in=people).values_list("code", "name")
    return Names(dict(organizations), {code: name or code for code, name in members})


def said(row: HeldRow, names: Mapping[str, str] | None = None) -> str:
    """What a row says beside its day, in words; ``names`` of other members."""
    told = []
    for column in row.table.columns:
        value = row.values.get(column.name)
        if value is None or column.name in _UNSAID or value in (row.day, row.about):
            continue
        if column.refers_to == "member":
            told.append(_labelled(row.table, column, (names or {}).get(value, value)))
        elif column.codes or column.kind == "text":
            told.append(value_word(row.table, column, value))
        else:
            told.append(_labelled(row.table, column, value_word(row.table, column, value)))
    return " · ".join(told)


def _labelled(table: Table, column: Column, text: str) -> str:
    return f"{heading(table, column)} {text}"


def _held(name: str, code: str, rows: Rows) -> tuple[HeldRow, ...]:
    model = FACT_MODELS[name]
    table = TABLES[name]
    about = Q()
    for column in table.columns:
        if column.name in ("member", "with_member"):
            about |= Q(**{column.name: code})
    found = rows(model).filter(about)
    if name == "attendance":
        found = found.filter(meeting__withdrawn_at=None).select_related("meeting")
    made = [_row(code, table, row) for row in found.order_by("-pk")]
    return tuple(sorted(made, key=lambda row: row.day or dt.date.min, reverse=True))


def _row(code: str, table: Table, row: FactModel) -> HeldRow:
    source: Any = getattr(row, "meeting", None) or row
    values = {}
    for column in table.columns:
        holder = source if table.name == "attendance" and column.derived else row
        field = next((f for f in holder._meta.concrete_fields if f.name == column.name), None)
        if field is not None:
            values[column.name] = getattr(holder, field.attname)
    day = values.get(table.date or "from_on")
    return HeldRow(code, table, row.row_id, day, str(values.get("organization") or ""), values)
