"""The points book: 积分台账, a row a member, a column an indicator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jinwei.engine.catalogue import TEXT
from jinwei.engine.faults import EN, ZH
from jinwei.engine.schema import Standard
from jinwei.engine.totals import hundredths
from jinwei.ledgers.cells import Typed
from jinwei.ledgers.printed.page import CENTER, NUMBER, POINTS, Book, Column, Page, Scope
from jinwei.ledgers.printed.people import branch_names, listed
from jinwei.ledgers.printed.words import as_of, signatures, titled, unit
from jinwei.members.models import Member

from .models import Adoption, Standing, StandingIndicator
from .reach import in_force


def points(scope: Scope) -> Page:
    """The points of members by the standard in force, as last reckoned in the year."""
    members = listed(scope)
    adoption, found = _standings(scope, {member.code for member in members})
    standard = adoption.plan().standard if adoption else None
    shown = [member for member in members if member.code in found]
    columns = _columns(standard) if standard else _bare()
    return Page(
        title=titled(scope, str(POINTS_BOOK.title)),
        unit=unit(scope),
        dated=as_of(max((one.as_of for one in found.values()), default=scope.day)),
        columns=tuple(columns),
        rows=_rows(scope, shown, found, standard) if standard else [],
        empty=_("%(year)s 年还没有党员积分。") % {"year": scope.year},
        notes=(_basis(adoption, standard),) if adoption and standard and shown else (),
        signatures=signatures(),
        members=frozenset(member.code for member in shown),
    )


def _standings(scope: Scope, codes: set[str]) -> tuple[Adoption | None, dict[str, Standing]]:
    """Of the standards of members in force the first that scored somebody; those that lead first.

    A year may hold several periods: the last one begun by the day counts.
    """
    day = min(scope.day, dt.date(scope.year, 12, 31))
    rows = Adoption.objects.filter(in_force(day)).select_related("edition").order_by("pk")
    of_members = [one for one in rows if one.plan().subject == "member"]
    for adoption in sorted(of_members, key=lambda one: not one.leading):
        known = adoption.standings.filter(
            first__lte=day, last__gte=dt.date(scope.year, 1, 1), last__year=scope.year
        )
        found = {s.subject: s for s in known.order_by("first") if s.subject in codes}
        if found:
            return adoption, found
    return None, {}


def _bare() -> list[Column]:
    return [
        Column(_("序号"), NUMBER, 6),
        Column(_("姓名"), CENTER, 12),
        Column(_("所在支部"), TEXT, 40),
        Column(_("积分合计"), POINTS, 12),
    ]


def _columns(standard: Standard) -> list[Column]:
    language = EN if (get_language() or "").startswith("en") else ZH
    number, name, _branch, total = _bare()
    return [
        number,
        name,
        Column(_("所在支部"), TEXT, 24),
        *([Column(_("底分"), POINTS, 9)] if _has_base(standard) else []),
        *(
            Column(f"{one.id}\n{one.title(language)}", POINTS, 12, dimension.title(language))
            for dimension in standard.dimensions
            for one in dimension.indicators
        ),
        total,
    ]


def _has_base(standard: Standard) -> bool:
    return standard.total == "sum" and bool(standard.base)


def _rows(
    scope: Scope, members: Iterable[Member], found: dict[str, Standing], standard: Standard
) -> list[list[Typed]]:
    earned: dict[int, dict[str, int]] = {}
    lines = StandingIndicator.objects.filter(standing__in=[one.pk for one in found.values()])
    for pk, indicator, got in lines.values_list("standing_id", "indicator", "earned"):
        earned.setdefault(pk, {})[indicator] = got
    base: list[Typed] = [_points(hundredths(standard.base))] if _has_base(standard) else []
    ids, branches = [one.id for one in standard.indicators], branch_names(scope)
    rows: list[list[Typed]] = []
    for member in members:
        standing = found[member.code]
        own = earned.get(standing.pk, {})
        home = branches.get(member.organization_id, member.organization_id)
        scores: list[Typed] = [_points(own.get(one)) for one in ids]
        rows.append([member.name or member.code, home, *base, *scores, _points(standing.score)])
    return rows


def _points(found: int | None) -> Decimal | None:
    return None if found is None else Decimal(found).scaleb(-2)


def _basis(adoption: Adoption, standard: Standard) -> str:
    language = EN if (get_language() or "").startswith("en") else ZH
    said = _("依据：%(standard)s %(version)s。") % {
        "standard": standard.title(language),
        "version": adoption.edition.version,
    }
    if standard.bonus_cap is None:
        return said
    most = _points(hundredths(standard.bonus_cap))
    return said + _("加分合计最多 %(most)s 分，合计是封顶后的得分。") % {"most": most}


POINTS_BOOK: Final = Book(
    name="points",
    title=gettext_lazy("党员积分台账"),
    told=gettext_lazy("每名党员一行，各指标得分和合计"),
    make=points,
    table="member",
    personal=True,
    by_year=True,
)
