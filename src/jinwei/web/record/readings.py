"""Who has seen what is held about a member, out of the record of audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jinwei.accounts.acts import RoleName
from jinwei.audit.models import Entry
from jinwei.engine.catalogue import TABLES
from jinwei.members.actions import EXPORTED, LOOKS, UNMASKED
from jinwei.web.ledgers.words import heading

SHOWN = 50
_RECENT = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody saw the record: when, who, in which role, what of it, and why."""

    at: dt.datetime
    name: str
    role: str
    what: str
    reason: str
    own: bool


def readings(code: str, account: int) -> tuple[Reading, ...]:
    """The newest readings of a member; those of the own account say so."""
    entries = Entry.objects.filter(member=code, act__in=LOOKS).order_by("-pk")[:SHOWN]
    return tuple(_readings(entries, account))


def recently(code: str, account: int, now: dt.datetime) -> int:
    """How often others looked within thirty days."""
    rows = Entry.objects.filter(member=code, act__in=LOOKS, at__gte=now - _RECENT)
    return rows.exclude(account=account).count()


def _readings(entries: Iterable[Entry], account: int) -> Iterator[Reading]:
    for entry in entries:
        after = entry.after or {}
        role = str(after.get("role") or "")
        yield Reading(
            entry.at,
            entry.account_name,
            str(RoleName(role).label) if role in RoleName.values else "",
            _what(entry.act, after),
            entry.reason,
            entry.account == account,
        )


def _what(act: str, after: dict[str, object]) -> str:
    if act == UNMASKED:
        return _("显示了%(column)s") % {"column": _column(str(after.get("column") or ""))}
    if act == EXPORTED:
        columns = after.get("columns")
        if isinstance(columns, list) and "id_number" in columns:
            return _("导出了名册，带身份号码和手机号码")
        return _("导出了名册") if isinstance(columns, list) else _("导出了这份记录")
    return _("打开了您的页面")


def _column(name: str) -> str:
    column = TABLES["member"].column(name)
    return heading(TABLES["member"], column) if column else name
