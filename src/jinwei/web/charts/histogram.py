"""How many organizations have which score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .parts import StarLine, at, picture, text
from .tiles import score_class

_WIDTH, _HEIGHT = 340, 160
_LEFT, _RIGHT, _TOP, _BOTTOM = 10.0, 330.0, 34.0, 138.0
_MOST_WORDS = 9
_ROW = 16.0


class Counted(Protocol):
    """Scores from ``low`` up to below ``high``, in hundredths, and how many have one of them."""

    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...
    @property
    def count(self) -> int: ...


def histogram(classes: Sequence[Counted], lines: Sequence[StarLine]) -> SafeString:
    """Bars from nought in the colours of the tiles; empty classes at both ends are left out."""
    shown = _trimmed(classes)
    low, high = (shown[0].low, shown[-1].high) if shown else (0, 10000)
    scale = _Scale(low, high)
    most = max((c.count for c in shown), default=1)
    return picture(
        _WIDTH,
        _HEIGHT,
        _spoken(shown),
        *(part for c in shown for part in _bar(c, most, lines, scale)),
        *_words(shown, scale),
        *_star_lines([line for line in lines if low < line.score < high], scale),
        format_html(
            '<line class="axis" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>',
            *map(at, (_LEFT, _RIGHT, _BOTTOM)),
        ),
    )


class _Scale:
    def __init__(self, low: int, high: int) -> None:
        self.low, self.span = low, max(high - low, 1)

    def __call__(self, score: int) -> float:
        return _LEFT + (score - self.low) / self.span * (_RIGHT - _LEFT)


def _trimmed(classes: Sequence[Counted]) -> Sequence[Counted]:
    filled = [i for i, c in enumerate(classes) if c.count]
    return classes[filled[0] : filled[-1] + 1] if filled else ()


def _spoken(classes: Sequence[Counted]) -> str:
    told = [
        _("%(low)g 至 %(high)g 分 %(n)d 个")
        % {"low": c.low / 100, "high": c.high / 100, "n": c.count}
        for c in classes
        if c.count
    ]
    return _("得分分布：%(values)s") % {"values": _("、").join(told)}


def _bar(one: Counted, most: int, lines: Sequence[StarLine], scale: _Scale) -> list[SafeString]:
    x, end = scale(one.low), scale(one.high)
    if not one.count:
        return []
    height = one.count / most * (_BOTTOM - _TOP)
    drawn = format_html(
        '<rect class="c{}" x="{}" y="{}" width="{}" height="{}"/>',
        score_class(one.low, lines),
        *map(at, (x + 1, _BOTTOM - height, max(end - x - 3, 1), height)),
    )
    count = text((x + end) / 2, _BOTTOM - height - 4, f"{one.count:,}", "middle", "tick-word")
    return [drawn, count]


def _words(classes: Sequence[Counted], scale: _Scale) -> list[SafeString]:
    """Where the classes begin and the last one ends; every second where they would touch."""
    bounds = [*(c.low for c in classes), *(c.high for c in classes[-1:])]
    every = -(-len(bounds) // _MOST_WORDS) or 1
    return [
        text(scale(bound), _BOTTOM + _ROW, f"{bound / 100:g}", "middle", "tick-word")
        for bound in bounds[::every]
    ]


def _star_lines(lines: Sequence[StarLine], scale: _Scale) -> list[SafeString]:
    """With their words above; where two stand close, the lower one's word goes to its left."""
    drawn: list[SafeString] = []
    for i, line in enumerate(lines):
        x = scale(line.score)
        near = i + 1 < len(lines) and scale(lines[i + 1].score) - x < 34
        side, anchor = (-3, "end") if near else (3, "start")
        drawn.append(
            format_html(
                '<line class="star-line far" x1="{0}" x2="{0}" y1="4" y2="{1}"/>',
                at(x),
                at(_BOTTOM),
            )
        )
        drawn.append(text(x + side, 12, line.word, anchor, "star-word"))
    return drawn
