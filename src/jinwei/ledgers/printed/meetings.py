"""The meeting book: 会议台账."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jinwei.engine.catalogue import DATE, TEXT, WHOLE
from jinwei.ledgers.cells import Typed
from jinwei.ledgers.models import Attendance, Meeting

from .page import CENTER, NUMBER, Book, Column, Page, Scope
from .people import branch_names
from .words import as_of, bracketed, in_words, signatures, titled, unit

_AWAY: Final = ("leave", "absent")


def meetings(scope: Scope) -> Page:
    """The meetings of a year in order of their days, and who was not there."""
    rows = scope.rows(Meeting).filter(held_on__year=scope.year)
    found = list(rows.order_by("held_on", "pk"))
    away = _away(scope)
    names = branch_names(scope) if scope.wide else {}
    return Page(
        title=titled(scope, str(MEETINGS.title)),
        unit=unit(scope),
        dated=as_of(scope.day),
        columns=_columns(scope),
        rows=[_cells(scope, one, names, away.get(one.code, [])) for one in found],
        empty=_("%(year)s 年还没有会议记录。") % {"year": scope.year},
        notes=(_summary(scope, found),) if found else (),
        signatures=signatures(),
    )


def _columns(scope: Scope) -> tuple[Column, ...]:
    return (
        Column(_("序号"), NUMBER, 6),
        Column(_("日期"), DATE, 12),
        *([Column(_("组织"), TEXT, 26)] if scope.wide else []),
        Column(_("类型"), CENTER, 14),
        Column(_("议题"), TEXT, 38),
        Column(_("主持/主讲人"), CENTER, 13),
        Column(_("应到"), WHOLE, 7),
        Column(_("实到"), WHOLE, 7),
        Column(_("缺席人员"), TEXT, 24),
        Column(_("备注"), TEXT, 12),
    )


def _cells(scope: Scope, one: Meeting, names: dict[str, str], away: list[str]) -> list[Typed]:
    found: list[Typed] = [
        one.held_on,
        *([names.get(one.organization_id, one.organization_id)] if scope.wide else []),
        scope.word("meeting", "kind", one.kind),
        one.topic,
        one.led_by if scope.persons else None,
        one.expected,
        one.attended,
        in_words(away) or None,
        None,
    ]
    return found


def _away(scope: Scope) -> dict[str, list[str]]:
    """Who was not there, by meeting, with the word of why; only for whoever may see persons."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    if not scope.persons:
        return found
    rows = scope.rows(Attendance).filter(meeting__held_on__year=scope.year, status__in=_AWAY)
    ordered = rows.order_by("meeting_id", "member__spelling", "pk")
    for meeting, name, code, status in ordered.values_list(
        "meeting_id", "member__name", "member_id", "status"
    ):
        found[meeting].append(bracketed(name or code, scope.say("attendance", "status", status)))
    return found


def _summary(scope: Scope, found: list[Meeting]) -> str:
    counts = Counter(one.kind for one in found)
    parts = [f"{scope.say('meeting', 'kind', kind)} {n}" for kind, n in counts.most_common()]
    n = len(found)
    return bracketed(ngettext("全年 %(n)d 次", "全年 %(n)d 次", n) % {"n": n}, in_words(parts))


MEETINGS: Final = Book(
    name="meetings",
    title=gettext_lazy("会议台账"),
    told=gettext_lazy("全年会议，含议题、到会和缺席人员"),
    make=meetings,
    table="meeting",
    by_year=True,
)
