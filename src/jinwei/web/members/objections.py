"""Objections of members as those see them who answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jinwei.accounts.acts import Act
from jinwei.audit.actions import record
from jinwei.ledgers.export import Sheet, Typed
from jinwei.ledgers.models import FACT_MODELS
from jinwei.members.models import Objection
from jinwei.members.objections import NotNow, waiting
from jinwei.members.objections import answer as answer_objection
from jinwei.standings.figures import scope
from jinwei.web.downloads import FILES, list_file
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Action, Crumb, Head

from .contested import answers_of, hindrance, kept_at, state_of
from .forms import posted
from .points import record_address


class AnswerForm(forms.Form):
    """Whether the objection is right, and what is said to the member."""

    upheld = forms.ChoiceField(
        label=gettext_lazy("答复"),
        widget=forms.RadioSelect,
        choices=[
            ("1", gettext_lazy("异议成立，记录已改正")),
            ("0", gettext_lazy("维持原来的记录")),
        ],
        error_messages={"required": gettext_lazy("请选择成立还是维持。")},
    )
    text = forms.CharField(
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("本人会看到这段话和您的名字。"),
        widget=forms.Textarea({"rows": 4}),
        max_length=1000,
        error_messages={"required": gettext_lazy("请写明理由，本人要看。")},
    )


@dataclass(frozen=True, slots=True)
class Line:
    """An objection in the list; ``may``: whether this account may answer it."""

    objection: Objection
    name: str
    url: str
    word: str
    tone: str
    days_left: int | None


@needs(Act.RECORD)
def objections(request: Request, org: str) -> HttpResponse:
    """The objections of an organization and of those below: first those that wait."""
    day = request.access.day
    open_ones: list[Line] = []
    closed: list[Line] = []
    for one in _rows(request):
        word, tone = state_of(one, day)
        owed = waiting(one)
        url = reverse("members:objection", args=(org, one.pk))
        left = (one.due_on - day).days if owed else None
        line = Line(one, one.member.name or one.member.code, url, word, tone, left)
        (open_ones if owed else closed).append(line)
    n = len(open_ones)
    title = (
        ngettext("%(n)d 条异议等待答复", "%(n)d 条异议等待答复", n) % {"n": n}
        if n
        else _("没有等待答复的异议")
    )
    lead = _("收到后 10 天内答复，由没有参与登记的支委办理；本人不服可转上级。")
    context = {
        "head": Head(title, lead, _way(request)),
        "open": open_ones,
        "closed": closed[::-1],
        "exports": [
            Action(label, reverse("members:objections_export", args=(org, form)), "export")
            for form, label in (("xlsx", _("导出 Excel")), ("csv", _("导出 CSV")))
        ],
    }
    return render(request, "members/objections.html", context)


def _rows(request: Request) -> QuerySet[Objection]:
    """The objections that the account may see here, by the day they are owed an answer."""
    return (
        Objection.objects.filter(
            organization__code__in=scope(request.organization.code, request.access.day)
        )
        .filter(organization__in=request.access.organizations(Act.RECORD))
        .select_related("member", "organization")
        .prefetch_related("answers")
        .order_by("due_on", "pk")
    )


@needs(Act.RECORD)
def objections_export(request: Request, org: str, form: str) -> HttpResponse:
    """The same list as a file, with what was answered; that it was taken is recorded."""
    if form not in FILES:
        raise Http404(form)
    day, rows = request.access.day, list(_rows(request))
    title = _("%(name)s异议 %(day)s") % {"name": request.organization.name, "day": day}
    headings = (
        *(_("党员"), _("组织"), _("所指的记录"), _("异议")),
        *(_("提出"), _("答复期限"), _("状态"), _("答复")),
    )
    kinds = (*("text",) * 4, "date", "date", "text", "text")
    found = Sheet(title, headings, kinds, [_cells(one, day) for one in rows])
    after = {"form": form, "rows": len(rows)}
    record(
        by=request.access.actor, act="exported", table="objection", organization=org, after=after
    )
    return list_file(found, form)


def _cells(one: Objection, day: dt.date) -> tuple[Typed, ...]:
    return (
        one.member.name or one.member.code,
        one.organization.name,
        one.line,
        one.text,
        timezone.localtime(one.opened_at).date(),
        one.due_on,
        state_of(one, day)[0],
        "\n".join(answer.text for answer in answers_of(one)) or None,
    )


@needs(Act.RECORD)
def objection(request: Request, org: str, number: int) -> HttpResponse:
    """One objection: the line, what the member says, the answers, and the form to answer."""
    found = _objection(request, number)
    reason = hindrance(request.access, found)
    form = AnswerForm(posted(request))
    if request.method == "POST" and not reason and form.is_valid():
        said = form.cleaned_data
        try:
            answer_objection(
                found, said["text"], upheld=said["upheld"] == "1", by=request.access.actor
            )
        except NotNow:
            messages.error(request, _("没有保存：刚才有人已经答复了这条异议。"))
            return redirect("members:objection", org, number)
        messages.success(request, _("已答复，本人在“我的记录”里能看到。"))
        return redirect("members:objections", org)
    word, tone = state_of(found, request.access.day)
    name = found.member.name or found.member.code
    way = (*_way(request), Crumb(_("异议"), reverse("members:objections", args=(org,))))
    context = {
        "head": Head(_("%(name)s对“%(line)s”有异议") % {"name": name, "line": found.line}, "", way),
        "objection": found,
        "answers": answers_of(found),
        "word": word,
        "tone": tone,
        "form": form,
        "hindrance": reason,
        "record_url": _record_url(found),
        "member_url": reverse("members:member", args=(org, found.member_id)),
    }
    status = 422 if form.errors and not reason else 403 if request.method == "POST" else 200
    return render(request, "members/objection.html", context, status=status)


def _record_url(found: Objection) -> str:
    """Where the row can be put right; empty for lines that stand in no ledger."""
    table, row = kept_at(found)
    return record_address(found.organization_id, table, row) if table in FACT_MODELS else ""


def _objection(request: Request, number: int) -> Objection:
    """An objection to a record of the scope of the page that the account may correct."""
    rows = Objection.objects.select_related("member", "organization").prefetch_related("answers")
    found = rows.filter(
        pk=number,
        organization__code__in=scope(request.organization.code, request.access.day),
    ).first()
    if found is None or not request.access.may(Act.RECORD, found.organization_id):
        raise Http404(number)
    return found


def _way(request: Request) -> tuple[Crumb, ...]:
    org = request.organization
    return (
        Crumb(org.name),
        Crumb(_("党员"), reverse("members:roster", args=(org.code,))),
    )
