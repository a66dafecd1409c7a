"""Which indicators a row of a ledger counts for, in the standard that leads where it belongs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jinwei.engine.catalogue import BOOLEAN, CODE, TABLES, TEXT
from jinwei.engine.filters import Filter, Literal, Test
from jinwei.engine.plan import Evidence, Plan, Seen
from jinwei.engine.schema import Indicator
from jinwei.engine.score import clock_for

_NAMING: Final = ("judgement", "exemption")
"""Tables whose rows name standard and indicator themselves."""
_COMPARED: Final = (TEXT, CODE, BOOLEAN)
_Readers = tuple[tuple[Indicator, Seen, Filter], ...]
_KNOWN: Final[dict[tuple[str, str], _Readers]] = {}


def counts_for(
    plan: Plan, table: str, values: Mapping[str, Any], day: dt.date
) -> tuple[Indicator, ...]:
    """The indicators that look at such a row: of its kind, and dated in the period of the day.

    Only conditions on kinds and other words are looked at, as far as ``values`` holds them; a row
    may be passed over for a finer reason, which the explanation of the figure tells.
    """
    if table in _NAMING:
        if values.get("standard") != plan.standard.id:
            return ()
        named = values.get("indicator")
        return tuple(i for i in plan.standard.indicators if i.id == named)
    dated = values.get(TABLES[table].date or "")
    period = clock_for(plan, day).period
    outside = dated is not None and not period.first <= dated <= period.last
    found = {
        indicator.id: indicator
        for indicator, seen, where in _readers(plan, table)
        if not (outside and seen.mode == "dated") and _may_pass(where, values)
    }
    return tuple(found.values())


def _readers(plan: Plan, table: str) -> _Readers:
    """Every indicator that reads a table, once for each way it looks at the rows; kept.

    An indicator may look at a column that the engine derives from a table: end of the term.
    """
    key = (plan.fingerprint, table)
    if key not in _KNOWN:
        plain = tuple(
            (planned.indicator, evidence.seen, where)
            for planned in plan.indicators
            for evidence in (p.part.measure.evidence(planned.indicator) for p in planned.parts)
            for where in _wheres(evidence, table)
        )
        read = {indicator.id for indicator, _seen, _where in plain}
        derived = (
            (one, Seen("in_force"), ())
            for one in plan.standard.indicators
            if one.id not in read and one.remedy is not None and one.remedy.record == table
        )
        _KNOWN[key] = (*plain, *derived)
    return _KNOWN[key]


def _wheres(evidence: Evidence, table: str) -> Iterator[Filter]:
    if evidence.fact == table and not evidence.below:
        yield evidence.where
    elif evidence.members is not None:
        own = evidence.members.own
        if own is not None and own.fact == table:
            yield own.slot.where
        elif own is None and table == "member":
            yield ()


def _may_pass(where: Filter, values: Mapping[str, Any]) -> bool:
    return all(
        test.column.name not in values or values[test.column.name] in said
        for test in where
        if (said := _words_said(test))
    )


def _words_said(test: Test) -> tuple[Any, ...]:
    """The words a condition asks for; none where it asks for something else."""
    literals = tuple(o.value for o in test.operands if isinstance(o, Literal))
    plain = test.operator == "is" and test.column.kind in _COMPARED
    return literals if plain and len(literals) == len(test.operands) else ()
