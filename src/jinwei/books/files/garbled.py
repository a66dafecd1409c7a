"""Text that was read in another encoding than it was written in."""

from __future__ import annotations

import re
from typing import Final

_LEFT_OVER: Final = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_ASIDE: Final = (("gb18030", 2), ("latin-1", 1), ("cp1252", 1))
"""What UTF-8 is read as by mistake, and how many characters must come back to be sure of it."""


def garbled(text: str) -> bool:
    """Whether a text is garbled: written back as it was read, it is Chinese in UTF-8.

    One character at its end may be lost.

    >>> garbled("濮撳悕"), garbled("å§\x93å\x90\x8d"), garbled("涓涓细流")
    (True, True, False)
    """
    if text.isascii():
        return False
    return bool(_LEFT_OVER.search(text)) or any(_comes_back(text, *aside) for aside in _ASIDE)


def _comes_back(text: str, encoding: str, least: int) -> bool:
    try:
        back = text.encode(encoding).decode("utf-8", "replace")
    except UnicodeEncodeError:
        return False
    return back.count("\ufffd") <= 1 and len(_HAN.findall(back)) >= least
