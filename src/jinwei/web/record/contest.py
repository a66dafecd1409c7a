"""What a member may object to: a line that is held about them, in words."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from jinwei.engine.catalogue import TABLES
from jinwei.members.models import Member
from jinwei.members.objections import POINTS, Contested
from jinwei.standings.figures import standings_of
from jinwei.web.ledgers.words import heading, table_name, value_word
from jinwei.web.members.held import TABLES_OF_MEMBERS, held, names_of, own_rows, said
from jinwei.web.organization.page import words

MISSING = "record"
"""Something that ought to be held and is not."""


def contested(member: Member, table: str, row: str, column: str, day: dt.date) -> Contested | None:
    """The line that is meant; None where nothing of the kind is held about the member."""
    if table == MISSING:
        return Contested(MISSING, "", _("记录里缺了一条"))
    if table == POINTS:
        return _of_points(member, row, day)
    if table == "member":
        return _of_roster(member, column)
    if table in TABLES_OF_MEMBERS:
        return _of_ledger(member, table, row)
    return None


def _of_points(member: Member, row: str, day: dt.date) -> Contested | None:
    standard, _slash, indicator = row.partition("/")
    for standing in standings_of(member.code, day):
        plan = standing.adoption.plan().standard
        one = next((i for i in plan.indicators if i.id == indicator), None)
        if plan.id == standard and one is not None:
            title = one.title(words().language)
            line = _("积分 %(id)s %(title)s") % {"id": one.id, "title": title}
            return Contested(POINTS, row, line)
    return None


def _of_roster(member: Member, name: str) -> Contested | None:
    table = TABLES["member"]
    column = table.column(name)
    if column is None or column.derived:
        return None
    line = heading(table, column)
    if name == "organization":
        line = f"{line} {member.organization.name}"
    elif not column.guarded:
        line = f"{line} {value_word(table, column, getattr(member, name))}"
    return Contested("member", member.code, line, name)


def _of_ledger(member: Member, table: str, row_id: str) -> Contested | None:
    tables = {table: held(member.code, own_rows, (table,))[table]}
    row = next((one for one in tables[table] if one.row_id == row_id), None)
    if row is None:
        return None
    text = said(row, names_of(tables, own_rows).people)
    when = row.day.isoformat() if row.day else ""
    line = " ".join(filter(None, (table_name(table), when, text)))
    return Contested(table, row_id, line, organization=row.organization)
