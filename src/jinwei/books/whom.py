"""Which organization and which member a cell speaks of: by code, by name, by identity number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from typing import Final

from . import kinds
from .cells import name as person_name
from .cells import text
from .days import Bad, bad
from .drafts import Values
from .folding import folded, tidy
from .grid import Cell
from .words import DASHES
from .world import Member, Organization, World

_ALIKE: Final = 0.8
_NAMED: Final = 4
_PREFIXES: Final = ("中国共产党", "中共")
_DEEPEST: Final = 30
_MARKS: Final = re.compile(r"[、,;/|\n\t。]")
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_SUFFIXES: Final = ("委员会", "支部委员会")


class Whom:
    """Finds organizations and members in a world; what was found once is remembered."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._organizations: dict[str, str | Bad] = {}
        self._known_codes = {folded(code): code for code in world.organizations}
        self._codes = dict(self._known_codes)
        self._brought: dict[str, dict[str, Organization]] = {}
        self._members = {folded(code): code for code in world.members}

    def organization(self, cell: Cell) -> str | Bad:
        """The code of the organization in a cell that is not blank."""
        said = text(cell)
        if isinstance(said, Bad):
            return said
        found = self._organizations.get(said)
        if found is None:
            found = self._organizations[said] = self._organization(said)
        return found

    def bring(self, code: str, name: str) -> None:
        """An organization that the book itself brings can be spoken of, too."""
        self._codes.setdefault(folded(code), code)
        self._brought.setdefault(folded(name), {})[code] = Organization(code, name, "")

    def in_world(self, cell: Cell) -> str | None:
        """The code of an organization that is known already, whatever the book brings."""
        said = text(cell)
        if isinstance(said, Bad):
            return None
        code = self._known_codes.get(folded(said))
        named = self._named(said, self.world.organizations_by_name.get)
        return code or (named[0].code if len(named) == 1 else None)

    def member(self, cell: Cell, organization: str | None) -> str | Bad:
        """The code of a member by code or name, narrowed by organization."""
        said = person_name(cell)
        if isinstance(said, Bad):
            by_code = text(cell)
            found = None if isinstance(by_code, Bad) else self._members.get(folded(by_code))
            return found or said
        code = self._members.get(folded(said))
        if code is not None:
            return code
        return self._of_name(said, organization)

    def is_called(self, code: str, cell: Cell) -> bool:
        """Whether a cell holds the code or the name of a member."""
        said = person_name(cell)
        one = self.world.members[code]
        return not isinstance(said, Bad) and folded(said) in (folded(code), folded(one.name or ""))

    def by_number(self, number: str) -> str | None:
        """The code of the member with an identity number."""
        if not number or self.world.digest is None:
            return None
        found = self.world.members_by_digest.get(self.world.digest(number))
        return found.code if found else None

    def perhaps(self, values: Values) -> tuple[Member, ...]:
        """Members of the name and branch of a row, who may be meant or not.

        None where one is meant for sure, by number or birth, or none can be.
        """
        here = [
            m
            for m in self.world.members_by_name.get(folded(str(values.get("name") or "")), ())
            if m.organization == values.get("organization")
        ]
        told = [(m, self._is_told(m, values)) for m in here]
        if any(is_it for _, is_it in told):
            return ()
        return tuple(m for m, is_it in told if is_it is None)

    def _is_told(self, member: Member, values: Values) -> bool | None:
        """Whether a row is a member; None where neither number nor birth can tell."""
        number, born = values.get("id_number"), values.get("birth_on")
        if number and member.digest and self.world.digest is not None:
            return member.digest == self.world.digest(str(number))
        if born and member.birth_on:
            return born == member.birth_on.isoformat()
        return None

    def is_known(self, values: Values) -> bool:
        """Whether a row of a roster is a member who is known already."""
        if values.get("code") in self.world.members:
            return True
        if self.by_number(str(values.get("id_number") or "")):
            return True
        named = self.world.members_by_name.get(folded(str(values.get("name") or "")), ())
        here = [m for m in named if m.organization == values.get("organization")]
        return any(self._is_told(m, values) for m in here)

    def people(self, cell: Cell, organization: str | None) -> Iterable[str | Bad]:
        """The members of several names in one cell; what stands in brackets is the reason.

        Blanks part names only where nothing else does: 王　明、李四 are two.
        """
        said = _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", str(cell)).strip())
        parts = [part for part in _MARKS.split(said) if part.strip()]
        if len(parts) == 1 and isinstance(self.member(parts[0], organization), Bad):
            parts = said.split()
        named = [one for one in parts if folded(one) not in DASHES]
        return [self.member(one, organization) for one in named]

    # --- organizations --------------------------------------------------------------------------

    def _organization(self, said: str) -> str | Bad:
        code = self._codes.get(folded(said))
        if code is not None:
            return code
        named = self._named(said, self._called)
        if len(named) == 1:
            return named[0].code
        if len(named) > 1:
            return bad(kinds.ORGANIZATION_AMBIGUOUS, said, n=len(named), names=listed(named))
        meant = self._meant(said)
        if meant is None:
            return bad(kinds.ORGANIZATION_UNKNOWN, said)
        return bad(kinds.ORGANIZATION_MEANT, said, meant.code, code=meant.code, name=meant.name)

    def _called(self, form: str) -> tuple[Organization, ...]:
        """Every organization of a name, known or brought."""
        known = {o.code: o for o in self.world.organizations_by_name.get(form, ())}
        return tuple((known | self._brought.get(form, {})).values())

    def _named(
        self, said: str, called: Callable[[str], tuple[Organization, ...] | None]
    ) -> tuple[Organization, ...]:
        """By the whole name; with or without 中共 before and 委员会 behind."""
        bare = folded(said)
        for prefix in _PREFIXES:
            bare = bare.removeprefix(prefix)
        forms = [folded(said), bare, *(bare + suffix for suffix in _SUFFIXES)]
        forms += [bare.removesuffix(suffix) for suffix in _SUFFIXES]
        forms += [prefix + form for prefix in _PREFIXES for form in tuple(forms)]
        return next((found for form in forms if form and (found := called(form))), ())

    def _meant(self, said: str) -> Organization | None:
        """The one organization that is probably meant: a code or a name that is nearly the same,
        or a name that holds what was written.
        """
        bare = folded(said)
        matcher = SequenceMatcher(None, "", bare)
        every = self.world.organizations.values()
        by_code = [o for o in every if _without_zeros(o.code) == _without_zeros(said)]
        if len(by_code) == 1:
            return by_code[0]
        inside = [o for o in every if len(bare) > 2 and bare in folded(o.name)]
        if inside:
            return inside[0] if len(inside) == 1 else None
        alike = [o for o in every if _alike(matcher, folded(o.name))] if len(bare) > 3 else []
        return alike[0] if len(alike) == 1 else None

    # --- members --------------------------------------------------------------------------------

    def _of_name(self, said: str, organization: str | None) -> str | Bad:
        every = self.world.members_by_name.get(folded(said), ())
        here = [m for m in every if organization is None or m.organization == organization]
        here = here or [m for m in every if self._is_below(m.organization, organization)]
        if len(here) == 1:
            return here[0].code
        if len(here) > 1:
            named = "、".join(f"{m.code}（{self.place(m.organization)}）" for m in here[:_NAMED])
            return bad(kinds.MEMBER_AMBIGUOUS, said, n=len(here), names=named)
        if len(every) == 1:
            [one] = every
            place = self.place(organization)
            name = f"{one.name}（{self.place(one.organization)}，{one.code}）"
            return bad(kinds.MEMBER_MEANT, said, one.code, organization=place, name=name)
        return bad(kinds.MEMBER_UNKNOWN, said)

    def _is_below(self, code: str | None, above: str | None) -> bool:
        """Whether an organization stands somewhere below another, as the world has it."""
        for _ in range(_DEEPEST):
            known = self.world.organizations.get(code or "")
            code = known.parent if known else None
            if code is None or code == above:
                return code is not None
        return False

    def place(self, code: str | None) -> str:
        found = self.world.organizations.get(code or "")
        return found.name if found else code or ""


def listed(named: tuple[Organization, ...]) -> str:
    said = "、".join(f"{o.code}（{o.name}）" for o in named[:_NAMED])
    return said + ("……" if len(named) > _NAMED else "")


def _without_zeros(code: str) -> str:
    """TJ2 and TJ02 are probably the same."""
    found, digits = "", ""
    for character in [*folded(tidy(code)), ""]:
        if character.isdecimal():
            digits += character
            continue
        found += (digits.lstrip("0") or "0" if digits else "") + character
        digits = ""
    return found


def _alike(matcher: SequenceMatcher[str], name: str) -> bool:
    matcher.set_seq1(name)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
