"""The batch of an address, for whoever brought it."""

from __future__ import annotations

import uuid

from django.http import Http404
from django.utils.translation import get_language

from jinwei.imports.models import Batch
from jinwei.imports.rights import IMPORTING as ACTS
from jinwei.web.guard import Request

__all__ = ["ACTS", "batch_of", "in_english"]


def batch_of(request: Request, number: uuid.UUID) -> Batch:
    """A batch of the organization that the account brought itself: it quotes cells of persons.

    Raises Http404.
    """
    found = Batch.objects.filter(uuid=number, organization=request.organization.code).first()
    if found is None or found.account != request.access.account.pk:
        raise Http404(number)
    return found


def in_english() -> bool:
    return (get_language() or "").startswith("en")
