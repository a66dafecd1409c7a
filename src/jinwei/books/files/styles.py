"""The styles of a workbook, as far as they say what a number is."""

from __future__ import annotations

from collections.abc import Iterable

from .formats import Shown, shown
from .markup import Attributes, Reader


class Styles(Reader):
    """Gathers number formats and, for each style of a cell, the format it uses."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[int, str] = {}
        self.used: list[int] = []
        self._inside = False
        self.begins = {"numFmt": self._format, "cellXfs": self._begin, "xf": self._style}
        self.ends = {"cellXfs": self._end}

    def _format(self, said: Attributes) -> None:
        self.codes[_whole(said.get("numFmtId"))] = said.get("formatCode", "")

    def _begin(self, _: Attributes) -> None:
        self._inside = True

    def _end(self) -> None:
        self._inside = False

    def _style(self, said: Attributes) -> None:
        if self._inside:
            self.used.append(_whole(said.get("numFmtId")))


def styles(chunks: Iterable[bytes], *, from_1904: bool) -> list[Shown | None]:
    """What numbers are shown as, by style."""
    reader = Styles()
    reader.read(chunks)
    return [shown(id, reader.codes.get(id, ""), from_1904) for id in reader.used]


def _whole(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 10 else 0
