"""The words of the terminal: complete in both languages, and all of them in use."""

from __future__ import annotations

import datetime as dt
import string
from pathlib import Path

import pytest

from jinwei.cli import words
from jinwei.cli.formula import _TEXTS
from jinwei.cli.words import _WORDS, Words
from jinwei.engine.outcomes import STATES

SOURCE = Path(words.__file__).parent
NOT_CALLED_BY_NAME = {*STATES, "verified", "unverified", "local", "practice"}


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("texts", [_WORDS, _TEXTS], ids=["words", "formula"])
def test_both_languages_say_the_same_things(texts: dict[str, tuple[str, str]]) -> None:
    assert {key for key, (zh, en) in texts.items() if holes(zh) != holes(en) or not zh} == set()


def test_no_word_is_left_over() -> None:
    code = "".join(p.read_text("utf-8") for p in SOURCE.glob("*.py") if p.name != "words.py")
    assert {k for k in _WORDS if f'"{k}"' not in code} <= NOT_CALLED_BY_NAME


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ("2026-06-01", "2026-06-30", "6 月", "Jun 2026"),
        ("2026-04-01", "2026-06-30", "二季度", "Q2 2026"),
        ("2026-07-01", "2026-12-31", "下半年", "half 2 of 2026"),
        ("2026-01-01", "2026-12-31", "2026 年", "2026"),
        ("2025-09-01", "2026-01-31", "2025-09-01 至 2026-01-31", "2025-09-01 – 2026-01-31"),
        ("2026-06-10", "2026-06-30", "2026-06-10 至 2026-06-30", "2026-06-10 – 2026-06-30"),
    ],
)
def test_a_window_is_named_as_people_name_it(first: str, last: str, zh: str, en: str) -> None:
    span = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert Words("zh").window(*span) == zh
    assert Words("en").window(*span) == en
