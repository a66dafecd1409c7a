"""What an import would do, before it does it: the same write, rolled back."""

from __future__ import annotations

from typing import Final

from jinwei.accounts.access import Access
from jinwei.standings.queue import preview
from jinwei.standings.told import Told

from .models import Batch
from .passes import Pass
from .writing import put

MOST_ROWS: Final = 500
"""So many rows are written to be looked at; of a larger book the counts must do."""
AT_ONCE: Final = 5
"""So many subjects of each adoption are reckoned; the others are counted."""


def effects(batch: Batch, access: Access) -> Told | None:
    """Scores before and after, of the first few subjects that a checked batch touches.

    None where it is too large. The rows by table stand in ``batch.tables`` already, the
    organizations in ``batch.organizations``.
    """
    rows = sum(n.get("new", 0) + n.get("changed", 0) for n in batch.tables.values())
    if rows > MOST_ROWS or batch.plan is None:
        return None
    way = Pass(batch, access)
    turns = list(way.turns())

    def write() -> None:
        for turn in turns:
            put(batch, way.match(turn), access.actor, at_once=AT_ONCE)

    return preview(write)
