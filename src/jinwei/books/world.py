"""What is known already: the organizations and members a book may speak of, as plain data."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from .folding import folded

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Organization:
    code: str
    name: str
    kind: str
    parent: str | None = None
    established_on: dt.date | None = None
    dissolved_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """``digest``: of the identity number, as :class:`World` is told to make it."""

    code: str
    name: str | None
    organization: str
    status: str
    birth_on: dt.date | None = None
    digest: str | None = None


@dataclass(frozen=True)
class World:
    """Organizations and members that whoever imports may see, and the day it is.

    ``home``: the organization of the page, taken where a book names none.
    """

    today: dt.date
    home: str
    organizations: Mapping[str, Organization]
    members: Mapping[str, Member]
    digest: Callable[[str], str] | None = None
    """What an identity number is found by; None where numbers find nobody."""

    @cached_property
    def organizations_by_name(self) -> Mapping[str, tuple[Organization, ...]]:
        """By folded name; several where a name fits several."""
        return _by((folded(o.name), o) for o in self.organizations.values())

    @cached_property
    def members_by_name(self) -> Mapping[str, tuple[Member, ...]]:
        """By folded name; namesakes together."""
        return _by((folded(m.name), m) for m in self.members.values() if m.name)

    @cached_property
    def members_by_digest(self) -> Mapping[str, Member]:
        return {m.digest: m for m in self.members.values() if m.digest}


def _by(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return {key: tuple(ones) for key, ones in found.items()}
