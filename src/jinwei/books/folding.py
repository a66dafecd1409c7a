"""Texts as they are compared: without width, white space, case and invisible characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_BLANK: Final = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]+")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff]")
"""Control characters and halves of characters, which no database keeps."""
_WIDE: Final = {
    wide: wide - 0xFEE0 for wide in range(0xFF10, 0xFF5B) if chr(wide - 0xFEE0).isalnum()
}


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A text as it is compared with others.

    >>> folded(" 王　小明\u200b"), folded("ＴＪ０２")
    ('王小明', 'tj02')
    """
    return _BLANK.sub("", unicodedata.normalize("NFKC", _printable(text))).casefold()


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """A text as it is kept: half-width letters and digits, single blanks, none at the ends.

    Chinese punctuation stays as it is.

    >>> tidy("　第 １ 党支部（机关） ")
    '第 1 党支部（机关）'
    """
    if text.isascii() and text.isalnum():
        return text
    return _BLANK.sub(" ", _printable(text).translate(_WIDE)).strip()


def _printable(text: str) -> str:
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)
