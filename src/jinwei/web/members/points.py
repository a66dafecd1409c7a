"""The points of a member, line by line, down to the rows that count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinwei.engine.explain import Explanation, RowBehind, SubjectExplanation, explain
from jinwei.engine.schema import Standard
from jinwei.engine.score import clock_for
from jinwei.engine.totals import hundredths
from jinwei.ledgers.backend import DjangoBackend
from jinwei.members.objections import POINTS
from jinwei.standings.figures import standings_of
from jinwei.standings.models import Standing
from jinwei.web.addresses import address
from jinwei.web.organization.page import words
from jinwei.web.parts import Basis
from jinwei.wording.evidence import row_text
from jinwei.wording.explanation import PartTold, tell

from .contested import Mark, Marks


@dataclass(frozen=True, slots=True)
class Row:
    """A ledger row behind a line; ``counted``: it did what was asked."""

    table: str
    row_id: str
    day: str
    text: str
    counted: bool
    url: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: what it gave, how that was reckoned, by which rule, from which rows."""

    id: str
    title: str
    state: str
    state_word: str
    points: int
    figure: str
    rule: str
    parts: tuple[PartTold, ...]
    rows: tuple[Row, ...]
    row_id: str
    marks: tuple[Mark, ...]

    @property
    def reckoned(self) -> tuple[str, ...]:
        """How the points came about, a line for each part; parts that say the same say it once."""
        told = (
            words().semicolon.join(
                filter(None, (part.waiting, *part.calculation, *part.values, part.missing))
            )
            for part in self.parts
        )
        return tuple(text for text in dict.fromkeys(told) if text)

    @property
    def chances(self) -> tuple[str, ...]:
        """What can still be done."""
        return tuple(dict.fromkeys(c.text for part in self.parts for c in part.chances))


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a member by one standard; ``capped``: bonus points above the ceiling."""

    standing: Standing
    title: str
    basis: Basis
    score: int | None
    base: int
    capped: int
    lines: tuple[Line, ...]


def points_of(code: str, day: dt.date, marks: Marks, *, links: str = "") -> tuple[Points, ...]:
    """The points of a member by every standard in force.

    ``marks``: objections to lines and rows. ``links``: rows lead to the ledgers of this
    organization.
    """
    return tuple(
        made
        for standing in standings_of(code, day)
        if (made := _points(standing, code, day, _Around(marks, links))) is not None
    )


@dataclass(frozen=True, slots=True)
class _Around:
    marks: Marks
    links: str


def _points(standing: Standing, code: str, day: dt.date, around: _Around) -> Points | None:
    plan = standing.adoption.plan()
    clock = clock_for(plan, day)
    found = explain(plan, DjangoBackend(), clock, code)
    if found is None:
        return None
    standard = plan.standard
    title = standard.title(words().language)
    return Points(
        standing,
        title,
        Basis(
            as_of=day,
            standard=f"{title} {standard.version}",
            period=words().window(clock.period.first, clock.period.last),
            standard_url=address("standards:edition", standard.id, standard.version),
        ),
        found.result.score,
        hundredths(standard.base) if standard.total == "sum" else 0,
        _capped(standard, found),
        tuple(_line(standard, one, around) for one in found.indicators),
    )


def _capped(standard: Standard, found: SubjectExplanation) -> int:
    if standard.bonus_cap is None:
        return 0
    earned = sum(one.result.earned for one in found.indicators if one.indicator.bonus)
    return max(0, earned - hundredths(standard.bonus_cap))


def _line(standard: Standard, one: Explanation, around: _Around) -> Line:
    told = tell(words(), standard.subject, one, None)
    row_id = f"{standard.id}/{told.id}"
    return Line(
        id=told.id,
        title=told.title,
        state=told.state,
        state_word=told.state_word,
        points=one.result.earned,
        figure=told.figure,
        rule=told.rule,
        parts=told.parts,
        rows=tuple(_rows(one, around)),
        row_id=row_id,
        marks=around.marks.get((POINTS, row_id), ()),
    )


def _rows(one: Explanation, around: _Around) -> Iterator[Row]:
    for part in one.parts:
        fact = part.evidence.fact
        if part.evidence.members is not None or part.evidence.columns:
            continue
        for row in reversed(part.rows):
            yield Row(
                fact,
                row.row_id,
                row.date or "",
                row_text(words(), fact, row, None),
                row.counted,
                _url(fact, row, around.links),
                around.marks.get((fact, row.row_id), ()),
            )


def _url(fact: str, row: RowBehind, links: str) -> str:
    """A row of attendance is shown with its meeting."""
    if not links:
        return ""
    columns: Mapping[str, object] = row.columns
    place = str(columns.get("organization") or links)
    if fact == "attendance":
        return record_address(place, "meeting", str(columns["meeting"]))
    return record_address(place, fact, row.row_id)


def record_address(organization: str, table: str, row_id: str) -> str:
    """The page of one row of a ledger."""
    return address("ledgers:record", organization, table, row_id)
