"""Money; amounts are in hundredths of a yuan."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from jinwei.members.models import OfMember
from jinwei.organizations.facts import indexes_of
from jinwei.organizations.fields import Line, MonthEnd
from jinwei.organizations.models import OfOrganization


class Dues(OfMember, OfOrganization):
    """What one member owed and paid for one month (``2026-03``)."""

    month = Line()
    due = models.BigIntegerField(null=True, blank=True)
    paid = models.BigIntegerField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    due_on = models.GeneratedField(
        expression=MonthEnd("month"), output_field=models.DateField(), db_persist=True
    )

    class Meta:
        default_related_name = "dues"
        indexes = indexes_of("dues")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(Exact(Length("month"), 7), due_on__isnull=False),
                name="dues_month_is_a_month",
            ),
        )


class Fund(OfOrganization):
    """Money of an organization budgeted, allocated, spent or returned from dues."""

    booked_on = models.DateField(null=True, blank=True)
    kind = Line()
    amount = models.BigIntegerField(null=True, blank=True)
    subject = Line(null=True, blank=True)

    class Meta:
        default_related_name = "funds"
        indexes = indexes_of("fund")
