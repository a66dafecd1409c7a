"""Whether an identity number can be (GB 11643), and whether it fits the rest of the roster."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from stdnum.cn import ric

from jinwei.books import kinds
from jinwei.books.identity import FEMALE, MALE, Said, fault_in
from jinwei.books.identity import said_by as said_by_compact

__all__ = ["Said", "contradictions", "fault_of", "said_by"]


def fault_of(number: str, today: dt.date) -> str:
    """What is wrong with an identity number, in plain words; empty where nothing is."""
    kind, found = fault_in(ric.compact(number), today)
    if not kind:
        return ""
    if kind == kinds.ID_BIRTH:
        return _born_wrong(found)
    said = {
        kinds.ID_OLD: _("这是旧的 15 位号码。请填现在证件上的 18 位号码。"),
        kinds.ID_LENGTH: _("号码应为 18 位，这里有 %(found)s 位。"),
        kinds.ID_FORM: _("号码的前 17 位只能是数字，末位是数字或 X。"),
        kinds.ID_REGION: _("号码开头的“%(found)s”不是任何省份的代码。"),
        kinds.ID_CHECKSUM: _("校验码不符：至少有一位填错了，请对照证件逐位核对。"),
    }
    return said[kind] % {"found": found}


def _born_wrong(digits: str) -> str:
    try:
        day = dt.datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        return _("号码第 7 至 14 位“%(digits)s”不是一个日期。") % {"digits": digits}
    return _("号码里的出生日期 %(day)s 还没有到。") % {"day": day}


def said_by(number: str) -> Said:
    """What a faultless number says."""
    return said_by_compact(ric.compact(number))


def contradictions(number: str, birth_on: dt.date | None, sex: str | None) -> list[str]:
    """Where a faultless number says something else than the roster, which may be wrong itself."""
    said = said_by(number)
    found = []
    if birth_on is not None and birth_on != said.birth_on:
        found.append(
            _("号码里的出生日期是 %(number)s，名册上是 %(roster)s。")
            % {"number": said.birth_on, "roster": birth_on}
        )
    if sex in (FEMALE, MALE) and sex != said.sex:
        found.append(
            _("号码里的性别是%(number)s，名册上是%(roster)s。")
            % {"number": said.sex, "roster": sex}
        )
    return found
