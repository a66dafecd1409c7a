"""Tables of a superior that are filled from the ledgers."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from jinwei.organizations.fields import Line
from jinwei.organizations.models import Organization


class Template(models.Model):
    """A workbook with an empty table, and where each of its columns comes from.

    It serves ``organization`` and all below. ``source`` names the book or ledger behind its rows;
    ``mapping`` holds the sheet, the rows of the table, a heading for each column and a fact for
    single cells (:class:`jinwei.ledgers.filled.mapping.Mapping`). Its file lies in the store under
    its uuid; withdrawn it stays there and is shown to nobody.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, to_field="code", related_name="templates"
    )
    name = Line()
    source = Line(blank=True, default="")
    mapping = models.JSONField(default=dict)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.BigIntegerField(null=True)
    uploaded_by_name = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.name)

    @property
    def path(self) -> str:
        """Where the file lies in the store."""
        name = self.uuid.hex
        return f"templates/{name[:2]}/{name}"
