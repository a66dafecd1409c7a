"""What all models behind fact views share; names, columns and rules come from the catalogue."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import class_prepared
from django.dispatch import receiver
from django.utils.functional import lazy
from django.utils.translation import get_language

from jinwei.engine.catalogue import TABLES, Table

from . import among  # noqa: F401  # so that every model knows the condition


class FactModel(models.Model):
    """One row of a fact table. The model has the name of its table, a field that of its column.

    The primary key is the order of entry: further down in an import, or entered later, is more.
    ``version`` counts how often the row was saved: whoever saves says which one they saw. A row
    withdrawn stays, with its trail, but is in no view and counts nowhere.
    """

    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def table(cls) -> Table:
        """The table of the catalogue that these rows stand behind."""
        return TABLES[str(cls._meta.model_name)]

    @property
    def row_id(self) -> str:
        """The name of the row in explanations and exports."""
        table = self.table()
        return str(getattr(self, table.key)) if table.key else f"{table.name}-{self.pk}"

    def __str__(self) -> str:
        return self.row_id


def ends_of(name: str) -> list[models.BaseConstraint]:
    """The constraints that nothing ends before it begins; empty ends are open."""
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{end}__gte": models.F(begin)}),
            name=f"{name}_{end}_not_before_{begin}",
        )
        for begin, end in TABLES[name].ends
    ]


def indexes_of(name: str) -> list[models.Index]:
    """The indexes that serve one subject: its rows by day, as ``datasets.store`` has them."""
    table = TABLES[name]
    keys = [c.name for c in table.stored if c.name in ("organization", "member")]
    day = table.column(table.date) if table.date else None
    # The day of an attendance is its meeting's.
    dated = [day.name] if day is not None and (name == "dues" or not day.derived) else []
    return [models.Index(fields=[key, *dated], name=f"{name}_{key}") for key in keys]


def _in_language(heading: str, name: str) -> str:
    return heading if (get_language() or "").startswith("zh") else name.replace("_", " ")


in_language = lazy(_in_language, str)


@receiver(class_prepared)
def take_headings(sender: type[models.Model], **_: Any) -> None:
    """Name a model and its fields as the catalogue does, in the language of the reader."""
    if not issubclass(sender, FactModel):
        return
    table = sender.table()
    sender._meta.verbose_name = in_language(table.heading, table.name)
    sender._meta.verbose_name_plural = in_language(table.heading, table.name)
    for column in table.columns:
        for field in sender._meta.local_fields:
            if field.name == column.name:
                field.verbose_name = in_language(column.heading, column.name)
