"""Opening within this process, as the child does it: quick, for cases that cannot do harm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinwei.books.files.child import answer
from jinwei.books.files.opening import book_of
from jinwei.books.grid import Book


def asked(contents: bytes, name: str, folder: Path) -> dict[str, Any]:
    path = folder / "upload"
    path.write_bytes(contents)
    return answer(path, name, folder, lambda rows: None)


def opened(contents: bytes, name: str, folder: Path) -> Book:
    """The book of some contents, or NotOpened."""
    return book_of(asked(contents, name, folder), name, folder)
