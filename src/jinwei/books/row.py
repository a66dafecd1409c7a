"""One line of a book: its cells read, whom it is about, the drafts it makes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from jinwei.datasets.dataset import Value
from jinwei.engine.catalogue import BOOLEAN, CODE, DATE, MONTH, TABLES, WHOLE

from . import cells, kinds
from .about import About
from .asking import EMPTY, FIRST, SKIP, Asking, kind_key, waiting
from .days import Bad, Partial, bad, day, month
from .drafts import NOTE, Draft, Trouble
from .folding import folded
from .grid import Cell, Line
from .identity import fault_in
from .known import Known
from .layout import MONTH_OF
from .organizations import Brought
from .person import Person
from .plan import LEFT_OUT, Plan
from .rules import troubles_of
from .said import Said
from .shelf import (
    AMOUNT,
    BOOKS,
    ETHNICITY,
    HOLDER,
    HOURS,
    ID_NUMBER,
    MEMBER,
    NAME,
    ORGANIZATION,
    PEOPLE,
    PHONE,
    SEX,
    Target,
)
from .whom import Whom
from .world import World

_READERS: Final = {
    NAME: cells.name,
    SEX: cells.sex,
    ETHNICITY: cells.ethnicity,
    ID_NUMBER: cells.id_number,
    PHONE: cells.phone,
    AMOUNT: cells.hundredths,
    HOURS: cells.hours,
    WHOLE: cells.whole,
    BOOLEAN: cells.boolean,
}
_SEVERAL: Final = re.compile(r"[、，,;；/+＋]|和|暨")
_ONLY_DIGITS: Final = re.compile(r"[共等]?\d+(?:人|名)?")
_YEARLESS_TABLES: Final = frozenset(("organization", "member", "membership", "superior", "term"))
"""Their days are of many years: the year of a title says nothing about them."""
_WHOM: Final = frozenset((ORGANIZATION, MEMBER, HOLDER))
_OF_ONE: Final = frozenset((ID_NUMBER, PHONE))
"""What one person has is not remembered for the next line."""
_OF_SOMEBODY: Final = object()
"""Known of a cell that is read with the others of its line."""
_CAME: Final = {"on_leave": "leave", "absent": "absent", "present": "present"}


class Row:
    """Reads the rows of one sheet."""

    def __init__(
        self,
        plan: Plan,
        world: World,
        whom: Whom,
        asking: Asking,
        left_out: frozenset[int],
        brought: Brought,
    ) -> None:
        self.plan, self.world, self.whom, self.asking = plan, world, whom, asking
        self.book = BOOKS[plan.book]
        self.table = TABLES[self.book.table]
        self.brought = brought
        self._own: dict[str, Callable[[Cell, int, Target, Said], Value | Bad]] = {
            DATE: self._day,
            MONTH: self._month,
            CODE: self._code,
            ID_NUMBER: self._id_number,
        }
        self._width = max(plan.columns, default=-1) + 1
        self._gaps = tuple(at for at in range(self._width) if at not in plan.columns)
        self._musts = tuple(
            t.name
            for t in self.book.targets
            if t.name != "code" and (t.required or (self.table.name, t.name) == ("member", "name"))
        )
        wanted = {
            at: column
            for at, column in plan.columns.items()
            if column.target != LEFT_OUT and at not in left_out
        }
        self.places: dict[str, int] = {column.target: at for at, column in wanted.items()}
        self.targets: list[tuple[int, Target]] = [
            (at, self.book.by_name[column.target])
            for at, column in wanted.items()
            if column.target in self.book.by_name
        ]
        self._known: dict[int, Known[tuple[type, Cell], Any]] = {
            at: Known() for at, _ in self.targets
        }
        self._about = About(plan, self.places, world, whom, asking)
        self._person = Person(self.places, world, whom, asking, self._no_day)
        self.months = [
            (at, column.target.removeprefix(MONTH_OF))
            for at, column in wanted.items()
            if column.target.startswith(MONTH_OF)
        ]

    def read(self, line: Line) -> Said:
        """What a line says. A row with troubles has its drafts as far as they could be read."""
        said = Said()
        self._beyond(line, said)
        helpers: dict[str, Cell] = {}
        for at, target in self.targets:
            cell = line[at]
            if cell is None:
                continue
            known = self._known[at].get((type(cell), cell))
            if known is _OF_SOMEBODY:
                helpers[target.name] = cell
            elif known is not None:
                said.values[target.name], said.columns[target.name] = known, at
            elif not cells.is_blank(cell):
                self._told(cell, at, target, helpers, said)
        self._about.read(helpers, said)
        for name, value in self.book.always:
            said.values.setdefault(name, value)
        self._whole(line, said)
        if not said.skip:
            said.drafts = tuple(self._drafts(line, helpers, said))
        return said

    # --- cells ----------------------------------------------------------------------------------

    def _beyond(self, line: Line, said: Said) -> None:
        if not self._gaps and len(line.cells) <= self._width:
            return
        for at in (*self._gaps, *range(self._width, len(line.cells))):
            cell = line[at]
            if not cells.is_blank(cell):
                facts = {"found": str(cell)[:40]}
                said.troubles.append(Trouble(kinds.BEYOND, at, NOTE, facts))

    def _told(
        self, cell: Cell, at: int, target: Target, helpers: dict[str, Cell], said: Said
    ) -> None:
        """A cell that says something; one that speaks of somebody is read with the others."""
        spoiled = cells.spoiled(cell)
        if spoiled:
            said.wrong(spoiled, at)
        elif target.column is None or target.kind in _WHOM:
            helpers[target.name] = cell
            if target.kind not in _OF_ONE:
                self._known[at].put((type(cell), cell), _OF_SOMEBODY)
        else:
            self._cell(cell, at, target, said)

    def _cell(self, cell: Cell, at: int, target: Target, said: Said) -> None:
        asked = self.asking.times
        found = self._value(cell, at, target, said)
        if isinstance(found, Bad):
            said.wrong(found, at)
        elif found is not None:
            said.values[target.name] = found
            said.columns[target.name] = at
            if self.asking.times == asked and target.kind not in _OF_ONE:
                self._known[at].put((type(cell), cell), found)

    def _value(self, cell: Cell, at: int, target: Target, said: Said) -> Value | Bad:
        own = self._own.get(target.kind)
        return own(cell, at, target, said) if own else _READERS.get(target.kind, cells.text)(cell)

    def _id_number(self, cell: Cell, at: int, target: Target, said: Said) -> str | Bad:
        found = cells.id_number(cell)
        if isinstance(found, Bad):
            return found
        fault, shown = fault_in(found, self.world.today)
        if fault in (kinds.ID_CHECKSUM, kinds.ID_BIRTH) and cells.is_rounded(found):
            return Bad(kinds.NUMBER_RUINED, (("found", found),))
        if fault:
            facts = (("n", shown), ("found", shown))
            return Bad(fault, facts)
        return found

    def _day(self, cell: Cell, at: int, target: Target, said: Said) -> Value | Bad:
        found = self._with_year(cell, at, target, said)
        if found is None:
            return None
        if isinstance(found, Partial) and found.month is None:
            return Bad(kinds.NOT_A_DATE, (("found", str(cell)),))
        if not isinstance(found, Partial):
            return found if isinstance(found, Bad) else found.isoformat()
        if target.name == "birth_on":
            said.values["birth_month"] = str(found)  # the identity number may know the day
            said.columns["birth_on"] = at
            return None
        return self._no_day(found, at, target, said)

    def _with_year(
        self, cell: Cell, at: int, target: Target, said: Said
    ) -> dt.date | Partial | Bad | None:
        """A day; one without its year is of the year of the book, or of the one that is asked for.

        Dues may be paid in the year after.
        """
        yearly = self.table.name not in _YEARLESS_TABLES
        year = self.plan.year if yearly and target.name != "paid_on" else None
        found = day(cell, year)
        if not (isinstance(found, Bad) and found.id == kinds.NO_YEAR and yearly):
            return found
        answer = self._year(found, at, said)
        return day(cell, answer) if answer else None

    def _month(self, cell: Cell, at: int, target: Target, said: Said) -> str | Bad | None:
        found = month(cell, self.plan.year)
        if not (isinstance(found, Bad) and found.id == kinds.NO_YEAR):
            return found
        answer = self._year(found, at, said)
        return month(cell, answer) if answer else None

    def _year(self, found: Bad, at: int, said: Said) -> int | None:
        answer = self.asking.year(self.world.today, self.plan.year)
        if answer is None:
            said.troubles.append(waiting(found.id, at, "year", **dict(found.facts)))
        return answer

    def _no_day(self, found: Partial, at: int, target: Target, said: Said) -> Value:
        heading = self.plan.columns[at].heading
        answer = self.asking.no_day(target.name, heading)
        if answer == FIRST:
            return found.first.isoformat()
        if answer == SKIP:
            said.skip = True
        elif answer != EMPTY:
            key = f"no-day:{target.name}"
            said.troubles.append(waiting(kinds.NO_DAY, at, key, found=str(found)))
        return None

    def _code(self, cell: Cell, at: int, target: Target, said: Said) -> Value | Bad:
        assert target.column is not None
        found = cells.code(cell, target.column, self.table.name)
        if not isinstance(found, Bad):
            return found
        several = self._several(cell, target)
        if several:
            return several
        text = str(cell).strip()
        answer = self.asking.kind(target.column, self.plan.columns[at].heading, text)
        if answer == SKIP:
            said.skip = True
            return None
        if answer:
            return answer
        said.troubles.append(waiting(found.id, at, kind_key(target.column, text), found=text))
        return None

    def _several(self, cell: Cell, target: Target) -> str:
        """“党课、主题党日”: one event that was both; a row of each."""
        if (self.table.name, target.name) != ("meeting", "kind") or target.column is None:
            return ""
        parts = [part for part in _SEVERAL.split(str(cell)) if part.strip()]
        codes = [cells.code(part, target.column, "meeting") for part in parts]
        good = [code for code in codes if isinstance(code, str)]
        return " ".join(dict.fromkeys(good)) if len(good) == len(codes) > 1 else ""

    # --- the whole row --------------------------------------------------------------------------

    def _whole(self, line: Line, said: Said) -> None:
        if self.table.name == "member":
            self._person.read(said)
        if self.table.name == "organization" and isinstance(said.values.get("name"), str):
            code, trouble = self.brought.code(line, str(said.values["name"]), self.asking)
            said.values["code"] = code
            said.troubles += [trouble] if trouble else []
        self._required(said)
        said.troubles += troubles_of(self.table.name, said.values, said.columns, self.world.today)

    def _is_wrong(self, name: str, said: Said) -> bool:
        return said.is_wrong(self.places.get(name))

    def _required(self, said: Said) -> None:
        """What every row must say; what could not be read is said already."""
        for name in self._musts:
            if name in said.values:
                continue
            if name == "applicant" and "code" in said.values:
                continue
            if self._is_wrong(name, said) or self._is_wrong(f"{name}_name", said):
                continue
            if name in ("month", "paid") and self.months:
                continue
            named = (self.table.name, name) == ("member", "name") or name == "applicant"
            at = self.places.get(name, self.places.get(f"{name}_name"))
            said.troubles.append(Trouble(kinds.NAME_MISSING if named else kinds.MISSING, at))

    # --- drafts ---------------------------------------------------------------------------------

    def _drafts(self, line: Line, helpers: dict[str, Cell], said: Said) -> Iterator[Draft]:
        if self.months:
            yield from self._by_month(line, said)
            return
        came = self._attendance(helpers, said)
        kind = said.values.get("kind")
        if self.table.name == "meeting" and isinstance(kind, str) and " " in kind:
            for one in kind.split():
                yield Draft("meeting", {**said.values, "kind": one}, said.columns, came)
            return
        yield Draft(self.table.name, said.values, said.columns, came)

    def _by_month(self, line: Line, said: Said) -> Iterator[Draft]:
        """Dues of each month that has something in its column."""
        for at, name in self.months:
            cell = line[at]
            if cells.is_blank(cell):
                continue
            found = cells.spoiled(cell) or cells.hundredths(cell)
            if isinstance(found, Bad):
                said.wrong(found, at)
                continue
            if len(name) < len("2026-01"):
                year = self._year(bad(kinds.NO_YEAR, f"{int(name)}月"), at, said)
                if year is None:
                    continue
                name = f"{year}-{name}"
            values = {**said.values, "month": name, "paid": found}
            yield Draft("dues", values, {**said.columns, "month": at, "paid": at})

    def _attendance(self, helpers: dict[str, Cell], said: Said) -> tuple[tuple[str, str], ...]:
        organization = said.values.get("organization")
        where = organization if isinstance(organization, str) else None
        came: dict[str, str] = {}
        for name, status in _CAME.items():
            if name not in helpers or self.book.by_name[name].kind != PEOPLE:
                continue
            if _ONLY_DIGITS.fullmatch(folded(str(helpers[name]))):
                facts = {"found": str(helpers[name]).strip()}
                at = self.places[name]
                said.troubles.append(Trouble(kinds.COUNT_NOT_NAMES, at, NOTE, facts))
                continue
            for found in self.whom.people(helpers[name], where):
                if isinstance(found, Bad):
                    said.wrong(found, self.places[name])
                else:
                    came[found] = status
        return tuple(sorted(came.items()))
