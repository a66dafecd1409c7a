"""Each kind of fault by one small broken data set: id, place and sentence in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

import pytest

import jinwei.datasets  # noqa: F401  (registers the kinds)
from jinwei.datasets import read_dataset
from jinwei.datasets.report import MOST, shown
from jinwei.engine.faults import KINDS, DatasetRefused, Fault, describe

BROKEN: Final = Path(__file__).parent / "broken"


class Case(NamedTuple):
    """A broken data set and what its one fault says."""

    path: str
    where: str
    found: str
    zh: str
    en: str


CASES: Final = {
    "data-missing-file": Case("nowhere.yaml", "{path}", "{path}", "没有找到", "was not found"),
    "data-unsupported-file": Case(
        "data-unsupported-file.txt", "{path}", "data-unsupported-file.txt", ".xlsx", ".xlsx"
    ),
    "data-unreadable": Case("data-unreadable.xlsx", "{path}", "zip", "{path}", "{path}"),
    "data-empty": Case("data-empty", "{path}", "", "{path}", "{path}"),
    "data-wrong-shape": Case("data-wrong-shape.yaml", "meeting", "五次", "meeting", "meeting"),
    "data-no-headings": Case("data-no-headings", "meeting", "", "会议表", "Table meeting"),
    "data-unknown-table": Case(
        "data-unknown-table.yaml", "meetings", "meetings", "表名", "name of a table"
    ),
    "data-duplicate-table": Case(
        "data-duplicate-table", "organization", "组织", "组织表出现了两次", "Table organization"
    ),
    "data-unknown-column": Case(
        "data-unknown-column", "meeting.held", "held", "会议表没有", "Table meeting has no column"
    ),
    "data-derived-column": Case(
        "data-derived-column", "organization.members", "党员数", "组织表的", "table organization"
    ),
    "data-duplicate-heading": Case(
        "data-duplicate-heading.yaml",
        "meeting[2].kind",
        "kind",
        "会议表第 2 条“类型”",
        "Table meeting, entry 2, column “kind”",
    ),
    "data-missing-column": Case(
        "data-missing-column", "meeting.kind", "编号, 组织代码, 日期", "“类型”（kind）", "“kind”"
    ),
    "data-extra-cell": Case(
        "data-extra-cell", "meeting[3]", "两次", "会议表第 3 行", "Table meeting, row 3"
    ),
    "data-not-a-value": Case(
        "data-not-a-value.yaml",
        "organization[1].name",
        "[…]",
        "组织表第 1 条“组织名称”",
        "Table organization, entry 1, column “name”",
    ),
    "data-control-character": Case(
        "data-control-character.yaml",
        "organization[1].name",
        "U+0007",
        "组织表第 1 条“组织名称”",
        "Table organization, entry 1, column “name”",
    ),
    "data-not-a-date": Case(
        "data-not-a-date",
        "meeting[3].held_on",
        "2025-02-30",
        "会议表第 3 行“日期”写的是“2025-02-30”，不是日期；请写成 2025-03-31 这样。",
        "Table meeting, row 3, column “held_on” says “2025-02-30”, which is no date",
    ),
    "data-not-a-month": Case(
        "data-not-a-month.yaml",
        "dues[1].month",
        "2025年13月",
        "党费表第 1 条“月份”",
        "Table dues, entry 1, column “month”",
    ),
    "data-not-a-number": Case(
        "data-not-a-number",
        "fund[2].amount",
        "1200元",
        "经费表第 2 行“金额”",
        "Table fund, row 2, column “amount”",
    ),
    "data-not-whole": Case(
        "data-not-whole.yaml",
        "survey[1].answered",
        "12.5",
        "测评表第 1 条“有效票”",
        "Table survey, entry 1, column “answered”",
    ),
    "data-too-precise": Case(
        "data-too-precise.yaml",
        "fund[1].amount",
        "10.125",
        "经费表第 1 条“金额”",
        "Table fund, entry 1, column “amount”",
    ),
    "data-number-too-large": Case(
        "data-number-too-large.yaml",
        "fund[1].amount",
        "12345678901234",
        "经费表第 1 条“金额”",
        "Table fund, entry 1, column “amount”",
    ),
    "data-not-a-boolean": Case(
        "data-not-a-boolean.yaml",
        "member[1].mobile",
        "yes",
        "党员表第 1 条“流动党员”写的是“yes”；这里只能写：true、false。",
        "Table member, entry 1, column “mobile”",
    ),
    "data-unknown-code": Case(
        "data-unknown-code",
        "meeting[2].kind",
        "branch_meetings",
        "请写其中之一：党员大会、支委会",
        "Table meeting, row 2, column “kind”",
    ),
    "data-missing-key": Case(
        "data-missing-key",
        "meeting[3].code",
        "",
        "会议表第 3 行“编号”",
        "Table meeting, row 3, column “code”",
    ),
    "data-missing-value": Case(
        "data-missing-value",
        "meeting[4].organization",
        "",
        "会议表第 4 行“组织代码”",
        "Table meeting, row 4, column “organization”",
    ),
    "data-duplicate-key": Case(
        "data-duplicate-key", "meeting[4].code", "M1", "与第 2 行重复", "as row 2 does"
    ),
    "data-unknown-reference": Case(
        "data-unknown-reference",
        "meeting[3].organization",
        "B2",
        "会议表第 3 行“组织代码”写的是“B2”，组织表里没有",
        "Table meeting, row 3, column “organization”",
    ),
    "data-cycle": Case(
        "data-cycle.yaml",
        "superior[2].parent",
        "B → A → B",
        "上级关系表第 2 条“上级组织代码”造成上下级循环：B → A → B（自 2025-04-01 至 2025-06-30）",
        "Table superior, entry 2, column “parent”",
    ),
    "data-overlap": Case(
        "data-overlap.yaml",
        "superior[2].from_on",
        "B",
        "（2025-06-30 至 不限）与第 1 条（不限 至 2025-06-30）重叠",
        "(2025-06-30 to open) overlap with entry 1 (open to 2025-06-30)",
    ),
    "data-end-before-beginning": Case(
        "data-end-before-beginning",
        "term[2].expires_on",
        "2022-03-01",
        "届期表第 2 行“届期止”写的是“2022-03-01”，早于“届期起”的 2025-03-01",
        "Table term, row 2, column “expires_on”",
    ),
}


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(DatasetRefused) as refused:
        read_dataset(path)
    return refused.value.faults


@pytest.mark.parametrize("id", CASES)
def test_the_one_fault_says_where_and_what(id: str) -> None:
    case = CASES[id]
    path = BROKEN / case.path
    faults = faults_of(path)
    assert [fault.id for fault in faults] == [id]
    (fault,) = faults
    assert fault.where == case.where.format(path=path)
    assert shown(case.found.format(path=path)) in fault.found
    for language, said in (("zh", case.zh), ("en", case.en)):
        sentence = fault.sentence(language)
        assert said.format(path=path) in sentence
        assert fault.found in sentence
        assert f"[{id}]" in describe(fault, language)


def test_every_kind_has_a_case() -> None:
    kinds = {id for id in KINDS if id.startswith("data-")}
    assert kinds == {*CASES, "data-more"}


def test_beyond_so_many_faults_of_a_kind_the_rest_is_counted() -> None:
    *listed, more = faults_of(BROKEN / "data-more.yaml")
    assert len(listed) == MOST
    assert (more.id, more.found, more.where) == ("data-more", "3", "survey[201].held_on")
    assert "还有 3 处没有列出，从 survey[201].held_on 起" in more.sentence("zh")
    assert "3 more faults" in more.sentence("en")
    assert more.where in more.sentence("en")


def test_lines_and_suggestions() -> None:
    (repeated,) = faults_of(BROKEN / "data-duplicate-heading.yaml")
    assert repeated.line == 8
    (row,) = faults_of(BROKEN / "data-not-a-date")
    assert (row.line, Path(str(row.file)).name) == (3, "会议.csv")
    (code,) = faults_of(BROKEN / "data-unknown-code")
    assert code.nearest == "branch_meeting"
    assert "lecture" in code.allowed
    (column,) = faults_of(BROKEN / "data-unknown-column")
    assert column.nearest == "held_on"
