"""Lists of organizations and of indicators as files; that they were taken is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import DATE, HUNDREDTHS, TEXT, WHOLE
from jinwei.ledgers.export import Sheet
from jinwei.standings import figures
from jinwei.web.downloads import taken
from jinwei.web.guard import Request, needs, signed_in
from jinwei.web.templatetags.jinwei import points

from .below import sheet
from .heads import shown_standing
from .history import Change, Moved, every_change
from .indicators import IndicatorList, indicator_list
from .listing import every, narrowed_in_words
from .page import words
from .standing import known_now


@needs(Act.SEE)
def below(request: Request, org: str, form: str) -> HttpResponse:
    """The organizations right below."""
    return taken(
        request,
        sheet(request),
        form,
        table="organization",
        organization=org,
        narrowed=_("下级组织"),
    )


@signed_in
def organizations(request: Request, form: str) -> HttpResponse:
    """The organizations that were looked for, on all pages."""
    rows = every(request)
    title = _("党组织 %(day)s") % {"day": request.access.day}
    headings = (_("组织代码"), _("组织名称"), _("类别"), _("上级"))
    cells = [(row.code, row.name, row.kind, row.above or None) for row in rows]
    home = request.access.home()
    found = Sheet(title, headings, (TEXT,) * 4, cells)
    narrowed = _("、").join(narrowed_in_words(request))
    return taken(
        request,
        found,
        form,
        table="organization",
        organization=home.code if home else None,
        narrowed=narrowed,
    )


@needs(Act.SEE)
def indicators(request: Request, org: str, form: str) -> HttpResponse:
    """The indicators of an organization as they are filtered."""
    shown = shown_standing(request)
    if shown is None:
        raise Http404(org)
    found, standard = shown.standing, shown.standing.adoption.plan().standard
    stored, known = figures.indicators(found), known_now(found, rows=False)
    made = indicator_list(standard, stored, known, found, request.GET.get("show", ""), shown.by)
    title = _("%(name)s指标 %(day)s") % {"name": request.organization.name, "day": found.as_of}
    earned = {one: (row.earned, row.obtainable) for one, row in stored.items()}
    chosen = next(chip.label for chip in made.chips if chip.current)
    narrowed = _("指标：%(chosen)s") % {"chosen": chosen}
    return taken(
        request,
        _indicators(title, made, earned),
        form,
        table="standing",
        organization=org,
        narrowed=narrowed,
    )


@needs(Act.SEE)
def history(request: Request, org: str, form: str) -> HttpResponse:
    """The days on which the score or stars became others, with what moved them."""
    shown = shown_standing(request)
    day = request.access.day
    changes = every_change(org, shown.standing if shown else None, day)
    title = _("%(name)s得分变化 %(day)s") % {"name": request.organization.name, "day": day}
    return taken(
        request,
        _changes(title, changes),
        form,
        table="standing",
        organization=org,
        narrowed=_("得分变化"),
    )


def _changes(title: str, changes: Iterable[Change]) -> Sheet:
    headings = (
        *(_("日期"), _("原得分"), _("得分"), _("原星级"), _("星级")),
        _("变动的指标"),
    )
    kinds = (DATE, HUNDREDTHS, HUNDREDTHS, WHOLE, WHOLE, TEXT)
    rows = [
        (
            one.day,
            *(None if n is None else Decimal(n).scaleb(-2) for n in (one.score_before, one.score)),
            *(one.stars_before, one.stars),
            words().semicolon.join(_moved(each) for each in one.moved) or None,
        )
        for one in changes
    ]
    return Sheet(title, headings, kinds, rows)


def _moved(one: Moved) -> str:
    told = f"{one.id} {one.title} {points(one.before)} → {points(one.after)}"
    if one.owed == one.owed_before:
        return told
    said = {"before": points(one.owed_before), "after": points(one.owed)}
    return told + _("（已到期 %(before)s → %(after)s）") % said


def _indicators(title: str, made: IndicatorList, earned: dict[str, tuple[int, int]]) -> Sheet:
    headings = (
        *(_("维度"), _("指标"), _("名称"), _("状态")),
        *(_("得分"), _("已到期分值"), _("还能做什么")),
    )
    kinds = (TEXT, TEXT, TEXT, TEXT, HUNDREDTHS, HUNDREDTHS, TEXT)
    rows = [
        (
            group.title,
            row.id,
            row.title,
            words()(row.state),
            *(Decimal(n).scaleb(-2) for n in earned[row.id]),
            f"{row.chance.when} {row.chance.worth}" if row.chance else None,
        )
        for group in made.groups
        for row in group.rows
    ]
    return Sheet(title, headings, kinds, rows)
