"""What several charts share: star lines, coordinates as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from jinwei.engine.schema import StarRow

STAR_WORDS: Final = (
    gettext_lazy("无星"),
    gettext_lazy("一星"),
    gettext_lazy("二星"),
    gettext_lazy("三星"),
    gettext_lazy("四星"),
    gettext_lazy("五星"),
)


@dataclass(frozen=True, slots=True)
class StarLine:
    """From which score on, in hundredths, how many stars are to be had."""

    word: str
    score: int


def star_lines(rows: Iterable[StarRow]) -> tuple[StarLine, ...]:
    """The lines of a standard, the lowest first; a row that asks no score draws none."""
    asked = sorted((row.score, row.stars) for row in rows if row.score > 0)
    return tuple(StarLine(str(STAR_WORDS[stars]), round(score * 100)) for score, stars in asked)


def at(number: float) -> str:
    """A coordinate, no longer than needed."""
    return f"{number:.1f}".removesuffix(".0")


def picture(width: int, height: int, label: str, *parts: SafeString) -> SafeString:
    """A chart with the words that say the same."""
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        width,
        height,
        label,
        mark_safe("".join(parts)),
    )


def text(x: float, y: float, words: str, anchor: str = "middle", kind: str = "") -> SafeString:
    """Words in a chart; ``kind``: strong, tick-word, star-word or none."""
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" class="{}">{}</text>',
        at(x),
        at(y),
        anchor,
        kind,
        words,
    )
