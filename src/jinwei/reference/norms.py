"""The page of one shipped standard: what it asks, how it is known, where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from jinwei.engine.faults import EN, ZH
from jinwei.engine.filters import Filter
from jinwei.engine.schema import Indicator, Standard
from jinwei.engine.standard import load_standard
from jinwei.engine.texts import SOURCE_STATUS
from jinwei.norms import shipped_standards

from .conditions import filter_words
from .judged import judged_rows
from .known import COMPUTED, JUDGED, PARTLY, how_known, slugs
from .markdown import code, file_name, hundredths, listed, number, page, percent, table
from .rows import indicator_row, ledger_name, parameter_row, set_rows, tier_name
from .words import HEADS, NORM, PERIODS, SUBJECTS, TITLES

HOME: Final = "src/jinwei/norms/standards"
_OTHER: Final = {EN: ("中文", ZH), ZH: ("English", EN)}


def norm_page(id: str, language: str) -> str:
    """The page of a shipped standard in a language."""
    standard = load_standard(shipped_standards()[id])
    return page(*_head(standard, language), *_sections(standard, language))


def _head(standard: Standard, language: str) -> list[str]:
    word, other = _OTHER[language]
    return [
        f"# {standard.title(language)}",
        f"[{word}]({file_name(standard.id, other)})",
        _say("lead", language, version=standard.version, issuer=standard.issuer(language)),
        _generated(standard, language),
        _applies(standard, language),
        " ".join(_counts(standard, language)) if language == EN else "".join(_counts(standard, ZH)),
        _sources(standard, language),
        _say("status_note", language),
    ]


def _say(key: str, language: str, **facts: object) -> str:
    return NORM[key][language].format(**facts)


def _generated(standard: Standard, language: str) -> str:
    folder = f"{HOME}/{standard.id}"
    return _say(
        "generated",
        language,
        path=f"{folder}/standard.yaml",
        log=f"../../../{folder}/CHANGELOG.md",
        facts=f"../{file_name('facts', language)}",
        grammar=f"../{file_name('standards-language', language)}",
    )


def _applies(standard: Standard, language: str) -> str:
    period = str(standard.period)
    return _say(
        "applies",
        language,
        subject=SUBJECTS[standard.subject][language],
        filter=filter_words(standard.applies_to, language),
        period=PERIODS[period][language] if period in PERIODS else period,
    )


def _counts(standard: Standard, language: str) -> list[str]:
    lines = [_say("counts", language, n=len(standard.indicators), **_known(standard.indicators))]
    lines += [_tier_counts(standard, tier, language) for tier in standard.tiers]
    bonus = [i for i in standard.indicators if i.bonus]
    rest = [i for i in standard.indicators if not i.bonus and i.tier is None]
    earning = [i for i in rest if i.points > 0]
    taking = [i for i in rest if i.points < 0]
    if earning:
        lines.append(_say("no_tier", language, n=len(earning), points=_points(earning)))
    if taking:
        lines.append(_say("deductions", language, n=len(taking), points=_points(taking)))
    if bonus:
        lines.append(_bonus(standard, len(bonus), language))
    return [*lines, _total(standard, language)]


def _known(indicators: Iterable[Indicator]) -> dict[str, int]:
    ways = [how_known(indicator) for indicator in indicators]
    return {way: ways.count(way) for way in (COMPUTED, PARTLY, JUDGED)}


def _points(indicators: Iterable[Indicator]) -> str:
    return hundredths(abs(sum(indicator.points for indicator in indicators)))


def _tier_counts(standard: Standard, tier: str, language: str) -> str:
    found = [i for i in standard.indicators if i.tier == tier]
    dimensions = [d for d in standard.dimensions if any(i in found for i in d.indicators)]
    return _say(
        "tier_counts",
        language,
        tier=tier_name(tier, language),
        dimensions=len(dimensions),
        n=len(found),
        points=_points(found),
        **_known(found),
    )


def _bonus(standard: Standard, count: int, language: str) -> str:
    bonus = _say("bonus", language, n=count)
    if standard.bonus_cap is None:
        return _say("bonus_open", language, bonus=bonus)
    return _say("bonus_cap", language, bonus=bonus, cap=number(standard.bonus_cap))


def _total(standard: Standard, language: str) -> str:
    return _say(
        standard.total, language, full=number(standard.full_marks), base=number(standard.base)
    )


def _sources(standard: Standard, language: str) -> str:
    found = [i.source.status for i in standard.indicators if i.source]
    return _say("sources", language, **{status: found.count(status) for status in SOURCE_STATUS})


# --- sections ------------------------------------------------------------------------------------


def _sections(standard: Standard, language: str) -> list[str]:
    parameters = [parameter_row(p, language) for p in standard.parameters]
    return [
        f"## {TITLES['indicators'][language]}",
        *_dimensions(standard, language),
        *_section("reach", language, _reach(standard, language)),
        *_section("found", language, judged_rows(standard), _say("clean", language)),
        *_section("stars", language, _stars(standard, language)),
        *_section("vetoes", language, _vetoes(standard, language)),
        *_section("parameters", language, parameters),
        *_section("sets", language, set_rows(standard.id, language)),
        *_asked(standard, language),
    ]


def _asked(standard: Standard, language: str) -> list[str]:
    """The kinds of filing, and every other value asked for in a column without a code list."""
    filings: list[tuple[str, ...]] = []
    others: list[tuple[str, ...]] = []
    for (fact, column, value), users in sorted(slugs(standard).items()):
        if (fact, column) == ("filing", "kind"):
            filings.append((code(value), listed(users, language)))
        else:
            place = ledger_name(fact, language), code(column)
            others.append((*place, code(value), listed(users, language)))
    return [*_section("filings", language, filings), *_section("others", language, others)]


def _section(
    name: str, language: str, rows: Sequence[Sequence[object]], note: str = ""
) -> list[str]:
    """Title, note and table of a section; nothing where it has no rows."""
    if not rows:
        return []
    return [f"## {TITLES[name][language]}", note, table(HEADS[name][language], rows)]


def _dimensions(standard: Standard, language: str) -> list[str]:
    blocks = []
    for dimension in standard.dimensions:
        rows = [indicator_row(i, standard.subject, language) for i in dimension.indicators]
        blocks.append(f"### {dimension.title(language)}")
        blocks.append(table(HEADS["indicators"][language], rows))
    return blocks


def _reach(standard: Standard, language: str) -> list[tuple[str, str]]:
    found: list[tuple[str, Filter]] = [(i.id, i.applies_to) for i in standard.indicators]
    return [(id, filter_words(tests, language)) for id, tests in found if tests]


def _stars(standard: Standard, language: str) -> list[tuple[str, ...]]:
    rows = []
    for row in standard.stars:
        tiers = (f"{tier_name(tier, language)} {percent(share)}" for tier, share in row.tiers)
        grade = _grade(standard, row.stars, language)
        rows.append((str(row.stars), number(row.score), listed(tiers, language), grade))
    return [*rows, ("0", "—", "—", _grade(standard, 0, language))] if rows else []


def _grade(standard: Standard, stars: int, language: str) -> str:
    return listed((g.title(language) for g in standard.grades if stars in g.stars), language)


def _vetoes(standard: Standard, language: str) -> list[tuple[str, ...]]:
    return [
        (
            veto.id,
            veto.title(language),
            ledger_name(veto.fact, language),
            filter_words(veto.where, language),
            str(veto.stars_at_most),
        )
        for veto in standard.vetoes
    ]
