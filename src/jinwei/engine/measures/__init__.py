"""The measures, one class a kind; a new kind is a class and a line here."""

from __future__ import annotations

from typing import Final

from .base import Figure, Measure, Scope, Tally
from .counting import Count, Sum
from .judging import Findings, Judgement
from .occurrences import Occurrences
from .shares import MemberShare, Rating, Share
from .standing import Check, Level, Presence

MeasureClass = (
    type[Occurrences] | type[Count] | type[Sum] | type[Share] | type[MemberShare]
    | type[Level] | type[Check] | type[Presence] | type[Judgement] | type[Findings]
    | type[Rating]
)  # fmt: skip

MEASURES: Final[dict[str, MeasureClass]] = {
    Occurrences.name: Occurrences,
    Count.name: Count,
    Sum.name: Sum,
    Share.name: Share,
    MemberShare.name: MemberShare,
    Level.name: Level,
    Check.name: Check,
    Presence.name: Presence,
    Judgement.name: Judgement,
    Findings.name: Findings,
    Rating.name: Rating,
}

__all__ = ["MEASURES", "Figure", "Measure", "Scope", "Tally"]
