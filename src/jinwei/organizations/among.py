"""A condition on long lists: ``code__among`` is ``code__in`` that gives the database one value.

``__in`` makes a placeholder of every member of its list, which takes longer to write down than the
database takes to answer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Field, ForeignKey, Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup
_Sql = tuple[str, list[Any]]


@Field.register_lookup
class Among(_Lookup):
    """Whether a column of text, whole numbers or days holds one of some values; none is NULL."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> _Sql:
        column, values = self.process_lhs(compiler, connection)
        listed = json.dumps(self._listed(), ensure_ascii=False, default=str)
        return f"{column} IN (SELECT value FROM json_each(%s))", [*values, listed]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> _Sql:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*values, self._listed()]

    def _listed(self) -> list[Any]:
        field: Any = self.lhs.output_field
        while isinstance(field, ForeignKey):
            field = field.target_field
        if isinstance(field, CharField | TextField):
            return list(self.rhs)
        return [field.get_prep_value(value) for value in self.rhs]


ForeignKey.register_lookup(Among)
