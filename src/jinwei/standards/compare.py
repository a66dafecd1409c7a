"""Two editions side by side: what one asks and the other does not, and what it asks otherwise."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from jinwei.engine.schema import (
    Dimension,
    Grade,
    Indicator,
    Parameter,
    Standard,
    StarRow,
    Veto,
)

Thing = TypeVar("Thing")

WHOLE: Final = (
    "title", "issuer", "subject", "applies_to", "period", "total", "full_marks", "base",
    "bonus_cap", "tiers",
)  # fmt: skip
"""What a standard says of itself as a whole."""


@dataclass(frozen=True, slots=True)
class Pair(Generic[Thing]):
    """The same thing in both; None where one does not have it."""

    before: Thing | None
    after: Thing | None


@dataclass(frozen=True, slots=True)
class Placed:
    """An indicator and the dimension it stands in."""

    dimension: Dimension
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class Changed:
    """An indicator of both that is not the same; ``what`` names what differs, in a fixed order."""

    before: Placed
    after: Placed
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two editions; what is equal is counted only.

    ``one_standard``: two editions of one standard; its indicators are matched by their ids, those
    of two different standards by their titles.
    """

    before: Standard
    after: Standard
    added: tuple[Placed, ...]
    removed: tuple[Placed, ...]
    changed: tuple[Changed, ...]
    unchanged: int
    whole: tuple[str, ...]
    dimensions: tuple[Pair[Dimension], ...]
    parameters: tuple[Pair[Parameter], ...]
    stars: tuple[Pair[StarRow], ...]
    grades: tuple[Pair[Grade], ...]
    vetoes: tuple[Pair[Veto], ...]

    @property
    def one_standard(self) -> bool:
        return self.before.id == self.after.id

    @property
    def equal(self) -> bool:
        found = (self.added, self.removed, self.changed, self.whole, self.dimensions)
        rules = (self.parameters, self.stars, self.grades, self.vetoes)
        return not any(found) and not any(rules)


def compare(before: Standard, after: Standard) -> Comparison:
    """What changes from one edition to another, their parameters as set in each."""
    key = _by_id if before.id == after.id else _by_title
    old = {key(placed): placed for placed in _placed(before)}
    new = {key(placed): placed for placed in _placed(after)}
    both = [(old[name], new[name]) for name in new if name in old]
    changed = [Changed(a, b, what) for a, b in both if (what := _differences(a, b))]
    return Comparison(
        before=before,
        after=after,
        added=tuple(placed for name, placed in new.items() if name not in old),
        removed=tuple(placed for name, placed in old.items() if name not in new),
        changed=tuple(changed),
        unchanged=len(both) - len(changed),
        whole=tuple(name for name in WHOLE if getattr(before, name) != getattr(after, name)),
        dimensions=_renamed(before, after),
        parameters=_pairs(before.parameters, after.parameters, lambda p: p.id),
        stars=_pairs(before.stars, after.stars, lambda row: row.stars),
        grades=_pairs(before.grades, after.grades, lambda grade: grade.title.zh),
        vetoes=_pairs(before.vetoes, after.vetoes, lambda veto: veto.id),
    )


def _placed(standard: Standard) -> Iterable[Placed]:
    return (Placed(d, i) for d in standard.dimensions for i in d.indicators)


def _by_id(placed: Placed) -> str:
    return placed.indicator.id


def _by_title(placed: Placed) -> str:
    return placed.indicator.title.zh


def _differences(before: Placed, after: Placed) -> tuple[str, ...]:
    a, b = before.indicator, after.indicator
    return tuple(
        what
        for what, differs in (
            ("dimension", before.dimension.id != after.dimension.id),
            ("title", a.title != b.title),
            ("tier", a.tier != b.tier),
            ("points", (a.points, a.bonus) != (b.points, b.bonus)),
            ("applies_to", a.applies_to != b.applies_to),
            ("rule", a.parts != b.parts),
            ("source", a.source != b.source),
            ("remedy", a.remedy != b.remedy),
        )
        if differs
    )


def _renamed(before: Standard, after: Standard) -> tuple[Pair[Dimension], ...]:
    """Dimensions that came, went or have another title; their indicators are told elsewhere."""
    pairs = _pairs(before.dimensions, after.dimensions, lambda dimension: dimension.id)
    return tuple(
        pair
        for pair in pairs
        if pair.before is None or pair.after is None or pair.before.title != pair.after.title
    )


def _pairs(
    before: Iterable[Thing], after: Iterable[Thing], key: Callable[[Thing], Hashable]
) -> tuple[Pair[Thing], ...]:
    """Things that differ, in the order of the later edition, those that went last."""
    old = {key(thing): thing for thing in before}
    new = {key(thing): thing for thing in after}
    pairs = [Pair(old.get(name), new.get(name)) for name in dict.fromkeys([*new, *old])]
    return tuple(pair for pair in pairs if pair.before != pair.after)
