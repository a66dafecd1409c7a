"""An invented district: a root, three committees, branches below them, members in each."""

from __future__ import annotations

import datetime as dt

from stdnum.cn import ric

from jinwei.books.folding import folded
from jinwei.books.world import Member, Organization, World

TODAY = dt.date(2026, 3, 31)
COMMITTEES = ("天津路街道党委", "和平里街道党委", "县直机关党委")
NUMBERS = "一二三四五六七八九十"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰"


def number_of(born: dt.date, sequence: int, region: str = "110101") -> str:
    """A faultless identity number; an odd sequence is a man's."""
    body = f"{region}{born:%Y%m%d}{sequence:03}"
    return body + ric.calc_check_digit(body + "0")


def name_of(at: int) -> str:
    """One of many names; the same for the same number."""
    surname = SURNAMES[at % len(SURNAMES)]
    rest = at // len(SURNAMES)
    return surname + GIVEN[rest % len(GIVEN)] + GIVEN[rest // len(GIVEN) % len(GIVEN)]


def organizations() -> dict[str, Organization]:
    found = [Organization("GW", "县委直属工委", "work_committee")]
    for at, name in enumerate(COMMITTEES):
        code = f"C{at}"
        found.append(Organization(code, name, "committee", "GW"))
        found += [
            Organization(f"{code}{place:02}", f"{name[:-2]}第{_place(place)}党支部", "branch", code)
            for place in range(1, 19)
        ]
    found.append(Organization("TJ02", "天津路菜市场联合党支部", "joint_branch", "C0"))
    found.append(Organization("X1", "老干部党支部", "branch", "C0"))
    found.append(Organization("X2", "老干部党支部", "branch", "C1"))
    return {one.code: one for one in found}


def _place(number: int) -> str:
    return NUMBERS[number - 1] if number <= 10 else "十" + NUMBERS[number - 11]


def members() -> dict[str, Member]:
    """Six in each branch; 张伟 in two branches, 刘洋 twice in one."""
    branches = [o for o in organizations().values() if o.kind == "branch"]
    found = []
    for at in range(6 * len(branches)):
        born = dt.date(1960, 1, 1) + dt.timedelta(days=31 * at)
        code = f"M{at:04}"
        place = branches[at // 6].code
        found.append(Member(code, f"会员{name_of(at)}", place, "full", born))
    found += [
        Member("N1", "张伟", "C001", "full", dt.date(1970, 1, 1)),
        Member("N2", "张伟", "C101", "full", dt.date(1971, 1, 1)),
        Member("N3", "刘洋", "C001", "full", dt.date(1972, 1, 1)),
        Member("N4", "刘洋", "C001", "full", dt.date(1973, 1, 1)),
        Member("N5", "王明", "C001", "full", dt.date(1974, 1, 1)),
        Member("N6", "何合计", "C001", "full", dt.date(1975, 1, 1)),
        Member("N7", "合", "C001", "full", dt.date(1976, 1, 1)),
        Member("N8", "李静", "C101", "full", dt.date(1977, 1, 1)),
        Member("N9", "阿卜杜拉·买买提", "C001", "full", dt.date(1978, 1, 1)),
        Member("N10", "陈预", "C001", "probationary", dt.date(1999, 1, 1)),
    ]
    return {one.code: one for one in found}


def world(home: str = "C001") -> World:
    return World(TODAY, home, organizations(), members(), digest=lambda number: folded(number))
