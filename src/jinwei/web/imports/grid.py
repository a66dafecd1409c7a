"""The user's own grid: letters and numbers, and below each bad line what is wrong there."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jinwei.books import shelf
from jinwei.books.grid import Cell as Raw
from jinwei.books.grid import Line, address, letters
from jinwei.books.plan import LEFT_OUT, Plan
from jinwei.books.shelf import BOOKS
from jinwei.imports.kinds import sentence
from jinwei.imports.models import Batch, Chunk, Found, Outcome
from jinwei.imports.sealing import unpack
from jinwei.imports.store import lines_of
from jinwei.members.identity import masked, masked_phone

from .finding import in_english
from .words import target_word

PAGE: Final = 50
_LONGEST: Final = 60
_FIRST, _WIDEST = 8, 12
_PHONE_DIGITS: Final = 11
_PERSONAL: Final = re.compile(r"(?<!\d)(\d{17}[\dXx]|1\d{10})(?!\d)")


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its letters, its heading, what it became; ``sure`` False: look at it."""

    letters: str
    heading: str
    target: str
    left_out: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """``tone``: bad, ask or nothing."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about a cell; ``repair`` is the text that would put it right."""

    address: str
    heading: str
    text: str
    tone: str
    column: int | None
    repair: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its cells and what is said below it; ``passed``: nothing of it comes in."""

    number: int
    cells: tuple[Cell, ...]
    told: tuple[Told, ...]
    passed: bool


def heads(batch: Batch, width: int) -> list[Head]:
    """The columns of the sheet, as the plan reads them."""
    plan = batch.how()
    found = []
    for at in range(width):
        column = plan.columns.get(at) if plan else None
        target = column.target if column else LEFT_OUT
        word = target_word(BOOKS[plan.book], target) if plan and target else ""
        sure = column.sure if column else True
        heading = column.heading if column else ""
        found.append(Head(letters(at), heading, word, not target, sure))
    return found


def positions(batch: Batch, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where the lines of some outcomes are: chunk and place in it. All of them for none."""
    marks = {Outcome[name.upper()].value for name in wanted}
    rows = Chunk.objects.filter(batch=batch, sheet=batch.sheet).order_by("first")
    found: list[tuple[int, int]] = []
    for pk, outcomes, lines in rows.values_list("pk", "outcomes", "lines"):
        said = outcomes or "." * lines
        found += [(pk, at) for at, mark in enumerate(said) if not marks or mark in marks]
    return found


def shown(batch: Batch, places: Iterable[tuple[int, int]]) -> list[Shown]:
    """Some lines as the page draws them."""
    wanted: defaultdict[int, list[int]] = defaultdict(list)
    for pk, at in places:
        wanted[pk].append(at)
    lines: list[tuple[Line, str]] = []
    for chunk in Chunk.objects.filter(pk__in=wanted).defer("readings").order_by("first"):
        of_chunk = lines_of(chunk)
        said = chunk.outcomes or "." * len(of_chunk)
        lines += [(of_chunk[at], said[at]) for at in wanted[chunk.pk]]
    told = _told(batch, [line.number for line, _ in lines])
    plan = batch.how()
    return [_shown(line, mark, told.get(line.number, ()), plan) for line, mark in lines]


def first_lines(batch: Batch) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Letters and the first lines of a sheet that nobody has understood yet.

    Which column holds numbers of persons is not known: whatever looks like one is masked.
    """
    found = shown(batch, positions(batch, ())[:_FIRST])
    width = min(_WIDEST, max((len(line.cells) for line in found), default=0))
    rows = [
        (line.number, [_PERSONAL.sub(_hidden, cell.text) for cell in line.cells[:width]])
        for line in found
    ]
    padded = [(number, texts + [""] * (width - len(texts))) for number, texts in rows]
    return [letters(at) for at in range(width)], padded


def _hidden(number: re.Match[str]) -> str:
    return masked(number[0]) if len(number[0]) > _PHONE_DIGITS else masked_phone(number[0])


def width_of(batch: Batch) -> int:
    """How many columns are drawn: those with a heading, and what lies beyond."""
    plan = batch.how()
    widest = max(plan.columns, default=-1) + 1 if plan else 0
    return max(widest, min(int(batch.sheets[batch.sheet]["columns"]), widest + 8))


def text_of(raw: Raw) -> str:
    """A cell as its owner typed it."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return f"{raw:.15g}"
    if isinstance(raw, dt.datetime):
        return f"{raw:%Y-%m-%d}" if raw.time() == dt.time() else f"{raw:%Y-%m-%d %H:%M}"
    return str(raw)


def _told(batch: Batch, numbers: Sequence[int]) -> dict[int, tuple[Told, ...]]:
    found: defaultdict[int, list[Told]] = defaultdict(list)
    plan = batch.how()
    rows = Found.objects.filter(batch=batch, line__in=numbers).order_by("pk")
    for row in rows:
        facts, repair = unpack(row.sealed) if row.sealed else ({}, None)
        column = plan.columns.get(row.column) if plan and row.column is not None else None
        found[row.line].append(
            Told(
                address(row.line, row.column) if row.column is not None else str(row.line),
                column.heading if column else "",
                sentence(row.kind, facts, english=in_english()),
                {"fault": "bad", "ask": "ask"}.get(row.weight, ""),
                row.column,
                repair or "",
            )
        )
    return {number: tuple(said) for number, said in found.items()}


def _shown(line: Line, mark: str, told: tuple[Told, ...], plan: Plan | None) -> Shown:
    tones = {one.column: one.tone for one in reversed(told)}
    cells = tuple(
        Cell(_text(raw, at, tones.get(at, ""), plan), tones.get(at, ""))
        for at, raw in enumerate(line.cells)
    )
    passed = mark in (Outcome.SKIPPED.value, Outcome.REPEATED.value, Outcome.SAME.value)
    return Shown(line.number, cells, told, passed)


def _text(raw: Raw, at: int, tone: str, plan: Plan | None) -> str:
    """What the page shows of a cell; numbers of persons only where something is wrong with them."""
    said = text_of(raw)
    target = plan.columns[at].target if plan and at in plan.columns else ""
    kind = BOOKS[plan.book].by_name[target].kind if plan and target in _names(plan) else ""
    if said and not tone and kind == shelf.ID_NUMBER:
        return masked(said)
    if said and not tone and kind == shelf.PHONE:
        return masked_phone(said)
    return said if len(said) <= _LONGEST else said[:_LONGEST] + "…"


def _names(plan: Plan) -> dict[str, shelf.Target]:
    return BOOKS[plan.book].by_name
