"""What the shared components are filled with; views make these, templates draw them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way to a page; the page itself has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A link drawn as a button; ``main`` for the one that leads on."""

    label: str
    url: str
    icon: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """What the scores of a page rest on."""

    as_of: dt.date | dt.datetime
    standard: str
    period: str
    standard_url: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page: its answer as a sentence, and what to do next."""

    title: str
    lead: str = ""
    crumbs: Sequence[Crumb] = ()
    actions: Sequence[Action] = ()
    basis: Basis | None = None
    stars: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of a filter, as a link."""

    label: str
    url: str
    count: int | None = None
    current: bool = False
    state: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the list behind it; ``under`` says more in few words.

    ``tone``: ``up`` (good), ``down`` (bad) or none, for ``under``.
    """

    label: str
    value: str
    url: str = ""
    unit: str = ""
    under: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what, why, what it is worth, until when, and the one button."""

    what: str
    why: str
    action: Action | None = None
    url: str = ""
    points: int | None = None
    points_word: str = ""
    days_left: int | None = None
    due: dt.date | None = None
    due_word: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of several about the same thing."""

    label: str
    url: str
    current: bool = False
