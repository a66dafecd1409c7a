"""What a plan reads, and through whom: so that a fact marks the subjects it touches, and no more.

A row counts for the subject it names (``own``), for every organization above that one
(``below``), or for wherever its member is registered and above (``of_members``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from jinwei.engine.catalogue import Column
from jinwei.engine.filters import ColumnValue, Filter
from jinwei.engine.plan import (
    BelowStep,
    ExemptionStep,
    LatestStep,
    LedgerStep,
    MembersStep,
    Plan,
    SubjectStep,
    WindowStep,
)

_HEADS: Final = frozenset(("members", "full_members"))
_STAFF: Final = frozenset(("full_time_staff", "committee_size"))


@dataclass(frozen=True, slots=True)
class Reads:
    """The tables of a plan, by how their rows reach a subject.

    ``heads``: members of a subject are counted, its own and those below. ``beneath``: which
    organizations lie below it matters. ``fixed``: whom the standard applies to follows from the
    organization's own row, or the member's.
    """

    own: frozenset[str]
    below: frozenset[str]
    of_members: frozenset[str]
    heads: bool
    beneath: bool
    fixed: bool


_READS: Final[dict[str, Reads]] = {}


def reads_of(plan: Plan) -> Reads:
    """What a plan reads; worked out once."""
    if plan.fingerprint not in _READS:
        _READS[plan.fingerprint] = _reads_of(plan)
    return _READS[plan.fingerprint]


def _reads_of(plan: Plan) -> Reads:
    own: set[str] = set()
    below: set[str] = set()
    of_members: set[str] = set()
    subject: set[str] = set()
    beneath: set[str] = set()
    heads = looks_beneath = False
    for step in plan.steps:
        if isinstance(step, SubjectStep):
            subject |= set(_columns_of(step))
        elif isinstance(step, ExemptionStep):
            own.add("exemption")
        elif isinstance(step, BelowStep):
            looks_beneath = True
            beneath |= set(_columns(step.where))
        elif isinstance(step, MembersStep):
            heads = True
            of_members |= {slot.own.fact for slot in step.slots if slot.own}
        elif isinstance(step, WindowStep) and step.below:
            below.add(step.fact)
        elif isinstance(step, LedgerStep | WindowStep | LatestStep):
            own.add(step.fact)
    if plan.subject == "organization":
        own |= set(_derived_from(subject))
        below |= set(_derived_from(beneath))
        heads = heads or bool((subject | beneath) & _HEADS)
        looks_beneath = looks_beneath or "groups" in subject | beneath
    applies = set(_columns(plan.standard.applies_to))
    return Reads(
        own=frozenset(own),
        below=frozenset(below),
        of_members=frozenset(of_members),
        heads=heads,
        beneath=looks_beneath,
        fixed=not applies & (_HEADS | _STAFF | {"groups", "term_expires_on"}),
    )


def _columns_of(step: SubjectStep) -> Iterator[str]:
    yield from _columns(step.applies_to)
    for slot in step.slots:
        yield from [slot.name] if isinstance(slot, Column) else _columns(slot)


def _columns(where: Filter) -> Iterator[str]:
    """The columns that a filter looks at, on either side of a comparison."""
    for test in where:
        yield test.column.name
        yield from (o.column.name for o in test.operands if isinstance(o, ColumnValue))


def _derived_from(columns: Iterable[str]) -> Iterator[str]:
    """The tables behind derived columns of an organization."""
    for name in columns:
        if name in _STAFF:
            yield "post"
        elif name == "term_expires_on":
            yield "term"
