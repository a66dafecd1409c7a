"""Entering a meeting: the form, saving it once, and taking it back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from jinwei.accounts.acts import Act
from jinwei.ledgers.changes import Edited, Withdrawn
from jinwei.ledgers.drafts import SentBefore, can_undo, drafts_of
from jinwei.ledgers.models import Draft, Submission
from jinwei.web.guard import Request, needs
from jinwei.web.home import page_of
from jinwei.web.htmx import is_fragment, render_page_or_fragment
from jinwei.web.ledgers.words import say as words
from jinwei.web.parts import Crumb, Head

from .forms import sent
from .saving import TooLate, save_event, told, told_undone
from .saving import undo as take_back
from .sheet import FORM, Sheet, opening, restored


@needs(Act.RECORD)
def meeting(request: Request, org: str) -> HttpResponse:
    """The form; sent, it is saved, or comes back with what is to be mended."""
    if request.method == "POST":
        return _save(request)
    return _shown(request, *_opened(request))


def _opened(request: Request) -> tuple[Sheet, Draft | None, Draft | None]:
    """A new form, or the newest draft of this person unless another kind is asked for.

    The third is a draft that was left lying: it is offered.
    """
    kinds = [kind for kind in request.GET.getlist("kind") if kind]
    drafts = drafts_of(request.access.account.pk, request.organization.code, FORM)
    wanted = request.GET.get("draft")
    chosen = next((d for d in drafts if str(d.token) == wanted), None)
    if chosen is None:
        chosen = next((d for d in drafts if not kinds or _of_kinds(d, kinds)), None)
    if chosen is not None:
        return Sheet(request, initial=restored(chosen)), chosen, None
    sheet = Sheet(request, initial=opening(request, kinds))
    return sheet, None, drafts[0] if drafts else None


def _of_kinds(draft: Draft, kinds: list[str]) -> bool:
    return set(draft.values.get("kinds", [])) == set(kinds)


def _shown(
    request: Request,
    sheet: Sheet,
    draft: Draft | None = None,
    other: Draft | None = None,
    status: int = 200,
) -> HttpResponse:
    code = request.organization.code
    here = reverse("entry:meeting", args=[code])
    context: dict[str, Any] = {
        "head": Head(
            _("登记一次会议或活动"),
            crumbs=(
                Crumb(_("工作台"), _desk(request)),
                Crumb(_("快速录入")),
            ),
        ),
        "sheet": sheet,
        "form": sheet.form,
        "people": sheet.people(),
        "names": sheet.names(),
        "draft": draft,
        "other": other,
        "other_url": f"{here}?{urlencode({'draft': other.token})}" if other else "",
        "drop_url": reverse("entry:drop_draft", args=[code, draft.token]) if draft else "",
        "draft_url": reverse("entry:draft", args=[code]),
        "preview_url": reverse("entry:preview", args=[code]),
        "next": _next(request) or "",
    }
    return render_page_or_fragment(
        request, "entry/meeting.html", "entry/_form.html", context, status
    )


def _next(request: Request) -> str | None:
    """Where to go afterwards: only within this installation."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    fine = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if fine and asked else None


# --- saving ---------------------------------------------------------------------------------


def _save(request: Request) -> HttpResponse:
    sheet = Sheet(request, request.POST)
    values = sent(dict(request.POST.lists()))
    known = sheet.sent_before(values)
    if known is None and not sheet.is_valid():
        return _shown(request, sheet, status=422)
    try:
        if known is not None:
            raise SentBefore(known)
        form = sheet.form.cleaned_data
        saved = save_event(
            request.access, sheet.event(), form["papers"], form["token"], values, sheet.say
        )
        _say(request, told(saved, sheet.say), saved.submission)
    except SentBefore as before:
        _say(request, _("这一次刚才已经保存过，没有重复登记。"), before.submission)
    return _on(request, _after(request, sheet))


def _say(request: Request, text: str, submission: Submission) -> None:
    """The message with the button that takes it back."""
    url = reverse("entry:undo", args=[request.organization.code, submission.pk])
    context = {"text": text, "url": url, "undo": can_undo(submission, timezone.now())}
    messages.success(request, render_to_string("entry/_saved.html", context, request))


def _after(request: Request, sheet: Sheet) -> str:
    """To the workbench, or wherever the form was opened from; once more, to the same kinds."""
    back = _next(request)
    code = request.organization.code
    if "again" in request.POST:
        query = [("kind", kind) for kind in sheet.kinds] + ([("next", back)] if back else [])
        return f"{reverse('entry:meeting', args=[code])}?{urlencode(query)}"
    return back or _desk(request)


def _desk(request: Request) -> str:
    """Where work on the organization begins; on a group, at its branch."""
    organization = request.organization
    if organization.kind == "group" and organization.parent_id is not None:
        return reverse("workbench:workbench", args=[organization.parent_id])
    return reverse(page_of(organization), args=[organization.code])


def _on(request: Request, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if is_fragment(request) else redirect(url)


@needs(Act.RECORD)
@require_POST
def undo(request: Request, org: str, submission: int) -> HttpResponse:
    """Withdraw what the same person saved within the last half hour."""
    own = get_object_or_404(
        Submission,
        pk=submission,
        account=request.access.account.pk,
        organization=request.organization.code,
    )
    try:
        done = take_back(request.access, request.organization, own, words())
        messages.success(request, told_undone(done))
    except TooLate:
        messages.warning(
            request, _("没有撤回：已经撤回过，或保存已超过 30 分钟。可以在台账里撤回单条记录。")
        )
    except (Edited, Withdrawn):
        text = _("没有撤回：有记录在保存后又改过。可以在台账里撤回。")
        messages.warning(request, text)
    return redirect(_desk(request))
