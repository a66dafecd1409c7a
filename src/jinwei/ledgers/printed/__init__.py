"""Books as committees keep and print them, made from facts alone."""

from __future__ import annotations

from typing import Final

from .dues import DUES
from .meetings import MEETINGS
from .organizations import ORGANIZATIONS
from .page import Book, Page, Scope
from .paper import paper
from .roster import ROSTER

__all__ = ["BOOKS", "Book", "Page", "Scope", "paper"]

BOOKS: Final[tuple[Book, ...]] = (
    ROSTER,
    ORGANIZATIONS,
    DUES,
    MEETINGS,
)
"""Every book made from facts; that of points lies with the standings."""
