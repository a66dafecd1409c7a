"""Where the heading of a sheet is, which book it is, and what each column became."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice
from typing import Final

from .days import month, month_alone
from .folding import folded, tidy
from .grid import Cell, Grid, Line, Merge
from .headings import plain_heading, without_brackets
from .plan import LEFT_OUT, Column, Plan
from .shelf import BOOKS, Book

_SEARCHED: Final = 40
"""So many lines at the top may hold titles before the heading."""
_ALIKE: Final = 0.74
_YEARS: Final = re.compile(
    r"(?<!\d)(?:((?:19|20)\d\d)[-—–~至到])?((?:19|20)\d\d)年(?!(?:1?\d|[一二三四五六七八九十]+)月\d)"
)
_YEAR_ALONE: Final = re.compile(r"(?:19|20)\d\d")
_HAN_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_PAID: Final = re.compile(r"(?<!应)(?:实|已)?(?<!应)[交缴收](?:纳|费)?(?:党费|金额)?\s*$|党费\s*$")
"""Behind a month: what was paid in it. What was due is another column."""
_OF_A_MONTH: Final = re.compile(r"(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月")
_MONTH_NUMBER: Final = re.compile(r"0?[1-9]|1[0-2]")
_ALIASES: Final = {"member": "member_name", "organization": "organization_name"}
"""Where a heading says again whom a row is about, it helps to find them."""
MONTH_OF: Final = "month:"
"""Begins the target of a column that holds the dues of one month: ``month:2026-03``."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """A candidate: its lines, and the text above each column."""

    first: int
    last: int
    texts: Mapping[int, str]


def propose(grid: Grid, book: str | None = None) -> Plan | None:
    """How a sheet is probably read; None where it holds no table that is known.

    ``book``: the kind of book, where a person has said it.
    """
    lines = list(islice(grid.lines, _SEARCHED))
    books = [BOOKS[book]] if book else list(BOOKS.values())
    best: tuple[float, _Heading, Book] | None = None
    for heading in _candidates(lines, grid.merges):
        for one in books:
            worth = _worth(heading, one, lines, grid.name)
            if worth > 0 and (best is None or worth > best[0]):
                best = (worth, heading, one)
    if best is None:
        return None
    _, heading, one = best
    at = (heading.first, heading.last)
    above = [line for line in lines if line.number < heading.first]
    return plan_of(heading.texts, one, at, year_of(grid.name, above), grid.hidden_columns)


def plan_of(
    texts: Mapping[int, str],
    book: Book,
    heading: tuple[int, int],
    year: int | None,
    hidden: frozenset[int] = frozenset(),
) -> Plan:
    """The columns of a sheet as a book names them."""
    taken: set[str] = set()
    columns: dict[int, Column] = {}
    for at, text in sorted(texts.items()):
        target = _exact(text, book, taken, year)
        if target:
            taken.add(target)
            columns[at] = Column(tidy(text), target)
    for at, text in sorted(texts.items()):
        if at not in columns:
            columns[at] = _other(text, book, taken)
    found = {at: replace(column, hidden=at in hidden) for at, column in sorted(columns.items())}
    return Plan(book.id, heading, found, year)


def texts_of(grid: Grid, heading: tuple[int, int]) -> dict[int, str]:
    """The text above each column, where a person has said which lines the heading has."""
    lines = [line for line in islice(grid.lines, 500) if heading[0] <= line.number <= heading[1]]
    if not lines:
        return {}
    return dict(_joined(lines[0], lines[-1] if len(lines) > 1 else None, grid.merges).texts)


class Headings:
    """Knows the heading of a plan where it stands again, as on every printed page."""

    def __init__(self, plan: Plan) -> None:
        said = {at: plain_heading(column.heading) for at, column in plan.columns.items()}
        self._said = {at: text for at, text in said.items() if text}

    def stands_in(self, line: Line) -> bool:
        """Whether a line repeats the heading: its first text, more than half of its cells, and
        two at least.
        """
        texts = ((at, cell) for at, cell in enumerate(line.cells) if isinstance(cell, str))
        first = next(texts, None)
        if first is None or not self._is_at(*first):
            return False
        same = 1 + sum(self._is_at(at, cell) for at, cell in texts)
        return same >= 2 and same * 2 > len([cell for cell in line.cells if cell is not None])

    def _is_at(self, at: int, cell: str) -> bool:
        return plain_heading(cell) == self._said.get(at)


# --- candidates ---------------------------------------------------------------------------------


def _candidates(lines: Sequence[Line], merges: Sequence[Merge]) -> Iterator[_Heading]:
    for at, line in enumerate(lines):
        if sum(isinstance(cell, str) for cell in line.cells) < 1:
            continue
        lower = lines[at + 1] if at + 1 < len(lines) else None
        if lower is not None and lower.number == line.number + 1:
            yield _joined(line, lower, merges)
            if any(m.first_row == line.number and m.last_row == lower.number for m in merges):
                continue  # a heading that is merged down over both lines is of both
        yield _joined(line, None, merges)


def _joined(upper: Line, lower: Line | None, merges: Sequence[Merge]) -> _Heading:
    """The heading of one line, or of two: what stands below names the column more closely."""
    above = _spread(upper, merges)
    if lower is None:
        texts = {at: str(cell) for at, cell in enumerate(above) if cell is not None}
        return _Heading(upper.number, upper.number, texts)
    texts = {}
    for at in range(max(len(above), len(lower.cells))):
        top = above[at] if at < len(above) else None
        below = lower[at]
        said = below if below is not None else top
        if said is not None:
            texts[at] = _under(str(top or ""), str(said))
    return _Heading(upper.number, lower.number, texts)


def _under(top: str, said: str) -> str:
    """A month below what it is a month of: 3 below “月份”, “12月” below “2025年”; what a column
    says of a month: “实缴” below “1月”.
    """
    bare = folded(said)
    if bare != folded(top) and isinstance(month(top, 2000), str):
        return f"{top}{said}"  # what was due, and what was paid, in one month
    if "月" in top and _MONTH_NUMBER.fullmatch(bare):
        bare = f"{bare}月"
        said = bare
    years = _years(top) if month_alone(bare) else set()
    return f"{years.pop()}年{month_alone(bare)}月" if len(years) == 1 else said


def _spread(line: Line, merges: Sequence[Merge]) -> list[Cell]:
    cells = list(line.cells)
    for merge in merges:
        if merge.first_row <= line.number <= merge.last_row and merge.first_column < len(cells):
            last = min(merge.last_column, len(cells) + 64)
            cells += [None] * (last + 1 - len(cells))
            if merge.first_row == line.number:
                for at in range(merge.first_column, last + 1):
                    cells[at] = cells[merge.first_column]
    return cells


def _worth(heading: _Heading, book: Book, lines: Sequence[Line], name: str) -> float:
    """How well a heading fits a book: what it recognizes, less what it must have and lacks."""
    taken: set[str] = set()
    months = 0
    for text in heading.texts.values():
        target = _exact(text, book, taken, 2000)
        if target and target.startswith(MONTH_OF):
            months += 1
        if target:
            taken.add(target)
    taken |= {name for name, _ in book.always}
    lacking = [t for t in book.targets if t.required and t.name not in taken]
    lacking = [t for t in lacking if _ALIASES.get(t.name) not in taken]
    if book.months and months < 2:
        return 0
    if lacking or len(taken) < min(2, len(book.targets)):
        return 0
    share = len(taken) / max(1, len(heading.texts))
    above = " ".join(
        folded(str(cell)) for line in lines if line.number < heading.first for cell in line.cells
    )
    titled = folded(name) == book.id or any(
        word in above or word in folded(name) for word in book.title_words
    )
    return len(taken) + 2 * share + (3 if titled else 0) - 0.01 * (heading.last - heading.first)


# --- columns ------------------------------------------------------------------------------------


def _exact(text: str, book: Book, taken: set[str], year: int | None) -> str:
    """The target a heading names for sure, if no other column has it."""
    said = plain_heading(text)
    if book.months:
        found = _month_of(text, year)
        if found and MONTH_OF + found not in taken:
            return MONTH_OF + found
    target = book.by_heading.get(said, LEFT_OUT)
    if target in taken:
        alias = _ALIASES.get(target, LEFT_OUT)
        target = alias if alias in book.by_name and alias not in taken else LEFT_OUT
    return target


def _month_of(text: str, year: int | None) -> str:
    text = _PAID.sub("", without_brackets(text))
    if month_alone(text):
        said = month(text, year)
        return said if isinstance(said, str) else f"{month_alone(text):02}"
    found = month(text)
    return found if isinstance(found, str) else ""


def _other(text: str, book: Book, taken: set[str]) -> Column:
    """A heading that is not known: one that is nearly the same, to be looked at, or left out."""
    said = plain_heading(text)
    if book.is_ignored(text) or said in book.by_heading:
        return Column(tidy(text))
    if book.months and _OF_A_MONTH.match(folded(text)):
        return Column(tidy(text), LEFT_OUT, sure=False)
    alike = [
        (SequenceMatcher(None, said, word).ratio(), target)
        for word, target in book.by_heading.items()
        if target not in taken and len(word) > 1
    ]
    ratio, target = max(alike, default=(0.0, LEFT_OUT))
    if ratio < _ALIKE:
        return Column(tidy(text), LEFT_OUT, sure=not said)
    taken.add(target)
    return Column(tidy(text), target, sure=False)


def year_of(name: str, titles: Sequence[Line]) -> int | None:
    """The year that the title or the name of a sheet names: “2026年党费收缴台账”, “2026”.

    The day on which a table was filled in is not the year of what it holds; two years are none.
    """
    for texts in ([name], [str(cell) for line in titles for cell in line.cells if cell]):
        years = {year for text in texts for year in _years(text)}
        if len(years) == 1:
            return years.pop()
        if years:
            return None
    return None


def _years(text: str) -> set[int]:
    said = folded(text)
    digits = said.translate(_HAN_DIGITS)
    if _YEAR_ALONE.fullmatch(said):
        return {int(said)}
    return {int(year) for found in _YEARS.findall(digits) for year in found if year}
