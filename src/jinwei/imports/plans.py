"""How sheets were read before: confirmed once for a set of headings, proposed ever after."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from django.utils import timezone

from jinwei.books.folding import folded
from jinwei.books.plan import Plan

from .models import Batch, Remembered


def remember(batch: Batch, plan: Plan) -> None:
    """Keep what somebody confirmed, for the next sheet with these headings."""
    Remembered.objects.update_or_create(
        organization=batch.organization,
        digest=digest_of(plan),
        defaults={"plan": plan.to_json(), "used_at": timezone.now()},
    )


def recalled(batch: Batch, plan: Plan) -> Plan:
    """A proposed plan, with what was confirmed for these headings in its place."""
    row = Remembered.objects.filter(organization=batch.organization, digest=digest_of(plan)).first()
    if row is None:
        return plan
    before = Plan.from_json(row.plan)
    columns = {
        at: replace(column, target=before.columns[at].target, sure=True)
        for at, column in plan.columns.items()
        if at in before.columns
    }
    return replace(plan, book=before.book, columns=columns)


def digest_of(plan: Plan) -> str:
    """What a set of headings is found by: the same words in the same columns."""
    said = sorted((at, folded(column.heading)) for at, column in plan.columns.items())
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
