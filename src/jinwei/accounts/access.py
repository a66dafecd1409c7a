"""The one door to every row: what an account may do where, on a day.

Views hold no rows but those that came through an :class:`Access`. What is not in the subtree of a
role does not exist for its account.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from jinwei.audit.actions import Actor
from jinwei.members.models import Member
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization, Superior, TreePath

from .acts import ACTS, BY_PURPOSE, MAY_GIVE, Act, RoleName
from .models import Account, Role

Row = TypeVar("Row", bound=FactModel)

PERSONAL = frozenset(
    (
        *("member", "membership", "attendance", "dues", "talk"),
        *("training", "service", "appraisal"),
    )
)
"""Tables whose every row is about a person; they need :attr:`Act.MEMBERS`.

Rows of other tables that name a member (an honor, an incident, a judgement) need it, too.
"""


def in_force(day: dt.date) -> Q:
    """Rows with ``from_on`` and ``to_on`` that hold at a day; empty ends are open."""
    begun = Q(from_on__isnull=True) | Q(from_on__lte=day)
    return begun & (Q(to_on__isnull=True) | Q(to_on__gte=day))


class Access:
    """What one account may do on one day; made once a request."""

    def __init__(self, account: Account, day: dt.date) -> None:
        self.account = account
        self.day = day

    @property
    def actor(self) -> Actor:
        return Actor(self.account.pk, str(self.account))

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The roles in force at the day, the widest first."""
        roles = self.account.roles.filter(in_force(self.day)).select_related("organization")
        order = list(RoleName.values)
        return tuple(sorted(roles, key=lambda r: (order.index(r.role), r.pk)))

    @property
    def member(self) -> str | None:
        """The member this account is, by code."""
        code: str | None = self.account.member_id
        return code

    # --- organizations --------------------------------------------------------------------------

    def organizations(self, act: Act = Act.SEE) -> QuerySet[Organization]:
        """The organizations where the account may do something, dissolved ones too."""
        return Organization.objects.filter(withdrawn_at=None, code__in=self._codes(act))

    def may(self, act: Act, code: str | None = None) -> bool:
        """Whether an act is allowed: in one organization, or anywhere at all."""
        if code is None:
            return any(act in _acts(role) for role in self.roles)
        if (act, code) not in self._known:
            self._known[act, code] = self.may(act) and self._codes(act).filter(code=code).exists()
        return self._known[act, code]

    def organization(self, code: str, act: Act = Act.SEE) -> Organization:
        """An organization to do something in.

        Raises Http404 where the account may not know of it, PermissionDenied where it sees it
        but may not do that.
        """
        found = self.organizations().filter(code=code).first()
        if found is None:
            raise Http404(code)
        self._known[Act.SEE, code] = True
        if not self.may(act, code):
            raise PermissionDenied(act)
        return found

    def home(self) -> Organization | None:
        """The organization whose pages open first: that of the widest role that sees anything.

        A role for a purpose does not reach its own organization, but those lent to it.
        """
        for role in self.roles:
            stands = role.organization.withdrawn_at is None
            if _acts(role) and not role.purpose and stands:
                return role.organization
        return self.organizations().order_by("pk").first() if self.may(Act.SEE) else None

    def below(self, roots: Iterable[str]) -> QuerySet[Organization]:
        """Organizations and all below them today."""
        return Organization.objects.filter(self._within(set(roots)), withdrawn_at=None)

    # --- roles for others -----------------------------------------------------------------------

    def may_give(self, role: str, code: str) -> bool:
        """Whether the account may give a role in an organization, or take it away."""
        return self.giving_to(role).filter(code=code).exists()

    def giving_to(self, role: str) -> QuerySet[Organization]:
        """The organizations where the account may give a role."""
        return self.below(
            own.organization_id
            for own in self.roles
            if not own.purpose and role in MAY_GIVE.get(own.role, ())
        )

    @property
    def gives(self) -> tuple[str, ...]:
        """The roles that the account may give somewhere."""
        found = {r for own in self.roles if not own.purpose for r in MAY_GIVE.get(own.role, ())}
        return tuple(role for role in RoleName.values if role in found)

    # --- rows -----------------------------------------------------------------------------------

    def rows(
        self, model: type[Row], act: Act = Act.SEE, *, withdrawn: bool = False
    ) -> QuerySet[Row]:
        """The rows of a fact table that the account may see (or do something else with).

        A row belongs to its organization, or else to that of its member.
        """
        rows = model._default_manager.all() if withdrawn else _standing(model)
        name = model.table().name
        if name == "organization":
            return rows.filter(code__in=self._codes(act))
        if name in PERSONAL and act is Act.SEE:
            return rows.filter(self._where(model, Act.MEMBERS))
        where = self._where(model, act)
        if name in PERSONAL:
            return rows.filter(where, self._where(model, Act.MEMBERS))
        if _has(model, "member") and name != "post":
            return rows.filter(where, Q(member=None) | self._where(model, Act.MEMBERS))
        return rows.filter(where)

    def _where(self, model: type[FactModel], act: Act) -> Q:
        codes = self._codes(act)
        if model.table().name == "attendance":
            return Q(meeting__organization__code__in=codes)
        if not _has(model, "member") or model.table().name == "post":
            return Q(organization__code__in=codes)
        if not _has(model, "organization"):
            return Q(member__organization__code__in=codes)
        of_member = Q(organization=None, member__organization__code__in=codes)
        return Q(organization__code__in=codes) | of_member

    # --- subtrees -------------------------------------------------------------------------------

    @cached_property
    def _known(self) -> dict[tuple[Act, str], bool]:
        """What was asked once in this request."""
        return {}

    @cached_property
    def _asked(self) -> dict[Act, QuerySet[Organization, str]]:
        """The queries of codes made in this request; a page filters many tables by each."""
        return {}

    def _codes(self, act: Act) -> QuerySet[Organization, str]:
        """A query of codes: the subtrees of the roles that allow an act, as the tree is today."""
        if act not in self._asked:
            self._asked[act] = self._subtrees(act)
        return self._asked[act]

    def _subtrees(self, act: Act) -> QuerySet[Organization, str]:
        roots = {r.organization_id for r in self.roles if not r.purpose and act in _acts(r)}
        where = self._within(roots)
        if act in BY_PURPOSE:
            where |= Q(code__in=self._lent())
        return Organization.objects.filter(where).values_list("code", flat=True)

    def _within(self, roots: set[str]) -> Q:
        below = TreePath.objects.filter(in_force(self.day), ancestor__code__in=roots)
        return Q(code__in=below.values("descendant__code")) | Q(code__in=roots)

    def _lent(self) -> QuerySet[TreePath, str]:
        """Organizations seen for a purpose: those that name a role's organization for it."""
        named = Q()
        for role in self.roles:
            if Act.SEE not in ACTS[role.role]:
                continue
            one = Q(parent__code=role.organization_id)
            named |= one & Q(purpose=role.purpose) if role.purpose else one
        if not named:
            return TreePath.objects.none().values_list("descendant__code", flat=True)
        lent = Superior.objects.filter(
            in_force(self.day), named, withdrawn_at=None, purpose__isnull=False
        )
        paths = TreePath.objects.filter(
            in_force(self.day), ancestor__code__in=lent.values("organization__code")
        )
        return paths.values_list("descendant__code", flat=True)


def access_to_own_record(access: Access) -> Member:
    """The member that the account is; Http404 for an account that is no member."""
    found = Member.objects.filter(withdrawn_at=None, code=access.member).first()
    if access.member is None or found is None:
        raise Http404
    return found


def _acts(role: Role) -> frozenset[Act]:
    """What a role lets somebody do."""
    acts = ACTS[role.role]
    return acts & BY_PURPOSE if role.purpose else acts


def _standing(model: type[Row]) -> QuerySet[Row]:
    return model._default_manager.filter(withdrawn_at=None)


def _has(model: type[FactModel], column: str) -> bool:
    return any(field.name == column for field in model._meta.concrete_fields)
