"""Pages of one organization: standing and explanations, committee, history, below; the switcher."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.standings import figures
from jinwei.web.addresses import address
from jinwei.web.guard import Request, needs, signed_in
from jinwei.web.htmx import is_fragment, render_page_or_fragment
from jinwei.web.parts import Action, Head
from jinwei.web.sheets.books import printed
from jinwei.web.templatetags.jinwei import points

from .below import below as below_of
from .committee import committee as committee_of
from .drawer import behind
from .heads import (
    Shown,
    head,
    history_title,
    no_score,
    nothing,
    shown_standing,
    stale,
    standing_title,
)
from .history import history as history_of
from .indicators import indicator_list
from .listing import listing
from .page import profile, tabs, with_query
from .standing import dimensions, known_now, stars_ahead
from .total import total


@needs(Act.SEE)
def standing(request: Request, org: str) -> HttpResponse:
    """Where the organization stands: the whole tab, or the list of indicators as filtered."""
    shown = shown_standing(request)
    if shown is None:
        return _no_standing(request)
    found, standard = shown.standing, shown.standing.adoption.plan().standard
    stored, known = figures.indicators(found), known_now(shown.standing, rows=False)
    asked = request.GET.get("show", "")
    context: dict[str, Any] = {
        "org": org,
        "list": indicator_list(standard, stored, known, found, asked, shown.by),
        "score_url": with_query(address("organization:score", org), shown.by),
        "exports": _exports(request, "organization:indicators", org),
    }
    if not is_fragment(request):
        beside = dimensions(found, stored)
        title = standing_title(request.organization.name, found, beside.overall)
        top = replace(head(request, title, found), lead=str(profile(request)), stars=found.stars)
        context |= {
            "head": top,
            "tabs": tabs(request, "standing"),
            "standing": found,
            "others": shown.others,
            "dimensions": beside,
            "stale": stale(found),
            "ahead": stars_ahead(standard, known),
            "no_score": no_score(found, known) if found.score is None else "",
            "total": total(request.access, found, known, shown.by) if known else None,
        }
    return render_page_or_fragment(
        request, "organization/standing.html", "organization/_results.html", context
    )


@needs(Act.SEE)
def indicator(request: Request, org: str, id: str) -> HttpResponse:
    """Why one indicator has its points: the drawer, or a page."""
    shown = shown_standing(request)
    known = known_now(shown.standing, frozenset([id])) if shown else None
    if shown is None or known is None or not known.indicators:
        raise Http404(id)
    back = with_query(address("organization:standing", org), shown.by)
    told = behind(request.access, request.organization, shown.standing, known.indicators[0], back)
    title = _("%(id)s %(title)s：%(figure)s，%(state)s") % {
        "id": told.id,
        "title": told.title,
        "figure": told.figure,
        "state": told.state_word,
    }
    return _explained(request, "indicator", shown, title, {"behind": told, "close": back})


@needs(Act.SEE)
def score(request: Request, org: str) -> HttpResponse:
    """How the score comes about: the drawer, or a page."""
    shown = shown_standing(request)
    known = known_now(shown.standing, frozenset()) if shown else None
    if shown is None or known is None:
        raise Http404(org)
    made = total(request.access, shown.standing, known, shown.by)
    back = with_query(address("organization:standing", org), shown.by)
    said = {"name": request.organization.name, "score": points(made.score)}
    title = _("%(name)s %(score)s 分是这样算出来的") % said
    if made.score is None:
        title = _("%(name)s尚未评定") % said
    return _explained(request, "score", shown, title, {"total": made, "close": back})


@needs(Act.SEE)
def committee(request: Request, org: str) -> HttpResponse:
    """Terms, posts in force and past, and what is missing."""
    shown = shown_standing(request)
    made = committee_of(request, shown.standing if shown else None)
    said = {"name": request.organization.name, "committee": made.title}
    context = {
        "head": head(request, _("%(name)s：%(committee)s") % said, None, made.actions),
        "tabs": tabs(request, "committee"),
        "committee": made,
        "persons": request.access.may(Act.MEMBERS, org),
    }
    return render(request, "organization/committee.html", context)


@needs(Act.SEE)
def history(request: Request, org: str) -> HttpResponse:
    """Scores as they were seen, superiors and names over time."""
    shown = shown_standing(request)
    found = shown.standing if shown else None
    made = history_of(request, found)
    title = history_title(request.organization.name, found, made.last_month)
    context = {
        "head": head(request, title, found),
        "tabs": tabs(request, "history"),
        "history": made,
        "exports": _exports(request, "organization:history_export", org),
    }
    return render(request, "organization/history.html", context)


@needs(Act.SEE)
def below(request: Request, org: str) -> HttpResponse:
    """The organizations right below."""
    made = below_of(request)
    context: dict[str, Any] = {
        "below": made,
        "exports": {form: address("organization:export", org, form) for form in ("xlsx", "csv")},
        "printed": printed(request, "organization"),
        "actions": _new_below(request, org),
    }
    if not is_fragment(request):
        context["tabs"] = tabs(request, "below")
        context["head"] = head(request, made.title, None, context["actions"])
    return render_page_or_fragment(
        request, "organization/below.html", "organization/_below_results.html", context
    )


@signed_in
def organizations(request: Request) -> HttpResponse:
    """The organizations that the account may see, to find one and go there."""
    made = listing(request)
    return render_page_or_fragment(
        request,
        "organization/list.html",
        "organization/_list_results.html",
        {
            "listing": made,
            "head": Head(made.title),
            "exports": _exports(request, "organization:list_export"),
        },
    )


def _no_standing(request: Request) -> HttpResponse:
    said = nothing(request)
    top = replace(head(request, str(said["title"])), lead=str(profile(request)))
    context = {**said, "head": top, "tabs": tabs(request, "standing")}
    return render(request, "organization/no_standing.html", context)


def _explained(
    request: Request, stem: str, shown: Shown, title: str, context: dict[str, Any]
) -> HttpResponse:
    """An explanation as the drawer beside the list, or as a page."""
    context["org"] = request.organization.code
    if not is_fragment(request):
        context["tabs"] = tabs(request, "standing")
        context["head"] = head(request, title, shown.standing)
    return render_page_or_fragment(
        request, f"organization/{stem}.html", f"organization/_{stem}.html", context
    )


def _new_below(request: Request, org: str) -> list[Action]:
    url = address("organization:new", org)
    if not url or not request.access.may(Act.TREE, org):
        return []
    return [Action(_("新建下级组织"), url, "plus", True)]


def _exports(request: Request, name: str, *args: str) -> list[Action]:
    """A list as it is asked for, as files."""
    asked = request.GET.copy()
    asked.pop("page", None)
    labels = {"xlsx": _("导出 Excel"), "csv": _("导出 CSV")}
    return [
        Action(label, with_query(address(name, *args, form), asked.urlencode()), "export")
        for form, label in labels.items()
    ]
