"""The dimensions of one organization against the median of its peers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .parts import at, picture, text

LEAST_AXES, MOST_AXES = 5, 9
_WIDTH, _HEIGHT = 430, 330
_CENTRE: Final = (215.0, 168.0)
_RADIUS: Final = 112.0
_FULL: Final = 10000
_LINE: Final = 14
"""So many Latin letters stand beside the radar."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A dimension: hundredths of full marks, 0 to 10000, or None where nothing is due yet."""

    label: str
    own: int | None
    median: int | None = None


def radar(axes: Sequence[Axis], name: str, peer_name: str = "") -> SafeString:
    """What is missing is a gap in the line, never a nought."""
    if not LEAST_AXES <= len(axes) <= MOST_AXES:
        raise ValueError(f"a radar has {LEAST_AXES} to {MOST_AXES} axes, not {len(axes)}")
    return picture(
        _WIDTH,
        _HEIGHT,
        _spoken(axes, name, peer_name),
        *_net(len(axes)),
        *_lines([axis.median for axis in axes], "peer"),
        *_lines([axis.own for axis in axes], "me"),
        *_spots(axes),
        *_labels(axes),
    )


def _spoken(axes: Sequence[Axis], name: str, peer_name: str) -> str:
    told = [_told(axis, peer_name) for axis in axes]
    return _("%(name)s：%(values)s") % {"name": name, "values": _("；").join(told)}


def _told(axis: Axis, peer_name: str) -> str:
    if axis.own is None:
        return _("%(label)s未到期") % {"label": axis.label}
    own = _("%(label)s %(value)s") % {"label": axis.label, "value": _tenths(axis.own)}
    if axis.median is None or not peer_name:
        return own
    return _("%(own)s，%(peers)s %(value)s") % {
        "own": own,
        "peers": peer_name,
        "value": _tenths(axis.median),
    }


def _place(index: int, of: int, part: float) -> tuple[float, float]:
    angle = 2 * math.pi * index / of
    x, y = _CENTRE
    return x + _RADIUS * part * math.sin(angle), y - _RADIUS * part * math.cos(angle)


def _path(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{at(x)},{at(y)}" for x, y in places)


def _net(of: int) -> list[SafeString]:
    rings = [
        format_html(
            '<polygon class="grid-line" points="{}"/>',
            _path([_place(i, of, ring / 4) for i in range(of)]),
        )
        for ring in range(1, 5)
    ]
    spokes = [
        format_html(
            '<line class="grid-line" x1="{}" y1="{}" x2="{}" y2="{}"/>',
            *map(at, (*_CENTRE, *_place(i, of, 1))),
        )
        for i in range(of)
    ]
    return rings + spokes


def _lines(values: Sequence[int | None], kind: str) -> list[SafeString]:
    """A closed shape where all is there, else one open line for each run without a gap."""
    of = len(values)
    known = {i: _place(i, of, v / _FULL) for i, v in enumerate(values) if v is not None}
    if len(known) == of:
        return [format_html('<polygon class="{}" points="{}"/>', kind, _path(list(known.values())))]
    return [
        format_html('<polyline class="{} open" points="{}"/>', kind, _path([known[i] for i in run]))
        for run in _runs(of, set(known))
        if len(run) > 1
    ]


def _runs(of: int, there: set[int]) -> list[list[int]]:
    """Runs of neighbours around the circle, begun behind a gap."""
    gap = next(i for i in range(of) if i not in there)
    runs: list[list[int]] = [[]]
    for step in range(1, of + 1):
        index = (gap + step) % of
        if index in there:
            runs[-1].append(index)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _spots(axes: Sequence[Axis]) -> list[SafeString]:
    return [
        format_html(
            '<circle class="spot" cx="{}" cy="{}" r="3.2"/>',
            *map(at, _place(i, len(axes), axis.own / _FULL)),
        )
        for i, axis in enumerate(axes)
        if axis.own is not None
    ]


def _labels(axes: Sequence[Axis]) -> list[SafeString]:
    drawn: list[SafeString] = []
    for i, axis in enumerate(axes):
        x, y = _place(i, len(axes), 1.14)
        side = x - _CENTRE[0]
        anchor = "middle" if abs(side) < 20 else "start" if side > 0 else "end"
        top = y - 12 if y < _CENTRE[1] - _RADIUS else y
        lines = [axis.label] if anchor == "middle" else _in_lines(axis.label)
        top -= 14 * (len(lines) - 1) if y < _CENTRE[1] else 0  # away from the middle
        drawn.extend(text(x, top + 14 * n, line, anchor) for n, line in enumerate(lines))
        top += 14 * (len(lines) - 1)
        value = _("未到期") if axis.own is None else _tenths(axis.own)
        drawn.append(text(x, top + 15, value, anchor, "strong"))
    return drawn


def _in_lines(label: str) -> list[str]:
    """A long label of several words in two lines, as even as its words allow."""
    spaces = [i for i, letter in enumerate(label) if letter == " "]
    if len(label) <= _LINE or not spaces:
        return [label]
    middle = min(spaces, key=lambda i: abs(2 * i - len(label)))
    return [label[:middle], label[middle + 1 :]]


def _tenths(value: int) -> str:
    return f"{(value + 5) // 10 / 10:.1f}"
