"""What members learned and gave, who talked with whom; hours are in hundredths."""

from __future__ import annotations

from django.db import models

from jinwei.members.models import Member, OfMember, OfMemberOrNone
from jinwei.organizations.facts import indexes_of
from jinwei.organizations.fields import Line
from jinwei.organizations.models import OfOrganization, OfOrganizationOrNone


class Talk(OfOrganization, OfMemberOrNone):
    """A heart-to-heart talk: who held it, with whom."""

    with_member = models.ForeignKey(
        Member,
        models.PROTECT,
        to_field="code",
        db_column="with_member",
        related_name="talks_had",
        null=True,
        blank=True,
    )
    held_on = models.DateField(null=True, blank=True)
    kind = Line(null=True, blank=True)

    class Meta:
        default_related_name = "talks"
        indexes = indexes_of("talk")


class Training(OfMember, OfOrganizationOrNone):
    """A training one member took part in."""

    held_on = models.DateField(null=True, blank=True)
    hours = models.BigIntegerField(null=True, blank=True)
    kind = Line(null=True, blank=True)

    class Meta:
        default_related_name = "trainings"
        indexes = indexes_of("training")


class Service(OfMember, OfOrganizationOrNone):
    """Volunteer service of one member, or a wish fulfilled."""

    held_on = models.DateField(null=True, blank=True)
    hours = models.BigIntegerField(null=True, blank=True)
    kind = Line(null=True, blank=True)

    class Meta:
        default_related_name = "services"
        indexes = indexes_of("service")


class Appraisal(OfMember, OfOrganizationOrNone):
    """The grade that a democratic appraisal gave one member."""

    held_on = models.DateField(null=True, blank=True)
    grade = Line()

    class Meta:
        default_related_name = "appraisals"
        indexes = indexes_of("appraisal")
