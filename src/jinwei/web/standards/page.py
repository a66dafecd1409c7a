"""An edition as it is read: every requirement with its rule in words, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from jinwei.engine.schema import Indicator, Parameter, Source, Standard
from jinwei.organizations.models import Organization
from jinwei.wording.conditions import exact
from jinwei.wording.explanation import remedy_told
from jinwei.wording.reading import read_aloud
from jinwei.wording.words import Words

from .reach import Tally
from .units import unit_word
from .whole import (
    grade_of,
    number_told,
    period_told,
    subject_told,
    tiers_of,
    tiers_told,
    total_told,
    veto_told,
)

TONES: Final = {"verified": "ok", "unverified": "wait", "local": "", "practice": ""}
"""A rule that nobody checked against the text of its source stands out."""


@dataclass(frozen=True, slots=True)
class SourceTold:
    """Where a rule comes from; ``status`` says how far it was checked."""

    document: str
    article: str
    status: str
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator as a row of the page. ``tally`` None: nobody of the scope works to it."""

    id: str
    title: str
    tier: str
    bonus: bool
    points: int
    rule: str
    due: str
    applies: str
    remedy: str
    source: SourceTold | None
    tally: Tally | None
    missed_url: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A dimension with its indicators; ``points`` of the ordinary ones."""

    id: str
    title: str
    points: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter: its value, and the standard's own where an adoption set another one."""

    id: str
    title: str
    value: str
    unit: str
    own: str
    source: SourceTold | None


@dataclass(frozen=True, slots=True)
class Stars:
    """What a number of stars asks for, and the grade that goes with it."""

    stars: int
    score: str
    tiers: str
    grade: str


@dataclass(frozen=True, slots=True)
class Page:
    """An edition in words."""

    subject: str
    period: str
    total: str
    chapters: tuple[Chapter, ...]
    tiers: tuple[tuple[str, int, int], ...]
    stars: tuple[Stars, ...]
    vetoes: tuple[str, ...]
    values: tuple[Value, ...]


def read_page(
    say: Words,
    standard: Standard,
    own: Standard,
    tallies: Mapping[str, Tally],
    scope: Organization | None,
) -> Page:
    """The page of an edition; ``own`` has the parameters as the document sets them."""
    return Page(
        subject=subject_told(say, standard),
        period=period_told(standard),
        total=total_told(standard),
        chapters=tuple(
            Chapter(
                d.id,
                d.title(say.language),
                sum(i.points for i in d.indicators if not i.bonus),
                tuple(line_of(say, standard, i, tallies.get(i.id), scope) for i in d.indicators),
            )
            for d in standard.dimensions
        ),
        tiers=tuple(tiers_of(say, standard)),
        stars=tuple(stars_of(say, standard)),
        vetoes=tuple(veto_told(say, veto) for veto in standard.vetoes),
        values=tuple(_values(say, standard, own)),
    )


def line_of(
    say: Words,
    standard: Standard,
    indicator: Indicator,
    tally: Tally | None,
    scope: Organization | None,
) -> Line:
    """One indicator; the missing organizations of the scope stand behind the number."""
    reading = read_aloud(say, standard.subject, indicator)
    listed = scope is not None and standard.subject == "organization" and tally is not None
    args = (scope.code, f"missed-{indicator.id}") if listed and scope else ()
    return Line(
        id=indicator.id,
        title=indicator.title(say.language),
        tier=say.tier(indicator.tier) if indicator.tier else "",
        bonus=indicator.bonus,
        points=indicator.points,
        rule=reading.rule,
        due=reading.due,
        applies=reading.applies,
        remedy=remedy_told(say, indicator),
        source=source_told(say, indicator.source),
        tally=tally,
        missed_url=reverse("overview:listing", args=args) if args else "",
    )


def source_told(say: Words, source: Source | None) -> SourceTold | None:
    if source is None:
        return None
    return SourceTold(
        document=source.document(say.language) if source.document else "",
        article=say("article", article=source.article) if source.article else "",
        status=say(source.status),
        tone=TONES[source.status],
    )


def stars_of(say: Words, standard: Standard) -> Sequence[Stars]:
    return [
        Stars(
            row.stars,
            exact(row.score),
            tiers_told(say, row.tiers),
            grade_of(say, standard, row.stars),
        )
        for row in standard.stars
    ]


def _values(say: Words, standard: Standard, own: Standard) -> Sequence[Value]:
    shipped = {parameter.id: parameter for parameter in own.parameters}
    return [value_of(say, p, shipped.get(p.id, p)) for p in standard.parameters]


def value_of(say: Words, parameter: Parameter, own: Parameter) -> Value:
    """A parameter as set, beside the value of the document where that is another."""
    changed = parameter.value != own.value
    return Value(
        parameter.id,
        parameter.title(say.language),
        number_told(parameter),
        unit_word(parameter.unit),
        number_told(own) if changed else "",
        source_told(say, parameter.source),
    )
