"""The world of one data set: its organizations and members, asked by the ledgers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from random import Random

from jinwei.demo import days
from jinwei.demo.chance import stream
from jinwei.demo.people import Frame, Person, days_of
from jinwei.demo.rows import Row
from jinwei.demo.tree import Organ
from jinwei.engine.catalogue import COMMITTEE_POSTS


@dataclass(slots=True)
class Office:
    """A post held by a person, from when to when."""

    organization: str
    person: Person
    post: str
    started: date
    ended: date | None = None
    full_time: bool = False
    administrative: str | None = None

    def held(self, day: date) -> bool:
        return self.started <= day and (self.ended is None or day <= self.ended)


@dataclass(slots=True)
class Term:
    """One elected term of a committee or secretary."""

    organization: str
    started: date
    expires: date
    elected: date
    ended: date | None = None


@dataclass
class World:
    """Organizations in order of entry, rosters by branch, terms and posts by organization."""

    frame: Frame
    organs: list[Organ]
    rosters: dict[str, list[Person]]
    terms: dict[str, list[Term]] = field(default_factory=dict)
    offices: dict[str, list[Office]] = field(default_factory=dict)
    superiors: list[Row] = field(default_factory=list)
    _presence: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)

    @property
    def start(self) -> date:
        return self.frame.start

    @property
    def today(self) -> date:
        return self.frame.today

    @cached_property
    def lately(self) -> date:
        """Since when talks, courses and services are entered: a year, in whole months."""
        return max(self.start, days.add_months(self.today.replace(day=1), -12))

    def rng(self, *parts: object) -> Random:
        return stream(self.frame.seed, *parts)

    @cached_property
    def by_code(self) -> dict[str, Organ]:
        return {organ.code: organ for organ in self.organs}

    @cached_property
    def leaves(self) -> list[Organ]:
        return [organ for organ in self.organs if organ.is_leaf]

    @cached_property
    def uppers(self) -> list[Organ]:
        return [organ for organ in self.organs if organ.is_upper]

    @cached_property
    def people(self) -> list[Person]:
        """Everybody, branch by branch."""
        return [person for leaf in self.leaves for person in self.rosters.get(leaf.code, [])]

    @cached_property
    def months(self) -> list[date]:
        """The first days of the months the ledgers cover."""
        return list(days.months(self.start, self.today))

    @cached_property
    def registered(self) -> dict[str, list[tuple[Person, date, date | None]]]:
        """Who was registered in an organization, from when to when, former ones included."""
        found: dict[str, list[tuple[Person, date, date | None]]] = {}
        for person in self.people:
            for code, first, last in days_of(person):
                found.setdefault(code, []).append((person, first, last))
        return found

    def here(self, code: str, day: date) -> list[Person]:
        """The members registered in the organization on the day."""
        return [
            person
            for person, first, last in self.registered.get(code, [])
            if first <= day and (last is None or day <= last)
        ]

    def headcount(self, code: str, day: date) -> int:
        """How many members are registered in the organization on the day."""
        if code not in self._presence:
            spans = self.registered.get(code, [])
            self._presence[code] = (
                sorted(first.toordinal() for _, first, _ in spans),
                sorted(last.toordinal() for _, _, last in spans if last),
            )
        firsts, lasts = self._presence[code]
        number = day.toordinal()
        return bisect_right(firsts, number) - bisect_left(lasts, number)

    def span(self, organ: Organ) -> tuple[date, date]:
        """The part of the ledgers' period in which the organization existed."""
        return max(self.start, organ.established), min(self.today, organ.dissolved or self.today)

    @cached_property
    def _branches_below(self) -> dict[str, list[Organ]]:
        found: dict[str, list[Organ]] = {}
        for leaf in self.leaves:
            code: str | None = leaf.code
            while code is not None:
                found.setdefault(code, []).append(leaf)
                code = self.by_code[code].parent
        return found

    def branches(self, code: str) -> list[Organ]:
        """The branches at or below an organization, as the tree stands at the day."""
        return self._branches_below.get(code, [])

    def total(self, code: str, day: date) -> int:
        """Members at or below an organization, as the tree stands at the day."""
        return sum(self.headcount(leaf.code, day) for leaf in self.branches(code))

    def committee(self, code: str, day: date) -> list[Office]:
        """The posts held in an organization on the day."""
        return [office for office in self.offices.get(code, []) if office.held(day)]

    def committee_size(self, code: str, day: date) -> int:
        """How many persons sit on an organization's committee on the day."""
        sitting = [o for o in self.committee(code, day) if o.post in COMMITTEE_POSTS]
        return len({office.person.code for office in sitting})

    def secretary(self, code: str, day: date) -> Person | None:
        return next((o.person for o in self.committee(code, day) if o.post == "secretary"), None)

    def party_day(self, organ: Organ, month: date) -> date:
        """The organization's fixed theme day in a month."""
        return days.workday(month.replace(day=organ.party_day))

    @cached_property
    def _groups_of(self) -> dict[str, list[Organ]]:
        found: dict[str, list[Organ]] = {}
        for organ in self.organs:
            if organ.kind == "group" and organ.parent:
                found.setdefault(organ.parent, []).append(organ)
        return found

    def groups(self, code: str) -> list[Organ]:
        """The groups of a branch."""
        return self._groups_of.get(code, [])
