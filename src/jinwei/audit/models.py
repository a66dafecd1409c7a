"""Entries of the record, and the seals that show whether one was changed afterwards."""

from __future__ import annotations

from typing import Any

from django.db import models


class AppendOnly(Exception):
    """Entries are written once; they are neither changed nor deleted."""


class Entries(models.QuerySet["Entry"]):
    """Entries to read; the database refuses the rest as well (a trigger, in the migration)."""

    def update(self, **_: Any) -> int:
        raise AppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly


class Entry(models.Model):
    """One act of one account: what it wrote, with what stood there before, or what it read.

    The account is named by number and words, not by reference: an entry outlives its account.
    ``table`` and ``row`` name what was touched; ``organization`` and ``member`` say in whose
    records it can be found. ``before`` and ``after`` hold the columns that differ.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    account = models.BigIntegerField(null=True)
    account_name = models.TextField()
    act = models.CharField(max_length=32)
    table = models.CharField(max_length=32, blank=True)
    row = models.TextField(blank=True)
    organization = models.TextField(null=True)
    member = models.TextField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)

    objects = Entries.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["table", "row", "at"], name="audit_row"),
            models.Index(fields=["organization", "at"], name="audit_organization"),
            models.Index(fields=["member", "at"], name="audit_member"),
            models.Index(fields=["account", "at"], name="audit_account"),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.table} {self.row}".strip()

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly


class Seal(models.Model):
    """A digest over a run of entries and over the seal before it: a chain of batches.

    Changing or losing an entry afterwards breaks its seal and all that follow.
    """

    first = models.BigIntegerField()
    last = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
