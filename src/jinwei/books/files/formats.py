"""What a number format makes of a number: a date, a time, a span, a code with leading zeros."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final

from ..grid import Cell
from . import cells

Shown = Callable[[float], Cell]
"""What a cell of a format is, from its number."""

_DATES: Final = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_TIMES: Final = frozenset((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56))
_SPAN: Final = 46
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]")
_DAY: Final = re.compile(r"[yde]|aaa")
_CLOCK: Final = re.compile(r"[hs]|am/pm|上午/下午")


@lru_cache(maxsize=4096)
def shown(id: int, code: str, from_1904: bool) -> Shown | None:
    """What numbers of a format are shown as; None: as numbers. Built-in formats have no code."""
    if not code:
        return _built_in(id, from_1904)
    first = code.split(";")[0].lower()
    bare = _LITERAL.sub("", first)
    if bare.count("0") > 1 and not bare.strip("0"):
        return partial(_padded, len(bare))
    if "general" in bare or "通用格式" in bare or "0" in bare or "#" in bare:
        return _clock_of(bare, from_1904) if ".0" in bare and _CLOCK.search(bare) else None
    if _ELAPSED.search(first):
        return cells.duration
    return _clock_of(bare, from_1904)


def _built_in(id: int, from_1904: bool) -> Shown | None:
    if id == _SPAN:
        return cells.duration
    if id in _DATES or id in _TIMES:
        return partial(cells.moment, from_1904=from_1904, time_only=id in _TIMES)
    return None


def _clock_of(bare: str, from_1904: bool) -> Shown | None:
    day, clock = _DAY.search(bare), _CLOCK.search(bare)
    if not day and not clock and "m" not in bare:
        return None
    return partial(cells.moment, from_1904=from_1904, time_only=bool(clock and not day))


def _padded(width: int, value: float) -> Cell:
    cell = cells.rounded(value)
    return f"{cell:0{width}}" if isinstance(cell, int) and cell >= 0 else cell
