"""Which adoptions somebody may know of, and what the standings say of an edition in a scope."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.members.models import Member
from jinwei.organizations.models import Organization
from jinwei.standings.figures import current, scope
from jinwei.standings.models import Adoption, Standing, StandingIndicator
from jinwei.standings.reach import in_force, paths

from .shelf import Book

_OUTSIDE = ("not_applicable",)


def known_adoptions(access: Access) -> QuerySet[Adoption]:
    """The adoptions of organizations that are seen, and of those above: they bind, too."""
    own = {role.organization_id for role in access.roles}
    if access.account.member is not None:
        own.add(access.account.member.organization_id)
    above = paths(access.day).filter(descendant__code__in=own).values("ancestor__code")
    seen = access.organizations(Act.SEE).values("code")
    rows = Adoption.objects.filter(Q(organization__code__in=above) | Q(organization__code__in=seen))
    return rows.select_related("organization").order_by(
        "-leading", "organization__code", "-from_on"
    )


def binding(access: Access, organization: Organization, book: Book) -> Adoption | None:
    """The adoption of an edition in force at or above an organization; the nearest of them."""
    if book.edition is None:
        return None
    above = paths(access.day).filter(descendant__code=organization.code)
    rows = Adoption.objects.filter(
        in_force(access.day),
        edition=book.edition,
        organization__code__in=above.values("ancestor__code"),
    )
    found = list(rows.select_related("edition", "organization").order_by("from_on", "pk"))
    own = [one for one in found if one.organization_id == organization.code]
    return next(iter(own[::-1] or found[::-1]), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the subjects an indicator applies to: how many meet it, how many miss it."""

    applies: int
    met: int
    missed: int


def tallies(
    access: Access, adoption: Adoption, organization: Organization
) -> tuple[int, Mapping[str, Tally]]:
    """How many subjects an adoption has in a scope, and how they stand, by indicator."""
    standings = _standings(access, adoption, organization)
    if standings is None:
        return 0, {}
    rows = StandingIndicator.objects.filter(standing__in=standings.values("pk"))
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for indicator, state, n in (
        rows.values_list("indicator", "state").annotate(n=Count("pk")).order_by()
    ):
        counted[indicator][state] = n
    return standings.count(), {id: _tally(states) for id, states in counted.items()}


def _standings(
    access: Access, adoption: Adoption, organization: Organization
) -> QuerySet[Standing] | None:
    rows = current(adoption, access.day)
    if adoption.plan().subject == "organization":
        return rows.filter(subject__in=scope(organization.code, access.day))
    if not access.may(Act.MEMBERS, organization.code):
        return None
    members = access.rows(Member).filter(organization__in=scope(organization.code, access.day))
    return rows.filter(subject__in=members.values("code"))


def _tally(states: Counter[str]) -> Tally:
    applies = sum(n for state, n in states.items() if state not in _OUTSIDE)
    return Tally(applies, states["met"], states["missed"])
