"""Rows with a beginning and an end that must not overlap within one book.

One may begin on the day another ends. A row without an end is known to last a day, no longer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from . import kinds
from .drafts import Draft, Trouble

_SPANS: Final = {"term": ("started_on", ("ended_on", "expires_on"))}


class Spans:
    """The terms of each organization so far, as a book lists them."""

    def __init__(self, table: str) -> None:
        self.table = table
        self._so_far: defaultdict[object, list[tuple[str, str, int]]] = defaultdict(list)

    def overlaps(self, number: int, draft: Draft) -> Iterator[Trouble]:
        """The earlier row that a draft overlaps, if one does."""
        if self.table not in _SPANS or draft.table != self.table:
            return
        begin, ends = _SPANS[self.table]
        first = draft.values.get(begin)
        if not isinstance(first, str):
            return
        last = next((v for e in ends if isinstance(v := draft.values.get(e), str)), first)
        others = self._so_far[draft.values.get("organization")]
        for other_first, other_last, row in others:
            if max(first, other_first) < min(last, other_last):
                facts = {"row": str(row), "first": other_first, "last": other_last}
                yield Trouble(kinds.TERM_OVERLAPS, draft.columns.get(begin), facts=facts)
                break
        others.append((first, last, number))
