"""An explanation in words, in the order in which every place shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from jinwei.engine.catalogue import TABLES
from jinwei.engine.explain import Chance, Explanation, NextStars, PartBehind, WindowBehind
from jinwei.engine.measures.standing import Presence
from jinwei.engine.outcomes import AWAITING, MISSED
from jinwei.engine.schema import Indicator, Source

from .evidence import MembersTold, RowsTold, groups_told, members_told, values_told
from .formula import formula
from .words import Words, exact_points, number, points

CHANCES_SHOWN: Final = 2


@dataclass(frozen=True, slots=True)
class WindowTold:
    """One window by its name; ``state`` as :class:`jinwei.engine.explain.WindowBehind` has it."""

    state: str
    name: str


@dataclass(frozen=True, slots=True)
class ChanceTold:
    """What can still be done, in words; ``by`` None: at once. ``first``: of its window."""

    text: str
    by: dt.date | None
    worth: Fraction
    first: dt.date | None


@dataclass(frozen=True, slots=True)
class PartTold:
    """One part of an indicator. What has nothing to say is empty.

    ``waiting``: somebody has to judge, and nothing else is said. ``gaps``: the windows missed, for
    places where the strip says it by shape alone. ``later``: how many more windows there are after
    the chances named. ``too_late``: nothing can be done any more.
    """

    heading: str
    waiting: str = ""
    calculation: tuple[str, ...] = ()
    windows: tuple[WindowTold, ...] = ()
    values: tuple[str, ...] = ()
    members: MembersTold | None = None
    groups: tuple[RowsTold, ...] = ()
    no_rows: str = ""
    gaps: str = ""
    missing: str = ""
    chances: tuple[ChanceTold, ...] = ()
    later: str = ""
    remedy: str = ""
    too_late: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One indicator of one subject in words; ``figure``: its points of how many."""

    id: str
    title: str
    state: str
    state_word: str
    figure: str
    exempted: str
    parts: tuple[PartTold, ...]
    rule: str


def tell(say: Words, subject: str, one: Explanation, names: Mapping[str, str] | None) -> Told:
    """The words of one explanation.

    ``subject``: organization or member. ``names`` of members by code; None where persons are not
    to be named.
    """
    indicator, result = one.indicator, one.result
    several = len(one.parts) > 1
    return Told(
        id=indicator.id,
        title=indicator.title(say.language),
        state=result.state,
        state_word=say(result.state),
        figure=figure_told(say, indicator, result.earned),
        exempted=say("exempted", ids=", ".join(one.exempted_by)) if one.exempted_by else "",
        parts=tuple(
            _part(say, subject, indicator, part, say("part", n=n) if several else "", names)
            for n, part in enumerate(one.parts, start=1)
        ),
        rule=rule_told(say, indicator.source) if indicator.source else "",
    )


def _too_late(say: Words, part: PartBehind) -> str:
    return say("rises_later" if part.rises_later else "nothing_to_do")


def figure_told(say: Words, indicator: Indicator, earned: int) -> str:
    """What was earned of how many points, or taken off of how many."""
    if indicator.points < 0:
        return say("lost_points", lost=points(-earned), most=points(-indicator.points))
    return say("of_points", earned=points(earned), points=points(indicator.points))


def rule_told(say: Words, source: Source) -> str:
    """Document, article, and how far the rule is checked against it."""
    told = [source.document(say.language)] if source.document else []
    if source.article:
        told.append(say("article", article=source.article))
    told.append(say(source.status))
    return " · ".join(told)


def windows_told(say: Words, windows: tuple[WindowBehind, ...]) -> tuple[WindowTold, ...]:
    return tuple(WindowTold(w.state, say.window(w.first, w.last)) for w in windows)


def next_stars_told(say: Words, following: NextStars) -> str:
    """What the next higher star asks for, and what of it is there."""
    enough = say("enough" if following.has_score else "not_enough")
    told = [say("needs_score", score=number(following.score), enough=enough)]
    for tier, share, tally in following.tiers:
        missed = say("tier_missed", ids=say.comma.join(tally.missed)) if tally.missed else ""
        told.append(
            say(
                "needs_tier",
                tier=say.tier(tier),
                good=tally.good,
                owed=tally.owed,
                share=number(share * 100),
                enough=say("enough" if tally.share >= share else "not_enough"),
                missed=missed,
            )
        )
    return say("next_stars", n=following.stars) + say.semicolon.join(told)


def chance_told(say: Words, chance: Chance) -> ChanceTold:
    """By when, how much is missing, and how many points it is worth."""
    return ChanceTold(_chance(say, chance), chance.by, chance.worth, chance.first)


def _part(
    say: Words,
    subject: str,
    indicator: Indicator,
    part: PartBehind,
    heading: str,
    names: Mapping[str, str] | None,
) -> PartTold:
    if part.outcome.state == AWAITING:
        return PartTold(heading, waiting=say("wait_for_judge"))
    chances = [chance for chance in part.chances if chance.worth > 0]
    later = len(chances) - CHANCES_SHOWN
    missing = _listed_missing(say, part)
    gaps = [window.name for window in windows_told(say, part.windows) if window.state == "missed"]
    groups = groups_told(say, part, names)
    of_ledger = part.evidence.members is None and not part.evidence.columns
    return PartTold(
        heading,
        calculation=formula(say, indicator, part),
        windows=windows_told(say, part.windows),
        values=values_told(say, part, subject),
        members=members_told(say, part, names),
        groups=groups,
        no_rows=say("no_rows") if of_ledger and not groups and part.outcome.counts else "",
        gaps=say("windows_missing", items=say.comma.join(gaps)) if gaps else "",
        missing=say("values_missing", items=say.comma.join(missing)) if missing else "",
        chances=tuple(chance_told(say, chance) for chance in chances[:CHANCES_SHOWN]),
        later=say("more_windows", n=later) if later > 0 else "",
        remedy=remedy_told(say, indicator) if chances else "",
        too_late=_too_late(say, part) if not chances and part.outcome.state == MISSED else "",
    )


def _chance(say: Words, chance: Chance) -> str:
    worth = exact_points(chance.worth)
    if chance.first is not None and chance.by is not None:
        window = say.window(chance.first, chance.by)
        by, short = say.day(chance.by), number(chance.short)
        return say("chance_window", window=window, by=by, short=short, worth=worth)
    short = say("short", short=number(chance.short)) if chance.short else ""
    if chance.by is None:
        return say("chance_now", worth=worth, short=short)
    return say("chance_by", by=say.day(chance.by), worth=worth, short=short)


def remedy_told(say: Words, indicator: Indicator) -> str:
    """The record that mends an indicator, or nothing where none does."""
    remedy = indicator.remedy
    if remedy is None:
        return ""
    columns = []
    for name, value in remedy.columns:
        column = TABLES[remedy.record].column(name)
        columns.append(say.value(remedy.record, column, value) if column else value)
    joined = say("in_brackets", text=say.comma.join(columns)) if columns else ""
    return say("remedy", record=say.table(remedy.record), columns=joined)


def _listed_missing(say: Words, part: PartBehind) -> list[str]:
    """The listed values that do not occur, in words."""
    measure = part.part.part.measure
    if not isinstance(measure, Presence):
        return []
    return [say.value(measure.fact, measure.column, item) for item in part.missing]
