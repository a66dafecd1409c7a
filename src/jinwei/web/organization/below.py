"""The organizations right below one: kind, members, score, stars, last record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.engine.catalogue import DATE, HUNDREDTHS, WHOLE
from jinwei.ledgers.export import Sheet
from jinwei.members.registered import Headcount, headcounts
from jinwei.organizations.models import Organization
from jinwei.standings import figures
from jinwei.web.addresses import address
from jinwei.web.guard import Request

from .page import code_word


@dataclass(frozen=True, slots=True)
class BelowRow:
    """One organization below: ``members`` and ``last_on`` of it and all below it together.

    ``score`` and ``stars`` are its own; ``median`` is that of five or more scores below it.
    """

    code: str
    name: str
    kind: str
    members: int
    score: int | None
    stars: int | None
    median: int | None
    last_on: dt.date | None
    url: str


@dataclass(frozen=True, slots=True)
class Below:
    """The list in the order asked for, and the sentence over it."""

    rows: tuple[BelowRow, ...]
    title: str


SORTS: Final[Mapping[str, Callable[[BelowRow], Any]]] = {
    "code": lambda row: row.code,
    "name": lambda row: row.name,
    "kind": lambda row: row.kind,
    "members": lambda row: row.members,
    "score": lambda row: -1 if row.score is None else row.score,
    "stars": lambda row: -1 if row.stars is None else row.stars,
    "last_on": lambda row: row.last_on or dt.date.min,
}


def below(request: Request) -> Below:
    """The direct subordinates of today that the account may see; eight queries."""
    one, access = request.organization, request.access
    inside = figures.by_subordinate(one.code, access.day)
    found = access.organizations().filter(code__in=inside).order_by("code")
    codes = [code for children in inside.values() for code in children]
    adoption = figures.leading(one.code, access.day)
    known = _Known(
        headcounts(codes, access.day),
        {s.subject: s for s in figures.scored(adoption, access.day, codes=codes)}
        if adoption
        else {},
        figures.coverage(codes, access.day).last_on,
    )
    rows = [known.row(organization, inside[organization.code]) for organization in found]
    rows = _sorted(rows, request.GET.get("sort", "code"))
    return Below(tuple(rows), _title(one, rows))


def sheet(request: Request) -> Sheet:
    """The list as a sheet, in the order asked for."""
    rows = below(request).rows
    headings = (_("代码"), _("名称"), _("类别"), _("党员"), _("得分"), _("星级"), _("最近记录"))
    kinds = ("text", "text", "text", WHOLE, HUNDREDTHS, WHOLE, DATE)
    title = _("%(name)s下级组织") % {"name": request.organization.name}
    return Sheet(title, headings, kinds, [_cells(row) for row in rows])


def _cells(row: BelowRow) -> tuple[str | int | Decimal | dt.date | None, ...]:
    score = None if row.score is None else Decimal(row.score).scaleb(-2)
    return (row.code, row.name, row.kind, row.members, score, row.stars, row.last_on)


@dataclass(frozen=True, slots=True)
class _Known:
    counts: Mapping[str, Headcount]
    scored: Mapping[str, figures.Scored]
    last_on: Mapping[str, dt.date | None]

    def row(self, organization: Organization, inside: tuple[str, ...]) -> BelowRow:
        own = self.scored.get(organization.code)
        days = [day for code in inside if (day := self.last_on.get(code)) is not None]
        return BelowRow(
            code=organization.code,
            name=organization.name,
            kind=code_word("organization", "kind", organization.kind),
            members=sum(self.counts[code].members for code in inside if code in self.counts),
            score=own.score if own else None,
            stars=own.stars if own else None,
            median=None if own else self._median(inside),
            last_on=max(days, default=None),
            url=address("organization:standing", organization.code),
        )

    def _median(self, inside: tuple[str, ...]) -> int | None:
        rows = (self.scored[code] for code in inside if code in self.scored)
        return figures.median(row.score for row in rows if row.score is not None)


def _sorted(rows: list[BelowRow], sort: str) -> list[BelowRow]:
    key = SORTS.get(sort.removeprefix("-"), SORTS["code"])
    return sorted(rows, key=key, reverse=sort.startswith("-"))


def _title(one: Organization, rows: list[BelowRow]) -> str:
    if not rows:
        return _("%(name)s下面没有组织") % {"name": one.name}
    text = ngettext("%(name)s直接管 %(n)d 个组织", "%(name)s直接管 %(n)d 个组织", len(rows))
    said = text % {"name": one.name, "n": len(rows)}
    members = sum(row.members for row in rows)
    return _("%(below)s，党员 %(members)s 人") % {"below": said, "members": f"{members:,}"}
