"""What rows are marked with: late, missing, open …; each a condition of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import LessThan

from jinwei.engine.catalogue import TABLES
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Term

from .models import Attachment

RECORDED_IN_TIME: Final = dt.timedelta(days=7)
FEWEST_VOTES: Final = 5

Condition = Callable[[dt.date], Q]


def marks(model: type[FactModel]) -> Mapping[str, Condition]:
    """What the rows of a table may be marked with at a day, the most pressing first."""
    return _MARKS.get(model.table().name, {})


def stands(model: type[FactModel]) -> Q:
    """Rows not withdrawn; an attendance goes with its meeting."""
    standing = Q(withdrawn_at=None)
    if model.table().name == "attendance":
        standing &= Q(meeting__withdrawn_at=None)
    return standing


def _unattached(table: str) -> Q:
    """Rows without any paper."""
    key = TABLES[table].key
    name: Any = (
        OuterRef(key)
        if key
        else Concat(Value(f"{table}-"), Cast(OuterRef("pk"), TextField()), output_field=TextField())
    )
    papers = Attachment.objects.filter(table=table, row_id=name, withdrawn_at=None)
    return ~Q(Exists(papers))


def _recorded_late(day: dt.date) -> Q:
    return Q(recorded_on__gt=F("held_on") + RECORDED_IN_TIME)


def _open_past(end: str) -> Condition:
    """Not ended though its time limit has passed."""
    return lambda day: Q(**{f"{end}__isnull": True, "due_on__lt": day})


def _without(column: str) -> Condition:
    return lambda day: Q(**{f"{column}__isnull": True})


def in_force(begin: str, end: str) -> Condition:
    """Begun and not ended; both days count, empty ones are open."""

    def condition(day: dt.date) -> Q:
        begun = Q(**{f"{begin}__isnull": True}) | Q(**{f"{begin}__lte": day})
        return begun & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day}))

    return condition


def _expired(day: dt.date) -> Q:
    """The sitting term of an organization, past its end: no newer one has begun."""
    newer = Term.objects.filter(
        organization=OuterRef("organization"),
        started_on__gt=OuterRef("started_on"),
        started_on__lte=day,
        withdrawn_at=None,
    )
    ended = Q(ended_on=None) | Q(ended_on__gte=day)
    return Q(expires_on__lt=day, started_on__lte=day) & ended & ~Q(Exists(newer))


_MARKS: Final[dict[str, dict[str, Condition]]] = {
    "organization": {
        "dissolved": lambda day: Q(dissolved_on__lt=day),
    },
    "member": {
        "mobile": lambda day: Q(mobile=True),
        "left": lambda day: Q(status="left"),
    },
    "membership": {"current": in_force("from_on", "to_on")},
    "superior": {"current": in_force("from_on", "to_on")},
    "term": {"expired": _expired, "current": in_force("started_on", "ended_on")},
    "post": {"current": in_force("started_on", "ended_on")},
    "meeting": {
        "late": _recorded_late,
        "unattached": lambda day: _unattached("meeting"),
    },
    "attendance": {
        "absent": lambda day: Q(status="absent"),
        "leave": lambda day: Q(status="leave"),
    },
    "dues": {
        "short": lambda day: Q(due__gt=0) & (Q(paid=None) | Q(paid__lt=F("due"))),
        "late": lambda day: Q(paid_on__gt=F("due_on")),
    },
    "talk": {"nobody": _without("with_member")},
    "appraisal": {"unqualified": lambda day: Q(grade="unqualified")},
    "filing": {
        "missing": _open_past("filed_on"),
        "late": lambda day: Q(filed_on__gt=F("due_on")),
    },
    "venue": {"short": lambda day: Q(items_met__lt=F("items_required"))},
    "project": {"overdue": _open_past("finished_on"), "open": _without("finished_on")},
    "rectification": {"overdue": _open_past("closed_on"), "open": _without("closed_on")},
    "survey": {
        "low": lambda day: Q(LessThan(F("satisfied") * 5, F("answered") * 4)),
        "few": lambda day: Q(answered__lt=FEWEST_VOTES),
    },
    "case": {"overdue": _open_past("closed_on"), "open": _without("closed_on")},
    "exemption": {"current": in_force("from_on", "to_on")},
}
