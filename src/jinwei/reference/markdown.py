"""Markdown: tables, cells, lists of names, and templates with holes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

from jinwei.engine.faults import EN

TEMPLATES: Final = Path(__file__).parent / "templates"
_HOLE: Final = re.compile(r"\{\{(\w+)\}\}")
_SUFFIX: Final = {EN: ".md"}
_SEPARATOR: Final = {EN: ", "}


def file_name(stem: str, language: str) -> str:
    """``facts.md``, ``facts.zh-CN.md``."""
    return stem + _SUFFIX.get(language, ".zh-CN.md")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def code(name: object) -> str:
    return f"`{name}`"


def listed(names: Iterable[object], language: str) -> str:
    """Names one after another, with the comma of the language; a dash where there are none."""
    return _SEPARATOR.get(language, "、").join(map(str, names)) or "—"


def codes(names: Iterable[object], language: str) -> str:
    return listed(map(code, names), language)


def number(value: Fraction) -> str:
    """A number as a person writes it.

    >>> number(Fraction(5, 2)), number(Fraction(-20))
    ('2.5', '-20')
    """
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.6f}".rstrip("0")


def hundredths(points: int) -> str:
    """Points kept in hundredths, as a person writes them."""
    return number(Fraction(points, 100))


def percent(share: Fraction) -> str:
    return f"{number(share * 100)} %"


def fill(stem: str, language: str, holes: Mapping[str, str]) -> str:
    """A template with its holes filled; every hole must be filled and every filling used."""
    text = (TEMPLATES / file_name(stem, language)).read_text(encoding="utf-8")
    asked = set(_HOLE.findall(text))
    if asked != set(holes):
        raise ValueError(f"{stem}: holes {sorted(asked ^ set(holes))}")
    return _HOLE.sub(lambda match: holes[match.group(1)], text)


def page(*blocks: str) -> str:
    """Blocks of a page, an empty line between them."""
    return "\n\n".join(block for block in blocks if block) + "\n"
