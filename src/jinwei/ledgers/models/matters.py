"""What went wrong and was put right, what was asked, what ran its course."""

from __future__ import annotations

from django.db import models

from jinwei.members.models import OfMemberOrNone
from jinwei.organizations.facts import ends_of, indexes_of
from jinwei.organizations.fields import Line
from jinwei.organizations.models import OfOrganization, OfOrganizationOrNone


class Incident(OfOrganizationOrNone, OfMemberOrNone):
    """Public criticism, discipline, falsified records or another event that weighs."""

    kind = Line(null=True, blank=True)
    level = Line(null=True, blank=True)
    occurred_on = models.DateField(null=True, blank=True)

    class Meta:
        default_related_name = "incidents"
        indexes = indexes_of("incident")


class Rectification(OfOrganization):
    """A problem found in an organization, until it is put right and accepted."""

    code = Line(unique=True)
    source = Line(null=True, blank=True)
    title = Line(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)

    class Meta:
        default_related_name = "rectifications"
        constraints = ends_of("rectification")
        indexes = indexes_of("rectification")


class Survey(OfOrganization):
    """A vote on satisfaction: valid votes, and those satisfied."""

    held_on = models.DateField(null=True, blank=True)
    kind = Line(null=True, blank=True)
    answered = models.BigIntegerField(null=True, blank=True)
    satisfied = models.BigIntegerField(null=True, blank=True)

    class Meta:
        default_related_name = "surveys"
        indexes = indexes_of("survey")


class Case(OfOrganization, OfMemberOrNone):
    """One run of a working procedure: an election, an admission, a transfer."""

    code = Line(unique=True)
    procedure = Line()
    opened_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = Line(null=True, blank=True)

    class Meta:
        default_related_name = "cases"
        constraints = ends_of("case")
        indexes = indexes_of("case")
