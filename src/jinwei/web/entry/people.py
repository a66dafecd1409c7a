"""Who was expected at a meeting: the roster of the day, or the committee."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import ATTENDANCE, COMMITTEE_POSTS
from jinwei.members.registered import registered
from jinwei.organizations.models import Organization, Post
from jinwei.web.phrases import with_more

OF_COMMITTEE: Final = frozenset(("committee_meeting",))
"""Kinds of meetings that the committee alone attends."""
STATUSES: Final = ("present", "leave", "absent")
"""What may be said of somebody, in the order of tapping."""
FIELD: Final = "person-"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody expected. ``full``: has a vote at the day."""

    code: str
    name: str
    full: bool
    of_committee: bool
    secretary: bool

    @property
    def field(self) -> str:
        return f"{FIELD}{self.code}"


@dataclass(frozen=True, slots=True)
class Roster:
    """All members registered in an organization at a day; the secretary and committee first."""

    people: tuple[Person, ...]

    def expected(self, kind: str) -> tuple[Person, ...]:
        """Whom a meeting of a kind concerns; without a committee on record, everybody."""
        committee = tuple(person for person in self.people if person.of_committee)
        return committee if kind in OF_COMMITTEE and committee else self.people

    def shown(self, kinds: Collection[str]) -> tuple[Person, ...]:
        """Whom to ask for where one event is meetings of several kinds."""
        if kinds and all(kind in OF_COMMITTEE for kind in kinds):
            return self.expected(next(iter(kinds)))
        return self.people


def roster(access: Access, organization: Organization, day: dt.date) -> Roster:
    """The members of an organization at a day, as standards count them: without suspended ones."""
    if not access.may(Act.MEMBERS, organization.code):
        return Roster(())
    rows = [
        row
        for row in registered(organization.code, day).order_by("code").values(*_COLUMNS)
        if _is_member(row, day)
    ]
    posts = _posts(access, organization, day)
    times = Counter(row["name"] for row in rows)
    people = [
        Person(
            code=row["code"],
            name=_told_apart(row, times),
            full=row["status"] != "probationary" and not (row["full_on"] and row["full_on"] > day),
            of_committee=any(post in COMMITTEE_POSTS for post in posts.get(row["code"], ())),
            secretary="secretary" in posts.get(row["code"], ()),
        )
        for row in rows
    ]
    return Roster(tuple(sorted(people, key=lambda p: (not p.secretary, not p.of_committee))))


_COLUMNS: Final = ("code", "name", "status", "full_on", "joined_on", "left_on", "suspended_on")


def _is_member(row: Mapping[str, Any], day: dt.date) -> bool:
    if row["joined_on"] is not None and row["joined_on"] > day:
        return False
    if row["status"] == "left" and row["left_on"] is None:
        return False
    since = row["suspended_on"]
    return not (row["status"] == "suspended" and (since is None or since <= day))


def _told_apart(row: Mapping[str, Any], times: Counter[str]) -> str:
    """The name; with the code where two have the same."""
    name, code = row["name"], row["code"]
    if not name:
        return str(code)
    return with_more(name, code) if times[name] > 1 else str(name)


def _posts(access: Access, organization: Organization, day: dt.date) -> dict[str, list[str]]:
    """Posts in force in the organization, by member."""
    rows = access.rows(Post, of=organization.code).filter(
        Q(started_on=None) | Q(started_on__lte=day),
        Q(ended_on=None) | Q(ended_on__gte=day),
    )
    found: dict[str, list[str]] = {}
    for member, post in rows.values_list("member", "post"):
        found.setdefault(member, []).append(post)
    return found


@dataclass(frozen=True, slots=True)
class Presence:
    """What was said of everybody; who is not named was there."""

    statuses: Mapping[str, str]

    def of(self, person: Person) -> str:
        said = self.statuses.get(person.code, STATUSES[0])
        return said if said in ATTENDANCE else STATUSES[0]

    def rows(self, people: Sequence[Person]) -> list[tuple[str, str]]:
        """Attendance to enter, member by member."""
        return [(person.code, self.of(person)) for person in people]

    def there(self, people: Sequence[Person]) -> int:
        """How many came, late or not."""
        return sum(self.of(person) in ("present", "late") for person in people)

    def count(self, people: Sequence[Person], status: str) -> int:
        return sum(self.of(person) == status for person in people)


def presence(values: Mapping[str, str]) -> Presence:
    """From the fields of a form."""
    return Presence(
        {name.removeprefix(FIELD): text for name, text in values.items() if name.startswith(FIELD)}
    )


def digest(people: Sequence[Person]) -> str:
    """Names a list of people, to tell whether the page shows this one."""
    return hashlib.sha256(" ".join(person.code for person in people).encode()).hexdigest()[:12]
