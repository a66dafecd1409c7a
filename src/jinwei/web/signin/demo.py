"""The roles that a demo offers: who, where, and what there is to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.accounts.access import in_force
from jinwei.accounts.acts import RoleName
from jinwei.accounts.demo import demo_accounts, is_this_machine
from jinwei.organizations.models import TreePath
from jinwei.web.home import BRANCHES

_ICONS: Final = {
    RoleName.SECRETARY: "home",
    RoleName.STAFF: "tree",
    RoleName.WORK_COMMITTEE: "overview",
    RoleName.INSPECTOR: "shield",
    RoleName.MEMBER: "person",
}
"""Of the large buttons, in their order; who else there is has a small one."""


@dataclass(frozen=True, slots=True)
class DemoRole:
    """One button: the role with its account, the place, and what it is for."""

    role: str
    title: str
    place: str
    sees: str
    icon: str


def demo_roles(request: HttpRequest) -> list[DemoRole]:
    """The roles to choose from; none where this is no demo, or the request from elsewhere."""
    if not settings.DEMO or not is_this_machine(request):
        return []
    found = demo_accounts()
    branches = _branches_below({role.organization_id for role in found.values()})
    order = [*_ICONS, *(role for role in RoleName if role not in _ICONS)]
    return [
        DemoRole(
            role=str(role),
            title=f"{role.label} {found[role].account}",
            place=found[role].organization.name,
            sees=_sees(role, branches.get(found[role].organization_id, 0)),
            icon=_ICONS.get(role, ""),
        )
        for role in order
        if role in found
    ]


def _branches_below(codes: Iterable[str]) -> dict[str, int]:
    """How many branches stand under each organization today."""
    paths = TreePath.objects.filter(
        in_force(timezone.localdate()),
        ancestor__code__in=codes,
        descendant__kind__in=BRANCHES,
        descendant__withdrawn_at=None,
        descendant__dissolved_on=None,
    )
    counted = paths.values_list("ancestor__code").annotate(n=Count("descendant", distinct=True))
    return dict(counted)


def _sees(role: RoleName, branches: int) -> str:
    below = ngettext("%(n)d 个支部", "%(n)d 个支部", branches) % {"n": branches}
    sees = {
        RoleName.SECRETARY: _("看本月要办的事，登记会议"),
        RoleName.STAFF: _("%(branches)s；看总览，登记台账，管组织和账号") % {"branches": below},
        RoleName.WORK_COMMITTEE: _("%(branches)s；看总览和每个数字的来由") % {"branches": below},
        RoleName.INSPECTOR: _("%(branches)s；看得分和依据的记录") % {"branches": below},
        RoleName.MEMBER: _("看自己的记录、积分和党费"),
        RoleName.ADMINISTRATOR: _("管账号、组织和标准"),
        RoleName.AUDITOR: _("看谁在何时读了、改了什么"),
    }
    return sees[role]
