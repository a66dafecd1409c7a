"""The portable data set: every fact table as plain rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Value: TypeAlias = str | int | bool | None
"""What a cell holds: a date ``YYYY-MM-DD``, a month ``YYYY-MM``, an integer (hundredths in a
``hundredths`` column), a boolean, text without outer white space, or None where it is empty."""
Row: TypeAlias = tuple[Value, ...]
"""One row, in the order of ``TABLES[name].stored``."""


@dataclass(frozen=True)
class Dataset:
    """Tables by English name; a list is in the order of entry.

    The readers leave out tables without rows. :meth:`rows` gives ``[]`` for those.
    """

    tables: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, name: str) -> list[Row]:
        """The rows of a table, in order of entry; none where the table is absent."""
        return self.tables.get(name, [])
