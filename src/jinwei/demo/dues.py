"""Dues: one row a member and month, paid on the theme day, late, in part or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from jinwei.demo.chance import weighted
from jinwei.demo.days import iso, month_end, shift
from jinwei.demo.people import Person, days_of
from jinwei.demo.rows import Row
from jinwei.demo.tree import Organ
from jinwei.demo.world import World

PUNCTUAL: Final = "punctual"
TARDY: Final = "tardy"
OWING: Final = "owing"
ON_PAPER: Final = "on paper"
_BRACKETS: Final = ((3000, 5), (5000, 10), (10000, 15))
"""Upper bound of the base in yuan and the rate in thousandths; above the last one, 20."""


def monthly_due(base: int, retired: bool) -> int:
    """Cents a month on a base in yuan: flat rate by bracket, half up to ten cents."""
    if retired:
        rate = 5 if base <= 5000 else 10
    else:
        rate = next((rate for bound, rate in _BRACKETS if base <= bound), 20)
    return (base * rate + 50) // 100 * 10


def dues_rows(world: World) -> list[Row]:
    """Month by month, branch by branch, as a treasurer enters them."""
    by_month: dict[str, list[Row]] = {f"{m.year}-{m.month:02}": [] for m in world.months}
    for organ in world.leaves:
        days = [world.party_day(organ, month) for month in world.months]
        batch = _batch_days(world) if organ.temper.batch else None
        for person in world.rosters.get(organ.code, []):
            _pay(world, organ, person, batch or days, by_month)
    return [row for rows in by_month.values() for row in rows]


def _batch_days(world: World) -> list[date]:
    """On paper everybody pays on the last day of the month, as the books are made up."""
    return [month_end(month) for month in world.months]


def _pay(
    world: World, organ: Organ, person: Person, days: list[date], by_month: dict[str, list[Row]]
) -> None:
    rng = world.rng("dues", person.code)
    spans = days_of(person)
    weights = tuple(zip((PUNCTUAL, TARDY, OWING), organ.temper.payers, strict=True))
    habit = ON_PAPER if organ.temper.batch else weighted(rng, weights)
    retired = person.category == "special"
    amounts = {
        year: monthly_due(_base(person, year - world.start.year), retired)
        for year in range(world.start.year, world.today.year + 1)
    }
    months = list(by_month)
    places = _places(spans, months)
    for month, registered, rows, day in zip(months, places, by_month.values(), days, strict=True):
        if registered is not None:
            due = amounts[int(month[:4])]
            rows.append((person.code, registered, month, due, *_paid(rng, world, habit, due, day)))


def _base(person: Person, years: int) -> int:
    """The base grows by three in a hundred a year and is fixed in January."""
    return person.pay * (100 + 3 * years) // 100


def _places(spans: list[tuple[str, date, date | None]], months: list[str]) -> list[str | None]:
    """Where the member was registered in each month; most never moved."""
    code, first, last = spans[0] if spans else ("", date.max, None)
    if len(spans) == 1 and last is None and iso(first)[:7] <= months[0]:
        return [code] * len(months)
    return [_registered(spans, month) for month in months]


def _registered(spans: list[tuple[str, date, date | None]], month: str) -> str | None:
    """Where the member was registered last in the month."""
    found = None
    for code, first, last in spans:
        if iso(first)[:7] <= month and (last is None or iso(last)[:7] >= month):
            found = code
    return found


def _paid(
    rng: Random, world: World, habit: str, due: int, day: date
) -> tuple[int | None, str | None]:
    """What was paid and when; nothing yet, or nothing at all, leaves the day empty."""
    mark = rng.random()
    if habit == TARDY and mark < 0.3:
        day = shift(day, 20 + int(mark * 250))
    elif habit == OWING and mark < 0.75:
        return 0, None
    elif habit == PUNCTUAL and mark > 0.985:
        day = day + timedelta(days=int((1 - mark) * 2400))
    if day > world.today:
        return 0, None
    if habit == OWING:
        return due // 2, iso(day)
    return due, iso(day)
