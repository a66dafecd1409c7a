"""Lines that repeat each other: what was understood further up is understood alike further down."""

from __future__ import annotations

from jinwei.books import kinds
from jinwei.books.grid import Cell
from jinwei.books.known import Known

from .sheets import read, sheet
from .worlds import world

HEAD: tuple[Cell, ...] = ("姓名", "月份", "实缴党费（元）", "备注")


def test_equal_cells_of_two_kinds_are_two() -> None:
    """To Python 1, 1.0 and True are one key."""
    rows = [("王明", f"2026-0{at}", cell) for at, cell in enumerate((1, True, 1.0, "1", 1), 1)]
    said = read(sheet(HEAD, *rows), world())
    assert said.troubles == {(3, 2, kinds.NOT_AN_AMOUNT)}
    assert {line: said.values(line)["paid"] for line in (2, 4, 5, 6)} == dict.fromkeys(
        (2, 4, 5, 6), 100
    )


def test_what_is_wrong_or_asked_is_so_on_every_line() -> None:
    rows = [("王明", "3月", "没交"), ("何合计", "3月", "没交"), ("合", "3月", 5)]
    said = read(sheet(HEAD, *rows), world())
    assert {t for t in said.troubles if t[1] == 2} == {
        (line, 2, kinds.NOT_AN_AMOUNT) for line in (2, 3)
    }
    assert said.asked == {"year": 3}


def test_whoever_is_named_on_many_lines_is_the_same() -> None:
    rows = [("王明", f"2026-{at:02}", 5) for at in range(1, 13)]
    said = read(sheet(HEAD, *rows, ("张三丰", "2026-01", 5), ("张三丰", "2026-02", 5)), world())
    assert {said.values(line)["member"] for line in range(2, 14)} == {"N5"}
    assert said.troubles == {(line, 0, kinds.MEMBER_UNKNOWN) for line in (14, 15)}


def test_no_more_is_remembered_than_fits() -> None:
    known: Known[int, int] = Known()
    for number in range(10_000):
        known.put(number, number)
    assert len(known) <= 4096
    assert known[9_999] == 9_999
