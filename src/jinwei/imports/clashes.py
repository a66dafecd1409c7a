"""What a row of a book contradicts among those that stand, though each would be right alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Final

from jinwei.datasets.dataset import Value
from jinwei.engine.catalogue import TABLES
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Post, Term

from . import kinds
from .rights import Rights
from .rows import Row, value_of
from .stored import Stored

_OPEN: Final = "~"
"""After every day."""


def clashes(table: str, rows: Sequence[Row], stored: Stored, rights: Rights) -> None:
    """Tell the rows what stands against them."""
    if table in _CHECKS:
        _CHECKS[table](rows, stored)
    if table == "member":
        _members(rows, stored, rights)
    for row in rows:
        _order(row)


def _order(row: Row) -> None:
    """Nothing ends before it begins, also where the book names one end alone."""
    for begin, end in TABLES[row.table].ends:
        first, last = row.now(begin), row.now(end)
        if first is not None and last is not None and str(last) < str(first):
            row.trouble(kinds.ENDS_BEFORE, end, begin=first, end=last)


def _members(rows: Sequence[Row], stored: Stored, rights: Rights) -> None:
    """An identity number belongs to one member; one out of sight is not named."""
    for row in rows:
        holder = stored.holder(row)
        if holder is None or (row.stored is not None and holder.pk == row.stored.pk):
            continue
        if rights.may("member", holder.organization_id):
            row.trouble(kinds.ID_TAKEN, "id_number", holder=holder.code)
        else:
            row.trouble(kinds.ID_ELSEWHERE, "id_number")


def _dues(rows: Sequence[Row], stored: Stored) -> None:
    """A month is paid in one organization."""
    for row in rows:
        if row.stored is None or "organization" not in row.differing:
            continue
        there = value_of(row.stored, "organization")
        row.trouble(
            kinds.DUES_ELSEWHERE, "month", month=row.values.get("month"), organization=there
        )


def _terms(rows: Sequence[Row], stored: Stored) -> None:
    """Terms follow each other."""
    there = _standing(Term, rows)
    for row in rows:
        others = there[row.now("organization"),]
        first = row.now("started_on")
        last = row.now("ended_on") or row.now("expires_on") or first
        _refuse_overlap(row, kinds.TERM_STANDS, first, last, others, _term_end)


def _posts(rows: Sequence[Row], stored: Stored) -> None:
    """Nobody holds the same post twice at a time."""
    there = _standing(Post, rows, "member", "post")
    for row in rows:
        others = there[row.now("organization"), row.now("member"), row.now("post")]
        first, last = row.now("started_on"), row.now("ended_on") or _OPEN
        _refuse_overlap(row, kinds.POST_STANDS, first, last, others, _post_end)


def _term_end(row: FactModel) -> Value:
    ended, expires = value_of(row, "ended_on"), value_of(row, "expires_on")
    return ended or expires or value_of(row, "started_on")


def _post_end(row: FactModel) -> Value:
    return value_of(row, "ended_on") or _OPEN


def _refuse_overlap(
    row: Row,
    id: str,
    first: Value,
    last: Value,
    others: Sequence[FactModel],
    end_of: Callable[[FactModel], Value],
) -> None:
    if first is None:
        return
    for other in others:
        begun, end = value_of(other, "started_on"), end_of(other)
        apart = row.stored is not None and other.pk == row.stored.pk
        if not apart and begun is not None and str(begun) < str(last) and str(first) < str(end):
            row.trouble(id, "started_on", first=begun, last="…" if end == _OPEN else end)
            return


def _standing(
    model: type[FactModel], rows: Sequence[Row], *more: str
) -> defaultdict[tuple[Value, ...], list[FactModel]]:
    """What the organizations of some rows have already, by organization (and more)."""
    found: defaultdict[tuple[Value, ...], list[FactModel]] = defaultdict(list)
    codes = {str(row.now("organization")) for row in rows}
    manager: Any = model._default_manager
    there = manager.filter(withdrawn_at=None, organization_id__in=sorted(codes))
    for one in there.order_by("pk") if rows else ():
        found[tuple(value_of(one, name) for name in ("organization", *more))].append(one)
    return found


_CHECKS: Final[dict[str, Callable[[Sequence[Row], Stored], None]]] = {
    "dues": _dues,
    "term": _terms,
    "post": _posts,
}
