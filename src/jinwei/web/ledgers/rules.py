"""What a form of a ledger row must not say, and what it is asked about once more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from jinwei.engine.catalogue import DATE, VALIDITY
from jinwei.ledgers.models import FACT_MODELS, Dues, Meeting
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Post, Term
from jinwei.web.templatetags.jinwei import day as day_word
from jinwei.web.templatetags.jinwei import nearby_day

from .words import heading, value_word

if TYPE_CHECKING:
    from .forms import Desk

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, at which column ("": with the whole). ``key`` names what is asked about."""

    column: str
    message: str
    key: str = ""


def faults_of(desk: Desk, values: Values) -> Iterator[Fault]:
    """Everything that must be put right."""
    yield from _days(desk, values)
    yield from _ends(desk, values)
    yield from _FAULTS.get(desk.table.name, _nothing)(desk, values)


def warnings_of(desk: Desk, values: Values) -> list[Fault]:
    """What may be a mistake; whoever sends the form once more means it."""
    return list(_WARNINGS.get(desk.table.name, _nothing)(desk, values))


def _nothing(desk: Desk, values: Values) -> Iterator[Fault]:
    yield from ()


# --- days ---------------------------------------------------------------------------------------


def _days(desk: Desk, values: Values) -> Iterator[Fault]:
    """What has been done lies not in the future, nor before there was the organization."""
    founded = desk.organization.established_on
    for column in desk.table.stored:
        found = values.get(column.name)
        if column.kind != DATE or not isinstance(found, dt.date) or column.name in VALIDITY:
            continue
        if found > desk.day:
            said = {"day": nearby_day(found), "today": day_word(desk.day)}
            yield Fault(column.name, _("%(day)s还没有到。请填今天（%(today)s）或以前。") % said)
        elif founded is not None and found < founded and column.name == desk.table.date:
            said = {"name": desk.organization.name, "day": day_word(founded, True)}
            yield Fault(column.name, _("%(name)s%(day)s才成立，请核对日期。") % said)


def _ends(desk: Desk, values: Values) -> Iterator[Fault]:
    for begin, end in desk.table.ends:
        first, last = values.get(begin), values.get(end)
        if first is not None and last is not None and last < first:
            columns = [desk.table.column(name) for name in (begin, end)]
            begun, ended = (heading(desk.table, c) for c in columns if c is not None)
            said = {"end": ended, "last": last, "begin": begun, "first": first}
            yield Fault(
                end, _("%(end)s（%(last)s）早于%(begin)s（%(first)s），请改正其中一个。") % said
            )


# --- one table each -----------------------------------------------------------------------------


def _others(desk: Desk, model: type[FactModel]) -> QuerySet[Any]:
    """The other rows of the organization that stand."""
    every: QuerySet[Any] = model._default_manager.all()
    rows = every.filter(organization=desk.organization, withdrawn_at=None)
    return rows if desk.row is None else rows.exclude(pk=desk.row.pk)


def _link(desk: Desk, row: FactModel, word: str) -> str:
    args = (desk.organization.code, row.table().name, row.row_id)
    return format_html('<a href="{}">{}</a>', reverse("ledgers:record", args=args), word)


def _with_link(desk: Desk, row: FactModel, sentence: str) -> str:
    return format_html("{} {}", sentence, _link(desk, row, _("打开那一条")))


def _meeting(desk: Desk, values: Values) -> Iterator[Fault]:
    expected, attended = values.get("expected"), values.get("attended")
    if expected is not None and attended is not None and attended > expected:
        said = {"attended": attended, "expected": expected}
        yield Fault("attended", _("实到 %(attended)s 人多于应到 %(expected)s 人，请核对。") % said)


def _same_meeting(desk: Desk, values: Values) -> Iterator[Fault]:
    """The same kind on the same day: it may be the same one."""
    same = _others(desk, Meeting).filter(kind=values["kind"], held_on=values["held_on"])
    for row in same.order_by("pk")[:1]:
        column = desk.table.column("kind")
        assert column is not None
        said = {
            "day": day_word(values["held_on"]),
            "kind": value_word(desk.table, column, values["kind"]),
        }
        sentence = _("%(day)s已有一次%(kind)s，是同一次吗？不是同一次，就再按一次保存。") % said
        yield Fault("", _with_link(desk, row, sentence), f"same-{row.pk}")


