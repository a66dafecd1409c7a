"""Entries of the record: which an auditor may see, narrowed, and as lines to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from jinwei.accounts.access import Access, in_force
from jinwei.accounts.acts import ACTS, Act
from jinwei.audit.models import Entry
from jinwei.members.models import Member
from jinwei.organizations.models import Organization, TreePath
from jinwei.web.typed import typed

from .words import act_word, heading_word, reason_word, table_word, value_in_words

_TEXTS: Final = ("who", "act", "table", "organization", "member")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; days as they are here."""

    who: str = ""
    act: str = ""
    table: str = ""
    organization: str = ""
    member: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def anything(self) -> bool:
        return self != Asked()


@dataclass(frozen=True, slots=True)
class Difference:
    """One column: what stood there, and what stands there now."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    at: dt.datetime
    who: str
    act: str
    table: str
    row: str
    place: str
    person: str
    differences: tuple[Difference, ...]
    reason: str


def asked_of(query: Mapping[str, str]) -> Asked:
    """What an address asks for; a day that does not exist is as if not asked."""
    return Asked(
        **{name: typed(query, name) for name in _TEXTS},
        first=_day(query.get("from", "")),
        last=_day(query.get("to", "")),
    )


def entries_for(access: Access) -> QuerySet[Entry]:
    """The entries an auditor may see: of the own subtree, or of all from the top of a tree."""
    audits = {
        r.organization_id for r in access.roles if not r.purpose and Act.AUDIT in ACTS[r.role]
    }
    above = TreePath.objects.filter(in_force(access.day), descendant__code__in=audits)
    lower = set(above.exclude(ancestor__code__in=audits).values_list("descendant__code", flat=True))
    if audits - lower:
        return Entry.objects.all()
    codes = access.organizations(Act.AUDIT).values("code")
    return Entry.objects.filter(organization__in=codes)


def narrowed(access: Access, asked: Asked) -> QuerySet[Entry]:
    """The entries asked for, the newest first."""
    found = entries_for(access)
    if asked.who:
        found = found.filter(account_name__icontains=asked.who)
    if asked.act:
        found = found.filter(act=asked.act)
    if asked.table:
        found = found.filter(table=asked.table)
    if asked.organization:
        named = Q(code=asked.organization) | Q(name=asked.organization)
        codes = Organization.objects.filter(named).values_list("code", flat=True)
        found = found.filter(organization__in=access.below(codes).values("code"))
    if asked.member:
        persons = Member.objects.filter(Q(code=asked.member) | Q(name=asked.member))
        found = found.filter(member__in=persons.values("code"))
    if asked.first:
        found = found.filter(at__gte=_midnight(asked.first))
    if asked.last:
        found = found.filter(at__lt=_midnight(asked.last + dt.timedelta(days=1)))
    return found.order_by("-pk")


def today(access: Access) -> int:
    """How many entries an auditor sees of today."""
    return entries_for(access).filter(at__gte=_midnight(access.day)).count()


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    """Entries in words; two queries for the names."""
    page = list(entries)
    places = _names(Organization, {entry.organization for entry in page})
    persons = _names(Member, {entry.member for entry in page})
    return [
        Line(
            at=entry.at,
            who=entry.account_name,
            act=act_word(entry.act),
            table=table_word(entry.table),
            row=entry.row,
            place=places.get(entry.organization or "", entry.organization or ""),
            person=persons.get(entry.member or "", entry.member or ""),
            differences=tuple(_differences(entry)),
            reason=reason_word(entry.act, entry.reason),
        )
        for entry in page
    ]


def _differences(entry: Entry) -> Iterable[Difference]:
    before, after = entry.before or {}, entry.after or {}
    for name in dict.fromkeys((*before, *after)):
        then, now = before.get(name), after.get(name)
        if then in (None, "") and now in (None, ""):
            continue
        yield Difference(
            heading_word(entry.table, name),
            value_in_words(entry.table, name, then),
            value_in_words(entry.table, name, now),
        )


def _names(model: type[Organization] | type[Member], codes: Iterable[str | None]) -> dict[str, str]:
    wanted = [code for code in codes if code]
    rows = model._default_manager.filter(code__in=wanted).values_list("code", "name")
    return {code: name or code for code, name in rows}


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
