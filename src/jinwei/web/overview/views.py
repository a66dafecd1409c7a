"""The overview of an organization and all below it, and the lists behind its figures."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.audit.actions import record
from jinwei.web.downloads import FILES, list_file
from jinwei.web.guard import Request, needs
from jinwei.web.htmx import render_page_or_fragment
from jinwei.web.parts import Action, Chip, Crumb, Head

from .addresses import list_url, overview_url
from .lists import listing as listing_of
from .page import basis, crumbs, overview_context
from .scene import Scene
from .table import sheet

PAGE: Final = 50


@needs(Act.SEE)
def overview(request: Request, org: str) -> HttpResponse:
    """The tree as a heat map, the figures, the movers and those to ask after."""
    scene = Scene(request.access, request.organization)
    if scene.adoption is None or not scene.rows:
        return render(request, "overview/empty.html", _empty(request, scene))
    context = overview_context(scene, request.GET.get("sort", ""))
    return render(request, "overview/overview.html", context)


@needs(Act.SEE)
def listing(request: Request, org: str, name: str) -> HttpResponse:
    """One list: exactly those that a figure counted."""
    scene = _scene(request)
    made = listing_of(scene, name, request.GET)
    rows = made.ordered(request.GET.get("sort") or made.order)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    actions = [
        Action(
            _("导出%(form)s") % {"form": " Excel" if form == "xlsx" else " CSV"},
            f"{reverse('overview:export', args=(org, name, form))}{'?' if query else ''}{query}",
            "export",
        )
        for form in FILES
    ]
    context = {
        "head": Head(
            made.title,
            crumbs=_way(request),
            actions=actions if made.rows else (),
            basis=basis(scene),
        ),
        "listing": made,
        "page": page,
        "rows": made.cells(page),
        "chips": _chips(org, name),
    }
    return render_page_or_fragment(
        request, "overview/listing.html", "overview/_listing_results.html", context
    )


@needs(Act.SEE)
def export(request: Request, org: str, name: str, form: str) -> HttpResponse:
    """A list as a file, on all its pages; that it was taken is recorded."""
    if form not in FILES:
        raise Http404(form)
    made = listing_of(_scene(request), name, request.GET)
    paper = sheet(made, made.ordered(request.GET.get("sort") or made.order))
    record(
        by=request.access.actor,
        act="exported",
        table="standing",
        organization=org,
        after={"form": form, "rows": len(made.rows), "narrowed": made.title},
    )
    return list_file(paper, form)


def _scene(request: Request) -> Scene:
    scene = Scene(request.access, request.organization)
    if scene.adoption is None:
        raise Http404("no adoption")
    return scene


def _way(request: Request) -> list[Crumb]:
    """The way to a list: down to the organization, whose overview is a link here."""
    own = Crumb(request.organization.name, overview_url(request.organization.code))
    return [*crumbs(request.access, request.organization)[:-1], own]


def _chips(org: str, name: str) -> list[Chip]:
    """The lists of organizations, each a press away."""
    words = {
        "scored": _("全部"),
        "attention": _("要过问"),
        "below-60": _("60 分以下"),
        "silent": _("30 天无记录"),
        "up": _("上升"),
        "down": _("下降"),
        "four-or-more": _("四星及以上"),
        "rectifications": _("整改在办"),
    }
    return [Chip(word, list_url(org, one), current=one == name) for one, word in words.items()]


def _empty(request: Request, scene: Scene) -> dict[str, Any]:
    """Where there is nothing to show: no standard adopted, or nobody scored yet."""
    name = request.organization.name
    way = crumbs(request.access, request.organization)
    if scene.adoption is None:
        may = request.access.may(Act.ADOPT, request.organization.code)
        url = f"{reverse('standards:adopt')}?org={request.organization.code}"
        return {
            "head": Head(_("%(name)s还没有采用标准") % {"name": name}, crumbs=way),
            "strong": _("没有标准就没有得分。"),
            "text": _("采用一个标准以后，这里会有各党组织的得分、星级和要过问的事。")
            if may
            else _("请上级工委为这里采用一个标准。"),
            "actions": [Action(_("采用标准"), url, main=True)] if may else [],
        }
    queued = scene.background.queued
    return {
        "head": Head(_("%(name)s还没有得分") % {"name": name}, crumbs=way, basis=basis(scene)),
        "strong": _("正在计算。") if queued else _("这里没有适用这个标准的党组织。"),
        "text": _("刚采用的标准要先算一遍，通常几分钟内算好；稍后再打开这一页。")
        if queued
        else _("标准写明了它适用于哪些组织；换一个上级组织看，或者看标准。"),
        "actions": [Action(_("看标准"), basis(scene).standard_url)],
    }
