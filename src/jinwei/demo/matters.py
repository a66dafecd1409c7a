"""Venues, projects, honours, incidents, rectifications and surveys."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from jinwei.demo.activities import by_day
from jinwei.demo.chance import weighted
from jinwei.demo.days import add_months, between, iso, month_end, shift, text, workday
from jinwei.demo.rows import Row, row
from jinwei.demo.topics import BRANDS, BREAKTHROUGHS, METHODS, PROBLEMS, TASKS
from jinwei.demo.tree import Organ
from jinwei.demo.world import World

_VENUES: Final = (("member_room", 10), ("publicity_site", 5))
_HONOR_LEVELS: Final = (
    ("unit", 60.0),
    ("county", 28.0),
    ("city", 10.0),
    ("province", 1.8),
    ("national", 0.2),
)
_BREACHES: Final = (
    "election_overdue",
    "admission_breach",
    "dues_breach",
    "case_unhandled",
    "lagging_listed",
    "lagging_listed",
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
    short = int(items * organ.temper.poorness * 0.35 * rng.random() ** 2 + 0.25)
    return row(
        "venue",
        organization=organ.code,
        kind=kind,
        checked_on=iso(day),
        items_required=items,
        items_met=items - short,
    )


def project_rows(world: World) -> list[Row]:
    """Key tasks and the secretary's breakthrough every year; brands and methods of the best."""
    rows: list[Row] = []
    for organ in _bodies(world):
        rng = world.rng("project", organ.code)
        good = organ.temper.diligence
        for year in range(world.start.year, world.today.year + 1):
            if organ.is_upper or rng.random() < 0.8 * good:
                rows += _project(world, rng, organ, "breakthrough", rng.choice(BREAKTHROUGHS), year)
            if rng.random() < good:
                rows += _project(world, rng, organ, "key_task", rng.choice(TASKS), year)
        if rng.random() < 0.35 * good:
            rows += _project(world, rng, organ, "brand", rng.choice(BRANDS), world.today.year - 1)
        if organ.is_leaf and rng.random() < 0.12 * good:
            rows += _project(world, rng, organ, "method", rng.choice(METHODS), world.today.year - 1)
    return by_day("project", "started_on", rows)


def _project(
    world: World, rng: Random, organ: Organ, kind: str, title: str, year: int
) -> list[Row]:
    """Begun in spring, due in autumn, finished in time, late or not yet."""
    started = workday(date(year, 2 + rng.randrange(3), 5 + rng.randrange(20)))
    due = month_end(date(year, 8 + rng.randrange(4), 1))
    if not organ.established <= started <= world.today:
        return []
    late = rng.random() > organ.temper.diligence
    finished = shift(due, rng.randrange(5, 120) if late else -rng.randrange(1, 90))
    done = finished if finished <= world.today else None
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
    """Few: falsified records where all is paper, breaches of the lagging, single sanctions."""
    found = _breaches(world)
    for leaf in world.leaves:
        rng = world.rng("incident", leaf.code)
        day = _some_day(world, rng, leaf)
        mark = rng.random()
        if leaf.temper.lagging and mark < 0.1:
            found.append(_incident(leaf.code, None, "public_criticism", "county", day))
        elif mark > 0.988:
            person = rng.choice(world.here(leaf.code, day) or world.rosters[leaf.code])
            found.append(_incident(leaf.code, person.code, "discipline", "unit", day))
    return by_day("incident", "occurred_on", found)


def _breaches(world: World) -> list[Row]:
    """What vetoes speak of: each of them once or twice, this year."""
    rng = world.rng("breach")
    paper = [leaf for leaf in world.leaves if leaf.temper.batch and not leaf.dissolved]
    lagging = [leaf for leaf in world.leaves if leaf.temper.lagging and not leaf.dissolved]
    bad = rng.sample(lagging, min(len(_BREACHES), len(lagging)))
    chosen = [(leaf, "falsification") for leaf in rng.sample(paper, min(2, len(paper)))]
    rows = []
    for leaf, kind in chosen + list(zip(bad, _BREACHES, strict=False)):
        first = max(world.span(leaf)[0], date(world.today.year, 1, 4))
        day = min(workday(between(rng, first, shift(world.today, -5))), world.today)
        rows.append(_incident(leaf.code, None, kind, "county", day))
    return rows


def _some_day(world: World, rng: Random, leaf: Organ) -> date:
    first, last = world.span(leaf)
    return workday(between(rng, shift(first, 20), shift(last, -5)))


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
            if rng.random() < 0.02 + 0.1 * organ.temper.poorness:
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
    """Members are asked once a year, residents each June where offices serve the public."""
    rows: list[Row] = []
    for organ in _bodies(world):
        rng = world.rng("survey", organ.code)
        for month in world.months:
            day = workday(month.replace(day=10))
            if not max(organ.established, world.start) <= day <= world.today:
                continue
            if month.month == _SURVEYED[organ.party_day % 3] and rng.random() < 0.95:
                rows += _survey(rng, organ, day, "satisfaction", world.total(organ.code, day))
            if month.month == 6 and organ.is_upper:
                rows += _survey(rng, organ, day, "residents", rng.randrange(60, 240))
    return by_day("survey", "held_on", rows)


_SURVEYED: Final = (5, 10, 12)
"""The months in which members are asked, each organization always in the same one."""


def _survey(rng: Random, organ: Organ, day: date, kind: str, asked: int) -> list[Row]:
    answered = int(asked * (0.6 + 0.38 * rng.random()))
    liking = 0.98 - (0.06 + 0.24 * organ.temper.poorness) * (0.3 + 1.4 * rng.random() ** 2)
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
