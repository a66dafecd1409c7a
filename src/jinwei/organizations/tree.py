"""The table ``tree_path``: who stood above whom, from when to when, kept as the tree changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from jinwei.datasets.tree import Steps, TreePath, paths_of, steps_between

from . import models  # which in turn calls on this module, when rows are saved

_BATCH = 5000


def rebuild_tree() -> None:
    """Write ``tree_path`` anew from all organizations and superiors; for writes in bulk.

    Raises :class:`jinwei.datasets.tree.Cycle` where an organization would stand above itself;
    then nothing is changed.
    """
    with transaction.atomic():
        steps, codes = _steps()
        paths = paths_of(codes, steps)
        models.TreePath.objects.all().delete()
        _insert(paths)


def refresh_tree(*codes: str) -> None:
    """Bring the paths of these organizations, and of those below them, up to date.

    Raises :class:`jinwei.datasets.tree.Cycle`; then nothing is changed.
    """
    with transaction.atomic():
        steps, _ = _steps()
        stored = _stored(codes)
        changed = [code for code in codes if stored[code] != set(paths_of([code], steps))]
        if not changed:
            return
        # Whoever stands below at any time: their own steps are as they were, so no one is missed.
        below = models.TreePath.objects.filter(ancestor__code__in=changed)
        touched = sorted({*changed, *below.values_list("descendant__code", flat=True)})
        paths = paths_of(touched, steps)
        models.TreePath.objects.filter(descendant__code__in=touched).delete()
        _insert(paths)


def _steps() -> tuple[Steps, list[str]]:
    """Everybody's superiors with their days, and all codes in order of entry."""
    organizations = models.Organization.objects.filter(withdrawn_at=None).order_by("pk")
    parents = list(organizations.values_list("code", "parent__code"))
    superiors = models.Superior.objects.filter(purpose=None, withdrawn_at=None).order_by("pk")
    rows = superiors.values_list("organization__code", "parent__code", "from_on", "to_on")
    dated = ((code, above, _iso(first), _iso(last)) for code, above, first, last in rows)
    return steps_between(parents, dated), [code for code, _ in parents]


def _stored(codes: Iterable[str]) -> dict[str, set[TreePath]]:
    found: dict[str, set[TreePath]] = {code: set() for code in codes}
    rows = models.TreePath.objects.filter(descendant__code__in=list(found))
    columns = rows.values_list("ancestor__code", "descendant__code", "from_on", "to_on")
    for a, d, first, last in columns:
        found[d].add((a, d, _iso(first), _iso(last)))
    return found


def _insert(paths: Iterable[TreePath]) -> None:
    made = [
        models.TreePath(ancestor_id=a, descendant_id=d, from_on=_day(first), to_on=_day(last))
        for a, d, first, last in paths
    ]
    models.TreePath.objects.bulk_create(made, batch_size=_BATCH)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
