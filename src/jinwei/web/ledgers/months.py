"""The page of the dues of one month."""

from __future__ import annotations

import calendar
import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.accounts.acts import Act
from jinwei.ledgers.changes import Edited, Withdrawn, change_all
from jinwei.ledgers.models import Dues
from jinwei.organizations.facts import FactModel
from jinwei.standings.told import telling
from jinwei.web.guard import Request, needs
from jinwei.web.home import BRANCHES
from jinwei.web.parts import Crumb, Head

from .dues import DuesSheet
from .entering import elsewhere, places_of, writable
from .forms import Desk
from .once import SentBefore, once, token_of
from .people import People, roster_of
from .saved import Undo, before_of, next_or, say_saved
from .words import table_name


class _MonthDesk(Desk):
    """A desk with the members registered at the end of a month, not of today."""

    day_of_roster: dt.date

    @cached_property
    def people(self) -> People:
        return roster_of(self.organization, self.day_of_roster)


@needs(Act.RECORD)
def month(request: Request, org: str) -> HttpResponse:
    """The sheet of a month; what was filled in anew or otherwise is saved at once."""
    table = writable(request, "dues")
    other = elsewhere(request, table)
    if other is not None:
        return other
    first = _month(request.GET.get("month", ""), request.access.day)
    desk = _MonthDesk(request.access, request.organization, table)
    object.__setattr__(desk, "day_of_roster", min(_end(first), request.access.day))
    name = f"{first:%Y-%m}"
    if request.method != "POST":
        return _page(request, desk, DuesSheet(desk, name), first)
    sheet = DuesSheet(desk, name, request.POST)
    if not sheet.is_valid():
        return _page(request, desk, sheet, first, status=422)
    return _save(request, desk, sheet, first)


def _save(request: Request, desk: Desk, sheet: DuesSheet, first: dt.date) -> HttpResponse:
    stored = {row.pk: before_of(row) for row in sheet.rows.values()}
    entered, corrected = sheet.changes()
    if not entered and not corrected:
        messages.info(request, _("没有改动，什么也没有保存。"))
        return redirect(request.get_full_path())
    try:
        with telling() as told, once(request):
            change_all(entered=entered, corrected=corrected, by=request.access.actor)
    except SentBefore:
        messages.info(request, _("这一份已经保存过，没有再登记一次。"))
    except (Edited, Withdrawn):
        messages.warning(
            request,
            _("没有保存：有人刚改过这个月的党费。旁边写着现在存着的数，核对后再保存一次。"),
        )
        fresh = DuesSheet(desk, sheet.month, request.POST)
        fresh.is_valid()
        return _page(request, desk, fresh, first, status=409)
    else:
        n = len(entered) + len(corrected)
        said = {"n": n, "month": sheet.month}
        text = ngettext(
            "已保存 %(month)s 的党费 %(n)d 条。", "已保存 %(month)s 的党费 %(n)d 条。", n
        )
        rows: list[FactModel] = [*entered, *corrected]
        undo = [Undo(row, stored.get(row.pk)) for row in rows]
        say_saved(request, told, text % said, undo)
    back = reverse("ledgers:month", args=(request.organization.code,)) + f"?month={sheet.month}"
    return redirect(next_or(request, back))


def _page(
    request: Request, desk: Desk, sheet: DuesSheet, first: dt.date, status: int = 200
) -> HttpResponse:
    org = request.organization.code
    crumbs = (
        Crumb(_("台账"), reverse("ledgers:tables", args=(org,))),
        Crumb(table_name("dues"), reverse("ledgers:table", args=(org, "dues"))),
        Crumb(sheet.month),
    )
    has_branches = desk.organization.kind not in BRANCHES
    before, after = first - dt.timedelta(days=1), _end(first) + dt.timedelta(days=1)
    context = {
        "head": Head(_title(sheet, first, has_branches), desk.organization.name, crumbs),
        "has_branches": has_branches,
        "sheet": sheet,
        "places": places_of(request, desk.table),
        "desk": desk,
        "before": f"{before:%Y-%m}",
        "after": f"{after:%Y-%m}",
        "once": token_of(request),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "ledgers/month.html", context, status=status)


def _title(sheet: DuesSheet, first: dt.date, has_branches: bool) -> str:
    said = {
        "year": first.year,
        "month": first.month,
        "all": len(sheet.people),
        "paid": sum(_is_paid(row) for row in sheet.rows.values()),
    }
    if not sheet.people and has_branches:
        return _("%(year)s 年 %(month)s 月的党费：请选一个支部") % said
    if not sheet.people:
        return _("%(year)s 年 %(month)s 月的党费：名册里还没有党员") % said
    if said["paid"] >= said["all"]:
        return _("%(year)s 年 %(month)s 月的党费：%(all)s 人都交齐了") % said
    return _("%(year)s 年 %(month)s 月的党费：%(all)s 人中 %(paid)s 人已交齐") % said


def _is_paid(row: Dues) -> bool:
    return (row.paid or 0) >= (row.due or 0)


def _month(text: str, day: dt.date) -> dt.date:
    """The first of the month asked for, or of this one."""
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return day.replace(day=1)


def _end(first: dt.date) -> dt.date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
