"""A subtree takes an edition up, and lays it down; each with its entry in the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from jinwei.audit.actions import Actor, record
from jinwei.standards.models import Edition

from .models import Adoption
from .queue import adopted

_DAY = dt.timedelta(days=1)


class AlreadyLeads(Exception):
    """Another adoption leads there and begins on that day or later."""

    def __init__(self, adoption: Adoption) -> None:
        super().__init__(str(adoption))
        self.adoption = adoption


@transaction.atomic
def adopt(
    edition: Edition,
    organization: str,
    *,
    from_on: dt.date,
    settings: Mapping[str, str],
    leading: bool,
    by: Actor,
) -> Adoption:
    """Let an organization and all below it work to an edition from a day on.

    A leading one takes over from whichever led there: that one ends on the day before. Raises
    :class:`jinwei.engine.faults.StandardRefused` where a setting cannot be, and
    :class:`AlreadyLeads`.
    """
    edition.plan(settings)
    if leading:
        _make_way(organization, from_on, by)
    adoption = Adoption.objects.create(
        edition=edition,
        organization_id=organization,
        from_on=from_on,
        settings=dict(settings),
        leading=leading,
    )
    said = {
        "edition": str(edition),
        "from_on": from_on,
        "settings": adoption.settings,
        "leading": leading,
    }
    _record("adopted", adoption, by, None, said)
    adopted(adoption)
    return adoption


@transaction.atomic
def end(adoption: Adoption, to_on: dt.date, *, by: Actor) -> None:
    """Let an adoption end with a day; what stood at its end stays to be seen."""
    before, adoption.to_on = adoption.to_on, to_on
    adoption.save(update_fields=["to_on"])
    _record("ended", adoption, by, {"to_on": before}, {"to_on": to_on})


def _make_way(organization: str, from_on: dt.date, by: Actor) -> None:
    rows = Adoption.objects.select_for_update().filter(
        Q(to_on=None) | Q(to_on__gte=from_on), organization__code=organization, leading=True
    )
    for earlier in rows.select_related("edition"):
        if earlier.from_on >= from_on:
            raise AlreadyLeads(earlier)
        end(earlier, from_on - _DAY, by=by)


def _record(
    act: str,
    adoption: Adoption,
    by: Actor,
    before: dict[str, Any] | None,
    after: dict[str, Any],
) -> None:
    record(
        by=by,
        act=act,
        table="adoption",
        row=str(adoption.pk),
        organization=adoption.organization_id,
        before=before,
        after=after,
    )
