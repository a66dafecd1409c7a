"""Batches: a file that comes in, its lines, what was found in them, what they wrote."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from jinwei.books.plan import Plan
from jinwei.organizations.fields import Line


class State(models.TextChoices):
    """Where a batch is. What waits for the background is ``WAITING``."""

    OPENING = "opening"
    CHECKING = "checking"
    READY = "ready"
    WRITING = "writing"
    WRITTEN = "written"
    UNDOING = "undoing"
    UNDONE = "undone"
    REFUSED = "refused"
    FAILED = "failed"


WAITING = (State.OPENING, State.CHECKING, State.WRITING, State.UNDOING)


class Outcome(models.TextChoices):
    """What becomes of a line; one letter each, so that a chunk keeps them as one text."""

    NEW = "n"
    CHANGED = "c"
    SAME = "s"
    FAULT = "f"
    ASKED = "a"
    REPEATED = "r"
    SKIPPED = "x"
    UNKNOWN = "."


class Batch(models.Model):
    """One file that somebody imports for an organization, from opening to undoing.

    The account is named by number and words, the organization by code: a batch outlives both.
    ``sheets``: of each its name, rows, columns and so on, without a cell. ``sheet``: the one
    chosen. ``plan``, ``answers``: as :mod:`jinwei.books` takes them. ``lines`` and ``done`` say how
    far the present work is. ``counts``: lines by outcome; ``tables``: rows by table and outcome.
    ``number``: the first code given to a row without one. ``read_in``: a digest of the world in
    which its lines were read; empty while there are no readings. ``written_to``: the last line
    whose rows are stored, moved in the same transaction as they. What quotes cells is sealed.

    Whoever works on a batch holds it until ``lease_until`` and says so again and again.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.BigIntegerField()
    account_name = models.TextField()
    organization = Line()
    created_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=200)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    notes = models.JSONField(default=list)
    sheets = models.JSONField(default=list)
    sheet = models.PositiveIntegerField(default=0)
    plan = models.JSONField(null=True)
    answers = models.JSONField(default=dict)
    questions = models.BinaryField(null=True)
    edits = models.BinaryField(null=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPENING)
    lines = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    tables = models.JSONField(default=dict)
    organizations = models.JSONField(default=list)
    troubles = models.PositiveIntegerField(default=0)
    number = models.PositiveBigIntegerField(default=1)
    read_in = models.CharField(max_length=64, blank=True)
    written_to = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=64, blank=True)
    refusal_facts = models.JSONField(default=dict)
    checked_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organization", "created_at"], name="batch_organization"),
            models.Index(fields=["account", "created_at"], name="batch_account"),
            models.Index(fields=["state"], name="batch_state"),
        )

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"

    def how(self) -> Plan | None:
        """How its sheet is read."""
        return None if self.plan is None else Plan.from_json(self.plan)


class Piece(models.Model):
    """A part of the file as it was uploaded, sealed; gone once the file is opened."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class Chunk(models.Model):
    """Lines of a sheet that follow one another, sealed, with a letter each for its outcome.

    ``first`` and ``last``: the numbers of its first and last line. ``readings``: what the lines
    say, sealed, from the check until they are written (:mod:`jinwei.imports.kept`).
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="chunks", db_index=False)
    sheet = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    lines = models.PositiveIntegerField()
    sealed = models.BinaryField()
    readings = models.BinaryField(null=True)
    outcomes = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "sheet", "first"], name="chunk_once"),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.first}–{self.last}"


class Found(models.Model):
    """A trouble of one line; its facts and its repair quote cells and are sealed."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="found", db_index=False)
    line = models.PositiveIntegerField()
    column = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=64)
    weight = models.CharField(max_length=8)
    question = models.TextField(null=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        indexes = (models.Index(fields=["batch", "line"], name="found_line"),)

    def __str__(self) -> str:
        return f"{self.line} {self.kind}"


class Written(models.Model):
    """A row that a line has written: at which version it is since, and what stood there before.

    ``number`` is its primary key. ``before``: sealed, the columns that changed with their former
    values; None for a new row. ``version_before``: 0 for a new row. ``fate``: what undoing did.
    """

    UNDONE = "undone"
    STAYS = "stays"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="written", db_index=False)
    line = models.PositiveIntegerField()
    table = models.CharField(max_length=32)
    number = models.BigIntegerField()
    row = models.TextField()
    version_before = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    before = models.BinaryField(null=True)
    fate = models.CharField(max_length=8, blank=True)
    why = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = (models.Index(fields=["batch", "fate"], name="written_fate"),)

    def __str__(self) -> str:
        return f"{self.table} {self.row}"


class Remembered(models.Model):
    """How a sheet with these headings was read last by an organization."""

    organization = Line()
    digest = models.CharField(max_length=64)
    plan = models.JSONField()
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organization", "digest"], name="remembered_once"),
        )

    def __str__(self) -> str:
        return f"{self.organization} {self.digest[:8]}"
