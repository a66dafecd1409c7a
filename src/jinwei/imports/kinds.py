"""What only the database knows of a row: said like the troubles of :mod:`jinwei.books.kinds`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jinwei.books import kinds
from jinwei.books.files import refusals as files

NOT_YOURS: Final = "not-yours"
REFERENCE_UNKNOWN: Final = "reference-unknown"
ROW_WITHDRAWN: Final = "row-withdrawn"
CODE_TAKEN: Final = "code-taken"
ID_TAKEN: Final = "id-taken"
ID_ELSEWHERE: Final = "id-elsewhere"
TERM_STANDS: Final = "term-stands"
POST_STANDS: Final = "post-stands"
DUES_ELSEWHERE: Final = "dues-elsewhere"
ENDS_BEFORE: Final = "ends-before"

KINDS: Final[dict[str, tuple[str, str]]] = {
    NOT_YOURS: (
        "这一行属于“{organization}”，您不能在那里录入。请由那里的人导入，或删去这一行。",
        (
            "This row belongs to “{organization}”, where you may not enter anything. Let somebody"
            " there import it, or delete the row."
        ),
    ),
    REFERENCE_UNKNOWN: (
        "系统里没有“{found}”，这份文件里也没有可以导入的这一行。请先改正它所指的那一行。",
        (
            "Neither the product nor a good row of this file has “{found}”. Correct the row it"
            " refers to first."
        ),
    ),
    ROW_WITHDRAWN: (
        "“{found}”这条记录已被撤回。请先恢复它，或换一个编号。",
        "The record “{found}” was withdrawn. Restore it first, or use another code.",
    ),
    CODE_TAKEN: (
        "编号“{found}”已由您看不到的一条记录使用。请换一个编号。",
        "A record that you cannot see has the code “{found}”. Use another code.",
    ),
    ID_TAKEN: (
        "这个身份号码是党员“{holder}”的。请核对是不是同一个人；是就改用同一个编号。",
        (
            "This identity number is that of the member “{holder}”. Check whether it is the same"
            " person; if so, use the same code."
        ),
    ),
    ID_ELSEWHERE: (
        "这个身份号码已登记在您看不到的组织。请通过上级党委办理转接。",
        (
            "This identity number is registered in an organization that you cannot see. Have the"
            " superior committee transfer the member."
        ),
    ),
    TERM_STANDS: (
        "与已登记的届期（{first} 至 {last}）重叠。请核对起止日期。",
        "This overlaps a term on record ({first} to {last}). Check the days.",
    ),
    POST_STANDS: (
        "同一个人的同一职务已登记（{first} 至 {last}），两段时间重叠。请核对任免日期。",
        "The same person holds the same post already ({first} to {last}). Check the days.",
    ),
    DUES_ELSEWHERE: (
        "这名党员 {month} 的党费已登记在“{organization}”。请核对组织，或在那里更正。",
        (
            "The dues of this member for {month} are on record in “{organization}”. Check the"
            " organization, or correct them there."
        ),
    ),
    ENDS_BEFORE: (
        "与已登记的日期合起来，{end} 早于 {begin}。请补上或改正日期。",
        "With the days on record, {end} comes before {begin}. Fill in or correct the day.",
    ),
}
"""Sentences in Chinese and in English by id."""

REFUSALS: Final[dict[str, tuple[str, str]]] = {
    "no-table": (
        "文件里没有可以导入的表格。",
        "The file holds no table that can be imported.",
    ),
    "stopped": (
        "已停止，写入到第 {line} 行。可以继续，或撤销这次导入。",
        "Stopped; lines up to {line} are written. Go on, or undo the import.",
    ),
    "account-gone": (
        "导入的账号已停用，没有写入。",
        "The account that imports is no longer in use; nothing more was written.",
    ),
    "cycle": (
        "导入后组织会互为上级（{way}）。这一段没有写入，请改正上级后再导入。",
        (
            "Organizations would stand above each other ({way}). This part was not written; correct"
            " the superiors and import again."
        ),
    ),
    "key-missing": (
        "封存这份文件的密钥已不在，无法读取。请重新上传。",
        "The key that sealed this file is gone and it cannot be read. Upload it again.",
    ),
    "failed": (
        "处理中断（{error}）。已写入到第 {line} 行；可以再试，或撤销这次导入。",
        (
            "The work broke off ({error}). Lines up to {line} are written; try again, or undo the"
            " import."
        ),
    ),
}
"""Why a batch ended early, beside the refusals of opening a file."""


def sentence(id: str, facts: Mapping[str, str], *, english: bool = False) -> str:
    """What is said of a trouble, or of why a batch ended."""
    said = KINDS.get(id) or REFUSALS.get(id) or files.REFUSALS.get(id) or files.NOTES.get(id)
    if said is None:
        return kinds.sentence(id, facts, english=english)
    return said[1 if english else 0].format_map(_Facts(facts))


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
