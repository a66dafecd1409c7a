"""The books that can be read: every fact table, and the common books as people keep them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from jinwei.engine.catalogue import (
    BOOLEAN,
    CODE,
    DATE,
    HUNDREDTHS,
    MONTH,
    REFERENCE,
    TABLES,
    WHOLE,
    Column,
)

from .headings import IGNORED, OTHER_WORDS, plain_heading

TEXT: Final = "text"
NAME: Final = "name"
SEX: Final = "sex"
ETHNICITY: Final = "ethnicity"
ID_NUMBER: Final = "id_number"
PHONE: Final = "phone"
AMOUNT: Final = "amount"
HOURS: Final = "hours"
ORGANIZATION: Final = "organization"
MEMBER: Final = "member"
HOLDER: Final = "holder"
"""Whoever holds a post: on the roster, or from outside."""
PEOPLE: Final = "people"
"""Several names in one cell."""
_YUAN: Final = frozenset((("dues", "due"), ("dues", "paid"), ("fund", "amount")))
_OWN: Final = {
    ("member", "name"): NAME,
    ("member", "sex"): SEX,
    ("member", "ethnicity"): ETHNICITY,
    ("member", "id_number"): ID_NUMBER,
    ("member", "phone"): PHONE,
    ("post", "member"): HOLDER,
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a column of a book can become.

    ``column``: of the fact table; None for a helper, which says whom a row is about or who was
    missing. ``kind``: how its cells are read. ``words``: its headings, folded.
    """

    name: str
    kind: str
    heading: str
    words: tuple[str, ...]
    column: Column | None = None
    required: bool = False


@dataclass(frozen=True)
class Book:
    """A kind of book. ``months``: columns that name a month alone are the dues paid for it.

    ``always``: values of columns that no cell gives.
    """

    id: str
    table: str
    zh: str
    en: str
    targets: tuple[Target, ...]
    title_words: tuple[str, ...] = ()
    months: bool = False
    always: tuple[tuple[str, str], ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Target]:
        return {target.name: target for target in self.targets}

    @cached_property
    def by_heading(self) -> dict[str, str]:
        """Folded heading → target; the first target that claims a word has it."""
        found: dict[str, str] = {}
        for target in self.targets:
            for word in target.words:
                found.setdefault(word, target.name)
        return found

    def is_ignored(self, heading: str) -> bool:
        """Whether a heading is known and of no use: numbers of rows, ages, remarks."""
        return plain_heading(heading) in IGNORED


def _kind(table: str, column: Column) -> str:
    own = _OWN.get((table, column.name))
    if own:
        return own
    if column.kind == REFERENCE:
        return ORGANIZATION if column.refers_to == "organization" else str(column.refers_to)
    if column.kind == HUNDREDTHS:
        return AMOUNT if (table, column.name) in _YUAN else HOURS
    if column.kind == CODE and not column.codes:
        return TEXT
    return column.kind


def _target(table: str, column: Column) -> Target:
    words = [column.heading, column.name]
    words += [w for t in (table, "") for w in OTHER_WORDS.get(t, {}).get(column.name, "").split()]
    return Target(
        column.name,
        _kind(table, column),
        column.heading,
        tuple(dict.fromkeys(map(plain_heading, words))),
        column,
        column.required and column.name not in ("code", "organization", "status"),
    )


def _helper(name: str, kind: str, heading: str, words: str) -> Target:
    return Target(name, kind, heading, tuple(map(plain_heading, (heading, *words.split()))))


