"""Talks, training, voluntary service and the yearly appraisal of members."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from jinwei.demo.chance import weighted
from jinwei.demo.days import between, iso, shift, workday
from jinwei.demo.meetings import Meeting
from jinwei.demo.people import Person
from jinwei.demo.rows import Row, place, row
from jinwei.demo.tree import Organ
from jinwei.demo.world import World

_TRAINING: Final = (("lecture_hall", 5.0), ("online", 4.0))
_ROTATION: Final = (1600, 2400, 3200, 3200, 3600, 4000)
"""Hundredths of an hour in the yearly course that a branch attends together."""
_SERVICE: Final = (("community", 4.0), ("wish", 4.0))


def by_day(table: str, column: str, rows: list[Row]) -> list[Row]:
    """The rows in order of their day, as they were entered; empty days come last."""
    index = place(table, column)
    return sorted(rows, key=lambda cells: str(cells[index] or "9999"))


def talk_rows(world: World) -> list[Row]:
    """Who talked with whom on which day; what was said is nobody's business."""
    rows: list[Row] = []
    for organ in world.organs:
        if organ.is_leaf or organ.is_upper:
            rng = world.rng("talk", organ.code)
            for year in range(world.start.year, world.today.year + 1):
                rows += (_talks if organ.is_leaf else _upper_talks)(world, rng, organ, year)
    return by_day("talk", "held_on", rows)


def _talks(world: World, rng: Random, leaf: Organ, year: int) -> list[Row]:
    """A committee member talks with each member once a year, as far as diligent."""
    first, last = max(world.lately, leaf.established), world.span(leaf)[1]
    rows: list[Row] = []
    for person in world.rosters.get(leaf.code, []):
        day = workday(between(rng, date(year, 1, 20), date(year, 8, 31)))
        often = 1 - 0.9 * (1 - leaf.temper.diligence)
        if rng.random() > often or not first <= day <= last or not _registered(person, day):
            continue
        talkers = [o.person for o in world.committee(leaf.code, day) if o.person is not person]
        talker = rng.choice(talkers) if talkers else None
        if talker is not None and talker.present(day):
            rows.append(_talk(leaf, talker, person, day, "committee_member"))
    return rows


def _registered(person: Person, day: date) -> bool:
    """Whether the person is a member of today's branch on the day."""
    return person.present(day) and day >= (person.stays[-1].from_on or day)


def _upper_talks(world: World, rng: Random, organ: Organ, year: int) -> list[Row]:
    """The secretary talks with the other committee members once a year."""
    rows = []
    for person in {o.person.code: o.person for o in world.offices.get(organ.code, [])}.values():
        day = workday(between(rng, date(year, 3, 1), date(year, 10, 31)))
        talker = world.secretary(organ.code, day) if world.start <= day <= world.today else None
        if talker is None or talker is person or rng.random() > organ.temper.diligence:
            continue
        if person.present(day) and talker.present(day):
            rows.append(_talk(organ, talker, person, day, "committee_committee"))
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
    """A course of the branch every year, single ones, those for secretaries and new members."""
    rows: list[Row] = []
    for leaf in world.leaves:
        rng = world.rng("training", leaf.code)
        rows += _rotations(world, rng, leaf)
        for person in world.rosters.get(leaf.code, []):
            often = 0.05 * leaf.temper.diligence
            rows += _hours(world, rng, leaf, person, "training", often, _TRAINING, (8, 32))
            rows += _new_member(world, rng, leaf, person)
        rows += _secretary_course(world, rng, leaf)
    return by_day("training", "held_on", rows)


def _rotations(world: World, rng: Random, leaf: Organ) -> list[Row]:
    """The members of a branch are trained together once a year, all on the same day."""
    rows = []
    for year in range(world.start.year, world.today.year + 1):
        day = workday(date(year, rng.randrange(2, 8), rng.randrange(5, 28)))
        hours = rng.choice(_ROTATION)
        if world.lately <= day <= world.today:
            rows += [
                _hour_row("training", leaf, person, day, hours, "rotation")
                for person in world.here(leaf.code, day)
                if rng.random() < 1 - 0.8 * (1 - leaf.temper.diligence)
            ]
    return rows


def _new_member(world: World, rng: Random, leaf: Organ, person: Person) -> list[Row]:
    """Whoever is on probation goes through the course for new members."""
    day = workday(shift(person.joined, 40 + rng.randrange(90)))
    counts = person.full is None or person.full > world.start
    if not counts or rng.random() > leaf.temper.diligence or not _registered(person, day):
        return []
    rows = [_hour_row("training", leaf, person, day, 2400, "new_member")]
    return rows if world.start <= day <= world.today else []


def _secretary_course(world: World, rng: Random, leaf: Organ) -> list[Row]:
    """The secretaries' rotation: in April for some branches, in October for the others."""
    rows = []
    for month in world.months:
        day = workday(month.replace(day=16))
        person = world.secretary(leaf.code, day)
        if month.month != (4, 4, 10)[leaf.party_day % 3] or day > world.today:
            continue
        if person and person.present(day) and rng.random() < leaf.temper.diligence:
            rows.append(_hour_row("training", leaf, person, day, 5600, "secretary_rotation"))
    return rows


def service_rows(world: World) -> list[Row]:
    """Voluntary service, wishes fulfilled, contacts with the grassroots, in half hours."""
    rows: list[Row] = []
    for leaf in world.leaves:
        rng = world.rng("service", leaf.code)
        rows += _volunteer_days(world, rng, leaf)
        rows += _grassroots(world, rng, leaf)
        for person in world.rosters.get(leaf.code, []):
            often = 0.1 * leaf.temper.diligence
            rows += _hours(world, rng, leaf, person, "service", often, _SERVICE, (2, 9))
    return by_day("service", "held_on", rows)


def _volunteer_days(world: World, rng: Random, leaf: Organ) -> list[Row]:
    """The branch serves on one day of the year; some take on a wish instead."""
    first, last = max(world.lately, leaf.established), world.span(leaf)[1]
    rows = []
    for year in range(world.start.year, world.today.year + 1):
        day = workday(date(year, 2 + rng.randrange(6), 5 + rng.randrange(20)))
        often = 1 - (1.4 if leaf.retired else 0.8) * (1 - leaf.temper.diligence)
        for person in world.here(leaf.code, day) if first <= day <= last else []:
            if rng.random() < often:
                kind = "volunteer" if rng.random() < 0.8 else "wish"
                rows.append(_hour_row("service", leaf, person, day, 50 * rng.randrange(2, 9), kind))
    return rows


def _grassroots(world: World, rng: Random, leaf: Organ) -> list[Row]:
    """A member calls on the neighbourhood every quarter, kept up like the meetings."""
    first, last = world.span(leaf)
    rows = []
    for month in world.months:
        day = workday(month.replace(day=5 + rng.randrange(20)))
        people = world.here(leaf.code, day) if month.month % 3 == 2 and first <= day <= last else []
        if people and rng.random() < leaf.temper.hold - 0.03:
            person = rng.choice(people)
            rows.append(_hour_row("service", leaf, person, day, 200, "grassroots_contact"))
    return rows


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
