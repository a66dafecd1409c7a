"""Members: who they are, since when they are here, where they were registered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final

from jinwei.demo.chance import stream, weighted
from jinwei.demo.days import add_years, between, shift, text
from jinwei.demo.names import ethnicity, person_name
from jinwei.demo.rows import Row, row
from jinwei.demo.tree import Organ

_EDUCATION: Final = (
    ("大学本科", 58.0),
    ("硕士研究生", 21.0),
    ("大学专科", 16.0),
    ("博士研究生", 1.0),
    ("高中", 4.0),
)
_ARRIVALS: Final = (
    ("veteran", 925.0),
    ("arrival", 42.0),
    ("recruit", 17.0),
    ("convert", 16.0),
)
"""How a member of today came: long here, transferred in, probationary, newly full."""
_OCCUPATIONS: Final = {
    "office": "公务员",
    "public_institution": "事业单位工作人员",
    "state_enterprise": "国有企业职工",
    "private_enterprise": "非公企业职工",
    "social_organization": "社会组织从业人员",
}


@dataclass(slots=True)
class Stay:
    """Registered in one organization; open ends are empty."""

    organization: str
    from_on: date | None = None
    to_on: date | None = None


@dataclass(slots=True)
class Person:
    """A member; ``pay`` is the base of dues in yuan a month."""

    code: str
    name: str
    sex: str
    ethnicity: str
    birth: date
    education: str
    occupation: str
    status: str
    category: str
    joined: date
    full: date | None
    here_since: date
    pay: int
    mobile: bool = False
    suspended: date | None = None
    left: date | None = None
    stays: list[Stay] = field(default_factory=list)

    @property
    def organization(self) -> str:
        return self.stays[-1].organization

    @property
    def gone(self) -> date | None:
        """The last day as a member, for those who left or are suspended."""
        return self.left or (shift(self.suspended, -1) if self.suspended else None)

    def present(self, day: date) -> bool:
        return self.here_since <= day and (self.gone is None or day <= self.gone)


def member_row(person: Person) -> Row:
    return row(
        "member",
        code=person.code,
        name=person.name,
        sex=person.sex,
        ethnicity=person.ethnicity,
        birth_on=text(person.birth),
        education=person.education,
        occupation=person.occupation,
        organization=person.organization,
        status=person.status,
        category=person.category,
        joined_on=text(person.joined),
        full_on=text(person.full),
        here_since=text(person.here_since),
        suspended_on=text(person.suspended),
        left_on=text(person.left),
        mobile=person.mobile,
    )


def membership_rows(people: list[Person]) -> list[Row]:
    """One row a stay, for members who were registered in more than one organization."""
    return [
        row(
            "membership",
            member=person.code,
            organization=stay.organization,
            from_on=text(stay.from_on),
            to_on=text(stay.to_on),
        )
        for person in people
        if len(person.stays) > 1
        for stay in person.stays
    ]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the making of members needs to know of the data set."""

    seed: int
    start: date
    today: date
    mobile: float = 0.02


def residents(frame: Frame, organ: Organ) -> list[Person]:
    """The members of a branch at the day, then those who left it or are suspended."""
    rng = stream(frame.seed, "people", organ.code)
    people = [_resident(frame, rng, organ, n) for n in range(1, organ.size + 1)]
    number = organ.size
    for _ in range(organ.size):
        mark = rng.random()
        if mark < 0.018:
            number += 1
            people.append(_former(frame, rng, organ, number, mark < 0.003))
    return people


def _resident(frame: Frame, rng: Random, organ: Organ, number: int) -> Person:
    """A member registered in the branch at the day; the first three are full members."""
    retired = organ.retired or rng.random() < 0.03
    way = "veteran" if retired or number <= 3 else weighted(rng, _ARRIVALS)
    if way == "recruit":
        day = between(rng, shift(add_years(frame.today, -1), 1), shift(frame.today, -5))
        return _person(frame, rng, organ, number, day, None, day, False)
    if way == "convert":
        day = between(rng, shift(add_years(frame.today, -2), 1), add_years(frame.today, -1))
        return _person(frame, rng, organ, number, day, add_years(day, 1), day, False)
    joined = _joined(frame, rng, retired)
    first, last = shift(frame.start, 1), shift(frame.today, -10)
    if way == "veteran":
        first, last = add_years(joined, 1), shift(frame.start, -1)
    since = between(rng, first, last)
    return _person(frame, rng, organ, number, joined, add_years(joined, 1), since, retired)


def _joined(frame: Frame, rng: Random, retired: bool) -> date:
    """The day of admission: decades ago for the retired, two years ago at the latest."""
    oldest, newest = (52, 30) if retired else (30, 3)
    years = newest + int((oldest - newest) * rng.random() * (0.35 + 0.65 * rng.random()))
    return between(rng, add_years(frame.start, -years - 1), add_years(frame.start, -years))


def _person(
    frame: Frame, rng: Random, organ: Organ, number: int, joined: date, full: date | None,
    since: date, retired: bool,
) -> Person:  # fmt: skip
    """The person behind the dates; nobody's number or telephone is made up."""
    sex = "男" if rng.random() < 0.62 else "女"
    youngest = 27 if retired else 20
    birth = between(rng, add_years(joined, -youngest - 8), add_years(joined, -youngest))
    mobile = not retired and full is not None and rng.random() < frame.mobile
    pay = rng.randrange(3200, 7200, 10) if retired else rng.randrange(3800, 11200, 10)
    return Person(
        f"{organ.code}-{number:03}",
        person_name(rng, sex),
        sex,
        ethnicity(rng),
        birth,
        weighted(rng, _EDUCATION),
        "离退休人员" if retired else _OCCUPATIONS.get(organ.sector, "其他从业人员"),
        "full" if full else "probationary",
        "special" if retired else "mobile" if mobile else "ordinary",
        joined,
        full,
        since,
        pay,
        mobile,
        stays=[Stay(organ.code)],
    )


def _former(frame: Frame, rng: Random, organ: Organ, number: int, suspended: bool) -> Person:
    """Someone who left in the period of the ledgers, or lost contact and is suspended."""
    joined = _joined(frame, rng, organ.retired)
    since = between(rng, add_years(joined, 1), shift(frame.start, -30))
    full = add_years(joined, 1)
    person = _person(frame, rng, organ, number, joined, full, since, organ.retired)
    end = between(rng, shift(frame.start, 10), shift(frame.today, -3))
    if suspended:
        person.status, person.suspended = "suspended", end
    else:
        person.status, person.left = "left", end
    return person


def days_of(person: Person) -> list[tuple[str, date, date | None]]:
    """Where the person counted as a member, from which day to which."""
    found = []
    for stay in person.stays:
        first = max(person.here_since, stay.from_on or person.here_since)
        ends = [end for end in (stay.to_on, person.gone) if end is not None]
        last = min(ends) if ends else None
        if last is None or first <= last:
            found.append((stay.organization, first, last))
    return found
