"""Who works on a batch: one at a time, and whoever was cut off is followed by another."""

from __future__ import annotations

import datetime as dt
import os
import socket
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .models import WAITING, Batch, State

_SPAN: Final = dt.timedelta(seconds=60)
_OPENING: Final = dt.timedelta(minutes=5)
"""Opening a file says nothing until it is done."""
_ALONE: Final = (State.WRITING, State.UNDOING)


class Lost(Exception):
    """Somebody else has taken the batch over, or it was stopped."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a batch, for a while."""

    batch: Batch
    worker: str

    def renew(self) -> None:
        """Say that the work goes on, within its transaction. Raises :class:`Lost`."""
        rows = Batch.objects.filter(pk=self.batch.pk, worker=self.worker, state__in=WAITING)
        if not rows.update(lease_until=_until(self.batch.state)):
            raise Lost

    def give_back(self) -> None:
        """The work is done, or broke off."""
        rows = Batch.objects.filter(pk=self.batch.pk, worker=self.worker)
        rows.update(worker="", lease_until=None)


@transaction.atomic
def take(batch: Batch) -> Lease | None:
    """The lease of a batch that waits, None where somebody is at it.

    Only one batch is written at a time: two that bring the same rows would not see each other.
    """
    free, dead = _free(), _dead()
    if batch.state in _ALONE:
        others = Batch.objects.select_for_update().filter(state__in=_ALONE).exclude(pk=batch.pk)
        now = timezone.now()
        if any(o.lease_until and o.lease_until > now and o.worker not in dead for o in others):
            return None
    worker = f"{_me()}:{os.urandom(4).hex()}"
    rows = Batch.objects.filter(free, pk=batch.pk, state=batch.state)
    if not rows.update(worker=worker, lease_until=_until(batch.state)):
        return None
    batch.refresh_from_db()
    return Lease(batch, worker)


def waiting() -> list[Batch]:
    """The batches that somebody may work on, the oldest first."""
    return list(Batch.objects.filter(_free(), state__in=WAITING).order_by("created_at", "pk"))


def _free() -> Q:
    return Q(lease_until=None) | Q(lease_until__lt=timezone.now()) | Q(worker__in=_dead())


def _until(state: str) -> dt.datetime:
    return timezone.now() + (_OPENING if state == State.OPENING else _SPAN)


def _me() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def _dead() -> list[str]:
    """Workers of this machine whose process has ended."""
    here = f"{socket.gethostname()[:60]}:"
    rows = Batch.objects.filter(worker__startswith=here, state__in=WAITING)
    return [w for w in rows.values_list("worker", flat=True) if not _lives(w[len(here) :])]


def _lives(rest: str) -> bool:
    try:
        os.kill(int(rest.partition(":")[0]), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, ValueError):
        return True
    return True
