"""One sheet of a workbook, read in a single pass over its XML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from ..grid import MOST_CHARACTERS, MOST_COLUMNS, Cell, Error, Merge, Unreckoned
from . import cells
from .formats import Shown
from .markup import Attributes, Reader
from .refusals import NotOpened
from .shelf import Sheet
from .strings import unescaped

_MOST_ROWS: Final = 1_048_576  # that a spreadsheet program has
_MOST_COLUMNS: Final = 16_384
_RANGE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_TRUE: Final = frozenset(("1", "true"))


class Worksheet(Reader):
    """Gives each row to the sheet as it ends; rows and cells without an address follow the last."""

    def __init__(
        self, sheet: Sheet, strings: Sequence[str | None], styles: Sequence[Shown | None]
    ) -> None:
        super().__init__()
        self._sheet, self._strings, self._styles = sheet, strings, styles
        self._columns: dict[str, int] = {}
        self._row, self._hidden = 0, False
        self._cells: list[Cell] = []
        self._said: Attributes = {}
        self._value: str | None = None
        self._formula: str | None = None
        self._runs: list[str] = []
        self._beside = 0
        self.begins = {
            "col": self._column,
            "row": self._begin_row,
            "c": self._begin_cell,
            "v": self._begin_text,
            "f": self._begin_text,
            "t": self._begin_text,
            "rPh": self._begin_beside,
            "mergeCell": self._merge,
        }
        self.ends = {
            "row": self._end_row,
            "c": self._end_cell,
            "v": self._end_value,
            "f": self._end_formula,
            "t": self._end_run,
            "rPh": self._end_beside,
            "sheetData": self._end_data,
        }

    def _column(self, said: Attributes) -> None:
        if said.get("hidden") in _TRUE:
            first, last = _number(said.get("min", "")), _number(said.get("max", ""))
            self._sheet.hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))

    def _begin_row(self, said: Attributes) -> None:
        written = said.get("r")
        number = _number(written) if written else self._row + 1
        if not self._row < number <= _MOST_ROWS:
            raise NotOpened("file-damaged", {"why": f"row {number} after row {self._row}"})
        self._row, self._hidden = number, said.get("hidden") in _TRUE
        self._cells = []

    def _end_row(self) -> None:
        self._sheet.take(self._row, self._cells, self._hidden)
        self._cells = []

    def _begin_cell(self, said: Attributes) -> None:
        self._said = said
        self._value = self._formula = None

    def _begin_text(self, _: Attributes) -> None:
        self.pieces.clear()

    def _end_value(self) -> None:
        self._value = "".join(self.pieces)

    def _end_formula(self) -> None:
        self._formula = "".join(self.pieces)

    def _begin_beside(self, _: Attributes) -> None:
        self._beside += 1

    def _end_beside(self) -> None:
        self._beside -= 1

    def _end_run(self) -> None:
        if not self._beside:
            self._runs.append("".join(self.pieces))

    def _end_cell(self) -> None:
        said, found = self._said, self._cells
        address = said.get("r")
        place = self._place(address) if address else len(found)
        cell = self._cell(said.get("t"), said.get("s"))
        if cell is None and place >= len(found):
            if address is None:
                found.append(None)
            return
        while len(found) <= place:
            found.append(None)
        found[place] = cell

    def _place(self, address: str) -> int:
        letters = address.rstrip("0123456789")
        place = self._columns.get(letters)
        if place is None:
            place = self._columns[letters] = column(letters)
        return place

    def _cell(self, kind: str | None, style: str | None) -> Cell:
        value = self._value
        if kind == "inlineStr":
            written = unescaped("".join(self._runs))
            self._runs.clear()
            return written
        if not value:
            return self._unreckoned() if self._formula is not None and kind != "str" else None
        if kind is None or kind == "n":
            as_shown = self._shown(style) if style else None
            return cells.number(value) if as_shown is None else _as(as_shown, value)
        return self._other(kind, value)

    def _other(self, kind: str, value: str) -> Cell:
        if kind == "s":
            try:
                return self._strings[int(value)]
            except (ValueError, IndexError) as error:
                raise NotOpened("file-damaged", {"why": "no such shared string"}) from error
        if kind == "b":
            return value.strip() in _TRUE
        if kind == "e":
            return Error(value[:40])
        return iso(value) if kind == "d" else unescaped(value)

    def _shown(self, style: str) -> Shown | None:
        try:
            return self._styles[int(style)]
        except (ValueError, IndexError):
            return None

    def _unreckoned(self) -> Cell:
        return Unreckoned((self._formula or "").strip()[: MOST_CHARACTERS - 1])

    def _merge(self, said: Attributes) -> None:
        found = _RANGE.fullmatch(said.get("ref", ""))
        if found:
            first, last = column(found[1]), column(found[3])
            self._sheet.merge(Merge(int(found[2]), first, int(found[4]), last))

    def _end_data(self) -> None:
        """After the cells only merges count; other elements may have names like those of cells."""
        self.begins = {name: b for name, b in self.begins.items() if b == self._merge}
        self.ends = {}
        self.use("")


def read_worksheet(
    chunks: Iterable[bytes],
    sheet: Sheet,
    strings: Sequence[str | None],
    styles: Sequence[Shown | None],
) -> None:
    """Give the rows of a sheet to ``sheet``."""
    Worksheet(sheet, strings, styles).read(chunks)


def column(letters: str) -> int:
    """The place of a column by its letters.

    >>> column("A"), column("AA")
    (0, 26)
    """
    place = 0
    for letter in letters.replace("$", ""):
        place = place * 26 + ord(letter) - 64
    if not 0 < place <= _MOST_COLUMNS or not letters.isascii():
        raise NotOpened("file-damaged", {"why": "no such column"})
    return place - 1


def iso(written: str) -> Cell:
    """A date as ISO text; a text that is none stays a text."""
    try:
        found = dt.datetime.fromisoformat(written.strip().removesuffix("Z"))
    except ValueError:
        return cells.text(written)
    return found.date() if found.time() == dt.time() else found


@lru_cache(maxsize=16384)
def _as(shown: Shown, value: str) -> Cell:
    try:
        return shown(float(value))
    except (ValueError, OverflowError):
        return cells.number(value)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 8 else 0
