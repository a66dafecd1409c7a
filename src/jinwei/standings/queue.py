"""The dirty queue: a changed fact marks whom it touches; the subject at hand is reckoned at once.

All of it happens in the transaction of the change: marks and facts come together or not at all.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from jinwei.ledgers.changes import Change

from .actions import reckon_at_hand
from .activity import note_activity
from .models import Adoption, Dirty
from .told import Told, listener, telling
from .touch import Touched, touched_by

EVERYBODY: Final = ""
"""Marks all subjects of an adoption."""
_AT_ONCE: Final = 3
"""Up to so many subjects that a change names are reckoned with it."""

log = logging.getLogger(__name__)


def on_facts_changed(changes: Sequence[Change], at_once: int | None = None, **_: Any) -> None:
    """Mark whom the changes touch, and reckon those at hand. Runs inside the transaction.

    ``at_once``: reckon so many of those at hand and leave the others; by itself all of them where
    they are few, else none.
    """
    today = timezone.localdate()
    note_activity(changes, today)
    found = touched_by(changes, today)
    told = listener()
    for touched in found:
        _settle(touched, today, told, at_once)


def _settle(touched: Touched, today: dt.date, told: Told | None, at_once: int | None) -> None:
    if touched.everybody:
        mark(touched.adoption, [EVERYBODY])
        return
    at_hand = sorted(touched.at_hand)
    mark(touched.adoption, sorted(touched.at_hand | touched.others))
    few = len(at_hand) if len(at_hand) <= _AT_ONCE else 0
    done = at_hand[: few if at_once is None else at_once]
    done = [code for code in done if _reckon(touched.adoption, code, today)]
    if done:
        Dirty.objects.filter(adoption=touched.adoption, subject__in=done).delete()
    if told is not None:
        told.queued += len(touched.at_hand | touched.others) - len(done)


def _reckon(adoption: Adoption, subject: str, today: dt.date) -> bool:
    """Whether it could be reckoned: a fact is kept even where its standing cannot be."""
    try:
        with transaction.atomic():
            reckon_at_hand(adoption, today, subject)
    except Exception:
        log.exception("%s: %s was not reckoned and stays in the queue", adoption, subject)
        return False
    return True


def mark(adoption: Adoption, subjects: Iterable[str]) -> None:
    """Put subjects into the queue; one that is in it already was marked just now.

    Marking locks the mark: two writes that touch one subject follow each other, and the second
    reckons with what the first has written.
    """
    now = timezone.now()
    Dirty.objects.bulk_create(
        [Dirty(adoption=adoption, subject=subject, marked_at=now) for subject in subjects],
        update_conflicts=True,
        unique_fields=["adoption", "subject"],
        update_fields=["marked_at"],
        batch_size=300,
    )


def adopted(adoption: Adoption) -> None:
    """An adoption was made or changed: all its subjects are to be reckoned."""
    mark(adoption, [EVERYBODY])


Marks = Mapping[str, dt.datetime]
"""Marked subjects, each with when."""


def marks_of(adoption: Adoption, limit: int | None = None) -> dict[str, dt.datetime]:
    """The marks of an adoption, the oldest first."""
    rows = Dirty.objects.filter(adoption=adoption).order_by("marked_at", "pk")[:limit]
    return dict(rows.values_list("subject", "marked_at"))


def unmark(adoption: Adoption, marks: Marks) -> None:
    """Take subjects out of the queue, but none that was marked once more meanwhile."""
    for at in sorted(set(marks.values())):
        subjects = [code for code, marked in marks.items() if marked == at]
        for begin in range(0, len(subjects), 300):
            chunk = subjects[begin : begin + 300]
            Dirty.objects.filter(adoption=adoption, subject__in=chunk, marked_at=at).delete()


def preview(write: Callable[[], object]) -> Told:
    """What a write would do to the standings; nothing of it stays, nor of the record of it.

    What ``write`` raises comes out.
    """
    with telling() as told, transaction.atomic():
        write()
        transaction.set_rollback(True)
    return told
