"""What can still be done about an indicator, said briefly and to be filtered by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jinwei.engine.explain import Chance, Explanation
from jinwei.engine.outcomes import MISSED
from jinwei.engine.totals import hundredths
from jinwei.web.templatetags.jinwei import day as in_words
from jinwei.web.templatetags.jinwei import points


@dataclass(frozen=True, slots=True)
class Open:
    """The next chance of an indicator: until when in words and as a day (None: at once), and its
    worth in words. ``recoverable``: points already lost can come back.
    """

    when: str
    worth: str
    by: dt.date | None
    recoverable: bool


def next_chance(one: Explanation) -> Open | None:
    """The chance that ends first, the dearest of a day before the others."""
    chances = [c for part in one.parts for c in part.chances if c.worth > 0]
    if not chances:
        return None
    first = min(chances, key=lambda c: (c.by or dt.date.min, -c.worth))
    missed = one.result.state == MISSED
    # A window that is still open does not bring back one that is over.
    recoverable = missed and any(chance.first is None for chance in chances)
    # What is counted in full until its day comes cannot be gained, only lost.
    kept = first.first is not None or one.result.earned >= one.indicator.points > 0
    return Open(_when(first), _worth(first, recoverable, kept), first.by, recoverable)


def without_chance(one: Explanation | None) -> str:
    """What is said of a missed indicator that nothing mends at once."""
    short = [p for p in one.parts if p.outcome.state == MISSED] if one else []
    if short and all(part.rises_later for part in short):
        return _("靠以后的记录提高")
    return _("不可补")


def _when(chance: Chance) -> str:
    if chance.by is None:
        return _("现在就能办")
    return _("%(day)s前办") % {"day": in_words(chance.by)}


def _worth(chance: Chance, recoverable: bool, kept: bool) -> str:
    said = {"worth": points(hundredths(chance.worth))}
    if kept:
        return _("未办将失 %(worth)s 分") % said
    if recoverable:
        return _("可挽回 %(worth)s 分") % said
    return _("可得 %(worth)s 分") % said
