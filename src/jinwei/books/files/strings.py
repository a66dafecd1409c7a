"""The shared strings of a workbook: texts that its cells name by number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from . import cells
from .markup import Attributes, Reader

_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


class Strings(Reader):
    """Gathers the texts of ``<si>`` without the readings beside characters (``<rPh>``)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str | None] = []
        self._runs: list[str] = []
        self._beside = 0
        self.begins = {"si": self._begin, "t": self._begin_text, "rPh": self._begin_beside}
        self.ends = {"si": self._end, "t": self._end_text, "rPh": self._end_beside}

    def _begin(self, _: Attributes) -> None:
        self._runs.clear()

    def _begin_text(self, _: Attributes) -> None:
        self.pieces.clear()

    def _begin_beside(self, _: Attributes) -> None:
        self._beside += 1

    def _end_beside(self) -> None:
        self._beside -= 1

    def _end_text(self) -> None:
        if not self._beside:
            self._runs.append("".join(self.pieces))
        self.pieces.clear()

    def _end(self) -> None:
        self.found.append(unescaped("".join(self._runs)))


def shared_strings(chunks: Iterable[bytes]) -> list[str | None]:
    """Texts by number; None for blank ones."""
    reader = Strings()
    reader.read(chunks)
    return reader.found


def unescaped(written: str) -> str | None:
    """A text of a workbook as a cell: ``_x000D_`` is the character of that number."""
    if "_x" in written:
        written = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), written)
    return cells.text(written)
