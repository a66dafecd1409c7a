"""Web pages with tables, which many systems export under the name of a workbook."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from ..grid import MOST_COLUMNS, MOST_ROWS, Cell, Merge
from . import cells, limits
from .encoding import Encoding
from .markup import Enough
from .old import too_big
from .refusals import NotOpened
from .shelf import Sheet, Shelf

_BLANKS: Final = re.compile("[ \t\r\n\f]+")
_UNSEEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SILENT: Final = frozenset(("script", "style", "title", "head"))
_CHUNK: Final = 64 * 1024
_LONGEST_TAG: Final = 256 * 1024
_DEPTH: Final = 50

_Said = list[tuple[str, str | None]]


class _Table:
    """The rows of one table as they come; spans become merges."""

    def __init__(self) -> None:
        self.rows: list[tuple[list[Cell], bool]] = []
        self.merges: list[Merge] = []
        self.beyond = False
        self._held: dict[int, int] = {}
        self._open: tuple[int, int] | None = None
        self.pieces: list[str] = []

    def row(self, said: _Said) -> None:
        self.end_cell()
        if len(self.rows) > MOST_ROWS:
            self.beyond = True
            raise Enough
        self._held = {place: left - 1 for place, left in self._held.items() if left > 1}
        hidden = any(name == "hidden" or _UNSEEN.search(value or "") for name, value in said)
        self.rows.append(([], hidden))

    def cell(self, said: _Said) -> None:
        if not self.rows:
            self.row([])
        self.end_cell()
        spans = dict(said)
        self._open = _span(spans.get("rowspan"), MOST_ROWS), _span(spans.get("colspan"), 256)
        self.pieces.clear()

    def end_cell(self) -> None:
        """Place the cell that is open right of what spans down from rows above."""
        if self._open is None:
            return
        down, across = self._open
        self._open = None
        found = self.rows[-1][0]
        while len(found) in self._held:
            found.append(None)
        if len(found) >= MOST_COLUMNS:
            self.beyond = True
            return
        place, row = len(found), len(self.rows)
        found.append(cells.plain("".join(self.pieces).strip(" \n")))
        found.extend([None] * (across - 1))
        if down > 1:
            last = min(place + across, MOST_COLUMNS)
            self._held.update(dict.fromkeys(range(place, last), down))
        if (down, across) != (1, 1):
            self.merges.append(Merge(row, place, row + down - 1, place + across - 1))

    def give(self, sheet: Sheet) -> None:
        sheet.beyond = self.beyond
        for merge in self.merges:
            last = min(merge.last_row, len(self.rows))
            sheet.merge(Merge(merge.first_row, merge.first_column, last, merge.last_column))
        for number, (row, hidden) in enumerate(self.rows, start=1):
            sheet.take(number, row, hidden)


class _Page(HTMLParser):
    """Gathers tables; one inside another is a table of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[_Table] = []
        self._open: list[_Table] = []
        self._silent = ""

    def handle_starttag(self, tag: str, said: _Said) -> None:
        if tag == "table":
            if len(self._open) >= _DEPTH:
                raise NotOpened("file-unsafe", {"found": "tables in tables"})
            self._open.append(_Table())
        elif tag in _SILENT:
            self._silent = tag
        elif self._open:
            self._inside(tag, said)

    def _inside(self, tag: str, said: _Said) -> None:
        table = self._open[-1]
        if tag == "tr":
            table.row(said)
        elif tag in ("td", "th"):
            table.cell(said)
        elif tag == "br":
            table.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1].end_cell()
        elif self._open and tag == "table":
            self._end()

    def _end(self) -> None:
        table = self._open.pop()
        table.end_cell()
        self.done.append(table)

    def handle_data(self, found: str) -> None:
        if self._open and not self._silent:
            self._open[-1].pieces.append(_BLANKS.sub(" ", found))

    def finish(self) -> None:
        while self._open:
            self._end()


def read_webpage(path: Path, encoding: Encoding, shelf: Shelf) -> None:
    """Give each table that holds anything to the shelf as a sheet."""
    too_big(path, limits.MOST_BYTES_MARKUP)
    if encoding.broken:
        shelf.note("garbled-text")
    page = _parsed(path, encoding)
    if not page.done:
        raise NotOpened("file-no-table")
    filled = [t for t in page.done if any(c is not None for row, _ in t.rows for c in row)]
    for place, table in enumerate(filled, start=1):
        with shelf.sheet(f"表{place}") as sheet:
            table.give(sheet)


def _parsed(path: Path, encoding: Encoding) -> _Page:
    page = _Page()
    try:
        with open(path, encoding=encoding.name, errors="replace") as file:
            while chunk := file.read(_CHUNK):
                page.feed(chunk)
                if len(page.rawdata) > _LONGEST_TAG:
                    raise NotOpened("file-damaged", {"why": "a tag without an end"})
        page.close()
    except (Enough, AssertionError):
        pass
    page.finish()
    return page


def _span(written: str | None, most: int) -> int:
    return (
        min(max(int(written), 1), most)
        if written and written.isdecimal() and len(written) < 8
        else 1
    )
