"""Where a table begins and ends, what its columns are, what is hidden or stands outside."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from jinwei.books import kinds
from jinwei.books.grid import Cell, Merge
from jinwei.books.plan import Plan
from jinwei.books.reading import propose
from jinwei.books.shelf import BOOKS

from .sheets import read, sheet
from .worlds import number_of, world

ENGLISH = {
    "Code": "P1", "Name": "Maria Li", "Sex": "female", "Birth on": "1990-01-01", "Status": "full",
    "Joined on": "2015-07-01", "ORGANIZATION": "C001", "Mobile": "no", "Phone": "13800138000",
}  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_english_headings_in_any_order(seed: int) -> None:
    heads = list(ENGLISH)
    random.Random(seed).shuffle(heads)
    said = read(sheet(heads, [ENGLISH[head] for head in heads]), world())
    assert said.plan.book == "member"
    assert not said.troubles
    assert said.values(2) == {
        "code": "P1", "name": "Maria Li", "sex": "女", "birth_on": "1990-01-01", "status": "full",
        "joined_on": "2015-07-01", "organization": "C001", "mobile": False, "phone": "13800138000",
    }  # fmt: skip


@pytest.mark.parametrize("book", [b for b in BOOKS if b not in ("dues_by_month", "admissions")])
@pytest.mark.parametrize("english", [False, True])
def test_a_table_with_its_own_headings_is_known(book: str, english: bool) -> None:
    targets = [t for t in BOOKS[book].targets if t.column is not None]
    heads = [t.name if english else t.heading for t in targets]
    plan = propose(sheet(heads, ["x"] * len(heads)), book)
    assert plan is not None
    assert [c.target for c in plan.columns.values()] == [t.name for t in targets]
    assert all(c.sure for c in plan.columns.values())
    alone = propose(sheet(heads, ["x"] * len(heads), name=book))
    assert alone is not None
    assert BOOKS[alone.book].table == BOOKS[book].table


@pytest.mark.parametrize(
    "word",
    [
        "所在支部",
        "党支部",
        "组织名称",
        "所属党组织",
        "所在党支部（全称）",
        "支 部 名 称",
        "＊所在支部",
    ],
)
def test_synonyms(word: str) -> None:
    said = read(
        sheet(("姓 名", word, "人员类别"), ("赵新", "天津路街道第一党支部", "正式")), world("GW")
    )
    assert not said.troubles
    assert said.values(2)["organization"] == "C001"


def test_headings_that_are_almost_known_are_to_be_looked_at() -> None:
    plan = propose(
        sheet(("姓名", "性别", "民族", "入党的时间", "手机号码一", "星座"), ("赵新", "男"))
    )
    assert plan is not None
    found = [(c.target, c.sure) for c in plan.columns.values()]
    assert found == [
        ("name", True), ("sex", True), ("ethnicity", True), ("joined_on", False), ("phone", False),
        ("", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        [("随便写写",), ("没有表",)],
        [(1, 2, 3), (4, 5, 6)],
        [("甲", "乙", "丙"), (1, 2, 3)],
        [],
        [(None, None), ("　",)],
    ],
)
def test_what_is_no_table(rows: list[tuple[Cell, ...]]) -> None:
    assert propose(sheet(*rows)) is None


def test_a_plan_is_kept_as_it_was() -> None:
    plan = propose(sheet(("2026年党员名册",), ("姓名", "性别", "民族", "星座")))
    assert plan is not None
    assert Plan.from_json(plan.to_json()) == plan


ROSTER = ("姓名", "性别", "人员类别", "联系电话")


@pytest.mark.parametrize(
    ("answer", "sort"), [(None, "row"), ("import", "row"), ("skip", "skipped")]
)
def test_hidden_rows(answer: str | None, sort: str) -> None:
    grid = sheet(ROSTER, ("赵新", "男", "正式"), ("钱新", "女", "正式"), hidden_rows=frozenset({3}))
    said = read(grid, world(), {"hidden-rows": answer} if answer else {})
    assert said.readings[2].sort == "row"
    assert said.readings[3].sort == sort
    assert said.readings[3].stopped == (answer is None)
    assert said.asked == {"hidden-rows": 1}
    assert said.troubles == ({(3, None, kinds.HIDDEN)} if answer is None else set())


@pytest.mark.parametrize(("answer", "phone"), [(None, "138"), ("import", "138"), ("skip", None)])
def test_hidden_columns(answer: str | None, phone: str | None) -> None:
    grid = sheet(ROSTER, ("赵新", "男", "正式", 138), hidden_columns=frozenset({3}))
    said = read(grid, world(), {"hidden-column:D": answer} if answer else {})
    assert not said.troubles
    assert said.values(2).get("phone") == phone
    assert said.asked == {"hidden-column:D": 1}
    assert said.questions[0].proposed == "import"


@pytest.mark.parametrize(
    ("answer", "sort"), [(None, "row"), ("import", "row"), ("skip", "skipped")]
)
def test_rows_below_the_foot(answer: str | None, sort: str) -> None:
    grid = sheet(ROSTER, ("赵新", "男", "正式"), ("合计", "1人"), (), ("钱新", "女", "正式"))
    said = read(grid, world(), {"after-foot": answer} if answer else {})
    assert said.readings[3].sort == "skipped"
    assert said.readings[5].sort == sort
    assert said.troubles == ({(5, None, kinds.AFTER_FOOT)} if answer is None else set())


def test_a_subtotal_does_not_end_the_table() -> None:
    said = read(
        sheet(
            ROSTER,
            ("赵新", "男", "正式"),
            ("小计", "1人"),
            ("第一党支部合计", "1人"),
            ("本页合计", 1),
            ("钱新", "女", "正式"),
            ("注：下页续", None, None),
            ("孙新", "女", "正式"),
        ),
        world(),
    )
    assert not said.troubles
    assert [n for n, r in said.readings.items() if r.sort == "row"] == [2, 6, 8]


def test_cells_beyond_the_table() -> None:
    said = read(
        sheet(
            ROSTER, ("赵新", "男", "正式", None, None, "多出来的"), ("钱新", "女", "正式", 138, "—")
        ),
        world(),
    )
    assert said.troubles == {(2, 5, kinds.BEYOND)}
    assert not said.readings[2].stopped


def test_cells_merged_down_a_column() -> None:
    said = read(
        sheet(
            ("所在支部", "序号", "姓名", "人员类别"),
            ("天津路街道第一党支部", 1, "赵新", "正式"),
            (None, 2, "钱新", "预备"),
            (None, 3, None, None),
            ("天津路街道第二党支部", 4, "孙新", "正式"),
            (None, 5, "李新", "正式"),
            (None, 6, "周新", "正式"),
            merges=[Merge(2, 0, 4, 0), Merge(5, 0, 6, 0)],
        ),
        world("C1"),
    )
    assert not said.troubles
    homes = {n: said.values(n)["organization"] for n in (2, 3, 5, 6, 7)}
    assert homes == {2: "C001", 3: "C001", 5: "C002", 6: "C002", 7: "C1"}
    assert said.readings[4].sort == "skipped", "a line that was numbered beforehand"


def test_the_name_of_a_branch_above_its_members_is_nobody() -> None:
    said = read(sheet(ROSTER, ("天津路街道第一党支部",), ("赵新", "男", "正式")), world())
    assert (2, 0, kinds.NOT_A_NAME) in said.troubles


def test_a_line_without_anything_to_import_is_told() -> None:
    said = read(sheet(("序号", *ROSTER, "备注"), (1, None, None, None, None, "待补")), world())
    assert said.troubles == {(2, None, kinds.NOTHING)}
    assert said.readings[2].sort == "skipped"


# --- rosters: what is asked ----------------------------------------------------------------------


def test_status_is_asked_once_where_a_roster_has_none() -> None:
    grid = sheet(("姓名", "性别"), ("赵新", "男"), ("钱新", "女"))
    said = read(grid, world())
    assert said.asked == {"status": 2}
    assert read(grid, world(), {"status": "full"}).values(2)["status"] == "full"
    assert read(grid, world(), {"status": "skip"}).readings[2].sort == "skipped"


def test_somebody_who_is_known_keeps_the_status() -> None:
    grid = sheet(("姓名", "出生日期", "电话"), ("王明", "1974-01-01", 13800138000))
    said = read(grid, world())
    assert not said.troubles
    assert "status" not in said.values(2)


@pytest.mark.parametrize(("answer", "code"), [(None, None), ("same", "N5"), ("import", "")])
def test_namesakes_in_a_branch_are_asked_about(answer: str | None, code: str | None) -> None:
    grid = sheet(("姓名", "性别", "人员类别"), ("王 明", "男", "正式"))
    said = read(grid, world(), {"namesake": answer} if answer else {})
    if code is None:
        assert said.troubles == {(2, 0, kinds.NAMESAKE)}
    else:
        assert not said.troubles
        assert said.values(2).get("code", "") == code


def test_namesakes_that_are_told_apart_are_not() -> None:
    said = read(
        sheet(
            ("姓名", "所在支部", "出生日期", "人员类别"),
            ("王明", "C001", "1980-01-01", "正式"),
            ("王明", "C002", None, "正式"),
            ("王明", "C001", "1974-01-01", "正式"),
        ),
        world(),
    )
    assert not said.troubles


@pytest.mark.parametrize(
    ("answer", "value"), [("first", "1998-07-01"), ("empty", None), ("skip", "skipped")]
)
def test_days_that_are_none(answer: str, value: str | None) -> None:
    grid = sheet(
        ("姓名", "人员类别", "入党时间"), ("赵新", "正式", "1998.07"), ("钱新", "正式", "1999.10")
    )
    assert read(grid, world()).asked == {"no-day:joined_on": 2}
    said = read(grid, world(), {"no-day:joined_on": answer})
    assert not said.troubles
    if value == "skipped":
        assert said.readings[2].sort == value
    else:
        assert said.values(2).get("joined_on") == value


def test_the_day_of_a_birth_is_in_the_number() -> None:
    number = number_of(dt.date(1980, 7, 15), 123)
    said = read(
        sheet(
            ("姓名", "人员类别", "出生年月", "身份证号"),
            ("赵新", "正式", "1980.07", number),
            ("钱新", "正式", "1980.08", number[:-1] + "?"),
            ("孙新", "正式", "1980.08", None),
        ),
        world(),
    )
    assert said.troubles == {(3, 3, kinds.ID_FORM), (4, 2, kinds.NO_DAY)}
    assert said.values(2)["birth_on"] == "1980-07-15"
