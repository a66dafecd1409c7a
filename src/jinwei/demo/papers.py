"""One paper: the row of its filing, and the day on which an organization hands it in."""

from __future__ import annotations

from datetime import date
from random import Random

from jinwei.demo.days import iso, shift, text, workday
from jinwei.demo.rows import Row, row
from jinwei.demo.tree import Organ
from jinwei.demo.world import World


def filing_row(
    organ: str, kind: str, title: str, filed: date | None, due: date | None = None,
    member: str | None = None,
) -> Row:  # fmt: skip
    return row(
        "filing",
        organization=organ,
        member=member,
        kind=kind,
        title=title,
        filed_on=None if filed is None else iso(filed),
        due_on=text(due),
    )


def filed_on(world: World, rng: Random, organ: Organ, due: date) -> date | None:
    """In time, late or not at all, as diligent as the organization is."""
    mark, temper = rng.random(), organ.temper
    if temper.batch:
        day = shift(due, 12)
    elif mark < temper.diligence:
        day = workday(shift(due, -rng.randrange(22)))
    elif mark < temper.diligence + (0.2 + 0.5 * temper.diligence) * (1 - temper.diligence):
        day = shift(due, 1 + rng.randrange(30))
    else:
        return None
    return day if day <= world.today else None
