"""What one line of a book says so far, while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from .days import Bad
from .drafts import FAULT, Draft, Trouble, Values


@dataclass
class Said:
    """What one line says so far."""

    values: Values = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    drafts: tuple[Draft, ...] = ()
    skip: bool = False
    """Somebody answered that rows like this stay out."""

    def take(self, other: Said) -> None:
        """What was read apart comes to what is said already."""
        self.values.update(other.values)
        self.columns.update(other.columns)
        self.troubles += other.troubles
        self.skip = self.skip or other.skip

    def is_wrong(self, at: int | None) -> bool:
        """Whether something was found about the cell of a column."""
        return at is not None and any(t.column == at for t in self.troubles)

    def wrong(self, found: Bad, column: int | None) -> None:
        self.troubles.append(Trouble(found.id, column, FAULT, dict(found.facts), found.repair))
