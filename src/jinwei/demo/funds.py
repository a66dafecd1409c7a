"""Money: the year's budget, what was allocated, spent and returned of the dues."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from jinwei.demo.activities import by_day
from jinwei.demo.days import iso, month_end, shift, workday
from jinwei.demo.rows import Row, row
from jinwei.demo.tree import Organ
from jinwei.demo.world import World

_SUBJECTS: Final = ("education", "theme_day", "training", "venue", "care")
_Booking = tuple[date, str, int, str | None]
"""Day, kind, amount in cents, subject."""


def fund_rows(world: World) -> list[Row]:
    """The books of every branch and committee, year by year."""
    rows: list[Row] = []
    for organ in world.organs:
        if organ.is_leaf or organ.is_upper:
            rng = world.rng("fund", organ.code)
            for year in range(world.start.year, world.today.year + 1):
                rows += _year(world, rng, organ, year)
    return by_day("fund", "booked_on", rows)


def _year(world: World, rng: Random, organ: Organ, year: int) -> list[Row]:
    """Budget in January (at the start of the ledgers), halves allocated, then spent."""
    first, last = world.span(organ)
    opening = max(first, workday(date(year, 1, 12 + rng.randrange(14))))
    if opening > last:
        return []
    members = max(world.total(organ.code, opening), 1)
    per_head = rng.randrange(280, 520) if rng.random() > organ.temper.diligence else 0
    budget = (per_head or rng.randrange(600, 820)) * members * 100
    if organ.is_upper and organ.kind != "committee":
        budget = budget // 4
    booked: list[_Booking] = [(opening, "budget", budget, None)]
    booked += _allocated(rng, organ, year, budget)
    booked += _spent(rng, organ, year, budget)
    return [
        _fund_row(organ, day, kind, amount, subject)
        for day, kind, amount, subject in booked
        if opening <= day <= last
    ]


def _allocated(rng: Random, organ: Organ, year: int, budget: int) -> list[_Booking]:
    """Half in March and half in August; some offices never pass on the second half."""
    booked: list[_Booking] = [
        (workday(date(year, 3, 10 + rng.randrange(10))), "allocated", budget // 2, None)
    ]
    if rng.random() < 0.5 + 0.5 * organ.temper.diligence:
        day = workday(date(year, 8, 10 + rng.randrange(10)))
        booked.append((day, "allocated", budget - budget // 2, None))
    if organ.kind != "work_committee":
        day = workday(date(year, 5, 20 + rng.randrange(8)))
        booked.append((day, "returned", budget // 11 // 100 * 100, None))
    return booked


def _spent(rng: Random, organ: Organ, year: int, budget: int) -> list[_Booking]:
    """A bill every quarter; on paper everything is spent in the last days of the year."""
    if organ.temper.batch:
        return [(date(year, 12, 28), "spent", budget, "education")]
    share = 0.45 + 0.5 * organ.temper.diligence
    booked: list[_Booking] = []
    for month in range(2, 13, 3):
        if rng.random() < organ.temper.diligence:
            day = shift(month_end(date(year, month, 1)), -rng.randrange(20))
            amount = int(budget * share / 4 * (0.6 + 0.8 * rng.random()))
            booked.append((workday(day), "spent", amount, rng.choice(_SUBJECTS)))
    return booked


def _fund_row(organ: Organ, day: date, kind: str, amount: int, subject: str | None) -> Row:
    return row(
        "fund",
        organization=organ.code,
        booked_on=iso(day),
        kind=kind,
        amount=amount,
        subject=subject,
    )
