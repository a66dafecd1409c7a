"""Attendance by name, which only some branches keep."""

from __future__ import annotations

from jinwei.demo.meetings import Meeting
from jinwei.demo.rows import Row
from jinwei.demo.world import World

KINDS = ("theme_day", "branch_meeting", "study")


def keepers(world: World, wanted: int) -> list[str]:
    """The branches that write down who came: spread over the tree, a few only on paper."""
    leaves = [leaf for leaf in world.leaves if not leaf.dissolved]
    step = max(len(leaves) / wanted, 1.0)
    return [leaves[int(i * step)].code for i in range(min(wanted, len(leaves)))]


def attendance_rows(world: World, meetings: list[Meeting], wanted: int) -> list[Row]:
    """One row a member and meeting; present and late ones are the meeting's attended."""
    codes = frozenset(keepers(world, wanted))
    rows: list[Row] = []
    for meeting in meetings:
        if meeting.organization in codes and meeting.kind in KINDS:
            rows += _rows_of(world, meeting)
    return rows


def _rows_of(world: World, meeting: Meeting) -> list[Row]:
    rng = world.rng("attendance", meeting.code)
    people = world.here(meeting.organization, meeting.held)
    away = {p.code for p in rng.sample(people, meeting.expected - meeting.attended)}
    rows: list[Row] = []
    for person in people:
        mark = rng.random()
        if person.code in away:
            status = "leave" if mark < 0.72 else "absent"
        else:
            status = "late" if mark < 0.025 else "present"
        rows.append((meeting.code, person.code, status))
    return rows
