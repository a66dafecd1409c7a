"""What a template shows: its cells, where its table begins, and which source fits it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from .mapping import Mapping as Kept

_BRACKETS: Final = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_SIGNS: Final = re.compile(r"[\s*＊:：、，,/／.．]+")
_SHOWN_ROWS, _SHOWN_COLUMNS = 30, 40
_MOST_READY: Final = 500
_SAME: Final = (
    ("姓名", "党员姓名", "名字"),
    ("公民身份号码", "身份证号", "身份证号码", "居民身份证号码"),
    ("手机号码", "手机", "手机号", "联系电话", "电话", "联系方式"),
    ("出生年月", "出生日期", "出生年月日", "出生时间"),
    ("入党时间", "入党日期", "加入党组织日期", "入党年月"),
    ("转正时间", "转正日期", "转为正式党员日期"),
    ("所在支部", "所在党支部", "党支部", "支部", "所属支部", "所在党组织", "组织", "党组织"),
    ("职务", "党内职务"),
    ("学历", "文化程度"),
    ("状态", "党员状态", "党员类别", "人员类别"),
    ("组织名称", "党组织名称", "名称", "支部名称"),
    ("上级组织", "上级党组织", "上级", "隶属关系"),
    ("类别", "组织类别", "党组织类别"),
    ("党员数", "党员人数", "党员总数"),
    ("书记", "党组织书记", "支部书记", "书记姓名"),
    ("成立日期", "成立时间"),
    ("届满日期", "届满时间", "任期届满时间"),
    ("日期", "时间", "会议日期", "会议时间", "召开时间", "召开日期"),
    ("类型", "会议类型", "会议类别"),
    ("议题", "会议议题", "会议主题", "主题", "内容", "会议内容"),
    ("主持/主讲人", "主持人", "主讲人", "主持"),
    ("应到", "应到人数"),
    ("实到", "实到人数", "参加人数", "到会人数"),
    ("缺席人员", "缺席", "缺席人员及原因", "缺席情况"),
    ("序号", "编号", "No"),
)
"""Headings that mean the same; the first is that of the books."""


@dataclass(frozen=True, slots=True)
class Look:
    """A sheet of a template: the texts of its first rows by address, and its letters."""

    sheet: str
    letters: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def plain(text: object) -> str:
    """A heading as it is compared: without blanks, signs, and what stands in brackets."""
    bare = _SIGNS.sub("", _BRACKETS.sub("", str(text or "")))
    return _MEANT.get(bare, bare)


_MEANT: Final = {
    _SIGNS.sub("", word): _SIGNS.sub("", words[0]) for words in _SAME for word in words
}


def look(sheet: Any) -> Look:
    """The cells of a sheet as people see them."""
    letter: Any = import_module("openpyxl.utils").get_column_letter
    last = min(sheet.max_column, _SHOWN_COLUMNS)
    rows = sheet.iter_rows(max_row=min(sheet.max_row, _SHOWN_ROWS), max_col=last, values_only=True)
    return Look(
        sheet.title,
        tuple(letter(at) for at in range(1, last + 1)),
        tuple((at, tuple(_text(v) for v in row)) for at, row in enumerate(rows, 1)),
    )


def proposed(shown: Look, sheet: Any, sources: Mapping[str, Sequence[str]]) -> tuple[str, Kept]:
    """The source that fits most headings of one row, and what that makes of the columns."""
    best, found = (0, 0, ""), None
    for name, headings in sources.items():
        for at, texts in shown.rows:
            fits = len({plain(text) for text in texts if text} & {plain(h) for h in headings})
            if fits > best[0]:
                best, found = (fits, at, name), headings
    if found is None:
        return "", table_at(shown, sheet, _last_text_row(shown) + 1, ())
    return best[2], table_at(shown, sheet, best[1] + 1, found)


def table_at(shown: Look, sheet: Any, first: int, headings: Sequence[str]) -> Kept:
    """The table whose rows begin in a row, its columns named after the headings above it."""
    above = _headings_above(shown, sheet, first)
    by_word = {plain(heading): heading for heading in reversed(headings)}
    columns = {
        letter: by_word[plain(text)] for letter, text in above.items() if plain(text) in by_word
    }
    return Kept(shown.sheet, first, ready(sheet, first), columns, {}, tuple(above))


def ready(sheet: Any, first: int) -> int:
    """How many empty rows stand ready from one on; one where the next row says something."""
    at = first
    last = min(sheet.max_row, first + _MOST_READY)
    while at <= last and not _says(sheet, at):
        at += 1
    return max(1, at - first)


def _says(sheet: Any, row: int) -> bool:
    """Whether a row holds more than its running number."""
    cells = [cell.value for cell in sheet[row] if cell.value not in (None, "")]
    return any(not str(value).strip().isdecimal() for value in cells)


def _headings_above(shown: Look, sheet: Any, first: int) -> dict[str, str]:
    """What stands right above the table in each column, a merged heading for all it covers."""
    found: dict[str, str] = {}
    for at, letter in enumerate(shown.letters, 1):
        for row in (first - 1, first - 2):
            text = _text(sheet.cell(row, at).value) if row > 0 else ""
            if text and not _wide(sheet, row, at):
                found[letter] = text
                break
    return found


def _wide(sheet: Any, row: int, column: int) -> bool:
    """Whether a cell is a title that goes across several columns."""
    return any(
        merged.min_row <= row <= merged.max_row
        and merged.min_col <= column <= merged.max_col
        and merged.max_col > merged.min_col
        for merged in sheet.merged_cells.ranges
    )


def _last_text_row(shown: Look) -> int:
    return max((at for at, texts in shown.rows if any(texts)), default=1)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def kept_columns(given: Iterable[tuple[str, str]], allowed: Sequence[str]) -> dict[str, str]:
    """What was chosen for the columns; what the source does not have is left out."""
    return {letter: heading for letter, heading in given if heading in allowed}
