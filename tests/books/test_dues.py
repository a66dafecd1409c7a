"""Dues books: one row a payment, one column a month."""

from __future__ import annotations

import datetime as dt

import pytest

from jinwei.books import kinds
from jinwei.books.grid import Cell, Error, Merge, Unreckoned

from .sheets import read, sheet
from .worlds import world

HEAD: tuple[Cell, ...] = (
    "序号",
    "姓名",
    "月份",
    "应缴党费（元）",
    "实缴党费（元）",
    "缴费日期",
    "备注",
)


def test_every_way_to_write_a_month() -> None:
    months: tuple[Cell, ...] = (
        "3月", "三月", "3月份", "2026年3月", "2026年三月", "2026-03", "2026.03", "2026/3", 202603,
        3, "3",
        "03", dt.date(2026, 3, 1), dt.datetime(2026, 3, 31), 46082, "２０２６年３月",
        "二〇二六年三月",
    )  # fmt: skip
    for cell in months:
        grid = sheet(("2026年党费收缴台账",), HEAD, (1, "王明", cell, 25, 25))
        said = read(grid, world())
        assert not said.troubles, cell
        assert said.values(3)["month"] == "2026-03", cell


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        (25.5, 2550), ("￥25.50", 2550), ("¥25.5", 2550), ("25.5元", 2550), ("25.50", 2550),
        ("1,234.50", 123450), ("１，２３４．５０", 123450), ("人民币25元整", 2500), (0, 0),
        ("0", 0),
        (0.1 + 0.2, 30), (" 25 ", 2500), (1e3, 100000), ("25.", 2500),
        ("12,345,678.90", 1234567890),
    ],
)  # fmt: skip
def test_amounts(cell: Cell, cents: int) -> None:
    said = read(sheet(HEAD, (1, "王明", "2026-03", cell, cell)), world())
    assert not said.troubles
    assert said.values(2) == {
        "member": "N5", "organization": "C001", "month": "2026-03", "due": cents, "paid": cents,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("二十五元", kinds.NOT_AN_AMOUNT), ("25元5角", kinds.NOT_AN_AMOUNT),
        ("免", kinds.NOT_AN_AMOUNT),
        ("1,23.4", kinds.NOT_AN_AMOUNT), ("12,34", kinds.NOT_AN_AMOUNT), (-25, kinds.NEGATIVE),
        ("-25.5", kinds.NEGATIVE), (25.555, kinds.TOO_PRECISE), ("25.555", kinds.TOO_PRECISE),
        (10**10, kinds.TOO_LARGE), (float("inf"), kinds.NOT_AN_AMOUNT),
        (float("nan"), kinds.NOT_AN_AMOUNT), ("1" * 1000, kinds.NOT_AN_AMOUNT),
        (dt.date(2026, 1, 25), kinds.NOT_AN_AMOUNT), (True, kinds.NOT_AN_AMOUNT),
        (Error("#VALUE!"), kinds.FORMULA_FAILED), (Unreckoned("A1*2"), kinds.UNRECKONED),
        ("25.50.1", kinds.NOT_AN_AMOUNT), ("25~30", kinds.NOT_AN_AMOUNT),
        ("√", kinds.NOT_AN_AMOUNT),
    ],
)  # fmt: skip
def test_no_amounts(cell: Cell, kind: str) -> None:
    said = read(sheet(HEAD, (1, "王明", "2026-03", 25, cell)), world())
    assert said.troubles == {(2, 4, kind)}


def test_who_paid() -> None:
    said = read(
        sheet(
            ("党员编号", "姓名", "所在支部", "身份证号", "月份", "实缴"),
            (None, "张伟", None, None, "2026-01", 1),
            (None, "张伟", "天津路街道第一党支部", None, "2026-01", 1),
            (None, "张 伟", "C101", None, "2026-01", 1),
            ("N3", "刘洋", None, None, "2026-01", 1),
            (None, "刘洋", "C001", None, "2026-01", 1),
            ("N3", "王明", None, None, "2026-02", 1),
            (None, "李静", "C001", None, "2026-01", 1),
            (None, "没有人", None, None, "2026-01", 1),
            (None, "没有人", None, None, "2026-01", 1),
            (None, None, None, None, "2026-01", 1),
            (None, "何合计", None, None, "2026-01", 25),
            (None, "合", None, None, "2026-01", 25),
            ("没有号", "没有人", None, None, "2026-02", 1),
        ),
        world(),
    )
    assert said.troubles == {
        (2, 1, kinds.MEMBER_AMBIGUOUS),
        (6, 1, kinds.MEMBER_AMBIGUOUS),
        (7, 1, kinds.SAID_OTHERWISE),
        (8, 1, kinds.MEMBER_MEANT),
        (9, 1, kinds.MEMBER_UNKNOWN),
        (10, 1, kinds.MEMBER_UNKNOWN),
        (11, 0, kinds.MISSING),
        (14, 0, kinds.MEMBER_UNKNOWN),
    }
    assert [said.values(n)["member"] for n in (3, 4, 5, 12, 13)] == ["N1", "N2", "N3", "N6", "N7"]
    assert next(t.repair for t in said.readings[8].troubles) == "N8"


def test_a_month_twice() -> None:
    said = read(
        sheet(
            ("2026年党费",),
            HEAD,
            (1, "王明", "1月", 25, 25, "2026-01-05"),
            (2, "王明", "2月", 25, 25, "2026-01-05"),
            (3, "王 明", "2026.1", 25, 25, "2026-01-05"),
            (4, "王明", "2026-01", 25, 30, "2026-01-05"),
            (5, "何合计", "2026-01", 25, 30, "2026-01-05"),
        ),
        world(),
    )
    assert said.troubles == {(5, None, kinds.REPEATED), (6, 2, kinds.DUES_TWICE)}
    assert said.readings[5].repeats == 3


