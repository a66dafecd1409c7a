"""The lines of a sheet, told apart: rows, and what is no row; merged cells hold their value."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from .asking import IMPORT, Asking, waiting
from .cells import is_blank
from .drafts import NOTE, Trouble
from .foot import ends_table, foot
from .grid import Cell, Line, Merge
from .kinds import AFTER_FOOT, HIDDEN, NOTHING
from .layout import Headings
from .plan import LEFT_OUT, Plan
from .shelf import BOOKS, HOLDER, MEMBER, NAME, ORGANIZATION

_NAMING: Final = frozenset((NAME, MEMBER, HOLDER, ORGANIZATION))


@dataclass(frozen=True, slots=True)
class Sorted:
    """A line and what it is; ``troubles`` keep it waiting."""

    line: Line
    sort: Literal["row", "skipped"]
    troubles: tuple[Trouble, ...] = ()


class Sheet:
    """Tells the lines of one sheet apart, in one pass."""

    def __init__(self, plan: Plan, merges: Iterable[Merge], asking: Asking) -> None:
        self.plan = plan
        self.asking = asking
        tall = (m for m in merges if m.last_row > m.first_row and m.first_row > plan.heading[1])
        self._tall = deque(sorted(tall, key=lambda m: m.first_row))
        self._held: dict[int, tuple[int, Cell]] = {}
        book = BOOKS[plan.book]
        self._names = frozenset(
            at
            for at, column in plan.columns.items()
            if column.target in book.by_name and book.by_name[column.target].kind in _NAMING
        )
        self._wanted = tuple(at for at, c in plan.columns.items() if c.target != LEFT_OUT)
        self._headings = Headings(plan)
        self._above: set[tuple[Cell, ...]] = set()
        self._foot: int | None = None

    def sorted(self, lines: Iterable[Line]) -> Iterator[Sorted]:
        """Every line below the heading, and those above it as skipped."""
        for line in lines:
            if line.number <= self.plan.heading[1]:
                self._above.add(line.cells)
                yield Sorted(line, "skipped")
            else:
                yield self._sorted(line)

    def _sorted(self, line: Line) -> Sorted:
        """What is merged into a line from above does not make it a row."""
        spread = self._spread(line)
        if foot(line, self._names, self._foot is not None):
            if self._foot is None and ends_table(line):
                self._foot = line.number
            return Sorted(line, "skipped")
        if self._is_heading(line):
            return Sorted(line, "skipped")
        if all(is_blank(line[at]) for at in self._wanted):
            return Sorted(line, "skipped", tuple(self._of_no_use(line)))
        return self._row(spread)

    def _of_no_use(self, line: Line) -> Iterator[Trouble]:
        """A line may hold its number and nothing else, where lines were numbered beforehand."""
        said = [cell for cell in line.cells if not is_blank(cell)]
        if not all(str(cell).strip().isdecimal() for cell in said):
            yield Trouble(NOTHING, None, NOTE)

    def _is_heading(self, line: Line) -> bool:
        """Titles and headings are repeated on every printed page."""
        return line.cells in self._above or self._headings.stands_in(line)

    def _row(self, line: Line) -> Sorted:
        troubles = []
        if line.hidden:
            answer = self.asking.hidden_rows()
            if answer is None:
                troubles.append(waiting(HIDDEN, None, "hidden-rows"))
            elif answer != IMPORT:
                return Sorted(line, "skipped")
        if self._foot is not None:
            answer = self.asking.after_foot()
            if answer is None:
                troubles.append(waiting(AFTER_FOOT, None, "after-foot", row=str(self._foot)))
            elif answer != IMPORT:
                return Sorted(line, "skipped")
        return Sorted(line, "row", tuple(troubles))

    def _spread(self, line: Line) -> Line:
        """A cell merged over several rows says the same in each of them."""
        if not self._held and (not self._tall or self._tall[0].first_row > line.number):
            return line
        while self._tall and self._tall[0].first_row <= line.number:
            merge = self._tall.popleft()
            if merge.first_row == line.number:
                self._held[merge.first_column] = (merge.last_row, line[merge.first_column])
        self._held = {at: held for at, held in self._held.items() if held[0] >= line.number}
        cells = list(line.cells)
        for at, (_, cell) in self._held.items():
            cells += [None] * (at + 1 - len(cells))
            cells[at] = cell if cells[at] is None else cells[at]
        return Line(line.number, tuple(cells), line.hidden)
