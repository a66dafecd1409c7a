"""How names are spelled in Latin letters: what a search types, and the order of a roster."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product
from typing import Final

_SURNAMES: Final = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "区": "ou",
    "任": "ren", "翟": "zhai", "乐": "yue", "缪": "miao", "朴": "piao", "尉": "wei", "燕": "yan",
    "覃": "qin", "冼": "xian", "折": "she", "黑": "he", "员": "yun", "种": "chong", "繁": "po",
}  # fmt: skip
"""Surnames that are read otherwise than the same character elsewhere."""
_READINGS: Final = 8


@lru_cache(maxsize=4096)
def spelling(name: str | None) -> str | None:
    """The spelling of a name, then its initials in every likely reading, between spaces.

    First of all stands what names are sorted by: the syllables joined by 0, which every database
    puts before letters, so that fan comes before fang.

    >>> spelling("单小明")
    'shan0xiao0ming shanxiaoming sxm dxm cxm'
    """
    if not name or not name.strip():
        return None
    from pypinyin import Style, lazy_pinyin, pinyin  # takes half a second: not at every start

    syllables = lazy_pinyin(name.strip())
    if name[0] in _SURNAMES and syllables:
        syllables[0] = _SURNAMES[name[0]]
    sorted_by = "0".join(syllables).replace(" ", "").lower()
    said = "".join(syllables).replace(" ", "").lower()
    own = "".join(s[0] for s in syllables if s.strip()).lower()
    letters = pinyin(name.strip(), style=Style.FIRST_LETTER, heteronym=True)
    others = ("".join(each).lower() for each in islice(product(*letters), _READINGS))
    return " ".join(dict.fromkeys([sorted_by, said, own, *others]))
