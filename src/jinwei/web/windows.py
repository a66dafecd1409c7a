"""Windows of time as cells of a strip: months, quarters, half-years, years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy


class Windowed(Protocol):
    """A window: its days, and ``passed``, ``missed``, ``open``, ``ahead`` or ``outside``."""

    @property
    def first(self) -> dt.date: ...
    @property
    def last(self) -> dt.date: ...
    @property
    def state(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its class, what stands in it, and what is read out."""

    mark: str
    label: str
    spoken: str


_MARKS: Final = {
    "passed": ("y", gettext_lazy("已完成")),
    "missed": ("n", gettext_lazy("未完成")),
    "open": ("o", gettext_lazy("办理中")),
    "ahead": ("a", gettext_lazy("未到")),
    "outside": ("x", gettext_lazy("不计")),
}
_QUARTERS: Final = (
    pgettext_lazy("window", "一季"),
    pgettext_lazy("window", "二季"),
    pgettext_lazy("window", "三季"),
    pgettext_lazy("window", "四季"),
)
_HALVES: Final = (pgettext_lazy("window", "上半年"), pgettext_lazy("window", "下半年"))
_MONTH, _QUARTER, _HALF, _YEAR = 1, 3, 6, 12


def cells_of(windows: Sequence[Windowed]) -> tuple[str, tuple[Cell, ...]]:
    """The class of the strip, and its cells."""
    span = max((_span(window) for window in windows), default=_MONTH)
    return ("" if span == _MONTH else "q" if span == _QUARTER else "words"), tuple(
        _cell(window, span) for window in windows
    )


def window_label(window: Windowed, span: int | None = None) -> str:
    """A window in a word: 3 月, 二季, 上半年, 2026 年."""
    span = span or _span(window)
    if span == _MONTH:
        return _("%(month)d 月") % {"month": window.first.month}
    return _short(window, span)


def _cell(window: Windowed, span: int) -> Cell:
    mark, word = _MARKS[window.state]
    said = {"window": window_label(window, span), "word": word}
    return Cell(mark, _short(window, span), _("%(window)s：%(word)s") % said)


def _short(window: Windowed, span: int) -> str:
    month = window.first.month
    if span == _MONTH:
        return str(month)
    if span == _QUARTER:
        return str(_QUARTERS[(month - 1) // _QUARTER])
    if span == _HALF:
        return str(_HALVES[(month - 1) // _HALF])
    return _("%(year)d 年") % {"year": window.first.year}


def _span(window: Windowed) -> int:
    """The least of month, quarter, half-year and year that holds the whole window."""
    if window.first.year != window.last.year:
        return _YEAR
    first, last = window.first.month - 1, window.last.month - 1
    return next(span for span in (_MONTH, _QUARTER, _HALF, _YEAR) if first // span == last // span)
