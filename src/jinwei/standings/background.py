"""What runs beside the web: the queue in small batches, and whole adoptions as days go by.

Facts are read outside transactions and results written in short ones, so that on SQLite a
person's save never waits long for the background.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils import timezone

from jinwei.audit.actions import seal
from jinwei.engine.score import clock_for
from jinwei.ledgers.member_changes import follow_memberships

from .actions import EarlierDay, reckon, reckon_some
from .activity import rebuild_activity
from .history import backfill
from .models import (
    Activity,
    Adoption,
    Dirty,
    Run,
    Standing,
    StandingChange,
    StandingIndicator,
)
from .queue import EVERYBODY, adopted, marks_of, unmark
from .reach import in_force

_BATCH: Final = 20
"""Subjects of one batch of the queue."""
_MANY: Final = 200
"""So many marked subjects of one adoption are reckoned together with all others."""
_FORGOTTEN: Final = dt.timedelta(hours=2)
"""A run that has not ended after so long was cut off."""

_LATE: Final = dt.timedelta(days=92)
"""So long after its end a period still hears of late entries."""
_TRIES: Final = 3
"""So often a day is tried in which something failed."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """What waits: how many subjects, since when; whether a run is at work; the last nightly run."""

    queued: int
    since: dt.datetime | None
    running: bool
    last: Run | None


def state(adoption: Adoption | None = None) -> State:
    """The state of the background, of one adoption or of all."""
    rows = Dirty.objects.all() if adoption is None else Dirty.objects.filter(adoption=adoption)
    marks = list(rows.values_list("adoption_id", "subject", "marked_at"))
    whole = [number for number, subject, _ in marks if subject == EVERYBODY]
    queued = len(marks) - len(whole)
    if whole:
        queued += Standing.objects.filter(adoption__in=whole).count() or len(whole)
    runs = Run.objects.filter(finished_at=None, started_at__gt=timezone.now() - _FORGOTTEN)
    last = Run.objects.filter(kind=Run.NIGHTLY).exclude(finished_at=None)
    return State(
        queued,
        min((at for _, _, at in marks), default=None),
        runs.exists(),
        last.order_by("-as_of", "-pk").first(),
    )


def work_once() -> int:
    """Reckon one batch of what is queued in each adoption; how many subjects that were.

    Where one adoption fails, its marks stay and the others are reckoned all the same.
    """
    today = timezone.localdate()
    numbers = set(Dirty.objects.values_list("adoption", flat=True))
    done = 0
    for adoption in Adoption.objects.filter(pk__in=numbers).select_related("edition"):
        try:
            done += _work_on(adoption, today)
        except Exception:
            log.exception("%s: the queue was not worked off", adoption)
    return done


def _work_on(adoption: Adoption, today: dt.date) -> int:
    marks = marks_of(adoption, _MANY + 1)
    if not _applies(adoption, today):
        unmark(adoption, marks)
        return 0
    as_of = _day(adoption, today)
    if EVERYBODY in marks or len(marks) > _MANY:
        with _run(Run.WHOLE, as_of) as run:
            return _whole(adoption, as_of, run)
    batch = dict(list(marks.items())[:_BATCH])
    reckoned = reckon_some(adoption, as_of=as_of, subjects=list(batch))
    unmark(adoption, {c: at for c, at in batch.items() if c not in reckoned.skipped})
    return len(batch)


def _whole(adoption: Adoption, as_of: dt.date, run: Run) -> int:
    """Reckon all of an adoption, and take out of the queue what waited before that.

    Where it is the first time in the period, the month-ends before are filled in. The period
    before is reckoned too while late entries are to be expected.
    """
    marks = marks_of(adoption)
    period = clock_for(adoption.plan(), as_of).period
    begun = adoption.standings.filter(first=period.first).exists()
    reckoned = reckon(adoption, as_of=as_of)
    if not begun:
        backfill(adoption, as_of)
        _look_at_sizes()
    _reckon_before(adoption, period.first - dt.timedelta(days=1), as_of)
    left = set(reckoned.skipped) & set(marks)
    unmark(adoption, {code: at for code, at in marks.items() if code not in left})
    run.subjects += reckoned.subjects
    run.changed += len(reckoned.changed)
    return reckoned.subjects


def _reckon_before(adoption: Adoption, day: dt.date, as_of: dt.date) -> None:
    """Let the period that ended on a day hear of what is entered late, and of judgements on it."""
    period = clock_for(adoption.plan(), day).period
    if as_of - period.last > _LATE or period.last != day:
        return
    if adoption.standings.filter(first=period.first).exists():
        reckon(adoption, as_of=as_of, period=period.last)


def _look_at_sizes() -> None:
    """Tell SQLite how its tables have grown, by a sample; PostgreSQL sees to that by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            for model in (Standing, StandingIndicator, StandingChange, Activity):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _applies(adoption: Adoption, day: dt.date) -> bool:
    return Adoption.objects.filter(in_force(day), pk=adoption.pk).exists()


def _day(adoption: Adoption, today: dt.date) -> dt.date:
    """Today, or the later day that was reckoned already."""
    period = clock_for(adoption.plan(), today).period
    rows = adoption.standings.filter(first=period.first, as_of__gt=today)
    later = rows.order_by("-as_of").values_list("as_of", flat=True).first()
    return later or today


# --- as days go by ------------------------------------------------------------------------------


def nightly(today: dt.date) -> Run:
    """Let transfers of members come true, move all standings to a day, look at who has been
    silent, seal the record.

    Where one adoption fails the others are reckoned all the same; the run says which failed.
    """
    with _run(Run.NIGHTLY, today) as run:
        follow_memberships(today)
        adoptions = Adoption.objects.filter(in_force(today)).select_related("edition")
        for adoption in adoptions.order_by("pk"):
            try:
                _whole(adoption, today, run)
            except EarlierDay:
                run.error += f"{adoption}: a later day is reckoned already\n"
            except Exception as error:
                log.exception("%s: was not reckoned", adoption)
                run.error += f"{adoption}: {error}\n"
        rebuild_activity(today)
        seal()
        _look_at_sizes()
    return run


def catch_up(now: dt.datetime) -> Run | None:
    """The nightly run of the day, unless there was one: at midnight, and at the start after a gap.

    One in which something failed is tried again, but not for ever.
    """
    today = timezone.localdate(now)
    runs = Run.objects.filter(kind=Run.NIGHTLY, as_of__gte=today)
    ended = list(runs.exclude(finished_at=None).values_list("error", flat=True))
    if "" in ended or len(ended) >= _TRIES:
        return None
    if runs.filter(finished_at=None, started_at__gt=now - _FORGOTTEN).exists():
        return None  # another worker is at it
    return nightly(today)


def clear_cut_off() -> None:
    """At the start of the one worker: what has not ended was cut off with its process."""
    Run.objects.filter(finished_at=None).delete()


def after_import() -> None:
    """All facts may be others: everything is to be reckoned."""
    rebuild_activity(timezone.localdate())
    for adoption in Adoption.objects.all():
        adopted(adoption)


@contextmanager
def _run(kind: str, as_of: dt.date) -> Iterator[Run]:
    """A run that is seen while it is at work, and that ends even where it fails.

    One that is cut off leaves nothing: it is begun again.
    """
    run = Run.objects.create(kind=kind, as_of=as_of, started_at=timezone.now())
    try:
        yield run
    except Exception as error:
        run.error += f"{error}\n"
        _end(run)
        raise
    except BaseException:
        run.delete()
        raise
    _end(run)


def _end(run: Run) -> None:
    run.finished_at = timezone.now()
    run.save()
