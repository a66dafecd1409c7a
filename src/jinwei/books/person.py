"""Whoever a line of a roster is about: number and birth, namesakes, status."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jinwei.datasets.dataset import Value

from . import kinds
from .asking import IMPORT, SAME, SKIP, Asking, waiting
from .days import Partial
from .drafts import FAULT, Trouble
from .folding import folded
from .identity import said_by
from .rules import contradictions
from .said import Said
from .shelf import BOOKS, Target
from .whom import Whom
from .world import World


class Person:
    """Reads what the cells of a roster say together. ``no_day``: asks about a day that is none."""

    def __init__(
        self,
        places: Mapping[str, int],
        world: World,
        whom: Whom,
        asking: Asking,
        no_day: Callable[[Partial, int, Target, Said], Value],
    ) -> None:
        self.places, self.world, self.whom, self.asking = places, world, whom, asking
        self.book = BOOKS["member"]
        self.no_day = no_day

    def read(self, said: Said) -> None:
        """What an identity number says; what a roster leaves unsaid."""
        month = said.values.pop("birth_month", None)
        number = said.values.get("id_number")
        if isinstance(number, str):
            self._as_numbered(number, month, said)
        elif isinstance(month, str) and not self._is_wrong("id_number", said):
            year, number_of_month = map(int, month.split("-"))
            at = said.columns["birth_on"]
            target = self.book.by_name["birth_on"]
            found = self.no_day(Partial(year, number_of_month), at, target, said)
            if found is not None:
                said.values["birth_on"] = found
        self._is_person(said)
        self._namesake(said)
        self._status(said)

    def _is_person(self, said: Said) -> None:
        """The name of a branch above its members is not somebody's."""
        name = said.values.get("name")
        if isinstance(name, str) and folded(name) in self.world.organizations_by_name:
            at = said.columns["name"]
            said.troubles.append(Trouble(kinds.NOT_A_NAME, at, FAULT, {"found": name}))

    def _as_numbered(self, number: str, month: Value, said: Said) -> None:
        """A faultless identity number knows the day of birth and the sex."""
        known = said_by(number)
        born = known.birth_on.isoformat()
        said.troubles += contradictions(said.values, said.columns)
        if isinstance(month, str) and not born.startswith(month):
            facts = {"found": month, "number": born}
            at = said.columns["birth_on"]
            said.troubles.append(Trouble(kinds.BIRTH_CONTRADICTS, at, FAULT, facts))
        elif not self._is_wrong("birth_on", said):
            said.values.setdefault("birth_on", born)
        if not self._is_wrong("sex", said):
            said.values.setdefault("sex", known.sex)

    def _namesake(self, said: Said) -> None:
        """Somebody of the name is in the branch already, and nothing tells whether it is they."""
        if said.values.get("code") or any(
            self._is_wrong(n, said) for n in ("code", "name", "organization", "birth_on")
        ):
            return
        found = self.whom.perhaps(said.values)
        if not found:
            return
        at = said.columns["name"]
        answer = self.asking.namesake()
        if answer == SKIP:
            said.skip = True
        elif answer == SAME and len(found) == 1:
            said.values["code"], said.columns["code"] = found[0].code, at
        elif answer != IMPORT:
            facts = {
                "organization": self.whom.place(found[0].organization),
                "found": str(said.values["name"]),
                "code": "、".join(one.code for one in found),
            }
            said.troubles.append(waiting(kinds.NAMESAKE, at, "namesake", **facts))

    def _status(self, said: Said) -> None:
        """A member who is known keeps the status that a roster does not name."""
        if "status" in said.values or self._is_wrong("status", said):
            return
        if said.values.get("left_on"):
            said.values["status"] = "left"
        elif said.values.get("full_on"):
            said.values["status"] = "full"
        elif not self._is_wrong("full_on", said) and not self.whom.is_known(said.values):
            self._ask_status(said)

    def _ask_status(self, said: Said) -> None:
        answer = self.asking.status(self.book.by_name["status"].heading)
        if answer == SKIP:
            said.skip = True
        elif answer:
            said.values["status"] = answer
        else:
            at = self.places.get("status")
            said.troubles.append(waiting(kinds.STATUS_MISSING, at, "status"))

    def _is_wrong(self, name: str, said: Said) -> bool:
        return said.is_wrong(self.places.get(name))
