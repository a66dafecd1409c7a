"""The plainest reading there can be: a sheet whose columns are named as those of one table.

A cell “!” is a fault, “?” asks. The tests of what happens to drafts need no more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from jinwei.books.drafts import ASK, FAULT, Answers, Draft, Question, Reading, Trouble
from jinwei.books.grid import Grid, Line, Merge
from jinwei.books.plan import Column, Plan
from jinwei.books.world import World
from jinwei.datasets.dataset import Value
from jinwei.engine.catalogue import TABLES


class PlainReader:
    def __init__(
        self,
        plan: Plan,
        world: World,
        answers: Answers,
        *,
        number: int = 1,
        merges: Iterable[Merge] = (),
    ) -> None:
        self.plan, self.answers, self.number = plan, answers, number
        self.world = world
        self.waiting = 0

    def readings(self, lines: Iterable[Line]) -> Iterator[Reading]:
        for line in lines:
            if line.number <= self.plan.heading[1]:
                yield Reading(line.number, "skipped")
            else:
                yield self._row(line)

    @property
    def questions(self) -> tuple[Question, ...]:
        if not self.waiting:
            return ()
        yes = (("yes", "是", "yes"), ("no", "否", "no"))
        return (Question("what", "ask-kind", {"found": "?"}, yes, None, self.waiting),)

    def _row(self, line: Line) -> Reading:
        table = TABLES[self.plan.book]
        values: dict[str, Value] = {}
        columns: dict[str, int] = {}
        came: tuple[tuple[str, str], ...] = ()
        troubles = []
        for at, column in self.plan.columns.items():
            cell = line[at]
            if cell == "!":
                troubles.append(Trouble("garbled", at, FAULT, {"found": "!"}, repair="x"))
            elif cell == "?" and "what" not in self.answers:
                troubles.append(Trouble("unknown-kind", at, ASK, question="what"))
                self.waiting += 1
            elif column.target == "attendance":
                came = tuple((code, "present") for code in str(cell or "").split())
            else:
                values[column.target] = cell.isoformat() if isinstance(cell, dt.date) else cell
                columns[column.target] = at
        if table.key and table.key not in values:
            values[table.key] = f"{table.name[0].upper()}{self.number + line.number:06d}"
        draft = Draft(table.name, values, columns, came)
        return Reading(line.number, "row", (draft,), tuple(troubles))


def propose(grid: Grid, book: str | None = None) -> Plan | None:
    """The first line names the columns; the sheet has the name of the table."""
    first = next(iter(grid.lines), None)
    if first is None or (book or grid.name) not in TABLES:
        return None
    columns = {at: Column(str(cell), str(cell)) for at, cell in enumerate(first.cells)}
    return Plan(book or grid.name, (first.number, first.number), columns)
