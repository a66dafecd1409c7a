"""The demo district, once or many times over, as one data set."""

from __future__ import annotations

import datetime as dt

from jinwei.datasets.dataset import Dataset, Row
from jinwei.demo import district
from jinwei.engine.catalogue import TABLES, Table

TODAY = dt.date(2026, 11, 21)
_PERSONS = ("member", "with_member")


def districts(times: int) -> Dataset:
    """So many copies of the district side by side, each with codes of its own."""
    one = district(today=TODAY)
    if times == 1:
        return one
    tables: dict[str, list[Row]] = {}
    for name, rows in one.tables.items():
        places = _coded(TABLES[name])
        tables[name] = [
            tuple(
                f"{value}~{copy}" if place in places and value is not None else value
                for place, value in enumerate(row)
            )
            for copy in range(times)
            for row in rows
        ]
    return Dataset(tables)


def _coded(table: Table) -> set[int]:
    """Places of the columns that hold codes of the data set."""
    return {
        place
        for place, column in enumerate(table.stored)
        if column.refers_to or column.name == table.key or column.name in _PERSONS
    }
