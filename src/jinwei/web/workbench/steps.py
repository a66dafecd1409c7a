"""How a branch begins that has nothing on record yet."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.ledgers.models import Meeting
from jinwei.members.models import Member
from jinwei.organizations.models import Term
from jinwei.web.parts import Action

from .addresses import meeting_address, record_action
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps of a new branch."""

    label: str
    done: bool
    under: str
    action: Action


def first_steps(desk: Desk) -> tuple[Step, ...]:
    """Of a branch without any meeting on record, for whoever records; nothing for all others."""
    access, organization = desk.access, desk.organization
    if not access.may(Act.RECORD, desk.code):
        return ()
    if access.rows(Meeting, of=organization.code).exists():
        return ()
    members = access.rows(Member, of=organization.code).count()
    has_term = access.rows(Term, of=organization.code).exists()
    roster = f"{reverse('members:new', args=[desk.code])}?{urlencode({'next': desk.back})}"
    return (
        Step(
            _("党员名册"),
            members > 0,
            _("已有 %(n)d 名党员") % {"n": members},
            Action(_("登记党员"), roster),
        ),
        Step(
            _("支委任期"),
            has_term,
            _("本届起止和委员分工"),
            record_action(desk.code, "term", {}, desk.back),
        ),
        Step(
            _("第一次会议"),
            False,
            _("登记一次，标准要求的次数就从这里算起"),
            Action(_("登记会议"), meeting_address(desk.code, [], desk.back)),
        ),
    )
