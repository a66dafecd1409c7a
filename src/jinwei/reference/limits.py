"""How large a document and its values may be, from the constants that refuse more."""

from __future__ import annotations

from typing import Final

from jinwei.engine.document import DEEPEST, MOST_VALUES
from jinwei.engine.faults import EN, ZH
from jinwei.engine.filters import MOST_LISTED
from jinwei.engine.node import LARGEST, MOST_DAYS, MOST_DECIMALS, MOST_MONTHS, YEARS
from jinwei.engine.standard import LONGEST_PERIOD

from .markdown import table

_HEAD: Final = {EN: ("what", "at most"), ZH: ("什么", "至多")}
_LIMITS: Final = (
    ({EN: "size of a number", ZH: "数的大小"}, f"{LARGEST}"),
    ({EN: "decimals of a number", ZH: "数的小数位"}, f"{MOST_DECIMALS}"),
    ({EN: "decimals of points", ZH: "分值的小数位"}, "2"),
    ({EN: "years of a date, from … to", ZH: "日期的年份，自…至"}, f"{YEARS[0]} … {YEARS[-1]}"),
    ({EN: "days of `plus_days` and `as_of`", ZH: "`plus_days` 和 `as_of` 的天数"}, f"{MOST_DAYS}"),
    ({EN: "`months` of a window", ZH: "窗口的 `months`"}, f"{MOST_MONTHS}"),
    (
        {EN: "days from the first to the last of a written period", ZH: "写明的周期首尾相差的天数"},
        f"{LONGEST_PERIOD}",
    ),
    ({EN: "values in one list of a filter", ZH: "筛选里一个列表的值"}, f"{MOST_LISTED}"),
    ({EN: "levels of nesting", ZH: "嵌套的层数"}, f"{DEEPEST}"),
    ({EN: "values in a document", ZH: "一份文档里的值"}, f"{MOST_VALUES}"),
)


def limit_table(language: str) -> str:
    return table(_HEAD[language], [(words[language], most) for words, most in _LIMITS])
