"""Objecting to a line of one's own record, and asking the superior."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jinwei.engine.catalogue import TABLES
from jinwei.members.models import Member, Objection
from jinwei.members.objections import (
    DAYS,
    Contested,
    NotNow,
    escalate,
    may_escalate,
    open_objection,
    waiting,
)
from jinwei.web.guard import Request, signed_in
from jinwei.web.ledgers.words import heading
from jinwei.web.members.contested import answers_of, state_of
from jinwei.web.members.forms import posted
from jinwei.web.parts import Crumb, Head
from jinwei.web.templatetags.jinwei import day as day_said

from .contest import MISSING, contested
from .views import own_member

_TO_CORRECT = ("id_number", "phone")


class WhatForm(forms.Form):
    """What is wrong, and how it should read."""

    text = forms.CharField(
        label=gettext_lazy("哪里不对，应当怎样"),
        help_text=gettext_lazy("一两句话就够，例如“4 月 17 日我到会了，签到表第 2 页有名字”。"),
        widget=forms.Textarea({"rows": 4}),
        max_length=1000,
        error_messages={"required": gettext_lazy("请写一句哪里不对。")},
    )


@signed_in
def contest(request: Request) -> HttpResponse:
    """Object to a line (``table``, ``row``, ``column``), after choosing one where none is named."""
    found = own_member(request)
    asked = request.POST if request.method == "POST" else request.GET
    table = asked.get("table", "")
    if not table:
        return render(request, "record/choose.html", _choices(request))
    line = contested(
        found, table, asked.get("row", ""), asked.get("column", ""), request.access.day
    )
    if line is None:
        raise Http404(table)
    same = _waiting(found, line)
    if same is not None:
        messages.info(request, _("这一条您已经提过异议，正在等答复。"))
        return redirect("record:objection", same.pk)
    form = WhatForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = open_objection(found, line, form.cleaned_data["text"], by=request.access.actor)
        text = _("已提出，支部须在 %(day)s前答复，由没有参与登记的支委办理。")
        messages.success(request, text % {"day": day_said(made.due_on)})
        return redirect("record:objection", made.pk)
    head = Head(_("对这一条有异议：%(line)s") % {"line": line.line}, _lead(), _way())
    context = {"head": head, "line": line, "form": form, "missing": line.table == MISSING}
    return render(request, "record/contest.html", context, status=422 if form.errors else 200)


def _waiting(found: Member, line: Contested) -> Objection | None:
    """An objection to the same line that waits; what is missing may be several things."""
    if line.table == MISSING:
        return None
    rows = Objection.objects.filter(
        member=found, table=line.table, row=line.row, column=line.column
    )
    return next((one for one in rows.prefetch_related("answers") if waiting(one)), None)


def _choices(request: Request) -> dict[str, object]:
    table = TABLES["member"]
    columns = [c for c in table.stored if c.name != "code" and not c.derived]
    base = reverse("record:contest")
    links = [(heading(table, c), f"{base}?table=member&column={c.name}") for c in columns]
    return {
        "head": Head(_("哪一项不对？"), _lead(), _way()),
        "links": links,
        "missing": f"{base}?table={MISSING}",
    }


def _lead() -> str:
    return _("由没有参与登记的支委办理，%(n)d 天内答复；您不同意，可以请上级答复。") % {"n": DAYS}


def _way() -> tuple[Crumb, ...]:
    return (Crumb(_("我的记录"), reverse("record:record")),)


@signed_in
def objection(request: Request, number: int) -> HttpResponse:
    """One objection of one's own, with the answers."""
    found = _own(request, number)
    day = request.access.day
    word, tone = state_of(found, day)
    context = {
        "head": Head(_("您对“%(line)s”的异议") % {"line": found.line}, "", _way()),
        "objection": found,
        "answers": answers_of(found),
        "waits_for_superior": found.escalated_at is not None and waiting(found),
        "word": word,
        "tone": tone,
        "may_escalate": may_escalate(found, day),
        "late": waiting(found) and found.due_on < day,
    }
    return render(request, "record/objection.html", context)


@require_POST
@signed_in
def to_superior(request: Request, number: int) -> HttpResponse:
    """Ask the superior to answer."""
    found = _own(request, number)
    try:
        escalate(found, request.access.day, by=request.access.actor)
    except NotNow:
        messages.error(request, _("现在还不能转上级：支部正在答复，或者已经转过。"))
        return redirect("record:objection", number)
    messages.success(request, _("已转上级，上级须在 10 天内答复。"))
    return redirect("record:objection", number)


def _own(request: Request, number: int) -> Objection:
    member = own_member(request)
    rows = Objection.objects.prefetch_related("answers").select_related("organization")
    found = rows.filter(pk=number, member=member.code).first()
    if found is None:
        raise Http404(number)
    return found
