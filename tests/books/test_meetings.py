"""Meeting books: kinds in words, days, who was there."""

from __future__ import annotations

import datetime as dt

import pytest

from jinwei.books import kinds
from jinwei.books.grid import Cell

from .sheets import read, sheet
from .worlds import world

HEAD: tuple[Cell, ...] = (
    "序号", "会议时间", "会议类型", "会议主题", "主持人", "应到人数", "实到人数", "请假人员",
    "缺席名单", "备注",
)  # fmt: skip
TITLE: tuple[Cell, ...] = ("2026年“三会一课”活动记录",)


def row(**cells: Cell) -> tuple[Cell, ...]:
    said = {"held_on": "2026-03-05", "kind": "党课", "topic": "学党章", "led_by": "王明"} | cells
    names = ("held_on", "kind", "topic", "led_by", "expected", "attended", "leave", "absent")
    return (1, *(said.get(name) for name in names))  # type: ignore[return-value]


def test_a_meeting() -> None:
    said = read(
        sheet(TITLE, HEAD, row(expected="35人", attended=33, leave="王　明、张 伟")), world()
    )
    assert said.plan.book == "meeting"
    assert not said.troubles
    assert said.values(3) == {
        "organization": "C001", "held_on": "2026-03-05", "kind": "lecture", "topic": "学党章",
        "led_by": "王明", "expected": 35, "attended": 33,
    }  # fmt: skip
    assert said.drafts(3)[0].attendance == (("N1", "leave"), ("N5", "leave"))


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("支部委员会", ["committee_meeting"]), ("支委会", ["committee_meeting"]),
        ("支部党员大会", ["branch_meeting"]), ("党员 大会", ["branch_meeting"]),
        ("主题党日活动", ["theme_day"]), ("党课、主题党日", ["lecture", "theme_day"]),
        ("党课/主题党日", ["lecture", "theme_day"]),
        ("支委会和党课", ["committee_meeting", "lecture"]),
        ("党课、上党课", ["lecture"]), ("lecture", ["lecture"]),
        ("组织生活会暨民主评议", ["life_meeting", "appraisal"]),
        ("第一议题", ["first_topic"]), ("其他", ["other"]),
    ],
)  # fmt: skip
def test_kinds_in_words(word: str, codes: list[str]) -> None:
    said = read(sheet(HEAD, row(kind=word)), world())
    assert not said.troubles
    assert [draft.values["kind"] for draft in said.drafts(2)] == codes


def test_an_unknown_kind_is_asked_once() -> None:
    grid = sheet(
        HEAD,
        *[row(kind="团课", topic=f"第{n}课") for n in range(5)],
        row(kind="党课、团课"),
        row(kind="团 课", topic="又一课"),
    )
    said = read(grid, world())
    assert said.asked == {"kind:kind:团课": 6, "kind:kind:党课、团课": 1}
    assert said.troubles == {(n, 2, kinds.UNKNOWN_KIND) for n in range(2, 9)}
    assert {value for value, _, _ in said.questions[0].options} >= {"lecture", "other", "skip"}
    said = read(grid, world(), {"kind:kind:团课": "study", "kind:kind:党课、团课": "skip"})
    assert not said.troubles
    assert said.values(2)["kind"] == "study"
    assert said.readings[7].sort == "skipped"
    said = read(grid, world(), {"kind:kind:团课": "nonsense"})
    assert said.readings[2].stopped


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-03-05", "2026-03-05"), ("3/30", "2026-03-30"), ("3.30", "2026-03-30"),
        ("3月30日", "2026-03-30"), ("2026年3月5日 14:30", "2026-03-05"), (46086, "2026-03-05"),
        (dt.datetime(2026, 3, 5, 14, 30), "2026-03-05"), ("2026.3.5", "2026-03-05"),
        ("2026-03-31", "2026-03-31"), ("2026、3、5", "2026-03-05"),
        ("2026/03/05 14:30:00", "2026-03-05"),
    ],
)  # fmt: skip
def test_days(cell: Cell, day: str) -> None:
    said = read(sheet(TITLE, HEAD, row(held_on=cell)), world())
    assert not said.troubles
    assert said.values(3)["held_on"] == day


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("2026-04-01", kinds.IN_THE_FUTURE), ("2026-02-30", kinds.NO_SUCH_DAY),
        ("2月30日", kinds.NO_SUCH_DAY), ("13/40", kinds.NOT_A_DATE), ("上周三", kinds.NOT_A_DATE),
        ("2026-03", kinds.NO_DAY), (2026.03, kinds.NO_DAY), (2026.1, kinds.ZERO_LOST),
        (float("nan"), kinds.NOT_A_DATE), (float("inf"), kinds.NOT_A_DATE),
        (True, kinds.NOT_A_DATE),
        (dt.time(14, 30), kinds.NOT_A_DATE), (12, kinds.NOT_A_DATE), (-1, kinds.NOT_A_DATE),
        (dt.date(1899, 12, 30), kinds.TOO_EARLY), ("2026.3.5-3.6", kinds.NOT_A_DATE),
    ],
)  # fmt: skip
def test_no_days(cell: Cell, kind: str) -> None:
    said = read(sheet(TITLE, HEAD, row(held_on=cell)), world())
    assert said.troubles == {(3, 1, kind)}


