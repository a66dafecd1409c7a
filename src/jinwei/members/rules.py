"""What must hold of a row of the roster, and what is worth a second look."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils.translation import gettext as _

from .models import Member

ADULT: Final = 18
"""Nobody is admitted younger (Party Constitution, article 1)."""
PROBATION_YEARS: Final = 1
"""Article 7; a branch may prolong it by half a year to a year."""

Faults = list[tuple[str, str]]
"""Column and message, in plain words; column “” where it is about none alone."""

_PAST: Final = ("birth_on", "joined_on", "full_on", "here_since", "suspended_on", "left_on")


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def probation_ends(member: Member) -> dt.date | None:
    """The day on which the year of a probationary member is over."""
    if member.status != "probationary" or member.joined_on is None:
        return None
    return years_after(member.joined_on, PROBATION_YEARS)


def faults_of(member: Member, today: dt.date) -> Faults:
    """Everything that cannot be."""
    return [
        *_future(member, today),
        *_order(member),
        *_status(member),
    ]


def _future(member: Member, today: dt.date) -> Faults:
    found = []
    for name in _PAST:
        day = getattr(member, name)
        if day is not None and day > today:
            said = {"day": day, "today": today}
            found.append((name, _("%(day)s 还没有到。请填今天（%(today)s）或以前。") % said))
    return found


def _order(member: Member) -> Faults:
    found: Faults = []
    born, joined = member.birth_on, member.joined_on
    if born is not None and joined is not None and joined < years_after(born, ADULT):
        said = {"born": born, "day": years_after(born, ADULT), "age": ADULT}
        text = _("%(born)s 出生的人到 %(day)s 才满 %(age)d 岁。请核对出生日期和入党日期。")
        found.append(("joined_on", text % said))
    if joined is not None:
        for name, text in (
            ("full_on", _("转正不会早于入党（%(joined)s）。请核对这两个日期。")),
            ("left_on", _("离开不会早于入党（%(joined)s）。请核对这两个日期。")),
            ("suspended_on", _("停止党籍不会早于入党（%(joined)s）。请核对这两个日期。")),
        ):
            day = getattr(member, name)
            if day is not None and day < joined:
                found.append((name, text % {"joined": joined}))
    since, left = member.here_since, member.left_on
    if since is not None and left is not None and left < since:
        text = _("离开不会早于转入（%(since)s）。请核对这两个日期。")
        found.append(("left_on", text % {"since": since}))
    return found


def _status(member: Member) -> Faults:
    found: Faults = []
    status = member.status
    if status == "left" and member.left_on is None:
        found.append(("left_on", _("请填离开的日期，积分和党员数从这一天起不再算上这个人。")))
    if status != "left" and member.left_on is not None:
        found.append(("status", _("填了离开日期，状态应是“已离开”；没有离开就清空离开日期。")))
    if status == "suspended" and member.suspended_on is None:
        found.append(("suspended_on", _("请填停止党籍的日期。")))
    if status == "probationary" and member.full_on is not None:
        found.append(("status", _("填了转正日期，状态应是“正式”；没有转正就清空转正日期。")))
    return found


def namesakes(member: Member) -> list[Member]:
    """Others of the same name in the same branch, who have not left: perhaps the same person."""
    if not member.name:
        return []
    rows = Member.objects.filter(
        withdrawn_at=None, organization=member.organization_id, name=member.name
    )
    return list(rows.exclude(pk=member.pk).exclude(status="left"))
