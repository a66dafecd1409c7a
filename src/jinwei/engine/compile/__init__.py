"""A plan becomes SQL: one statement a step, in a dialect, with everything that varies bound.

The statements are built as relational expressions (sqlglot) and rendered once; the text is cached
by the plan's fingerprint, the dialect, the shape of the period (how many windows it has) and
whether it is for one subject. ``as_of``, the day, the period, the ends of windows and the subject
are bound parameters. The statements for one subject filter inside every aggregate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from ..periods import Clock
from ..plan import (
    BelowStep,
    Evidence,
    ExemptionStep,
    LatestStep,
    LedgerStep,
    MembersStep,
    Plan,
    Step,
    SubjectStep,
    WindowStep,
)
from .context import Context, bind
from .evidence import evidence_of
from .ledgers import exemptions, latest, ledger, windows
from .members import members
from .subjects import below, subjects

__all__ = ["DIALECTS", "Program", "Query", "Statement", "bind", "compile_evidence", "compile_plan"]

DIALECTS: Final = ("sqlite", "postgres", "duckdb")


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text of one step and the names of its parameters."""

    sql: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """The statements of a plan, one a step, for one dialect and shape."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """SQL text that fetches what lies behind a figure: row id, counted (1 or 0), ``columns``."""

    sql: str
    parameters: tuple[str, ...]
    columns: tuple[str, ...]


_PROGRAMS: dict[tuple[object, ...], Program] = {}
_QUERIES: dict[tuple[object, ...], Query] = {}


def compile_plan(plan: Plan, dialect: str, clock: Clock, one: bool = False) -> Program:
    """The statements of a plan for the period of a clock. ``one``: for one bound subject."""
    shape = tuple(
        len(clock.windows(step.per)) for step in plan.steps if isinstance(step, WindowStep)
    )
    key = (plan.fingerprint, dialect, shape, one)
    if key not in _PROGRAMS:
        ctx = Context(plan, dialect, clock, one)
        _PROGRAMS[key] = Program(tuple(_render(_select(ctx, s), dialect) for s in plan.steps))
    return _PROGRAMS[key]


def compile_evidence(plan: Plan, dialect: str, clock: Clock, evidence: Evidence) -> Query:
    """The statement that fetches what lies behind a figure of the bound subject."""
    key = (plan.fingerprint, dialect, evidence)
    if key not in _QUERIES:
        select, columns = evidence_of(Context(plan, dialect, clock, one=True), evidence)
        statement = _render(select, dialect)
        _QUERIES[key] = Query(statement.sql, statement.parameters, columns)
    return _QUERIES[key]


def _select(ctx: Context, step: Step) -> exp.Select:
    if isinstance(step, SubjectStep):
        return subjects(ctx, step)
    if isinstance(step, ExemptionStep):
        return exemptions(ctx)
    if isinstance(step, LedgerStep):
        return ledger(ctx, step)
    if isinstance(step, WindowStep):
        return windows(ctx, step)
    if isinstance(step, BelowStep):
        return below(ctx, step)
    if isinstance(step, MembersStep):
        return members(ctx, step)
    assert isinstance(step, LatestStep)
    return latest(ctx, step)


def _render(select: exp.Select, dialect: str) -> Statement:
    if dialect == "postgres":
        # psycopg reads % in the text as the beginning of a parameter.
        for literal in select.find_all(exp.Literal):
            if literal.is_string:
                literal.set("this", literal.this.replace("%", "%%"))
    names = {str(placeholder.this) for placeholder in select.find_all(exp.Placeholder)}
    return Statement(select.sql(dialect=dialect), tuple(sorted(names)))
