"""The figures that screens show beside scores, each defined once (docs/explanation/figures.md)."""

from .burden import fields_filled, writes
from .gaps import Coverage, Missed, coverage, missing, most_missed
from .movement import Mover, Reason, Then, change_since, movers
from .peers import DimensionFigure, PeerFigures, Peers, dimensions, peer_figures, peers
from .scopes import (
    Class,
    Scored,
    Spread,
    by_subordinate,
    median,
    scope,
    scored,
    spread,
    subordinates,
)
from .which import current, indicators, leading, standing, standings_of

__all__ = [
    "Class",
    "Coverage",
    "DimensionFigure",
    "Missed",
    "Mover",
    "PeerFigures",
    "Peers",
    "Reason",
    "Scored",
    "Spread",
    "Then",
    "by_subordinate",
    "change_since",
    "coverage",
    "current",
    "dimensions",
    "fields_filled",
    "indicators",
    "leading",
    "median",
    "missing",
    "most_missed",
    "movers",
    "peer_figures",
    "peers",
    "scope",
    "scored",
    "spread",
    "standing",
    "standings_of",
    "subordinates",
    "writes",
]
