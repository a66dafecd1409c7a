"""The tree of organizations as context of the results."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from jinwei.datasets.dataset import Dataset
from jinwei.engine.catalogue import TABLES


@dataclass(frozen=True)
class Tree:
    """Names, and the superior at a day, of every organization."""

    names: dict[str, str]
    children: dict[str | None, list[str]]

    def walk(self, root: str | None = None, depth: int = 0) -> Iterator[tuple[int, str]]:
        """(depth, code) of everything below a root, in the order of the data set."""
        for code in self.children.get(root, ()):
            yield depth, code
            yield from self.walk(code, depth + 1)

    def below(self, root: str) -> list[str]:
        """A root and everything below it."""
        return [root, *(code for _, code in self.walk(root))]

    def units(self) -> list[str]:
        """The organizations right below the roots."""
        return [
            code for root in self.children.get(None, ()) for code in self.children.get(root, ())
        ]


def tree_at(dataset: Dataset, day: dt.date) -> Tree:
    """The tree of a day. ``superior`` rows without purpose name the parent where there are any."""
    columns = [column.name for column in TABLES["organization"].stored]
    code, name, parent = (columns.index(c) for c in ("code", "name", "parent"))
    parents = {str(row[code]): row[parent] for row in dataset.rows("organization")}
    names = {str(row[code]): str(row[name]) for row in dataset.rows("organization")}
    parents.update(_superiors(dataset, day.isoformat()))
    children: dict[str | None, list[str]] = defaultdict(list)
    for organization, above in parents.items():
        children[str(above) if above is not None else None].append(organization)
    return Tree(names, dict(children))


def _superiors(dataset: Dataset, day: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for organization, parent, first, last, purpose in dataset.rows("superior"):
        if purpose is not None:
            continue
        found.setdefault(str(organization), None)
        if (first is None or str(first) <= day) and (last is None or str(last) >= day):
            found[str(organization)] = str(parent)
    return found


def member_names(dataset: Dataset) -> dict[str, str]:
    columns = [column.name for column in TABLES["member"].stored]
    code, name = columns.index("code"), columns.index("name")
    return {str(row[code]): str(row[name] or row[code]) for row in dataset.rows("member")}
