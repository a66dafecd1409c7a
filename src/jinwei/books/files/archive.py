"""The archive that an .xlsx is: measured before anything is unpacked, then read part by part."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from . import limits
from .refusals import NotOpened

_CHUNK: Final = 64 * 1024
_SEALED: Final = 0x1  # the flag of a part with a password
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


class Archive:
    """Parts by name; names are compared without case, and with slashes either way."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (*_BROKEN, NotImplementedError) as error:
            raise damaged(error) from error
        self._parts = self._measured(path.stat().st_size)

    def _measured(self, size: int) -> dict[str, zipfile.ZipInfo]:
        found = self._zip.infolist()
        parts = {_key(part.filename): part for part in found}
        if len(parts) > limits.MOST_PARTS or sum(p.compress_size for p in found) > size:
            raise NotOpened("file-bomb")
        if len(parts) < len(found):
            raise NotOpened("file-unsafe", {"found": "duplicate parts"})
        if sum(p.file_size for p in found) > limits.MOST_UNPACKED or any(map(_bomb, found)):
            raise NotOpened("file-bomb")
        return parts

    @property
    def names(self) -> frozenset[str]:
        """In lower case, with forward slashes."""
        return frozenset(self._parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, unpacked in a stream.

        A part never gives more than it declares: what lies beyond is cut, and its sum is wrong.
        """
        part = self._parts.get(_key(name))
        if part is None:
            raise NotOpened("file-damaged", {"why": f"no {name}"})
        if part.flag_bits & _SEALED:
            raise NotOpened("file-password")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotOpened("file-bomb")
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise damaged(error) from error


def damaged(error: Exception) -> NotOpened:
    """The refusal of what cannot be read, with the kind of error for those who look after it."""
    return NotOpened("file-damaged", {"why": type(error).__name__})


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _bomb(part: zipfile.ZipInfo) -> bool:
    large = part.file_size > limits.SMALL_PART
    return large and part.file_size > limits.MOST_RATIO * max(part.compress_size, 1)
