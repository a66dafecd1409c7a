"""A form is saved once, however often it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from jinwei.ledgers.drafts import SentBefore, begin_once
from jinwei.web.guard import Request

__all__ = ["SentBefore", "once", "token_of"]


def token_of(request: Request) -> str:
    """Names this opening of the form; the same one again when it comes back with faults."""
    return request.POST.get("once") or str(uuid.uuid4())


@contextmanager
def once(request: Request) -> Iterator[None]:
    """The transaction that saves a form. Raises SentBefore where this opening was saved."""
    with transaction.atomic():
        try:
            token = uuid.UUID(request.POST.get("once", ""))
        except ValueError:
            token = uuid.uuid4()
        values = {
            name: texts
            for name, texts in request.POST.lists()
            if name not in ("csrfmiddlewaretoken", "sure")
        }
        begin_once(
            request.access.account.pk,
            request.organization.code,
            token,
            {"path": [request.path], **values},
        )
        yield
