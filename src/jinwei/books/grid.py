"""The cells of a spreadsheet as its owner sees them: rows with numbers, columns with letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

MOST_ROWS: Final = 200_000
"""Rows of one sheet that are read; a sheet with more is refused with the way out (split it)."""
MOST_COLUMNS: Final = 256
MOST_CHARACTERS: Final = 2_000
"""Of one cell; what is longer is cut, and ends in “…”."""


@dataclass(frozen=True, slots=True)
class Error:
    """A cell whose formula failed: what it shows, such as ``#N/A`` or ``#REF!``."""

    shown: str

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True, slots=True)
class Unreckoned:
    """A formula that no program has reckoned yet: the file holds no value for it."""

    formula: str

    def __str__(self) -> str:
        return f"={self.formula}"


@dataclass(frozen=True, slots=True)
class Ruined:
    """A long number that a spreadsheet kept as a float: its last digits are lost.

    Only whole numbers of more than 15 digits; ``shown`` is all that is left of it.
    """

    shown: str

    def __str__(self) -> str:
        return self.shown


Cell: TypeAlias = (
    str | int | float | bool | dt.date | dt.datetime | dt.time | Error | Unreckoned | Ruined | None
)
"""A text is as typed (white space and all); a blank text is None. A whole float is an int. A cell
formatted as a date is a ``date`` (a ``datetime`` where it has a time of day)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its number as the spreadsheet shows it, its cells from column A on.

    Blank cells at the end are cut off. ``hidden``: the row is hidden or filtered out.
    """

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def __getitem__(self, column: int) -> Cell:
        """The cell of a column (A is 0); None beyond the last."""
        return self.cells[column] if column < len(self.cells) else None

    @property
    def blank(self) -> bool:
        return not self.cells


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows count from 1, columns from 0, ends included. Its value is its first."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet. ``lines`` may be read more than once, wholly blank ones are left out.

    ``beyond``: the sheet has something outside what is read (rows or columns past the limits).
    """

    name: str
    lines: Iterable[Line]
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    beyond: bool = False
    rows: int = 0
    """How many lines there are."""
    columns: int = 0
    """How many columns the widest line has."""


@dataclass(frozen=True, slots=True)
class Book:
    """A file that was opened: its sheets that hold anything, and what its owner must be told.

    ``notes``: ids of :mod:`jinwei.books.kinds` that are no fault of a cell (macros were ignored,
    links to other files were not followed, the encoding was guessed).
    """

    sheets: tuple[Grid, ...]
    notes: tuple[str, ...] = field(default=())


def letters(column: int) -> str:
    """The letters of a column; A is 0.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def address(row: int, column: int) -> str:
    """The address of a cell as a spreadsheet shows it.

    >>> address(3, 2)
    'C3'
    """
    return f"{letters(column)}{row}"
