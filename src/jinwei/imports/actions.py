"""What somebody does with a batch; what takes long is left to the background.

Each changes the state only where it is the one expected: whoever asks twice changes nothing twice.
:class:`NotNow` says that the batch is elsewhere by now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils import timezone

from jinwei.books.grid import Cell
from jinwei.books.plan import Plan

from .models import Batch, Found, State
from .plans import remember
from .store import change_cell

UNDO: Final = dt.timedelta(days=7)
"""So long after it was written a batch can be undone."""


class NotNow(Exception):
    """The batch is not in a state for that; ``state`` is the one it is in."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def read_as(batch: Batch, sheet: int, plan: Plan) -> None:
    """Somebody confirmed which sheet is read and how; it is checked anew."""
    with transaction.atomic():
        _expect(batch, State.READY, State.CHECKING)
        if sheet != batch.sheet:
            batch.edits = None
        batch.sheet, batch.plan, batch.answers = sheet, plan.to_json(), {}
        batch.lines = batch.sheets[sheet]["rows"]
        batch.save(update_fields=["sheet", "plan", "answers", "lines", "edits"])
        remember(batch, plan)
        _go(batch, State.CHECKING)


def answer(batch: Batch, answers: Mapping[str, str]) -> None:
    """Answers to questions, beside those given before; the batch is checked anew."""
    with transaction.atomic():
        _expect(batch, State.READY)
        batch.answers = {**batch.answers, **answers}
        batch.save(update_fields=["answers"])
        _go(batch, State.CHECKING)


def edit(batch: Batch, cells: Mapping[tuple[int, int], Cell]) -> None:
    """Other cells, by line number and column; the batch is checked anew."""
    with transaction.atomic():
        _expect(batch, State.READY)
        for (line, column), cell in cells.items():
            change_cell(batch, line, column, cell)
        _go(batch, State.CHECKING)


def confirm(batch: Batch) -> None:
    """Write what is good; lines with troubles stay out."""
    with transaction.atomic():
        _expect(batch, State.READY)
        if batch.plan is None:
            raise NotNow(batch.state)
        _go(batch, State.WRITING)


def stop(batch: Batch) -> None:
    """Break the writing off; what is written stays and can be undone, or gone on with."""
    with transaction.atomic():
        _expect(batch, State.WRITING)
        batch.refusal, batch.refusal_facts = "stopped", {"line": str(batch.written_to)}
        batch.save(update_fields=["refusal", "refusal_facts"])
        _go(batch, State.FAILED)


def go_on(batch: Batch) -> None:
    """Try again what failed or was stopped, from where it stands."""
    with transaction.atomic():
        _expect(batch, State.FAILED)
        batch.refusal = ""
        batch.save(update_fields=["refusal"])
        pieces = batch.pieces.exists()
        begun = batch.checked_at is not None
        undoing = batch.written.exclude(fate="").exists()
        _go(
            batch,
            State.OPENING
            if pieces
            else State.UNDOING
            if undoing
            else State.WRITING
            if begun
            else State.CHECKING,
        )


def undo(batch: Batch) -> None:
    """Take the whole import back, as far as nobody has touched it since."""
    with transaction.atomic():
        _expect(batch, State.WRITTEN, State.FAILED)
        if not may_undo(batch):
            raise NotNow(batch.state)
        _go(batch, State.UNDOING)


def may_undo(batch: Batch) -> bool:
    """Whether something was written that can still be taken back."""
    since = batch.written_at or batch.created_at
    ended = batch.state in (State.WRITTEN, State.FAILED)
    return ended and since + UNDO > timezone.now() and batch.written.exists()


def discard(batch: Batch) -> None:
    """Throw away a batch of which nothing was written."""
    with transaction.atomic():
        _expect(batch, State.OPENING, State.CHECKING, State.READY, State.REFUSED, State.FAILED)
        if batch.written.exists():
            raise NotNow(batch.state)
        batch.delete()


def tidy(now: dt.datetime) -> None:
    """Forget the cells of what can no longer be undone, and batches that nobody went on with."""
    old = Batch.objects.filter(created_at__lt=now - UNDO).exclude(chunks=None)
    for batch in old.distinct():
        since = batch.written_at or batch.created_at
        if since + UNDO > now or batch.state in (State.WRITING, State.UNDOING):
            continue
        with transaction.atomic():
            for rows in (batch.chunks.all(), batch.pieces.all(), batch.written.all()):
                rows.delete()
            Found.objects.filter(batch=batch).delete()
            Batch.objects.filter(pk=batch.pk).update(questions=None, edits=None, answers={})


def _expect(batch: Batch, *states: str) -> None:
    """The batch as it is now, locked, in one of some states."""
    now = Batch.objects.select_for_update().get(pk=batch.pk)
    if now.state not in states:
        raise NotNow(now.state)
    batch.refresh_from_db()


def _go(batch: Batch, state: str) -> None:
    """Into another state, for whoever is free to work on it."""
    batch.state, batch.done, batch.worker, batch.lease_until = state, 0, "", None
    batch.save(update_fields=["state", "done", "worker", "lease_until"])