_WHO: Final = _helper(
    "whose_number", ID_NUMBER, "公民身份号码", "身份证号 身份证号码 身份证 身份号码 证件号码"
)
_NAMED: Final = _helper("member_name", NAME, "姓名", "党员姓名 党员名称 name")
_OF: Final = _helper(
    "organization_name",
    ORGANIZATION,
    "组织名称",
    "所在支部 所在党支部 党支部 党组织名称 支部名称 支部",
)
_ABSENT: Final = (
    _helper("on_leave", PEOPLE, "请假人员", "请假 请假名单 请假人员名单 请假人"),
    _helper("absent", PEOPLE, "缺席人员", "缺席 缺席名单 未到人员 缺勤人员 未参加人员 缺席人"),
    _helper("present", PEOPLE, "出席人员", "到会人员 参会人员 参加人员 出席名单 参会名单"),
)
_TITLES: Final = {
    "member": "名册 花名册 党员信息 党员名单 党员基本信息",
    "organization": "组织名册 组织情况 党组织一览 支部名单 组织信息",
    "dues": "党费",
    "meeting": "三会一课 会议 组织生活 活动记录",
    "term": "届期 换届",
    "post": "班子 任职 委员名单",
    "talk": "谈心谈话 谈心",
    "training": "培训 教育培训",
    "service": "志愿服务",
    "appraisal": "民主评议",
    "fund": "经费",
    "honor": "荣誉 表彰",
    "rectification": "整改",
    "survey": "测评 满意度",
    "case": "程序",
    "judgement": "评定 积分",
}


def _of_table(name: str) -> Book:
    table = TABLES[name]
    targets = [_target(name, column) for column in table.stored]
    columns = {column.name for column in table.stored}
    if "member" in columns:
        targets += [_WHO] if name == "post" else [_WHO, _NAMED]
    if "organization" in columns and name != "member":
        targets.append(_OF)
    if name == "meeting":
        targets += _ABSENT
    return Book(
        name,
        name,
        f"{table.heading}表",
        name.replace("_", " "),
        tuple(targets),
        tuple(_TITLES.get(name, table.heading).split()),
    )


def _words(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(plain_heading, said.split())))


def _dues_by_month() -> Book:
    """One row a member, one column a month, as dues are kept on paper."""
    one = _of_table("dues")
    kept = tuple(t for t in one.targets if t.name not in ("month", "paid", "paid_on", "due"))
    words = _words(
        "每月应交 月应交 月应缴 每月应缴 月缴纳标准 月交纳标准 党费标准 缴纳标准 交纳标准"
        " 应交标准 月标准 月党费 应交 应缴"
    )
    due = Target("due", AMOUNT, "每月应交", words, TABLES["dues"].column("due"))
    return Book(
        "dues_by_month",
        "dues",
        "党费台账（按月分列）",
        "Dues book, a column a month",
        (*kept, due),
        one.title_words,
        months=True,
    )


_STAGES: Final = {
    "opened_on": "申请入党日期 申请入党时间 递交申请书时间 递交入党申请书时间"
    " 入党申请时间 申请时间",
    "due_on": "计划接收日期 预计接收时间 拟接收时间",
    "closed_on": "接收预备党员日期 接收预备党员时间 吸收预备党员时间 入党时间 入党日期",
}
"""Dates of an admission: applied, to be admitted, admitted."""


def _admissions() -> Book:
    """One row a person who is being admitted, one column a stage."""
    case = TABLES["case"]
    stages = [
        Target(name, DATE, said.split()[0], _words(said), case.column(name), name == "opened_on")
        for name, said in _STAGES.items()
    ]
    names = _words("姓名 申请人 发展对象 发展对象姓名")
    return Book(
        "admissions",
        "case",
        "发展党员台账",
        "Admission book",
        (
            Target("applicant", NAME, "姓名", names, required=True),
            *(_target("case", c) for c in case.stored if c.name in ("organization", "outcome")),
            *stages,
            _WHO,
            _OF,
        ),
        ("发展党员", "入党", "积极分子"),
        always=(("procedure", "admission"),),
    )


def _points() -> Book:
    """One row an entry of points of a member."""
    one = _of_table("judgement")
    return Book(
        "points", "judgement", "积分台账", "Points book", one.targets,
        ("积分",), always=(("standard", "member-points"),),
    )  # fmt: skip


BOOKS: Final[dict[str, Book]] = {
    book.id: book
    for book in (
        _dues_by_month(),
        _admissions(),
        _points(),
        *(_of_table(name) for name in TABLES),
    )
}
"""Every book by its id, the special ones first."""

DATED: Final = frozenset((DATE, MONTH))
COUNTED: Final = frozenset((WHOLE, AMOUNT, HOURS))
PLAIN: Final = frozenset((TEXT, BOOLEAN, CODE))
