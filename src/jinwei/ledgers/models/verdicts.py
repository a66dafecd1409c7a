"""What named people decided about an indicator of one subject; points are in hundredths."""

from __future__ import annotations

from django.db import models

from jinwei.members.models import OfMemberOrNone
from jinwei.organizations.facts import ends_of, indexes_of
from jinwei.organizations.fields import Line
from jinwei.organizations.models import OfOrganizationOrNone


class Judgement(OfOrganizationOrNone, OfMemberOrNone):
    """A level or points that a named assessor gave for one indicator of a standard."""

    standard = Line()
    indicator = Line()
    judged_on = models.DateField(null=True, blank=True)
    for_on = models.DateField(null=True, blank=True)
    level = Line(null=True, blank=True)
    points = models.BigIntegerField(null=True, blank=True)
    judge = Line(null=True, blank=True)

    class Meta:
        default_related_name = "judgements"
        indexes = indexes_of("judgement")


class Exemption(OfOrganizationOrNone, OfMemberOrNone):
    """An indicator (or, empty, all of a standard) taken away from one subject, with its reason."""

    standard = Line()
    indicator = Line(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    reason = Line(null=True, blank=True)
    approved_by = Line(null=True, blank=True)

    class Meta:
        default_related_name = "exemptions"
        constraints = ends_of("exemption")
        indexes = indexes_of("exemption")
