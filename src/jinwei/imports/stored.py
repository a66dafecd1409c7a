"""The stored rows that a chunk of a book speaks of, each table by a query or two."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.db.models import Q

from jinwei.books.keys import KEYS
from jinwei.datasets.dataset import Value
from jinwei.ledgers.models import FACT_MODELS
from jinwei.members.identity import digests
from jinwei.members.models import Member
from jinwei.organizations.facts import FactModel

from .rows import Row, attribute, references, value_of

Homes = Mapping[str, str | None]
"""Organization by code of a row."""


class Stored:
    """What stands, as far as a chunk asks; ``coming``: rows of the book that will, by table."""

    def __init__(self, coming: Mapping[str, Homes]) -> None:
        self.coming = coming
        self._homes: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
        self._taken: defaultdict[str, set[str]] = defaultdict(set)
        self.holders: dict[str, Member] = {}
        """Members by digest of the identity number, withdrawn ones too."""

    # --- the rows themselves --------------------------------------------------------------------

    def rows(self, table: str, rows: Sequence[Row]) -> list[FactModel | None]:
        """The stored row that each is, None for a new one.

        By the code that the book says, else by identity number, else by natural key.
        """
        model = FACT_MODELS[table]
        by_code = self._by_code(model, [row for row in rows if row.code])
        if table == "member":
            self._find_holders(rows)
        keyed = [row for row in rows if not (row.code and row.said)]
        by_key = _by_key(model, keyed)
        found: list[FactModel | None] = []
        for row in rows:
            if row.code and row.said:
                found.append(by_code.get(row.code))
            else:
                found.append(self._holder(row) or _same(row, by_key.get(row.key)))
        return found

    def _by_code(self, model: type[FactModel], rows: Sequence[Row]) -> dict[str, FactModel]:
        if not rows:
            return {}
        table, key = rows[0].table, str(rows[0].facts.key)
        codes = {str(row.code) for row in rows}
        found = {
            str(getattr(one, key)): one
            for one in model._default_manager.filter(**{f"{key}__among": codes})
        }
        self._taken[table] |= set(found)
        return found

    def _find_holders(self, rows: Sequence[Row]) -> None:
        asked = [each for row in rows for each in numbers(row)]
        if asked:
            holders = Member.objects.filter(id_number_digest__in=asked)
            self.holders = {str(one.id_number_digest): one for one in holders}

    def _holder(self, row: Row) -> Member | None:
        if row.table != "member":
            return None
        return next((self.holders[d] for d in numbers(row) if d in self.holders), None)

    def holder(self, row: Row) -> Member | None:
        """Whoever has the identity number of a row."""
        return self._holder(row)

    def free(self, row: Row) -> str:
        """The code made up for a new row, or the next that is free beside it."""
        code, taken = str(row.code), self._taken[row.table]
        key, more = str(row.facts.key), 1
        while code in taken:
            more += 1
            code = f"{row.code}-{more}"
            rows = FACT_MODELS[row.table]._default_manager
            if rows.filter(**{key: code}).exists():
                taken.add(code)
        taken.add(code)
        return code

    # --- what they refer to ---------------------------------------------------------------------

    def know(self, table: str, rows: Sequence[Row]) -> None:
        """Look up everything that some rows refer to, before and after."""
        for name, to in references(table):
            codes = {str(code) for row in rows if (code := row.now(name)) is not None}
            codes |= {str(value_of(r.stored, name)) for r in rows if r.stored is not None}
            unknown = codes - set(self._homes[to])
            if unknown:
                self._homes[to] |= _homes(to, unknown)

    def knows(self, table: str, code: str) -> bool:
        """Whether a row of that code stands, or comes with the book."""
        return code in self._homes[table] or code in self.coming.get(table, ())

    def home(self, row: Row) -> str | None:
        """The organization that a row will belong to: its own, its member's or its meeting's."""
        return self._home(row.table, row.now)

    def home_of(self, stored: FactModel) -> str | None:
        """The organization that a stored row belongs to."""
        return self._home(stored.table().name, lambda name: value_of(stored, name))

    def _home(self, table: str, value: Any) -> str | None:
        if table == "organization":
            found: Value = value("code")
            return None if found is None else str(found)
        if table == "attendance":
            return self._home_in("meeting", value("meeting"))
        own = (
            value("organization") if ("organization", "organization") in references(table) else None
        )
        return own if own is not None else self._home_in("member", value("member"))

    def _home_in(self, table: str, code: Value) -> str | None:
        found = self._homes[table].get(str(code))
        return found if found is not None else self.coming.get(table, {}).get(str(code))


def numbers(row: Row) -> tuple[str, ...]:
    """The digests of the identity number that a draft says."""
    number = row.values.get("id_number")
    return digests(str(number)) if number else ()


_HOME: Final = {"organization": "code"}


def _homes(table: str, codes: Collection[str]) -> dict[str, str | None]:
    manager: Any = FACT_MODELS[table]._default_manager
    rows = manager.filter(code__among=codes, withdrawn_at=None)
    return dict(rows.values_list("code", _HOME.get(table, "organization_id")))


def _by_key(model: type[FactModel], rows: Sequence[Row]) -> dict[tuple[Value, ...], FactModel]:
    """Stored rows by natural key: all that could be meant, the first entered of those alike."""
    if not rows:
        return {}
    names, where = KEYS[rows[0].table], Q(withdrawn_at=None)
    for at, name in enumerate(names):
        column = attribute(model, name)
        said = {row.key[at] for row in rows}
        one = Q(**{f"{column}__among": [str(v) for v in said if v is not None]})
        where &= one | Q(**{f"{column}__isnull": True}) if None in said else one
        if name == "month" and None not in said:
            where &= Q(due_on__among=[_last_day(str(month)) for month in said])
    found: dict[tuple[Value, ...], FactModel] = {}
    for stored in model._default_manager.filter(where).order_by("pk"):
        found.setdefault(tuple(value_of(stored, name) for name in names), stored)
    return found


def _last_day(month: str) -> dt.date:
    """By which dues are indexed: without it all months of a member are gone through."""
    year, number = int(month[:4]), int(month[5:])
    return dt.date(year, number, calendar.monthrange(year, number)[1])


def _same(row: Row, stored: FactModel | None) -> FactModel | None:
    """A namesake of the same day with another identity number is somebody else."""
    if isinstance(stored, Member) and stored.id_number_digest and numbers(row):
        return None
    return stored


def home_of(rows: Sequence[FactModel]) -> dict[tuple[str, int], str | None]:
    """The organization that each stored row belongs to, by table and number."""
    stored = Stored({})
    by_table: defaultdict[str, list[FactModel]] = defaultdict(list)
    for row in rows:
        by_table[row.table().name].append(row)
    for table, all_of_it in by_table.items():
        stored.know(table, [Row(0, table, {}, {}, one) for one in all_of_it])
    return {(row.table().name, row.pk): stored.home_of(row) for row in rows}
