"""What the product asked of a branch this month, and what it made of it."""

from __future__ import annotations

from dataclasses import dataclass

from jinwei.ledgers.models import Attendance
from jinwei.standings.figures import fields_filled, writes
from jinwei.standings.models import StandingChange

from .desk import Desk


@dataclass(frozen=True, slots=True)
class Burden:
    """``fields`` filled by people; ``places`` written from them: rows and indicators."""

    fields: int
    places: int


def burden(desk: Desk) -> Burden:
    """Of the present month, as the record of writes has it."""
    own = writes(desk.day, codes=[desk.code])
    came = desk.access.rows(Attendance).filter(
        meeting__code__in=own.filter(table="meeting").values("row")
    )
    changed = StandingChange.objects.filter(subject=desk.code, day__gte=desk.day.replace(day=1))
    indicators = sum(len(found) for found in changed.values_list("indicators", flat=True))
    fields = fields_filled(desk.day, codes=[desk.code]).get(desk.code, 0)
    return Burden(fields, own.count() + came.count() + indicators)
