"""One event as the rows it becomes: a meeting of each kind, with who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.audit.actions import Actor
from jinwei.ledgers.changes import enter_all
from jinwei.ledgers.models import Meeting
from jinwei.organizations.models import Organization

from .people import Presence, Roster


@dataclass(frozen=True, slots=True)
class Event:
    """What a form says. ``expected`` and ``attended`` where there is no roster to tick."""

    organization: Organization
    kinds: tuple[str, ...]
    held_on: dt.date
    topic: str
    led_by: str
    lecturer: str
    roster: Roster
    presence: Presence
    expected: int | None
    attended: int | None
    recorded_on: dt.date

    def meeting(self, kind: str) -> Meeting:
        people = self.roster.expected(kind)
        led_by = self.lecturer if kind == "lecture" and self.lecturer else self.led_by
        return Meeting(
            organization=self.organization,
            kind=kind,
            held_on=self.held_on,
            topic=self.topic or None,
            led_by=led_by or None,
            expected=len(people) if people else self.expected,
            attended=self.presence.there(people) if people else self.attended,
            recorded_on=self.recorded_on,
        )

    def attendance(self, kind: str) -> list[tuple[str, str]]:
        return self.presence.rows(self.roster.expected(kind))

    def enter(self, by: Actor) -> list[Meeting]:
        """Write all of it as one act."""
        rows = [self.meeting(kind) for kind in self.kinds]
        enter_all(rows, by=by, attendance=[self.attendance(kind) for kind in self.kinds])
        return rows


def event_of(
    organization: Organization,
    values: dict[str, Any],
    roster: Roster,
    said: Presence,
    today: dt.date,
) -> Event:
    """From what a form holds; what is not filled in yet is empty."""
    return Event(
        organization=organization,
        kinds=tuple(values.get("kinds") or ()),
        held_on=values["held_on"],
        topic=values.get("topic") or "",
        led_by=values.get("led_by") or "",
        lecturer=values.get("lecturer") or "",
        roster=roster,
        presence=said,
        expected=values.get("expected"),
        attended=values.get("attended"),
        recorded_on=today,
    )


def held_already(access: Access, event: Event) -> list[Meeting]:
    """Meetings of these kinds that are on record for that day."""
    own = access.rows(Meeting, Act.RECORD, of=event.organization.code)
    rows = own.filter(kind__in=event.kinds, held_on=event.held_on)
    return list(rows.order_by("pk"))


def last_led_by(access: Access, organization: Organization, kinds: Sequence[str]) -> str:
    """Who led the last meeting of these kinds, else the last of any."""
    rows = access.rows(Meeting, of=organization.code).filter(led_by__isnull=False)
    rows = rows.order_by(F("held_on").desc(nulls_last=True), "-pk")
    own = rows.filter(kind__in=kinds).values_list("led_by", flat=True).first() if kinds else None
    return own or rows.values_list("led_by", flat=True).first() or ""
