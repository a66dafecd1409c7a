"""Meetings: what an organization owes each month, quarter and year, and what took place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from jinwei.demo.days import iso, month_end, shift, text, workday
from jinwei.demo.rows import Row, row
from jinwei.demo.topics import PARTY_WORK, TOPICS, WARNING
from jinwei.demo.tree import Organ
from jinwei.demo.world import World


@dataclass(slots=True)
class Meeting:
    """A meeting that took place and was entered by the day of the data set."""

    organization: str
    kind: str
    held: date
    expected: int
    attended: int
    recorded: date
    topic: str | None
    led_by: str | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """An organization while its meetings are made; ``batch`` is its one day of entry."""

    world: World
    organ: Organ
    rng: Random
    first: date
    last: date
    batch: date | None


def hold_meetings(world: World) -> list[Meeting]:
    """All meetings in the order in which they were entered."""
    found: list[Meeting] = []
    for organ in world.organs:
        rng = world.rng("meeting", organ.code)
        first, last = world.span(organ)
        batch = shift(world.today, -rng.randrange(4, 26)) if organ.temper.batch else None
        found += _meetings(Setting(world, organ, rng, first, last, batch))
    found.sort(key=lambda m: (m.recorded, m.held, m.organization, m.kind))
    for number, meeting in enumerate(found, 1):
        meeting.code = f"M{number:06}"
    return found


def meeting_row(meeting: Meeting) -> Row:
    return row(
        "meeting",
        code=meeting.code,
        organization=meeting.organization,
        kind=meeting.kind,
        held_on=iso(meeting.held),
        topic=meeting.topic,
        led_by=meeting.led_by,
        expected=meeting.expected,
        attended=meeting.attended,
        recorded_on=text(meeting.recorded),
    )


def _meetings(setting: Setting) -> list[Meeting]:
    """The organization's meetings by the calendar it has to keep."""
    calendar = _upper_calendar if setting.organ.is_upper else _branch_calendar
    if setting.organ.kind == "group":
        calendar = _group_calendar
    held = []
    for month in setting.world.months:
        for kind, day in calendar(setting, month):
            if setting.first <= day <= setting.last and _takes_place(setting, kind):
                meeting = _meeting(setting, kind, day)
                if meeting is not None:
                    held.append(meeting)
    return held


def _takes_place(setting: Setting, kind: str) -> bool:
    """Whether a meeting that is due is held; study is the first to be put off."""
    put_off = 0.025 if kind == "study" else 0.0
    return setting.rng.random() < setting.organ.temper.hold - put_off


def _quarterly(setting: Setting, month: date, salt: str) -> bool:
    """Whether this month of the quarter is the organization's for a quarterly meeting."""
    quarter = (month.year * 12 + month.month - 1) // 3
    rng = setting.world.rng(salt, setting.organ.code, quarter)
    return rng.randrange(3) == (month.month - 1) % 3


def _somewhere(setting: Setting, month: date) -> date:
    """A working day of the month, after the third."""
    return workday(month.replace(day=setting.rng.randrange(4, 29)))


def _branch_calendar(setting: Setting, month: date) -> list[tuple[str, date]]:
    """Theme day, committee and study every month, meeting and lecture every quarter."""
    world, organ = setting.world, setting.organ
    day = world.party_day(organ, month)
    due = [("theme_day", day)]
    if world.committee_size(organ.code, month_end(month)) >= 3:
        due.append(("committee_meeting", _somewhere(setting, month)))
    if _quarterly(setting, month, "branch meeting"):
        due.append(("branch_meeting", day))
    if _quarterly(setting, month, "lecture"):
        due.append(("lecture", _somewhere(setting, month)))
    due.append(("study", _somewhere(setting, month)))
    return due + _year_end(setting, month)


def _year_end(setting: Setting, month: date) -> list[tuple[str, date]]:
    """Life meeting and appraisal on two days of December (of January, for a third)."""
    if setting.organ.kind == "temporary_branch":
        return []
    if month.month != (1 if setting.organ.party_day % 3 == 0 else 12):
        return []
    day = workday(month.replace(day=setting.organ.party_day))
    return [("life_meeting", day), ("appraisal", workday(shift(day, 3)))]


def _group_calendar(setting: Setting, month: date) -> list[tuple[str, date]]:
    return [("group_meeting", _somewhere(setting, month))]


