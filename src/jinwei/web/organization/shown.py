"""What the drawer shows: texts, and links for whoever may open them."""

from __future__ import annotations

from dataclasses import dataclass

from jinwei.engine.explain import WindowBehind
from jinwei.web.parts import Action
from jinwei.wording.explanation import PartTold


@dataclass(frozen=True, slots=True)
class Link:
    """A row, member or value behind a figure; without ``url`` the account may not open it."""

    text: str
    day: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Things of one kind under a heading; ``hidden``: why they are not shown one by one."""

    heading: str
    failed: bool
    links: tuple[Link, ...]
    more: int = 0
    url: str = ""
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an indicator as the drawer shows it."""

    told: PartTold
    windows: tuple[WindowBehind, ...]
    values: tuple[Link, ...]
    behind: tuple[Links, ...]
    short: Links | None


@dataclass(frozen=True, slots=True)
class Exempted:
    """An exemption with its reason, who approved it, and for how long."""

    reason: str
    by: str
    span: str


@dataclass(frozen=True, slots=True)
class Behind:
    """Everything behind the figure of one indicator, in the order of the drawer."""

    id: str
    title: str
    state: str
    state_word: str
    figure: str
    full: str
    potential: str
    parts: tuple[Part, ...]
    exempted: tuple[Exempted, ...]
    action: Action | None
    rule: str
    clause: str
    clause_url: str
    changed: bool
