"""What a list of organizations brings itself: codes for those without one, circles of superiors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from . import kinds
from .asking import IMPORT, SAME, Asking, waiting
from .cells import is_blank, text
from .days import Bad
from .drafts import FAULT, Trouble
from .folding import folded
from .grid import Cell, Line
from .plan import LEFT_OUT, Plan
from .whom import Whom, listed
from .world import Organization, World

_LONGEST: Final = 200


class Brought:
    """The code of each organization that a list names; the same for every pass over it.

    One without a code that is known by name and superior keeps its own; another gets ``O`` and six
    digits, counted from ``number``.
    """

    def __init__(self, plan: Plan, whom: Whom, number: int) -> None:
        self.whom = whom
        self.number = number
        self._at = {c.target: at for at, c in plan.columns.items() if c.target != LEFT_OUT}
        self._made_up: dict[tuple[str, str], str] = {}

    def bring(self, line: Line, asking: Asking) -> None:
        """An organization of the book can be spoken of anywhere in it."""
        name = _text(self._cell(line, "name"))
        if name:
            self.whom.bring(self.code(line, name, asking)[0], name)

    def code(self, line: Line, name: str, asking: Asking) -> tuple[str, Trouble | None]:
        """The code of a line, and what is to be decided before it is sure."""
        said = _text(self._cell(line, "code"))
        if said:
            return said, None
        above = self._cell(line, "parent")
        superior = "" if is_blank(above) else folded(str(above))
        key = (folded(name), superior)
        new = self._made_up.setdefault(key, f"O{self.number + line.number:06d}")
        known = self.whom.world.organizations_by_name.get(key[0], ())
        if superior:
            place = self.whom.in_world(above)
            below = [o for o in known if place is not None and o.parent == place]
            if known and not below:
                return self._namesake(known, new, asking)
            known = tuple(below)
        if len(known) > 1:
            facts = {"found": name, "n": str(len(known)), "names": listed(known)}
            return new, Trouble(kinds.ORGANIZATION_AMBIGUOUS, self._at.get("name"), FAULT, facts)
        return (known[0].code if known else new), None

    def _namesake(
        self, known: tuple[Organization, ...], new: str, asking: Asking
    ) -> tuple[str, Trouble | None]:
        """The name is known below another superior: a new organization, or one that moved."""
        answer = asking.organization_namesake(len(known) == 1)
        if answer == SAME:
            return known[0].code, None
        if answer == IMPORT:
            return new, None
        facts = {"codes": listed(known)}
        at, key = self._at.get("name"), "organization-namesake"
        return new, waiting(kinds.ORGANIZATION_NAMESAKE, at, key, **facts)

    def _cell(self, line: Line, target: str) -> Cell:
        at = self._at.get(target)
        return None if at is None else line[at]


def _text(cell: Cell) -> str:
    said = "" if is_blank(cell) else text(cell)
    return "" if isinstance(said, Bad) else said


def circles(parents: Mapping[str, tuple[int, str]], world: World) -> dict[int, str]:
    """Line numbers whose superior closes a circle, with the circle in words.

    ``parents``: code → line and code of the superior that the book says; what it does not speak of
    stays as the world has it.
    """
    found: dict[int, str] = {}
    for code, (number, _) in parents.items():
        path, at = [code], _above(code, parents, world)
        while at is not None and at not in path and len(path) < _LONGEST:
            path.append(at)
            at = _above(at, parents, world)
        if at == code:
            found[number] = " → ".join([*path, code])
    return found


def _above(code: str, parents: Mapping[str, tuple[int, str]], world: World) -> str | None:
    if code in parents:
        return parents[code][1]
    known = world.organizations.get(code)
    return known.parent if known else None
