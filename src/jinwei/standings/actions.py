"""Reckoning standings: all of an adoption, or one subject after an entry."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from jinwei.engine.periods import Clock
from jinwei.engine.score import clock_for, score
from jinwei.engine.totals import IndicatorResult, Result, half_up
from jinwei.ledgers.backend import DjangoBackend
from jinwei.members.models import Member, Membership
from jinwei.organizations.models import TreePath

from .models import Adoption, Standing, StandingChange, StandingIndicator

_CHUNK: Final = 2000


class EarlierDay(Exception):
    """Standings show what was seen, day after day; a day before the last is not reckoned again."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How many subjects were reckoned, and whose result became another (or went away)."""

    subjects: int
    changed: tuple[str, ...]


@transaction.atomic
def reckon(adoption: Adoption, *, as_of: dt.date, subject: str | None = None) -> Reckoned:
    """Bring the standings of an adoption (or of one subject) up to what is known at a day.

    Rows are written only where something changed. What is no subject any more loses its standing.
    Raises :class:`EarlierDay` where a later day is reckoned already.
    """
    plan = adoption.plan()
    clock = clock_for(plan, as_of)
    if adoption.standings.filter(first=clock.period.first, as_of__gt=as_of).exists():
        raise EarlierDay(as_of)
    found = score(plan, DjangoBackend(), clock, subject)
    reached = _reached(adoption, clock.day, subject)
    results = {code: result for code, result in found.items() if code in reached}
    return _Writer(adoption, clock, plan.fingerprint).write(results, subject)


def _reached(adoption: Adoption, day: dt.date, subject: str | None) -> set[str]:
    """The subjects (or the one asked for) that an adoption reaches at a day.

    They are the organizations of its subtree, or the members registered there.
    """
    if not _spans(adoption.from_on, adoption.to_on, day):
        return set()
    of_members = adoption.plan().subject == "member"
    paths = TreePath.objects.filter(_in_force(day), ancestor=adoption.organization_id)
    if subject is not None and not of_members:
        paths = paths.filter(descendant__code=subject)
    organizations = set(paths.values_list("descendant__code", flat=True))
    return _registered(organizations, day, subject) if of_members else organizations


def _registered(organizations: set[str], day: dt.date, member: str | None) -> set[str]:
    """The members of these organizations: where a member has memberships, the one in force says."""
    memberships, members = Membership.objects.all(), Member.objects.all()
    if member is not None:
        memberships, members = memberships.filter(member__code=member), members.filter(code=member)
    moved: set[str] = set()
    found: set[str] = set()
    for code, organization, first, last in memberships.values_list(
        "member__code", "organization__code", "from_on", "to_on"
    ):
        moved.add(code)
        if organization in organizations and _spans(first, last, day):
            found.add(code)
    homes = members.values_list("code", "organization__code")
    found.update(code for code, home in homes if code not in moved and home in organizations)
    return found


def _spans(first: dt.date | None, last: dt.date | None, day: dt.date) -> bool:
    """Whether a day lies in a span; both ends inclusive, an empty one open."""
    return (first is None or first <= day) and (last is None or last >= day)


def _in_force(day: dt.date) -> Q:
    """The same as a condition of the database."""
    begun = Q(from_on__isnull=True) | Q(from_on__lte=day)
    return begun & (Q(to_on__isnull=True) | Q(to_on__gte=day))


class _Writer:
    """Writes the results of one adoption and period, and what changed by them."""

    def __init__(self, adoption: Adoption, clock: Clock, fingerprint: str) -> None:
        self.adoption = adoption
        self.clock = clock
        self.fingerprint = fingerprint
        self.rows = Standing.objects.filter(adoption=adoption, first=clock.period.first)

    def write(self, results: dict[str, Result], subject: str | None) -> Reckoned:
        rows = self.rows if subject is None else self.rows.filter(subject=subject)
        before = {standing.subject: standing for standing in rows}
        now = {code: self._standing(result) for code, result in results.items()}
        changed = [c for c, s in now.items() if c not in before or before[c].digest != s.digest]
        gone = [code for code in before if code not in now]
        self._replace([now[code] for code in changed], [*changed, *gone], results)
        rows.exclude(as_of=self.clock.as_of).update(as_of=self.clock.as_of)
        self._note(before, now, [*changed, *gone])
        return Reckoned(len(now), (*changed, *gone))

    def _standing(self, result: Result) -> Standing:
        standing = Standing(
            adoption=self.adoption,
            subject=result.subject,
            first=self.clock.period.first,
            last=self.clock.period.last,
            as_of=self.clock.as_of,
            score=result.score,
            potential=result.potential,
            stars=result.stars,
            grade=result.grade,
            vetoes=list(result.vetoes),
            fingerprint=self.fingerprint,
        )
        standing.digest = _digest(standing, result)
        return standing

    def _replace(
        self, standings: list[Standing], codes: Iterable[str], results: dict[str, Result]
    ) -> None:
        for chunk in _chunks(list(codes)):
            self.rows.filter(subject__in=chunk).delete()
        made = Standing.objects.bulk_create(standings, batch_size=_CHUNK)
        indicators = (
            _indicator_row(standing, indicator)
            for standing in made
            for indicator in results[standing.subject].indicators.values()
        )
        StandingIndicator.objects.bulk_create(indicators, batch_size=_CHUNK)

    def _note(
        self, before: dict[str, Standing], now: dict[str, Standing], codes: Iterable[str]
    ) -> None:
        """One row a subject and day; a second change of the day keeps what stood before it."""
        changes = [self._change(code, before.get(code), now.get(code)) for code in codes]
        StandingChange.objects.bulk_create(
            [c for c in changes if (c.score, c.stars) != (c.score_before, c.stars_before)],
            batch_size=_CHUNK,
            update_conflicts=True,
            unique_fields=["adoption", "subject", "first", "day"],
            update_fields=["score", "stars"],
        )

    def _change(self, code: str, old: Standing | None, new: Standing | None) -> StandingChange:
        return StandingChange(
            adoption=self.adoption,
            subject=code,
            first=self.clock.period.first,
            day=self.clock.as_of,
            score_before=old.score if old else None,
            score=new.score if new else None,
            stars_before=old.stars if old else None,
            stars=new.stars if new else None,
        )


def _chunks(codes: list[str]) -> Iterable[list[str]]:
    return (codes[at : at + _CHUNK] for at in range(0, len(codes), _CHUNK))


def _indicator_row(standing: Standing, result: IndicatorResult) -> StandingIndicator:
    return StandingIndicator(
        standing=standing,
        indicator=result.id,
        state=result.state,
        earned=result.earned,
        obtainable=result.obtainable,
        potential=result.potential,
        value=six_decimals(result.value),
        target=six_decimals(result.target),
    )


def six_decimals(number: Fraction | None) -> Decimal | None:
    """A value as it is stored and shown: six decimals, half away from zero."""
    return None if number is None else Decimal(half_up(number * 10**6)).scaleb(-6)


def _digest(standing: Standing, result: Result) -> str:
    """Names everything said of a subject, whatever the day it is said on."""
    said: list[Any] = [standing.fingerprint, result.score, result.potential, result.stars]
    said += [result.grade, result.vetoes]
    said += [
        (i.id, i.state, i.earned, i.obtainable, i.potential, str(i.value), str(i.target))
        for i in result.indicators.values()
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
