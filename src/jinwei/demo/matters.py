"""Venues, projects, honours, incidents, rectifications and surveys."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from jinwei.demo.activities import by_day
from jinwei.demo.behaviour import Temper
from jinwei.demo.chance import weighted
from jinwei.demo.days import add_months, between, iso, shift, text, workday
from jinwei.demo.rows import Row, row
from jinwei.demo.topics import BRANDS, BREAKTHROUGHS, METHODS, PROBLEMS, TASKS
from jinwei.demo.tree import Organ
from jinwei.demo.world import World

_VENUES: Final = (("member_room", 10), ("publicity_site", 5), ("office", 6))
_HONOR_LEVELS: Final = (
    ("unit", 60.0),
    ("county", 28.0),
    ("city", 10.0),
    ("province", 1.8),
    ("national", 0.2),
)
_SOURCES: Final = (
    ("inspection", 5.0),
    ("assessment", 3.0),
    ("self_check", 3.0),
    ("survey", 1.0),
)


def _bodies(world: World) -> list[Organ]:
    """Branches and the committees above them; no groups, no temporary branches."""
    return [o for o in world.organs if (o.is_leaf or o.is_upper) and not o.dissolved]


def _poorness(temper: Temper) -> float:
    """0 for the best, above 1 for the worst."""
    return 0.15 if temper.hold == 1.0 else 0.6 if temper.batch else 2 * (1 - temper.diligence)


def venue_rows(world: World) -> list[Row]:
    """The yearly check of rooms and boards, every March and September by turns."""
    rows: list[Row] = []
    for organ in _bodies(world):
        rng = world.rng("venue", organ.code)
        for month in world.months:
            if month.month != (3 if organ.party_day % 2 else 9):
                continue
            day = workday(month.replace(day=organ.party_day))
            if max(world.start, organ.established) <= day <= world.today:
                rows += [_venue(rng, organ, day, kind, items) for kind, items in _VENUES]
    return by_day("venue", "checked_on", rows)


def _venue(rng: Random, organ: Organ, day: date, kind: str, items: int) -> Row:
    short = int(items * _poorness(organ.temper) * 0.4 * rng.random() + 0.5)
    return row(
        "venue",
        organization=organ.code,
        kind=kind,
        checked_on=iso(day),
        items_required=items,
        items_met=items - short,
    )


def project_rows(world: World) -> list[Row]:
    """A breakthrough a secretary and year for committees; brands and methods of the best."""
    rows: list[Row] = []
    for organ in _bodies(world):
        rng = world.rng("project", organ.code)
        for year in range(world.start.year, world.today.year + 1):
            if organ.is_upper or rng.random() < 0.4 * organ.temper.diligence:
                rows += _project(world, rng, organ, "breakthrough", rng.choice(BREAKTHROUGHS), year)
            if organ.is_upper and rng.random() < 0.7:
                rows += _project(world, rng, organ, "key_task", rng.choice(TASKS), year)
        if rng.random() < 0.35 * organ.temper.diligence:
            rows += _project(world, rng, organ, "brand", rng.choice(BRANDS), world.today.year - 1)
        if organ.is_leaf and rng.random() < 0.12 * organ.temper.diligence:
            rows += _project(world, rng, organ, "method", rng.choice(METHODS), world.today.year - 1)
    return by_day("project", "started_on", rows)


def _project(
    world: World, rng: Random, organ: Organ, kind: str, title: str, year: int
) -> list[Row]:
    """Begun in spring, due before the year ends, finished in time, late or not yet."""
    started = workday(date(year, 2 + rng.randrange(3), 5 + rng.randrange(20)))
    due = date(year, 11, 30)
    if not organ.established <= started <= world.today:
        return []
    late = rng.random() > organ.temper.diligence
    finished = shift(due, rng.randrange(5, 120) if late else -rng.randrange(1, 90))
    done = finished if finished <= world.today and rng.random() < 0.95 else None
    return [
        row(
            "project",
            organization=organ.code,
            kind=kind,
            title=title,
            started_on=iso(started),
            due_on=iso(due),
            finished_on=text(done),
        )
    ]


def honor_rows(world: World) -> list[Row]:
    """Honours around the first of July, for organizations and for members."""
    rows: list[Row] = []
    summers = [month.replace(day=1) for month in world.months if month.month == 7]
    for summer in summers:
        if shift(summer, -3) <= world.today:
            rows += _honours_of(world, workday(shift(summer, -3)))
    return by_day("honor", "awarded_on", rows)


def _honours_of(world: World, day: date) -> list[Row]:
    rows = []
    for organ in _bodies(world):
        rng = world.rng("honor", organ.code, day.year)
        good = organ.temper.diligence if organ.temper.hold > 0.95 else 0.1
        if organ.established <= day and organ.parent and rng.random() < 0.18 * good:
            rows.append(_honor(rng, organ.code, None, "先进基层党组织", day))
        people = [p for p in world.here(organ.code, day) if p.status == "full"]
        for person in people:
            if rng.random() < 0.02 * good:
                title = "优秀党务工作者" if person.category == "backbone" else "优秀共产党员"
                rows.append(_honor(rng, organ.code, person.code, title, day))
    return rows


def _honor(rng: Random, organ: str, member: str | None, title: str, day: date) -> Row:
    return row(
        "honor",
        organization=organ,
        member=member,
        level=weighted(rng, _HONOR_LEVELS),
        title=title,
        awarded_on=iso(day),
    )


def incident_rows(world: World) -> list[Row]:
    """Few: falsified records where all is paper, criticism of the lagging, single sanctions."""
    rows: list[Row] = []
    for leaf in world.leaves:
        rng = world.rng("incident", leaf.code)
        first, last = world.span(leaf)
        day = workday(between(rng, shift(first, 20), shift(last, -5)))
        mark = rng.random()
        if leaf.temper.batch and mark < 0.1:
            rows.append(_incident(leaf.code, None, "falsification", "county", day))
        elif leaf.temper.overdue > 0.3 and mark < 0.13:
            rows.append(_incident(leaf.code, None, "public_criticism", "county", day))
        elif mark > 0.988:
            person = rng.choice(world.here(leaf.code, day) or world.rosters[leaf.code])
            rows.append(_incident(leaf.code, person.code, "discipline", "unit", day))
    return by_day("incident", "occurred_on", rows)


def _incident(organ: str, member: str | None, kind: str, level: str, day: date) -> Row:
    return row(
        "incident",
        organization=organ,
        member=member,
        kind=kind,
        level=level,
        occurred_on=iso(day),
    )


def rectification_rows(world: World) -> list[Row]:
    """Problems found in checks: closed in time, closed late, open, open and overdue."""
    found: list[tuple[date, Organ, Random]] = []
    for organ in _bodies(world):
        rng = world.rng("rectification", organ.code)
        for month in world.months[1:]:
            if rng.random() < 0.11 * _poorness(organ.temper):
                day = workday(month.replace(day=rng.randrange(4, 28)))
                if max(organ.established, world.start) <= day <= world.today:
                    found.append((day, organ, rng))
    found.sort(key=lambda entry: (entry[0], entry[1].code))
    return [
        _rectification(world, rng, organ, day, number)
        for number, (day, organ, rng) in enumerate(found, 1)
    ]


def _rectification(world: World, rng: Random, organ: Organ, day: date, number: int) -> Row:
    due = add_months(day, rng.choice((1, 1, 2, 3)))
    in_time = rng.random() < 0.2 + 0.75 * organ.temper.diligence
    closed = shift(due, -rng.randrange(1, 20)) if in_time else shift(due, rng.randrange(3, 120))
    done = closed <= world.today and (in_time or rng.random() < 0.7)
    return row(
        "rectification",
        code=f"R{number:05}",
        organization=organ.code,
        source=weighted(rng, _SOURCES),
        title=rng.choice(PROBLEMS),
        opened_on=iso(day),
        due_on=iso(due),
        closed_on=iso(closed) if done else None,
        accepted=rng.random() < 0.94 if done else None,
    )


def survey_rows(world: World) -> list[Row]:
    """Members are asked each December, residents each June where offices serve the public."""
    rows: list[Row] = []
    for organ in _bodies(world):
        rng = world.rng("survey", organ.code)
        for month in world.months:
            day = workday(month.replace(day=10))
            if not max(organ.established, world.start) <= day <= world.today:
                continue
            if month.month == 12:
                rows += _survey(rng, organ, day, "members", world.total(organ.code, day))
            if month.month == 6 and organ.is_upper:
                rows += _survey(rng, organ, day, "residents", rng.randrange(60, 240))
    return by_day("survey", "held_on", rows)


def _survey(rng: Random, organ: Organ, day: date, kind: str, asked: int) -> list[Row]:
    answered = int(asked * (0.6 + 0.38 * rng.random()))
    liking = 1 - 0.22 * _poorness(organ.temper) * (0.3 + rng.random())
    if answered < 1:
        return []
    return [
        row(
            "survey",
            organization=organ.code,
            held_on=iso(day),
            kind=kind,
            answered=answered,
            satisfied=int(answered * max(liking, 0.3) + 0.5),
        )
    ]
