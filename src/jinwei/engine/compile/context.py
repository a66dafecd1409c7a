"""What the building of one plan's statements shares, and the names of bound parameters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlglot import exp

from ..periods import MONTHS_IN, Clock, Per
from ..plan import Plan
from . import sql


@dataclass(frozen=True)
class Context:
    """A plan, a dialect, the shape of a period, and whether it is for one bound subject."""

    plan: Plan
    dialect: str
    clock: Clock
    one: bool

    @property
    def key(self) -> str:
        """The column of a ledger that names the subject."""
        return self.plan.subject

    def for_all(self) -> Context:
        return replace(self, one=False)


def is_subject(column: exp.Expr) -> exp.Expr:
    return exp.EQ(this=column, expression=sql.bound("subject"))


def tree_of_subject() -> exp.Select:
    """The organizations below the bound subject at the day, itself included."""
    return (
        exp.select(sql.col("t", "descendant"))
        .from_(sql.table("tree_path", "t"))
        .where(
            *sql.spans_day(sql.col("t", "from_on"), sql.col("t", "to_on")),
            is_subject(sql.col("t", "ancestor")),
        )
    )


def window_name(per: Per, index: int) -> str:
    """The parameter that holds the last day of a window."""
    unit = per.unit.replace("_", "") if per.unit else f"months{per.months}"
    return f"window_{unit}_{index}"


_UNITS: Final = {unit.replace("_", ""): Per(unit) for unit in MONTHS_IN}


def bind(names: Iterable[str], clock: Clock, subject: str | None) -> dict[str, Any]:
    """The values of parameters, by name: dates, and the subject's code."""
    return {name: _value(name, clock, subject) for name in names}


def _value(name: str, clock: Clock, subject: str | None) -> Any:
    if name.startswith("window_"):
        _, unit, index = name.split("_")
        per = _UNITS.get(unit) or Per(months=int(unit.removeprefix("months")))
        return clock.windows(per)[int(index)].last
    if name.startswith("day_"):
        _, sign, days = name.split("_")
        return clock.day + dt.timedelta(days=int(days) * (1 if sign == "plus" else -1))
    return {
        "subject": subject,
        "as_of": clock.as_of,
        "day": clock.day,
        "first": clock.period.first,
        "last": clock.period.last,
    }[name]
