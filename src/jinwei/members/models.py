"""Members, and where each was registered when."""

from __future__ import annotations

from django.db import models

from jinwei.organizations.facts import FactModel, ends_of, indexes_of
from jinwei.organizations.fields import Line
from jinwei.organizations.models import OfOrganization


class Member(OfOrganization):
    """A person on the roster, also one who has left; ``organization`` is the home branch.

    Guarded columns stand in no view: ``phone``, and ``id_number_sealed`` (encrypted before it
    comes here).
    """

    code = Line(unique=True)
    name = Line(null=True, blank=True)
    sex = Line(null=True, blank=True)
    ethnicity = Line(null=True, blank=True)
    birth_on = models.DateField(null=True, blank=True)
    id_number_sealed = models.BinaryField(null=True, blank=True)
    education = Line(null=True, blank=True)
    phone = Line(null=True, blank=True)
    occupation = Line(null=True, blank=True)
    status = Line()
    category = Line(null=True, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    full_on = models.DateField(null=True, blank=True)
    here_since = models.DateField(null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    mobile = models.BooleanField(null=True, blank=True)

    class Meta:
        default_related_name = "members"
        constraints = ends_of("member")
        indexes = indexes_of("member")


class OfMember(FactModel):
    """A row that belongs to one member."""

    member = models.ForeignKey(
        Member,
        models.PROTECT,
        to_field="code",
        db_column="member",
        db_index=False,  # the index by day begins with it
    )

    class Meta:
        abstract = True


class OfMemberOrNone(FactModel):
    """A row that may belong to a member."""

    member = models.ForeignKey(
        Member,
        models.PROTECT,
        to_field="code",
        db_column="member",
        db_index=False,  # the index by day begins with it
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True


class Membership(OfMember, OfOrganization):
    """Where a member was registered from when to when; both days count, empty ends are open."""

    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        default_related_name = "memberships"
        constraints = ends_of("membership")
        indexes = indexes_of("membership")
