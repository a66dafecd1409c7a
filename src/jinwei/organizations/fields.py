"""Kinds of columns that Django does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:
    _TextField = models.TextField


class Line(_TextField):
    """One line of text of any length; in a column that may be empty, no text is NULL.

    Standards tell an empty cell from a text, so there must be only one way to be empty.
    """

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(None if value == "" and self.null else value, connection)

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"widget": forms.TextInput, **options})


class MonthEnd(models.Func):
    """The last day of a month written ``2026-03``."""

    output_field = models.DateField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        template = "date(%(expressions)s || '-01', '+1 month', '-1 day')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        # Reading a date from text depends on settings of the server; making one from numbers not.
        template = (
            "(make_date(cast(substr(%(expressions)s, 1, 4) AS integer),"
            " cast(substr(%(expressions)s, 6, 2) AS integer), 1)"
            " + interval '1 month' - interval '1 day')::date"
        )
        return self.as_sql(compiler, connection, template=template, **context)
