"""From changes of facts to the subjects whose standing they may move."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from jinwei.ledgers.changes import Change
from jinwei.ledgers.models import Attendance, Meeting

from .models import Adoption, Standing
from .reach import homes, in_force, paths
from .reads import Reads, reads_of

Values = dict[str, Any]

_TREE: Final = ("organization", "member", "membership")
"""Tables that say what subjects there are, whatever a plan reads."""
_OF_A_STANDARD: Final = ("judgement", "exemption")


@dataclass
class Touched:
    """Subjects of one adoption: those that a row names, others that look at them, or all."""

    adoption: Adoption
    at_hand: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    everybody: bool = False


def touched_by(changes: Sequence[Change], day: dt.date) -> list[Touched]:
    """What changes touch in every adoption in force; adoptions not touched are left out."""
    in_use = Adoption.objects.filter(in_force(day)).select_related("edition").order_by("pk")
    adoptions = list(in_use)
    if not adoptions:
        return []
    if any(_moves(change) for change in changes):
        return [Touched(adoption, everybody=True) for adoption in adoptions]
    facts = _Facts(changes, {a.organization_id for a in adoptions}, day)
    return _applying([facts.touched(adoption) for adoption in adoptions])


def _moves(change: Change) -> bool:
    """Whether a change moves an organization, and all below it, to another place in the tree."""
    rows = [row for row in (change.before, change.after) if row is not None]
    if change.table == "superior":
        return any(row["purpose"] is None for row in rows)
    if change.table != "organization" or len(rows) < 2:
        return False
    return any(rows[0][name] != rows[1][name] for name in ("code", "parent"))


def _applying(found: list[Touched]) -> list[Touched]:
    """Without superiors that the standard does not speak of: they have no standing."""
    asked = [one for one in found if one.others and reads_of(one.adoption.plan()).fixed]
    if asked:
        rows = Standing.objects.filter(
            adoption__in=[one.adoption.pk for one in asked],
            subject__in=set().union(*(one.others for one in asked)),
        )
        known = set(rows.values_list("adoption_id", "subject"))
        for one in asked:
            one.others = {code for code in one.others if (one.adoption.pk, code) in known}
    return [one for one in found if one.at_hand or one.others]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row before or after its change, with the organizations and members it names."""

    tables: frozenset[str]
    values: Values
    organizations: frozenset[str]
    superiors: frozenset[str]
    members: frozenset[str]


class _Facts:
    """The rows of some changes, where their members are registered, and who stands above."""

    def __init__(self, changes: Sequence[Change], tops: set[str], day: dt.date) -> None:
        self.rows = _rows(changes)
        self.homes = homes(day, {code for row in self.rows for code in row.members})
        named = {c for row in self.rows for c in row.organizations | row.superiors}
        self.above: defaultdict[str, set[str]] = defaultdict(set)
        above = paths(day).filter(descendant__code__in={*named, *tops, *self.homes.values()})
        for ancestor, descendant in above.values_list("ancestor__code", "descendant__code"):
            self.above[descendant].add(ancestor)

    def touched(self, adoption: Adoption) -> Touched:
        plan = adoption.plan()
        touched, reads = Touched(adoption), reads_of(plan)
        mark = self._member if plan.subject == "member" else self._organization
        for row in self.rows:
            if row.tables.isdisjoint(_OF_A_STANDARD) or self._judges(row, adoption):
                mark(touched, reads, row)
        touched.others -= touched.at_hand
        return touched

    def _judges(self, row: _Row, adoption: Adoption) -> bool:
        """Whether a judgement or exemption is of this standard, and of its kind of subject."""
        plan = adoption.plan()
        of = "organization" if row.values["member"] is None else "member"
        return (row.values["standard"], of) == (plan.standard.id, plan.subject)

    def _organization(self, touched: Touched, reads: Reads, row: _Row) -> None:
        homes = {self.homes[code] for code in row.members if code in self.homes}
        if not row.tables.isdisjoint(_TREE):
            counted = reads.beneath if "organization" in row.tables else reads.heads
            self._mark(touched, row.organizations | homes, upwards=counted)
            for superior in row.superiors:
                chain = self._chain(superior, touched.adoption)
                touched.at_hand |= row.organizations if chain else set()  # also one withdrawn
                touched.others |= chain if counted else set()
        elif row.tables & (reads.own | reads.below):
            upwards = not row.tables.isdisjoint(reads.below)
            self._mark(touched, row.organizations, upwards=upwards)
        if row.tables & reads.of_members:
            self._mark(touched, homes, upwards=True)

    def _mark(self, touched: Touched, organizations: Iterable[str], *, upwards: bool) -> None:
        for code in organizations:
            chain = self._chain(code, touched.adoption)
            if chain:
                touched.at_hand.add(code)
                touched.others |= chain if upwards else set()

    def _chain(self, organization: str, adoption: Adoption) -> set[str]:
        """From an organization upwards to the one that adopted; empty if it is not reached."""
        top = adoption.organization_id
        chain = self.above[organization]
        return chain - (self.above[top] - {top}) if top in chain else set()

    def _member(self, touched: Touched, reads: Reads, row: _Row) -> None:
        tree = not row.tables.isdisjoint(("member", "membership"))
        if not tree and not row.tables & reads.own:
            return
        for code in row.members:
            where = {self.homes[code]} if code in self.homes else set()
            where |= row.organizations if tree else set()
            if any(self._chain(organization, touched.adoption) for organization in where):
                touched.at_hand.add(code)


def _rows(changes: Sequence[Change]) -> list[_Row]:
    pairs = [
        (change.table, row) for change in changes for row in (change.before, change.after) if row
    ]
    held = _held_by({row["meeting"] for table, row in pairs if table == "attendance"}, pairs)
    came = _attendees(
        {c.before["code"] for c in changes if c.table == "meeting" and c.before and c.after}
    )
    return [_row(table, row, held, came) for table, row in pairs]


def _row(table: str, row: Values, held: dict[str, str], came: dict[str, frozenset[str]]) -> _Row:
    named, superior, tables = row.get("organization"), None, frozenset((table,))
    members = {row.get("member"), row.get("with_member")}
    if table == "organization":
        named, superior = row["code"], row["parent"]
    elif table == "member":
        members = {row["code"]}
    elif table == "attendance":
        named = held.get(row["meeting"])
    elif table == "meeting":
        # Day and kind of an attendance are its meeting's.
        tables, members = tables | {"attendance"}, set(came.get(row["code"], ()))
    return _Row(tables, row, _known(named), _known(superior), _known(*members))


@lru_cache(maxsize=4096)
def _known(*codes: str | None) -> frozenset[str]:
    return frozenset(code for code in codes if code is not None)


def _held_by(meetings: set[str], pairs: Iterable[tuple[str, Values]]) -> dict[str, str]:
    """Which organization held each meeting."""
    found = {row["code"]: row["organization"] for table, row in pairs if table == "meeting"}
    unknown = meetings - set(found)
    if unknown:
        rows = Meeting.objects.filter(code__in=unknown)
        found |= dict(rows.values_list("code", "organization__code"))
    return found


def _attendees(meetings: set[str]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    if meetings:
        rows = Attendance.objects.filter(meeting__code__in=meetings, withdrawn_at=None)
        for meeting, member in rows.values_list("meeting__code", "member__code"):
            found[meeting].add(member)
    return {meeting: frozenset(members) for meeting, members in found.items()}
