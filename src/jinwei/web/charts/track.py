"""One score on its way to the next star: what is earned now, and what can still be reached."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jinwei.web.templatetags.jinwei import points as shown

from .parts import StarLine, at, picture, text

_WIDTH, _HEIGHT = 320, 66
_LEFT, _RIGHT = 6.0, 314.0
_TOP, _DEPTH = 22.0, 12.0
_END = 10000
_WORD = 76.0
"""Room for a word and a score."""


def track(score: int, potential: int, lines: Sequence[StarLine]) -> SafeString:
    """Full is earned; hatched can be reached, and is never drawn as if earned.

    The track begins at 70 points, or at a lower multiple of ten where a score or a line is lower.
    """
    begin = min(7000, *((value // 1000) * 1000 for value in (score, *(x.score for x in lines))))
    place = _Scale(max(begin, 0))
    now, then = place(score), place(max(score, potential))
    return picture(
        _WIDTH,
        _HEIGHT,
        _spoken(score, potential, lines),
        _bed(),
        _bar("now", _LEFT, now),
        *(_ahead(now, then) if potential > score else ()),
        *_marks(lines, place),
        text(_LEFT, 62, f"{place.begin / 100:g}", "start", "tick-word"),
        text(_RIGHT, 62, f"{_END / 100:g}", "end", "tick-word"),
        *_words(score, potential, now, then),
    )


class _Scale:
    def __init__(self, begin: int) -> None:
        self.begin = begin

    def __call__(self, score: int) -> float:
        part = (min(max(score, self.begin), _END) - self.begin) / (_END - self.begin)
        return _LEFT + part * (_RIGHT - _LEFT)


def _spoken(score: int, potential: int, lines: Sequence[StarLine]) -> str:
    stars = _("，").join(
        _("%(word)s %(score)s 分") % {"word": x.word, "score": shown(x.score)} for x in lines
    )
    told = _("现在 %(score)s 分，最高可达 %(potential)s 分") % {
        "score": shown(score),
        "potential": shown(potential),
    }
    return _("%(told)s；%(stars)s") % {"told": told, "stars": stars} if stars else told


def _bar(kind: str, start: float, end: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        kind,
        *map(at, (start, _TOP, max(end - start, 0), _DEPTH)),
    )


def _bed() -> SafeString:
    return _bar("bed", _LEFT, _RIGHT)


def _ahead(start: float, end: float) -> list[SafeString]:
    """A hatched bar, drawn line by line, so that no pattern needs a name of its own."""
    drawn = [_bar("hatch-bed", start, end)]
    x = start + 3
    while x < end - 1:
        upper = min(x + _DEPTH / 2, end)
        lower = max(x - _DEPTH / 2, start)
        drawn.append(
            format_html(
                '<line class="hatch-line" x1="{}" y1="{}" x2="{}" y2="{}"/>',
                at(lower),
                at(_TOP + _DEPTH / 2 + (x - lower)),
                at(upper),
                at(_TOP + _DEPTH / 2 - (upper - x)),
            )
        )
        x += 6
    drawn.append(_bar("ahead", start, end))
    return drawn


def _marks(lines: Sequence[StarLine], place: _Scale) -> list[SafeString]:
    """The star lines with their words; where two stand close, they lean away from each other."""
    drawn: list[SafeString] = []
    spots = [place(x.score) for x in lines]
    for i, (line, x) in enumerate(zip(lines, spots, strict=True)):
        near_before = i > 0 and x - spots[i - 1] < 64
        near_after = i + 1 < len(spots) and spots[i + 1] - x < 64
        anchor = "start" if near_before and not near_after else "end" if near_after else "middle"
        drawn.append(
            format_html(
                '<line class="star-line" x1="{0}" x2="{0}" y1="16" y2="38"/>',
                at(x),
            )
        )
        drawn.append(text(x, 12, f"{line.word} {line.score / 100:g}", anchor, "star-word"))
    return drawn


def _words(score: int, potential: int, now: float, then: float) -> list[SafeString]:
    here = _("现在 %(score)s") % {"score": shown(score)}
    if potential <= score:
        return [text(min(max(now, 45), 275), 49, here, "middle", "strong")]
    reach = _("可达 %(score)s") % {"score": shown(potential)}
    # Both end where they belong, unless they would run into each other or over the edge.
    reach_end = min(max(then + _WORD / 2, now + _WORD, 2 * _WORD), _RIGHT)
    return [
        text(min(max(now, _WORD), reach_end - _WORD), 49, here, "end", "strong"),
        text(reach_end, 49, reach, "end"),
    ]
