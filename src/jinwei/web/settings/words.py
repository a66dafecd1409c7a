"""Roles, spans and states of accounts in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jinwei.accounts.acts import RoleName
from jinwei.accounts.models import Account, Role
from jinwei.web.templatetags.jinwei import iso


@dataclass(frozen=True, slots=True)
class State:
    """How an account stands: a word, its tone, and the name of the filter that finds it."""

    name: str
    word: str
    tone: str = ""


def role_label(role: str) -> str:
    return str(RoleName(role).label)


def role_line(role: Role, day: dt.date) -> str:
    """A role with its place, its purpose and, where it has one, its end."""
    said = _("%(role)s，%(place)s") % {
        "role": role_label(role.role),
        "place": role.organization.name,
    }
    if role.purpose:
        said = _("%(said)s（%(purpose)s）") % {"said": said, "purpose": role.purpose}
    if role.from_on is not None and role.from_on > day:
        return _("%(said)s，自 %(day)s") % {"said": said, "day": iso(role.from_on)}
    if role.to_on is not None:
        return _("%(said)s，至 %(day)s") % {"said": said, "day": iso(role.to_on)}
    return said


def role_lines(roles: Iterable[Role], day: dt.date) -> list[str]:
    return [role_line(role, day) for role in roles]


def state_of(account: Account, locked_until: dt.datetime | None) -> State:
    """Whether somebody can sign in, and what stands in the way."""
    if not account.is_active:
        return State("closed", _("已停用"), "lost")
    if account.locked_at is not None:
        return State("locked", _("已锁定"), "lost")
    if locked_until is not None:
        clock = date_format(timezone.localtime(locked_until), "H:i")
        return State("locked", _("输错密码，锁定到 %(time)s") % {"time": clock}, "wait")
    if not account.has_usable_password():
        return State("invited", _("还没有设密码"), "wait")
    return State("open", _("可以登录"), "ok")
