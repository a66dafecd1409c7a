"""Drafts of forms, and forms that are saved once however often they are sent."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import Draft, Submission

Values = Mapping[str, Sequence[str]]
"""Fields as a form sends them: every field may be there several times."""

UNDO: Final = dt.timedelta(minutes=30)
"""How long what was saved can be taken back with one press."""
_KEPT: Final = 5
"""Drafts of one person for one form; older ones go."""
_REMEMBERED: Final = dt.timedelta(days=2)
"""How long a form that was sent is known again."""


class SentBefore(Exception):
    """This very form was saved already."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(str(submission))
        self.submission = submission


def drafts_of(account: int, organization: str, form: str) -> list[Draft]:
    """The drafts of one person for one form of an organization, the newest first."""
    own = Draft.objects.filter(account=account, organization__code=organization, form=form)
    return list(own.order_by("-saved_at", "-pk"))


@transaction.atomic
def keep_draft(
    account: int, organization: str, form: str, token: uuid.UUID, values: Values
) -> Draft | None:
    """Store what was typed; None where the draft of this opening says so already."""
    own = Draft.objects.filter(account=account, organization__code=organization, form=form)
    stored = own.filter(token=token).first()
    said = {name: list(texts) for name, texts in values.items()}
    if stored is not None and stored.values == said:
        return None
    if stored is None:
        stored = Draft(token=token, account_id=account, organization_id=organization, form=form)
    stored.values, stored.saved_at = said, timezone.now()
    stored.save()
    newest = own.order_by("-saved_at", "-pk").values_list("pk", flat=True)[:_KEPT]
    own.exclude(pk__in=list(newest)).delete()
    return stored


def drop_draft(account: int, token: uuid.UUID) -> None:
    """Forget a draft: it was saved as a record, or is not wanted."""
    Draft.objects.filter(account=account, token=token).delete()


def begin_once(account: int, organization: str, token: uuid.UUID, values: Values) -> Submission:
    """Say that a form is being saved, within the transaction that saves it.

    Raises :class:`SentBefore` where the same opening of the form was saved with the same text; a
    second press of the button, sent at the same time, waits here for the first.
    """
    now = timezone.now()
    Submission.objects.filter(saved_at__lt=now - _REMEMBERED).delete()
    key = _key(account, organization, token, values)
    try:
        with transaction.atomic():
            return Submission.objects.create(
                key=key, account_id=account, organization_id=organization, saved_at=now
            )
    except IntegrityError:
        raise SentBefore(Submission.objects.get(key=key)) from None


def sent_before(
    account: int, organization: str, token: uuid.UUID, values: Values
) -> Submission | None:
    """The saving of this very form, if it was saved already."""
    return Submission.objects.filter(key=_key(account, organization, token, values)).first()


def can_undo(submission: Submission, now: dt.datetime) -> bool:
    return submission.withdrawn_at is None and now - submission.saved_at <= UNDO


def _key(account: int, organization: str, token: uuid.UUID, values: Values) -> str:
    said: Any = [account, organization, str(token), sorted((n, list(v)) for n, v in values.items())]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
