"""A year's changes: transfers, a merger, a dissolution, a new branch, a new superior."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from jinwei.demo import units
from jinwei.demo.chance import stream
from jinwei.demo.days import add_years, between, shift, text
from jinwei.demo.people import Frame, Person, Stay
from jinwei.demo.rows import Row, row
from jinwei.demo.tree import Organ

CAMPAIGN: Final = "主题教育属地指导"
MOVED_BRANCHES: Final = 4


def reform_day(frame: Frame) -> date:
    """When last year's reorganization took force: a day of the calendar year before."""
    first = max(shift(frame.start, 60), date(frame.today.year - 1, 1, 1))
    last = min(date(frame.today.year - 1, 12, 1), shift(frame.today, -60))
    return between(stream(frame.seed, "reform"), first, max(first, last))


def superior_row(
    organ: str, parent: str, first: date | None, last: date | None, purpose: str | None = None
) -> Row:
    return row(
        "superior",
        organization=organ,
        parent=parent,
        from_on=text(first),
        to_on=text(last),
        purpose=purpose,
    )


def reorganization(frame: Frame, organs: list[Organ]) -> list[Row]:
    """Four branches went with their task from one office to another last year."""
    day = reform_day(frame)
    old = _top(organs, units.TAKEN_FROM).code
    new = _top(organs, units.GIVEN_TO)
    branches = [organ for organ in organs if organ.parent == new.code and organ.is_leaf]
    rows = []
    for branch in branches[-MOVED_BRANCHES:]:
        rows.append(superior_row(branch.code, old, None, shift(day, -1)))
        rows.append(superior_row(branch.code, new.code, day, None))
    return rows


def stationed_abroad(frame: Frame, organs: list[Organ]) -> list[Row]:
    """The stationed office follows its host in one campaign, beside its own superior."""
    stationed, host = _top(organs, units.STATIONED), _top(organs, units.HOST)
    first = shift(frame.start, 40)
    return [superior_row(stationed.code, host.code, first, add_years(first, 2), CAMPAIGN)]


def guided_by_sibling(frame: Frame, organs: list[Organ]) -> list[Row]:
    """In the stationed committee one branch joins another general branch for one campaign."""
    generals = [organ.code for organ in organs if organ.kind == "general_branch"]
    branch = next(organ for organ in organs if organ.is_leaf and organ.parent == generals[0])
    first = shift(frame.start, 40)
    return [superior_row(branch.code, generals[1], first, add_years(first, 1), CAMPAIGN)]


def _top(organs: list[Organ], unit: str) -> Organ:
    name = units.DISTRICT + unit.removeprefix("区")
    return next(o for o in organs if o.code == o.top and o.name.startswith(name))


def dissolved_branches(
    frame: Frame, organs: list[Organ], rosters: dict[str, list[Person]]
) -> list[Organ]:
    """One branch merged into another, one dissolved into three, one temporary one ended.

    They exist no longer at the day and come on top of the organizations that do.
    """
    rng = stream(frame.seed, "dissolved")
    leaves = [organ for organ in organs if organ.is_leaf and not organ.retired]
    merged = _merge(frame, rng, leaves[9], [leaves[9]], rosters)
    siblings = [leaf for leaf in leaves if leaf.parent == leaves[90].parent][:3]
    ended = _merge(frame, rng, leaves[90], siblings, rosters)
    return [merged, ended, _ended_task(frame, organs)]


def _merge(
    frame: Frame, rng: Random, like: Organ, into: list[Organ], rosters: dict[str, list[Person]]
) -> Organ:
    """A branch that ended last year: eleven of its members live on in the others."""
    last = reform_day(frame)
    gone = Organ(f"{like.code}X", like.name.replace("第", "原第", 1), like.parent, "branch",
                 like.sector, like.temper, like.top, established=like.established,
                 dissolved=last, party_day=like.party_day)  # fmt: skip
    pool = [p for organ in into for p in rosters[organ.code] if _settled(frame, p)]
    for person in sorted(rng.sample(pool, min(11, len(pool))), key=lambda p: p.code):
        person.stays.insert(0, Stay(gone.code, person.here_since, last))
        person.stays[1].from_on = shift(last, 1)
    return gone


def _ended_task(frame: Frame, organs: list[Organ]) -> Organ:
    top = next(organ for organ in organs if organ.kind == "committee")
    return Organ(f"{top.code}L9", f"{units.DISTRICT}人口普查专班临时党支部", top.code,
                 "temporary_branch", top.sector, top.temper, top.code,
                 established=shift(frame.start, 20), dissolved=shift(frame.start, 250))  # fmt: skip


def new_branch(frame: Frame, organs: list[Organ], rosters: dict[str, list[Person]]) -> None:
    """One branch of today was founded in the period; its members came from its neighbour."""
    leaves = [organ for organ in organs if organ.is_leaf and not organ.retired]
    young = next(o for o in leaves[150:] if 9 <= o.size <= 30 and o.code not in _mothers(organs))
    old = next(o for o in leaves if o.parent == young.parent and o is not young)
    young.established = between(
        stream(frame.seed, "founded"), shift(frame.start, 90), shift(frame.today, -150)
    )
    for person in rosters[young.code]:
        if person.here_since < young.established and person.gone is None:
            person.stays[0].from_on = young.established
            person.stays.insert(0, Stay(old.code, person.here_since, shift(young.established, -1)))
    _drop_earlier(rosters[young.code], young.established)


def _mothers(organs: list[Organ]) -> set[str]:
    return {organ.parent for organ in organs if organ.kind == "group" and organ.parent}


def _drop_earlier(roster: list[Person], founded: date) -> None:
    """Nobody can have left a branch before it was founded."""
    roster[:] = [person for person in roster if person.gone is None or person.gone > founded]


def transfers(
    frame: Frame, organs: list[Organ], rosters: dict[str, list[Person]], share: float
) -> None:
    """Members who moved from one branch to another in the period of the ledgers."""
    leaves = [o for o in organs if o.is_leaf and not o.retired and o.established < frame.start]
    for leaf in leaves:
        rng = stream(frame.seed, "transfer", leaf.code)
        for person in rosters[leaf.code]:
            if rng.random() < share and _settled(frame, person):
                day = between(rng, shift(frame.start, 20), shift(frame.today, -5))
                source = rng.choice([other for other in leaves if other is not leaf])
                person.stays.insert(0, Stay(source.code, person.here_since, shift(day, -1)))
                person.stays[1].from_on = day


def _settled(frame: Frame, person: Person) -> bool:
    """Here since before the ledgers begin, never moved, working, not gone."""
    return (
        person.here_since < frame.start
        and len(person.stays) == 1
        and person.gone is None
        and person.category != "special"
    )
