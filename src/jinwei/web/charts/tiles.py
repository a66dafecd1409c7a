"""The tree as a heat map: a row of tiles a subordinate, or a stacked bar where there are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .parts import StarLine

MOST_TILES = 60
_BEST, _WORST = 5, 1


@dataclass(frozen=True, slots=True)
class Tile:
    """One organization: its score in hundredths, or None where there is none."""

    label: str
    url: str
    score: int | None


@dataclass(frozen=True, slots=True)
class DrawnTile:
    """A tile with its class, 5 to 1, or 0 without a score."""

    label: str
    url: str
    score: int | None
    heat: int

    @property
    def short(self) -> str:
        """What stands inside: whole points, rounded down as the class is."""
        return "" if self.score is None else str(self.score // 100)


@dataclass(frozen=True, slots=True)
class HeatShare:
    """A class of a stacked bar: how many, from where to where in a bar of 100."""

    heat: int
    word: str
    count: int
    x: str
    width: str
    url: str


@dataclass(frozen=True, slots=True)
class TileRow:
    """A subordinate with its tiles; with too many of them, with shares instead."""

    name: str
    url: str
    count: int
    median: int | None
    under: str
    tiles: tuple[DrawnTile, ...]
    shares: tuple[HeatShare, ...]


def score_class(score: int | None, lines: Sequence[StarLine]) -> int:
    """The class of a score: 5 from the highest star line on, one less a line, never below 1."""
    if score is None:
        return 0
    above = sum(1 for line in lines if score < line.score)
    return max(_BEST - above, _WORST)


def class_word(heat: int, lines: Sequence[StarLine]) -> str:
    """From which score to which a class goes."""
    if heat == 0:
        return _("尚未评定")
    bounds = [f"{line.score / 100:g}" for line in reversed(lines)][: _BEST - _WORST]
    place = _BEST - heat
    if place == 0:
        return _("%(low)s 分及以上") % {"low": bounds[0]} if bounds else _("全部")
    if place >= len(bounds):
        return _("不到 %(high)s 分") % {"high": bounds[-1]}
    return _("%(low)s–%(high)s 分") % {"low": bounds[place], "high": bounds[place - 1]}


def tile_row(
    name: str,
    url: str,
    tiles: Sequence[Tile],
    thresholds: Sequence[StarLine],
    median: int | None = None,
    under: str = "",
    class_urls: Mapping[int, str] | None = None,
) -> TileRow:
    """Tiles in the order they come in; ``class_urls``: the lists behind the shares."""
    drawn = tuple(
        DrawnTile(t.label, t.url, t.score, score_class(t.score, thresholds)) for t in tiles
    )
    many = len(drawn) > MOST_TILES
    return TileRow(
        name,
        url,
        len(drawn),
        median,
        under,
        () if many else drawn,
        _shares(drawn, thresholds, class_urls or {}) if many else (),
    )


def _shares(
    tiles: Sequence[DrawnTile], lines: Sequence[StarLine], urls: Mapping[int, str]
) -> tuple[HeatShare, ...]:
    counts = Counter(tile.heat for tile in tiles)
    shares: list[HeatShare] = []
    done = 0
    for heat in range(_BEST, -1, -1):
        count = counts[heat]
        if count:
            x, width = (f"{100 * n / len(tiles):.2f}" for n in (done, count))
            word = class_word(heat, lines)
            shares.append(HeatShare(heat, word, count, x, width, urls.get(heat, "")))
        done += count
    return tuple(shares)
