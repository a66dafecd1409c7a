"""What quotes the cells of a file: packed and sealed, and read back."""

from __future__ import annotations

import base64
import datetime as dt
import json
import zlib
from collections.abc import Callable
from typing import Any, Final

from jinwei.books.grid import Cell, Error, Ruined, Unreckoned
from jinwei.members.identity import seal_bytes, unseal_bytes

_LEVEL: Final = 1
"""Of compression: cells shrink to a sixth at once, and to little less with patience."""


def pack(value: Any) -> bytes:
    """Plain JSON with cells in it, sealed."""
    text = json.dumps(value, default=_said, ensure_ascii=False, separators=(",", ":"))
    return seal_bytes(zlib.compress(text.encode(), _LEVEL))


def unpack(sealed: bytes | memoryview) -> Any:
    """What was packed; raises :class:`jinwei.members.identity.KeyMissing`."""
    return json.loads(zlib.decompress(unseal_bytes(sealed)), object_hook=_cell)


def _said(value: object) -> dict[str, str]:
    """A cell that JSON has no word for, by the letter of its kind."""
    if isinstance(value, bytes | memoryview):
        return {"b": base64.b64encode(bytes(value)).decode()}
    for letter, (kind, write, _) in _KINDS.items():
        if type(value) is kind:
            return {letter: write(value)}
    raise TypeError(type(value))


def _cell(said: dict[str, Any]) -> Any:
    """A cell from its letter; other objects stay what they are."""
    if len(said) != 1:
        return said
    ((letter, text),) = said.items()
    if letter == "b":
        return base64.b64decode(text)
    return _KINDS[letter][2](text) if letter in _KINDS else said


_KINDS: Final[dict[str, tuple[type, Callable[[Any], str], Callable[[str], Cell]]]] = {
    "d": (dt.date, dt.date.isoformat, dt.date.fromisoformat),
    "s": (dt.datetime, dt.datetime.isoformat, dt.datetime.fromisoformat),
    "t": (dt.time, dt.time.isoformat, dt.time.fromisoformat),
    "e": (Error, lambda cell: cell.shown, Error),
    "u": (Unreckoned, lambda cell: cell.formula, Unreckoned),
    "r": (Ruined, lambda cell: cell.shown, Ruined),
}
