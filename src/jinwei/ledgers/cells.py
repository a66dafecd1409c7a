"""Rows of a workbook, written into a sheet that openpyxl made: a hundred times as fast, and what
is long is never held twice.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from typing import Any, Final, TypeAlias
from xml.sax.saxutils import escape

Typed: TypeAlias = str | int | Decimal | dt.date | None
Styles: TypeAlias = Mapping[str, int]
"""The number of the style of each kind of cell, as openpyxl gave it to a sample."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is taken for a formula by spreadsheets."""
TEXT: Final = "text"
QUOTED: Final = "quoted"
"""Texts, and such that begin like a formula."""

_SHEET: Final = "xl/worksheets/sheet1.xml"
_EXTENT: Final = re.compile(rb"<dimension [^>]*/>")
_DAY_ZERO: Final = dt.date(1899, 12, 30)
_FIRST_DAY: Final = dt.date(1900, 3, 1)
"""Before it, the day numbers of spreadsheets are one off; such days are written as text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row to write: its cells, a kind for each, and its height in points, if not the usual."""

    cells: Sequence[Typed]
    kinds: Sequence[str]
    height: int | None = None


def with_rows(book: Any, lines: Iterable[Line], styles: Styles, first: int) -> bytes:
    """A workbook of openpyxl with one sheet as a file, and below it these rows."""
    empty = io.BytesIO()
    book.save(empty)
    out = io.BytesIO()
    with zipfile.ZipFile(empty) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in made.namelist():
            content = made.read(part)
            with new.open(part, "w") as file:
                if part != _SHEET:
                    file.write(content)
                    continue
                head, end, tail = _EXTENT.sub(b"", content).partition(b"</sheetData>")
                file.write(head)
                for at, line in enumerate(lines, first):
                    file.write(_row(at, line, styles).encode())
                file.write(end + tail)
    return out.getvalue()


def _row(at: int, line: Line, styles: Styles) -> str:
    letter: Any = import_module("openpyxl.utils").get_column_letter
    high = "" if line.height is None else f' ht="{line.height}" customHeight="1"'
    drawn = TEXT in styles  # where every cell has a look, empty ones have it, too
    cells = (
        f'<c r="{letter(place)}{at}"{_cell(value, kind, styles)}'
        for place, (value, kind) in enumerate(zip(line.cells, line.kinds, strict=True), 1)
        if value is not None or drawn
    )
    return f'<row r="{at}"{high}>{"".join(cells)}</row>'


def _cell(value: Typed, kind: str, styles: Styles) -> str:
    """Style and type of a cell, what is in it, and its end."""
    style = f' s="{styles[kind]}"' if kind in styles else ""
    if value is None:
        return f"{style}/>"
    if isinstance(value, dt.date):
        if not isinstance(value, dt.datetime) and value >= _FIRST_DAY:
            return f"{style}><v>{(value - _DAY_ZERO).days}</v></c>"
        value = said(value)
    if not isinstance(value, str):
        return f"{style}><v>{value}</v></c>"
    quoted = styles.get(QUOTED if value.startswith(FORMULA) else TEXT)
    if quoted is not None and (kind == TEXT or value.startswith(FORMULA)):
        style = f' s="{quoted}"'
    text = escape(_printable(value))
    return f'{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def wide(text: str) -> int:
    """How many narrow characters a text is wide; Chinese ones are two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def tab(title: str) -> str:
    """A title as the name of a sheet."""
    return "".join("－" if c in r"[]:*?/\'" else c for c in title)[:31]


def said(value: Typed) -> str:
    """As a person reads it."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, dt.date) else f"{value}"


def samples(paper: Any, looks: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """The numbers of the styles of each kind of cell; ``looks``: what to set on a cell."""
    cell: Any = import_module("openpyxl").cell.Cell
    return dict(_samples(paper, cell, looks))


def _samples(
    paper: Any, cell: Any, looks: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, int]]:
    for kind, look in looks.items():
        sample = cell(paper, row=1, column=1)
        for name, value in look.items():
            setattr(sample, name, value)
        yield kind, sample.style_id


def _printable(text: str) -> str:
    """Without control characters, which no workbook may hold."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 32)
