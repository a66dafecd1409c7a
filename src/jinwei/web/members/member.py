"""The page of one member, and showing what is guarded on it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinwei.accounts.acts import Act, RoleName
from jinwei.accounts.models import Account
from jinwei.members.actions import record_reading, record_unmasking
from jinwei.members.identity import KeyMissing
from jinwei.members.models import Member
from jinwei.members.rules import probation_ends
from jinwei.web.guard import Request, needs
from jinwei.web.htmx import is_fragment
from jinwei.web.organization.page import crumbs
from jinwei.web.parts import Action, Crumb, Head
from jinwei.web.templatetags.jinwei import points as points_text

from .contested import marks_of
from .forms import ReasonForm
from .held import held, names_of
from .person import (
    columns_of,
    guarded_of,
    member_of,
    months_said,
    plain,
    role_of,
    status_said,
)
from .points import Points, points_of
from .sections import figures, listed, lists_of, year_asked, year_chips
from .year import Year, year_of, years_of


@needs(Act.MEMBERS)
def member(request: Request, org: str, code: str) -> HttpResponse:
    """One member: points line by line, the year, what else is held. The reading is recorded."""
    found = member_of(request, code)
    if request.access.member != found.code:
        record_reading(found, by=request.access.actor, role=role_of(request.access))
    return render(request, "members/member.html", _page(request, found))


@require_POST
@needs(Act.GUARDED)
def unmask(request: Request, org: str, code: str) -> HttpResponse:
    """Show a guarded column once; who saw it and why is recorded first."""
    found = member_of(request, code)
    if not request.access.may(Act.GUARDED, found.organization_id):
        raise PermissionDenied(Act.GUARDED)
    form = ReasonForm(request.POST)
    shown, fault = "", ""
    if form.is_valid():
        column = form.cleaned_data["column"]
        reason = form.cleaned_data["reason"]
        by, role = request.access.actor, role_of(request.access)
        record_unmasking(found, column, by=by, role=role, reason=reason)
        try:
            shown = plain(found, column)
        except KeyMissing:
            fault = _("封存这个号码的密钥不在了，读不出来。")
    else:
        column = request.POST.get("column", "")
        fault = " ".join(str(message) for messages in form.errors.values() for message in messages)
    status = 422 if form.errors else 200
    answer = {"column": column, "shown": shown, "fault": fault}
    if is_fragment(request):
        one = next((g for g in guarded_of(found) if g.column == column), None)
        context = {"member": found, "guarded": one, "answer": answer, "may_see": True}
        return render(request, "members/_guarded.html", context, status=status)
    context = {**_page(request, found), "answer": answer}
    return render(request, "members/member.html", context, status=status)


def _page(request: Request, found: Member) -> dict[str, Any]:
    access = request.access
    tables = held(found.code, access.rows)
    names = names_of(tables, access.rows)
    year = year_of(tables, year_asked(request), access.day)
    org = request.organization.code
    marks = marks_of(found.code, access.day, lambda n: reverse("members:objection", args=(org, n)))
    points = points_of(found.code, access.day, marks, links=org)
    record = access.may(Act.RECORD, found.organization_id)
    return {
        "head": _head(request, found, points, year, record),
        "member": found,
        "branch": found.organization,
        "figures": figures(points, year, "#points"),
        "points": points,
        "year": year,
        "years": year_chips(years_of(tables, access.day), year.year),
        "meetings": [listed(row, names, marks) for row in year.meetings],
        "lists": lists_of(tables, year, names, marks),
        "columns": columns_of(found),
        "guarded": guarded_of(found),
        "may_see": access.may(Act.GUARDED, found.organization_id),
        "may_record": record,
        "accounts": _accounts(request, found),
        "marks": marks,
    }


def _head(
    request: Request, found: Member, points: tuple[Points, ...], year: Year, record: bool
) -> Head:
    org = request.organization
    said = [f"{found.name or found.code}", status_said(found)]
    if points and points[0].score is not None:
        said.append(_("积分 %(points)s") % {"points": points_text(points[0].score)})
    if year.behind:
        months = months_said([month.number for month in year.behind])
        said.append(_("%(months)s党费未交齐") % {"months": months})
    ends = probation_ends(found)
    lead = found.organization.name
    if ends is not None:
        lead += _(" · 预备期到 %(day)s 满一年") % {"day": ends}
    way = (
        *crumbs(request.access, org.code),
        Crumb(org.name),
        Crumb(_("党员"), reverse("members:roster", args=(org.code,))),
    )
    return Head(_("，").join(said), lead, way, _actions(request, found) if record else ())


def _actions(request: Request, found: Member) -> list[Action]:
    args = (request.organization.code, found.code)
    made = []
    if found.status == "probationary":
        url = reverse("members:change", args=(*args, "full"))
        made.append(Action(_("登记转正"), url, "tick", main=True))
    made.append(Action(_("更正信息"), reverse("members:correct", args=args)))
    if found.status != "left":
        made.append(Action(_("转接组织关系"), reverse("members:transfer", args=args)))
    return made


def _accounts(request: Request, found: Member) -> list[str]:
    """The account of a member, for whoever gives accounts: its name and its roles."""
    if not request.access.may(Act.ACCOUNTS, found.organization_id):
        return []
    rows = Account.objects.filter(member=found.code).prefetch_related("roles")
    made = []
    for account in rows:
        roles = _("、").join(str(RoleName(role.role).label) for role in account.roles.all())
        made.append(" · ".join(filter(None, (account.name, roles))))
    return made
