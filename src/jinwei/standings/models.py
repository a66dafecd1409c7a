"""Adoptions, and the results that follow from them as rows."""

from __future__ import annotations

from django.db import models

from jinwei.engine.plan import Plan
from jinwei.organizations.fields import Line
from jinwei.organizations.models import Organization
from jinwei.standards.models import Edition


class Adoption(models.Model):
    """A subtree works to an edition from a day on, with its own values of the parameters.

    Where several reach one organization, the ``leading`` one gives *the* score and stars.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="adoptions")
    organization = models.ForeignKey(
        Organization, models.PROTECT, to_field="code", related_name="adoptions"
    )
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    leading = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")),
                name="adoption_to_on_not_before_from_on",
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(leading=True, to_on__isnull=True),
                name="adoption_one_leads",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization_id} {self.edition}"

    def plan(self) -> Plan:
        return self.edition.plan(self.settings)


class Standing(models.Model):
    """Where a subject stands in a period, as last reckoned. Scores in hundredths; None: no score.

    ``dimensions``: the figure of each, by id. ``digest`` names everything said of the subject, so
    that an unchanged result is not written again; ``fingerprint`` is that of the plan.
    ``reckoned_at`` tells a run that read the facts earlier that its result is out of date.
    """

    adoption = models.ForeignKey(
        Adoption,
        models.CASCADE,
        related_name="standings",
        db_index=False,  # the unique index begins with it
    )
    subject = Line()
    first = models.DateField()
    last = models.DateField()
    as_of = models.DateField()
    score = models.IntegerField(null=True)
    potential = models.IntegerField(null=True)
    stars = models.SmallIntegerField(null=True)
    grade = Line(null=True)
    vetoes = models.JSONField(default=list)
    dimensions = models.JSONField(default=dict)
    reckoned_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["adoption", "subject", "first"], name="standing_once"),
        )
        indexes = (models.Index(fields=["subject"], name="standing_subject"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.first}"


class StandingIndicator(models.Model):
    """One indicator of a standing: points in hundredths, value and target to six decimals."""

    standing = models.ForeignKey(
        Standing,
        models.CASCADE,
        related_name="indicators",
        db_index=False,  # the unique index begins with it
    )
    indicator = Line()
    state = models.CharField(max_length=16)
    earned = models.IntegerField()
    obtainable = models.IntegerField()
    potential = models.IntegerField()
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    target = models.DecimalField(max_digits=24, decimal_places=6, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["standing", "indicator"], name="standing_indicator_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["standing", "indicator"],
                condition=models.Q(state="missed"),
                name="standing_indicator_missed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.state}"


class StandingChange(models.Model):
    """On a day the score or stars of a subject became others: what was seen then.

    Several changes of one day are one row: from what it was the day before to what it became.
    ``indicators`` has those that became others: earned and obtainable points before, and after.
    """

    adoption = models.ForeignKey(
        Adoption,
        models.CASCADE,
        related_name="changes",
        db_index=False,  # the unique index begins with it
    )
    subject = Line()
    first = models.DateField()
    day = models.DateField()
    score_before = models.IntegerField(null=True)
    score = models.IntegerField(null=True)
    stars_before = models.SmallIntegerField(null=True)
    stars = models.SmallIntegerField(null=True)
    indicators = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["adoption", "subject", "first", "day"], name="standing_change_once"
            ),
        )
        indexes = (models.Index(fields=["adoption", "first", "day"], name="standing_change_day"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.day}"


class Dirty(models.Model):
    """A subject whose facts have changed since it was reckoned; an empty one: all of an adoption.

    The time also tells whoever reckoned it meanwhile whether it was marked once more.
    """

    adoption = models.ForeignKey(
        Adoption,
        models.CASCADE,
        related_name="queue",
        db_index=False,  # the unique index begins with it
    )
    subject = Line()
    marked_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["adoption", "subject"], name="dirty_once"),)

    def __str__(self) -> str:
        return self.subject or "*"


class Run(models.Model):
    """One run of the background over whole adoptions: what it did, or why it failed."""

    NIGHTLY = "nightly"
    WHOLE = "whole"
    BACKFILL = "backfill"

    kind = models.CharField(max_length=16)
    as_of = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    subjects = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["kind", "as_of"], name="run_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.as_of}"


class Activity(models.Model):
    """The newest day on which an organization is on record as having done anything."""

    organization = Line(unique=True)
    last_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.organization} {self.last_on}"
