"""The card of score and stars."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import Min
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jinwei.engine.explain import SubjectExplanation
from jinwei.standings.figures import peer_figures, peers
from jinwei.standings.history import trend
from jinwei.standings.models import Dirty, Standing
from jinwei.standings.queue import EVERYBODY
from jinwei.web.charts.parts import STAR_WORDS, StarLine, star_lines
from jinwei.web.charts.track import track
from jinwei.web.charts.trend import EditionLine, TrendPoint
from jinwei.web.charts.trend import trend as trend_chart
from jinwei.web.templatetags.jinwei import day as in_words
from jinwei.web.templatetags.jinwei import points
from jinwei.wording.words import Words

from .goal import Goal, goal

_TRACK_FROM: Final = 7000


@dataclass(frozen=True, slots=True)
class Card:
    """``change`` is that since the last month-end; ``stale``: reckoned then, and again right now.

    Without a score, ``unrated`` says when there will be one.
    """

    score: int | None
    potential: int | None
    stars: int | None
    stars_word: str
    grade: str
    change: int | None
    goal: Goal | None
    track: SafeString | str
    trend: SafeString | str
    trend_words: str
    unrated: str
    stale: dt.datetime | None


def card(
    standing: Standing | None, explained: SubjectExplanation, day: dt.date, say: Words
) -> Card | None:
    """None where nothing has been reckoned yet."""
    if standing is None:
        return None
    standard = standing.adoption.plan().standard
    lines = star_lines(standard.stars)
    seen = trend(standing.adoption, standing.subject, day=day)
    scores = [p.score for p in seen.points]
    before = scores[-2] if len(scores) > 1 else None
    rated = standing.score is not None
    grade = next((g for g in standard.grades if standing.stars in g.stars), None)
    editions = tuple(
        EditionLine(
            next(i for i, p in enumerate(seen.points) if p.day >= one.day), str(one.edition)
        )
        for one in seen.editions
    )
    chart = [TrendPoint(_("%(month)d月") % {"month": p.day.month}, p.score) for p in seen.points]
    return Card(
        score=standing.score,
        potential=standing.potential,
        stars=standing.stars,
        stars_word="" if standing.stars is None else str(STAR_WORDS[standing.stars]),
        grade=grade.title(say.language) if grade is not None else "",
        change=None if before is None or standing.score is None else standing.score - before,
        goal=goal(explained, say),
        track=_track(standing, lines),
        trend=trend_chart(chart, lines, editions) if rated and len(chart) > 1 else "",
        trend_words=_trend_words(standing, day) if rated else "",
        unrated="" if rated else _unrated(explained),
        stale=_stale(standing),
    )


def _track(standing: Standing, lines: tuple[StarLine, ...]) -> SafeString | str:
    """From 70 on, or from where a lower score lies: lines far below it would press it together."""
    score = standing.score
    if score is None:
        return ""
    near = [line for line in lines if line.score >= min(score, _TRACK_FROM)]
    return track(score, standing.potential or score, near)


def _trend_words(standing: Standing, day: dt.date) -> str:
    """What the line is, and where the middle of its equals lies if they are enough."""
    figures = peer_figures(standing, peers(standing.subject, day))
    if figures.median is None:
        return _("今年各月得分")
    told = {"n": figures.count, "median": points(figures.median)}
    return _("今年各月得分（同类 %(n)d 个支部中位数 %(median)s）") % told


def _unrated(explained: SubjectExplanation) -> str:
    ends = [w.last for one in explained.indicators for p in one.parts for w in p.windows]
    ahead = [last for last in ends if last > explained.clock.day]
    if not ahead:
        return _("尚未评定：目前没有到期的指标。")
    return _("尚未评定：目前没有到期的指标，首次得分在 %(day)s后。") % {"day": in_words(min(ahead))}


def _stale(standing: Standing) -> dt.datetime | None:
    """Since when a standing is out of date; None where nothing waits."""
    waiting = Dirty.objects.filter(
        adoption=standing.adoption_id, subject__in=(standing.subject, EVERYBODY)
    )
    if waiting.aggregate(first=Min("marked_at"))["first"] is None:
        return None
    return standing.reckoned_at
