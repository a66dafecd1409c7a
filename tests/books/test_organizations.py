"""Lists of organizations: superiors by name, circles, names that fit several, codes."""

from __future__ import annotations

import pytest

from jinwei.books import kinds
from jinwei.books.grid import Cell, Merge

from .sheets import read, sheet
from .worlds import world

HEAD: tuple[Cell, ...] = ("序号", "党组织名称", "上级党组织", "组织类别", "成立时间", "党组织编码")


def test_superiors_stand_anywhere_in_the_list() -> None:
    said = read(
        sheet(
            ("县委直属工委党组织情况一览表",),
            HEAD,
            (1, "新区第一党支部", "新区街道党委", "党支部", "2020.05.01", None),
            (2, "新区街道党委", "县委直属工委", "基层党委", "2019年7月1日", "XQ"),
            (3, "新区第二党支部", "xq", "支部委员会", None, "XQ02"),
            ("合计", "3个"),
        ),
        world("GW"),
    )
    assert said.plan.book == "organization"
    assert not said.troubles
    assert said.values(3) == {
        "code": "O000004", "name": "新区第一党支部", "parent": "XQ", "kind": "branch",
        "established_on": "2020-05-01",
    }  # fmt: skip
    assert said.values(4)["parent"] == "GW"
    assert said.values(5)["parent"] == "XQ"


def test_one_that_is_known_keeps_its_code() -> None:
    rows = (("天津路街道第一党支部", "天津路街道党委", "支部"), ("县直机关党委", None, "党委"))
    said = read(sheet(HEAD[1:4], *rows), world("GW"))
    assert not said.troubles
    assert [said.values(n)["code"] for n in (2, 3)] == ["C001", "C2"]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([("甲党委", "甲党委")], {2}),
        ([("甲党委", "乙党委"), ("乙党委", "甲党委")], {2, 3}),
        ([("甲", "乙"), ("乙", "丙"), ("丙", "甲"), ("丁", "甲")], {2, 3, 4}),
        ([("县委直属工委", "天津路街道党委")], {2}),
        ([("甲党委", "乙党委"), ("乙党委", "县委直属工委")], set()),
    ],
)  # fmt: skip
def test_circles(rows: list[tuple[str, str]], lines: set[int]) -> None:
    grid = sheet(HEAD[1:4], *[(*row, "党委") for row in rows])
    said = read(grid, world("GW"), {"organization-namesake": "same"})
    assert said.troubles == {(line, 1, kinds.CYCLE) for line in lines}


def test_superiors_that_nobody_can_tell() -> None:
    said = read(
        sheet(
            HEAD[1:4],
            ("甲党支部", "没有的党委会议", "支部"),
            ("乙党支部", "老干部党支部", "支部"),
            ("丙党支部", "TJ2", "支部"),
            ("丁党支部", "TJ02", "支部"),
            ("第一党支部", "天津路街道党委", "支部"),
            ("第一党支部", "和平里街道党委", "支部"),
            ("第一党小组", "第一党支部", "党小组"),
        ),
        world("GW"),
    )
    assert said.troubles == {
        (2, 1, kinds.ORGANIZATION_UNKNOWN),
        (3, 1, kinds.ORGANIZATION_AMBIGUOUS),
        (4, 1, kinds.ORGANIZATION_MEANT),
        (8, 1, kinds.ORGANIZATION_AMBIGUOUS),
    }
    assert next(t.repair for t in said.readings[4].troubles) == "TJ02"
    assert said.values(6)["code"] != said.values(7)["code"]


@pytest.mark.parametrize(
    ("answer", "code"), [(None, None), ("import", "O000003"), ("same", "C001")]
)
def test_a_name_known_elsewhere_is_asked_about(answer: str | None, code: str | None) -> None:
    grid = sheet(HEAD[1:4], ("天津路街道第一党支部", "县直机关党委", "支部"))
    said = read(grid, world("GW"), {"organization-namesake": answer} if answer else {})
    if code is None:
        assert said.troubles == {(2, 0, kinds.ORGANIZATION_NAMESAKE)}
        assert said.asked == {"organization-namesake": 1}
    else:
        assert not said.troubles
        assert said.values(2)["code"] == code


def test_superiors_merged_down_a_column() -> None:
    said = read(
        sheet(
            ("上级党组织", "党组织名称", "组织类别"),
            ("新区党委", "一支部委员会", "支部"),
            (None, "二支部委员会", "支部"),
            (None, "三支部委员会", "支部"),
            ("县委直属工委", "新区党委", "党委"),
            merges=[Merge(2, 0, 4, 0)],
        ),
        world("GW"),
    )
    assert not said.troubles
    assert {said.values(n)["parent"] for n in (2, 3, 4)} == {said.values(5)["code"]}


def test_the_same_again() -> None:
    said = read(
        sheet(
            HEAD[1:4],
            ("甲党支部", "县直机关党委", "支部"),
            ("甲党支部", "县直机关党委", "支部"),
            ("甲党支部", "县直机关党委", "总支"),
            ("甲党小组", "甲党支部", "党小组"),
            ("甲 党支部", "和平里街道党委", "班组"),
        ),
        world("GW"),
    )
    assert said.troubles == {
        (3, None, kinds.REPEATED),
        (4, 0, kinds.CONTRADICTS_ROW),
        (5, 1, kinds.ORGANIZATION_AMBIGUOUS),
        (6, 2, kinds.UNKNOWN_KIND),
    }


def test_long_list() -> None:
    """Three hundred branches below thirty committees that stand at the end."""
    rows: list[tuple[Cell, ...]] = [HEAD[1:4]]
    rows += [(f"镇{n}党支部", f"镇{n % 30}党委", "支部") for n in range(300)]
    rows += [(f"镇{n}党委", "县委直属工委", "党委") for n in range(30)]
    said = read(sheet(*rows), world("GW"))
    assert not said.troubles
    codes = {said.values(n)["name"]: said.values(n)["code"] for n in range(2, len(rows) + 1)}
    assert len(set(codes.values())) == 330
    assert all(said.values(n + 2)["parent"] == codes[f"镇{n % 30}党委"] for n in range(300))
