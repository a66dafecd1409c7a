"""The roster, and its export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import MEMBER_CATEGORIES, TABLES, Column
from jinwei.ledgers.export import Sheet
from jinwei.members.actions import record_export
from jinwei.members.identity import KeyMissing, unseal
from jinwei.members.models import Member
from jinwei.standings.models import Adoption
from jinwei.web.downloads import FILES, list_file
from jinwei.web.guard import Request, needs
from jinwei.web.htmx import is_fragment, render_page_or_fragment
from jinwei.web.ledgers.words import heading, value_word
from jinwei.web.organization.page import code_word, crumbs, tabs
from jinwei.web.parts import Action, Chip, Crumb, Head
from jinwei.web.sheets.books import printed
from jinwei.web.templatetags.jinwei import points as points_text

from .asked import LISTS, Asked, in_part, narrowed, ordered, read_asked, tally
from .person import role_of
from .roster import (
    adoptions_of_members,
    branches_of,
    lead,
    lines,
    of_keys,
    points_of,
    posts_of,
    rows_of,
    title,
)

PAGE: Final = 50
_ALWAYS: Final = ("here", "all")


@needs(Act.MEMBERS)
def roster(request: Request, org: str) -> HttpResponse:
    """The members of an organization and of those below, narrowed, sorted, by pages of fifty."""
    day = request.access.day
    asked = read_asked(request.GET)
    rows = narrowed(rows_of(request), asked)
    counts = tally(rows, day)
    branches = branches_of(request)
    scored = adoptions_of_members(day)
    listed = _listed(rows, asked, scored, day)
    pages = Paginator(listed, PAGE)
    pages.count = counts[asked.part]
    page = pages.get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "narrowed": asked.said(branches),
        "branches": branches if len(branches) > 1 else {},
        "categories": [(c, code_word("member", "category", c)) for c in MEMBER_CATEGORIES],
        "chips": _chips(request, asked, counts),
        "lines": lines(request, page.object_list, branches, scored),
        "page": page,
        "with_points": bool(scored),
        "any": not asked.usual or bool(counts["all"]),
        "may_record": request.access.may(Act.RECORD, org),
        "exports": _exports(request),
        "printed": printed(request, "member"),
        "may_see_guarded": request.access.may(Act.GUARDED, org),
    }
    if not is_fragment(request):
        whole = counts if asked.usual else tally(rows_of(request), day)
        context |= {"head": _head(request, whole), "tabs": tabs(request, "roster")}
    return render_page_or_fragment(
        request, "members/roster.html", "members/_roster_results.html", context
    )


def _listed(
    rows: QuerySet[Member], asked: Asked, scored: list[Adoption], day: dt.date
) -> Sequence[int]:
    """The keys of the rows of the part that was asked for, sorted."""
    part = rows.filter(in_part(asked.part, day))
    return ordered(part, asked.sort, lambda: points_of(None, scored, day))


def _head(request: Request, counts: dict[str, int]) -> Head:
    org = request.organization
    actions = []
    if request.access.may(Act.RECORD, org.code):
        new = reverse("members:new", args=(org.code,))
        into = reverse("imports:batches", args=(org.code,))
        actions.append(Action(_("导入表格"), into, "import"))
        actions.append(Action(_("登记党员"), new, "plus", main=True))
        answers = reverse("members:objections", args=(org.code,))
        actions.append(Action(_("看异议"), answers, "talk"))
    numbers = reverse("members:statistics", args=(org.code,))
    actions.append(Action(_("看结构"), numbers, "overview"))
    way = (*crumbs(request.access, org.code), Crumb(org.name))
    return Head(title(org, counts), lead(counts), way, actions)


def _chips(request: Request, asked: Asked, counts: dict[str, int]) -> list[Chip]:
    found = []
    for part, label in LISTS.items():
        if counts[part] or part in _ALWAYS or part == asked.part:
            query = request.GET.copy()
            query.pop("page", None)
            query["list"] = part
            url = f"?{query.urlencode()}"
            found.append(Chip(str(label), url, counts[part], part == asked.part))
    return found


# --- export -------------------------------------------------------------------------------------


def _exports(request: Request) -> list[tuple[str, str]]:
    query = request.GET.copy()
    query.pop("page", None)
    said = f"?{query.urlencode()}" if query else ""
    labels = {"xlsx": _("导出 Excel"), "csv": _("导出 CSV")}
    org = request.organization.code
    return [
        (label, reverse("members:export", args=(org, form)) + said)
        for form, label in labels.items()
    ]


@needs(Act.MEMBERS)
@transaction.atomic
def export(request: Request, org: str, form: str) -> HttpResponse:
    """What the roster shows, on all its pages, as a file; each member is told who took it.

    Posted with a reason, identity and telephone numbers are in it, for whoever may see them.
    """
    if form not in FILES:
        raise Http404(form)
    day = request.access.day
    guarded = request.method == "POST"
    reason = request.POST.get("reason", "").strip()
    if guarded and not request.access.may(Act.GUARDED, org):
        raise PermissionDenied(Act.GUARDED)
    if guarded and not reason:
        messages.error(request, _("没有导出：请写一句为什么要导出号码。"))
        return redirect(f"{reverse('members:roster', args=(org,))}?{request.GET.urlencode()}")
    asked = read_asked(request.GET)
    scored = adoptions_of_members(day)
    members = of_keys(_listed(narrowed(rows_of(request), asked), asked, scored, day))
    columns = [c for c in TABLES["member"].stored if guarded or not c.guarded]
    name = _("%(name)s党员名册 %(day)s") % {"name": request.organization.name, "day": day}
    sheet = _sheet(request, name, members, columns, scored)
    response = list_file(sheet, form)
    record_export(
        [member.code for member in members],
        by=request.access.actor,
        role=role_of(request.access),
        organization=org,
        columns=[column.name for column in columns],
        reason=reason,
    )
    return response


def _sheet(
    request: Request,
    name: str,
    members: list[Member],
    columns: list[Column],
    scored: list[Adoption],
) -> Sheet:
    posts = posts_of(request, None)
    points = points_of(None, scored, request.access.day)
    branches = branches_of(request)
    headings = [heading(TABLES["member"], column) for column in columns]
    kinds = [column.kind for column in columns]

    def rows() -> Iterator[tuple[Any, ...]]:
        for member in members:
            cells = [_cell(member, column, branches) for column in columns]
            yield (*cells, posts.get(member.code), points_text(points.get(member.code)))

    return Sheet(name, (*headings, _("职务"), _("积分")), (*kinds, "text", "text"), rows())


def _cell(member: Member, column: Column, branches: dict[str, str]) -> str | dt.date | None:
    if column.name == "organization":
        return branches.get(member.organization_id, member.organization_id)
    if column.name == "id_number":
        return _number(member)
    value = getattr(member, column.name)
    if value is None or isinstance(value, dt.date):
        found: dt.date | None = value
        return found
    return value_word(TABLES["member"], column, value)


def _number(member: Member) -> str | None:
    if member.id_number_sealed is None:
        return None
    try:
        return unseal(member.id_number_sealed)
    except KeyMissing:
        return _("密钥不在，读不出来")
