"""Runs of working procedures: elections, admissions, transfers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jinwei.demo.days import add_months, add_years, between, iso, shift, text, workday
from jinwei.demo.people import Person
from jinwei.demo.rows import Row, row
from jinwei.demo.tree import Organ
from jinwei.demo.world import World


@dataclass(frozen=True, slots=True)
class Case:
    """One run of a procedure; without an end it is still running."""

    organization: str
    member: str | None
    procedure: str
    opened: date
    due: date
    closed: date | None
    outcome: str | None


def case_rows(world: World) -> list[Row]:
    """All cases in the order in which they were opened."""
    found = _elections(world) + _changes(world) + _admissions(world) + _transfers(world)
    found = [case for case in found if case.opened <= world.today]
    found.sort(key=lambda c: (c.opened, c.organization, c.procedure, c.member or ""))
    return [
        row(
            "case",
            code=f"C{number:05}",
            organization=case.organization,
            member=case.member,
            procedure=case.procedure,
            opened_on=iso(case.opened),
            due_on=iso(case.due),
            closed_on=text(case.closed),
            outcome=case.outcome,
        )
        for number, case in enumerate(found, 1)
    ]


def _elections(world: World) -> list[Case]:
    """Elections of the period, and those opened because a term is running out or has."""
    found = []
    for organ in world.organs:
        terms = world.terms.get(organ.code, [])
        if not terms or organ.dissolved:
            continue
        now = terms[-1]
        if now.elected >= world.start and len(terms) > 1:
            opened = shift(now.elected, -70)
            due = shift(now.elected, 0 if organ.temper.diligence > 0.5 else -20)
            found.append(_case(world, organ, None, "election", opened, due, now.elected))
        elif now.expires < shift(world.today, 120) and organ.temper.diligence > 0.5:
            opened = max(world.start, workday(add_months(now.expires, -6)))
            due = max(now.expires, opened)
            found.append(Case(organ.code, None, "election", opened, due, None, None))
    return found


def _changes(world: World) -> list[Case]:
    """Approvals of branches that were founded or ended, and of a few that were adjusted."""
    found = []
    for leaf in world.leaves:
        rng = world.rng("adjustment", leaf.code)
        late = 40 if rng.random() > leaf.temper.diligence else 0
        if leaf.dissolved:
            opened = shift(leaf.dissolved, -30)
            found.append(
                _case(world, leaf, None, "dissolution", opened, leaf.dissolved, leaf.dissolved)
            )
        elif leaf.established > world.start:
            opened, day = shift(leaf.established, -40), leaf.established
            found.append(_case(world, leaf, None, "set_up", opened, day, day))
        elif rng.random() < 0.15:
            opened = workday(between(rng, world.start, shift(world.today, -20)))
            closed = shift(opened, 12 + rng.randrange(17) + late)
            found.append(_case(world, leaf, None, "adjustment", opened, shift(opened, 30), closed))
    return found


def _admissions(world: World) -> list[Case]:
    """The last step to probation and, a year on, to full membership; some still to be decided."""
    found = []
    for leaf in world.leaves:
        for person in world.rosters.get(leaf.code, []):
            if person.joined < world.start or person.here_since != person.joined:
                continue
            opened = shift(person.joined, -100)
            due = shift(person.joined, _spare(world, leaf, person, 20))
            found.append(_case(world, leaf, person, "admission", opened, due, person.joined))
            ripe = add_years(person.joined, 1)
            opened, due = shift(ripe, -30), shift(ripe, _spare(world, leaf, person, 30))
            found.append(_case(world, leaf, person, "conversion", opened, due, person.full))
    return found


def _transfers(world: World) -> list[Case]:
    """Transfers inside the data set and arrivals from outside, within ninety days."""
    found = []
    for leaf in world.leaves:
        for person in world.rosters.get(leaf.code, []):
            day = person.stays[-1].from_on or person.here_since
            if person.gone is None and world.start < day and day != person.joined:
                waited = 5 + int(person.code[-2:]) % 40
                opened = shift(day, -waited)
                due = shift(day, _spare(world, leaf, person, 50))
                found.append(_case(world, leaf, person, "transfer", opened, due, day))
    return found


def _spare(world: World, leaf: Organ, person: Person, days: int) -> int:
    """How many days before the time limit a case ends; below 0 where it ends late."""
    rng = world.rng("spare", person.code)
    late = rng.random() > 0.3 + 0.7 * leaf.temper.diligence
    return -1 - rng.randrange(4) if late else 1 + rng.randrange(days)


def _case(
    world: World,
    organ: Organ,
    person: Person | None,
    procedure: str,
    opened: date,
    due: date,
    closed: date | None,
) -> Case:
    """A case that ends well if it has ended by the day."""
    done = closed is not None and closed <= world.today
    member = person.code if person else None
    return Case(
        organ.code,
        member,
        procedure,
        opened,
        due,
        closed if done else None,
        "completed" if done else None,
    )
