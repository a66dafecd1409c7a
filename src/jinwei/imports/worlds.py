"""What whoever imports may know: organizations and members, as reading wants them."""

from __future__ import annotations

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.books.world import Member, Organization, World
from jinwei.members import models as members
from jinwei.members.identity import digest

_ROWS = 2000


def world_for(access: Access, home: str) -> World:
    """The world of an account on its day; no more than its pages show."""
    return World(access.day, home, _organizations(access), _members(access), digest)


def _organizations(access: Access) -> dict[str, Organization]:
    rows = access.organizations().order_by("pk")
    columns = ("code", "name", "kind", "parent_id", "established_on", "dissolved_on")
    return {row[0]: Organization(*row) for row in rows.values_list(*columns).iterator(_ROWS)}


def _members(access: Access) -> dict[str, Member]:
    rows = access.rows(members.Member, Act.MEMBERS).order_by("pk")
    columns = ("code", "name", "organization_id", "status", "birth_on", "id_number_digest")
    return {row[0]: Member(*row) for row in rows.values_list(*columns).iterator(_ROWS)}
