"""What somebody decides about an import: columns, answers, cells, whether it is written."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jinwei.books.layout import plan_of, texts_of
from jinwei.books.plan import Column, Plan
from jinwei.books.shelf import BOOKS
from jinwei.imports import actions
from jinwei.imports.actions import NotNow
from jinwei.imports.models import Batch
from jinwei.imports.store import NoLine, grid_of, line_of
from jinwei.imports.work import work_now
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Crumb, Head

from .finding import ACTS, batch_of
from .grid import heads, text_of, width_of

_ACTS: Final[dict[str, Callable[[Batch], None]]] = {
    "confirm": actions.confirm,
    "stop": actions.stop,
    "go_on": actions.go_on,
    "undo": actions.undo,
}
_LONGEST: Final = 2_000


def _carried_out(request: Request, batch: Batch, act: Callable[[], None]) -> HttpResponse:
    """Do it, work on a small batch at once, and come back to its page."""
    try:
        act()
    except NotNow:
        messages.warning(request, _("这次导入已经到了别的一步，请看下面的现状。"))
    else:
        work_now(batch)
    return redirect("imports:batch", request.organization.code, batch.uuid)


@needs(*ACTS)
@require_POST
def columns(request: Request, org: str, batch: uuid.UUID) -> HttpResponse:
    """Which sheet it is, which book, where the heading is, what each column became."""
    found = batch_of(request, batch)
    sheet = _whole(request, "sheet", found.sheet, 0, len(found.sheets) - 1)
    plan = _plan(request, found, sheet)
    if plan is None or not plan.columns:
        messages.error(request, _("第几行是表头？那一行里没有内容，请改一下行号。"))
        return redirect("imports:batch", org, found.uuid)
    return _carried_out(request, found, lambda: actions.read_as(found, sheet, plan))


def _plan(request: Request, found: Batch, sheet: int) -> Plan | None:
    before = found.how()
    book = BOOKS.get(request.POST.get("book", ""))
    if book is None:
        return None
    first = _whole(request, "heading", 1, 1, 10_000)
    last = _whole(request, "heading_end", first, first, first + 1)
    year = _whole(request, "year", 0, 0, 2199) or None
    same = (
        before is not None
        and sheet == found.sheet
        and (before.book, before.heading) == (book.id, (first, last))
    )
    if not same or before is None:
        grid = grid_of(found, sheet)
        return plan_of(
            texts_of(grid, (first, last)), book, (first, last), year, grid.hidden_columns
        )
    return replace(before, columns=_targets(request, before), year=year)


def _targets(request: Request, before: Plan) -> dict[int, Column]:
    chosen: dict[int, Column] = {}
    taken: set[str] = set()
    for at, column in before.columns.items():
        target = request.POST.get(f"column-{at}", column.target)
        if target not in BOOKS[before.book].by_name and not target.startswith("month:"):
            target = ""
        target = "" if target in taken else target
        taken.add(target)
        chosen[at] = replace(column, target=target, sure=True)
    return chosen


def _whole(request: Request, name: str, default: int, least: int, most: int) -> int:
    said = request.POST.get(name, "").strip()
    if not said.isascii() or not said.isdecimal():
        return default
    return min(max(int(said), least), most)


@needs(*ACTS)
@require_POST
def answers(request: Request, org: str, batch: uuid.UUID) -> HttpResponse:
    """Answers to questions that are asked once for many cells."""
    found = batch_of(request, batch)
    said = {
        name.removeprefix("answer-"): value
        for name, value in request.POST.items()
        if name.startswith("answer-") and isinstance(value, str) and value
    }
    return _carried_out(request, found, lambda: actions.answer(found, said))


@needs(*ACTS)
@require_POST
def repair(request: Request, org: str, batch: uuid.UUID) -> HttpResponse:
    """One cell, put right by one click or by another text."""
    found = batch_of(request, batch)
    try:
        line, column = int(request.POST["line"]), int(request.POST["column"])
    except (KeyError, ValueError):
        raise Http404 from None
    text = request.POST.get("text", "")[:_LONGEST].replace("\x00", "").strip()
    try:
        line_of(found, line)
    except NoLine:
        raise Http404 from None
    return _carried_out(request, found, lambda: actions.edit(found, {(line, column): text or None}))


@needs(*ACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: Request, org: str, batch: uuid.UUID, line: int) -> HttpResponse:
    """All cells of one line, to be changed."""
    found = batch_of(request, batch)
    try:
        stands = line_of(found, line)
    except (NoLine, IndexError):
        raise Http404 from None
    width = max(width_of(found), len(stands.cells)) if found.plan else len(stands.cells)
    before = {at: text_of(stands[at]) for at in range(width)}
    if request.method == "POST":
        said = {
            at: request.POST.get(f"cell-{at}", text)[:_LONGEST].replace("\x00", "").strip()
            for at, text in before.items()
        }
        cells = {(line, at): text or None for at, text in said.items() if text != before[at]}
        if not cells:
            return redirect("imports:batch", org, found.uuid)
        return _carried_out(request, found, lambda: actions.edit(found, cells))
    crumbs = (
        Crumb(_("导入"), reverse("imports:batches", args=(org,))),
        Crumb(found.file_name, reverse("imports:batch", args=(org, found.uuid))),
        Crumb(_("第 %(n)s 行") % {"n": line}),
    )
    head = Head(
        _("改第 %(n)s 行") % {"n": line},
        lead=_("只改这次导入，不改您的文件；改完自动重新检查。"),
        crumbs=crumbs,
    )
    columns = [(at, one, before.get(at, "")) for at, one in enumerate(heads(found, width))]
    return render(request, "imports/line.html", {"head": head, "columns": columns, "batch": found})


@needs(*ACTS)
@require_POST
def act(request: Request, org: str, batch: uuid.UUID) -> HttpResponse:
    """Write it, break it off, go on, undo it, or throw it away."""
    found = batch_of(request, batch)
    name = request.POST.get("act", "")
    if name == "discard":
        try:
            actions.discard(found)
        except NotNow:
            messages.warning(request, _("这次导入已经写入了内容，可以撤销，不能丢弃。"))
            return redirect("imports:batch", org, batch)
        messages.success(request, _("已丢弃，没有写入任何数据。"))
        return redirect("imports:batches", org)
    if name not in _ACTS:
        raise Http404(name)
    return _carried_out(request, found, lambda: _ACTS[name](found))
