"""What the background does for imports: the batch that waits longest, from where it stands."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Final

from django.utils import timezone

from jinwei.accounts.access import Access
from jinwei.accounts.models import Account
from jinwei.books.files import NotOpened
from jinwei.datasets.tree import Cycle
from jinwei.members.identity import KeyMissing

from .actions import tidy
from .checking import check
from .leases import Lease, Lost, take, waiting
from .models import Batch, State
from .opening import open_batch
from .pages import many_pages
from .undoing import undo
from .writing import write

INLINE: Final = 2_000
"""Lines of a batch that a page works on while it is asked for."""
_INLINE_BYTES: Final = 500_000
_TIDY: Final = dt.timedelta(hours=1)

log = logging.getLogger(__name__)
_tidied: list[dt.datetime] = []


def work_once() -> bool:
    """Work on one batch to the end of its step; whether there was one.

    One that fails says so and keeps nobody waiting.
    """
    for batch in waiting():
        lease = take(batch)
        if lease is not None:
            work_on(lease)
            return True
    _tidy_now_and_then()
    return False


def work_now(batch: Batch) -> bool:
    """Work on a small batch at once, step by step until nothing waits; False: it is left."""
    while batch.state in _STEPS and is_small(batch):
        lease = take(batch)
        if lease is None:
            return False
        work_on(lease)
        batch.refresh_from_db()
    return batch.state not in _STEPS


def is_small(batch: Batch) -> bool:
    """Whether a page can wait for it."""
    if batch.state == State.OPENING:
        return batch.bytes <= _INLINE_BYTES
    return batch.lines <= INLINE


def work_on(lease: Lease) -> None:
    """One step of a batch whose lease is held; it is given back in the end."""
    batch = lease.batch
    try:
        with many_pages():
            _STEPS[batch.state](batch, _access(batch), lease)
    except Lost:
        log.info("%s: taken over, or stopped", batch)
    except NotOpened as refusal:
        _refuse(batch, State.REFUSED, refusal.id, dict(refusal.facts))
    except _Gone:
        _refuse(batch, State.FAILED, "account-gone", {})
    except KeyMissing:
        _refuse(batch, State.FAILED, "key-missing", {})
    except Cycle as cycle:
        _refuse(batch, State.FAILED, "cycle", {"way": " < ".join(cycle.way)})
    except Exception as error:
        log.exception("%s: failed", batch)
        _refuse(batch, State.FAILED, "failed", {"error": type(error).__name__})
    finally:
        lease.give_back()


class _Gone(Exception):
    """The account may do nothing any more."""


def _access(batch: Batch) -> Access:
    """What the account may do now, which may be less than when it began."""
    account = Account.objects.filter(pk=batch.account).first()
    if account is None or not account.is_open:
        raise _Gone
    return Access(account, timezone.localdate())


def _check(batch: Batch, access: Access, lease: Lease) -> None:
    check(batch, access, lease)


_STEPS: Final[dict[str, Callable[[Batch, Access, Lease], None]]] = {
    State.OPENING: open_batch,
    State.CHECKING: _check,
    State.WRITING: write,
    State.UNDOING: undo,
}


def _refuse(batch: Batch, state: str, id: str, facts: dict[str, str]) -> None:
    """End a batch with the reason; a sentence of :mod:`jinwei.imports.kinds` says it."""
    batch.refresh_from_db()
    batch.state, batch.refusal = state, id
    batch.refusal_facts = {"name": batch.file_name, "line": str(batch.written_to), **facts}
    batch.finished_at = timezone.now()
    batch.save(update_fields=["state", "refusal", "refusal_facts", "finished_at"])
    if state == State.REFUSED:
        batch.pieces.all().delete()


def _tidy_now_and_then() -> None:
    now = timezone.now()
    if not _tidied or _tidied[-1] < now - _TIDY:
        _tidied[:] = [now]
        tidy(now)
