"""What two editions differ in, said in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.engine.schema import Dimension, Grade, Indicator, Parameter, Standard, StarRow
from jinwei.standards.compare import Changed, Pair, Placed, compare
from jinwei.wording.conditions import exact
from jinwei.wording.explanation import remedy_told, rule_told
from jinwei.wording.reading import read_aloud
from jinwei.wording.words import Words

from .units import unit_word
from .whole import number_told, period_told, subject_told, tiers_told, total_told, veto_told

_T = TypeVar("_T")
NOTHING: Final = "–"
_WHAT: Final = {
    "dimension": gettext_lazy("方面"),
    "title": gettext_lazy("名称"),
    "tier": gettext_lazy("层级"),
    "points": gettext_lazy("分值"),
    "applies_to": gettext_lazy("只适用于"),
    "rule": gettext_lazy("读作"),
    "source": gettext_lazy("依据"),
    "remedy": gettext_lazy("办法"),
}
_WHOLE: Final = {
    "title": gettext_lazy("标准名称"),
    "issuer": gettext_lazy("发布者"),
    "subject": gettext_lazy("对象"),
    "applies_to": gettext_lazy("对象"),
    "period": gettext_lazy("期间"),
    "total": gettext_lazy("合计办法"),
    "full_marks": gettext_lazy("合计办法"),
    "base": gettext_lazy("合计办法"),
    "bonus_cap": gettext_lazy("加分上限"),
    "tiers": gettext_lazy("层级"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing before and after; a dash where it was not there."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class IndicatorTold:
    """An indicator that came or went, or in what it changed."""

    id: str
    title: str
    dimension: str
    points: int
    rule: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """All differences in words."""

    equal: bool
    one_standard: bool
    unchanged: int
    added: tuple[IndicatorTold, ...]
    removed: tuple[IndicatorTold, ...]
    changed: tuple[IndicatorTold, ...]
    rules: tuple[Difference, ...]
    parameters: tuple[Difference, ...]
    whole: tuple[Difference, ...]


def tell(say: Words, before: Standard, after: Standard) -> Told:
    """The differences between two editions."""
    found = compare(before, after)
    return Told(
        equal=found.equal,
        one_standard=found.one_standard,
        unchanged=found.unchanged,
        added=tuple(_placed(say, after, placed) for placed in found.added),
        removed=tuple(_placed(say, before, placed) for placed in found.removed),
        changed=tuple(_changed(say, before, after, one) for one in found.changed),
        rules=(
            *_pairs(found.stars, _stars_word, lambda row: _stars(say, row)),
            *_pairs(found.grades, lambda g: _grade_word(say, g), _grade),
            *_pairs(found.vetoes, lambda veto: veto.id, lambda veto: veto_told(say, veto)),
        ),
        parameters=_pairs(found.parameters, lambda p: p.title(say.language), _parameter),
        whole=(
            *_whole(say, before, after, found.whole),
            *_pairs(found.dimensions, _dimension_word, lambda d: d.title(say.language)),
        ),
    )


# --- indicators ---------------------------------------------------------------------------------


def _placed(say: Words, standard: Standard, placed: Placed) -> IndicatorTold:
    indicator = placed.indicator
    return IndicatorTold(
        indicator.id,
        indicator.title(say.language),
        placed.dimension.title(say.language),
        indicator.points,
        read_aloud(say, standard.subject, indicator).rule,
    )


def _changed(say: Words, before: Standard, after: Standard, one: Changed) -> IndicatorTold:
    a, b = one.before, one.after
    told = _placed(say, after, b)
    differences = tuple(
        Difference(str(_WHAT[what]), _said(say, before, a, what), _said(say, after, b, what))
        for what in one.what
    )
    return IndicatorTold(
        b.indicator.id, told.title, told.dimension, told.points, told.rule, differences
    )


def _said(say: Words, standard: Standard, placed: Placed, what: str) -> str:
    """What an indicator says under one of the headings."""
    indicator = placed.indicator
    if what == "dimension":
        return placed.dimension.title(say.language)
    if what == "title":
        return indicator.title(say.language)
    if what == "tier":
        return say.tier(indicator.tier) if indicator.tier else NOTHING
    if what == "points":
        return _points(indicator)
    if what == "source":
        return rule_told(say, indicator.source) if indicator.source else NOTHING
    if what == "remedy":
        return remedy_told(say, indicator) or NOTHING
    reading = read_aloud(say, standard.subject, indicator)
    if what == "applies_to":
        return reading.applies or _("全部对象")
    return f"{reading.rule}{say.semicolon}{reading.due}"


def _points(indicator: Indicator) -> str:
    told = exact(Fraction(indicator.points, 100))
    return _("加分，最多 %(n)s") % {"n": told} if indicator.bonus else told


# --- the rest -----------------------------------------------------------------------------------


def _pairs(
    pairs: Sequence[Pair[_T]], word: Callable[[_T], str], said: Callable[[_T], str]
) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            word(one),
            NOTHING if pair.before is None else said(pair.before),
            NOTHING if pair.after is None else said(pair.after),
        )
        for pair in pairs
        for one in [pair.after if pair.after is not None else pair.before]
        if one is not None
    )


def _stars_word(row: StarRow) -> str:
    return _("%(n)d 星") % {"n": row.stars}


def _stars(say: Words, row: StarRow) -> str:
    told = _("得分不低于 %(score)s") % {"score": exact(row.score)}
    tiers = tiers_told(say, row.tiers)
    return f"{told}{say.semicolon}{tiers}" if tiers else told


def _grade_word(say: Words, grade: Grade) -> str:
    return _("等次“%(title)s”") % {"title": grade.title(say.language)}


def _grade(grade: Grade) -> str:
    stars = _("、").join(str(n) for n in sorted(grade.stars, reverse=True))
    return _("%(stars)s 星") % {"stars": stars}


def _parameter(parameter: Parameter) -> str:
    return f"{number_told(parameter)} {unit_word(parameter.unit)}".strip()


def _dimension_word(dimension: Dimension) -> str:
    return _("方面 %(id)s") % {"id": dimension.id}


def _whole(
    say: Words, before: Standard, after: Standard, names: Sequence[str]
) -> tuple[Difference, ...]:
    """What the standards say of themselves; several names that are told together once."""
    found = {
        (_WHOLE[name], _standard(say, before, name), _standard(say, after, name)) for name in names
    }
    return tuple(Difference(str(what), a, b) for what, a, b in sorted(found, key=str))


def _standard(say: Words, standard: Standard, name: str) -> str:
    if name in ("subject", "applies_to"):
        return subject_told(say, standard)
    if name in ("total", "full_marks", "base"):
        return total_told(standard)
    if name == "period":
        return period_told(standard)
    if name == "bonus_cap":
        return NOTHING if standard.bonus_cap is None else exact(standard.bonus_cap)
    if name == "tiers":
        return say.comma.join(map(say.tier, standard.tiers)) or NOTHING
    return standard.issuer(say.language) if name == "issuer" else standard.title(say.language)
