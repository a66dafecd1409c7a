"""Rows of a standard's page: an indicator, a parameter, a set of parameters."""

from __future__ import annotations

from pathlib import Path

from jinwei.engine.catalogue import TABLES
from jinwei.engine.document import read_document
from jinwei.engine.faults import EN
from jinwei.engine.node import Node, Reading
from jinwei.engine.schema import Indicator, Parameter, Source
from jinwei.engine.texts import read_source, read_words
from jinwei.norms import shipped_standards

from .known import how_known, ledgers
from .markdown import code, hundredths, listed, number
from .words import NORM, STATUS, TIERS


def ledger_name(table: str, language: str) -> str:
    """English: the table's name; Chinese: its heading."""
    return table if language == EN else TABLES[table].heading


def tier_name(tier: str, language: str) -> str:
    return TIERS[tier][language] if tier in TIERS else tier


def source_cells(source: Source | None, language: str) -> tuple[str, str]:
    """Document with article, and status."""
    if source is None:
        return "—", "—"
    document = source.document(language) if source.document else "—"
    if source.article:
        words = NORM["article"][language]
        document = words.format(document=document, article=source.article)
    return document, STATUS[source.status][language]


def indicator_row(indicator: Indicator, subject: str, language: str) -> tuple[str, ...]:
    names = (ledger_name(table, language) for table in ledgers(indicator, subject))
    words = NORM[how_known(indicator)][language]
    return (
        indicator.id,
        indicator.title(language),
        _tier(indicator, language),
        hundredths(indicator.points),
        words.format(ledgers=listed(names, language)),
        *source_cells(indicator.source, language),
    )


def _tier(indicator: Indicator, language: str) -> str:
    if indicator.bonus:
        return NORM["bonus_tier"][language]
    return tier_name(indicator.tier, language) if indicator.tier else NORM["none_tier"][language]


def parameter_row(parameter: Parameter, language: str) -> tuple[str, ...]:
    return (
        code(parameter.id),
        parameter.title(language),
        number(parameter.value),
        parameter.unit,
        *source_cells(parameter.source, language),
    )


def set_rows(id: str, language: str) -> list[tuple[str, ...]]:
    """The parameter sets that lie beside a standard: ``parameters/*.yaml``."""
    folder = shipped_standards()[id].parent / "parameters"
    return [_set_row(path, language) for path in sorted(folder.glob("*.yaml"))]


def _set_row(path: Path, language: str) -> tuple[str, ...]:
    document = read_document(path)
    fields = Node(document.value, "", Reading(document)).fields(None)
    values = fields["values"].fields(None).items()
    return (
        code(path.name),
        read_words(fields["title"])(language),
        listed((f"{code(name)} {number(node.number())}" for name, node in values), language),
        *source_cells(read_source(fields["source"]), language),
    )
