"""Whether an identity number can be (GB 11643), and whether it fits the rest of the roster."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

_LENGTH: Final = 18
_OLD_LENGTH: Final = 15
_SPANS: Final = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
_PROVINCES: Final = frozenset(str(n) for first, last in _SPANS for n in range(first, last + 1))
"""Counties are not looked up: their codes change, and a number keeps the one of its day."""
_FEMALE, _MALE = "女", "男"


@dataclass(frozen=True, slots=True)
class Said:
    """What a number says about its holder."""

    birth_on: dt.date
    sex: str


def fault_of(number: str, today: dt.date) -> str:
    """What is wrong with an identity number, in plain words; empty where nothing is."""
    compact = ric.compact(number)
    if len(compact) == _OLD_LENGTH and compact.isdecimal():
        return _("这是旧的 15 位号码。请填现在证件上的 18 位号码。")
    if len(compact) != _LENGTH:
        return _("号码应为 18 位，这里有 %(n)d 位。") % {"n": len(compact)}
    if not (compact[:-1].isascii() and compact[:-1].isdecimal()):
        return _("号码的前 17 位只能是数字。")
    if compact[:2] not in _PROVINCES:
        return _("号码开头的“%(code)s”不是任何省份的代码。") % {"code": compact[:2]}
    try:
        birth_on = ric.get_birth_date(compact)
    except InvalidComponent:
        return _("号码第 7 至 14 位“%(digits)s”不是一个日期。") % {"digits": compact[6:14]}
    if birth_on > today:
        return _("号码里的出生日期 %(day)s 还没有到。") % {"day": birth_on}
    if compact[-1] != ric.calc_check_digit(compact):
        return _("校验码不符：至少有一位填错了，请对照证件逐位核对。")
    return ""


def said_by(number: str) -> Said:
    """What a faultless number says."""
    compact = ric.compact(number)
    return Said(ric.get_birth_date(compact), _MALE if int(compact[16]) % 2 else _FEMALE)


def contradictions(number: str, birth_on: dt.date | None, sex: str | None) -> list[str]:
    """Where a faultless number says something else than the roster, which may be wrong itself."""
    said = said_by(number)
    found = []
    if birth_on is not None and birth_on != said.birth_on:
        found.append(
            _("号码里的出生日期是 %(number)s，名册上是 %(roster)s。")
            % {"number": said.birth_on, "roster": birth_on}
        )
    if sex in (_FEMALE, _MALE) and sex != said.sex:
        found.append(
            _("号码里的性别是%(number)s，名册上是%(roster)s。")
            % {"number": said.sex, "roster": sex}
        )
    return found
