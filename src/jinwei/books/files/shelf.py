"""Where the lines of a book come to lie while it is opened, and how they are taken up again."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from ..grid import MOST_COLUMNS, MOST_ROWS, Cell, Error, Grid, Line, Merge, Ruined, Unreckoned
from . import cells, limits
from .garbled import garbled
from .markup import Enough
from .refusals import NotOpened

_LOOKED_AT: Final = 300
"""Lines of a sheet in which garbled text is looked for."""


class Sheet:
    """One sheet as it is read: takes its rows in order, keeps those that are not blank.

    As a context it ends quietly when the limit of rows is passed (:class:`Enough`).
    """

    def __init__(self, shelf: Shelf, name: str, hidden: bool, keep: Callable[[Line], None]) -> None:
        self.name, self.hidden = cells.text(name[:100]) or "", hidden
        self.hidden_columns: set[int] = set()
        self.merges: list[Merge] = []
        self.beyond = False
        self.rows = self.columns = 0
        self._shelf, self._keep = shelf, keep

    def take(self, number: int, row: list[Cell], hidden: bool = False) -> None:
        """One row; it may end in blanks."""
        if len(row) > MOST_COLUMNS:
            self.beyond = self.beyond or any(cell is not None for cell in row[MOST_COLUMNS:])
            del row[MOST_COLUMNS:]
        while row and row[-1] is None:
            row.pop()
        if not row:
            return
        if self.rows >= MOST_ROWS:
            self.beyond = True
            raise Enough
        self.rows += 1
        self.columns = max(self.columns, len(row))
        self._shelf.count(row, self.rows <= _LOOKED_AT)
        self._keep(Line(number, tuple(row), hidden))

    def merge(self, merge: Merge) -> None:
        if len(self.merges) < limits.MOST_MERGES:
            self.merges.append(merge)
        else:
            self.beyond = True

    def __enter__(self) -> Sheet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> bool:
        return isinstance(error, Enough)


class Shelf:
    """Sheets one after another, notes, and the count of rows so far.

    ``keeping`` begins a sheet: it gives what takes each line. ``title`` names a sheet that has no
    name of its own.
    """

    title = ""

    def __init__(self, tell: Callable[[int], None] = lambda rows: None) -> None:
        self.sheets: list[Sheet] = []
        self.notes: dict[str, None] = {}
        self.rows = 0
        self._tell = tell

    def keeping(self, place: int) -> Callable[[Line], None]:
        raise NotImplementedError

    def sheet(self, name: str, *, hidden: bool = False) -> Sheet:
        if len(self.sheets) >= limits.MOST_SHEETS:
            found = {"found": str(len(self.sheets) + 1), "most": str(limits.MOST_SHEETS)}
            raise NotOpened("file-too-many-sheets", found)
        sheet = Sheet(self, name, hidden, self.keeping(len(self.sheets)))
        self.sheets.append(sheet)
        return sheet

    def note(self, id: str) -> None:
        self.notes[id] = None

    def count(self, row: list[Cell], look: bool) -> None:
        self.rows += 1
        if self.rows > limits.MOST_LINES:
            raise NotOpened("file-too-many-lines", {"most": str(limits.MOST_LINES)})
        if self.rows % 1000 == 0:
            self._tell(self.rows)
        if look and any(isinstance(c, str) and garbled(c[:60]) for c in row):
            self.note("garbled-text")


class Memory(Shelf):
    """Keeps the lines in memory: for cells that are pasted."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[Line]] = []

    def keeping(self, place: int) -> Callable[[Line], None]:
        self.lines.append([])
        return self.lines[place].append

    def grids(self) -> tuple[Grid, ...]:
        found = zip(self.sheets, self.lines, strict=True)
        return tuple(_grid(described(s), tuple(lines)) for s, lines in found if lines)


class Folder(Shelf):
    """Writes each sheet into a file of a folder, a line of JSON for each line."""

    def __init__(self, folder: Path, tell: Callable[[int], None] = lambda rows: None) -> None:
        super().__init__(tell)
        self._folder, self._left = folder, limits.MOST_KEPT
        self._file: Any = None

    def keeping(self, place: int) -> Callable[[Line], None]:
        self.close()
        self._file = file = open(file_of(self._folder, place), "wb", opener=_private)  # noqa: SIM115
        write, encode = file.write, _ENCODER.encode

        def keep(line: Line) -> None:
            self._left -= write(
                (encode([line.number, int(line.hidden), line.cells]) + "\n").encode()
            )
            if self._left < 0:
                raise NotOpened("file-too-much")

        return keep

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def described(self) -> dict[str, Any]:
        """All but the lines, as plain data for the process that asked."""
        kept = [
            {**described(sheet), "place": n} for n, sheet in enumerate(self.sheets) if sheet.rows
        ]
        return {"sheets": kept, "notes": list(self.notes)}


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a sheet from its file, read anew each time they are gone through."""

    path: Path

    def __iter__(self) -> Iterator[Line]:
        with open(self.path, "rb") as file:
            for written in file:
                number, hidden, cells = _DECODER.decode(written.decode())
                yield Line(number, tuple(cells), bool(hidden))


def file_of(folder: Path, place: int) -> Path:
    """The file of a sheet by its place in the book."""
    return folder / f"sheet-{place}.jsonl"


def described(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "beyond": sheet.beyond,
        "rows": sheet.rows,
        "columns": sheet.columns,
        "hidden_columns": sorted(sheet.hidden_columns),
        "merges": [(m.first_row, m.first_column, m.last_row, m.last_column) for m in sheet.merges],
    }


def taken_up(said: Mapping[str, Any], folder: Path) -> Grid:
    """A sheet from what :meth:`Folder.described` says of it."""
    rest = dict(said)
    return _grid(rest, Lines(file_of(folder, rest.pop("place"))))


def _grid(said: dict[str, Any], lines: tuple[Line, ...] | Lines) -> Grid:
    merges = tuple(Merge(*ends) for ends in said.pop("merges"))
    columns = frozenset(said.pop("hidden_columns"))
    return Grid(lines=lines, merges=merges, hidden_columns=columns, **said)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


_TAGS: Final[dict[type, tuple[str, Callable[[Any], str]]]] = {
    dt.date: ("date", dt.date.isoformat),
    dt.datetime: ("datetime", dt.datetime.isoformat),
    dt.time: ("time", dt.time.isoformat),
    Error: ("error", lambda cell: cell.shown),
    Unreckoned: ("formula", lambda cell: cell.formula),
    Ruined: ("ruined", lambda cell: cell.shown),
}
_MAKERS: Final[dict[str, Callable[[str], Cell]]] = {
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
    "error": Error,
    "formula": Unreckoned,
    "ruined": Ruined,
}


def _tagged(cell: Any) -> dict[str, str]:
    tag, written = _TAGS[type(cell)]
    return {tag: written(cell)}


def _made(said: dict[str, str]) -> Cell:
    ((tag, written),) = said.items()
    return _MAKERS[tag](written)


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_tagged
)
_DECODER: Final = json.JSONDecoder(object_hook=_made)
