"""The rows of the tree: one a direct subordinate, each organization below it a tile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from jinwei.standings import figures
from jinwei.standings.figures import Scored
from jinwei.web.charts.tiles import Tile, TileRow, class_word, tile_row
from jinwei.web.parts import Chip
from jinwei.web.templatetags.jinwei import points

from .addresses import list_url, organization_url, overview_url
from .scene import Scene

ORDERS: Final = ("median", "change", "order")
_NONE: Final = -1_000_000


@dataclass(frozen=True, slots=True)
class Tree:
    """The rows, the ways to order them, and how many subordinates have nobody to show."""

    rows: tuple[TileRow, ...]
    chips: tuple[Chip, ...]
    empty: int


@dataclass(frozen=True, slots=True)
class _Branch:
    """A subordinate, or all those that have nobody below them: the code is empty then."""

    code: str
    rows: tuple[Scored, ...]
    median: int | None
    change: int | None


def tree(scene: Scene, order: str) -> Tree:
    """The subordinates in an order: by median, by its change, or as they come."""
    order = order if order in ORDERS else ORDERS[0]
    branches, empty = _branches(scene)
    if order == "median":
        branches.sort(key=lambda b: -_or_last(b.median))
    elif order == "change":
        branches.sort(key=lambda b: -_or_last(b.change))
    chips = tuple(
        Chip(label, f"?sort={name}" if name != ORDERS[0] else "?", current=name == order)
        for name, label in zip(ORDERS, (_("按中位数"), _("按升降"), _("按组织序")), strict=True)
    )
    shared = _shared([scene.name(branch.code) for branch in branches if branch.code])
    return Tree(tuple(_row(scene, branch, shared) for branch in branches), chips, empty)


def _branches(scene: Scene) -> tuple[list[_Branch], int]:
    """Subordinates with somebody who works to the standard; and how many have nobody."""
    found: list[_Branch] = []
    leaves: list[Scored] = []
    empty = 0
    own = scene.by_code.get(scene.code)
    for group, codes in scene.groups.items():
        rows = tuple(scene.by_code[code] for code in codes if code in scene.by_code)
        if not rows:
            empty += 1
        elif len(codes) == 1:
            leaves += rows
        else:
            found.append(_branch(scene, group, rows))
    if own is not None:
        leaves.insert(0, own)
    if leaves:
        found.append(_branch(scene, "", tuple(leaves)))
    return found, empty


def _branch(scene: Scene, code: str, rows: tuple[Scored, ...]) -> _Branch:
    now = figures.median(row.score for row in rows if row.score is not None)
    before = [score for row in rows if (score := scene.score_then(row)) is not None]
    then = figures.median(before)
    return _Branch(code, rows, now, None if now is None or then is None else now - then)


def _shared(names: Sequence[str]) -> int:
    """How many characters all names begin with, where that is a word of its own: the district's."""
    if len(names) < 2:
        return 0
    first, last = min(names), max(names)
    pairs = enumerate(zip(first, last, strict=False))
    shared = next((at for at, (a, b) in pairs if a != b), min(len(first), len(last)))
    return shared if shared > 1 and all(len(name) > shared + 1 for name in names) else 0


def _row(scene: Scene, branch: _Branch, shared: int) -> TileRow:
    """Tiles from the highest score to the lowest, those without one last."""
    ordered = sorted(branch.rows, key=lambda row: (-_or_last(row.score), row.subject))
    code = branch.code or scene.code
    return tile_row(
        scene.name(branch.code)[shared:] if branch.code else _("直属党组织"),
        overview_url(branch.code) if branch.code else list_url(scene.code, "scored", of="own"),
        [Tile(scene.name(r.subject), organization_url(r.subject), r.score) for r in ordered],
        scene.lines,
        branch.median,
        _moved(branch.change),
        {heat: list_url(code, "scored", heat=heat) for heat in range(6)},
    )


def _moved(change: int | None) -> str:
    if not change:
        return ""
    return f"▲ {points(change)}" if change > 0 else f"▼ {points(-change)}"


def _or_last(number: int | None) -> int:
    return _NONE if number is None else number


def heat_words(scene: Scene) -> Sequence[tuple[int, str]]:
    """The classes of tiles that this standard has, the best first, and those without a score."""
    heats = range(5, max(5 - len(scene.lines), 1) - 1, -1)
    return [*((heat, class_word(heat, scene.lines)) for heat in heats), (0, class_word(0, ()))]
