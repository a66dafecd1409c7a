"""What stands beside the tree: the distribution, the indicators most missed, the movers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jinwei.standings import figures
from jinwei.standings.figures import Mover
from jinwei.standings.models import StandingIndicator
from jinwei.web.charts.bars import bar
from jinwei.web.charts.histogram import histogram
from jinwei.web.standards.shelf import edition_url, say
from jinwei.web.templatetags.jinwei import percent

from .addresses import indicator_url, list_url, organization_url
from .scene import Scene


@dataclass(frozen=True, slots=True)
class MissedRow:
    """An indicator that many miss, of those it applies to."""

    id: str
    title: str
    count: int
    share: Fraction | None
    url: str
    text_url: str
    bar: SafeString


@dataclass(frozen=True, slots=True)
class Moved:
    """A mover with the indicators that did it."""

    code: str
    name: str
    url: str
    before: int
    score: int
    change: int
    reasons: tuple[tuple[str, str, str], ...]


def distribution(scene: Scene) -> dict[str, Any]:
    """The scores as a chart, and as a table; too few organizations have neither."""
    if scene.spread.median is None:
        return {}
    classes = [one for one in scene.spread.by_fives if one.count]
    return {
        "chart": histogram(scene.spread.by_fives, scene.lines),
        "rows": [
            (
                _("%(low)g–%(high)g 分") % {"low": one.low / 100, "high": one.high / 100},
                one.count,
                list_url(scene.code, "scored", low=one.low // 100, high=one.high // 100),
            )
            for one in reversed(classes)
        ],
    }


def most_missed(scene: Scene, limit: int) -> list[MissedRow]:
    """The indicators that most organizations miss, of those they apply to."""
    missed = figures.most_missed(scene.led, scene.day, below=scene.code, limit=limit)
    applies = applying(scene, [one.indicator for one in missed])
    edition = scene.led.edition
    rows = []
    for one in missed:
        of = applies.get(one.indicator, 0)
        share = Fraction(one.subjects, of) if of else None
        rows.append(
            MissedRow(
                one.indicator,
                scene.indicators[one.indicator].title(say().language),
                one.subjects,
                share,
                list_url(scene.code, f"missed-{one.indicator}"),
                edition_url(edition.standard, edition.version, one.indicator),
                bar(share, percent(share), lost=True),
            )
        )
    return rows


def moved(scene: Scene, rose: bool) -> list[Moved]:
    """Those who rose or fell most since the last month end."""
    return [moved_row(scene, m) for m in scene.movers if (m.change > 0) is rose]


def moved_row(scene: Scene, mover: Mover) -> Moved:
    language = say().language
    return Moved(
        mover.subject,
        scene.name(mover.subject),
        organization_url(mover.subject),
        mover.score_before,
        mover.score,
        mover.change,
        tuple(
            (
                reason.indicator,
                scene.indicators[reason.indicator].title(language),
                indicator_url(mover.subject, reason.indicator),
            )
            for reason in mover.reasons
            if reason.indicator in scene.indicators
        ),
    )


def applying(scene: Scene, indicators: Collection[str]) -> dict[str, int]:
    """To how many organizations of the scope some indicators apply."""
    standings = figures.current(scene.led, scene.day).filter(
        subject__in=figures.scope(scene.code, scene.day)
    )
    rows = StandingIndicator.objects.filter(
        standing__in=standings.values("pk"), indicator__in=list(indicators)
    ).exclude(state="not_applicable")
    return dict(rows.order_by().values_list("indicator").annotate(n=Count("pk")))
