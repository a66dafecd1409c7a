"""Whatever a sheet holds is read without raising, says all it says, and says the same again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinwei.books.grid import Cell, Error, Grid, Merge, Ruined, Unreckoned
from jinwei.books.layout import MONTH_OF, plan_of
from jinwei.books.plan import Column, Plan
from jinwei.books.reading import propose
from jinwei.books.shelf import BOOKS

from .sheets import read, sheet
from .worlds import number_of, world

WORLD = world()
FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

_WORDS = st.sampled_from(
    [
        "王明", "张伟", "C001", "天津路街道第一党支部", "老干部党支部", "合计", "小计", "填表人：",
        "注：一",
        "3月", "3/30", "1998.07", "2026-02-30", "2026年", "男", "汉", "是", "25.5元", "-1",
        "党课、主题党日",
        "正式", "TJ2", "甲党委", "乙党委", "无", "——", "寮犱笁", "???", "\x00", "\ud800", "９" * 30,
        "1e5",
        "110101199001011237", "11010119900101123x", "110101199001011000", "²", "①", "٣", "二十",
    ]
)  # fmt: skip
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    _WORDS,
    st.text(max_size=12),
    st.integers(-(10**20), 10**20),
    st.integers(0, 90_000),
    st.floats(),
    st.floats(1890, 2210),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.sampled_from([Error("#REF!"), Unreckoned("A1"), Ruined("110101199001011000")]),
)
_HEADS = st.sampled_from(
    sorted({word for book in BOOKS.values() for t in book.targets for word in t.words})
)


@st.composite
def grids(draw: st.DrawFn, heads: Sequence[Cell] | None = None) -> Grid:
    width = len(heads) if heads else draw(st.integers(1, 7))
    rows = draw(st.lists(st.lists(CELLS, max_size=width + 1), max_size=8))
    if heads:
        rows = [list(heads), *rows]
    elif draw(st.booleans()):
        rows.insert(0, draw(st.lists(_HEADS, min_size=width, max_size=width)))
    first = draw(st.integers(1, 9))
    merges = draw(
        st.lists(
            st.builds(
                Merge,
                st.just(first),
                st.integers(0, width),
                st.integers(first, first + 4),
                st.integers(0, width + 2),
            ),
            max_size=2,
        )
    )
    return sheet(
        *rows,
        name=draw(st.text(max_size=6)),
        merges=merges,
        hidden_rows=draw(st.frozensets(st.integers(1, 9), max_size=2)),
        hidden_columns=draw(st.frozensets(st.integers(0, 6), max_size=2)),
    )


@FEW
@given(grids())
def test_any_grid_is_proposed_and_read(grid: Grid) -> None:
    plan = propose(grid)
    if plan is not None:
        assert Plan.from_json(plan.to_json()) == plan
        assert read(grid, WORLD, plan=plan) == read(grid, WORLD, plan=plan)


@FEW
@given(st.data(), st.sampled_from(sorted(BOOKS)))
def test_any_rows_of_a_book_are_read(data: st.DataObject, book: str) -> None:
    names = [target.name for target in BOOKS[book].targets]
    heads = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=7, unique=True))
    grid = data.draw(grids(heads))
    columns = {at: Column(name, name) for at, name in enumerate(heads)}
    if BOOKS[book].months:
        columns[len(heads)] = Column("3月", f"{MONTH_OF}03")
    plan = Plan(book, (1, 1), columns, data.draw(st.sampled_from([None, 2026])))
    first = read(grid, WORLD, plan=plan)
    assert first == read(grid, WORLD, plan=plan)
    answers = {
        one.key: data.draw(st.sampled_from([value for value, _, _ in one.options]))
        for one in first.questions
    }
    answered = read(grid, WORLD, answers, plan=plan)
    asked = {t.question for r in answered.readings.values() for t in r.troubles if t.question}
    assert not asked & set(answers), "what was answered is settled"


@FEW
@given(st.dictionaries(st.integers(0, 9), st.text(max_size=8)), st.sampled_from(sorted(BOOKS)))
def test_any_headings_are_named(texts: dict[int, str], book: str) -> None:
    plan = plan_of(texts, BOOKS[book], (1, 1), 2026)
    assert set(plan.columns) == set(texts)
    found = [c.target for c in plan.columns.values() if c.target]
    assert len(found) == len(set(found))


# --- there and back -----------------------------------------------------------------------------

_DAYS = st.dates(dt.date(1950, 1, 1), dt.date(1975, 12, 31))
_LATER = st.dates(dt.date(1995, 1, 1), dt.date(2026, 3, 31))
_WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


def _ways_of_a_day(day: dt.date) -> list[Cell]:
    serial = (day - dt.date(1899, 12, 30)).days
    return [
        day, dt.datetime(day.year, day.month, day.day, 8), day.isoformat(), serial, str(serial),
        float(serial), f"{day:%Y.%m.%d}", f"{day.year}.{day.month}.{day.day}", f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日", int(f"{day:%Y%m%d}"), f"{day:%Y%m%d}",
        f" {day.isoformat()} ", day.isoformat().translate(_WIDE), f"{day} 00:00:00",
    ]  # fmt: skip


def _ways_of_an_amount(cents: int) -> list[Cell]:
    plain = f"{cents // 100}.{cents % 100:02}"
    return [
        plain, cents / 100, f"￥{plain}", f"¥ {plain}", f"{plain}元", f"{cents / 100:,.2f}",
        plain.translate(_WIDE), f"人民币{plain}元整",
    ]  # fmt: skip


def _ways_of_a_name(name: str) -> list[Cell]:
    return [name, f" {name}", "　".join(name), f"{name[0]} {name[1:]}", f"{name}\u200b"]


@settings(max_examples=150, deadline=None)
@given(st.data(), _DAYS, _LATER, st.integers(1, 999), st.booleans())
def test_a_member_in_any_spelling_is_the_same(
    data: st.DataObject, born: dt.date, joined: dt.date, sequence: int, mobile: bool
) -> None:
    def way(ways: Sequence[Cell]) -> Cell:
        return data.draw(st.sampled_from(ways))

    number = number_of(born, sequence)
    heads = (
        "姓名",
        "民族",
        "出生日期",
        "身份证号",
        "所在支部",
        "入党时间",
        "党员状态",
        "是否流动党员",
    )
    row = (
        way(_ways_of_a_name("欧阳小明")),
        way(["汉", "汉族", " 汉 族"]),
        way([*_ways_of_a_day(born), f"{born:%Y.%m}", f"{born.year}年{born.month}月", None]),
        way([number, number.lower(), f"'{number}", f"{number[:6]} {number[6:14]} {number[14:]}"]),
        way(["C001", "ｃ００１", "天津路街道第一党支部", "中共天津路街道第一党支部委员会"]),
        way(_ways_of_a_day(joined)),
        way(["正式", "正式党员", "full", "党员", "中共党员"]),
        way(["是", "√", "有", "Y", True, 1] if mobile else ["否", "×", "无此", "N", False, 0]),
    )
    if row[7] == "无此":
        row = (*row[:7], "没有")
    said = read(sheet(heads, row), WORLD)
    assert not said.troubles
    assert said.values(2) == {
        "name": "欧阳小明", "ethnicity": "汉族", "birth_on": born.isoformat(), "id_number": number,
        "sex": "男" if sequence % 2 else "女", "organization": "C001", "status": "full",
        "joined_on": joined.isoformat(), "mobile": mobile,
    }  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.data(), st.integers(2000, 2030), st.integers(1, 12), st.integers(0, 10**7))
def test_dues_in_any_spelling_are_the_same(
    data: st.DataObject, year: int, month: int, cents: int
) -> None:
    months: list[Cell] = [
        f"{year}-{month:02}", f"{year}年{month}月", f"{year}.{month:02}", year * 100 + month,
        dt.date(year, month, 1), f"{month}月", f"{month}月份", month, f"{year}/{month}",
    ]  # fmt: skip
    row = (
        data.draw(st.sampled_from([*_ways_of_a_name("何合计"), "N6", "n6"])),
        data.draw(st.sampled_from(months)),
        data.draw(st.sampled_from(_ways_of_an_amount(cents))),
    )
    said = read(sheet((f"{year}年党费",), ("姓名", "月份", "实缴"), row), WORLD)
    assert not said.troubles
    assert said.values(3) == {
        "member": "N6", "organization": "C001", "month": f"{year}-{month:02}", "paid": cents,
    }  # fmt: skip
