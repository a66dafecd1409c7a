"""A standard that has been read without fault, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from .catalogue import Column
from .faults import EN
from .filters import Filter
from .periods import PeriodRule

if TYPE_CHECKING:
    from .measures.base import Measure
    from .scores.base import Score

Subject = Literal["organization", "member"]
Owed = Literal["always", "end"]


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Chinese and English; the Chinese is the authoritative one."""

    zh: str
    en: str

    def __call__(self, language: str) -> str:
        return (self.en or self.zh) if language == EN else (self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or a number comes from. ``status``: verified, unverified, local, practice."""

    document: Words | None
    article: str
    status: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that an installation may set when it adopts the standard."""

    id: str
    value: Fraction
    unit: str
    title: Words
    source: Source | None


@dataclass(frozen=True, slots=True)
class Target:
    """What the value must reach (``ceiling``: must not pass).

    Either a number, or ``share`` of a number column of the subject, at least ``minimum``,
    rounded up to a whole number where ``round_up``.
    """

    number: Fraction = Fraction(0)
    share_of: Column | None = None
    minimum: Fraction | None = None
    round_up: bool = False
    ceiling: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One cause under an indicator: how it is measured, what is enough, when, how it scores."""

    measure: Measure
    target: Target | None
    owed: Owed
    score: Score


@dataclass(frozen=True, slots=True)
class Remedy:
    """The ledger entry that mends an indicator: a table, and columns to fill."""

    record: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One requirement. ``points`` in hundredths; ``whole``: it has a measure, not ``parts``."""

    id: str
    title: Words
    tier: str | None
    points: int
    bonus: bool
    applies_to: Filter
    parts: tuple[Part, ...]
    whole: bool
    source: Source | None
    remedy: Remedy | None


@dataclass(frozen=True, slots=True)
class Dimension:
    id: str
    title: Words
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class StarRow:
    stars: int
    score: Fraction
    tiers: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Grade:
    title: Words
    stars: frozenset[int]


@dataclass(frozen=True, slots=True)
class Veto:
    id: str
    title: Words
    fact: str
    where: Filter
    stars_at_most: int


@dataclass(frozen=True)
class Standard:
    """One edition with its parameters set. ``base`` and the others are exact numbers."""

    id: str
    version: str
    title: Words
    issuer: Words
    subject: Subject
    applies_to: Filter
    period: PeriodRule
    total: Literal["rate", "sum"]
    full_marks: Fraction
    base: Fraction
    bonus_cap: Fraction | None
    tiers: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    dimensions: tuple[Dimension, ...]
    stars: tuple[StarRow, ...]
    grades: tuple[Grade, ...]
    vetoes: tuple[Veto, ...]

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(i for d in self.dimensions for i in d.indicators)

    @cached_property
    def ordinary(self) -> tuple[Indicator, ...]:
        """Those that are no bonus: they make the figures and the tiers."""
        return tuple(i for i in self.indicators if not i.bonus)
