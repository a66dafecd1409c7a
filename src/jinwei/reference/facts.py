"""The reference of the fact tables, from the catalogue."""

from __future__ import annotations

from typing import Final

from jinwei.engine.catalogue import (
    BOOLEAN,
    CATALOGUE,
    CODE,
    COMMITTEE_POSTS,
    DATE,
    HUNDREDTHS,
    MONTH,
    REFERENCE,
    TEXT,
    VALIDITY,
    WHOLE,
    Column,
    Table,
)
from jinwei.engine.faults import EN, ZH

from .faults import fault_table
from .markdown import code, codes, fill, listed, table

TYPES: Final = {
    TEXT: {EN: "text", ZH: "文字"},
    CODE: {EN: "one of the codes of the column", ZH: "该栏所列代码之一"},
    REFERENCE: {EN: "the code of a row of another table", ZH: "另一张表里某一行的编号"},
    DATE: {EN: "a day, 2026-03-31", ZH: "日期，2026-03-31"},
    MONTH: {EN: "a month, 2026-03", ZH: "月份，2026-03"},
    WHOLE: {EN: "a whole number", ZH: "整数"},
    HUNDREDTHS: {
        EN: "an amount with at most two decimals (yuan, hours, points)",
        ZH: "最多两位小数的数（元、小时、分值）",
    },
    BOOLEAN: {EN: "true or false", ZH: "true（是）或 false（否）"},
}
MEANINGS: Final = {
    "organization": {EN: "the organizations", ZH: "党组织名册"},
    "member": {EN: "the members", ZH: "党员名册"},
    "membership": {
        EN: "where a member was registered, when",
        ZH: "党员何时登记在何处",
    },
    "superior": {
        EN: "which superior an organization had when; with a purpose: a second one",
        ZH: "组织何时属于哪个上级；带用途的为第二个上级",
    },
    "term": {EN: "one elected term of a committee", ZH: "班子的一届"},
    "post": {EN: "who held which post, from when to when", ZH: "谁任什么职务，自何时至何时"},
    "meeting": {EN: "meetings, lectures, theme days", ZH: "会议、党课、主题党日"},
    "attendance": {EN: "who came to a meeting", ZH: "谁到会"},
    "dues": {EN: "dues, one row a member and month", ZH: "党费，每人每月一行"},
    "talk": {EN: "heart-to-heart talks", ZH: "谈心谈话"},
    "training": {EN: "training of a member", ZH: "党员培训"},
    "service": {EN: "volunteer service, wishes fulfilled", ZH: "志愿服务、微心愿"},
    "appraisal": {EN: "results of the appraisal of members", ZH: "民主评议党员的结果"},
    "fund": {EN: "funds budgeted, allocated, spent, returned", ZH: "经费的预算、拨付、支出、返还"},
    "filing": {
        EN: "plans, summaries, rules, lists, reports: one row a document",
        ZH: "计划、总结、制度、清单、报告，每份一行",
    },
    "venue": {EN: "inspections of rooms against a checklist", ZH: "场所按清单检查"},
    "project": {EN: "projects, brands, key tasks, methods", ZH: "项目、品牌、重点任务、工作法"},
    "honor": {EN: "honours of an organization or a member", ZH: "组织或党员的荣誉"},
    "incident": {
        EN: "public criticism, discipline, falsified records, veto events",
        ZH: "通报批评、处分、弄虚作假等事件",
    },
    "rectification": {EN: "problems to be put right", ZH: "待整改的问题"},
    "survey": {EN: "votes of satisfaction", ZH: "满意度测评"},
    "case": {
        EN: "a run of a working procedure (election, admission, transfer)",
        ZH: "一次程序的办理（选举、发展、转接等）",
    },
    "judgement": {EN: "given by a named assessor", ZH: "考评员具名评定"},
    "exemption": {
        EN: "takes an indicator (empty: all) away from one subject for a time",
        ZH: "在一段时间内对某对象免去一项指标（空为全部）",
    },
}
_TYPES_HEAD: Final = {EN: ("type", "what is written"), ZH: ("类型", "写什么")}
_TABLES_HEAD: Final = {
    EN: ("table", "Chinese heading", "what a row is", "key", "dated by"),
    ZH: ("表", "中文名", "一行是什么", "编号栏", "日期栏"),
}
_COLUMNS_HEAD: Final = {
    EN: ("column", "Chinese heading", "type", "codes, or the table referred to", "notes"),
    ZH: ("栏目", "中文名", "类型", "代码或所引用的表", "说明"),
}
_MARKS: Final = {
    "key": {EN: "key", ZH: "编号"},
    "required": {EN: "required", ZH: "必填"},
    "derived": {EN: "derived", ZH: "计算"},
    "day": {EN: "at the day only", ZH: "按当日"},
    "guarded": {EN: "guarded", ZH: "受保护"},
    "date": {EN: "dates the row", ZH: "该行的日期"},
    "validity": {EN: "validity", ZH: "有效期"},
}


def facts_page(language: str) -> str:
    registers = [t.name for t in CATALOGUE.tables if not t.is_fact]
    holes = {
        "types": table(
            _TYPES_HEAD[language], ((code(kind), words[language]) for kind, words in TYPES.items())
        ),
        "tables": table(
            _TABLES_HEAD[language], (_table_row(one, language) for one in CATALOGUE.tables)
        ),
        "not_facts": codes(registers, language),
        "columns": "\n\n".join(_columns(one, language) for one in CATALOGUE.tables),
        "committee_posts": codes(COMMITTEE_POSTS, language),
        "validity": codes(sorted(VALIDITY), language),
        "ends": _ends(language),
        "data_faults": fault_table("data", language),
    }
    return fill("facts", language, holes)


def _table_row(one: Table, language: str) -> tuple[str, ...]:
    key, date = (code(name) if name else "—" for name in (one.key, one.date))
    return code(one.name), one.heading, MEANINGS[one.name][language], key, date


def _columns(one: Table, language: str) -> str:
    rows = [
        (
            code(column.name),
            column.heading,
            code(column.kind),
            _codes(column, language),
            listed((_MARKS[mark][language] for mark in _marks(one, column)), language),
        )
        for column in one.columns
    ]
    heading = f"### {one.name} {one.heading}"
    return f"{heading}\n\n{MEANINGS[one.name][language]}\n\n" + table(_COLUMNS_HEAD[language], rows)


def _codes(column: Column, language: str) -> str:
    if column.refers_to:
        return code(column.refers_to)
    return listed((f"{code(name)} {word}" for name, word in (column.codes or {}).items()), language)


def _marks(one: Table, column: Column) -> list[str]:
    marks = {
        "key": column.name == one.key,
        "required": column.required,
        "derived": column.derived,
        "day": column.derived and not column.stands_in_view,
        "guarded": column.guarded,
        "date": column.name == one.date,
        "validity": column.kind == DATE and column.validity,
    }
    return [mark for mark, holds in marks.items() if holds]


def _ends(language: str) -> str:
    pairs = (
        f"`{one.name}.{begin}` … `{end}`" for one in CATALOGUE.tables for begin, end in one.ends
    )
    return listed(pairs, language)
