"""Which accounts somebody may manage: those all of whose roles they could have given themselves.

Whoever can reset a password can enter in its name, so nobody manages an account that may do more
than they could have allowed.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from jinwei.members.models import Member

from .access import Access
from .acts import Act, RoleName
from .models import Account, Role


def manageable(access: Access) -> QuerySet[Account]:
    """The accounts that somebody may manage; never the own one.

    The roles not yet ended decide; where there are none, those there were. An account without any
    is for whoever may give every role.
    """
    own = Q()
    for role in access.gives:
        own |= Q(role=role, organization_id__in=access.giving_to(role).values("code"))
    if not own:
        return Account.objects.none()
    of_account = Role.objects.filter(account=OuterRef("pk"))
    lasting = of_account.filter(Q(to_on=None) | Q(to_on__gte=access.day))
    all_lasting = Q(Exists(lasting)) & ~Q(Exists(lasting.exclude(own)))
    past = Q(Exists(of_account)) & ~Q(Exists(lasting))
    all_past = past & ~Q(Exists(of_account.exclude(own)))
    found = all_lasting | all_past
    if set(access.gives) == set(RoleName.values):
        found |= ~Q(Exists(of_account))
    return Account.objects.filter(found).exclude(pk=access.account.pk)


def visible(access: Access) -> QuerySet[Account]:
    """The accounts that somebody sees listed: with a role in the own subtree, or manageable."""
    there = Role.objects.filter(
        Q(to_on=None) | Q(to_on__gte=access.day),
        account=OuterRef("pk"),
        organization__in=access.organizations(Act.ACCOUNTS),
    )
    return Account.objects.filter(Exists(there) | Q(pk__in=manageable(access).values("pk")))


def members_to_link(access: Access) -> QuerySet[Member]:
    """The persons on the roster whom somebody may give an account."""
    return Member.objects.filter(
        withdrawn_at=None, organization__in=access.organizations(Act.ACCOUNTS)
    )
