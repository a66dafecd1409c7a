"""The words of the terminal: complete in both languages, and all of them in use."""

from __future__ import annotations

import string
from pathlib import Path

from jinwei.cli import words
from jinwei.cli.words import _WORDS
from jinwei.wording.words import TEXTS

SOURCE = Path(words.__file__).parent


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_say_the_same_things() -> None:
    assert {key for key, (zh, en) in _WORDS.items() if holes(zh) != holes(en) or not zh} == set()


def test_no_word_is_left_over_or_said_twice() -> None:
    code = "".join(p.read_text("utf-8") for p in SOURCE.glob("*.py") if p.name != "words.py")
    assert {k for k in _WORDS if f'"{k}"' not in code} == set()
    assert _WORDS.keys() & TEXTS.keys() == set()
