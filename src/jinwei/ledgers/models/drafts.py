"""What was typed and is no record yet, and what was sent already."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from jinwei.organizations.fields import Line
from jinwei.organizations.models import Organization


class Draft(models.Model):
    """What somebody has typed into a form of an organization; it counts nowhere.

    ``token`` names one opening of the form; ``values`` are its fields as they were sent.
    """

    token = models.UUIDField(default=uuid.uuid4)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", db_index=False
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, to_field="code", related_name="drafts"
    )
    form = Line()
    values = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "token"], name="draft_once"),)
        indexes = (models.Index(fields=["account", "organization", "form"], name="draft_whose"),)

    def __str__(self) -> str:
        return f"{self.form} {self.organization_id}"


class Submission(models.Model):
    """A form that was saved: the same one sent again is told from a second record by its key.

    ``rows`` names the records it made, so that they can be withdrawn together.
    """

    key = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="submissions"
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, to_field="code", related_name="submissions"
    )
    rows = models.JSONField(default=list)
    saved_at = models.DateTimeField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.organization_id} {self.saved_at}"
