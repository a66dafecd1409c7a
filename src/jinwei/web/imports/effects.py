"""What an import would do to scores, by the same write taken back: asked for after the page."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from jinwei.imports.effects import effects
from jinwei.imports.models import State
from jinwei.ledgers.names import organization_names
from jinwei.web.guard import Request, needs
from jinwei.web.templatetags.jinwei import points

from .finding import ACTS, batch_of

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Moved:
    """An organization whose score would become another."""

    code: str
    name: str
    before: str
    now: str


@needs(*ACTS)
def moves(request: Request, org: str, batch: uuid.UUID) -> HttpResponse:
    """Scores before and after of the first organizations that an import touches."""
    found = batch_of(request, batch)
    if found.state != State.READY or found.plan is None:
        raise Http404(batch)
    told = effects(found, request.access)
    moved = [
        move
        for move in (told.moves if told else ())
        if move.score != move.score_before and move.adoption.leading
    ]
    names = organization_names(move.subject for move in moved)
    rows = [
        Moved(m.subject, names[m.subject], points(m.score_before), points(m.score))
        for m in moved
        if m.subject in names and request.access.may(ACTS[0], m.subject)
    ]
    context = {"rows": rows[:_SHOWN], "known": told is not None}
    return render(request, "imports/_moves.html", context)
