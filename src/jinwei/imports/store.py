"""The lines of a batch: into sealed chunks, back again, and one cell changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db import transaction

from jinwei.books.grid import Book, Cell, Grid, Line, Merge

from .models import Batch, Chunk
from .sealing import pack, unpack

LINES: Final = 500
"""Lines of one chunk: they are checked and written together."""


class NoLine(LookupError):
    """The sheet has no such line."""


def put_book(batch: Batch, book: Book) -> None:
    """Keep the lines of every sheet; what stood there of an earlier try goes.

    Each chunk is a transaction: a large file holds up nobody. Sheets are named in the end.
    """
    Chunk.objects.filter(batch=batch).delete()
    batch.sheets = [_put(batch, at, grid) for at, grid in enumerate(book.sheets)]
    batch.notes = list(book.notes)
    batch.save(update_fields=["sheets", "notes"])


def _put(batch: Batch, sheet: int, grid: Grid) -> dict[str, Any]:
    lines, rows = iter(grid.lines), 0
    while chunk := list(islice(lines, LINES)):
        rows += len(chunk)
        Chunk.objects.create(
            batch=batch,
            sheet=sheet,
            first=chunk[0].number,
            last=chunk[-1].number,
            lines=len(chunk),
            sealed=pack([_written(line) for line in chunk]),
        )
    return {
        "name": grid.name,
        "rows": rows,
        "columns": grid.columns,
        "hidden": grid.hidden,
        "hidden_columns": sorted(grid.hidden_columns),
        "merges": [[m.first_row, m.first_column, m.last_row, m.last_column] for m in grid.merges],
        "beyond": grid.beyond,
    }


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one sheet; gone through as often as asked, a chunk at a time in memory."""

    batch: Batch
    sheet: int

    def __iter__(self) -> Iterator[Line]:
        for number in self._chunks().values_list("pk", flat=True):
            yield from lines_of(Chunk.objects.only("sealed").get(pk=number))

    def _chunks(self) -> Any:
        rows = Chunk.objects.filter(batch=self.batch, sheet=self.sheet)
        return rows.order_by("first")


def grid_of(batch: Batch, sheet: int | None = None) -> Grid:
    """A sheet as it was opened, with the cells changed since; by itself the one chosen."""
    at = batch.sheet if sheet is None else sheet
    said = batch.sheets[at]
    return Grid(
        name=said["name"],
        lines=Lines(batch, at),
        hidden_columns=frozenset(said["hidden_columns"]),
        merges=tuple(Merge(*ends) for ends in said["merges"]),
        hidden=said["hidden"],
        beyond=said["beyond"],
        rows=said["rows"],
        columns=said["columns"],
    )


def lines_of(chunk: Chunk) -> list[Line]:
    """The lines of one chunk."""
    return [
        Line(number, tuple(cells), bool(hidden)) for number, hidden, cells in unpack(chunk.sealed)
    ]


def line_of(batch: Batch, number: int) -> Line:
    """One line of the sheet chosen. Raises :class:`NoLine`."""
    for line in lines_of(_holding(batch, number)):
        if line.number == number:
            return line
    raise NoLine(number)


@transaction.atomic
def change_cell(batch: Batch, number: int, column: int, cell: Cell) -> Cell:
    """Put another cell into a line; gives the one that stood there. Raises :class:`NoLine`.

    What the file held first is kept with the edits of the batch.
    """
    Batch.objects.select_for_update().get(pk=batch.pk)
    batch.refresh_from_db(fields=["edits"])
    chunk = _holding(batch, number)
    lines = lines_of(chunk)
    at = next((at for at, line in enumerate(lines) if line.number == number), None)
    if at is None:
        raise NoLine(number)
    before = lines[at][column]
    lines[at] = _with(lines[at], column, cell)
    chunk.sealed = pack([_written(line) for line in lines])
    chunk.save(update_fields=["sealed"])
    edits = edits_of(batch)
    edits.setdefault((number, column), before)
    batch.edits, batch.read_in = pack([[*place, was] for place, was in edits.items()]), ""
    batch.save(update_fields=["edits", "read_in"])
    return before


def edits_of(batch: Batch) -> dict[tuple[int, int], Cell]:
    """The cells changed here, by line number and column, each with what the file held."""
    said = unpack(batch.edits) if batch.edits else []
    return {(line, column): was for line, column, was in said}


def _with(line: Line, column: int, cell: Cell) -> Line:
    cells = [*line.cells, *[None] * (column + 1 - len(line.cells))]
    cells[column] = cell
    while cells and cells[-1] is None:
        cells.pop()
    return Line(line.number, tuple(cells), line.hidden)


def _holding(batch: Batch, number: int) -> Chunk:
    rows = Chunk.objects.filter(batch=batch, sheet=batch.sheet, first__lte=number)
    chunk = rows.order_by("-first").defer("readings").first()
    if chunk is None:
        raise NoLine(number)
    return chunk


def _written(line: Line) -> list[Any]:
    return [line.number, int(line.hidden), list(line.cells)]


def in_turn(lines: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """So many at a time."""
    waiting = iter(lines)
    while chunk := list(islice(waiting, size)):
        yield chunk
