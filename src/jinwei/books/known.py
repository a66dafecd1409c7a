"""What the same words meant further up: the lines of a book repeat each other."""

from __future__ import annotations

from typing import Final, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_MOST: Final = 4096


class Known(dict[K, V]):
    """Remembers a few thousand answers; where there are more, it begins anew."""

    def put(self, key: K, value: V) -> None:
        if len(self) >= _MOST:
            self.clear()
        self[key] = value
