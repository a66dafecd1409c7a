"""What is said about one member: the row of the roster in words, with what is guarded masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404
from django.utils.translation import gettext as _

from jinwei.accounts.access import Access
from jinwei.engine.catalogue import TABLES
from jinwei.members.identity import KeyMissing, masked, masked_phone, unseal
from jinwei.members.models import Member
from jinwei.standings.figures import scope
from jinwei.web.guard import Request
from jinwei.web.ledgers.words import heading, value_word
from jinwei.web.organization.page import code_word

GUARDED: Final = ("id_number", "phone")
_UNSAID: Final = ("name", "organization")


@dataclass(frozen=True, slots=True)
class Said:
    """One column of the roster: its name, heading and value in words."""

    column: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Guarded:
    """A guarded column: whether it is kept, and what a page shows of it."""

    column: str
    label: str
    kept: bool
    masked: str


def member_of(request: Request, code: str) -> Member:
    """A member of the scope of the page, as the account may see it; raises Http404."""
    within = scope(request.organization.code, request.access.day)
    rows = request.access.rows(Member).filter(organization__code__in=within)
    found: Member | None = rows.select_related("organization").filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


def role_of(access: Access) -> str:
    """The widest role of an account: who it is to those it reads about."""
    return str(access.roles[0].role) if access.roles else ""


def columns_of(member: Member) -> tuple[Said, ...]:
    """What the roster says, without what is guarded; empty columns are named as such."""
    table = TABLES["member"]
    return tuple(
        Said(column.name, heading(table, column), _value(member, column.name))
        for column in table.viewed
        if column.name not in _UNSAID
    )


def _value(member: Member, name: str) -> str:
    column = TABLES["member"].column(name)
    assert column is not None
    value = getattr(member, name)
    return value_word(TABLES["member"], column, value)


def guarded_of(member: Member) -> tuple[Guarded, ...]:
    """The guarded columns, masked."""
    table = TABLES["member"]
    found = []
    for name in GUARDED:
        column = table.column(name)
        assert column is not None
        text = _masked(member, name)
        found.append(Guarded(name, heading(table, column), bool(text), text))
    return tuple(found)


def _masked(member: Member, name: str) -> str:
    if name == "phone":
        return masked_phone(member.phone) if member.phone else ""
    if member.id_number_sealed is None:
        return ""
    try:
        return masked(unseal(member.id_number_sealed))
    except KeyMissing:
        return _("密钥不在，读不出来")


def plain(member: Member, column: str) -> str:
    """A guarded column as it is; raises :class:`KeyMissing`."""
    if column == "phone":
        return member.phone or ""
    return unseal(member.id_number_sealed) if member.id_number_sealed is not None else ""


def status_said(member: Member) -> str:
    """Full member, probationary member …: with the day on which somebody left."""
    if member.status == "left" and member.left_on is not None:
        return _("已于 %(day)s 离开") % {"day": member.left_on}
    if member.status == "suspended" and member.suspended_on is not None:
        return _("%(day)s 起停止党籍") % {"day": member.suspended_on}
    word = code_word("member", "status", member.status)
    return _("%(status)s党员") % {"status": word} if member.status in _HERE else word


_HERE: Final = ("full", "probationary")


def months_said(months: Sequence[int]) -> str:
    """“3 月、5 月”."""
    return _("、").join(_("%(n)d 月") % {"n": month} for month in months)


def span_said(first: dt.date | None, last: dt.date | None) -> str:
    """From when to when, in words."""
    said: Mapping[str, object] = {"first": first, "last": last}
    if first and last:
        return _("%(first)s 至 %(last)s") % said
    if first:
        return _("%(first)s 起") % said
    return _("至 %(last)s") % said if last else _("一直在这里")
