"""Where one organization stands: score and dimensions beside the medians of its peers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.engine.explain import SubjectExplanation, explain
from jinwei.engine.periods import Clock
from jinwei.engine.schema import Standard
from jinwei.engine.score import clock_for
from jinwei.engine.totals import half_up
from jinwei.ledgers.backend import DjangoBackend
from jinwei.standings import figures
from jinwei.standings.models import Standing, StandingIndicator
from jinwei.web.charts.bars import bar
from jinwei.web.charts.radar import LEAST_AXES, MOST_AXES, Axis, radar
from jinwei.web.templatetags.jinwei import percent, points
from jinwei.wording.explanation import next_stars_told

from .page import words

_FULL: Final = 10000


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """A dimension: its points, its share, and how far that is from the median in hundredths."""

    id: str
    title: str
    earned: int
    obtainable: int
    share: str
    bar: SafeString
    versus: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The peers: the median of their scores, how many they are, and who they are in words."""

    median: int | None
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class Overall:
    """Points of all dimensions: earned and owed by now, the rest, and what was lost of it."""

    earned: int
    obtainable: int
    rest: int

    @property
    def lost(self) -> int:
        return self.obtainable - self.earned


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The dimensions as a table and, where a radar can hold them, as a radar."""

    rows: tuple[DimensionRow, ...]
    overall: Overall
    comparison: Comparison
    radar: SafeString | None
    radar_of: str
    """Which dimensions it has, where it has not all."""


def clock_of(standing: Standing) -> Clock:
    return clock_for(standing.adoption.plan(), standing.as_of, standing.first)


def known_now(
    standing: Standing, only: frozenset[str] | None = None, *, rows: bool = True
) -> SubjectExplanation | None:
    """The explanation of a standing from what is on record now; never stored."""
    plan, clock = standing.adoption.plan(), clock_of(standing)
    return explain(plan, DjangoBackend(), clock, standing.subject, only, rows=rows)


def dimensions(standing: Standing, stored: dict[str, StandingIndicator]) -> Dimensions:
    """The dimensions of a standing beside those of the peers; five queries."""
    peers = figures.peers(standing.subject, standing.as_of)
    beside = figures.peer_figures(standing, peers)
    standard = standing.adoption.plan().standard
    compared = [
        (one, _of_full(standard, one.figure), _of_full(standard, beside.dimensions.get(one.id)))
        for one in figures.dimensions(standing, stored)
    ]
    earned = sum(one.earned for one, _own, _median in compared)
    owed = sum(one.obtainable for one, _own, _median in compared)
    drawn = _on_radar(standard)
    axes = [
        Axis(one.title(words().language), own, median)
        for one, own, median in compared
        if one.id in drawn
    ]
    return Dimensions(
        tuple(_row(one, own, median) for one, own, median in compared),
        Overall(earned, owed, sum(one.points for one, _own, _median in compared) - owed),
        _comparison(peers, beside),
        radar(axes, _("本组织"), _("同类中位数")) if _fits_radar(axes) else None,
        _radar_told(standard, len(axes)),
    )


def stars_ahead(standard: Standard, known: SubjectExplanation | None) -> str:
    """What the next star asks for; where a veto holds stars down, that."""
    if known is None:
        return ""
    if known.vetoes:
        held = [v for v in standard.vetoes if v.id in known.vetoes]
        return words().semicolon.join(
            words()("vetoed", title=v.title(words().language), stars=v.stars_at_most) for v in held
        )
    return next_stars_told(words(), known.next_stars) if known.next_stars else ""


def _row(one: figures.DimensionFigure, own: int | None, median: int | None) -> DimensionRow:
    return DimensionRow(
        one.id,
        one.title(words().language),
        one.earned,
        one.obtainable,
        percent(_share(own)),
        bar(_share(own), _spoken(own, median), _share(median)),
        None if own is None or median is None else own - median,
    )


def _spoken(own: int | None, median: int | None) -> str:
    if own is None:
        return _("未到期")
    if median is None:
        return percent(_share(own))
    return _("%(own)s，同类中位数 %(median)s") % {
        "own": percent(_share(own)),
        "median": percent(_share(median)),
    }


def _of_full(standard: Standard, figure: int | None) -> int | None:
    """A figure in hundredths of a percent; a sum of points is none of anything."""
    if figure is None or standard.total != "rate":
        return None
    return half_up(Fraction(figure * 100) / standard.full_marks)


def _share(figure: int | None) -> Fraction | None:
    return None if figure is None else Fraction(figure, _FULL)


def _on_radar(standard: Standard) -> set[str]:
    """The dimensions on the radar: all, or where they are too many those of the first tier."""
    ids = [d.id for d in standard.dimensions]
    if len(ids) <= MOST_AXES or not standard.tiers:
        return set(ids)
    first = standard.tiers[0]
    return {d.id for d in standard.dimensions if any(i.tier == first for i in d.indicators)}


def _radar_told(standard: Standard, drawn: int) -> str:
    if drawn == len(standard.dimensions):
        return ""
    said = {"tier": words().tier(standard.tiers[0]), "n": drawn}
    return _("%(tier)s层级的 %(n)d 个方面") % said


def _fits_radar(axes: list[Axis]) -> bool:
    return LEAST_AXES <= len(axes) <= MOST_AXES and any(axis.own is not None for axis in axes)


def _comparison(peers: figures.Peers, beside: figures.PeerFigures) -> Comparison:
    if not peers.codes or beside.median is None:
        return Comparison(None, 0, _("同类组织不足 5 个，不列中位数。"))
    said = {"n": beside.count, "median": points(beside.median)}
    if peers.within == "committee":
        text = ngettext(
            "竖线为同一党委同类 %(n)d 个组织的中位数（得分 %(median)s）",
            "竖线为同一党委同类 %(n)d 个组织的中位数（得分 %(median)s）",
            beside.count,
        )
    else:
        text = ngettext(
            "竖线为全部同类 %(n)d 个组织的中位数（得分 %(median)s）",
            "竖线为全部同类 %(n)d 个组织的中位数（得分 %(median)s）",
            beside.count,
        )
    return Comparison(beside.median, beside.count, text % said)
