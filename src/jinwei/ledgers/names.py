"""Names of whom ledger rows refer to, fetched for a whole page at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jinwei.engine.catalogue import Column, Table
from jinwei.members.models import Member
from jinwei.organizations.models import Organization

from .lists import Cells
from .models import Meeting


@dataclass(frozen=True, slots=True)
class Names:
    """Names of whom rows refer to; of a member also the home branch, of a meeting what it was."""

    organizations: Mapping[str, str]
    members: Mapping[str, tuple[str, str]]
    meetings: Mapping[str, tuple[str, dt.date | None, str | None]]


def names_of(table: Table, columns: Sequence[Column], rows: Iterable[Cells]) -> Names:
    """The names of whom these rows refer to; one query for each kind that is referred to."""
    wanted: dict[str, set[str]] = {"organization": set(), "member": set(), "meeting": set()}
    for column in columns:
        kind = "member" if table.name == "post" and column.name == "member" else column.refers_to
        if kind:
            wanted[kind] |= {row[column.name] for row in rows if row[column.name] is not None}
    return Names(
        organization_names(wanted["organization"]),
        member_names(wanted["member"]),
        _meetings(wanted["meeting"]),
    )


def organization_names(codes: Iterable[str]) -> dict[str, str]:
    found = set(codes)
    if not found:
        return {}
    return dict(Organization.objects.filter(code__in=found).values_list("code", "name"))


def member_names(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Name and home branch of members, by code."""
    found = set(codes)
    if not found:
        return {}
    rows = Member.objects.filter(code__in=found)
    return {
        c: (name or c, home)
        for c, name, home in rows.values_list("code", "name", "organization__code")
    }


def _meetings(codes: set[str]) -> dict[str, tuple[str, dt.date | None, str | None]]:
    if not codes:
        return {}
    rows = Meeting.objects.filter(code__in=codes)
    return {
        c: (kind, on, topic)
        for c, kind, on, topic in rows.values_list("code", "kind", "held_on", "topic")
    }
