"""Whom a line is about: its organization, its member, and whether its cells agree on them."""

from __future__ import annotations

from jinwei.engine.catalogue import TABLES

from . import cells, kinds
from .asking import IMPORT, SKIP, Asking, waiting
from .days import Bad
from .drafts import FAULT, Trouble
from .folding import folded
from .grid import Cell
from .known import Known
from .plan import Plan
from .said import Said
from .shelf import BOOKS, HOLDER
from .whom import Whom
from .world import World


class About:
    """Finds whom the rows of one sheet are about. ``places``: where each target stands."""

    def __init__(
        self, plan: Plan, places: dict[str, int], world: World, whom: Whom, asking: Asking
    ) -> None:
        self.plan, self.places = plan, places
        self.world, self.whom, self.asking = world, whom, asking
        self.book = BOOKS[plan.book]
        self.table = TABLES[self.book.table]
        self._known: Known[tuple[tuple[str, type, Cell], ...], Said] = Known()
        self._has = frozenset(column.name for column in self.table.columns)

    def read(self, helpers: dict[str, Cell], said: Said) -> None:
        """Whom the cells of ``helpers`` name; they say the same wherever they stand together."""
        if said.troubles:
            self._read(helpers, said)
            return
        key = tuple((name, type(cell), cell) for name, cell in helpers.items())
        known = self._known.get(key)
        if known is not None:
            said.values.update(known.values)
            said.columns.update(known.columns)
            return
        asked, found = self.asking.times, Said()
        self._read(helpers, found)
        said.take(found)
        if not found.troubles and self.asking.times == asked:
            self._known.put(key, found)

    def _read(self, helpers: dict[str, Cell], said: Said) -> None:
        for name in ("organization", "parent"):
            if name in self._has:
                self._organization(name, helpers, said)
        number = self._number(helpers)
        for name in ("member", "with_member"):
            if name in self._has and name in self.book.by_name:
                self._member(name, helpers, number, said)
        if "applicant" in helpers:
            self._applicant(helpers, number, said)
        self._home(said)

    def _organization(self, name: str, helpers: dict[str, Cell], said: Said) -> None:
        """By the code, or else by the name that stands beside it."""
        given = [n for n in (name, f"{name}_name") if n in helpers]
        found = [(n, self.whom.organization(helpers[n])) for n in given]
        codes = [(n, code) for n, code in found if isinstance(code, str)]
        if codes:
            first, code = codes[0]
            said.values[name], said.columns[name] = code, self.places[first]
            for other, another in codes[1:]:
                if another != code:
                    self._otherwise(helpers[other], other, first, code, said)
        elif given and isinstance(found[0][1], Bad):
            said.wrong(found[0][1], self.places[given[0]])

    def _otherwise(self, cell: Cell, at: str, first: str, other: str, said: Said) -> None:
        """Two cells of a row that speak of two persons or organizations."""
        heading = self.plan.columns[self.places[first]].heading
        facts = {"found": str(cell).strip(), "heading": heading, "other": other}
        said.troubles.append(Trouble(kinds.SAID_OTHERWISE, self.places[at], FAULT, facts))

    def _number(self, helpers: dict[str, Cell]) -> str:
        cell = helpers.get("whose_number")
        found = cells.id_number(cell) if cell is not None else ""
        return found if isinstance(found, str) else ""

    def _member(self, name: str, helpers: dict[str, Cell], number: str, said: Said) -> None:
        names = ("member", "member_name") if name == "member" else (name,)
        given = [n for n in names if n in helpers]
        if not given and not (number and name == "member"):
            return
        organization = said.values.get("organization")
        where = organization if isinstance(organization, str) else None
        if name == "with_member" or self.table.name == "talk":
            where = where or self.world.home
        at = self.places[given[0]] if given else self.places["whose_number"]
        tried = [(n, self.whom.member(helpers[n], where)) for n in given]
        known = [(n, one) for n, one in tried if isinstance(one, str)]
        by_number = self.whom.by_number(number) if name == "member" else None
        if by_number:
            known.insert(0, ("whose_number", by_number))
        said.columns[name] = at
        if known:
            first, code = known[0]
            said.values[name] = code
            for other in given:
                if other != first and not self.whom.is_called(code, helpers[other]):
                    self._otherwise(helpers[other], other, first, self._called(code), said)
            return
        found = tried[0][1] if tried else Bad(kinds.MEMBER_UNKNOWN, (("found", number),))
        assert isinstance(found, Bad)
        if given and self._is_outsider(name, found):
            self._holder(helpers[given[0]], at, said)
        else:
            said.wrong(found, at)

    def _called(self, code: str) -> str:
        return self.world.members[code].name or code

    def _is_outsider(self, name: str, found: Bad) -> bool:
        return self.book.by_name[name].kind == HOLDER and found.id == kinds.MEMBER_UNKNOWN

    def _holder(self, cell: Cell, at: int, said: Said) -> None:
        """A post that somebody holds who is not on the roster."""
        name = str(cells.name(cell))
        answer = self.asking.outside(name)
        if answer == IMPORT:
            said.values["member"] = name
        elif answer == SKIP:
            said.skip = True
        else:
            key = f"outside:{folded(name)}"
            said.troubles.append(waiting(kinds.NOT_A_MEMBER, at, key, found=name))

    def _applicant(self, helpers: dict[str, Cell], number: str, said: Said) -> None:
        """Whoever was admitted is on the roster already, as a probationary member; a full member
        of the name is somebody else. The case gets a code.
        """
        organization = said.values.get("organization") or self.world.home
        name = cells.name(helpers["applicant"])
        if isinstance(name, Bad):
            said.wrong(name, self.places["applicant"])
            return
        found = self.whom.by_number(number) or self.whom.member(name, str(organization))
        if isinstance(found, str) and self.world.members[found].status == "probationary":
            said.values["member"] = found
        said.values["code"] = f"入党-{organization}-{name}"
        said.columns["code"] = self.places["applicant"]

    def _home(self, said: Said) -> None:
        """Where a book names no organization: that of the member, else the one of the page."""
        if "organization" in said.values or "organization" not in self._has:
            return
        places = {self.places.get(n) for n in ("organization", "organization_name")} - {None}
        if any(t.column in places for t in said.troubles):
            return
        member = self.world.members.get(str(said.values.get("member")))
        said.values["organization"] = member.organization if member else self.world.home
