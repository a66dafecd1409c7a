"""The sentence and the frame at the head of each page of an organization."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.accounts.acts import Act
from jinwei.engine.explain import SubjectExplanation
from jinwei.organizations.models import Organization
from jinwei.standings import figures
from jinwei.standings.models import Dirty, Standing
from jinwei.web.addresses import address
from jinwei.web.guard import Request
from jinwei.web.parts import Action, Head
from jinwei.web.templatetags.jinwei import day, iso, points

from .history import end_reason
from .page import basis, crumbs, words
from .standing import Overall, clock_of


@dataclass(frozen=True, slots=True)
class Other:
    """Another standard by which the organization stands somewhere, and the page that says where."""

    standard: str
    score: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The standing that a page is about, of all the organization has; ``by`` keeps the choice."""

    standing: Standing
    by: str
    others: tuple[Other, ...]


def shown_standing(request: Request) -> Shown | None:
    """The leading standing, or the one ``?by`` names; None where there is none today."""
    rows = figures.standings_of(request.organization.code, request.access.day)
    asked = request.GET.get("by", "")
    found = next((row for row in rows if str(row.adoption_id) == asked), None)
    if found is None:
        found = next(iter(rows), None)
    if found is None:
        return None
    by = f"by={found.adoption_id}" if found != rows[0] else ""
    others = (
        Other(
            row.adoption.plan().standard.title(words().language),
            row.score,
            request.path if row == rows[0] else f"{request.path}?by={row.adoption_id}",
        )
        for row in rows
        if row != found
    )
    return Shown(found, by, tuple(others))


def head(
    request: Request, title: str, standing: Standing | None = None, actions: Sequence[Action] = ()
) -> Head:
    """The head of a page; with a standing, also what its figures rest on."""
    return Head(
        title,
        crumbs=crumbs(request.access, request.organization.code),
        basis=basis(standing) if standing else None,
        actions=actions,
    )


def standing_title(name: str, standing: Standing, overall: Overall) -> str:
    """The answer: the score, what is lost of it, and what it can still become."""
    if standing.score is None:
        return _("%(name)s尚未评定") % {"name": name}
    said = {
        "name": name,
        "score": points(standing.score),
        "lost": points(overall.lost),
        "potential": points(standing.potential),
    }
    if standing.potential is None:
        return _("%(name)s %(score)s 分") % said
    if overall.lost <= 0:
        return _("%(name)s %(score)s 分，没有失分，期末可达 %(potential)s 分") % said
    return _("%(name)s %(score)s 分，已失 %(lost)s 分，期末可达 %(potential)s 分") % said


def no_score(standing: Standing, known: SubjectExplanation | None) -> str:
    """Why there is no score yet, and when the first one comes."""
    clock = clock_of(standing)
    ends = [
        window.last
        for one in (known.indicators if known else ())
        for part in one.parts
        for window in part.windows
        if window.state in ("open", "ahead")
    ]
    first = min(ends, default=clock.period.last)
    return _("目前没有到期的指标，首次得分在 %(day)s后。") % {"day": day(first)}


def stale(standing: Standing) -> str:
    """That a standing waits to be reckoned again, and how old it is; empty where it does not."""
    waiting = Dirty.objects.filter(
        adoption=standing.adoption_id, subject__in=(standing.subject, "")
    ).aggregate(since=Min("marked_at"))["since"]
    if waiting is None:
        return ""
    minutes = (timezone.now() - standing.reckoned_at) // dt.timedelta(minutes=1)
    if minutes < 1:
        return _("正在重新计算，下面是刚才的得分。")
    text = ngettext(
        "正在重新计算，下面是 %(n)d 分钟前的得分。",
        "正在重新计算，下面是 %(n)d 分钟前的得分。",
        minutes,
    )
    return text % {"n": minutes}


def history_title(name: str, standing: Standing | None, before: int | None) -> str:
    """How the score has moved within the period."""
    if standing is None or standing.score is None:
        return _("%(name)s的历年得分、上级和名称") % {"name": name}
    said = {"name": name, "score": points(standing.score)}
    if before is None or before == standing.score:
        return _("%(name)s %(score)s 分") % said
    change = standing.score - before
    said["change"] = points(abs(change))
    text = (
        _("%(name)s %(score)s 分，上月末以来升 %(change)s 分")
        if change > 0
        else _("%(name)s %(score)s 分，上月末以来降 %(change)s 分")
    )
    return text % said


def nothing(request: Request) -> dict[str, object]:
    """Why an organization has no standing, and where to go instead."""
    access, one = request.access, request.organization
    if one.dissolved_on is not None and one.dissolved_on < access.day:
        return _dissolved(one, one.dissolved_on)
    adoption = figures.leading(one.code, access.day)
    actions = []
    if adoption is None and access.may(Act.ADOPT, one.code):
        actions.append(Action(_("采用标准"), address("standards:library"), "flag", True))
    if adoption is None:
        title = _("%(name)s还没有采用标准") % {"name": one.name}
        strong, text = _("还没有采用标准。"), _("采用以后，这里每天显示得分、失分和还能做什么。")
        if not actions:
            text += _("请上级工委为这里采用一个标准。")
    else:
        standard = adoption.plan().standard.title(words().language)
        title = _("%(name)s不按《%(standard)s》评分") % {"name": one.name, "standard": standard}
        strong = _("《%(standard)s》不适用于这个组织。") % {"standard": standard}
        text = _("它只评下面的组织。")
        actions.append(Action(_("看下级组织"), address("organization:below", one.code), "tree"))
    shown = [action for action in actions if action.url]
    return {"title": title, "strong": strong, "text": text, "actions": shown}


def _dissolved(one: Organization, last: dt.date) -> dict[str, object]:
    """That an organization is no more, on what grounds, and where what it was is kept."""
    why = end_reason(one.code)
    kept = _("以前的得分、台账和任职都留着。")
    history = Action(_("看历年得分"), address("organization:history", one.code), "tree")
    return {
        "title": _("%(name)s已于 %(day)s 撤销") % {"name": one.name, "day": iso(last)},
        "strong": _("撤销以后不再评分。"),
        "text": (_("依据或理由：%(why)s。") % {"why": why} if why else "") + kept,
        "actions": [history] if history.url else [],
    }
