"""Templates of superiors: uploading one, saying where its columns come from, filling it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jinwei.accounts.acts import Act
from jinwei.audit.actions import record
from jinwei.engine.catalogue import TABLES
from jinwei.ledgers.attachments import NotTaken
from jinwei.ledgers.filled.filling import fill
from jinwei.ledgers.filled.looking import Look, kept_columns, look, proposed, ready, table_at
from jinwei.ledgers.filled.mapping import Mapping
from jinwei.ledgers.filled.opening import check, opened
from jinwei.ledgers.models import Template
from jinwei.ledgers.templates import keep_template, map_template, withdraw_template
from jinwei.members.actions import record_export
from jinwei.standings.reach import paths
from jinwei.web.downloads import WORKBOOK, download
from jinwei.web.guard import Request, needs
from jinwei.web.members.person import role_of
from jinwei.web.parts import Crumb, Head

from .books import year_asked
from .sources import FACTS, Rows, facts, headings, labels, rows

_CELLS: Final = 8
"""So many single cells can be named."""


class UploadForm(forms.Form):
    """A template and what it is called."""

    name = forms.CharField(
        label=gettext_lazy("表名"),
        help_text=gettext_lazy("例如“区委组织部党员信息采集表”。"),
        max_length=60,
        error_messages={"required": gettext_lazy("请写表名，以后按它找。")},
    )
    file = forms.FileField(
        label=gettext_lazy("空表（xlsx）"),
        help_text=gettext_lazy("上级发的表样，带表头和格式，不带数据。图片和图表不会保留。"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": gettext_lazy("请选一个 xlsx 文件。")},
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A column of the template on the page: its letter, its heading, what fills it."""

    letter: str
    text: str
    chosen: str


def templates_of(request: Request) -> QuerySet[Template]:
    """The templates of the organization of the page and of those above it."""
    code, day = request.organization.code, request.access.day
    above = paths(day).filter(descendant__code=code).values("ancestor__code")
    return Template.objects.filter(withdrawn_at=None, organization__code__in=above).order_by("pk")


