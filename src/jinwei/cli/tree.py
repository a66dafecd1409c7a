"""The tree of organizations as context of the results."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from jinwei.datasets.dataset import Dataset
from jinwei.datasets.tree import steps_of, superior_at
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
    """The tree of a day; an organization without a superior stands at the top."""
    columns = [column.name for column in TABLES["organization"].stored]
    code, name = (columns.index(c) for c in ("code", "name"))
    names = {str(row[code]): str(row[name]) for row in dataset.rows("organization")}
    steps = steps_of(dataset)
    children: dict[str | None, list[str]] = defaultdict(list)
    for organization in names:
        children[superior_at(steps, organization, day)].append(organization)
    return Tree(names, dict(children))


def member_names(dataset: Dataset) -> dict[str, str]:
    columns = [column.name for column in TABLES["member"].stored]
    code, name = columns.index("code"), columns.index("name")
    return {str(row[code]): str(row[name] or row[code]) for row in dataset.rows("member")}
