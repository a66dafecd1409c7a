"""The row of kinds that the standard asks for, each with how it stands in its present window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.accounts.acts import Act
from jinwei.engine.explain import PartBehind, SubjectExplanation, WindowBehind
from jinwei.engine.measures.counting import Count
from jinwei.engine.measures.occurrences import Occurrences
from jinwei.engine.measures.shares import Share
from jinwei.ledgers.models import Dues
from jinwei.wording.words import number

from .addresses import meeting_action, record_action
from .desk import Desk
from .duties import kind_of, window_at

_MOST: Final = 6
_ICONS: Final = {
    "branch_meeting": "people",
    "theme_day": "flag",
    "lecture": "ledger",
    "committee_meeting": "talk",
    "group_meeting": "tree",
    "study": "paper",
}


@dataclass(frozen=True, slots=True)
class Quick:
    """A kind of record, what is to be said of it, and the way to enter one."""

    label: str
    under: str
    icon: str
    url: str


def quick_row(desk: Desk, explained: SubjectExplanation) -> tuple[Quick, ...]:
    """Up to six kinds: meetings in order of the standard, then dues and talks where it asks."""
    meetings = list(_meetings(desk, explained))
    others = list(_others(desk, explained))
    return (*meetings[: _MOST - len(others)], *others)


def _meetings(desk: Desk, explained: SubjectExplanation) -> Iterator[Quick]:
    seen: set[str] = set()
    for part in _parts(explained):
        measure = part.part.part.measure
        if not isinstance(measure, Occurrences) or measure.fact != "meeting":
            continue
        kind, window = kind_of(measure), window_at(part.windows, explained.clock.day)
        if not kind or kind in seen or window is None or measure.each is not None:
            continue
        if window.state == "outside":
            continue
        seen.add(kind)
        named = _named(desk, window)
        state = _("%(window)s已办") if window.state == "passed" else _("%(window)s未办")
        yield Quick(
            desk.word("meeting", "kind", kind),
            state % {"window": named},
            _ICONS.get(kind, "people"),
            meeting_action(desk.code, kind, desk.back).url,
        )


def _named(desk: Desk, window: WindowBehind) -> str:
    year = (window.first.month, window.last.month) == (1, 12)
    return _("今年") if year else desk.say.window(window.first, window.last)


def _others(desk: Desk, explained: SubjectExplanation) -> Iterator[Quick]:
    measures = [(part, part.part.part.measure) for part in _parts(explained)]
    if any(isinstance(m, Share) and m.fact == "dues" for _part, m in measures):
        action = record_action(desk.code, "dues", {}, desk.back)
        if desk.access.may(Act.MEMBERS, desk.code):
            yield Quick(_("党费"), _dues(desk), "yuan", action.url)
    talked = next((p for p, m in measures if isinstance(m, Count) and m.fact == "talk"), None)
    action = record_action(desk.code, "talk", {}, desk.back)
    if talked is not None and talked.outcome.value is not None:
        told = {"n": number(talked.outcome.value), "of": number(talked.outcome.target)}
        yield Quick(_("谈心谈话"), _("已谈 %(n)s/%(of)s 人") % told, "person", action.url)


def _dues(desk: Desk) -> str:
    """Who has not paid, in the newest month on record."""
    rows = desk.access.rows(Dues, of=desk.organization.code).filter(due__gt=0)
    month = rows.order_by("-month").values_list("month", flat=True).first()
    if month is None:
        return _("还没有登记")
    short = rows.filter(Q(paid=None) | Q(paid__lt=F("due")), month=month).count()
    told = {"n": short, "month": dt.date.fromisoformat(f"{month}-01").month}
    if not short:
        return _("%(month)d 月已交齐") % told
    return ngettext("%(month)d 月 %(n)d 人未交", "%(month)d 月 %(n)d 人未交", short) % told


def _parts(explained: SubjectExplanation) -> Iterator[PartBehind]:
    for one in explained.indicators:
        if one.result.outcome.counts:
            yield from one.parts
