"""The words of figures: complete in both languages, and all of them in use."""

from __future__ import annotations

import datetime as dt
import string
from pathlib import Path

import pytest

from jinwei.engine.outcomes import STATES
from jinwei.wording import words
from jinwei.wording.formula import _TEXTS
from jinwei.wording.words import TEXTS, Words

FLOORS_ABOVE = Path(words.__file__).parents[1]
USERS = ("wording", "cli", "web")
NOT_CALLED_BY_NAME = {*STATES, "verified", "unverified", "local", "practice"}


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("texts", [TEXTS, _TEXTS], ids=["words", "formula"])
def test_both_languages_say_the_same_things(texts: dict[str, tuple[str, str]]) -> None:
    assert {key for key, (zh, en) in texts.items() if holes(zh) != holes(en) or not zh} == set()


def test_no_word_is_left_over() -> None:
    paths = [p for user in USERS for p in (FLOORS_ABOVE / user).rglob("*.py")]
    code = "".join(p.read_text("utf-8") for p in paths if p.name != "words.py")
    assert {k for k in TEXTS if f'"{k}"' not in code} <= NOT_CALLED_BY_NAME


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
