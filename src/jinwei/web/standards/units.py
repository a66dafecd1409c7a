"""The units of parameters in words."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy, pgettext_lazy

SHARE: Final = "share"
_TIMES: Final = gettext_lazy("次")
_WORDS: Final = {
    SHARE: "",
    "appraisals": _TIMES,
    "contacts": _TIMES,
    "days": gettext_lazy("天"),
    "hours": pgettext_lazy("unit", "学时"),
    "lectures": _TIMES,
    "meetings": _TIMES,
    "members": gettext_lazy("名"),
    "persons": gettext_lazy("人"),
    "points": gettext_lazy("分"),
    "projects": pgettext_lazy("projects", "个"),
    "reviews": _TIMES,
    "services": _TIMES,
    "sessions": _TIMES,
    "stories": gettext_lazy("篇"),
    "times": _TIMES,
    "trainings": _TIMES,
    "yuan": gettext_lazy("元"),
}


def unit_word(unit: str) -> str:
    """A unit as people say it; one of an installation's own is shown as written."""
    return str(_WORDS.get(unit, unit))
