"""Names of persons: surnames and given names combined by chance, nobody real meant."""

from __future__ import annotations

from random import Random
from typing import Final

from jinwei.demo.chance import weighted

_SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
    "云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常"
)
_FIRST: Final = "若知怀景予望舒沐言清远书牧临砚修屿朗澈衡亦宛如映采疏念听斯维谨"
_MALE: Final = "川舟岩峤松柏衡原野洲岳廷坤煜钧樵驰辰屹桓铮垚晟"
_FEMALE: Final = "澜溪禾荷苓兮莞婵霏菀棠蓉蘅琬妤岚筠纾颖芷绮黛"
_ETHNICITIES: Final = (
    ("汉族", 955.0),
    ("回族", 14.0),
    ("满族", 12.0),
    ("蒙古族", 7.0),
    ("土家族", 5.0),
    ("壮族", 4.0),
    ("苗族", 3.0),
)


def person_name(rng: Random, sex: str) -> str:
    """Surname and a given name of two characters."""
    last = _MALE if sex == "男" else _FEMALE
    return rng.choice(_SURNAMES) + rng.choice(_FIRST) + rng.choice(last)


def ethnicity(rng: Random) -> str:
    return weighted(rng, _ETHNICITIES)


def ordinal(number: int) -> str:
    """Chinese numeral below one hundred, as in 第十二党支部."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else digits[tens] + "十")
    return head + (digits[ones] if ones or not tens else "")
