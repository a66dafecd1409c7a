"""The rows and members behind a figure, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from jinwei.engine.catalogue import TABLES, Column
from jinwei.engine.explain import PartBehind, RowBehind

from .words import Words

_LEFT_OUT: Final = frozenset(("organization", "standard", "indicator", "code", "row_id"))
_PERSONS: Final = frozenset(("member", "led_by"))
"""Columns that name a person without reference: by code, or in plain words."""
_PLAIN: Final = frozenset(("kind", "topic", "title", "judge", "level", "grade"))
"""Columns whose value says itself what it is."""


@dataclass(frozen=True, slots=True)
class RowTold:
    """One row of a ledger: its name, its day, and what tells it from the others."""

    row_id: str
    day: str | None
    text: str


@dataclass(frozen=True, slots=True)
class RowsTold:
    """Rows of one ledger under one heading; ``failed``: they did not do what was asked."""

    heading: str
    failed: bool
    fact: str
    rows: tuple[RowTold, ...]


@dataclass(frozen=True, slots=True)
class MembersTold:
    """How many members reached what was asked, and code and name of those who did not."""

    done: str
    heading: str
    short: tuple[tuple[str, str], ...]


def rows_told(
    say: Words, fact: str, rows: Iterable[RowBehind], names: Mapping[str, str] | None
) -> tuple[RowTold, ...]:
    """Rows of one ledger; ``names`` of members by code, None where persons are not to be named."""
    return tuple(RowTold(r.row_id, r.date, row_text(say, fact, r, names)) for r in rows)


def groups_told(
    say: Words, part: PartBehind, names: Mapping[str, str] | None
) -> tuple[RowsTold, ...]:
    """The ledger rows behind a part: first those that failed, then those that counted."""
    evidence = part.evidence
    if evidence.members is not None or evidence.columns:
        return ()
    groups = []
    for failed, key in ((True, "rows_failed"), (False, "rows_counted")):
        rows = [row for row in part.rows if row.counted is not failed]
        if rows:
            told = rows_told(say, evidence.fact, rows, names)
            groups.append(RowsTold(say(key, n=len(rows)), failed, evidence.fact, told))
    return tuple(groups)


def members_told(
    say: Words, part: PartBehind, names: Mapping[str, str] | None
) -> MembersTold | None:
    """The members behind a part; None where it is not about members."""
    if part.evidence.members is None:
        return None
    short = [row for row in part.rows if not row.counted]
    return MembersTold(
        say("members_done", n=len(part.rows) - len(short)),
        say("members_missing", n=len(short)) if short else "",
        () if names is None else tuple((r.row_id, str(r.columns["name"] or "")) for r in short),
    )


def values_told(say: Words, part: PartBehind, subject: str) -> tuple[str, ...]:
    """The columns of the subject itself behind a part, as “heading: value”."""
    return tuple(
        f"{say.column(column)}{say.colon}{_shown(say, subject, column, row.columns[column.name])}"
        for row in part.rows
        for column in part.evidence.columns
    )


def row_text(say: Words, fact: str, row: RowBehind, names: Mapping[str, str] | None) -> str:
    """What tells one row of a ledger from another."""
    told = []
    for column in TABLES[fact].viewed:
        value = row.columns.get(column.name)
        if value is None or column.name in _LEFT_OUT or value == row.date:
            continue
        if column.name == "kind" and column.codes is None and row.columns.get("title"):
            continue  # the title says it in words
        if column.refers_to == "member" or column.name in _PERSONS:
            if names is not None:
                told.append(names.get(str(value), str(value)))
        elif column.name in _PLAIN:
            told.append(say.value(fact, column, value))
        else:
            told.append(f"{say.column(column)} {say.value(fact, column, value)}")
    return " · ".join(told)


def _shown(say: Words, subject: str, column: Column, value: Any) -> str:
    return "–" if value is None else say.value(subject, column, value)
