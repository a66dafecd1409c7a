"""Texts whose cells are separated by commas, tabs and the like."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from . import cells
from .encoding import Encoding
from .refusals import NotOpened
from .shelf import Sheet, Shelf

_SAMPLE: Final = 64 * 1024
_SEPARATORS: Final = ("\t", ",", ";", "|", "，")
"""In the order in which they are preferred; the last only where nothing else separates."""
_PROTECTED: Final = re.compile(r'((?:^|,)"?)\t', re.MULTILINE)
_SAID: Final = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_LONGEST_RECORD: Final = 60
"""Lines that the last cell may run over before its quotation mark counts as never closed."""


def read_separated(path: Path, encoding: Encoding, shelf: Shelf) -> None:
    """Give the one sheet of a text file to the shelf."""
    if encoding.guessed:
        shelf.note("encoding-guessed")
    if encoding.broken:
        shelf.note("garbled-text")
    with open(path, encoding=encoding.name, errors="replace", newline="") as file:
        sample = file.read(_SAMPLE)
        file.seek(0)
        said = _SAID.fullmatch(sample.split("\n", 1)[0].rstrip("\r"))
        if said:
            file.readline()
        separator = said[1] if said else separator_of(sample)
        with shelf.sheet(shelf.title) as sheet:
            take(file, separator, sheet)


def take(lines: Iterable[str], separator: str, sheet: Sheet) -> None:
    """Give each record to the sheet, numbered as a spreadsheet would number it."""
    for number, record in enumerate(_records(lines, separator), start=1):
        sheet.take(number, [cells.plain(found) for found in record])


def _records(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=separator)
    number = read = before = 0
    try:
        for record in reader:
            number, before, read = number + 1, read, reader.line_num
            yield record
    except csv.Error as error:
        raise NotOpened("file-quotes", {"row": str(number + 1)}) from error
    if read - before > _LONGEST_RECORD:
        raise NotOpened("file-quotes", {"row": str(number)})


def separator_of(sample: str) -> str:
    """What separates the cells of a text: that which gives most lines the same number of them.

    Where several do, the one that gives most cells. A tab that begins a cell after a comma keeps a
    number from being read as one; it separates nothing.
    """
    lines = _PROTECTED.sub(r"\1", sample).splitlines(keepends=True)
    whole = lines[:-1] if len(lines) > 1 and not sample.endswith(("\n", "\r")) else lines
    found = {separator: _regularity(whole, separator) for separator in _SEPARATORS}
    chinese = found.pop(_SEPARATORS[-1])
    most = max(regular for regular, _ in found.values())
    if most <= 0.5:
        return _SEPARATORS[-1] if chinese[0] >= 0.8 and len(whole) > 1 else ","
    near = [separator for separator, (regular, _) in found.items() if regular > most - 0.1]
    return max(near, key=lambda separator: found[separator][1])


def _regularity(lines: list[str], separator: str) -> tuple[float, int]:
    """Which part of the lines has the commonest number of cells above one, and this number."""
    try:
        records = list(islice(csv.reader(lines, delimiter=separator), 200))
    except csv.Error:
        return 0.0, 0
    widths = Counter(len(record) for record in records if any(record))
    several = [(times, width) for width, times in widths.items() if width > 1]
    times, width = max(several, default=(0, 0))
    return times / max(widths.total(), 1), width
