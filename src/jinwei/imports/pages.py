"""Memory for the pages of a database file while many rows are written; SQLite has little by itself.

Each chunk touches the same pages of many indexes: with the two megabytes that SQLite takes they are
read again for every chunk, and written back into the file every thousand pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

_KIBIBYTES: Final = 32_768
_PAGES_OF_LOG: Final = 8_000
_NAMES: Final = ("cache_size", "wal_autocheckpoint")


@contextmanager
def many_pages() -> Iterator[None]:
    """More memory for the connection at hand; afterwards what it had."""
    if connection.vendor != "sqlite":
        yield
        return
    before = [_pragma(name) for name in _NAMES]
    _set((-_KIBIBYTES, _PAGES_OF_LOG))
    try:
        yield
    finally:
        _set(before)
        _pragma("shrink_memory")


def _set(values: tuple[int, ...] | list[int]) -> None:
    for name, value in zip(_NAMES, values, strict=True):
        _pragma(f"{name} = {value}")


def _pragma(said: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {said}")
        row = cursor.fetchone()
        return int(row[0]) if row else 0
