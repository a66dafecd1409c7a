"""The organization tree through time: who stands above whom, from when to when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, TypeAlias

from jinwei.datasets.dataset import Dataset, Value
from jinwei.engine.catalogue import TABLES

TreePath: TypeAlias = tuple[str, str, str | None, str | None]
"""Ancestor, descendant, first and last day on which it stands so; None where open."""
Step: TypeAlias = tuple[str, str, str]
"""Superior, first and last day; :data:`ALWAYS_BEFORE` and :data:`ALWAYS_AFTER` where open."""
Steps: TypeAlias = dict[str, list[Step]]

ALWAYS_BEFORE: Final = ""
ALWAYS_AFTER: Final = "~"


def tree_paths(dataset: Dataset) -> list[TreePath]:
    """The closure of the organization tree of a data set; see :func:`paths_of`."""
    return paths_of(_codes(dataset), steps_of(dataset))


def paths_of(codes: Iterable[str], steps: Steps) -> list[TreePath]:
    """Everything above each of these organizations, every one above itself included.

    An organization with rows in ``superior`` without purpose has the parent which the row in force
    names and none outside them; any other always has its ``parent``. Days are inclusive; the paths
    of one pair do not touch one another. Raises :class:`Cycle`, a ValueError, which
    :func:`check_dataset` refuses.
    """
    paths: list[TreePath] = []
    for code in codes:
        paths.append((code, code, None, None))
        above = [step for step, _ in climb(code, steps)]
        if len({ancestor for ancestor, _, _ in above}) < len(above):
            above = list(_merged(above))
        paths += [(a, code, begin or None, _open(end)) for a, begin, end in above]
    return paths


def steps_of(dataset: Dataset) -> Steps:
    """The superiors of every organization of a data set that has one, with their days."""
    at = [column.name for column in TABLES["organization"].stored].index("parent")
    parents = ((row[0], row[at]) for row in dataset.rows("organization"))
    superiors = (row[:4] for row in dataset.rows("superior") if row[4] is None)
    return steps_between(parents, superiors)


def steps_between(
    parents: Iterable[tuple[Value, Value]], superiors: Iterable[Sequence[Value]]
) -> Steps:
    """The superiors of every organization that has one, with their days.

    ``parents``: code and parent of each organization. ``superiors``: organization, parent, first
    and last day (ISO text, None where open) of the rows without purpose.
    """
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    for code, parent, first, last in superiors:
        begin, end = str(first or ALWAYS_BEFORE), str(last or ALWAYS_AFTER)
        steps[str(code)].append((str(parent), begin, end))
    for code, parent in parents:
        if parent is not None and str(code) not in steps:
            steps[str(code)] = [(str(parent), ALWAYS_BEFORE, ALWAYS_AFTER)]
    return dict(steps)


def superior_at(steps: Steps, code: str, day: date) -> str | None:
    """The superior of an organization at a day, or None."""
    at = day.isoformat()
    return next((above for above, begin, end in steps.get(code, ()) if begin <= at <= end), None)


def climb(code: str, steps: Steps) -> Iterator[tuple[Step, tuple[str, ...]]]:
    """Everything above ``code`` with its days, and the way there from ``code`` on.

    Raises ValueError where the way comes back to where it has been.
    """
    waiting: list[tuple[Step, tuple[str, ...]]] = [((code, ALWAYS_BEFORE, ALWAYS_AFTER), (code,))]
    while waiting:
        (below, first, last), way = waiting.pop()
        for parent, begin, end in reversed(steps.get(below, ())):
            begin, end = max(begin, first), min(end, last)
            if begin <= end:
                if parent in way:
                    raise Cycle((*way, parent), begin, end)
                waiting.append(((parent, begin, end), (*way, parent)))
                yield waiting[-1]


class Cycle(ValueError):
    """An organization above itself: the way round, and the days on which it holds."""

    def __init__(self, way: tuple[str, ...], begin: str, end: str) -> None:
        super().__init__(f"cycle in the organization tree: {' < '.join(way)}")
        self.way = way[way.index(way[-1]) :]
        self.begin = begin or None
        self.end = _open(end)


def _codes(dataset: Dataset) -> list[str]:
    at = [column.name for column in TABLES["organization"].stored].index("code")
    return [str(row[at]) for row in dataset.rows("organization")]


def _open(end: str) -> str | None:
    return None if end == ALWAYS_AFTER else end


def _merged(steps: Iterable[Step]) -> Iterator[Step]:
    """Steps to the same superior that follow one another day by day, as one."""
    kept: Step | None = None
    for ancestor, begin, end in sorted(steps):
        if kept is not None and kept[0] == ancestor and _follows(kept[2], begin):
            kept = (ancestor, kept[1], end)
            continue
        if kept is not None:
            yield kept
        kept = (ancestor, begin, end)
    if kept is not None:
        yield kept


def _follows(end: str, begin: str) -> bool:
    return date.fromisoformat(end) + timedelta(days=1) == date.fromisoformat(begin)
