"""The indicators of one organization as a list: by dimension, and by what is to be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from jinwei.engine.explain import Explanation, SubjectExplanation, WindowBehind
from jinwei.engine.outcomes import AWAITING, EXEMPT, MISSED, NOT_APPLICABLE
from jinwei.engine.schema import Dimension, Indicator, Standard
from jinwei.standings.models import Standing, StandingIndicator
from jinwei.web.addresses import address
from jinwei.web.parts import Chip
from jinwei.web.templatetags.jinwei import NOTHING, points
from jinwei.wording.formula import formula

from .chances import Open, next_chance, without_chance
from .page import with_query, words

SOON: Final = dt.timedelta(days=30)
ALL: Final = ""
MISSED_ONES, SOON_ONES, RECOVERABLE, AWAITING_ONES = "missed", "soon", "recoverable", "awaiting"


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator: ``figure`` are its points, ``doing`` how far it is where no strip says it.

    ``kinds``: the filters that it passes.
    """

    id: str
    title: str
    state: str
    figure: str
    url: str
    windows: tuple[WindowBehind, ...]
    doing: str
    chance: Open | None
    too_late: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """A dimension in the list, with what it earned of what is owed by now."""

    id: str
    title: str
    earned: int
    obtainable: int
    rows: tuple[Row, ...]

    @property
    def missed(self) -> int:
        return sum(MISSED_ONES in row.kinds for row in self.rows)


@dataclass(frozen=True, slots=True)
class IndicatorList:
    """The groups that a filter leaves over, the filters, and how many indicators there are."""

    groups: tuple[Group, ...]
    chips: tuple[Chip, ...]
    count: int
    shown: int


def indicator_list(
    standard: Standard,
    stored: Mapping[str, StandingIndicator],
    known: SubjectExplanation | None,
    standing: Standing,
    show: str,
    by: str,
) -> IndicatorList:
    """The list as ``show`` filters it.

    Figures are those stored; ``known`` adds windows and chances, and is None where the subject
    is none any more. ``by``: what keeps the choice of a standing in a link.
    """
    by_id = {one.indicator.id: one for one in known.indicators} if known else {}
    groups = []
    for dimension in standard.dimensions:
        rows = tuple(
            _row(indicator, stored[indicator.id], by_id.get(indicator.id), standing, by)
            for indicator in dimension.indicators
            if indicator.id in stored
        )
        groups.append(_group(dimension, stored, rows))
    every = [row for group in groups for row in group.rows]
    chosen = show if show in _FILTERS else ALL
    return IndicatorList(
        tuple(g for group in groups if (g := _filtered(group, chosen)).rows),
        _chips(every, chosen, with_query(address("organization:standing", standing.subject), by)),
        len(every),
        sum(chosen == ALL or chosen in row.kinds for row in every),
    )


def _group(
    dimension: Dimension, stored: Mapping[str, StandingIndicator], rows: tuple[Row, ...]
) -> Group:
    counted = [stored[i.id] for i in dimension.indicators if not i.bonus and i.id in stored]
    return Group(
        dimension.id,
        dimension.title(words().language),
        sum(row.earned for row in counted),
        sum(row.obtainable for row in counted),
        rows,
    )


def _filtered(group: Group, show: str) -> Group:
    rows = tuple(row for row in group.rows if show == ALL or show in row.kinds)
    return Group(group.id, group.title, group.earned, group.obtainable, rows)


def _chips(rows: list[Row], chosen: str, here: str) -> tuple[Chip, ...]:
    labels = {
        ALL: _("全部"),
        MISSED_ONES: _("已失分"),
        SOON_ONES: _("30 天内要办"),
        RECOVERABLE: _("可挽回"),
        AWAITING_ONES: _("待评定"),
    }
    return tuple(
        Chip(
            label,
            with_query(here, f"show={show}" if show else ""),
            sum(show == ALL or show in row.kinds for row in rows),
            show == chosen,
            show if show in (MISSED_ONES, AWAITING_ONES) else "",
        )
        for show, label in labels.items()
    )


_FILTERS: Final = (MISSED_ONES, SOON_ONES, RECOVERABLE, AWAITING_ONES)


# --- one row ------------------------------------------------------------------------------------


def _row(
    indicator: Indicator,
    stored: StandingIndicator,
    known: Explanation | None,
    standing: Standing,
    by: str,
) -> Row:
    chance = next_chance(known) if known else None
    windows = _windows(known)
    return Row(
        id=indicator.id,
        title=indicator.title(words().language),
        state=stored.state,
        figure=figure(indicator, stored.state, stored.earned, stored.obtainable),
        url=with_query(address("organization:indicator", standing.subject, indicator.id), by),
        windows=windows,
        doing="" if windows else _doing(stored.state, known),
        chance=chance,
        too_late=without_chance(known) if stored.state == MISSED and chance is None else "",
        kinds=_kinds(stored.state, chance, standing.as_of),
    )


def figure(indicator: Indicator, state: str, earned: int, obtainable: int) -> str:
    """The points of an indicator: earned of how many, or why none are counted."""
    if indicator.points < 0:
        return _("扣 %(lost)s") % {"lost": points(-earned)}
    if state in (NOT_APPLICABLE, EXEMPT):
        return NOTHING
    if not earned and not obtainable and state != MISSED:
        return _("未计")
    return f"{points(earned)} / {points(indicator.points)}"


def _windows(known: Explanation | None) -> tuple[WindowBehind, ...]:
    found = (part.windows for part in known.parts if part.windows) if known else ()
    return next(iter(found), ())


def _doing(state: str, known: Explanation | None) -> str:
    """How far an indicator without windows is: what was found, without the arithmetic."""
    if state == AWAITING:
        return words()("wait_for_judge")
    if known is None or not known.parts:
        return ""
    return formula(words(), known.indicator, known.parts[0])[0]


def _kinds(state: str, chance: Open | None, day: dt.date) -> frozenset[str]:
    kinds = set()
    if state == MISSED:
        kinds.add(MISSED_ONES)
    if state == AWAITING:
        kinds.add(AWAITING_ONES)
    if chance is not None and chance.recoverable:
        kinds.add(RECOVERABLE)
    if chance is not None and chance.by is not None and chance.by <= day + SOON:
        kinds.add(SOON_ONES)
    return frozenset(kinds)
