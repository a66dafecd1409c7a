"""Terms, posts, training, service, appraisal, admissions, points: the other books of an office."""

from __future__ import annotations

import pytest

from jinwei.books import kinds
from jinwei.books.grid import Cell

from .sheets import read, sheet
from .worlds import world


def test_terms() -> None:
    said = read(
        sheet(
            ("党组织换届台账",),
            ("支部名称", "届期起", "届期止", "换届时间", "实际届满时间"),
            ("天津路街道第一党支部", "2018-03-01", "2021-03-01", "2018.3.1", None),
            ("天津路街道第一党支部", "2021-03-01", "2024-03-01", "2021-03-01", "2023-12-31"),
            ("天津路街道第一党支部", "2023-12-31", "2026-12-31", None, None),
            ("天津路街道第二党支部", "2018-03-01", "2021-03-01", None, None),
            ("天津路街道第二党支部", "2021-02-01", "2024-02-01", None, None),
            ("天津路街道第三党支部", "2021-02-01", "2020-02-01", None, None),
            ("天津路街道第四党支部", "2018-01-01", None, None, None),
            ("天津路街道第四党支部", "2021-01-01", None, None, None),
            ("天津路街道第五党支部", "2021-01-01", "2024-01-01", "2026-04-01", None),
        ),
        world("GW"),
    )
    assert said.plan.book == "term"
    assert said.troubles == {
        (7, 1, kinds.TERM_OVERLAPS),
        (8, 2, kinds.END_BEFORE_BEGINNING),
        (11, 3, kinds.IN_THE_FUTURE),
    }


def test_posts() -> None:
    grid = sheet(
        ("支部", "姓名", "党内职务", "任职时间", "免职时间", "是否专职"),
        ("C001", "王明", "支部书记", "2024-01-01", None, "是"),
        ("C0", "王明", "委员", "2024-01-01", None, "否"),
        ("C001", "外来人", "第一书记", "2024-01-01", None, "√"),
        ("C002", "外来人", "第一书记", "2024-01-01", None, "√"),
        ("C001", "李静", "书记", "2024-01-01", None, None),
        ("C001", "刘洋", "书记", "2024-01-01", None, None),
        ("C001", "王明", "书记", "2024-01-01", "2023-01-01", None),
        ("C001", "何合计", "村主任", "2024-01-01", None, "也许"),
        ("C001", None, "书记", "2024-01-01", None, None),
    )
    said = read(grid, world("GW"))
    assert said.plan.book == "post"
    assert (
        said.troubles
        == {
            (4, 1, kinds.NOT_A_MEMBER),
            (5, 1, kinds.NOT_A_MEMBER),
            (6, 1, kinds.MEMBER_MEANT),
            (7, 1, kinds.MEMBER_AMBIGUOUS),
            (8, 1, kinds.CONTRADICTS_ROW),
            (8, 4, kinds.END_BEFORE_BEGINNING),
            (9, 2, kinds.UNKNOWN_KIND),
            (9, 5, kinds.NOT_A_BOOLEAN),
            (10, 1, kinds.MISSING),
        }
        or said.troubles
    )  # see the lines below
    assert said.values(3)["member"] == "N5"
    assert said.asked == {"outside:外来人": 2, "kind:post:村主任": 1}
    assert read(grid, world("GW"), {"outside:外来人": "import"}).values(4)["member"] == "外来人"
    said = read(grid, world("GW"), {"outside:外来人": "skip"})
    assert said.readings[4].sort == said.readings[5].sort == "skipped"


@pytest.mark.parametrize(
    ("title", "head", "row", "book", "values"),
    [
        (
            "2026年教育培训台账",
            ("姓名", "培训时间", "培训学时", "培训内容"),
            ("王明", "3月1日", "8学时", "党章"),
            "training",
            {"held_on": "2026-03-01", "hours": 800, "kind": "党章"},
        ),
        (
            "2026年志愿服务台账",
            ("党员姓名", "服务日期", "服务时长（小时）", "服务内容"),
            ("王明", "2026.3.1", 1.5, "清扫"),
            "service",
            {"held_on": "2026-03-01", "hours": 150, "kind": "清扫"},
        ),
        (
            "2025年度民主评议党员结果",
            ("序号", "姓名", "评议时间", "评议等次"),
            (1, "王明", "2026年1月20日", "优秀"),
            "appraisal",
            {"held_on": "2026-01-20", "grade": "excellent"},
        ),
        (
            "2026年党员积分台账",
            ("姓名", "积分项目", "分值", "积分日期", "考评员"),
            ("王明", "参加组织生活", "5分", "2026-03-01", "李静"),
            "points",
            {
                "standard": "member-points", "indicator": "参加组织生活", "points": 500,
                "judged_on": "2026-03-01", "judge": "李静",
            },
        ),
    ],
)  # fmt: skip
def test_entries_of_a_member(
    title: str, head: tuple[Cell, ...], row: tuple[Cell, ...], book: str, values: dict[str, object]
) -> None:
    said = read(sheet((title,), head, row), world())
    assert said.plan.book == book
    assert not said.troubles
    assert said.values(3) == {"member": "N5", "organization": "C001", **values}


def test_long_training_book() -> None:
    """Three hundred entries; every twelfth names hours that are none."""
    members = [one for one in world().members.values() if one.code.startswith("M")][:300]
    rows: list[tuple[Cell, ...]] = [("姓名", "日期", "学时", "类型")]
    rows += [
        (one.name, "2026-03-01", "半天" if n % 12 == 0 else 4, "集中培训")
        for n, one in enumerate(members)
    ]
    said = read(sheet(*rows), world("GW"), book="training")
    assert said.troubles == {(n, 2, kinds.NOT_A_NUMBER) for n in range(2, 302, 12)}


def test_admissions() -> None:
    said = read(
        sheet(
            ("发展党员工作台账",),
            (
                "序号",
                "姓名",
                "所在支部",
                "递交申请书时间",
                "预计接收时间",
                "接收预备党员时间",
                "结果",
            ),
            (1, "赵新", "C001", "2024-05-01", "2026-06-01", None, "积极分子"),
            (2, "陈预", "C001", "2023.05.01", None, "2025-07-01", "已接收"),
            (3, "王明", "C001", "2024-05-01", None, None, None),
            (4, None, "C001", "2024-05-01", None, None, None),
            (5, "钱新", "C001", "2024-05-01", None, "2023-05-01", None),
            (6, "孙新", "C001", "2027-05-01", None, None, None),
            (7, "赵新", "C001", "2024-05-02", None, None, None),
            (8, "李新", "C001", None, None, None, None),
        ),
        world(),
    )
    assert said.plan.book == "admissions"
    assert said.troubles == {
        (6, 1, kinds.NAME_MISSING),
        (7, 5, kinds.END_BEFORE_BEGINNING),
        (8, 3, kinds.IN_THE_FUTURE),
        (9, 1, kinds.CONTRADICTS_ROW),
        (10, 3, kinds.MISSING),
    }
    assert said.values(4)["member"] == "N10"
    assert "member" not in said.values(5), "a full member of the name is somebody else"
    assert said.values(3)["procedure"] == "admission"
