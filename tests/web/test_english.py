"""The English of the pages is complete and says what the Chinese says."""

from __future__ import annotations

import re

from babel.messages.catalog import Message

from tests.messages import CATALOGUE, catalogue, compiled, said, texts

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def entries() -> list[Message]:
    return [message for message in catalogue() if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def test_every_text_of_the_pages_has_english() -> None:
    known = {(m.id if isinstance(m.id, str) else tuple(m.id), m.context) for m in entries()}
    named = {(text, context) for _, text, context in texts() if text}
    assert sorted(str(text) for text, _ in named - known) == []
    assert [m.id for m in entries() if not said(m)] == []


def test_english_is_english() -> None:
    wrong = [text for m in entries() for text in forms(m.string) if _HAN.search(text)]
    # The name of the other language is said in that language, and the product has a Chinese name.
    assert [text for text in wrong if not re.search("中文|晋位", text)] == []


def test_english_fills_the_same_places() -> None:
    for message in entries():
        wanted = {p for text in forms(message.id) for p in _PLACE.findall(text)}
        for text in forms(message.string):
            assert set(_PLACE.findall(text)) <= wanted, message.id
        found = {p for text in forms(message.string) for p in _PLACE.findall(text)}
        assert found == wanted, message.id


def test_the_compiled_catalogue_is_this_one() -> None:
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled()


def test_english_is_not_punctuated_in_full_width() -> None:
    wide = re.compile(r"[，。；：（）！？、]")
    assert [t for m in entries() for t in forms(m.string) if wide.search(t)] == []
