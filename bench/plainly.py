"""The baseline: organization by organization, in plain Python over the same database.

For each organization its rows are fetched by indexed look-ups and read by the plain reading of the
specification that the tests hold the engine against.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from typing import Any

from jinwei.engine.catalogue import CATALOGUE, Column
from tests.plain.reading import read_standard_results

_BY_CODE = ("organization", "member", "membership", "superior", "attendance")


class PlainScorer:
    """Scores one organization at a time from a SQLite store."""

    def __init__(self, connection: sqlite3.Connection, standard: dict[str, Any]) -> None:
        self.connection = connection
        self.standard = standard

    def score(self, code: str, as_of: dt.date) -> dict[str, Any]:
        """The results of one organization, as the plain reading gives them."""
        below = self._column("SELECT descendant FROM tree_path WHERE ancestor = ?", code)
        members = sorted(
            {
                *self._in("SELECT code FROM fact_member WHERE organization IN ", below),
                *self._in("SELECT member FROM fact_membership WHERE organization IN ", below),
            }
        )
        tables = {
            "organization": self._rows("organization", "code", below),
            "superior": [],
            "member": self._rows("member", "code", members),
            "membership": self._rows("membership", "member", members),
        }
        for organization in tables["organization"]:
            organization["parent"] = None if organization["code"] == code else code
        for table in CATALOGUE.facts:
            if table.name in _BY_CODE or not table.column("organization"):
                continue
            rows = self._numbered(table.name, "organization", below)
            if table.column("member"):  # a member's own facts may stand in another organization
                rows |= self._numbered(table.name, "member", members)
            tables[table.name] = [row for _, row in sorted(rows.items())]
        results: dict[str, Any] = read_standard_results(self.standard, tables, as_of)[code]
        return results

    def _column(self, sql: str, *values: str) -> list[str]:
        return sorted({row[0] for row in self.connection.execute(sql, values)})

    def _in(self, sql: str, codes: list[str]) -> list[str]:
        holes = ", ".join("?" * len(codes))
        return [row[0] for row in self.connection.execute(f"{sql} ({holes})", codes)]

    def _rows(self, name: str, key: str, codes: list[str]) -> list[dict[str, Any]]:
        return [row for _, row in sorted(self._numbered(name, key, codes).items())]

    def _numbered(self, name: str, key: str, codes: list[str]) -> dict[int, dict[str, Any]]:
        """Rows by order of entry."""
        table = CATALOGUE.by_name[name]
        columns = [c for c in table.viewed if not c.derived]
        names = ", ".join(f'"{c.name}"' for c in columns)
        sql = f'SELECT row_order, {names} FROM "fact_{name}" WHERE "{key}" = ?'
        return {
            order: _spoken(columns, row)
            for code in codes
            for order, *row in self.connection.execute(sql, (code,))
        }


def _spoken(columns: list[Column], row: Sequence[Any]) -> dict[str, Any]:
    """A stored row in the units that standards speak."""
    spoken = dict(zip([c.name for c in columns], row, strict=True))
    for column in columns:
        value = spoken[column.name]
        if column.kind == "hundredths" and value is not None:
            spoken[column.name] = f"{value / 100:.2f}"
        elif column.kind == "boolean" and value is not None:
            spoken[column.name] = bool(value)
    return spoken
