"""Scores at the ends of months, with the star lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jinwei.web.templatetags.jinwei import points as shown

from .parts import StarLine, at, picture, text

_WIDTH, _HEIGHT = 320, 132
_LEFT, _RIGHT, _TOP, _BOTTOM = 28.0, 276.0, 14.0, 110.0
_WORDS_AT = 128.0
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A score, in hundredths, at the end of a month; None: there was none."""

    label: str
    score: int | None


@dataclass(frozen=True, slots=True)
class EditionLine:
    """Another edition holds from the point with this index on."""

    index: int
    label: str


def trend(
    points: Sequence[TrendPoint],
    lines: Sequence[StarLine],
    editions: Sequence[EditionLine] = (),
) -> SafeString:
    """A line that breaks where there was no score and where another edition began."""
    place = _Place(points, lines)
    return picture(
        _WIDTH,
        _HEIGHT,
        _spoken(points, editions),
        *(part for line in lines for part in _star_line(line, place)),
        *(part for edition in editions for part in _edition_line(edition, place)),
        *_runs(points, {edition.index for edition in editions}, place),
        *_spots(points, place),
        *_month_words(points, place),
    )


class _Place:
    """Where points and scores lie; the scale holds all of them and some room."""

    def __init__(self, points: Sequence[TrendPoint], lines: Sequence[StarLine]) -> None:
        scores = [p.score for p in points if p.score is not None]
        # Of the star lines below all scores the nearest is enough; more would press the line flat.
        least = min(scores, default=7000)
        below = [line.score for line in lines if line.score < least][-1:]
        near = [*below, *(line.score for line in lines if line.score >= least)]
        self.low = max(min([least, *near]) - 300, 0)
        self.high = min(max([*scores, *near, self.low + 1000]) + 200, 10000)
        self.step = (_RIGHT - _LEFT) / max(len(points) - 1, 1)

    def x(self, index: float) -> float:
        return _LEFT + self.step * index

    def y(self, score: int) -> float:
        return _BOTTOM - (score - self.low) / (self.high - self.low) * (_BOTTOM - _TOP)

    def shows(self, score: int) -> bool:
        return self.low <= score <= self.high


def _spoken(points: Sequence[TrendPoint], editions: Sequence[EditionLine]) -> str:
    told = [
        _("%(label)s %(score)s")
        % {"label": p.label, "score": _("尚未评定") if p.score is None else shown(p.score)}
        for p in points
    ]
    told += [_("%(label)s起执行新版本") % {"label": points[e.index].label} for e in editions]
    return _("各月得分：%(values)s") % {"values": _("、").join(told)}


def _star_line(line: StarLine, place: _Place) -> list[SafeString]:
    if not place.shows(line.score):
        return []
    y = place.y(line.score)
    return [
        format_html(
            '<line class="star-line far" x1="{}" x2="{}" y1="{}" y2="{}"/>',
            *map(at, (_LEFT, _RIGHT, y, y)),
        ),
        text(_RIGHT + 5, y + 4, line.word, "start", "star-word"),
        text(_LEFT - 5, y + 4, f"{line.score / 100:g}", "end", "tick-word"),
    ]


def _edition_line(edition: EditionLine, place: _Place) -> list[SafeString]:
    x = place.x(edition.index - 0.5)
    return [
        format_html(
            '<line class="edition-line" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>',
            *map(at, (x, _TOP - 4, _BOTTOM)),
        ),
        text(x, 9, edition.label, "middle", "tick-word"),
    ]


def _runs(points: Sequence[TrendPoint], breaks: set[int], place: _Place) -> list[SafeString]:
    runs: list[list[str]] = [[]]
    for index, point in enumerate(points):
        if point.score is None or index in breaks:
            runs.append([])
        if point.score is not None:
            runs[-1].append(f"{at(place.x(index))},{at(place.y(point.score))}")
    return [
        format_html('<polyline class="line" points="{}"/>', " ".join(run))
        for run in runs
        if len(run) > 1
    ]


def _spots(points: Sequence[TrendPoint], place: _Place) -> list[SafeString]:
    last = len(points) - 1
    return [
        format_html(
            '<circle class="spot" cx="{}" cy="{}" r="{}"/>',
            at(place.x(index)),
            at(place.y(point.score)),
            "3.6" if index == last else "2.2",
        )
        for index, point in enumerate(points)
        if point.score is not None
    ]


def _month_words(points: Sequence[TrendPoint], place: _Place) -> list[SafeString]:
    """All of them, or every second or third where they would touch; always the last."""
    every = -(-len(points) // _MOST_WORDS)
    last = len(points) - 1
    return [
        text(place.x(index), _WORDS_AT, point.label, "middle", "tick-word")
        for index, point in enumerate(points)
        if (last - index) % every == 0
    ]
