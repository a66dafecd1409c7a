"""My record: everything that is held, who has seen it, and seeing one's own numbers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jinwei.accounts.access import access_to_own_record
from jinwei.members.actions import record_unmasking
from jinwei.members.identity import KeyMissing
from jinwei.members.models import Member
from jinwei.web.guard import Request, signed_in
from jinwei.web.htmx import is_fragment
from jinwei.web.members.contested import Marks, marks_of
from jinwei.web.members.held import held, names_of, own_rows
from jinwei.web.members.person import GUARDED, columns_of, guarded_of, plain, role_of
from jinwei.web.members.points import Points, points_of
from jinwei.web.members.sections import figures, listed, lists_of, year_asked, year_chips
from jinwei.web.members.year import year_of, years_of
from jinwei.web.parts import Action, Head
from jinwei.web.phrases import headed

from .readings import readings, recently


@signed_in
def record(request: Request) -> HttpResponse:
    """Everything that is held about the member this account is; plain words for other accounts."""
    if request.access.member is None:
        return render(request, "record/nobody.html", {"head": _head_of_nobody()})
    found = own_member(request)
    return render(request, "record/record.html", _page(request, found))


@require_POST
@signed_in
def unmask(request: Request) -> HttpResponse:
    """Show one's own number once; that is recorded as well."""
    found = own_member(request)
    column = request.POST.get("column", "")
    shown, fault = "", ""
    if column in GUARDED:
        by = request.access.actor
        record_unmasking(found, column, by=by, role=role_of(request.access), reason="")
        try:
            shown = plain(found, column)
        except KeyMissing:
            fault = _("封存这个号码的密钥不在了，读不出来。")
    status = 200 if column in GUARDED else 422
    answer = {"column": column, "shown": shown, "fault": fault}
    if is_fragment(request) and column in GUARDED:
        one = next(g for g in guarded_of(found) if g.column == column)
        context = {"guarded": one, "answer": answer}
        return render(request, "record/_guarded.html", context, status=status)
    context = {**_page(request, found), "answer": answer}
    return render(request, "record/record.html", context, status=status)


def own_member(request: Request) -> Member:
    """The member this account is; Http404 for an account that is none."""
    return access_to_own_record(request.access)


def _page(request: Request, found: Member) -> dict[str, Any]:
    day, account = request.access.day, request.access.account.pk
    tables = held(found.code, own_rows)
    names = names_of(tables, own_rows)
    year = year_of(tables, year_asked(request), day)
    marks = own_marks(found, request)
    points = points_of(found.code, day, marks)
    return {
        "head": _head(found, recently(found.code, account, timezone.now())),
        "member": found,
        "branch": names.places.get(found.organization_id) or found.organization.name,
        "figures": figures(points, year, "#points"),
        "points": points,
        "todo": [_("交 %(n)d 月党费") % {"n": month.number} for month in year.behind],
        "chances": _chances(points),
        "year": year,
        "years": year_chips(years_of(tables, day), year.year),
        "meetings": [listed(row, names, marks) for row in year.meetings],
        "lists": lists_of(tables, year, names, marks),
        "columns": [(one, marks.get(("member", found.code), ())) for one in columns_of(found)],
        "guarded": guarded_of(found),
        "readings": readings(found.code, account),
        "objections": [mark for one in marks.values() for mark in one],
        "contest": reverse("record:contest"),
    }


def own_marks(found: Member, request: Request) -> Marks:
    return marks_of(
        found.code, request.access.day, lambda n: reverse("record:objection", args=(n,))
    )


def _head(found: Member, seen: int) -> Head:
    name = found.name or found.code
    said = (
        ngettext("近 30 天别人看过 %(n)d 次", "近 30 天别人看过 %(n)d 次", seen) % {"n": seen}
        if seen
        else _("近 30 天没有别人看过")
    )
    lead = format_html('<a href="#readings">{}</a>', said)
    actions = (
        Action(_("导出 Excel"), reverse("record:export", args=("xlsx",)), "export"),
        Action(_("导出 JSON"), reverse("record:export", args=("json",)), "export"),
        Action(_("更正信息"), reverse("record:contest")),
    )
    title = _("%(name)s，这是党组织保存的关于您的全部记录") % {"name": name}
    return Head(title, lead, (), actions)


def _head_of_nobody() -> Head:
    return Head(_("这个账号没有对应的党员，所以没有个人记录"))


def _chances(points: tuple[Points, ...]) -> list[str]:
    """What would still earn points; nobody has to."""
    return [
        headed(line.title, line.chances[0]) for one in points for line in one.lines if line.chances
    ]