def _dues(desk: Desk, values: Values) -> Iterator[Fault]:
    member, month = values.get("member"), values.get("month")
    if member and month:
        for row in _others(desk, Dues).filter(member=member, month=month)[:1]:
            name = dict(desk.people).get(member, member)
            said = {"name": name, "month": month}
            sentence = _("%(name)s %(month)s 的党费已经登记过。") % said
            yield Fault("", _with_link(desk, row, sentence))
    if values.get("paid") and values.get("paid_on") is None and "paid_on" in values:
        yield Fault("paid_on", _("写了实交，请填哪天交的。"))


def _talk(desk: Desk, values: Values) -> Iterator[Fault]:
    if values.get("member") and values.get("member") == values.get("with_member"):
        yield Fault("with_member", _("谈话人和谈话对象是同一个人，请改正其中一个。"))


def _venue(desk: Desk, values: Values) -> Iterator[Fault]:
    required, met = values.get("items_required"), values.get("items_met")
    if required is not None and met is not None and met > required:
        said = {"met": met, "required": required}
        yield Fault("items_met", _("达标 %(met)s 项多于应有 %(required)s 项，请核对。") % said)


def _survey(desk: Desk, values: Values) -> Iterator[Fault]:
    answered, satisfied = values.get("answered"), values.get("satisfied")
    if answered is not None and satisfied is not None and satisfied > answered:
        said = {"satisfied": satisfied, "answered": answered}
        yield Fault(
            "satisfied", _("满意 %(satisfied)s 票多于有效 %(answered)s 票，请核对。") % said
        )


def _term(desk: Desk, values: Values) -> Iterator[Fault]:
    """Terms follow each other: the earlier one is ended first."""
    first = values.get("started_on")
    if first is None:
        return
    last = values.get("ended_on") or values.get("expires_on") or first
    for row in _others(desk, Term).exclude(started_on=None):
        end = row.ended_on or row.expires_on or row.started_on
        if row.started_on <= last and first <= end:
            said = {"first": row.started_on, "last": end}
            sentence = _("与 %(first)s 至 %(last)s 那一届重叠，请先给那一届填实际届满日期。") % said
            yield Fault("", _with_link(desk, row, sentence))
            return


def _post(desk: Desk, values: Values) -> Iterator[Fault]:
    """One secretary at a time, and nobody twice in one post."""
    member, post, first = values.get("member"), values.get("post"), values.get("started_on")
    if not member or not post or first is None:
        return
    same = Q(post=post, member=member)
    if post == "secretary":
        same |= Q(post=post)
    rows = _others(desk, Post).filter(same).filter(Q(ended_on=None) | Q(ended_on__gte=first))
    if values.get("ended_on"):
        rows = rows.filter(Q(started_on=None) | Q(started_on__lte=values["ended_on"]))
    for row in rows.order_by("-started_on")[:1]:
        names = dict(desk.people)
        said = {"name": names.get(row.member, row.member), "day": row.started_on or _("以前")}
        if row.member == member:
            sentence = _("%(name)s自 %(day)s 起已任这一职务，任期重叠。") % said
        else:
            sentence = _("%(name)s自 %(day)s 起任书记，任期重叠。请先给他填免职日期。") % said
        yield Fault("", _with_link(desk, row, sentence))


def _same_row(column: str) -> Callable[[Desk, Values], Iterator[Fault]]:
    """Another row of the same day with the same word."""

    def warn(desk: Desk, values: Values) -> Iterator[Fault]:
        date = desk.table.date or ""
        where = {name: values.get(name) for name in (column, date)}
        if "member" in values:
            where["member"] = values["member"]
        elif desk.table.column("member") is not None:
            return
        if None in (where[column], where[date]):
            return
        rows = _others(desk, FACT_MODELS[desk.table.name]).filter(**where)
        for row in rows.order_by("pk")[:1]:
            sentence = _("同一天已有一条一样的记录，是同一条吗？不是同一条，就再按一次保存。")
            yield Fault("", _with_link(desk, row, sentence), f"same-{row.pk}")

    return warn


Rule = Callable[["Desk", Values], Iterator[Fault]]
_FAULTS: Final[Mapping[str, Rule]] = {
    "meeting": _meeting,
    "dues": _dues,
    "talk": _talk,
    "venue": _venue,
    "survey": _survey,
    "term": _term,
    "post": _post,
}
_WARNINGS: Final[Mapping[str, Rule]] = {
    "meeting": _same_meeting,
    "talk": _same_row("with_member"),
    "training": _same_row("hours"),
    "service": _same_row("hours"),
    "fund": _same_row("amount"),
    "filing": _same_row("title"),
    "honor": _same_row("title"),
    "survey": _same_row("kind"),
}
