"""In which encoding a text file is written, of those that Chinese offices use."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_CHUNK: Final = 1 << 20
_SAMPLE: Final = 1 << 14
_ASCII: Final = bytes(range(128))
_CONTROL: Final = bytes(c for c in range(32) if c not in b"\t\n\r\x0b\x0c\x1a")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Marks at the beginning of a file; that of UTF-32 begins like that of UTF-16."""
_CHINESE: Final = "gb18030"
_USUAL: Final = re.compile("[\t\r\n -~\xa0-\xff\u2000-\u303f\u3400-\u9fff\uff00-\uffef]+")


@dataclass(frozen=True, slots=True)
class Encoding:
    """``guessed``: the file might be in another. ``broken``: some bytes are no characters in it."""

    name: str
    guessed: bool = False
    broken: bool = False


def encoding_of(path: Path) -> Encoding | None:
    """The encoding of a text; None where the file is no text.

    What reads as UTF-8 is UTF-8, also where the file was cut in the middle of a character; else it
    is GB18030, which holds GBK and GB2312, unless only a few bytes of much UTF-8 are damaged.
    """
    with open(path, "rb") as file:
        sample = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return Encoding(name, broken=_broken(path, name) > 0)
    if b"\0" in sample:
        return _by_nuls(sample)
    if len(sample.translate(None, _CONTROL)) < 0.99 * len(sample):
        return None
    broken = _broken(path, "utf-8")
    if not broken:
        return Encoding("utf-8")
    if broken * 30 < _beyond_ascii(path):
        return Encoding("utf-8", broken=True)
    return Encoding(_CHINESE, guessed=True, broken=_broken(path, _CHINESE) > 0)


def _by_nuls(sample: bytes) -> Encoding | None:
    """UTF-16 without a mark: the order of bytes in which the text is of usual characters."""
    for name in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) & ~1].decode(name, "replace")
        if len(_USUAL.sub("", text)) * 50 <= len(text):
            return Encoding(name)
    return None


def _chunks(path: Path) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _broken(path: Path, name: str) -> int:
    """How many characters cannot be read; one that is cut off at the very end does not count."""
    strict = codecs.getincrementaldecoder(name)("strict")
    try:
        for chunk in _chunks(path):
            strict.decode(chunk)
    except UnicodeError:
        lenient = codecs.getincrementaldecoder(name)("replace")
        return max(1, sum(lenient.decode(c).count("\ufffd") for c in _chunks(path)))
    return 0


def _beyond_ascii(path: Path) -> int:
    return sum(len(chunk.translate(None, _ASCII)) for chunk in _chunks(path))
