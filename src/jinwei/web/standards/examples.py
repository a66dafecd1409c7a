"""The worked examples that are shipped beside a standard."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from jinwei.engine.document import as_date, read_document
from jinwei.engine.schema import Words
from jinwei.norms import shipped_standards

from .shelf import Book, shipped_text


@dataclass(frozen=True, slots=True)
class Example:
    """A case reckoned by hand: what it shows, and the day it is seen on."""

    name: Words
    as_of: dt.date | None


def examples_of(book: Book) -> tuple[Example, ...]:
    """Those of an edition; they hold for the very text they were shipped with."""
    if book.text != shipped_text(book.standard.id):
        return ()
    return _examples(book.standard.id)


@cache
def _examples(standard: str) -> tuple[Example, ...]:
    folder = shipped_standards()[standard].parent / "examples"
    return tuple(
        Example(_words(case["name"]), as_date(case.get("as_of")))
        for path in sorted(folder.glob("*.yaml"))
        for case in read_document(path).value
    )


def _words(name: dict[str, str]) -> Words:
    return Words(name["zh"], name.get("en", name["zh"]))
