"""Who changed what, where two people saved one row: the trail of the row tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from jinwei.audit.actions import plain
from jinwei.audit.models import Entry
from jinwei.organizations.facts import FactModel

MINE: Final = "mine"
STORED: Final = "stored"
BOTH: Final = ""

_RAISING: Final = ("corrected", "withdrawn", "restored")
"""Acts that raise the version of a row by one."""
_BESIDE: Final = {"id_number"}
"""Told in an entry of its own, beside that of the row."""


def said_before(stored: FactModel, version: int) -> Mapping[str, Any] | None:
    """The columns changed since a version, as they stood in it; None where no trail tells."""
    behind = stored.version - version
    rows = Entry.objects.filter(table=stored.table().name, row=stored.row_id, act__in=_RAISING)
    newest = rows.order_by("-pk")[: 2 * max(behind, 0)]
    entries = [entry for entry in newest if set(entry.before or ()) != _BESIDE]
    if not 0 < behind <= len(entries):
        return None
    said: dict[str, Any] = {}
    for entry in entries[:behind]:
        said |= entry.before or {}
    return said


def side_of(said: Mapping[str, Any] | None, column: str, mine: Any) -> str:
    """Whose text of a column that differs is the only changed one; neither's where both are."""
    if said is None:
        return BOTH
    if column not in said:
        return MINE
    return STORED if plain({column: mine})[column] == said[column] else BOTH
