"""Refusals: what is wrong, where, what was found and what is allowed.

A fault has a stable id. Its kind, registered once by :func:`register`, holds the sentence in
Chinese and in English, with the named facts of the fault as placeholders. Faults are gathered and
reported together; nothing is installed or saved while there is one.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

ZH: Final = "zh"
EN: Final = "en"
LANGUAGES: Final = (ZH, EN)


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One way to be wrong: id, theme, the sentence in both languages."""

    id: str
    theme: str
    zh: str
    en: str


KINDS: Final[dict[str, FaultKind]] = {}
"""Every fault kind by id; the reference page and the tests of broken documents read it."""


def register(id: str, theme: str, *, zh: str, en: str) -> str:
    """Add a fault kind and give back its id; placeholders are the facts of :class:`Fault`."""
    if id in KINDS:
        raise ValueError(f"fault id {id} is registered twice")
    KINDS[id] = FaultKind(id, theme, zh, en)
    return id


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    ``where`` is the path in a document (``dimensions[2].indicators[4].measure``, counted from 0)
    or table, row and column of a data set. ``found`` is what stood there, ``allowed`` what could
    stand there and ``words`` the same in Chinese where they are codes, ``nearest`` the allowed
    name most like the one found. ``line`` counts from 1 in ``file`` where the source has lines.
    """

    id: str
    where: str
    found: str = ""
    allowed: tuple[str, ...] = ()
    nearest: str | None = None
    line: int | None = None
    file: str | None = None
    words: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)

    def sentence(self, language: str = ZH) -> str:
        """What is wrong, in one sentence for the person who wrote it."""
        kind = KINDS[self.id]
        template = kind.zh if language == ZH else kind.en
        return template.format(found=self.found, where=self.where, **self.facts)

    def as_dict(self, language: str = ZH) -> dict[str, object]:
        """Plain values, for ``--json`` and the API."""
        return {
            "id": self.id,
            "where": self.where,
            "line": self.line,
            "file": self.file,
            "found": self.found,
            "allowed": list(self.allowed),
            "nearest": self.nearest,
            "message": self.sentence(language),
        }


class Refused(Exception):
    """Something was refused, with all its faults at once. Base of the two below."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults, first: {faults[0].id} at {faults[0].where}")
        self.faults = tuple(faults)


class StandardRefused(Refused):
    """A standard document is faulty; the edition before it stays in use."""


class DatasetRefused(Refused):
    """A data set is faulty; none of it is taken."""


def nearest_name(found: str, names: Iterable[str]) -> str | None:
    """The allowed name most like the one found, or None where nothing is close.

    >>> nearest_name("branch_meetings", ["lecture", "branch_meeting"])
    'branch_meeting'
    """
    close = difflib.get_close_matches(str(found), [str(n) for n in names], n=1, cutoff=0.6)
    return close[0] if close else None


_ALLOWED = {ZH: "可用：", EN: "Allowed: "}
_NEAREST = {ZH: "您要写的也许是：", EN: "Did you mean: "}
_LINE = {ZH: "第 {} 行", EN: "line {}"}
_SHOWN: Final = 24


def _allowed(fault: Fault, language: str) -> str:
    shown = fault.allowed[:_SHOWN]
    if language == EN or not fault.words:
        return ", ".join(shown)
    return "、".join(f"{name}（{word}）" for name, word in zip(shown, fault.words, strict=False))


def describe(fault: Fault, language: str = ZH) -> str:
    """The fault as text of two to four lines: where, what is wrong, what is allowed."""
    head = [fault.file or "", fault.where if fault.where != fault.file else ""]
    if fault.line is not None:
        head.append(_LINE[language].format(fault.line))
    lines = ["  ".join(h for h in head if h) + f"  [{fault.id}]", "  " + fault.sentence(language)]
    if fault.nearest is not None:
        lines.append("  " + _NEAREST[language] + fault.nearest)
    if fault.allowed:
        shown = _allowed(fault, language)
        more = " …" if len(fault.allowed) > _SHOWN else ""
        lines.append("  " + _ALLOWED[language] + shown + more)
    return "\n".join(lines)
