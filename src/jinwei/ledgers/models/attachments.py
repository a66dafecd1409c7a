"""Papers attached to rows of the ledgers."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from jinwei.organizations.fields import Line


class Attachment(models.Model):
    """A file that belongs to one row; it lies in the store under its uuid, never under its name.

    ``row_id`` is the name of the row in its table. ``content_type`` is what the bytes are, not
    what the name says. Withdrawn, the file stays and is shown to nobody.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    table = models.CharField(max_length=32)
    row_id = Line()
    organization = Line()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.BigIntegerField(null=True)
    uploaded_by_name = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["table", "row_id"], name="attachment_row"),)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the file lies in the store; spread over folders, so that none grows too large."""
        name = self.uuid.hex
        return f"{name[:2]}/{name}"

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")
