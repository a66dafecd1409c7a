"""Indicators that somebody judges, or exempts from, as choices of a form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from jinwei.engine.measures.judging import Findings, Judgement
from jinwei.engine.schema import Indicator, Standard
from jinwei.standings.models import Adoption
from jinwei.standings.reach import in_force, paths

from .words import say

_WHOLE: Final = "*"
"""Stands for all indicators of a standard."""


@dataclass(frozen=True, slots=True)
class Item:
    """An indicator of a standard as a choice; no indicator: all of the standard."""

    standard: Standard
    indicator: Indicator | None

    @property
    def key(self) -> str:
        return f"{self.standard.id}:{self.indicator.id if self.indicator else _WHOLE}"

    @property
    def label(self) -> str:
        if self.indicator is None:
            return _("整个标准")
        return f"{self.indicator.id} {self.indicator.title(say().language)}"

    @property
    def full(self) -> str:
        return f"{self.standard.title(say().language)} · {self.label}"

    @property
    def levels(self) -> tuple[str, ...]:
        """What an assessor may choose one of."""
        return tuple(
            level
            for part in (self.indicator.parts if self.indicator else ())
            if isinstance(part.measure, Judgement) and part.measure.column is None
            for level, _factor in part.measure.levels
        )

    @property
    def findings(self) -> tuple[str, ...]:
        """What an assessor may find; each takes points off."""
        return tuple(
            item
            for part in (self.indicator.parts if self.indicator else ())
            if isinstance(part.measure, Findings)
            for item, _off in part.measure.deduct
        )

    @property
    def is_judged(self) -> bool:
        return bool(self.levels or self.findings)


def standards_of(organization: str, day: dt.date) -> list[Standard]:
    """The standards in force for an organization, or for its members, the leading one first."""
    above = paths(day).filter(descendant__code=organization).values("ancestor")
    adoptions = Adoption.objects.filter(in_force(day), organization__in=above)
    rows = adoptions.select_related("edition").order_by("-leading", "pk")
    return list({row.edition.standard: row.plan().standard for row in rows}.values())
