"""Where the columns and cells of a template come from, as it is kept."""

from __future__ import annotations

from collections.abc import Mapping as Given
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Mapping:
    """The table of a template: its sheet, its first row and how many rows stand ready.

    ``columns``: the heading of the source by letter; ``cells``: the name of a fact by address;
    ``headed``: the letters of all columns that have a heading.
    """

    sheet: str
    first: int
    room: int
    columns: Given[str, str] = field(default_factory=dict)
    cells: Given[str, str] = field(default_factory=dict)
    headed: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Given[str, Any]) -> Mapping:
        """As it was kept with a template."""
        return cls(
            str(kept["sheet"]),
            int(kept["first"]),
            int(kept["room"]),
            dict(kept["columns"]),
            dict(kept["cells"]),
            tuple(kept["headed"]),
        )

    def kept(self) -> dict[str, Any]:
        return asdict(self)
