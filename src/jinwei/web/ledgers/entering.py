"""Entering rows: one, or one for each of several members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import Table
from jinwei.ledgers.changes import enter, enter_all
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization
from jinwei.standings.figures import scope
from jinwei.standings.told import telling
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Crumb, Head

from .forms import Desk, LedgerForm
from .items import Item, standards_of
from .judging import ExemptionForm, ItemForm, JudgementForm
from .meetings import MeetingForm
from .once import SentBefore, once, token_of
from .rights import WITH_FORM, act_to_write, is_wide, may_write, table_of
from .saved import Undo, next_or, say_saved
from .several import AppraisalForm, SeveralForm
from .words import table_name

_FORMS: Final[dict[str, type[LedgerForm]]] = {
    "meeting": MeetingForm,
    "training": SeveralForm,
    "service": SeveralForm,
    "appraisal": AppraisalForm,
}
_MOST_PLACES: Final = 1000


@needs(Act.RECORD, Act.JUDGE)
def new(request: Request, org: str, name: str) -> HttpResponse:
    """The form of a new row; sent without fault, it is entered and the figures are told."""
    table = writable(request, name)
    other = elsewhere(request, table)
    if other is not None:
        return other
    if name == "dues":
        month = request.GET.get("month", "")
        query = f"?month={month}" if month else ""
        return redirect(reverse("ledgers:month", args=(org,)) + query)
    desk = Desk(request.access, request.organization, table)
    item = None
    if name in ("judgement", "exemption"):
        found = _item(request, desk)
        if isinstance(found, HttpResponse):
            return found
        item = found
    data = request.POST if request.method == "POST" else None
    form = _form(desk, data, item, request.GET.dict())
    if data is None:
        return _page(request, desk, form, item)
    if not form.is_sure:
        return _page(request, desk, form, item, status=422)
    try:
        _save(request, form)
    except SentBefore:
        messages.info(request, _("这一份已经保存过，没有再登记一次。"))
    if request.POST.get("again"):
        return redirect(request.get_full_path())
    return redirect(next_or(request, reverse("ledgers:table", args=(org, name))))


def writable(request: Request, name: str) -> Table:
    """The table of the route, if it is written here and the account may.

    Raises Http404 for one without a form, PermissionDenied where it may not.
    """
    table = table_of(request, name)
    if name not in WITH_FORM:
        raise Http404(name)
    if not may_write(request, name):
        raise PermissionDenied(act_to_write(name))
    return table


def _form(desk: Desk, data: Any, item: Item | None, asked: dict[str, str]) -> LedgerForm:
    name = desk.table.name
    if item is not None:
        kind = JudgementForm if name == "judgement" else ExemptionForm
        return kind(desk, data, item=item)
    return _FORMS.get(name, LedgerForm)(desk, data, initial=asked)


def _save(request: Request, form: LedgerForm) -> None:
    """Enter what the form says, once; say what it did to the figures."""
    rows = _rows(form)
    by = request.access.actor
    with telling() as told, once(request):
        if isinstance(form, MeetingForm):
            enter(rows[0], by=by, attendance=form.called.items())
        elif len(rows) == 1:
            enter(rows[0], by=by)
        else:
            enter_all(rows, by=by)
    n = len(rows)
    sentence = ngettext("已保存 %(n)d 条记录。", "已保存 %(n)d 条记录。", n) % {"n": n}
    say_saved(request, told, sentence, [Undo(row) for row in rows])


def _rows(form: LedgerForm) -> Sequence[FactModel]:
    if isinstance(form, SeveralForm | AppraisalForm | JudgementForm | ExemptionForm):
        return form.new_rows()
    return [form.new_row()]


# --- where --------------------------------------------------------------------------------------


def elsewhere(request: Request, table: Table) -> HttpResponse | None:
    """On to the form of another organization, where one was chosen."""
    chosen = request.GET.get("organization", "")
    if request.method != "GET" or not chosen or chosen == request.organization.code:
        return None
    request.access.organization(chosen, act_to_write(table.name))
    rest = request.GET.copy()
    rest.pop("organization")
    address = reverse("ledgers:new", args=(chosen, table.name))
    return redirect(f"{address}?{rest.urlencode()}" if rest else address)


def places_of(request: Request, table: Table) -> list[tuple[str, str]]:
    """The organizations below where the account may write as well."""
    if not is_wide(request):
        return []
    codes = scope(request.organization.code, request.access.day)
    rows = request.access.organizations(act_to_write(table.name)).filter(code__in=codes)
    rows = rows.filter(dissolved_on=None).order_by("code")
    return list(rows.values_list("code", "name")[:_MOST_PLACES])


# --- which indicator ----------------------------------------------------------------------------


def _item(request: Request, desk: Desk) -> Item | HttpResponse:
    """The indicator that was chosen, or the page to choose one."""
    items = list(_items(desk))
    chosen = {item.key: item for item in items}.get(request.GET.get("item", ""))
    if chosen is not None:
        return chosen
    form = ItemForm(items, request.GET if "item" in request.GET else None)
    context = {
        "head": _head(desk, _("先选哪一项指标")),
        "form": form,
        "any": bool(items),
        "desk": desk,
        "next": request.GET.get("next", ""),
    }
    return render(request, "ledgers/choose.html", context, status=422 if form.is_bound else 200)


def _items(desk: Desk) -> Sequence[Item]:
    standards = standards_of(desk.organization.code, desk.day)
    items = [Item(standard, i) for standard in standards for i in standard.indicators]
    if desk.table.name == "judgement":
        return [item for item in items if item.is_judged]
    return [*(Item(standard, None) for standard in standards), *items]


# --- page ---------------------------------------------------------------------------------------


def _page(
    request: Request, desk: Desk, form: LedgerForm, item: Item | None, status: int = 200
) -> HttpResponse:
    org, name = desk.organization.code, desk.table.name
    context = {
        "head": _head(desk, item.full if item is not None else _lead(desk.organization)),
        "form": form,
        "desk": desk,
        "kind": _kind(form),
        "places": places_of(request, desk.table),
        "once": token_of(request),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "back": next_or(request, reverse("ledgers:table", args=(org, name))),
    }
    return render(request, "ledgers/new.html", context, status=status)


def _kind(form: LedgerForm) -> str:
    """Which part the form has beside its fields."""
    if isinstance(form, MeetingForm):
        return "meeting"
    return "appraisal" if isinstance(form, AppraisalForm) else ""


def _lead(organization: Organization) -> str:
    return _("登记到：%(name)s") % {"name": organization.name}


def _head(desk: Desk, lead: str) -> Head:
    org, table = desk.organization.code, desk.table
    crumbs = (
        Crumb(_("台账"), reverse("ledgers:tables", args=(org,))),
        Crumb(table_name(table), reverse("ledgers:table", args=(org, table.name))),
        Crumb(_("登记")),
    )
    return Head(_("登记%(name)s") % {"name": table_name(table)}, lead, crumbs)
