"""XML spreadsheets of 2003, which some systems export under the name of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..grid import MOST_CHARACTERS, MOST_COLUMNS, Cell, Error, Merge, Unreckoned
from . import cells, limits
from .encoding import Encoding
from .markup import Attributes, Enough, Reader, local
from .old import too_big
from .shelf import Sheet, Shelf
from .worksheet import iso

_CHUNK: Final = 64 * 1024
_MOST: Final = 1_048_576


class _Workbook(Reader):
    """Gives each row to the sheet of its ``<Worksheet>`` as it ends."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._sheet: Sheet | None = None
        self._full = False
        self._row = self._at = self._column = 0
        self._hidden = False
        self._cells: list[Cell] = []
        self._kind: str | None = None
        self._formula: str | None = None
        self.begins = {
            "Worksheet": self._begin_sheet,
            "Column": self._begin_column,
            "Row": self._begin_row,
            "Cell": self._begin_cell,
            "Data": self._begin_data,
        }
        self.ends = {"Row": self._end_row, "Cell": self._end_cell, "Data": self._end_data}
        self.begins |= {f"ss:{name}": begin for name, begin in self.begins.items()}
        self.ends |= {f"ss:{name}": end for name, end in self.ends.items()}

    def _begin_sheet(self, said: Attributes) -> None:
        self._sheet = self._shelf.sheet(local(said, "Name") or "")
        self._row = self._column = 0
        self._full = False

    def _begin_column(self, said: Attributes) -> None:
        first = _whole(said, "Index") or self._column + 1
        self._column = first + _whole(said, "Span")
        if self._sheet and local(said, "Hidden") == "1":
            last = min(self._column, MOST_COLUMNS)
            self._sheet.hidden_columns.update(range(first - 1, last))

    def _begin_row(self, said: Attributes) -> None:
        self._row = max(_whole(said, "Index"), self._row + 1)
        self._hidden = local(said, "Hidden") == "1"
        self._cells, self._at = [], 0

    def _begin_cell(self, said: Attributes) -> None:
        self._at = min(max(_whole(said, "Index") - 1, self._at), MOST_COLUMNS)
        self._cells.extend([None] * (self._at - len(self._cells)))
        self._cells.append(None)
        self._formula = local(said, "Formula")
        self._kind = None
        across, down = _whole(said, "MergeAcross"), _whole(said, "MergeDown")
        if (across or down) and self._sheet:
            self._sheet.merge(Merge(self._row, self._at, self._row + down, self._at + across))
        self._at += 1 + across

    def _begin_data(self, said: Attributes) -> None:
        self._kind = local(said, "Type") or "String"
        self.pieces.clear()

    def _end_data(self) -> None:
        if self._cells and self._kind:
            self._cells[-1] = _cell(self._kind, self.text())

    def _end_cell(self) -> None:
        if self._kind is None and self._formula:
            self._cells[-1] = Unreckoned(self._formula.lstrip("=")[: MOST_CHARACTERS - 1])

    def _end_row(self) -> None:
        if self._sheet is None or self._full:
            return
        try:
            self._sheet.take(self._row, self._cells, self._hidden)
        except Enough:
            self._full = True


def read_spreadsheetml(path: Path, encoding: Encoding, shelf: Shelf) -> None:
    """Give the sheets to the shelf. The encoding is that of the file, whatever it declares."""
    too_big(path, limits.MOST_BYTES_MARKUP)
    _Workbook(shelf).read(_chunks(path, encoding))


def _chunks(path: Path, encoding: Encoding) -> Iterator[str]:
    with open(path, encoding=encoding.name, errors="replace") as file:
        first = file.read(_CHUNK).lstrip()
        yield first.partition("?>")[2] if first.startswith("<?xml") else first
        while chunk := file.read(_CHUNK):
            yield chunk


def _cell(kind: str, found: str) -> Cell:
    if kind == "Number":
        return cells.number(found.strip())
    if kind == "DateTime":
        return iso(found)
    if kind == "Boolean":
        return found.strip() == "1"
    return Error(found[:40]) if kind == "Error" else cells.text(found)


def _whole(said: Attributes, name: str) -> int:
    written = local(said, name)
    return min(int(written), _MOST) if written and written.isdecimal() and len(written) < 9 else 0