@needs(Act.RECORD)
def upload(request: Request, org: str) -> HttpResponse:
    """Take a template, propose where its columns come from, and show that."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, name = form.cleaned_data["file"], form.cleaned_data["name"]
        try:
            check(file)
        except NotTaken as fault:
            form.add_error("file", str(fault))
        else:
            known = {source: headings(request, source) for source in labels(request)}
            sheet = opened(file, file.name or "").active
            source, mapping = proposed(look(sheet), sheet, known)
            file.seek(0)
            by = request.access.actor
            made = keep_template(file, name, org, source, mapping, by=by)
            messages.success(
                request, _("已收下“%(name)s”。请核对每一列从哪里来。") % {"name": name}
            )
            return redirect("sheets:template", org, made.uuid)
    context = {"head": Head(_("上传上级的表样"), crumbs=_way(request)), "form": form}
    status = 422 if form.errors else 200
    return render(request, "sheets/upload.html", context, status=status)


@needs(Act.RECORD)
def template(request: Request, org: str, template: uuid.UUID) -> HttpResponse:
    """The cells of a template and what fills them; posted, that is kept."""
    found = _owned(request, template)
    book = _open(found)
    sources = labels(request)
    mapping, source = Mapping.of(found.mapping), found.source
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("sheet") in book.sheetnames:
        mapping = replace(mapping, sheet=asked["sheet"])
    sheet = book[mapping.sheet]
    shown = look(sheet)
    source = asked["source"] if asked.get("source") in sources else source
    known = headings(request, source) if source in sources else ()
    first = asked.get("first", "")
    if first.isascii() and first.isdigit() and 2 <= int(first) <= sheet.max_row + 1:
        mapping = replace(table_at(shown, sheet, int(first), known), cells=mapping.cells)
    if request.method == "POST":
        mapping = _posted(request, mapping, sheet, known)
        map_template(found, source, mapping, by=request.access.actor)
        messages.success(request, _("已保存“%(name)s”的对应。") % {"name": found.name})
        return redirect("sheets:sheets", org)
    context = {
        "head": _head(request, found, mapping),
        "template": found,
        "shown": shown,
        "sheets": book.sheetnames,
        "sources": sources,
        "source": source,
        "mapping": mapping,
        "headings": known,
        "choices": _choices(shown, sheet, mapping),
        "cells": [*mapping.cells.items(), *[("", "")] * _CELLS][:_CELLS],
        "facts": FACTS,
    }
    return render(request, "sheets/template.html", context)


@needs(Act.SEE)
@transaction.atomic
def filled(request: Request, org: str, template: uuid.UUID) -> HttpResponse:
    """The template with the facts of the organization in it; that it was taken is recorded."""
    found = templates_of(request).filter(uuid=template).first()
    if found is None:
        raise Http404(template)
    if found.source not in labels(request):
        raise PermissionDenied(Act.MEMBERS)
    numbers, reason = request.method == "POST", request.POST.get("reason", "").strip()
    if numbers and not request.access.may(Act.GUARDED, org):
        raise PermissionDenied(Act.GUARDED)
    if numbers and not reason:
        messages.error(request, _("没有导出：请写一句为什么要导出号码。"))
        return redirect("sheets:sheets", org)
    year = year_asked(request)
    made = rows(request, found.source, year, numbers=numbers)
    mapping = Mapping.of(found.mapping)
    content = fill(
        _open(found), mapping, made.headings, made.rows, facts(request, year, len(made.rows))
    )
    _record(request, found, made, numbers, reason)
    name = _("%(organization)s%(title)s %(day)s") % {
        "organization": request.organization.name,
        "title": found.name,
        "day": request.access.day,
    }
    return download(content, f"{name}.xlsx", WORKBOOK)


@needs(Act.RECORD)
@require_POST
def withdraw(request: Request, org: str, template: uuid.UUID) -> HttpResponse:
    """Shows a template to nobody any more."""
    found = _owned(request, template)
    withdraw_template(found, by=request.access.actor)
    messages.success(request, _("已撤下“%(name)s”。") % {"name": found.name})
    return redirect("sheets:sheets", org)


def _owned(request: Request, template: uuid.UUID) -> Template:
    """A template of the organization of the page itself: those above are only filled."""
    found = templates_of(request).filter(uuid=template).first()
    if found is None or found.organization_id != request.organization.code:
        raise Http404(template)
    return found


def _open(found: Template) -> Any:
    try:
        with default_storage.open(found.path) as file:
            return opened(file, found.name)
    except (FileNotFoundError, NotTaken):
        raise Http404(found.path) from None


def _posted(request: Request, mapping: Mapping, sheet: Any, known: Sequence[str]) -> Mapping:
    """What was chosen: a heading for each column, a fact for each single cell."""
    letters = [(one, request.POST.get(f"column-{one}", "")) for one in look(sheet).letters]
    cells = {}
    for at in range(_CELLS):
        address = request.POST.get(f"cell-{at}", "").strip().upper()
        fact = request.POST.get(f"fact-{at}", "")
        if fact in FACTS and _is_cell(sheet, address):
            cells[address] = fact
    room = ready(sheet, mapping.first)
    return replace(mapping, columns=kept_columns(letters, known), cells=cells, room=room)


def _is_cell(sheet: Any, address: str) -> bool:
    letters = address.rstrip("0123456789")
    number = address[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and number and len(address) <= 7):
        return False
    return len(letters) <= 2 and 1 <= int(number) <= sheet.max_row + 1


def _choices(shown: Look, sheet: Any, mapping: Mapping) -> list[Choice]:
    texts = {
        letter: str(sheet.cell(mapping.first - 1, at).value or "")
        for at, letter in enumerate(shown.letters, 1)
    }
    return [
        Choice(letter, texts[letter], mapping.columns.get(letter, "")) for letter in shown.letters
    ]


def _head(request: Request, found: Template, mapping: Mapping) -> Head:
    said = {
        "name": found.name,
        "n": len(mapping.columns),
        "all": len(set(mapping.headed) | set(mapping.columns)),
    }
    title = _("%(name)s：%(all)d 列里有 %(n)d 列有来源") % said
    lead = _("没有来源的列会留空、加底色并批注“没有来源”，由人填写。")
    return Head(title, lead, (*_way(request), Crumb(found.name)))


def _way(request: Request) -> tuple[Crumb, ...]:
    org = request.organization.code
    return (
        Crumb(_("台账"), reverse("ledgers:tables", args=(org,))),
        Crumb(_("打印和上报"), reverse("sheets:sheets", args=(org,))),
    )


def _record(request: Request, found: Template, made: Rows, numbers: bool, reason: str) -> None:
    by, org = request.access.actor, request.organization.code
    after = {"form": "xlsx", "rows": len(made.rows), "name": found.name}
    record(
        by=by,
        act="exported",
        table="template",
        row=str(found.uuid),
        organization=org,
        after=after,
        reason=reason,
    )
    if made.members:
        columns = TABLES[made.table].stored
        record_export(
            sorted(made.members),
            by=by,
            role=role_of(request.access),
            organization=org,
            columns=[one.name for one in columns if numbers or not one.guarded],
            reason=reason,
        )
