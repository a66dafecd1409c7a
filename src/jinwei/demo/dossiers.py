"""Dossiers: papers about applicants, probationary members and members who are away.

Applicants stand in no roster, so their papers name nobody; the others name the member.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Final

from jinwei.demo.chance import weighted
from jinwei.demo.days import add_months, add_years, between, month_end, shift, workday
from jinwei.demo.papers import filed_on, filing_row
from jinwei.demo.people import Person
from jinwei.demo.rows import Row
from jinwei.demo.tree import Organ
from jinwei.demo.world import World

_APPLICANTS: Final = ((0, 5.0), (1, 3.0), (2, 1.5))
_ACTIVISTS: Final = ((0, 4.0), (1, 3.0), (2, 1.0))


def dossier_rows(world: World) -> list[Row]:
    """Branch by branch: applicants, those on probation, those who live elsewhere."""
    rows: list[Row] = []
    for leaf in world.leaves:
        rng = world.rng("dossier", leaf.code)
        if not leaf.retired:
            rows += _applicants(world, rng, leaf)
        for person in world.rosters.get(leaf.code, []):
            if person.full is None or person.full > world.start:
                rows += _probation(world, rng, leaf, person)
            if person.mobile:
                rows += _contacts(world, rng, leaf, person)
    return rows


def _bound(
    world: World, rng: Random, leaf: Organ, kind: str, title: str, due: date,
    member: str | None = None,
) -> Iterator[Row]:  # fmt: skip
    """A paper with a deadline in the life of the branch, as it was or was not handed in."""
    first, last = world.span(leaf)
    filed = filed_on(world, rng, leaf, due)
    if first <= due <= last:
        yield filing_row(leaf.code, kind, title, filed, due, member)


def _applicants(world: World, rng: Random, leaf: Organ) -> Iterator[Row]:
    """A talk with who applies, a review of activists every half-year, a course before admission."""
    for year in range(world.start.year, world.today.year + 1):
        for _ in range(weighted(rng, _APPLICANTS)):
            due = add_months(between(rng, date(year, 1, 5), date(year, 10, 31)), 1)
            yield from _bound(world, rng, leaf, "applicant_talk", "入党申请人谈话记录", due)
        for _ in range(weighted(rng, _ACTIVISTS)):
            for due in (date(year, 6, 30), date(year, 12, 31)):
                title = "入党积极分子考察登记"
                yield from _bound(world, rng, leaf, "activist_review", title, due)
        if rng.random() < 0.4:
            due = date(year, 3 + rng.randrange(8), 20)
            yield from _bound(world, rng, leaf, "candidate_training", "发展对象集中培训证明", due)


def _probation(world: World, rng: Random, leaf: Organ, person: Person) -> Iterator[Row]:
    """Reviewed by the branch every half-year, reporting every quarter, applying at the end."""
    since = max(world.start, person.stays[-1].from_on or person.here_since)
    ripe = add_years(person.joined, 1)
    for months in (6, 12):
        due = add_months(person.joined, months)
        if due >= since:
            title = "预备党员教育考察登记"
            yield from _bound(world, rng, leaf, "probation_review", title, due, person.code)
    due = shift(ripe, -30)
    if due >= since:
        title = "转正申请书"
        yield from _bound(world, rng, leaf, "conversion_application", title, due, person.code)
    last = min(ripe, world.today)
    for month in world.months:
        day = workday(shift(month_end(month), -rng.randrange(2, 25)))
        if month.month % 3 == 0 and since <= day <= last and rng.random() < leaf.temper.hold:
            title = "预备党员书面汇报"
            yield filing_row(leaf.code, "quarterly_report", title, day, None, person.code)


def _contacts(world: World, rng: Random, leaf: Organ, person: Person) -> Iterator[Row]:
    """Those who live elsewhere are called every half-year, more or less."""
    first = max(world.start, person.stays[-1].from_on or person.here_since)
    last = person.gone or world.today
    for month in world.months:
        day = workday(month.replace(day=6 + rng.randrange(18)))
        due = month.month in (3, 9) and first <= day <= min(last, world.today)
        if due and rng.random() < 0.8 * leaf.temper.diligence:
            title = "流动党员联系记录"
            yield filing_row(leaf.code, "floating_contact", title, day, None, person.code)
