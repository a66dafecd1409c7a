"""From the lines of a sheet to drafts of fact rows, and to what is wrong at which cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jinwei.engine.catalogue import TABLES

from . import kinds
from .asking import Asking
from .drafts import FAULT, NOTE, SKIPPED, Answers, Draft, Question, Reading, Trouble
from .grid import Line, Merge, letters
from .layout import propose
from .organizations import Brought, circles
from .plan import LEFT_OUT, Plan
from .repeats import Repeats
from .row import Row
from .sheet import Sheet
from .shelf import BOOKS
from .spans import Spans
from .whom import Whom
from .world import World

__all__ = ["Reader", "propose"]


class Reader:
    """Reads the lines of one sheet; made anew for each pass over it.

    ``number``: the number of the first code given to a row that comes without one, so that the
    preview and the import give the same codes. ``merges``: of the grid.
    """

    def __init__(
        self,
        plan: Plan,
        world: World,
        answers: Answers,
        *,
        number: int = 1,
        merges: Iterable[Merge] = (),
    ) -> None:
        self.plan = plan
        self.book = BOOKS[plan.book]
        self.world = world
        self.asking = Asking(answers)
        self.whom = Whom(world)
        self.number = number
        self._merges = tuple(merges)
        self._repeats = Repeats(world)
        self._spans = Spans(self.book.table)
        self._key = TABLES[self.book.table].key
        self._circles: dict[int, str] = {}
        self._brought = Brought(plan, self.whom, number)
        self._left_out = self._hidden_columns()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is to be decided, the most frequent first; complete after the last line."""
        return self.asking.questions

    def readings(self, lines: Iterable[Line]) -> Iterator[Reading]:
        """What each line says, in order; ``lines`` is gone through twice where a book refers to
        its own rows (organizations), so it must be a collection that can be iterated again.
        """
        if self.book.table == "organization":
            self._bring(lines)
        row = self._row(self.asking)
        for one in Sheet(self.plan, self._merges, self.asking).sorted(lines):
            if one.sort == SKIPPED:
                yield Reading(one.line.number, SKIPPED, troubles=one.troubles)
                continue
            said = row.read(one.line)
            if said.skip:
                yield Reading(one.line.number, SKIPPED)
                continue
            yield self._judged(one.line.number, said.drafts, [*one.troubles, *said.troubles])

    # --- before the first line ------------------------------------------------------------------

    def _hidden_columns(self) -> frozenset[int]:
        """Hidden columns that somebody said are to stay out."""
        return frozenset(
            at
            for at, column in self.plan.columns.items()
            if column.hidden
            and column.target != LEFT_OUT
            and self.asking.hidden_column(letters(at), column.heading) == "skip"
        )

    def _row(self, asking: Asking) -> Row:
        return Row(self.plan, self.world, self.whom, asking, self._left_out, self._brought)

    def _bring(self, lines: Iterable[Line]) -> None:
        """Organizations that stand in the book can be the superiors of others in it."""
        quiet = Asking(self.asking.answers)  # what is asked is counted when the lines are read
        for line in self._rows(lines, quiet):
            self._brought.bring(line, quiet)
        row = self._row(quiet)
        parents = {
            str(draft.values["code"]): (line.number, str(draft.values["parent"]))
            for line in self._rows(lines, quiet)
            for draft in row.read(line).drafts
            if draft.values.get("parent") and draft.values.get("code")
        }
        self._circles = circles(parents, self.world)

    def _rows(self, lines: Iterable[Line], asking: Asking) -> Iterator[Line]:
        sheet = Sheet(self.plan, self._merges, asking)
        return (one.line for one in sheet.sorted(lines) if one.sort != SKIPPED)

    # --- lines against each other ---------------------------------------------------------------

    def _judged(self, number: int, drafts: tuple[Draft, ...], troubles: list[Trouble]) -> Reading:
        """A row beside those above it: the same again, or another text of the same record."""
        repeated: list[int] = []
        kept: list[Draft] = []
        faulty = self._not_understood(troubles)
        for draft in drafts:
            seen = self._repeats.seen(number, draft, faulty)
            if seen is None:
                kept.append(draft)
            elif isinstance(seen, int):
                repeated.append(seen)
            else:
                troubles.append(seen)
        if number in self._circles:
            facts = {"found": self._circles[number]}
            at = self._at("parent")
            troubles.append(Trouble(kinds.CYCLE, at, FAULT, facts))
        stopped = any(t.weight != NOTE for t in troubles)
        if repeated and not kept and not stopped:
            note = Trouble(kinds.REPEATED, None, NOTE, {"row": str(repeated[0])})
            return Reading(number, troubles=(note,), repeats=repeated[0])
        if not stopped:
            troubles += [t for draft in kept for t in self._spans.overlaps(number, draft)]
        coded = kept if self._key is None else self._coded(number, self._key, kept)
        return Reading(number, drafts=tuple(coded), troubles=tuple(troubles))

    def _coded(self, number: int, key: str, drafts: list[Draft]) -> Iterator[Draft]:
        """Rows of a table with a code that the book does not say get one that no column gave."""
        for place, draft in enumerate(drafts):
            if draft.values.get(key):
                yield draft
                continue
            code = f"{self.book.table[0].upper()}{self.number + number:06d}"
            again = f"-{place + 1}" if place else ""
            yield replace(draft, values={**draft.values, key: code + again})

    def _not_understood(self, troubles: list[Trouble]) -> frozenset[str]:
        """The targets of the cells that something is wrong with."""
        if not troubles:
            return frozenset()
        at = {t.column for t in troubles if t.weight != NOTE}
        return frozenset(c.target for place, c in self.plan.columns.items() if place in at)

    def _at(self, target: str) -> int | None:
        return next((at for at, c in self.plan.columns.items() if c.target == target), None)
