"""What a standard says as a whole: whom it is for, its period, how points become stars."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.engine.schema import Parameter, Standard, Veto
from jinwei.wording.conditions import exact, filter_told, noun, percent
from jinwei.wording.words import Words

PERIODS: Final = {
    "month": gettext_lazy("自然月"),
    "quarter": gettext_lazy("自然季度"),
    "half_year": gettext_lazy("自然半年"),
    "year": gettext_lazy("自然年"),
}


def subject_told(say: Words, standard: Standard) -> str:
    """Whom a standard speaks of."""
    told = filter_told(say, standard.subject, standard.applies_to)
    who = _("党员") if standard.subject == "member" else _("党组织")
    return _("%(who)s（%(told)s）") % {"who": who, "told": told} if told else who


def period_told(standard: Standard) -> str:
    rule = standard.period
    if rule.span is not None:
        dates = {"first": rule.span.first, "last": rule.span.last}
        return _("%(first)s 至 %(last)s") % dates
    return str(PERIODS[str(rule)])


def total_told(standard: Standard) -> str:
    """How points become a score."""
    if standard.total == "sum":
        return _("底分 %(base)s 加各项得分") % {"base": exact(standard.base)}
    return _("得分 ÷ 已到期分值 × %(full)s") % {"full": exact(standard.full_marks)}


def tiers_of(say: Words, standard: Standard) -> Sequence[tuple[str, int, int]]:
    """Each tier with its number of indicators and their points; what has no tier comes last."""
    named: list[tuple[str | None, str]] = [(tier, say.tier(tier)) for tier in standard.tiers]
    groups = [*named, (None, _("不分层级") if standard.tiers else _("指标"))]
    found = []
    for tier, word in groups:
        of = [i for i in standard.indicators if i.tier == tier and not i.bonus]
        if of:
            found.append((word, len(of), sum(i.points for i in of)))
    bonus = [i for i in standard.indicators if i.bonus]
    if bonus:
        cap = standard.bonus_cap
        most = sum(i.points for i in bonus)
        found.append((_("加分"), len(bonus), most if cap is None else min(most, int(cap * 100))))
    return found


def tiers_told(say: Words, tiers: Sequence[tuple[str, Fraction]]) -> str:
    return say.comma.join(f"{say.tier(tier)} {percent(share)}" for tier, share in tiers)


def grade_of(say: Words, standard: Standard, stars: int) -> str:
    return next((g.title(say.language) for g in standard.grades if stars in g.stars), "")


def veto_told(say: Words, veto: Veto) -> str:
    """“弄虚作假：期内有事件（弄虚作假）的，星级不高于 1 星”."""
    return _("%(title)s：期内有%(what)s的，星级不高于 %(n)d 星") % {
        "title": veto.title(say.language),
        "what": noun(say, veto.fact, veto.where),
        "n": veto.stars_at_most,
    }


def number_told(parameter: Parameter) -> str:
    """A share in percent, any other number as written."""
    return percent(parameter.value) if parameter.unit == "share" else exact(parameter.value)
