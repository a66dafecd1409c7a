"""Taking a record out, bringing it back, and taking back what was just saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jinwei.accounts.acts import Act
from jinwei.ledgers.changes import Edited, Withdrawn, restore, values_of, withdraw
from jinwei.standings.queue import preview
from jinwei.standings.told import telling
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Head

from .forms import Desk
from .listing import record_url
from .rows import Record, crumbs, to_change
from .rules import faults_of
from .saved import TooLate, Undo, came_from, effects, next_or, read_token, say_saved, take_back


@needs(Act.RECORD, Act.JUDGE)
def withdraw_record(request: Request, org: str, name: str, row_id: str) -> HttpResponse:
    """Asks for the reason and says what it will cost; then takes the row out."""
    found = to_change(request, name, row_id)
    here = record_url(org, name, row_id)
    if found.row.withdrawn_at is not None:
        messages.info(request, _("这条记录已经撤回。"))
        return redirect(here)
    if request.method != "POST":
        return _ask(request, found)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        return _ask(request, found, fault=_("请写一句为什么撤回，例如“重复登记”。"), status=422)
    try:
        with telling() as told:
            gone = withdraw(
                found.row, by=request.access.actor, version=_version(request), reason=reason
            )
    except Edited:
        fault = _("有人刚改过这条记录，还没有撤回。请看一遍现在的内容，仍要撤回就再按一次。")
        return _ask(request, to_change(request, name, row_id), fault=fault, status=409)
    except Withdrawn:
        messages.info(request, _("这条记录已经撤回。"))
        return redirect(here)
    sentence = _("已撤回“%(word)s”，不再计入。") % {"word": found.word}
    say_saved(request, told, sentence, [Undo(gone, restore=True)])
    return redirect(next_or(request, reverse("ledgers:table", args=(org, name))))


def _ask(request: Request, found: Record, *, fault: str = "", status: int = 200) -> HttpResponse:
    row, by = found.row, request.access.actor
    told = preview(lambda: withdraw(row, by=by, version=row.version, reason=""))
    org = request.organization.code
    title = _("撤回“%(word)s”？") % {"word": found.word}
    head = Head(title, crumbs=crumbs(org, found, _("撤回")))
    context: dict[str, Any] = {
        "head": head,
        "record": found,
        "cost": effects(told, found.organization),
        "fault": fault,
        "reason": request.POST.get("reason", ""),
        "version": row.version,
        "back": record_url(org, found.table.name, row.row_id),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "ledgers/withdraw.html", context, status=status)


@needs(Act.RECORD, Act.JUDGE)
@require_POST
def restore_record(request: Request, org: str, name: str, row_id: str) -> HttpResponse:
    """Brings a withdrawn row back, unless another one has taken its place."""
    found = to_change(request, name, row_id)
    if found.row.withdrawn_at is None:
        messages.info(request, _("这条记录没有撤回过。"))
        return redirect(record_url(org, name, row_id))
    fault = taken_place(request, found)
    if fault:
        messages.error(request, fault)
        return redirect(record_url(org, name, row_id))
    with telling() as told:
        restore(found.row, by=request.access.actor)
    say_saved(request, told, _("已恢复“%(word)s”，重新计入。") % {"word": found.word})
    return redirect(record_url(org, name, row_id))


def _version(request: Request) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else 0


def taken_place(request: Request, found: Record) -> str:
    """What stands in the way of bringing a row back: another one like it, or beside it."""
    organization = request.access.organization(found.organization)
    desk = Desk(request.access, organization, found.table, found.row)
    faults = faults_of(desk, values_of(found.row))
    return next((fault.message for fault in faults if not fault.column), "")


@needs(Act.RECORD, Act.JUDGE)
@require_POST
def undo(request: Request, org: str) -> HttpResponse:
    """Takes back what was saved within the last half hour: all of it or nothing."""
    back = came_from(request, reverse("ledgers:tables", args=(org,)))
    try:
        said = read_token(request)
        rows = [(to_change(request, one["table"], one["row"]).row, one) for one in said]
        with telling() as told:
            take_back(rows, request.access.actor)
    except TooLate:
        messages.warning(
            request, _("没有撤回：保存已超过 30 分钟。可以在台账里打开那条记录，写明原因后撤回。")
        )
    except (Edited, Withdrawn, Http404):
        messages.warning(request, _("没有撤回：保存以后又有改动。可以在台账里打开那条记录看一看。"))
    else:
        n = len(rows)
        sentence = ngettext("已撤回 %(n)d 条记录。", "已撤回 %(n)d 条记录。", n) % {"n": n}
        say_saved(request, told, sentence)
    return redirect(back)
