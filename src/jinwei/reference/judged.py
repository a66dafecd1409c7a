"""What an assessor may say: levels and their factors, findings and what they cost."""

from __future__ import annotations

from collections.abc import Iterator

from jinwei.engine.measures import Measure
from jinwei.engine.measures.judging import Findings, Judgement
from jinwei.engine.schema import Standard

from .markdown import code, number


def judged_rows(standard: Standard) -> list[tuple[str, ...]]:
    """Indicator, level, and what it costs or gives, of every judged part."""
    return [
        (indicator.id, *row)
        for indicator in standard.indicators
        for part in indicator.parts
        for row in _rows(part.measure)
    ]


def _rows(measure: Measure) -> Iterator[tuple[str, str]]:
    if isinstance(measure, Findings):
        for item, off in measure.deduct:
            yield code(item), f"− {number(off)}"
    if isinstance(measure, Judgement):
        for level, factor in measure.levels:
            yield code(level), f"× {number(factor)}"
