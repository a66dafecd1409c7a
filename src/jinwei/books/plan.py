"""How a sheet is read: which book it is, where its rows begin, what each column became."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

LEFT_OUT: Final = ""
"""The target of a column that is not imported."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its heading as written, its target, whether that is sure.

    ``target`` is a name of the book (:class:`jinwei.books.shelf.Book`), such as ``held_on``, or
    :data:`LEFT_OUT`. ``sure`` is False where a person should look; ``hidden``: the spreadsheet
    does not show the column.
    """

    heading: str
    target: str = LEFT_OUT
    sure: bool = True
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """``heading``: the first and last line number of the heading; rows begin after it.

    ``columns``: by place in the sheet, A is 0. ``year``: of columns that name a month alone.
    """

    book: str
    heading: tuple[int, int]
    columns: Mapping[int, Column] = field(default_factory=dict)
    year: int | None = None

    def to_json(self) -> dict[str, Any]:
        columns = {
            str(at): [c.heading, c.target, c.sure, c.hidden] for at, c in self.columns.items()
        }
        return {
            "book": self.book,
            "heading": list(self.heading),
            "columns": columns,
            "year": self.year,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Plan:
        columns = {int(at): Column(*c) for at, c in said["columns"].items()}
        first, last = said["heading"]
        return cls(said["book"], (first, last), columns, said["year"])
