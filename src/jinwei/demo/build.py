"""Putting a data set together: the world first, then its ledgers table by table."""

from __future__ import annotations

from datetime import date
from typing import Final

from jinwei.demo import activities, cases, changes, dues, filings, funds, judgements, matters
from jinwei.demo import attendance as attendances
from jinwei.demo import meetings as gatherings
from jinwei.demo.days import add_months
from jinwei.demo.people import Frame, member_row, membership_rows, residents
from jinwei.demo.posts import appoint, post_rows
from jinwei.demo.rows import Row, Tables
from jinwei.demo.terms import elect, term_rows
from jinwei.demo.tree import committee_tree, district_tree, organization_row
from jinwei.demo.world import World
from jinwei.engine.catalogue import TABLES

MONTHS: Final = 18


def _frame(seed: int, today: date, mobile: float) -> Frame:
    return Frame(seed, add_months(today.replace(day=1), -MONTHS), today, mobile)


def district_world(seed: int, today: date) -> World:
    """The district with its members, changes, terms and posts."""
    frame = _frame(seed, today, 0.02)
    organs = district_tree(seed, today)
    rosters = {organ.code: residents(frame, organ) for organ in organs if organ.is_leaf}
    ended = changes.dissolved_branches(frame, organs, rosters)
    changes.new_branch(frame, organs, rosters)
    changes.transfers(frame, organs, rosters, 0.015)
    world = World(frame, organs + ended, rosters)
    world.superiors += changes.reorganization(frame, organs)
    world.superiors += changes.stationed_abroad(frame, organs)
    elect(world)
    appoint(world)
    return world


def committee_world(seed: int, today: date) -> World:
    """The stationed committee with its members, transfers, terms and posts."""
    frame = _frame(seed, today, 0.16)
    organs = committee_tree(seed)
    rosters = {organ.code: residents(frame, organ) for organ in organs if organ.is_leaf}
    changes.transfers(frame, organs, rosters, 0.04)
    world = World(frame, organs, rosters)
    world.superiors += changes.guided_by_sibling(frame, organs)
    elect(world)
    appoint(world)
    return world


def tables(world: World, keepers: int) -> Tables:
    """Every ledger of the world; ``keepers`` branches write down attendance by name."""
    meetings = gatherings.hold_meetings(world)
    found: dict[str, list[Row]] = {
        "organization": [organization_row(organ) for organ in world.organs],
        "member": [member_row(person) for person in world.people],
        "membership": membership_rows(world.people),
        "superior": world.superiors,
        "term": term_rows(world),
        "post": post_rows(world),
        "meeting": [gatherings.meeting_row(meeting) for meeting in meetings],
        "attendance": attendances.attendance_rows(world, meetings, keepers),
        "dues": dues.dues_rows(world),
        "appraisal": activities.appraisal_rows(world, meetings),
        **_works(world),
    }
    return {name: found[name] for name in TABLES if name in found}


def _works(world: World) -> Tables:
    """The ledgers that need neither the meetings nor each other."""
    return {
        "talk": activities.talk_rows(world),
        "training": activities.training_rows(world),
        "service": activities.service_rows(world),
        "fund": funds.fund_rows(world),
        "filing": filings.filing_rows(world),
        "venue": matters.venue_rows(world),
        "project": matters.project_rows(world),
        "honor": matters.honor_rows(world),
        "incident": matters.incident_rows(world),
        "rectification": matters.rectification_rows(world),
        "survey": matters.survey_rows(world),
        "case": cases.case_rows(world),
        "judgement": judgements.judgement_rows(world),
        "exemption": judgements.exemption_rows(world),
    }
