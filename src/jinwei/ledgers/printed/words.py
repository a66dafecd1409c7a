"""What several books say the same way."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .page import Scope

TOTAL = gettext_lazy("合计")


def unpaid() -> str:
    """What stands for nothing paid where something was due; no quotation marks."""
    return _("未交").replace('"', "")


def unit(scope: Scope) -> str:
    return _("单位：%(name)s") % {"name": scope.organization.name}


def as_of(day: dt.date) -> str:
    return _("截至：%(day)s") % {"day": day.isoformat()}


def titled(scope: Scope, title: str) -> str:
    """A title that does not say the year itself."""
    return _("%(year)s 年%(title)s") % {"year": scope.year, "title": title}


def signatures() -> tuple[str, ...]:
    """Whoever filled it in, whoever checked it, and when."""
    return (_("填表人："), _("审核人："), _("填表日期：    年  月  日"))


def in_words(parts: list[str]) -> str:
    return _("、").join(parts)


def bracketed(name: str, more: str) -> str:
    return _("%(name)s（%(more)s）") % {"name": name, "more": more}