def test_a_day_without_year() -> None:
    grid = sheet(("三会一课记录",), HEAD, row(held_on="3/30"), row(held_on="3月29日"))
    said = read(grid, world())
    assert said.troubles == {(3, 1, kinds.NO_YEAR), (4, 1, kinds.NO_YEAR)}
    assert said.asked == {"year": 2}
    assert read(grid, world(), {"year": "2026"}).values(3)["held_on"] == "2026-03-30"


def test_more_present_than_expected() -> None:
    said = read(
        sheet(
            HEAD,
            row(expected=30, attended=31),
            row(expected=30, attended="30人", topic="二"),
            row(expected="", attended=3, topic="三"),
            row(expected="三十", attended=12.5, topic="四"),
            row(expected=-3, attended="12/30", topic="五"),
        ),
        world(),
    )
    assert said.troubles == {
        (2, 6, kinds.MORE_PRESENT),
        (5, 5, kinds.NOT_A_NUMBER),
        (5, 6, kinds.NOT_WHOLE),
        (6, 5, kinds.NEGATIVE),
        (6, 6, kinds.NOT_A_NUMBER),
    }


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("王明、何合计", {"N5", "N6"}), ("王明，张伟；合", {"N5", "N1", "N7"}),
        ("王明 何合计", {"N5", "N6"}),
        ("王　明", {"N5"}), ("王　明、何合计", {"N5", "N6"}),
        ("王明（病假）、何合计(出差)", {"N5", "N6"}),
        ("王明\n何合计", {"N5", "N6"}), ("阿卜杜拉·买买提、王明", {"N9", "N5"}), ("无", set()),
        ("——", set()),
        ("王明。", {"N5"}), ("N5,N6", {"N5", "N6"}),
    ],
)  # fmt: skip
def test_names_of_the_absent(cell: str, codes: set[str]) -> None:
    said = read(sheet(HEAD, row(absent=cell)), world())
    assert not said.troubles
    assert said.drafts(2)[0].attendance == tuple((code, "absent") for code in sorted(codes))


def test_names_that_nobody_has() -> None:
    said = read(
        sheet(HEAD, row(absent="王明、没有人"), row(leave="刘洋", topic="二"),
              row(leave=2, topic="三"),
              row(leave="共3人", topic="四")),
        world(),
    )  # fmt: skip
    assert said.troubles == {
        (2, 8, kinds.MEMBER_UNKNOWN),
        (3, 7, kinds.MEMBER_AMBIGUOUS),
        (4, 7, kinds.COUNT_NOT_NAMES),
        (5, 7, kinds.COUNT_NOT_NAMES),
    }
    assert not said.readings[4].stopped


def test_what_is_not_understood_is_not_the_same() -> None:
    """Two lines whose days cannot be read are not one meeting told twice."""
    said = read(
        sheet(HEAD, row(held_on="上周三", led_by="甲"), row(held_on="下周四", led_by="乙")), world()
    )
    assert {kind for _, _, kind in said.troubles} == {kinds.NOT_A_DATE}


def test_the_same_meeting_twice() -> None:
    said = read(
        sheet(HEAD, row(expected=3), row(expected=3), row(expected=4), row(topic="另一个")), world()
    )
    assert said.troubles == {(3, None, kinds.REPEATED), (4, 2, kinds.CONTRADICTS_ROW)}


def test_long_book() -> None:
    """Three hundred meetings of sixty branches, by name, with a fault in every tenth."""
    branches = [one for one in world().organizations.values() if one.kind == "branch"][:54]
    head = ("党支部名称", "日期", "类型", "议题", "应到", "实到")
    rows: list[tuple[Cell, ...]] = [TITLE, head]
    for n in range(300):
        seen = 9 if n % 10 else 11
        rows.append((branches[n % 54].name, f"1月{n % 28 + 1}日", "党员大会", f"议题{n}", 10, seen))
    rows.append(("合计", None, None, "300次", 3000, 2760))
    said = read(sheet(*rows), world("GW"))
    assert said.troubles == {(n, 5, kinds.MORE_PRESENT) for n in range(3, 303, 10)}
    assert said.readings[303].sort == "skipped"
