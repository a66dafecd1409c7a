"""Talks, training, voluntary service and the yearly appraisal of members."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from jinwei.demo.chance import weighted
from jinwei.demo.days import add_months, between, iso, month_end, workday
from jinwei.demo.meetings import Meeting
from jinwei.demo.people import Person
from jinwei.demo.rows import Row, place, row
from jinwei.demo.tree import Organ
from jinwei.demo.world import World

_TRAINING: Final = (("lecture_hall", 5.0), ("online", 4.0))
_ROTATION: Final = (1600, 2400, 3200, 3200, 4000)
"""Hundredths of an hour in the yearly course that a branch attends together."""
_SERVICE: Final = (("community", 5.0), ("volunteer", 4.0), ("wish", 2.0))


def by_day(table: str, column: str, rows: list[Row]) -> list[Row]:
    """The rows in order of their day, as they were entered; empty days come last."""
    index = place(table, column)
    return sorted(rows, key=lambda cells: str(cells[index] or "9999"))


def talk_rows(world: World) -> list[Row]:
    """Who talked with whom on which day; what was said is nobody's business."""
    rows: list[Row] = []
    for leaf in world.leaves:
        rng = world.rng("talk", leaf.code)
        for half in _halves(world):
            rows += _talks(world, rng, leaf, half)
    return by_day("talk", "held_on", rows)


def _halves(world: World) -> list[date]:
    """The first days of the half-years that the ledgers touch."""
    return [month for month in world.months if month.month in (1, 7)] or [world.start]


def _talks(world: World, rng: Random, leaf: Organ, half: date) -> list[Row]:
    """A committee member talks with each member, every other half-year, as far as diligent."""
    last = min(month_end(add_months(half, 5)), world.today, leaf.dissolved or world.today)
    rows: list[Row] = []
    for person in world.here(leaf.code, last):
        day = _weekday_between(rng, half, last)
        talkers = [o.person for o in world.committee(leaf.code, day)]
        if rng.random() > 0.46 * leaf.temper.diligence or not talkers:
            continue
        talker = rng.choice(talkers)
        if talker is not person and person.present(day) and talker.present(day):
            kind = "committee_committee" if person in talkers else "committee_member"
            rows.append(_talk(leaf, talker, person, day, kind))
    return rows


def _talk(leaf: Organ, talker: Person, person: Person, day: date, kind: str) -> Row:
    return row(
        "talk",
        organization=leaf.code,
        member=talker.code,
        with_member=person.code,
        held_on=iso(day),
        kind=kind,
    )


def _weekday_between(rng: Random, first: date, last: date) -> date:
    return max(first, min(last, workday(between(rng, first, last))))


def training_rows(world: World) -> list[Row]:
    """A course of the branch every year, single ones, one for secretaries each spring."""
    rows: list[Row] = []
    for leaf in world.leaves:
        rng = world.rng("training", leaf.code)
        courses = 0.35 * leaf.temper.diligence
        rows += _rotations(world, rng, leaf)
        for person in world.rosters.get(leaf.code, []):
            rows += _hours(world, rng, leaf, person, "training", courses, _TRAINING, (8, 32))
        rows += _secretary_course(world, rng, leaf)
    return by_day("training", "held_on", rows)


def _rotations(world: World, rng: Random, leaf: Organ) -> list[Row]:
    """The members of a branch are trained together once a year, all on the same day."""
    rows = []
    for year in range(world.start.year, world.today.year + 1):
        day = workday(date(year, rng.randrange(4, 11), rng.randrange(5, 28)))
        hours = rng.choice(_ROTATION)
        if world.start <= day <= world.today:
            rows += [
                _hour_row("training", leaf, person, day, hours, "rotation")
                for person in world.here(leaf.code, day)
                if rng.random() < 0.9 * leaf.temper.diligence
            ]
    return rows


def _secretary_course(world: World, rng: Random, leaf: Organ) -> list[Row]:
    rows = []
    for month in world.months:
        day = workday(month.replace(day=16))
        person = world.secretary(leaf.code, day)
        if month.month != 4 or day > world.today or not person or not person.present(day):
            continue
        if rng.random() < leaf.temper.diligence:
            rows.append(_hour_row("training", leaf, person, day, 5600, "secretary_training"))
    return rows


def service_rows(world: World) -> list[Row]:
    """Voluntary service and wishes fulfilled, in half hours."""
    rows: list[Row] = []
    for leaf in world.leaves:
        rng = world.rng("service", leaf.code)
        for person in world.rosters.get(leaf.code, []):
            often = 0.75 * leaf.temper.diligence * (0.4 if person.category == "special" else 1)
            rows += _hours(world, rng, leaf, person, "service", often, _SERVICE, (2, 9))
    return by_day("service", "held_on", rows)


def _hours(
    world: World,
    rng: Random,
    leaf: Organ,
    person: Person,
    table: str,
    often: float,
    kinds: tuple[tuple[str, float], ...],
    span: tuple[int, int],
) -> list[Row]:
    """Up to three entries of a member, ``often`` of them on average, while present."""
    rows = []
    first = max(world.start, person.stays[-1].from_on or person.here_since)
    last = min(world.today, person.gone or world.today)
    for _ in range(3):
        if rng.random() < often / 3 and first <= last:
            day = _weekday_between(rng, first, last)
            half_hours = rng.randrange(*span)
            kind = weighted(rng, kinds)
            rows.append(_hour_row(table, leaf, person, day, half_hours * 50, kind))
    return rows


def _hour_row(table: str, leaf: Organ, person: Person, day: date, hours: int, kind: str) -> Row:
    return row(
        table,
        member=person.code,
        organization=leaf.code,
        held_on=iso(day),
        hours=hours,
        kind=kind,
    )


def appraisal_rows(world: World, meetings: list[Meeting]) -> list[Row]:
    """One grade a full member and appraisal meeting, at most a third of them excellent."""
    rows: list[Row] = []
    for meeting in sorted(meetings, key=lambda m: (m.held, m.organization)):
        if meeting.kind == "appraisal" and world.by_code[meeting.organization].is_leaf:
            rows += _grades(world, meeting)
    return rows


def _grades(world: World, meeting: Meeting) -> list[Row]:
    rng = world.rng("appraisal", meeting.organization, meeting.held)
    people = [
        person
        for person in world.here(meeting.organization, meeting.held)
        if person.full is not None and person.full <= meeting.held
    ]
    most = len(people) // 3
    best = {p.code for p in rng.sample(people, rng.randrange(most // 2, most + 1))}
    return [
        row(
            "appraisal",
            member=person.code,
            organization=meeting.organization,
            held_on=iso(meeting.held),
            grade="excellent" if person.code in best else _grade(rng),
        )
        for person in people
    ]


def _grade(rng: Random) -> str:
    mark = rng.random()
    return "unqualified" if mark < 0.0006 else "basic" if mark < 0.012 else "qualified"
