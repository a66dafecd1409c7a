"""Lines that are no rows: totals, signatures, notes, the day a table was filled in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .cells import is_blank
from .days import Bad, day
from .folding import folded
from .grid import Cell, Line

_WORD: Final = "(?:合计|总计|小计|共计|累计|总数|总人数)"
_GROUP: Final = "(?:支部|党委|总支|党组|工委|小组|单位|街道|社区|本?页|[月年季]度?|全部|党员|人数?)"
_TOTAL: Final = re.compile(
    rf"(?:本页|以上|.*{_GROUP})?{_WORD}(?:[:：(].*|\d.*|人数?.*|金额.*)?|共有?\d+[人名条项].*"
)
_WHOSE: Final = (
    "填表|制表|填报|审核|复核|经办|负责|签字|签名|盖章|支部书记|书记|主管|统计|联系|报送|审批"
    "|会计|出纳|收款|监督|记录"
)
_OF_IT: Final = "人|单位|日期|时间|负责人|意见|电话|员"
_SIGN: Final = "签字|签名|盖章|签章"
_SIGNED: Final = re.compile(
    rf"(?:{_WHOSE}|{_SIGN})(?:{_OF_IT})*(?:{_SIGN}|\((?:{_SIGN})\))?:.*|.*\((?:{_SIGN})\).*"
)
_NOTE: Final = re.compile(r"(?:备注|说明|注|附注|填表说明|填报说明)[\d一二三]*[:.、].*")
_FURTHER: Final = re.compile(r"\d{1,2}[.、)].+|.+[。;]")
"""A note that goes on below the foot."""
_FIGURE: Final = re.compile(r"\D{0,6}[\d,.]+[元人名次票%]*.{0,4}")
"""“其中预备2人”, “25.50元”."""
_IDENTITY: Final = re.compile(r"\d{15}|\d{17}[\dxX]")
_LONG: Final = 8


def foot(line: Line, names: frozenset[int], below: bool = False) -> bool:
    """Whether a line is a total, a signature or a note. ``names``: the columns that name a person
    or an organization; ``below``: the table has ended further up.

    A person called 合 something is a row: a total says nothing else about whom it is.
    """
    at, cell = _first(line)
    if not isinstance(cell, str):
        return False
    first = folded(cell)
    if _is_remark(first):
        return _only_remarks(_said(line, at), names)
    if at not in names and _is_alone(line, at, first, below):
        return True
    return _is_total(first) and all(_counts(c) for _, c in _said(line, at + 1))


def _is_alone(line: Line, at: int, first: str, below: bool) -> bool:
    """Whether a line says nothing but a day, or goes on with the notes."""
    if len(_said(line, at)) > 1:
        return False
    if not isinstance(day(first), Bad):
        return True
    return below and len(first) >= _LONG and bool(_FURTHER.fullmatch(first))


def ends_table(line: Line) -> bool:
    """Whether a line of the foot ends the table: a subtotal or a note does not."""
    first = next((folded(str(c)) for c in line.cells if isinstance(c, str) and c.strip()), "")
    return bool(_SIGNED.fullmatch(first)) or first.startswith(("合计", "总计", "共计"))


def _first(line: Line) -> tuple[int, Cell]:
    """The first cell that says something, after the number of the row if others follow."""
    numbered: tuple[int, Cell] = (0, None)
    for at, cell in enumerate(line.cells):
        if cell is None or is_blank(cell):
            continue
        if numbered[1] is not None or not str(cell).strip().isdecimal():
            return at, cell
        numbered = at, cell
    return numbered


def _said(line: Line, start: int) -> list[tuple[int, Cell]]:
    """Cells that say something, from a column on."""
    return [(at, c) for at, c in enumerate(line.cells) if at >= start and not is_blank(c)]


@lru_cache(maxsize=4096)
def _is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(text))


@lru_cache(maxsize=4096)
def _is_remark(text: str) -> bool:
    return bool(_NOTE.fullmatch(text) or _SIGNED.fullmatch(text))


def _only_remarks(said: list[tuple[int, Cell]], names: frozenset[int]) -> bool:
    """Whether every name stands behind a “填表人：” or in it."""
    left_open = False
    for at, cell in said:
        remark = isinstance(cell, str) and _is_remark(folded(cell))
        if at in names and not remark and not left_open:
            return False
        left_open = remark and folded(str(cell)).endswith(":")
    return True


def _counts(cell: Cell) -> bool:
    """Whether a cell may stand in a line of totals: a figure, no identity, no date."""
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float):
        return True
    text = folded(str(cell))
    if _IDENTITY.fullmatch(text) or not isinstance(cell, str):
        return False
    return bool(
        _TOTAL.fullmatch(text) or re.fullmatch(r"[^\d]{0,6}[¥￥]?[\d,.]+[元人名次票%]*.{0,4}", text)
    )
