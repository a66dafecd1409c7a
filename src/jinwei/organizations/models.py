"""Organizations, who stands above whom, elected terms and posts."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from . import tree
from .facts import FactModel, ends_of, indexes_of
from .fields import Line


class Organization(FactModel):
    """A party organization, from a work committee down to a group; it is dissolved, not deleted.

    ``parent`` is the superior where no row of :class:`Superior` without purpose says otherwise.
    Saving or deleting one brings ``tree_path`` up to date; writes in bulk call
    :func:`jinwei.organizations.tree.rebuild_tree`.
    """

    code = Line(unique=True)
    name = Line()
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        to_field="code",
        db_column="parent",
        related_name="children",
        null=True,
        blank=True,
    )
    kind = Line()
    sector = Line(null=True, blank=True)
    region = Line(null=True, blank=True)
    established_on = models.DateField(null=True, blank=True)
    dissolved_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = ends_of("organization")

    def save(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            super().save(*args, **options)
            tree.refresh_tree(self.code)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            TreePath.objects.filter(descendant=self).delete()
            return super().delete(*args, **options)


class OfOrganization(FactModel):
    """A row that belongs to one organization."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        to_field="code",
        db_column="organization",
        db_index=False,  # the index by day begins with it
    )

    class Meta:
        abstract = True


class OfOrganizationOrNone(FactModel):
    """A row that may belong to an organization."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        to_field="code",
        db_column="organization",
        db_index=False,  # the index by day begins with it
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True


class Superior(OfOrganization):
    """Which organization stood above another from when to when; both days count.

    With a purpose it is a second superior, for that purpose only (a campaign, a host city), and
    no part of the tree. Saving or deleting one brings ``tree_path`` up to date.
    """

    parent = models.ForeignKey(
        Organization,
        models.PROTECT,
        to_field="code",
        db_column="parent",
        related_name="superior_to",
    )
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    purpose = Line(null=True, blank=True)

    class Meta:
        default_related_name = "superiors"
        constraints = ends_of("superior")
        indexes = indexes_of("superior")

    def save(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            before = Superior.objects.filter(pk=self.pk).values_list("organization_id", flat=True)
            touched = {*before, self.organization_id}
            super().save(*args, **options)
            tree.refresh_tree(*touched)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            deleted = super().delete(*args, **options)
            tree.refresh_tree(self.organization_id)
            return deleted


class Term(OfOrganization):
    """One elected term of a committee: it sits until the next is elected, also past its end."""

    started_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    elected_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        default_related_name = "terms"
        constraints = ends_of("term")
        indexes = indexes_of("term")


class Post(OfOrganization):
    """A person in a post of an organization, from when to when.

    ``member`` is a code without reference: the holder may stand outside the roster (a first
    secretary sent from elsewhere).
    """

    member = Line()
    post = Line()
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    full_time = models.BooleanField(null=True, blank=True)
    administrative_post = Line(null=True, blank=True)

    class Meta:
        default_related_name = "posts"
        constraints = ends_of("post")
        indexes = indexes_of("post")


class TreePath(models.Model):
    """An organization above another (or itself) in the tree, from when to when; empty is open.

    Kept by :mod:`jinwei.organizations.tree`, never written by hand. The engine reads the table
    under this name.
    """

    ancestor = models.ForeignKey(
        Organization,
        models.CASCADE,
        to_field="code",
        db_column="ancestor",
        related_name="+",
        db_index=False,
    )
    descendant = models.ForeignKey(
        Organization,
        models.CASCADE,
        to_field="code",
        db_column="descendant",
        related_name="+",
        db_index=False,
    )
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    class Meta:
        db_table = "tree_path"
        indexes = (
            models.Index(fields=["ancestor", "descendant"], name="tree_path_ancestor"),
            models.Index(fields=["descendant", "ancestor"], name="tree_path_descendant"),
        )

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"
