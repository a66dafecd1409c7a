"""Correcting a record; where somebody saved it meanwhile, both texts stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.audit.models import Entry
from jinwei.ledgers.changes import Edited, Withdrawn, correct
from jinwei.ledgers.models import Meeting
from jinwei.organizations.facts import FactModel
from jinwei.standings.told import telling
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Head

from .forms import OTHER, Desk, LedgerForm
from .items import Item, standards_of
from .judging import ExemptionForm, JudgementForm
from .listing import record_url
from .meetings import MeetingForm
from .rows import Record, crumbs, to_change
from .saved import Undo, before_of, next_or, say_saved
from .sides import BOTH, STORED, said_before, side_of
from .words import heading, value_word

ATTENDANCE: Final = "attendance"
_CHOICE: Final = "choose-"


@dataclass(frozen=True, slots=True)
class Differing:
    """A column that the two texts say differently; ``name`` is that of the choice.

    ``side``: whose text alone was changed, which is proposed; empty where both were.
    """

    column: str
    label: str
    mine: str
    stored: str
    side: str

    @property
    def name(self) -> str:
        return f"{_CHOICE}{self.column}"


@needs(Act.RECORD, Act.JUDGE)
def correct_record(request: Request, org: str, name: str, row_id: str) -> HttpResponse:
    """The form of a stored row; sent without fault, its new text is saved."""
    found = to_change(request, name, row_id)
    if found.row.withdrawn_at is not None:
        messages.info(request, _("这条记录已经撤回，恢复以后才能更正。"))
        return redirect(record_url(org, name, row_id))
    if request.method != "POST":
        return _page(request, found, form_of(request, found.row, found))
    data = _chosen(request.POST, form_of(request, found.row, found))
    form = form_of(request, found.row, found, data)
    if not form.is_sure:
        return _page(request, found, form, status=422)
    before, came = before_of(found.row), _came(found.row)
    mine = form.fill(copy(found.row))
    try:
        with telling() as told:
            _correct(request, form, mine, data)
    except Edited as edited:
        return _conflict(request, found, form, mine, edited.stored)
    except Withdrawn:
        messages.warning(request, _("没有保存：这条记录刚被撤回。恢复以后才能更正。"))
        return redirect(record_url(org, name, row_id))
    say_saved(request, told, _("已保存更正。"), [Undo(mine, before, came)])
    return redirect(next_or(request, record_url(org, name, row_id)))


def form_of(
    request: Request, row: FactModel, found: Record, data: Mapping[str, Any] | None = None
) -> LedgerForm:
    """The form of a stored row, in the organization it belongs to."""
    organization = request.access.organization(found.organization)
    desk = Desk(request.access, organization, found.table, row)
    if found.table.name in ("judgement", "exemption"):
        kind = JudgementForm if found.table.name == "judgement" else ExemptionForm
        return kind(desk, data, item=_item(desk, row))
    return (MeetingForm if found.table.name == "meeting" else LedgerForm)(desk, data)


def _item(desk: Desk, row: Any) -> Item:
    """The indicator a verdict names; with the whole standard where it no longer has it."""
    standards = standards_of(desk.organization.code, desk.day)
    standard = next((s for s in standards if s.id == row.standard), standards[0])
    return Item(standard, next((i for i in standard.indicators if i.id == row.indicator), None))


def _correct(request: Request, form: LedgerForm, row: FactModel, data: QueryDict) -> None:
    sent = data.get("version", "")
    correct(
        row,
        by=request.access.actor,
        version=int(sent) if sent.isdecimal() else 0,
        reason=data.get("reason", "").strip(),
        attendance=form.called.items() if isinstance(form, MeetingForm) else None,
    )


def _came(row: FactModel) -> tuple[tuple[str, str], ...] | None:
    if not isinstance(row, Meeting):
        return None
    rows = row.attendance.filter(withdrawn_at=None).order_by("pk")
    return tuple(rows.values_list("member__code", "status"))


# --- two texts ----------------------------------------------------------------------------------


def _chosen(sent: QueryDict, stored: LedgerForm) -> QueryDict:
    """What was sent, with the stored text wherever that was chosen."""
    data = sent.copy()
    for key, choice in sent.items():
        if not key.startswith(_CHOICE) or choice != STORED:
            continue
        column = key.removeprefix(_CHOICE)
        if column == ATTENDANCE and isinstance(stored, MeetingForm):
            data |= {seat.field: seat.status for seat in stored.seats}
            data["roll"] = "on" if stored["roll"].initial else ""
            for name in ("expected", "attended"):
                data[name] = str(stored[name].value() or "")
        for name in (column, f"{column}{OTHER}"):
            if name in stored.fields:
                value = stored[name].value()
                data[name] = "" if value is None else str(value)
    return data


def _conflict(
    request: Request, found: Record, form: LedgerForm, mine: FactModel, stored: FactModel
) -> HttpResponse:
    newest = Entry.objects.filter(table=found.table.name, row=stored.row_id).order_by("-pk").first()
    sent = request.POST.get("version", "")
    before = said_before(stored, int(sent) if sent.isdecimal() else 0)
    theirs = form_of(request, stored, found)
    differing = list(_differing(found, form, mine, stored, theirs, before))
    context = {
        "head": Head(
            _("没有保存：有人刚改过这条记录"),
            _(
                "两份都在下面，没有丢失任何内容。只有一方改过的已经选好；"
                "两边都改过的，请您选一份，再保存一次。"
            ),
            crumbs(request.organization.code, found, _("更正")),
        ),
        "differing": differing,
        "who": newest.account_name if newest is not None else "",
        "at": newest.at if newest is not None else None,
        "kept": [
            (name, text)
            for name, texts in request.POST.lists()
            for text in texts
            if name not in ("csrfmiddlewaretoken", "version") and not name.startswith(_CHOICE)
        ],
        "version": stored.version,
        "back": record_url(request.organization.code, found.table.name, stored.row_id),
    }
    return render(request, "ledgers/conflict.html", context, status=409)


def _differing(
    found: Record,
    form: LedgerForm,
    mine: FactModel,
    stored: FactModel,
    theirs: LedgerForm,
    before: Mapping[str, Any] | None,
) -> Iterator[Differing]:
    names = dict(form.desk.people)

    def word(column: Any, value: Any) -> str:
        if value is None or value == "":
            return _("空")
        return names.get(value, value_word(found.table, column, value))

    for name in form.columns:
        column = found.table.column(name)
        assert column is not None
        attname = stored._meta.get_field(name).attname  # type: ignore[union-attr]
        one, other = getattr(mine, attname), getattr(stored, attname)
        if one != other and name not in ("expected", "attended"):
            label = heading(found.table, column)
            side = side_of(before, name, one)
            yield Differing(name, label, word(column, one), word(column, other), side)
    if isinstance(form, MeetingForm) and isinstance(theirs, MeetingForm):
        ours, others = form.called, theirs.stored
        numbers = any(
            getattr(mine, name) != getattr(stored, name) for name in ("expected", "attended")
        )
        if numbers or ours != others:
            # Who came is not in the trail: nobody can tell who changed it.
            label, told = _("到会情况"), _told(mine, ours)
            yield Differing(ATTENDANCE, label, told, _told(stored, others), BOTH)


def _told(row: Any, came: Mapping[str, str]) -> str:
    said = {"expected": row.expected, "attended": row.attended}
    if came:
        return _("应到 %(expected)s 人，实到 %(attended)s 人") % said
    return _("应到 %(expected)s 人，实到 %(attended)s 人（没有点名）") % said


# --- page ---------------------------------------------------------------------------------------


def _page(request: Request, found: Record, form: LedgerForm, status: int = 200) -> HttpResponse:
    org = request.organization.code
    back = reverse("ledgers:record", args=(org, found.table.name, found.row.row_id))
    context = {
        "head": Head(
            _("更正“%(word)s”") % {"word": found.word}, crumbs=crumbs(org, found, _("更正"))
        ),
        "form": form,
        "kind": "meeting" if isinstance(form, MeetingForm) else "",
        "version": request.POST.get("version") or found.row.version,
        "reason": request.POST.get("reason", ""),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "back": next_or(request, back),
    }
    return render(request, "ledgers/correct.html", context, status=status)
