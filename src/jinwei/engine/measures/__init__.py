"""The measures, one class a kind; a new kind is a class and a line here."""

from __future__ import annotations

from typing import Final

from .base import Figure, Measure, Scope, Tally
from .counting import Count, Sum
from .judging import Findings, Judgement
from .occurrences import Occurrences
from .shares import MemberShare, Rating, Share
from .standing import Check, Level, Presence

MEASURES: Final[dict[str, type[Measure]]] = {
    measure.name: measure
    for measure in (
        Occurrences,
        Count,
        Sum,
        Share,
        MemberShare,
        Level,
        Check,
        Presence,
        Judgement,
        Findings,
        Rating,
    )
}

__all__ = ["MEASURES", "Figure", "Measure", "Scope", "Tally"]
