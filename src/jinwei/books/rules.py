"""What cannot be in one row: days in the wrong order, more present than expected."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from jinwei.engine.catalogue import DATE, TABLES, VALIDITY

from . import kinds
from .drafts import Trouble, Values
from .identity import said_by

ADULT: Final = 18
"""Nobody is admitted younger (Party Constitution, article 1)."""
_PAST: Final = frozenset(
    ("birth_on", "joined_on", "full_on", "here_since", "suspended_on", "left_on", "established_on")
)
"""Days that may bound a validity, but are past when they are written down."""
_EARLIEST: Final = "1900-01-01"
_PARTS: Final = {
    "venue": ("items_met", "items_required"),
    "survey": ("satisfied", "answered"),
}


def troubles_of(
    table: str, values: Values, columns: Mapping[str, int], today: dt.date
) -> Iterator[Trouble]:
    """Everything that cannot be, each at its cell."""
    yield from _days(table, values, columns, today)
    yield from _ends(table, values, columns)
    if table == "member":
        yield from _age(values, columns)
    if table == "meeting":
        yield from _present(values, columns)
    if table in _PARTS:
        yield from _parts(table, values, columns)


def _days(
    table: str, values: Values, columns: Mapping[str, int], today: dt.date
) -> Iterator[Trouble]:
    latest = today.isoformat()
    for name, is_past in _dates_of(table):
        day = values.get(name)
        if not isinstance(day, str):
            continue
        if is_past and day > latest:
            facts = {"found": day, "today": latest}
            yield Trouble(kinds.IN_THE_FUTURE, columns.get(name), facts=facts)
        elif day < _EARLIEST:
            yield Trouble(kinds.TOO_EARLY, columns.get(name), facts={"found": day})


@cache
def _dates_of(table: str) -> tuple[tuple[str, bool], ...]:
    """The columns of a table that hold days, and whether they are past when written down."""
    names = [column.name for column in TABLES[table].stored if column.kind == DATE]
    return tuple((name, name not in VALIDITY or name in _PAST) for name in names)


def _ends(table: str, values: Values, columns: Mapping[str, int]) -> Iterator[Trouble]:
    for begin, end in TABLES[table].ends:
        first, last = values.get(begin), values.get(end)
        if not isinstance(first, str) or not isinstance(last, str) or last >= first:
            continue
        if (begin, end) == ("joined_on", "full_on"):
            facts = {"found": last, "joined": first}
            yield Trouble(kinds.FULL_BEFORE_JOINED, columns.get(end), facts=facts)
            continue
        column = TABLES[table].column(begin)
        facts = {"found": last, "begin": column.heading if column else begin, "first": first}
        yield Trouble(kinds.END_BEFORE_BEGINNING, columns.get(end), facts=facts)


def _age(values: Values, columns: Mapping[str, int]) -> Iterator[Trouble]:
    born, joined = values.get("birth_on"), values.get("joined_on")
    if not isinstance(born, str) or not isinstance(joined, str):
        return
    adult = _adult(dt.date.fromisoformat(born))
    if joined < adult:
        facts = {"born": born, "adult": adult, "found": joined}
        yield Trouble(kinds.JOINED_YOUNG, columns.get("joined_on"), facts=facts)


def _adult(born: dt.date) -> str:
    """The day on which somebody is of age; born on 29 February, the first of March."""
    year = min(born.year + ADULT, dt.MAXYEAR)
    leap = (born.month, born.day) == (2, 29) and not calendar.isleap(year)
    return (dt.date(year, 3, 1) if leap else born.replace(year=year)).isoformat()


def contradictions(values: Values, columns: Mapping[str, int]) -> Iterator[Trouble]:
    """Where a faultless identity number says something else than the row."""
    number = values.get("id_number")
    if not isinstance(number, str):
        return
    said = said_by(number)
    born, sex = values.get("birth_on"), values.get("sex")
    if isinstance(born, str) and born != said.birth_on.isoformat():
        facts = {"found": born, "number": said.birth_on.isoformat()}
        yield Trouble(kinds.BIRTH_CONTRADICTS, columns.get("birth_on"), facts=facts)
    if isinstance(sex, str) and sex != said.sex:
        facts = {"found": sex, "number": said.sex}
        yield Trouble(kinds.SEX_CONTRADICTS, columns.get("sex"), facts=facts)


def _present(values: Values, columns: Mapping[str, int]) -> Iterator[Trouble]:
    expected, attended = values.get("expected"), values.get("attended")
    if isinstance(expected, int) and isinstance(attended, int) and attended > expected:
        facts = {"found": str(attended), "expected": str(expected)}
        yield Trouble(kinds.MORE_PRESENT, columns.get("attended"), facts=facts)


def _parts(table: str, values: Values, columns: Mapping[str, int]) -> Iterator[Trouble]:
    part, whole = _PARTS[table]
    some, every = values.get(part), values.get(whole)
    if isinstance(some, int) and isinstance(every, int) and some > every:
        names = [TABLES[table].column(name) for name in (part, whole)]
        said = [column.heading if column else "" for column in names]
        facts = {"part": said[0], "whole": said[1], "found": str(some), "of": str(every)}
        yield Trouble(kinds.MORE_MET, columns.get(part), facts=facts)
