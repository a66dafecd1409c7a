"""One bar of a table or a list."""

from __future__ import annotations

from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .parts import at

_TICK = 1.2

Share = Fraction | float


def bar(
    share: Share | None, words: str, median: Share | None = None, lost: bool = False
) -> SafeString:
    """A share of 1 from nought on, with a tick at the median; without a share, the bed alone."""
    fill = ""
    if share is not None:
        width = at(float(min(max(share, 0), 1)) * 100)
        fill = format_html('<rect class="fill" y="2" width="{}" height="8"/>', width)
    tick = ""
    if median is not None:
        x = at(float(min(max(median, 0), 1)) * (100 - _TICK))
        tick = format_html('<rect class="tick" x="{}" width="{}" height="12"/>', x, at(_TICK))
    return format_html(
        '<svg class="bar{}" viewBox="0 0 100 12" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><rect class="bed" y="2" width="100" height="8"/>{}{}</svg>',
        mark_safe(" lost" if lost else ""),
        words,
        fill,
        tick,
    )
