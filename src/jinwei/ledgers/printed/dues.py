"""The dues book: 党费收缴台账, a row a member, a column a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.engine.catalogue import HUNDREDTHS, TEXT
from jinwei.ledgers.cells import Typed
from jinwei.ledgers.models import Dues
from jinwei.members.models import Member

from .page import CENTER, NUMBER, Book, Column, Owed, Page, Scope
from .people import branch_names, listed
from .words import TOTAL, as_of, signatures, titled, unit


@dataclass(slots=True)
class _Year:
    """What one member owed and paid, by month; in cents."""

    due: dict[int, int] = field(default_factory=dict)
    paid: dict[int, int] = field(default_factory=dict)

    def add(self, month: int, due: int, paid: int) -> None:
        self.due[month] = self.due.get(month, 0) + due
        self.paid[month] = self.paid.get(month, 0) + paid


def dues(scope: Scope) -> Page:
    """Whoever is on the roster or owed something that year, by month; what is short is marked."""
    years = _years(scope)
    members = _whom(scope, set(years))
    branches = branch_names(scope)
    rows = [_cells(scope, m, branches, years.get(m.code, _Year())) for m in members]
    return Page(
        title=titled(scope, str(DUES.title)),
        unit=unit(scope),
        dated=_("%(as_of)s    金额单位：元") % {"as_of": as_of(scope.day)},
        columns=_columns(scope),
        rows=rows,
        empty=_("%(year)s 年还没有党费记录。") % {"year": scope.year},
        totals=_totals(years.values()) if rows else None,
        notes=(_("有底色的月份没有交齐；空白的月份没有登记或还没过完。"),) if rows else (),
        signatures=signatures(),
        members=frozenset(member.code for member in members),
    )


def _columns(scope: Scope) -> tuple[Column, ...]:
    above = _("%(year)s 年各月实交") % {"year": scope.year}
    months = [_("%(n)d 月") % {"n": n} for n in range(1, 13)]
    return (
        Column(_("序号"), NUMBER, 6),
        Column(_("姓名"), CENTER, 10),
        Column(_("所在支部"), TEXT, 26),
        *(Column(month, HUNDREDTHS, 9, above) for month in months),
        Column(_("应交"), HUNDREDTHS, 12, str(TOTAL)),
        Column(_("实交"), HUNDREDTHS, 12, str(TOTAL)),
        Column(_("备注"), TEXT, 10),
    )


def _years(scope: Scope) -> dict[str, _Year]:
    found: defaultdict[str, _Year] = defaultdict(_Year)
    rows = scope.rows(Dues).filter(month__startswith=f"{scope.year}-")
    for member, month, due, paid in rows.values_list("member_id", "month", "due", "paid"):
        found[member].add(int(month[5:]), due or 0, paid or 0)
    return dict(found)


def _whom(scope: Scope, codes: set[str]) -> list[Member]:
    """Those on the roster, and those with dues who are not any more or are elsewhere now."""
    here = listed(scope) if scope.year == scope.day.year else []
    missing = codes - {member.code for member in here}
    moved = Member.objects.filter(code__in=missing)
    return [*here, *moved.order_by("organization__code", "spelling", "pk")]


def _cells(
    scope: Scope, member: Member, branches: dict[str, str], year: _Year
) -> list[Typed | Owed]:
    months: list[Typed | Owed] = [_month(scope, year, month) for month in range(1, 13)]
    home = branches.get(member.organization_id, _("（已转出）"))
    status = scope.word("member", "status", member.status) if member.status != "full" else None
    return [
        member.name or member.code,
        home,
        *months,
        _yuan(sum(year.due.values())),
        _yuan(sum(year.paid.values())),
        status,
    ]


def _month(scope: Scope, year: _Year, month: int) -> Typed | Owed:
    if month not in year.due:
        return None
    over = (scope.year, month) < (scope.day.year, scope.day.month)
    due, paid = year.due[month], year.paid[month]
    if paid < due:
        return Owed(_yuan(paid)) if over else _yuan(paid) if paid else None
    return _yuan(paid)


def _totals(years: Iterable[_Year]) -> list[Typed]:
    paid: defaultdict[int, int] = defaultdict(int)
    due = 0
    for year in years:
        due += sum(year.due.values())
        for month, amount in year.paid.items():
            paid[month] += amount
    months = [_yuan(paid[month]) if month in paid else None for month in range(1, 13)]
    return [None, None, *months, _yuan(due), _yuan(sum(paid.values())), None]


def _yuan(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


DUES: Final = Book(
    name="dues",
    title=gettext_lazy("党费收缴台账"),
    told=gettext_lazy("每名党员一行，各月实交，合计到人到月"),
    make=dues,
    table="dues",
    personal=True,
    by_year=True,
)
