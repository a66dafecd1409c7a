"""By what a row of a book is known again, where its table has no code or the book does not say it.

The same file twice creates nothing twice: a draft whose key stands already is the same row, and a
difference in its other columns is a correction of it. Columns of a key that are empty count as a
value like any other.
"""

from __future__ import annotations

from typing import Final

from jinwei.datasets.dataset import Value

from .drafts import Values

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "organization": ("name", "parent"),
    "member": ("organization", "name", "birth_on"),
    "membership": ("member", "organization", "from_on"),
    "superior": ("organization", "parent", "from_on", "purpose"),
    "term": ("organization", "started_on"),
    "post": ("organization", "member", "post", "started_on"),
    "meeting": ("organization", "kind", "held_on", "topic"),
    "attendance": ("meeting", "member"),
    "dues": ("member", "month"),
    "talk": ("organization", "member", "with_member", "held_on"),
    "training": ("member", "held_on", "kind"),
    "service": ("member", "held_on", "kind"),
    "appraisal": ("member", "held_on"),
    "fund": ("organization", "booked_on", "kind", "subject", "amount"),
    "filing": ("organization", "member", "kind", "title", "filed_on"),
    "venue": ("organization", "kind", "checked_on"),
    "project": ("organization", "kind", "title"),
    "honor": ("organization", "member", "level", "title", "awarded_on"),
    "incident": ("organization", "member", "kind", "occurred_on"),
    "rectification": ("organization", "source", "title", "opened_on"),
    "survey": ("organization", "kind", "held_on"),
    "case": ("organization", "member", "procedure", "opened_on"),
    "judgement": ("standard", "indicator", "organization", "member", "judged_on"),
    "exemption": ("standard", "indicator", "organization", "member", "from_on"),
}
"""The natural key of each table. Where a table has a code (organization, member, meeting,
rectification, case) and the book says it, the code is the key alone; a member is known by the
identity number before name and birth."""


def natural_key(table: str, values: Values) -> tuple[Value, ...]:
    """The natural key of a row; columns that the book lacks count as empty."""
    return tuple(values.get(name) for name in KEYS[table])
