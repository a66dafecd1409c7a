"""What assessors decide: judgements of indicators, and exemptions from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Final

from jinwei.demo.days import add_months, between, iso, shift, text, workday
from jinwei.demo.rows import Row, row
from jinwei.demo.tree import Organ
from jinwei.demo.world import World

STANDARD: Final = "office-branch"
_ASSESSORS: Final = ("考评一组", "考评二组", "考评三组", "考评四组")


def judgements(
    rng: Random,
    branches: Sequence[Organ],
    indicators: Sequence[tuple[str, Sequence[str]]],
    *,
    first: date,
    last: date,
    standard: str = STANDARD,
) -> list[Row]:
    """One judgement a branch and judged indicator, given between the two days.

    ``indicators`` names each judged indicator with its levels, the best one first. Lagging
    branches are judged lower, and one in twelve judgements has not been given yet.
    """
    found: list[Row] = []
    for branch in branches:
        for indicator, levels in indicators:
            if rng.random() > 1 / 12:
                day = workday(between(rng, first, last))
                level = levels[_step(rng, branch, len(levels))]
                found.append(_judgement(rng, standard, indicator, branch, max(day, first), level))
    return sorted(found, key=lambda cells: str(cells[4]))


def _step(rng: Random, branch: Organ, levels: int) -> int:
    """How far below the best level: further the less diligent the branch is."""
    poor = 1.15 - branch.temper.diligence
    return min(levels - 1, int(levels * poor * rng.random() * 1.1))


def _judgement(
    rng: Random, standard: str, indicator: str, branch: Organ, day: date, level: str
) -> Row:
    return row(
        "judgement",
        standard=standard,
        indicator=indicator,
        organization=branch.code,
        judged_on=iso(day),
        level=level,
        judge=rng.choice(_ASSESSORS),
    )


def exemption_rows(world: World, indicators: Sequence[str] = ()) -> list[Row]:
    """Few: branches under reorganization, excused for two months from all or one indicator."""
    rng = world.rng("exemption")
    leaves = [leaf for leaf in world.leaves if not leaf.dissolved]
    chosen = rng.sample(leaves, min(4, len(leaves)))
    return [
        _exemption(world, rng, branch, rng.choice(indicators) if indicators else None)
        for branch in sorted(chosen, key=lambda leaf: leaf.code)
    ]


def _exemption(world: World, rng: Random, branch: Organ, indicator: str | None) -> Row:
    first = workday(between(rng, shift(world.start, 30), shift(world.today, -90)))
    return row(
        "exemption",
        standard=STANDARD,
        indicator=indicator,
        organization=branch.code,
        from_on=iso(first),
        to_on=text(add_months(first, 2)),
        reason="机构改革期间组织设置调整",
        approved_by=world.organs[0].name,
    )
