"""The refusals, by theme, from the registered fault kinds."""

from __future__ import annotations

from typing import Final

from jinwei.datasets import kinds as data_kinds
from jinwei.engine import checks, document
from jinwei.engine.faults import EN, KINDS, ZH

from .markdown import code, table

REGISTERING: Final = (checks, document, data_kinds)
"""The modules that register the fault kinds of :data:`THEMES`; importing them is what counts."""
THEMES: Final = {
    "document": {EN: "the text", ZH: "文本"},
    "shape": {EN: "what a value looks like", ZH: "值的样子"},
    "names": {EN: "names that must exist", ZH: "必须存在的名称"},
    "numbers": {EN: "numbers and comparisons", ZH: "数和比较"},
    "scoring": {EN: "measure, target and score together", ZH: "计量、目标和计分的搭配"},
    "totals": {EN: "the whole document", ZH: "整个文档"},
    "data": {EN: "a data set", ZH: "数据集"},
}
STANDARD_THEMES: Final = tuple(theme for theme in THEMES if theme != "data")
_HEAD: Final = {
    EN: ("id", "theme", "sentence", "in Chinese"),
    ZH: ("标识", "主题", "说法", "英文"),
}


def fault_table(theme: str, language: str) -> str:
    """The faults of one theme."""
    return _table((theme,), language)


def standard_faults(language: str) -> str:
    """The faults of a standard, theme by theme."""
    return _table(STANDARD_THEMES, language)


def _table(themes: tuple[str, ...], language: str) -> str:
    found = [kind for theme in themes for kind in KINDS.values() if kind.theme == theme]
    rows = []
    for kind in found:
        own, other = (kind.en, kind.zh) if language == EN else (kind.zh, kind.en)
        rows.append((code(kind.id), THEMES[kind.theme][language], own, other))
    return table(_HEAD[language], rows)
