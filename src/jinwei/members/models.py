"""Members, where each was registered when, and what members object to in the record."""

from __future__ import annotations

from typing import Any

from django.db import models

from jinwei.organizations.facts import FactModel, ends_of, indexes_of
from jinwei.organizations.fields import Line
from jinwei.organizations.models import OfOrganization, Organization

from .spelling import spelling


class Member(OfOrganization):
    """A person on the roster, also one who has left; ``organization`` is the home branch.

    Guarded columns stand in no view: ``phone``, and the identity number, which is kept sealed,
    with a digest to find it by (:mod:`jinwei.members.identity`). ``spelling`` follows the name.
    """

    code = Line(unique=True)
    name = Line(null=True, blank=True)
    sex = Line(null=True, blank=True)
    ethnicity = Line(null=True, blank=True)
    birth_on = models.DateField(null=True, blank=True)
    id_number_sealed = models.BinaryField(null=True, blank=True)
    id_number_digest = models.CharField(
        max_length=64, unique=True, null=True, blank=True, editable=False
    )
    education = Line(null=True, blank=True)
    phone = Line(null=True, blank=True)
    occupation = Line(null=True, blank=True)
    status = Line()
    category = Line(null=True, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    full_on = models.DateField(null=True, blank=True)
    here_since = models.DateField(null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    mobile = models.BooleanField(null=True, blank=True)
    spelling = Line(null=True, blank=True, editable=False)

    class Meta:
        default_related_name = "members"
        constraints = ends_of("member")
        indexes = indexes_of("member")

    def save(self, *args: Any, **options: Any) -> None:
        self.spelling = spelling(self.name)
        super().save(*args, **options)


class OfMember(FactModel):
    """A row that belongs to one member."""

    member = models.ForeignKey(
        Member,
        models.PROTECT,
        to_field="code",
        db_column="member",
        db_index=False,  # the index by day begins with it
    )

    class Meta:
        abstract = True


class OfMemberOrNone(FactModel):
    """A row that may belong to a member."""

    member = models.ForeignKey(
        Member,
        models.PROTECT,
        to_field="code",
        db_column="member",
        db_index=False,  # the index by day begins with it
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True


class Membership(OfMember, OfOrganization):
    """Where a member was registered from when to when; both days count, empty ends are open."""

    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        default_related_name = "memberships"
        constraints = ends_of("membership")
        indexes = indexes_of("membership")


class Objection(models.Model):
    """A member contests one line of what is held about them, and is owed an answer.

    ``table`` and ``row`` name the line as explanations do, ``column`` one value of it; ``line``
    is how it read that day. ``organization`` answers first, until ``due_on``; once escalated,
    somebody above it does.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, to_field="code", db_column="member", related_name="objections"
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        to_field="code",
        db_column="organization",
        related_name="objections",
    )
    table = Line()
    row = Line()
    column = Line(blank=True, default="")
    line = Line()
    text = models.TextField()
    opened_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    escalated_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.column}".strip()


class Answer(models.Model):
    """What was answered to an objection, by whom; ``superior``: by somebody above the branch.

    The account is named by number and words, as the record of audit does.
    """

    objection = models.ForeignKey(Objection, models.CASCADE, related_name="answers")
    superior = models.BooleanField()
    upheld = models.BooleanField()
    text = models.TextField()
    account = models.BigIntegerField(null=True)
    account_name = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["objection", "superior"], name="answer_once"),
        )

    def __str__(self) -> str:
        return f"{self.objection_id} {self.account_name}"
