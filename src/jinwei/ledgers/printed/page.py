"""A book as committees keep it on paper: title, unit and date, header, rows, totals, signatures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise

from jinwei.ledgers.cells import Typed
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization

NUMBER: Final = "number"
"""The running number of a row."""
CENTER: Final = "center"
"""A short text in the middle of its cell; longer ones are plain text."""
BIRTH: Final = "birth"
"""A day of which the book shows year and month."""
POINTS: Final = "points"
OWED: Final = "owed"
"""An amount of money that is less than what was due; zero reads as words."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, kind of its cells, width; ``above``: a heading over several."""

    heading: str
    kind: str
    width: int
    above: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """An amount in a cell that is marked: less than what was due."""

    amount: Typed


@dataclass(frozen=True, slots=True)
class Page:
    """A book to print. ``columns`` begin with the running number, which the rows leave out.

    ``unit`` and ``dated`` stand under the title, ``notes`` and ``signatures`` at the foot;
    ``empty`` is said instead of rows. ``members``: the codes of whom it tells of.
    """

    title: str
    unit: str
    dated: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Typed | Owed]]
    empty: str
    totals: Sequence[Typed] | None = None
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    landscape: bool = True
    frozen: int = 2
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Of whom a book tells, and in which words.

    ``rows`` gives the rows of a table that the reader may see in the organization and below.
    ``say``: a code of a column of a table, in words. ``persons``: they may be named;
    ``numbers``: with identity and telephone numbers. ``wide``: something lies below.
    """

    organization: Organization
    day: dt.date
    year: int
    rows: Callable[[type[FactModel]], Any]
    say: Callable[[str, str, Any], str]
    persons: bool = True
    numbers: bool = False
    wide: bool = True

    def word(self, table: str, column: str, code: str | None) -> str | None:
        """A code in words; nothing for none."""
        return self.say(table, column, code) if code else None


@dataclass(frozen=True, slots=True)
class Book:
    """A kind of book: its name, its title, how it is made, and where a user looks for it.

    ``table``: the ledger whose list offers it. ``personal``: it names members all through;
    ``by_year``: it is kept a year at a time; ``numbers``: identity numbers can be in it.
    """

    name: str
    title: Promise
    told: Promise
    make: Callable[[Scope], Page]
    table: str
    personal: bool = False
    by_year: bool = False
    numbers: bool = field(default=False)
