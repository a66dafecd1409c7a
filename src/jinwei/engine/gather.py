"""Running a compiled plan: what each step brings home, by subject.

Dates come back as ISO text whatever the engine gives, numbers as whole numbers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from .backends import Backend
from .compile import Program, bind, compile_plan
from .periods import Clock
from .plan import BelowStep, ExemptionStep, LatestStep, Plan, SubjectStep, WindowStep

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject of the day: when it exists (empty is open) and its flags and numbers."""

    since: str | None
    until: str | None
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Exemption:
    """An approved exemption. ``indicator`` empty means all; empty ends are open."""

    indicator: str | None
    first: str | None
    last: str | None
    row_id: str


@dataclass(frozen=True, slots=True)
class Below:
    """An organization below a subject, and when it exists."""

    code: str
    since: str | None
    until: str | None


@dataclass
class Gathered:
    """What the steps brought home.

    ``numbers[step][subject]`` holds slots; of a window step, slots by window number; of a latest
    step, (level, points, row id) by item.
    """

    subjects: dict[str, SubjectRow] = field(default_factory=dict)
    exemptions: dict[str, list[Exemption]] = field(default_factory=dict)
    below: dict[int, dict[str, list[Below]]] = field(default_factory=dict)
    numbers: dict[int, dict[str, Any]] = field(default_factory=dict)


def gather(plan: Plan, backend: Backend, clock: Clock, subject: str | None = None) -> Gathered:
    """Run the statements of a plan, for all subjects or for one."""
    program = compile_plan(plan, backend.dialect, clock, one=subject is not None)
    gathered = Gathered()
    for number, step in enumerate(plan.steps):
        if clock.before and not isinstance(step, SubjectStep | ExemptionStep):
            continue  # nothing can have been done yet, and no figure asks
        rows = _run(program, number, backend, clock, subject)
        _file(gathered, number, step, rows)
        if subject is not None and not gathered.subjects:
            break  # it is no subject, and nothing more will be asked
    return gathered


def _run(
    program: Program, number: int, backend: Backend, clock: Clock, subject: str | None
) -> list[Row]:
    statement = program.statements[number]
    return backend.run(statement.sql, bind(statement.parameters, clock, subject))


def _file(gathered: Gathered, number: int, step: object, rows: list[Row]) -> None:
    if isinstance(step, SubjectStep):
        gathered.subjects = {
            row[0]: SubjectRow(iso(row[1]), iso(row[2]), tuple(map(int, row[3:]))) for row in rows
        }
    elif isinstance(step, ExemptionStep):
        for subject, indicator, first, last, row_id in rows:
            exemption = Exemption(indicator or None, iso(first), iso(last), row_id)
            gathered.exemptions.setdefault(subject, []).append(exemption)
    elif isinstance(step, BelowStep):
        below = gathered.below.setdefault(number, {})
        for subject, code, since, until in rows:
            below.setdefault(subject, []).append(Below(code, iso(since), iso(until)))
    else:
        gathered.numbers[number] = _numbers(step, rows)


def _numbers(step: object, rows: list[Row]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(step, WindowStep):
        for subject, window, *slots in rows:
            found.setdefault(subject, {})[int(window)] = tuple(map(int, slots))
    elif isinstance(step, LatestStep):
        for subject, item, level, points, row_id in rows:
            given = int(points) if points is not None else None
            found.setdefault(subject, {})[item] = (level, given, row_id)
    else:
        for subject, *slots in rows:
            found[subject] = tuple(map(int, slots))
    return found


def iso(value: object) -> str | None:
    """A date as ISO text, whatever the engine gave."""
    if value is None:
        return None
    return value.isoformat()[:10] if isinstance(value, dt.date) else str(value)[:10]
