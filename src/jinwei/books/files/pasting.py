"""Cells that were copied from a spreadsheet and pasted as text."""

from __future__ import annotations

import io

from ..grid import Book
from . import limits
from .refusals import NotOpened
from .separated import separator_of, take
from .shelf import Memory


def pasted_book(text: str) -> Book:
    """A book of one sheet from what was pasted, or :class:`NotOpened`.

    Spreadsheets put tabs between cells, and quotation marks around those with line breaks.
    """
    if not text.strip():
        raise NotOpened("pasted-nothing")
    if len(text) > limits.MOST_PASTED:
        facts = {"found": str(len(text)), "most": str(limits.MOST_PASTED)}
        raise NotOpened("pasted-too-much", facts)
    separator = "\t" if "\t" in text else separator_of(text)
    shelf = Memory()
    with shelf.sheet("") as sheet:
        take(io.StringIO(text, newline=""), separator, sheet)
    if not sheet.rows:
        raise NotOpened("pasted-nothing")
    return Book(shelf.grids(), tuple(shelf.notes))
