"""Rows of the fact tables: built by column name, kept in the order of the catalogue."""

from __future__ import annotations

from typing import Final

from jinwei.datasets.dataset import Row, Value
from jinwei.engine.catalogue import TABLES

__all__ = ["Row", "Tables", "Value", "place", "row"]
Tables = dict[str, list[Row]]

_COLUMNS: Final = {name: tuple(c.name for c in table.stored) for name, table in TABLES.items()}
_ALLOWED: Final = {name: frozenset(columns) for name, columns in _COLUMNS.items()}


def row(table: str, **values: Value) -> Row:
    """One row of ``table``; columns that are not named stay empty."""
    if not values.keys() <= _ALLOWED[table]:
        raise KeyError(f"{table}: {sorted(values.keys() - _ALLOWED[table])}")
    return tuple(map(values.get, _COLUMNS[table]))


def place(table: str, column: str) -> int:
    """Where ``column`` stands in a row of ``table``."""
    return _COLUMNS[table].index(column)
