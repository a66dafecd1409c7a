"""What one row with a deadline is worth: reckoned by the engine with one row more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from jinwei.engine.explain import PartBehind, SubjectExplanation
from jinwei.engine.filters import Filter, Literal, Test
from jinwei.engine.measures.shares import Share
from jinwei.engine.measures.standing import Check
from jinwei.engine.outcomes import settle_part
from jinwei.engine.periods import Clock
from jinwei.engine.schema import Indicator
from jinwei.engine.totals import half_up

Row = Mapping[str, Any]
"""A row by column: codes, numbers and days."""


class Stakes:
    """The shares of one subject that count rows by the day they are due."""

    def __init__(self, explained: SubjectExplanation | None) -> None:
        self.explained = explained

    def of(self, table: str, row: Row, due: dt.date, rows: Sequence[Row]) -> int | None:
        """Points lost, in hundredths, if a row is not settled by its day; None: no figure asks.

        ``rows``: all rows of the subject that are due in the period so far. Several indicators
        may count one row.
        """
        if self.explained is None or due not in self.explained.clock.period:
            return None
        lost: list[int] = []
        for one in self.explained.indicators:
            for part in one.parts:
                measure = part.part.part.measure
                if isinstance(measure, Share) and measure.fact == table and measure.due:
                    found = self._share(one.indicator, part, measure, row, rows)
                    lost.extend([found] if found is not None else [])
        return sum(lost) if lost else None

    def _share(
        self, indicator: Indicator, part: PartBehind, measure: Share, row: Row, rows: Sequence[Row]
    ) -> int | None:
        if not passes(measure.where, row) or self.explained is None:
            return None
        counted = sum(bool(passes(measure.where, other)) for other in rows)
        figure = part.outcome.figure
        short = int(figure.shortfall or 0) if figure is not None else 0
        good, clock = max(counted - short, 0), self.explained.clock
        done = _points(indicator, part, (good + 1, counted + 1), clock)
        missed = _points(indicator, part, (good, counted + 1), clock)
        return half_up((done - missed) * 100)

    def of_term(self) -> int | None:
        """Points lost when the term of the committee has run out."""
        if self.explained is None:
            return None
        lost = [
            half_up(
                (part.outcome.earned - _points(one.indicator, part, (0,), self.explained.clock))
                * 100
            )
            for one in self.explained.indicators
            for part in one.parts
            if isinstance(part.part.part.measure, Check)
            and any(t.column.name == "term_expires_on" for t in part.part.part.measure.where)
        ]
        return sum(lost) if lost else None


def _points(
    indicator: Indicator, part: PartBehind, numbers: tuple[int, ...], clock: Clock
) -> Fraction:
    figure = part.part.part.measure.read(numbers, indicator.points)
    return settle_part(part.part, figure, 0, Fraction(indicator.points, 100), clock).earned


def passes(where: Filter, row: Row) -> bool | None:
    """Whether a row passes a filter on what it is; None where a test compares amounts or days."""
    told = [_passes(test, row) for test in where]
    if False in told:
        return False
    return None if None in told else True


def _passes(test: Test, row: Row) -> bool | None:
    value = row.get(test.column.name)
    if test.operator in ("empty", "present"):
        return (value is None) == (test.operator == "empty")
    plain = [operand.value for operand in test.operands if isinstance(operand, Literal)]
    if len(plain) != len(test.operands) or test.operator not in ("is", "not"):
        return None
    return (value in plain) == (test.operator == "is")
