"""While a meeting is filled in: what saving would do, and a draft of what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinwei.accounts.acts import Act
from jinwei.ledgers.drafts import drop_draft, keep_draft
from jinwei.standings.queue import preview as previewed
from jinwei.web.guard import Request, needs

from .effects import NONE, Effects
from .forms import says_something, sent
from .questions import questions
from .sheet import FORM, Sheet


def beside_the_session(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For requests that a page sends by itself.

    They do not prolong the session, and they do not write back what was in it when they began: a
    save that ran meanwhile has put a message there, or taken one.
    """

    @wraps(view)
    def beside(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        del request.session  # the session middleware leaves such a request alone
        return response

    return beside


@needs(Act.RECORD)
@require_POST
@beside_the_session
def preview(request: Request, org: str) -> HttpResponse:
    """What saving would do; nothing of it stays."""
    sheet = Sheet(request, request.POST)
    people = sheet.people()
    fault = next(iter(sheet.form.errors.get("held_on", [])), "")
    found = _previewed(sheet) if sheet.kinds and not fault else None
    event = sheet.event() if found else None
    context = {
        "effects": found,
        "fault": fault,
        "people": people,
        "names": sheet.names(),
        "meetings": len(sheet.kinds),
        "attendance": sum(len(event.attendance(kind)) for kind in event.kinds) if event else 0,
        "questions": questions(sheet.kinds, sheet.values.get("topic") or "", sheet.say),
        "swap_people": people.shown != request.POST.get("shown"),
        "form": sheet.form,
    }
    return render(request, "entry/_preview.html", context)


def _previewed(sheet: Sheet) -> Effects:
    event, found = sheet.event(), [NONE]

    def write() -> None:
        def enter() -> None:
            event.enter(sheet.access.actor)

        found.append(sheet.looker.around(enter, event.held_on, sheet.say))

    previewed(write)
    return found[-1]


@needs(Act.RECORD)
@require_POST
@beside_the_session
def draft(request: Request, org: str) -> HttpResponse:
    """Keep what was typed so far; nothing to say where that is nothing new."""
    try:
        token = uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        return HttpResponse(status=204)
    values = sent(dict(request.POST.lists()))
    account = request.access.account.pk
    kept = None
    if says_something(values):
        kept = keep_draft(account, request.organization.code, FORM, token, values)
    if kept is None:
        return HttpResponse(status=204)
    return render(request, "entry/_draft.html", {"draft": kept})


@needs(Act.RECORD)
@require_POST
def dropped_draft(request: Request, org: str, token: uuid.UUID) -> HttpResponse:
    """Forget a draft and begin anew."""
    drop_draft(request.access.account.pk, token)
    messages.info(request, _("草稿已丢弃。"))
    return redirect("entry:meeting", org)
