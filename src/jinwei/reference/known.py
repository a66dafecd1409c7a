"""How a figure is known: from which ledgers, and which values of them a standard asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from jinwei.engine.catalogue import TEXT, Column
from jinwei.engine.filters import Filter, Literal
from jinwei.engine.measures import Measure
from jinwei.engine.measures.judging import Findings, Judgement
from jinwei.engine.measures.shares import MemberShare, Share
from jinwei.engine.measures.standing import Check, Level, Presence
from jinwei.engine.schema import Indicator, Standard

JUDGED: Final = "judged"
COMPUTED: Final = "computed"
PARTLY: Final = "partly"
DERIVED_FROM: Final = {
    "members": "member",
    "full_members": "member",
    "groups": "organization",
    "full_time_staff": "post",
    "committee_size": "post",
    "term_expires_on": "term",
}
"""The table behind each column of an organization that is computed at the day."""


def is_judged(measure: Measure) -> bool:
    """Given by a named assessor, not read from another ledger."""
    return isinstance(measure, Findings) or (
        isinstance(measure, Judgement) and measure.column is None
    )


def ledgers(indicator: Indicator, subject: str) -> tuple[str, ...]:
    """The tables an indicator is computed from, in the order of its parts."""
    measures = [part.measure for part in indicator.parts if not is_judged(part.measure)]
    return tuple(dict.fromkeys(name for m in measures for name in _tables(m, subject)))


def _tables(measure: Measure, subject: str) -> Iterable[str]:
    if isinstance(measure, Check):
        return sorted({_behind(test.column, subject) for test in measure.where})
    if isinstance(measure, Level):
        return (_behind(measure.column, subject),)
    if isinstance(measure, MemberShare):
        return ("member", measure.own.fact) if measure.own else ("member",)
    return (str(measure.fact),)  # type: ignore[attr-defined]


def _behind(column: Column, subject: str) -> str:
    return DERIVED_FROM.get(column.name, subject)


def how_known(indicator: Indicator) -> str:
    judged = [is_judged(part.measure) for part in indicator.parts]
    return JUDGED if all(judged) else PARTLY if any(judged) else COMPUTED


Slug = tuple[str, str, str]
"""Table, column without a code list, value."""


def slugs(standard: Standard) -> dict[Slug, tuple[str, ...]]:
    """The values that measures ask for in columns without a code list, and who asks."""
    users: dict[Slug, dict[str, None]] = {}
    for indicator in standard.indicators:
        for part in indicator.parts:
            for slug in _asked(part.measure):
                users.setdefault(slug, {})[indicator.id] = None
    return {slug: tuple(ids) for slug, ids in users.items()}


def _asked(measure: Measure) -> Iterator[Slug]:
    fact = getattr(measure, "fact", "")
    if isinstance(measure, MemberShare):
        yield from _values("member", (*measure.where, *measure.satisfying))
        if measure.own:
            yield from _values(measure.own.fact, measure.own.slot.where)
    elif fact:
        yield from _values(fact, getattr(measure, "where", ()))
    if isinstance(measure, Share):
        yield from _values(fact, measure.satisfying)
    if isinstance(measure, Presence) and measure.column.kind == TEXT:
        yield from ((fact, measure.column.name, item) for item in measure.listed)


def _values(table: str, tests: Filter) -> Iterator[Slug]:
    for test in tests:
        if test.column.kind == TEXT:
            for operand in test.operands:
                if isinstance(operand, Literal):
                    yield table, test.column.name, str(operand.value)
