"""What assessors decide: judgements of indicators, and exemptions from them.

What is judged, and with which levels, is read from the shipped standards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import Final

from jinwei.demo.days import add_months, between, iso, shift, text, workday
from jinwei.demo.rows import Row, place, row
from jinwei.demo.tree import Organ
from jinwei.demo.world import World
from jinwei.engine.filters import Filter, Literal
from jinwei.engine.measures.judging import CLEAN, Findings, Judgement
from jinwei.engine.schema import Indicator
from jinwei.engine.standard import load_standard
from jinwei.norms import standard_path

STANDARD: Final = "office-branch"
STANDARDS: Final = (STANDARD, "office-governance", "classified-grading")
"""The shipped standards that have somebody judge an organization."""
_ASSESSORS: Final = ("考评一组", "考评二组", "考评三组", "考评四组")


@dataclass(frozen=True, slots=True)
class Item:
    """One judged indicator: whom it concerns, its levels (the best one first) or its findings."""

    standard: str
    indicator: str
    kinds: frozenset[str]
    levels: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@cache
def judged_items(standard: str) -> tuple[Item, ...]:
    """The indicators of a shipped standard that an assessor judges."""
    document = load_standard(standard_path(standard))
    kinds = _kinds(document.applies_to) or frozenset()
    return tuple(
        item
        for indicator in document.indicators
        for item in _items(standard, indicator, _kinds(indicator.applies_to) or kinds)
    )


def _items(standard: str, indicator: Indicator, kinds: frozenset[str]) -> Iterator[Item]:
    for part in indicator.parts:
        measure = part.measure
        if isinstance(measure, Judgement) and measure.column is None:
            best_first = sorted(measure.levels, key=lambda level: -level[1])
            levels = tuple(level for level, _ in best_first)
            yield Item(standard, indicator.id, kinds, levels=levels)
        elif isinstance(measure, Findings):
            findings = tuple(item for item, _ in measure.deduct)
            yield Item(standard, indicator.id, kinds, findings=findings)


def _kinds(where: Filter) -> frozenset[str] | None:
    """The kinds of organizations that a filter lets through; None if it names none."""
    for test in where:
        if test.column.name == "kind" and test.operator == "is":
            operands = (o for o in test.operands if isinstance(o, Literal))
            return frozenset(str(operand.value) for operand in operands)
    return None


def judgement_rows(world: World, standards: Sequence[str] = STANDARDS) -> list[Row]:
    """What assessors have given this year; one judgement in twelve has not been given yet."""
    first, last = _season(world)
    found: list[Row] = []
    for item in (item for name in standards for item in judged_items(name)):
        rng = world.rng("judgement", item.standard, item.indicator)
        for organ in world.organs:
            if organ.kind in item.kinds and organ.exists(last) and rng.random() > 1 / 12:
                day = _weekday(between(rng, max(first, organ.established), last), first, last)
                found += _judged(rng, item, organ, day)
    return sorted(found, key=lambda cells: str(cells[place("judgement", "judged_on")]))


def _weekday(day: date, first: date, last: date) -> date:
    return min(max(workday(day), first), last)


def _season(world: World) -> tuple[date, date]:
    """Assessors go round in the last twelve weeks, within the year."""
    first = max(shift(world.today, -84), date(world.today.year, 1, 1))
    return first, world.today


def _judged(rng: Random, item: Item, organ: Organ, day: date) -> list[Row]:
    """A level, or every finding; looking and finding nothing is a finding of its own."""
    if item.levels:
        said = [item.levels[_step(rng, organ, len(item.levels))]]
    else:
        odds = len(item.findings) * (0.005 + 0.06 * organ.temper.poorness)
        said = [finding for finding in item.findings if rng.random() < odds] or [CLEAN]
    judge = rng.choice(_ASSESSORS)
    return [_judgement(item, organ, day, level, judge) for level in said]


def _step(rng: Random, organ: Organ, levels: int) -> int:
    """How far below the best level: further the poorer the organization is."""
    poor = 0.52 + 0.3 * organ.temper.poorness + 0.35 * organ.temper.poorness**2
    return min(levels - 1, int(levels * poor * rng.random()))


def _judgement(item: Item, organ: Organ, day: date, level: str, judge: str) -> Row:
    return row(
        "judgement",
        standard=item.standard,
        indicator=item.indicator,
        organization=organ.code,
        judged_on=iso(day),
        level=level,
        judge=judge,
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
