"""What organizations hand in, keep up, undertake and are honored for."""

from __future__ import annotations

from django.db import models

from jinwei.members.models import OfMemberOrNone
from jinwei.organizations.facts import ends_of, indexes_of
from jinwei.organizations.fields import Line
from jinwei.organizations.models import OfOrganization, OfOrganizationOrNone


class Filing(OfOrganizationOrNone, OfMemberOrNone):
    """A document handed in: a plan, summary, rule, list or report."""

    kind = Line(null=True, blank=True)
    title = Line(null=True, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        default_related_name = "filings"
        indexes = indexes_of("filing")


class Venue(OfOrganization):
    """One check of a place for activities: what it must have, what of that it has."""

    kind = Line(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    items_required = models.BigIntegerField(null=True, blank=True)
    items_met = models.BigIntegerField(null=True, blank=True)

    class Meta:
        default_related_name = "venues"
        indexes = indexes_of("venue")


class Project(OfOrganization):
    """A breakthrough project, brand, key task or working method of an organization."""

    kind = Line()
    title = Line(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)

    class Meta:
        default_related_name = "projects"
        constraints = ends_of("project")
        indexes = indexes_of("project")


class Honor(OfOrganizationOrNone, OfMemberOrNone):
    """An honor awarded to an organization or a member."""

    level = Line()
    title = Line(null=True, blank=True)
    awarded_on = models.DateField(null=True, blank=True)

    class Meta:
        default_related_name = "honors"
        indexes = indexes_of("honor")
