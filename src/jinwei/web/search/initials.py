"""Chinese names found by the first letters of their spelling, in any reading: tjj is 统计局."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Final

_HAN: Final = range(0x4E00, 0xA000)
_SPELLED: Final = re.compile("[a-z0-9]{2,20}", re.IGNORECASE)
_BARE: Final = str.maketrans(
    "āáǎàēéěèêōóǒòńňǹḿ",
    "aaaaeeeeeoooonnnm",
)


def pattern_of(typed: str) -> re.Pattern[str] | None:
    """What finds the names whose characters begin with these letters; None if it is no spelling."""
    bare = typed.replace(" ", "")
    if not _SPELLED.fullmatch(bare) or bare.isdigit():
        return None
    classes = _classes()
    return re.compile("".join(classes.get(letter, letter) for letter in bare.lower()), re.I)


@cache
def _classes() -> dict[str, str]:
    """For each letter the characters that may be read with it in front, as a set of a pattern."""
    from pypinyin.constants import PINYIN_DICT

    characters = defaultdict(list)
    for code, readings in PINYIN_DICT.items():
        if code in _HAN:
            for letter in {reading[0].translate(_BARE) for reading in readings.split(",")}:
                characters[letter].append(chr(code))
    return {letter: f"[{letter}{''.join(found)}]" for letter, found in characters.items()}
