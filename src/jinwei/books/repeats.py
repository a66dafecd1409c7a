"""Rows of one book that say the same record again, in the same words or in others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from jinwei.engine.catalogue import TABLES

from . import kinds
from .drafts import FAULT, Draft, Trouble
from .keys import KEYS, natural_key
from .world import World

_SHOWN: Final = 40
_BITS: Final = 64
_MASK: Final = (1 << _BITS) - 1


class Repeats:
    """Remembers what was said of each key so far: a number a key, for there may be many."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._seen: dict[int, int] = {}
        self._persons: dict[int, tuple[int, bool]] = {}

    def seen(self, number: int, draft: Draft, faulty: Collection[str]) -> int | Trouble | None:
        """The line that said the same, what is wrong if it said otherwise, or None.

        ``faulty``: targets whose cells are not understood; a key that needs one of them is none.
        """
        said = hash((*sorted(draft.values.items()), draft.attendance)) & _MASK
        before = None
        if draft.table == "member":
            line = self._same_person(number, draft, faulty)
            if line is not None:
                return self._otherwise(line, draft, "name")
        for column, key in _keys(draft, faulty):
            packed = self._seen.setdefault(key, number << _BITS | said)
            line = packed >> _BITS
            if line == number:
                continue
            if packed & _MASK == said:
                before = line
            else:
                return self._otherwise(line, draft, column)
        return before

    def _same_person(self, number: int, draft: Draft, faulty: Collection[str]) -> int | None:
        """The line of the same name and birth in a branch, where only one has an identity number.

        Two who both have one are two persons.
        """
        if not _is_whole(draft, faulty) or draft.values.get("birth_on") is None:
            return None
        key = hash(natural_key("member", draft.values))
        numbered = bool(draft.values.get("id_number"))
        line, before = self._persons.setdefault(key, (number, numbered))
        return None if before == numbered else line

    def _otherwise(self, line: int, draft: Draft, column: str) -> Trouble:
        at = draft.columns.get(column, _shown(draft))
        facts = {"row": str(line)}
        if column == "id_number":
            return Trouble(kinds.ID_REPEATED, at, FAULT, facts)
        if draft.table == "dues":
            facts |= {"month": str(draft.values.get("month")), "name": self._name(draft)}
            return Trouble(kinds.DUES_TWICE, draft.columns.get("month", at), FAULT, facts)
        return Trouble(kinds.CONTRADICTS_ROW, at, FAULT, facts | {"key": _in_words(draft, column)})

    def _name(self, draft: Draft) -> str:
        member = self.world.members.get(str(draft.values.get("member")))
        return member.name or member.code if member else ""


def _keys(draft: Draft, faulty: Collection[str]) -> Iterator[tuple[str, int]]:
    """By what a draft is known again within its book, each with the column to show.

    Two of one name and birth in one branch are two persons where both have identity numbers.
    """
    values, table = draft.values, draft.table
    code = TABLES[table].key
    if code and values.get(code) and code not in faulty:
        yield code, hash((table, code, values[code]))
        if table != "member":
            return
    number = values.get("id_number") if table == "member" else None
    if number:
        yield "id_number", hash((table, "id_number", number))
    elif not (code and values.get(code)) and _is_whole(draft, faulty):
        yield "", hash((table, *natural_key(table, values)))


def _shown(draft: Draft) -> int | None:
    """The cell of a line that stands for its key."""
    names = [name for name in KEYS[draft.table] if name != "organization"]
    return next((draft.columns[name] for name in names if name in draft.columns), None)


def _is_whole(draft: Draft, faulty: Collection[str]) -> bool:
    """Whether every part of the natural key could be read, and what a row must have is there."""
    key = KEYS[draft.table]
    if faulty and any(name in faulty or f"{name}_name" in faulty for name in key):
        return False
    given = [name for name in key if draft.values.get(name) is not None]
    return bool(given) and _musts(draft.table).issubset(given)


@cache
def _musts(table: str) -> frozenset[str]:
    """The parts of a key without which a row is none."""
    columns = [TABLES[table].column(name) for name in KEYS[table]]
    return frozenset(column.name for column in columns if column and column.required)


def _in_words(draft: Draft, column: str) -> str:
    if column in draft.columns and column == TABLES[draft.table].key:
        return str(draft.values[column])[:_SHOWN]
    said = [str(v) for v in natural_key(draft.table, draft.values) if v is not None]
    return " ".join(said)[:_SHOWN]
