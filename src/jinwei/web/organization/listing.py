"""The organizations an account may see, to find one and go there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.organizations.models import Organization
from jinwei.standings.reach import paths
from jinwei.web.addresses import address
from jinwei.web.guard import Request
from jinwei.web.home import page_of
from jinwei.web.parts import Chip

from .page import code_word

A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One organization found: what it is, under whom, and its first page."""

    code: str
    name: str
    kind: str
    above: str
    dissolved: bool
    url: str
    work_url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of what was found, and how the question can be changed."""

    title: str
    rows: tuple[Listed, ...]
    page: Page[Organization]
    chips: tuple[Chip, ...]
    query: str


def listing(request: Request) -> Listing:
    """The organizations that match ``?q`` (name or code), standing or dissolved; four queries."""
    asked = _asked(request)
    counts = {gone: rows.count() for gone, rows in asked.parts.items()}
    chosen = asked.parts[asked.gone].order_by("code")
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    query, gone = asked.query, asked.gone
    found = tuple(_listed(request, list(page.object_list)))
    return Listing(_title(counts[gone], query), found, page, _chips(query, gone, counts), query)


def every(request: Request) -> list[Listed]:
    """All that match, on all pages."""
    asked = _asked(request)
    return _listed(request, list(asked.parts[asked.gone].order_by("code")))


def narrowed_in_words(request: Request) -> list[str]:
    """What the list is narrowed to."""
    asked = _asked(request)
    return [
        *([_("名称或代码含“%(text)s”") % {"text": asked.query}] if asked.query else []),
        *([_("已撤销")] if asked.gone else []),
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for: the dissolved ones or the others, and the rows of either part."""

    query: str
    gone: bool
    parts: dict[bool, QuerySet[Organization]]


def _asked(request: Request) -> _Asked:
    query = request.GET.get("q", "").strip()
    rows = request.access.organizations()
    if query:
        rows = rows.filter(Q(name__icontains=query) | Q(code__istartswith=query))
    dissolved = Q(dissolved_on__isnull=False) & Q(dissolved_on__lt=request.access.day)
    parts = {True: rows.filter(dissolved), False: rows.exclude(dissolved)}
    return _Asked(query, request.GET.get("show") == "dissolved", parts)


def _listed(request: Request, rows: list[Organization]) -> list[Listed]:
    above = _superiors(request, [row.code for row in rows])
    return [
        Listed(
            row.code,
            row.name,
            code_word("organization", "kind", row.kind),
            above.get(row.code, ""),
            row.dissolved_on is not None and row.dissolved_on < request.access.day,
            address("organization:standing", row.code),
            address(page_of(row), row.code),
        )
        for row in rows
    ]


def _superiors(request: Request, codes: list[str]) -> dict[str, str]:
    """The nearest superior of each of some organizations: the one with most above itself."""
    rows = paths(request.access.day).filter(descendant__code__in=codes)
    pairs = [(d, a) for d, a in rows.values_list("descendant__code", "ancestor__code") if a != d]
    depth = _depths(request, {above for _below, above in pairs})
    nearest: dict[str, str] = {}
    for code, above in pairs:
        if code not in nearest or depth[above] > depth[nearest[code]]:
            nearest[code] = above
    names = request.access.organizations().filter(code__in=set(nearest.values()))
    known = dict(names.values_list("code", "name"))
    return {code: known.get(above, "") for code, above in nearest.items()}


def _depths(request: Request, codes: set[str]) -> dict[str, int]:
    depth = dict.fromkeys(codes, 0)
    rows = paths(request.access.day).filter(descendant__code__in=codes)
    for code in rows.values_list("descendant__code", flat=True):
        depth[code] += 1
    return depth


def _chips(query: str, gone: bool, counts: dict[bool, int]) -> tuple[Chip, ...]:
    asked = {"q": query} if query else {}
    standing, dissolved = urlencode(asked), urlencode({**asked, "show": "dissolved"})
    return (
        Chip(_("现有"), f"?{standing}", counts[False], not gone),
        Chip(_("已撤销"), f"?{dissolved}", counts[True], gone),
    )


def _title(count: int, query: str) -> str:
    if query:
        text = ngettext(
            "找到 %(n)s 个党组织，名称或代码含“%(query)s”",
            "找到 %(n)s 个党组织，名称或代码含“%(query)s”",
            count,
        )
        return text % {"n": f"{count:,}", "query": query}
    text = ngettext("您可以看 %(n)s 个党组织", "您可以看 %(n)s 个党组织", count)
    return text % {"n": f"{count:,}"}
