"""What can be done, and which role may do it; the table of rights of the whole product."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Act(StrEnum):
    """Something an account may do within the subtree of a role."""

    SEE = "see"
    """Organizations, their standing and their ledgers, without persons."""
    MEMBERS = "members"
    """The roster, and rows about persons."""
    GUARDED = "guarded"
    """Identity numbers and telephone numbers, each reading recorded."""
    RECORD = "record"
    """Enter, correct and withdraw facts."""
    JUDGE = "judge"
    """Judgements and exemptions."""
    TREE = "tree"
    """Organizations, their superiors and their terms."""
    ADOPT = "adopt"
    """Install standards and say which subtree works to which."""
    ACCOUNTS = "accounts"
    """Invite people, give roles, reset passwords."""
    AUDIT = "audit"
    """Read the record of writes and readings."""


class RoleName(TextChoices):
    """The roles, by the words of the field."""

    ADMINISTRATOR = "administrator", _("系统管理员")
    WORK_COMMITTEE = "work_committee", _("工委")
    STAFF = "staff", _("党委党务干部")
    SECRETARY = "secretary", _("支部书记")
    MEMBER = "member", pgettext_lazy("role", "党员")
    INSPECTOR = "inspector", _("督导员")
    AUDITOR = "auditor", _("审计员")


ACTS: Final[dict[str, frozenset[Act]]] = {
    RoleName.ADMINISTRATOR: frozenset((Act.SEE, Act.TREE, Act.ADOPT, Act.ACCOUNTS, Act.AUDIT)),
    RoleName.WORK_COMMITTEE: frozenset(
        (Act.SEE, Act.MEMBERS, Act.RECORD, Act.JUDGE, Act.TREE, Act.ADOPT, Act.ACCOUNTS)
    ),
    RoleName.STAFF: frozenset(
        (Act.SEE, Act.MEMBERS, Act.GUARDED, Act.RECORD, Act.TREE, Act.ACCOUNTS)
    ),
    RoleName.SECRETARY: frozenset((Act.SEE, Act.MEMBERS, Act.GUARDED, Act.RECORD, Act.ACCOUNTS)),
    RoleName.MEMBER: frozenset(),
    RoleName.INSPECTOR: frozenset((Act.SEE, Act.MEMBERS, Act.JUDGE)),
    RoleName.AUDITOR: frozenset((Act.SEE, Act.AUDIT)),
}
"""A member has the own record alone (``Access.member``), which needs no act."""

BY_PURPOSE: Final = frozenset((Act.SEE,))
"""What a superior for one purpose may do, whatever the role."""

MAY_GIVE: Final[dict[str, tuple[str, ...]]] = {
    RoleName.ADMINISTRATOR: tuple(RoleName.values),
    RoleName.WORK_COMMITTEE: (
        RoleName.WORK_COMMITTEE,
        RoleName.STAFF,
        RoleName.SECRETARY,
        RoleName.MEMBER,
        RoleName.INSPECTOR,
    ),
    RoleName.STAFF: (RoleName.STAFF, RoleName.SECRETARY, RoleName.MEMBER),
    RoleName.SECRETARY: (RoleName.MEMBER,),
}
"""Which roles somebody may give to others, within the own subtree."""
