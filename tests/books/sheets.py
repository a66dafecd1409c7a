"""Sheets as lists of rows, and what reading them says, in few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from jinwei.books import kinds
from jinwei.books.drafts import Draft, Question, Reading
from jinwei.books.grid import Cell, Grid, Line, Merge
from jinwei.books.plan import Plan
from jinwei.books.reading import Reader, propose
from jinwei.books.world import World


def sheet(
    *rows: Sequence[Cell],
    name: str = "Sheet1",
    merges: Sequence[Merge] = (),
    hidden_rows: frozenset[int] = frozenset(),
    hidden_columns: frozenset[int] = frozenset(),
) -> Grid:
    """A grid of rows; a wholly blank one is left out, as the opening of a file does."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            lines.append(Line(number, tuple(cells), number in hidden_rows))
    return Grid(name, tuple(lines), hidden_columns, tuple(merges))


@dataclass(frozen=True)
class Read:
    """A sheet as it was read: its plan, what each line says, what is asked."""

    plan: Plan
    readings: dict[int, Reading]
    questions: tuple[Question, ...]

    @property
    def troubles(self) -> set[tuple[int, int | None, str]]:
        """Line, column and kind of everything that was said."""
        return {(n, t.column, t.id) for n, r in self.readings.items() for t in r.troubles}

    @property
    def asked(self) -> dict[str, int]:
        """Key of each question, with how many lines wait for it."""
        return {one.key: one.lines for one in self.questions}

    def drafts(self, number: int) -> tuple[Draft, ...]:
        return self.readings[number].drafts

    def values(self, number: int) -> dict[str, object]:
        """Of the only draft of a line, without a code that was made up for it."""
        [draft] = self.drafts(number)
        made_up = set() if draft.table == "organization" else {"code"} - set(draft.columns)
        return {name: value for name, value in draft.values.items() if name not in made_up}


def read(
    grid: Grid,
    world: World,
    answers: Mapping[str, str] | None = None,
    *,
    book: str | None = None,
    plan: Plan | None = None,
) -> Read:
    """A sheet proposed and read; every sentence about it is whole in both languages."""
    plan = plan or propose(grid, book)
    assert plan is not None, "no book was recognized"
    reader = Reader(plan, world, answers or {}, merges=grid.merges)
    readings = {one.number: one for one in reader.readings(grid.lines)}
    for one in readings.values():
        for trouble in one.troubles:
            whole(trouble.id, trouble.facts)
    for question in reader.questions:
        whole(question.id, question.facts)
    return Read(plan, readings, reader.questions)


def whole(id: str, facts: Mapping[str, str]) -> None:
    """A sentence says all it means to, in both languages."""
    kind = kinds.KINDS[id]
    for text, english in ((kind.zh, False), (kind.en, True)):
        named = {name for _, name, _, _ in Formatter().parse(text) if name}
        assert named <= set(facts), (id, named - set(facts))
        assert kinds.sentence(id, facts, english=english)
