"""Posts: secretaries, committees, full-time staff, first secretaries, trainees."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from jinwei.demo.days import between, shift, text
from jinwei.demo.people import Person
from jinwei.demo.rows import Row, row
from jinwei.demo.tree import Organ
from jinwei.demo.world import Office, World

FIRST_SECRETARIES: Final = 22
_STAFFED: Final = 30
"""Members from which a branch has staff of its own."""
_COMMITTEE: Final = ("secretary", "organization", "publicity", "discipline")
_UPPER: Final = ("secretary", "deputy_secretary", "organization", "publicity", "discipline")
_TITLES: Final = {
    "work_committee": "区委常委",
    "committee": "主要负责人",
    "general_branch": "主要负责人",
}
_BRANCH_TITLES: Final = ("科长", "主任科员", "股长", "所长", "副科长")


def appoint(world: World) -> None:
    """Fills the posts of every organization, those of the term before where it ended lately."""
    for organ in world.organs:
        if organ.is_leaf:
            _appoint_branch(world, organ)
        elif organ.is_upper:
            _appoint_upper(world, organ)
        elif organ.kind == "temporary_branch":
            _appoint_temporary(world, organ)
    _appoint_first_secretaries(world)
    _appoint_trainees(world)
    _mark_backbone(world)


def post_rows(world: World) -> list[Row]:
    found = [office for offices in world.offices.values() for office in offices]
    found.sort(key=lambda o: (o.started, o.organization, o.post, o.person.code))
    return [
        row(
            "post",
            organization=office.organization,
            member=office.person.code,
            post=office.post,
            started_on=text(office.started),
            ended_on=text(office.ended),
            full_time=office.full_time,
            administrative_post=office.administrative,
        )
        for office in found
    ]


def _fit(world: World, organ: Organ, day: date) -> list[Person]:
    """Who can hold a post in a branch: full members, not mobile, of the branch's own kind."""
    return [
        person
        for person in world.here(organ.code, day)
        if person.status != "probationary"
        and not person.mobile
        and (organ.retired or person.category != "special")
    ] or world.here(organ.code, day)


def _branch_posts(rng: Random, organ: Organ, full: int) -> list[str]:
    """A committee from seven full members; a lagging one leaves posts vacant now and then."""
    if full < 7:
        return ["secretary"] + (["deputy_secretary"] if full > 4 and rng.random() < 0.7 else [])
    mark = rng.random()
    if organ.temper.lagging and mark < 0.6 * (1 - organ.temper.diligence) ** 2:
        return ["secretary", "publicity"]
    posts = list(_COMMITTEE) + (["deputy_secretary"] if organ.size >= 22 else [])
    if mark < 0.5 * organ.temper.overdue:
        posts.remove("discipline")
    return posts


def _branch_staff(rng: Random, organ: Organ) -> list[str]:
    """A large branch has full-time staff of its own if it is cared for."""
    cared = rng.random() < organ.temper.staff / 0.02
    return ["staff"] if organ.size >= _STAFFED and cared else []


def _appoint_branch(world: World, organ: Organ) -> None:
    rng = world.rng("post", organ.code)
    day = organ.dissolved or world.today
    pool = _fit(world, organ, day)
    full = sum(person.status != "probationary" for person in world.here(organ.code, day))
    posts = _branch_posts(rng, organ, full) + _branch_staff(rng, organ)
    holders = rng.sample(pool, min(len(posts), len(pool)))
    offices = world.offices.setdefault(organ.code, [])
    for post, person in zip(posts, holders, strict=False):
        title = rng.choice(_BRANCH_TITLES) if post == "secretary" and not organ.retired else None
        _hold(world, offices, organ, person, post, title)
    _change_secretary(world, rng, organ, [p for p in pool if p not in holders])


def _hold(
    world: World, offices: list[Office], organ: Organ, person: Person, post: str, title: str | None
) -> None:
    """The post in every term of the organization during which the person was a member."""
    for term in world.terms.get(organ.code, []):
        since = max(term.started, _registered(person, organ))
        recent = term.ended is None or term.ended >= world.start
        if recent and (term.ended is None or since <= term.ended):
            office = Office(organ.code, person, post, since, term.ended, administrative=title)
            office.full_time = post == "staff"
            offices.append(office)


def _registered(person: Person, organ: Organ) -> date:
    """Since when the person could hold a post: full, and registered where it matters."""
    since = max(person.here_since, person.full or person.joined)
    if organ.is_leaf:
        stay = next((s for s in person.stays if s.organization == organ.code), person.stays[-1])
        since = max(since, stay.from_on or since)
    return since


