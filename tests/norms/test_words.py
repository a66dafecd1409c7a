"""Every short text that a shipped standard asks for can be shown in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from jinwei.engine.catalogue import TABLES
from jinwei.engine.filters import Literal
from jinwei.engine.filters import Test as Condition
from jinwei.engine.measures import MEASURES
from jinwei.engine.measures.judging import Findings, Judgement
from jinwei.engine.measures.standing import Presence
from jinwei.engine.standard import load_standard
from jinwei.norms import code_words, shipped_standards

SHORT = {"kind", "procedure", "level"}


def asked(value: Any, fact: str = "") -> Iterator[tuple[str, str, str]]:
    """(table, column, code) of every short text under a part of a standard."""
    if isinstance(value, Condition):
        if value.column.codes is None and value.column.name in SHORT:
            literals = (o.value for o in value.operands if isinstance(o, Literal))
            yield from ((fact, value.column.name, str(code)) for code in literals)
        return
    if isinstance(value, Presence) and value.column.codes is None:
        yield from ((value.fact, value.column.name, code) for code in value.listed)
    if isinstance(value, Judgement) and value.column is None:
        yield from (("judgement", "level", level) for level, _ in value.levels)
    if isinstance(value, Findings):
        yield from (("judgement", "level", item) for item, _ in value.deduct)
    if dataclasses.is_dataclass(value):
        inner = getattr(value, "fact", fact) or fact
        for field in dataclasses.fields(value):
            yield from asked(getattr(value, field.name), inner)
    elif isinstance(value, tuple):
        for child in value:
            yield from asked(child, fact)


@pytest.mark.parametrize("id", shipped_standards())
def test_codes_of_a_standard_have_words(id: str) -> None:
    words = code_words()
    standard = load_standard(shipped_standards()[id])
    missing = {
        f"{table}.{column}: {code}"
        for table, column, code in asked(standard)
        if code not in words.get(table, {}).get(column, {})
    }
    assert missing == set()


def test_words_stand_in_both_languages_beside_columns_that_exist() -> None:
    for table, columns in code_words().items():
        for column, codes in columns.items():
            found = TABLES[table].column(column)
            assert found is not None
            assert found.codes is None
            assert all(word["zh"] and word["en"] for word in codes.values())


def test_every_measure_was_looked_into() -> None:
    """A new measure that names short texts must be known to this test."""
    assert set(MEASURES) == {
        "occurrences", "count", "sum", "share", "member_share", "level", "check", "presence",
        "judgement", "findings", "rating",
    }  # fmt: skip