def _upper_calendar(setting: Setting, month: date) -> list[tuple[str, date]]:
    """Committees: first topic, committee and study monthly, two lectures a year."""
    due = [("committee_meeting", _somewhere(setting, month))]
    if setting.organ.kind != "general_branch":
        due.append(("first_topic", _somewhere(setting, month)))
    if setting.organ.kind != "general_branch":
        due.append(("study", _somewhere(setting, month)))
    if _quarterly(setting, month, "study"):
        due.append(("study", _somewhere(setting, month)))
    if month.month in (3, 7):
        due.append(("lecture", _somewhere(setting, month)))
    if month.month in (6, 12) and setting.organ.kind == "general_branch":
        due.append(("branch_meeting", _somewhere(setting, month)))
    if month.month == 1 and setting.organ.kind != "general_branch":
        due.append(("democratic_life_meeting", _somewhere(setting, month)))
    if month.month in (5, 11):
        due.append(("other", _somewhere(setting, month)))
    return due


def _meeting(setting: Setting, kind: str, day: date) -> Meeting | None:
    """The meeting with its attendance; none if nobody has entered it yet."""
    recorded = _recorded(setting, day)
    expected = _expected(setting, kind, day)
    if recorded is None or expected < 1:
        return None
    rng, temper = setting.rng, setting.organ.temper
    bare = rng.random() < temper.blank
    return Meeting(
        setting.organ.code,
        kind,
        day,
        expected,
        _attended(setting, kind, expected),
        recorded,
        None if bare else _topic(setting, kind, day),
        None if bare else _leader(setting, day),
    )


def _topic(setting: Setting, kind: str, day: date) -> str:
    """What it was about; committees study Party work and warn by example at fixed times."""
    if setting.organ.is_upper and kind == "committee_meeting" and day.month % 3 == 2:
        return PARTY_WORK
    if setting.organ.is_upper and kind == "lecture" and day.month == 7:
        return WARNING
    return setting.rng.choice(TOPICS[kind])


def _recorded(setting: Setting, day: date) -> date | None:
    """The day of entry: the one batch, or the lag of the temper; none while still ahead."""
    if setting.batch:
        return setting.batch if day <= setting.batch else None
    low, high = setting.organ.temper.lag
    recorded = shift(day, setting.rng.randrange(low, high + 1))
    return recorded if recorded <= setting.world.today else None


def _expected(setting: Setting, kind: str, day: date) -> int:
    """Who should come: the members, the committee, the group's share of its branch."""
    world, organ = setting.world, setting.organ
    if organ.kind == "group":
        siblings = world.groups(organ.parent or "")
        return max(world.headcount(organ.parent or "", day) // len(siblings), 1)
    if kind == "committee_meeting":
        return world.committee_size(organ.code, day)
    if organ.kind == "temporary_branch":
        return 6 + organ.party_day % 9
    if organ.is_upper:
        return _upper_expected(world, organ, kind, day)
    return world.headcount(organ.code, day)


def _upper_expected(world: World, organ: Organ, kind: str, day: date) -> int:
    """Committees meet as leaders; lectures and member meetings gather the members."""
    if kind == "branch_meeting":
        return world.total(organ.code, day)
    if kind in ("lecture", "other"):
        return max(world.total(organ.code, day) // 3, 1)
    return 5 + organ.party_day % 5


def _attended(setting: Setting, kind: str, expected: int) -> int:
    """Attendance in the range of the temper; small bodies meet nearly complete."""
    low, high = setting.organ.temper.turnout
    rate = low + (high - low) * setting.rng.random()
    if kind in ("committee_meeting", "first_topic", "democratic_life_meeting"):
        rate = min(1.0, rate + 0.12)
    return min(expected, max(1, int(expected * rate + 0.5)))


def _leader(setting: Setting, day: date) -> str | None:
    """The secretary, now and then another member of the committee."""
    world, code = setting.world, setting.organ.code
    if setting.organ.kind == "group":
        people = world.here(setting.organ.parent or "", day)
        return people[setting.organ.party_day % len(people)].name if people else None
    offices = [o for o in world.committee(code, day) if o.post != "staff"]
    leading = [o for o in offices if o.post == "secretary"]
    if offices and (not leading or setting.rng.random() < 0.15):
        leading = [setting.rng.choice(offices)]
    return leading[0].person.name if leading else None
