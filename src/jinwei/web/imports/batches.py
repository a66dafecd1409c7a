"""The imports of an organization, and the door for a new file."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jinwei.books.files import NotOpened, told
from jinwei.imports.actions import may_undo
from jinwei.imports.models import Batch, State
from jinwei.imports.opening import begin, begin_pasted
from jinwei.imports.work import work_now
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Crumb, Head

from .finding import ACTS, in_english
from .words import outcome_words, state_word

_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """A batch of the list; ``undo``: whether it can still be taken back."""

    batch: Batch
    state: str
    tone: str
    outcome: str
    undo: bool


@needs(*ACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: Request, org: str) -> HttpResponse:
    """What was imported lately, and a form for a file or for pasted cells."""
    if request.method == "POST":
        return _take_in(request, org)
    return _page(request, org)


def _page(request: Request, org: str, fault: str = "", pasted: str = "") -> HttpResponse:
    rows = Batch.objects.filter(organization=org, account=request.access.account.pk)
    entries = [_entry(batch) for batch in rows.order_by("-created_at")[:_SHOWN]]
    crumbs = (Crumb(_("台账"), reverse("ledgers:tables", args=(org,))), Crumb(_("导入")))
    head = Head(
        _("把现有表格整张导入"),
        lead=_("先看清楚会写入什么，再确认。导入后 7 天内可以整批撤销。"),
        crumbs=crumbs,
    )
    context = {
        "head": head,
        "entries": entries,
        "fault": fault,
        "pasted": pasted,
        "most": settings.ATTACHMENT_BYTES // (1024 * 1024),
    }
    return render(request, "imports/batches.html", context, status=422 if fault else 200)


def _take_in(request: Request, org: str) -> HttpResponse:
    file, pasted = request.FILES.get("file"), request.POST.get("cells", "")
    if file is None and not pasted.strip():
        return _page(request, org, _("还没有选文件，也没有粘贴内容。"))
    if file is not None and (file.size or 0) > settings.ATTACHMENT_BYTES:
        most = settings.ATTACHMENT_BYTES // (1024 * 1024)
        said = _("文件有 %(n)s MB，最多 %(most)s MB。请拆成几个文件再导入。")
        size = (file.size or 0) // (1024 * 1024) + 1
        return _page(request, org, said % {"n": size, "most": most}, pasted)
    try:
        if file is not None:
            batch = begin(request.access, org, file.name or "", file.chunks())
        else:
            batch = begin_pasted(request.access, org, _("粘贴的内容"), pasted)
    except NotOpened as refusal:
        return _page(request, org, told(refusal.id, refusal.facts, english=in_english()), pasted)
    work_now(batch)
    batch.refresh_from_db()
    if batch.state == State.REFUSED:
        messages.warning(request, _("没有导入：%(name)s") % {"name": batch.file_name})
    return redirect("imports:batch", org, batch.uuid)


def _entry(batch: Batch) -> Entry:
    word, tone = state_word(batch)
    return Entry(batch, word, tone, outcome_words(batch), may_undo(batch))