def test_the_year_is_asked_once() -> None:
    grid = sheet(HEAD, (1, "王明", "1月", 1, 1, "1/5"), (2, "何合计", "1月", 1, 1))
    said = read(grid, world())
    assert said.troubles == {(2, 2, kinds.NO_YEAR), (2, 5, kinds.NO_YEAR), (3, 2, kinds.NO_YEAR)}
    assert list(said.asked) == ["year"]
    said = read(grid, world(), {"year": "2026"})
    assert not said.troubles
    assert said.values(2)["month"] == "2026-01"
    assert said.values(2)["paid_on"] == "2026-01-05"


@pytest.mark.parametrize(
    ("titles", "year"),
    [
        (["2026年党费收缴台账"], 2026),
        (["二〇二六年度党费台账"], 2026),
        (["２０２６年党费"], 2026),
        (["党费收缴台账", "填表日期：2026年1月5日"], None),
        (["2025年党费收缴台账", "填表日期：2026年1月5日"], 2025),
        (["2025—2026年党费收缴台账"], None),
        (["党费收缴台账"], None),
    ],
)
def test_the_year_of_a_title(titles: list[str], year: int | None) -> None:
    rows = [*[(title,) for title in titles], HEAD, (1, "王明", "2024年1月", 1, 1)]
    assert read(sheet(*rows), world()).plan.year == year


def test_one_column_a_month() -> None:
    said = read(
        sheet(
            ("天津路街道第一党支部2026年党费收缴台账",),
            ("单位：元",),
            ("序号", "姓名", "月缴纳标准", "1月", "2月份", "三月", "2026-04", "合计", "备注"),
            (1, "王明", 25, 25, "￥25.50", "25元", None, 75.5),
            (2, "何合计", "30", 30, "-", "/", "无", 30),
            (3, "合", 20, "免", -5, Error("#REF!"), 20),
            (4, "没有人", 20, 20),
            ("合计", None, 95, 75, 25.5, 25, 20, 125.5),
            ("收款人：张三", None, None, "支部书记（签字）："),
        ),
        world(),
    )
    assert said.plan.book == "dues_by_month"
    assert said.troubles == {
        (6, 3, kinds.NOT_AN_AMOUNT),
        (6, 4, kinds.NEGATIVE),
        (6, 5, kinds.FORMULA_FAILED),
        (7, 1, kinds.MEMBER_UNKNOWN),
    }
    paid = [(d.values["month"], d.values["due"], d.values["paid"]) for d in said.drafts(4)]
    assert paid == [("2026-01", 2500, 2500), ("2026-02", 2500, 2550), ("2026-03", 2500, 2500)]
    assert [d.columns["paid"] for d in said.drafts(4)] == [3, 4, 5]
    assert len(said.drafts(5)) == 1
    assert [n for n, one in said.readings.items() if one.sort == "skipped"] == [1, 2, 3, 8, 9]


def test_months_below_their_year() -> None:
    said = read(
        sheet(
            ("姓名", "2025年", None, "2026年", None),
            (None, "11月", "12月", "1月", "2月"),
            ("王明", 1, 2, 3, 4),
            merges=[Merge(1, 0, 2, 0), Merge(1, 1, 1, 2), Merge(1, 3, 1, 4)],
        ),
        world(),
    )
    assert not said.troubles
    assert [d.values["month"] for d in said.drafts(3)] == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]


def test_due_and_paid_below_each_month() -> None:
    said = read(
        sheet(
            ("2026年党费",),
            ("姓名", "1月", None, "2月", None),
            (None, "应交", "实交", "应交", "实交"),
            ("王明", 10, 1, 20, 2),
            merges=[Merge(2, 0, 3, 0), Merge(2, 1, 2, 2), Merge(2, 3, 2, 4)],
        ),
        world(),
    )
    assert not said.troubles
    assert [c.target for c in said.plan.columns.values()] == [
        "member", "", "month:2026-01", "", "month:2026-02",
    ]  # fmt: skip
    assert [d.values["paid"] for d in said.drafts(4)] == [100, 200]


def test_numbers_below_month() -> None:
    said = read(
        sheet(
            ("2026年党费",),
            ("姓名", "缴费月份", None, None),
            (None, 1, 2, 3),
            ("王明", 1, 2, 3),
            merges=[Merge(2, 0, 3, 0), Merge(2, 1, 2, 3)],
        ),
        world(),
    )
    assert said.plan.book == "dues_by_month"
    assert [d.values["month"] for d in said.drafts(4)] == ["2026-01", "2026-02", "2026-03"]


def test_months_without_a_year_are_asked_once() -> None:
    grid = sheet(("姓名", "1月", "2月", "3月"), ("王明", 1, 2, 3), ("合", 4, 5, 6))
    said = read(grid, world())
    assert {kind for _, _, kind in said.troubles} == {kinds.NO_YEAR}
    assert list(said.asked) == ["year"]
    said = read(grid, world(), {"year": "2025"})
    assert not said.troubles
    assert [d.values["month"] for d in said.drafts(2)] == ["2025-01", "2025-02", "2025-03"]


def test_long_book() -> None:
    """Three hundred members, every seventh twice."""
    members = [one for one in world().members.values() if one.code.startswith("M")][:300]
    rows: list[tuple[Cell, ...]] = [HEAD]
    rows += [(n, one.code, "2026-01", 10, 10) for n, one in enumerate(members)]
    rows += [(n, one.name, "2026-01", 10, 11) for n, one in enumerate(members) if n % 7 == 0]
    said = read(sheet(*rows), world("GW"))
    assert said.troubles == {(n, 2, kinds.DUES_TWICE) for n in range(302, len(rows) + 1)}
