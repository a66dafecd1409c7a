"""How a score comes about: the sums of the dimensions, what follows from them, what counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.engine.explain import SubjectExplanation
from jinwei.engine.schema import Dimension, Indicator
from jinwei.engine.totals import IndicatorResult, hundredths
from jinwei.standings.models import Standing
from jinwei.web.addresses import address
from jinwei.web.templatetags.jinwei import points
from jinwei.wording.evidence import rows_told
from jinwei.wording.words import number

from .indicators import figure
from .page import with_query, words
from .shown import Link, Links
from .standing import stars_ahead


@dataclass(frozen=True, slots=True)
class Item:
    """An indicator within a total."""

    id: str
    title: str
    state: str
    figure: str
    url: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A dimension within a total."""

    id: str
    title: str
    figure: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A score: its dimensions, the arithmetic line by line, stars, and what holds them down."""

    score: int | None
    stars: int | None
    sums: tuple[Sum, ...]
    lines: tuple[tuple[str, str], ...]
    ahead: str
    vetoes: tuple[Links, ...]
    changed: bool


def total(access: Access, standing: Standing, known: SubjectExplanation, by: str) -> Total:
    """The total of a standing as it is known now; ``by`` keeps the choice of it in links."""
    standard = standing.adoption.plan().standard
    results = known.result.indicators
    return Total(
        score=known.result.score,
        stars=known.result.stars,
        sums=tuple(_sum(d, results, standing.subject, by) for d in standard.dimensions),
        lines=_lines(standing, known),
        ahead=stars_ahead(standard, known),
        vetoes=tuple(_vetoes(access, standing, known)),
        changed=known.result.score != standing.score,
    )


def _sum(
    dimension: Dimension, results: dict[str, IndicatorResult], organization: str, by: str
) -> Sum:
    counted = [results[i.id] for i in dimension.indicators if not i.bonus]
    earned, owed = sum(r.earned for r in counted), sum(r.obtainable for r in counted)
    return Sum(
        dimension.id,
        dimension.title(words().language),
        f"{points(earned)} / {points(owed)}",
        tuple(_item(i, results[i.id], organization, by) for i in dimension.indicators),
    )


def _item(indicator: Indicator, result: IndicatorResult, organization: str, by: str) -> Item:
    return Item(
        indicator.id,
        indicator.title(words().language),
        result.state,
        figure(indicator, result.state, result.earned, result.obtainable),
        with_query(address("organization:indicator", organization, indicator.id), by),
    )


def _lines(standing: Standing, known: SubjectExplanation) -> tuple[tuple[str, str], ...]:
    """The arithmetic, a label and a value a line."""
    standard, result = standing.adoption.plan().standard, known.result
    ordinary = [result.indicators[i.id] for i in standard.indicators if not i.bonus]
    bonus = sum(result.indicators[i.id].earned for i in standard.indicators if i.bonus)
    earned, owed = sum(r.earned for r in ordinary), sum(r.obtainable for r in ordinary)
    lines = [(_("已得"), points(earned))]
    if standard.total == "rate":
        lines += [(_("已到期"), points(owed))]
        if owed:
            rate = hundredths(standard.full_marks * earned / owed)
            label = _("%(full)s × 已得 ÷ 已到期") % {"full": number(standard.full_marks)}
            lines.append((label, points(rate)))
    elif standard.base:
        lines.append((_("基础分"), number(standard.base)))
    if any(i.bonus for i in standard.indicators):
        lines.append((_bonus_label(standing), points(_capped(standing, bonus))))
    lines.append((_("得分"), points(result.score)))
    if result.potential is not None:
        lines.append((_("期末可达"), points(result.potential)))
    return tuple(lines)


def _bonus_label(standing: Standing) -> str:
    cap = standing.adoption.plan().standard.bonus_cap
    return _("加分") if cap is None else _("加分（最多 %(cap)s）") % {"cap": number(cap)}


def _capped(standing: Standing, bonus: int) -> int:
    cap = standing.adoption.plan().standard.bonus_cap
    return bonus if cap is None else min(bonus, hundredths(cap))


def _vetoes(access: Access, standing: Standing, known: SubjectExplanation) -> list[Links]:
    """The rows behind each veto, linked for whoever may open them."""
    standard = standing.adoption.plan().standard
    persons = access.may(Act.MEMBERS, standing.subject)
    found = []
    for veto in standard.vetoes:
        rows = known.vetoes.get(veto.id, ())
        told = rows_told(words(), veto.fact, rows, {} if persons else None)
        links = tuple(
            Link(
                text.text,
                text.day or "",
                address("ledgers:record", standing.subject, veto.fact, row.row_id)
                if persons or not row.columns.get("member")
                else "",
            )
            for row, text in zip(rows, told, strict=True)
        )
        if links:
            found.append(Links(veto.title(words().language), True, links))
    return found
