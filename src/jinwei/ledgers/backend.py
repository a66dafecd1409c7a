"""Plans run on the product's own database, in the transaction at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper

from jinwei.engine.backends import Row

_DIALECTS: Final = {"sqlite": "sqlite", "postgresql": "postgres"}


class DjangoBackend:
    """A connection of Django's, for the engine.

    The statements pass through Django's cursor: they see what the transaction has written, count
    as queries in tests, and fail with Django's errors.
    """

    def __init__(self, connection: BaseDatabaseWrapper | None = None) -> None:
        self.connection: Any = connection or default_connection
        self.dialect = _DIALECTS[self.connection.vendor]

    def run(self, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        """All rows of one statement; parameters are dates and text, by name."""
        text, values = sql, dict(parameters)
        if self.dialect == "sqlite":
            # Django reads % as the beginning of a parameter and puts one back for two; the
            # parameters of this dialect (:name) are sqlite3's own, and days are text there.
            text = sql.replace("%", "%%")
            values = {name: _text(value) for name, value in parameters.items()}
        with self.connection.cursor() as cursor:
            cursor.execute(text, values)
            rows: list[Row] = cursor.fetchall()
        return rows


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
