"""Whether an identity number can be (GB 11643-1999), and what it says about its holder.

A number has neither blanks nor dashes here, and its X is a capital.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

from . import kinds

FEMALE: Final = "女"
MALE: Final = "男"
_LENGTH: Final = 18
_OLD_LENGTH: Final = 15
_SPANS: Final = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
_PROVINCES: Final = frozenset(str(n) for first, last in _SPANS for n in range(first, last + 1))
"""Counties are not looked up: their codes change, and a number keeps the one of its day."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a number says about its holder."""

    birth_on: dt.date
    sex: str


@lru_cache(maxsize=1024)
def fault_in(number: str, today: dt.date) -> tuple[str, str]:
    """The kind of what is wrong with a number, and what was found there; two empty ones if nothing.

    >>> fault_in("110101199001011237", dt.date(2026, 1, 1))[0]
    ''
    """
    if len(number) == _OLD_LENGTH and number.isdecimal():
        return kinds.ID_OLD, number
    if len(number) != _LENGTH:
        return kinds.ID_LENGTH, str(len(number))
    if not (number[:-1].isascii() and number[:-1].isdecimal() and number[-1] in "0123456789X"):
        return kinds.ID_FORM, number
    if number[:2] not in _PROVINCES:
        return kinds.ID_REGION, number[:2]
    born = _born(number)
    if born is None or born > today:
        return kinds.ID_BIRTH, number[6:14]
    if number[-1] != ric.calc_check_digit(number):
        return kinds.ID_CHECKSUM, ""
    return "", ""


@lru_cache(maxsize=1024)
def said_by(number: str) -> Said:
    """What a faultless number says."""
    born = _born(number)
    assert born is not None
    return Said(born, MALE if int(number[16]) % 2 else FEMALE)


def _born(number: str) -> dt.date | None:
    try:
        found: dt.date = ric.get_birth_date(number)
    except InvalidComponent:
        return None
    return found
