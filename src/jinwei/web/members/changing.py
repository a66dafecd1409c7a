"""What happens to one member: a change of status, the mark of a mobile one, a transfer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jinwei.accounts.acts import Act
from jinwei.ledgers.changes import Edited, Withdrawn
from jinwei.ledgers.member_changes import REGISTERING, leave, set_mobile, suspend, turn_full
from jinwei.ledgers.member_changes import transfer as transfer_member
from jinwei.members.models import Member
from jinwei.organizations.models import Organization
from jinwei.standings.told import telling
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Head

from .forms import OnForm, TransferForm, posted
from .saving import address_of, attempt, saved, to_write, way_to


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of status: its question, what follows, its button, and how it is written."""

    title: str | Promise
    effect: str | Promise
    button: str | Promise
    grave: bool
    write: Callable[..., Member]


CHANGES: Final = {
    "full": _Change(
        gettext_lazy("%(name)s从哪天起转为正式党员？"),
        gettext_lazy(
            "填支部党员大会通过、上级批准后起算的日期。积分从这一天起按正式党员的标准计。"
        ),
        gettext_lazy("登记转正"),
        False,
        turn_full,
    ),
    "suspended": _Change(
        gettext_lazy("%(name)s从哪天起停止党籍？"),
        gettext_lazy("从这一天起不计入党员数和积分；名册、会议、党费等记录都保留。"),
        gettext_lazy("登记停止党籍"),
        True,
        suspend,
    ),
    "left": _Change(
        gettext_lazy("%(name)s哪天离开？"),
        gettext_lazy(
            "转到本系统以外、退党或去世，都登记为离开。"
            "这一天以后不再计入党员数和积分；已有的记录都保留。"
        ),
        gettext_lazy("登记离开"),
        True,
        leave,
    ),
}


@needs(Act.RECORD)
def change(request: Request, org: str, code: str, what: str) -> HttpResponse:
    """The day of a change of status."""
    if what not in CHANGES:
        raise Http404(what)
    found, asked = to_write(request, code), CHANGES[what]
    initial = {"on": request.access.day, "version": found.version}
    form = OnForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = attempt(request, form, lambda: _dated(asked.write, found, form, request))
        if told is not None:
            return saved(request, found, _("已保存。"), told)
    said = {"name": found.name or found.code}
    head = Head(str(asked.title) % said, str(asked.effect), way_to(request, found))
    context = {
        "head": head,
        "form": form,
        "save": asked.button,
        "grave": asked.grave,
        "back": address_of(request, found),
    }
    return render(request, "members/change.html", context, status=422 if form.errors else 200)


def _dated(write: Callable[..., Member], found: Member, form: OnForm, request: Request) -> None:
    said = form.cleaned_data
    write(
        found,
        said["on"],
        by=request.access.actor,
        version=said["version"],
        reason=said["reason"],
    )


@require_POST
@needs(Act.RECORD)
def mobile(request: Request, org: str, code: str) -> HttpResponse:
    """Mark a mobile member, or take the mark away."""
    found = to_write(request, code)
    marked = request.POST.get("mobile") == "1"
    version = request.POST.get("version", "")
    try:
        with telling() as told:
            set_mobile(
                found,
                marked,
                by=request.access.actor,
                version=int(version) if version.isdecimal() else 0,
            )
    except (Edited, Withdrawn):
        messages.error(request, _("没有保存：刚才有人改了这一条。下面是现在的样子。"))
        return redirect(address_of(request, found))
    text = _("已标为流动党员。") if marked else _("已取消流动党员标记。")
    return saved(request, found, text, told)


# --- transfer -----------------------------------------------------------------------------------


@needs(Act.RECORD)
def transfer(request: Request, org: str, code: str) -> HttpResponse:
    """Register a member in another branch from a day on."""
    found = to_write(request, code)
    branches = _targets(request, found)
    initial = {"on": request.access.day, "version": found.version}
    form = TransferForm(posted(request), branches=branches, initial=initial)
    if request.method == "POST" and form.is_valid():
        to, on = form.cleaned_data["to"], form.cleaned_data["on"]
        told = attempt(request, form, lambda: _transfer(found, form, request))
        if told is not None:
            text = _("%(name)s自 %(day)s 起编入%(to)s。")
            said = {"name": found.name, "day": on, "to": to.name}
            return saved(request, found, text % said, told)
    head = Head(
        _("%(name)s的组织关系转到哪里？") % {"name": found.name or found.code},
        _("现在在%(name)s。此前的会议、党费和积分仍留在原支部的台账里。")
        % {"name": found.organization.name},
        way_to(request, found),
    )
    context = {
        "head": head,
        "form": form,
        "branches": branches,
        "save": _("转接组织关系"),
        "back": address_of(request, found),
    }
    return render(request, "members/transfer.html", context, status=422 if form.errors else 200)


def _targets(request: Request, found: Member) -> QuerySet[Organization]:
    """The branches that somebody may record for, and that still exist."""
    rows = request.access.organizations(Act.RECORD).filter(kind__in=REGISTERING)
    return (
        rows.exclude(code=found.organization_id)
        .exclude(dissolved_on__lt=request.access.day)
        .order_by("pk")
    )


def _transfer(found: Member, form: TransferForm, request: Request) -> None:
    said = form.cleaned_data
    transfer_member(
        found,
        said["to"],
        said["on"],
        by=request.access.actor,
        version=said["version"],
        reason=said["reason"],
    )
