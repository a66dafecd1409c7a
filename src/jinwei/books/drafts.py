"""What reading a book gives: for each line its drafts of fact rows, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from jinwei.datasets.dataset import Value

Values = dict[str, Value]
"""Columns of a fact table by name, as a data set holds them: days as ISO text, whole hundredths."""

FAULT: Final = "fault"
"""The row does not come in before it is put right."""
ASK: Final = "ask"
"""The row waits for an answer that is given once for all like it (:class:`Question`)."""
NOTE: Final = "note"
"""The row comes in; its owner is told something."""
Weight = Literal["fault", "ask", "note"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about one cell, or about the whole line (``column`` None).

    ``id`` is one of :mod:`jinwei.books.kinds`, whose sentence ``facts`` fill. ``repair`` is the
    text that would put it right, where there is exactly one. ``question``: the key of the question
    that settles it, where it is asked.
    """

    id: str
    column: int | None = None
    weight: Weight = FAULT
    facts: Mapping[str, str] = field(default_factory=dict)
    repair: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One row of a fact table as a line of the book says it.

    ``values`` holds only the columns that the book has: what it does not speak of stays as it is.
    References are codes, also of rows that the same book brings; a code of its own that no column
    gave (``columns`` lacks it) was made up. ``columns``: from which column of
    the sheet each value came. ``attendance`` is of a meeting: (member, status).
    """

    table: str
    values: Values
    columns: Mapping[str, int] = field(default_factory=dict)
    attendance: tuple[tuple[str, str], ...] = ()


ROW: Final = "row"
SKIPPED: Final = "skipped"
"""Title, heading, total, signature, note, or a hidden row that is to stay out."""
Sort = Literal["row", "skipped"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one line of a sheet says. A row with a fault or an open question has its drafts too,
    as far as they could be read, but they do not come in.
    """

    number: int
    sort: Sort = ROW
    drafts: tuple[Draft, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    repeats: int | None = None
    """The line that says the same already: this one is passed over."""

    @property
    def stopped(self) -> bool:
        """Whether something must be put right or answered first."""
        return any(t.weight != NOTE for t in self.troubles)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide for a group of cells. ``key`` names it among the answers.

    ``options``: (value, words in Chinese, words in English); ``proposed``: the value to begin with,
    None where nothing may be guessed. ``lines``: how many lines wait for it.
    """

    key: str
    id: str
    facts: Mapping[str, str]
    options: tuple[tuple[str, str, str], ...]
    proposed: str | None = None
    lines: int = 1


Answers = Mapping[str, str]
"""Key of a question → value of the option chosen."""
