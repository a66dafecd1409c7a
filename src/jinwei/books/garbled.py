"""Whether a text was read in another encoding than it was written in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final


def _begins_han() -> str:
    """What the first two bytes of a Chinese character in UTF-8 look like as GBK."""
    pairs = (bytes((first, second)) for first in range(0xE4, 0xEA) for second in range(0x80, 0xC0))
    return "".join(pair.decode("gbk", "ignore") for pair in pairs)


_SUSPECT: Final = re.compile(f"[{_begins_han()}]")
_FOLLOWS: Final = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
"""What the further bytes of UTF-8 look like in the encodings of western Europe."""
_LOST: Final = re.compile(
    "\ufffd|锟斤拷|烫烫烫|屯屯屯|锘|ï»¿"
    "|[鏂鍏鏀鐨绗缁鎴浼锛閮].*[鏂鍏鏀鐨绗缁鎴浼锛閮]"
    f"|(?:[ä-é][{_FOLLOWS}]{{2}}){{2}}|(?:[\u00c2-\u00c5][\u0080-\u00bf]){{2}}"
    "|(?:[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff][\u00a1-\u00ff]){2}"
)
_QUESTION_MARKS: Final = re.compile(r"\s*\?{2,}\s*")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_ENOUGH: Final = 2


def is_garbled(text: str) -> bool:
    """Whether no one can have written this.

    >>> is_garbled("寮犱笁"), is_garbled("ÕÅÈý"), is_garbled("王涓涓"), is_garbled("José")
    (True, True, False, False)
    """
    if text.isascii() and "?" not in text:
        return False
    return _is_garbled(text)


@lru_cache(maxsize=65536)
def _is_garbled(text: str) -> bool:
    if _LOST.search(text) or _QUESTION_MARKS.fullmatch(text):
        return True
    return bool(_SUSPECT.search(text)) and _is_utf8_in_gbk(text)


def _is_utf8_in_gbk(text: str) -> bool:
    """Whether the bytes that these characters have in GBK say something in UTF-8.

    What does not come out even at the end of a word was cut off when the text was spoiled.
    """
    said = text.encode("gb18030", "replace").decode("utf-8", "replace")
    return len(_HAN.findall(said)) >= _ENOUGH and said.count("\ufffd") <= len(text) // 4
