"""One way through the lines of a batch: what each says, in turns of a chunk, and what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jinwei.accounts.access import Access
from jinwei.books import reading
from jinwei.books.drafts import Reading

from .kept import readings_from, world_of
from .matching import Matcher
from .models import Batch, Chunk
from .rights import Rights
from .rows import Line
from .store import LINES, grid_of
from .worlds import world_for

_ORGANIZATION: Final = "organization"


class NoPlan(Exception):
    """Nobody has said yet how the sheet is read."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The lines of one stored chunk: what they say, and the number of the last."""

    chunk: int
    last: int
    readings: list[Reading]


class Pass:
    """Reads a batch from its first line on, with what is known now.

    The plan, the answers and the codes are those of the batch: what was shown is what is written.
    Lines that were read in the same world already are not read again. Raises :class:`NoPlan`.
    """

    def __init__(self, batch: Batch, access: Access) -> None:
        self.batch = batch
        self.world = world_for(access, batch.organization)
        self.read_in = world_of(batch, self.world)
        self.grid = grid_of(batch)
        self.reader = self._reader()
        self.matcher = Matcher(Rights(access))
        self._organizations = {code: each for each in self._named() for code in _codes(each)}

    def turns(self) -> Iterator[Turn]:
        """What the lines of each chunk say, in order."""
        chunks = Chunk.objects.filter(batch=self.batch, sheet=self.batch.sheet).order_by("first")
        spans = list(chunks.values_list("pk", "last"))
        return self._kept(spans) if self.batch.read_in == self.read_in else self._read(spans)

    def _kept(self, spans: list[tuple[int, int]]) -> Iterator[Turn]:
        for number, last in spans:
            sealed = Chunk.objects.values_list("readings", flat=True).get(pk=number)
            yield Turn(number, last, readings_from(sealed or b""))

    def _read(self, spans: list[tuple[int, int]]) -> Iterator[Turn]:
        waiting: list[Reading] = []
        left = iter(spans)
        number, last = next(left, (0, 0))
        for each in self.reader.readings(self.grid.lines):
            while each.number > last:
                yield Turn(number, last, waiting)
                waiting, (number, last) = [], next(left)
            waiting.append(each)
        if number:
            yield Turn(number, last, waiting)

    def match(self, turn: Turn) -> list[Line]:
        """What becomes of the lines of a turn, and of superiors of theirs that come further down.

        A superior comes before what stands below it.
        """
        return self.matcher.match(self._from_above(turn.readings))

    def _from_above(self, readings: list[Reading]) -> list[Reading]:
        if not self._organizations:
            return readings
        found: dict[int, Reading] = {}
        for each in readings:
            self._put(each, found, set())
        return list(found.values())

    def _put(self, each: Reading, found: dict[int, Reading], below: set[int]) -> None:
        """A line after the lines of its superiors."""
        if each.number in found or each.number in below:
            return
        for draft in each.drafts if not each.stopped else ():
            for name in ("parent", _ORGANIZATION):
                above = self._organizations.get(str(draft.values.get(name)))
                if above is not None:
                    self._put(above, found, below | {each.number})
        found[each.number] = each

    def _reader(self) -> reading.Reader:
        plan = self.batch.how()
        if plan is None:
            raise NoPlan
        return reading.Reader(
            plan,
            self.world,
            self.batch.answers,
            number=self.batch.number,
            merges=self.grid.merges,
        )

    def _named(self) -> Iterator[Reading]:
        """The good lines that say an organization, where the first lines of the book do."""
        found = False
        for at, each in enumerate(self._readings()):
            if not each.stopped and any(d.table == _ORGANIZATION for d in each.drafts):
                found = True
                yield each
            if at >= LINES and not found:
                return

    def _readings(self) -> Iterator[Reading]:
        if self.batch.read_in == self.read_in:
            return (each for turn in self.turns() for each in turn.readings)
        return self._reader().readings(self.grid.lines)


def _codes(each: Reading) -> list[str]:
    rows = [draft.values for draft in each.drafts if draft.table == _ORGANIZATION]
    return [str(values["code"]) for values in rows if values.get("code")]