def _change_secretary(world: World, rng: Random, organ: Organ, others: list[Person]) -> None:
    """One branch in nine changed its secretary inside the running term."""
    sitting = [o for o in world.offices[organ.code] if o.post == "secretary" and o.ended is None]
    old = [p for p in others if _registered(p, organ) <= world.start]
    if rng.random() > 0.11 or not sitting or not old or organ.dissolved:
        return
    now = sitting[0]
    day = between(rng, shift(world.start, 40), shift(world.today, -20))
    term = world.terms[organ.code][-1]
    if term.started < world.start and now.started < shift(day, -60):
        before = rng.choice(old)
        first = max(term.started, _registered(before, organ), now.started)
        world.offices[organ.code].append(
            Office(organ.code, before, "secretary", first, shift(day, -1))
        )
        now.started = day


def _pool(world: World, organ: Organ) -> list[Person]:
    """Working full members of an office, from whom its own committee and staff are drawn."""
    leaves = [leaf for leaf in world.branches(organ.code) if not leaf.dissolved][:12]
    return [
        person
        for leaf in leaves
        for person in _fit(world, leaf, world.today)
        if person.category != "special" and len(person.stays) == 1
    ]


def _appoint_upper(world: World, organ: Organ) -> None:
    rng = world.rng("post", organ.code)
    members = world.total(organ.code, world.today)
    extra = {"committee": 2, "work_committee": 4}.get(organ.kind, 0)
    vacant = rng.choice(_UPPER[1:]) if rng.random() < 0.2 * organ.temper.poorness else None
    posts = [post for post in _UPPER if post != vacant] + ["committee_member"] * extra
    staff = _staff(organ, members)
    pool = _pool(world, organ)
    people = rng.sample(pool, min(len(posts) + staff, len(pool)))
    offices = world.offices.setdefault(organ.code, [])
    for post, person in zip(posts, people, strict=False):
        _hold_upper(world, offices, organ, person, post, members >= 150)
    for person in people[len(posts) :]:
        since = max(_registered(person, organ), shift(world.start, -rng.randrange(900)))
        offices.append(Office(organ.code, person, "staff", since, full_time=True))


def _staff(organ: Organ, members: int) -> int:
    """Full-time staff: none to a little over two in a hundred members, as the temper goes."""
    if organ.kind == "work_committee":
        return 9
    if organ.code != organ.top and organ.parent is not None:
        return 1 if organ.temper.staff > 0.015 else 0
    return int(members * organ.temper.staff + 0.5)


def _hold_upper(
    world: World, offices: list[Office], organ: Organ, person: Person, post: str, large: bool
) -> None:
    """A post of a committee or general branch; large committees have a full-time deputy."""
    title = _TITLES.get(organ.kind) if post == "secretary" else None
    if organ.kind == "work_committee":
        since = max(_registered(person, organ), shift(world.start, -400))
        offices.append(Office(organ.code, person, post, since, administrative=title))
    else:
        _hold(world, offices, organ, person, post, title)
    if post == "deputy_secretary" and large and organ.temper.overdue < 0.3:
        for office in offices:
            office.full_time = office.full_time or office.post == post


def _appoint_temporary(world: World, organ: Organ) -> None:
    """The superior names a secretary and two committee members for the task."""
    rng = world.rng("post", organ.code)
    people = [p for p in _pool(world, world.by_code[organ.top]) if p.here_since < world.start]
    posts = ("secretary", "organization", "publicity")
    world.offices[organ.code] = [
        Office(organ.code, person, post, organ.established, organ.dissolved)
        for post, person in zip(posts, rng.sample(people, 3), strict=True)
    ]


def _appoint_first_secretaries(world: World) -> None:
    """The heads of 22 leading groups are first secretaries of their office's organization."""
    tops = [o for o in world.uppers if o.code == o.top and o.parent]
    rng = world.rng("first secretary")
    for top in sorted(rng.sample(tops, min(FIRST_SECRETARIES, len(tops))), key=lambda o: o.code):
        taken = {office.person.code for office in world.offices[top.code]}
        free = [person for person in _pool(world, top) if person.code not in taken]
        person = rng.choice(free)
        since = max(_registered(person, top), shift(world.start, rng.randrange(-200, 300)))
        world.offices[top.code].append(
            Office(top.code, person, "first_secretary", since, administrative="党组书记")
        )


def _appoint_trainees(world: World) -> None:
    """In some branches a young member assists the secretary."""
    for leaf in world.leaves:
        rng = world.rng("trainee", leaf.code)
        if leaf.dissolved or leaf.retired or rng.random() > 0.04:
            continue
        taken = {office.person.code for office in world.offices[leaf.code]}
        young = [p for p in _fit(world, leaf, world.today) if p.code not in taken]
        if young:
            person = max(young, key=lambda p: (p.birth, p.code))
            since = max(_registered(person, leaf), shift(world.today, -rng.randrange(40, 300)))
            world.offices[leaf.code].append(Office(leaf.code, person, "trainee_secretary", since))


def _mark_backbone(world: World) -> None:
    """Whoever holds a post counts as backbone in the members' points."""
    for offices in world.offices.values():
        for office in offices:
            if office.ended is None and office.person.category == "ordinary":
                office.person.category = "backbone"
