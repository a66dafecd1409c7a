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
    return Open(_when(first), _worth(first, recoverable), first.by, recoverable)


def _when(chance: Chance) -> str:
    if chance.by is None:
        return _("现在")
    return _("%(day)s前") % {"day": in_words(chance.by)}


def _worth(chance: Chance, recoverable: bool) -> str:
    said = {"worth": points(hundredths(chance.worth))}
    if chance.first is not None:
        return _("未办将失 %(worth)s 分") % said
    if recoverable:
        return _("可挽回 %(worth)s 分") % said
    return _("可得 %(worth)s 分") % said
