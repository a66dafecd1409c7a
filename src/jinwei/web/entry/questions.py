"""Questions that the norm raises about a meeting; none of them keeps it from being saved."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from jinwei import norms
from jinwei.wording.words import Words

_FILE: Final = Path(norms.__file__).parent / "questions" / "meetings.yaml"


@cache
def _norm() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


def questions(kinds: Collection[str], topic: str, say: Words) -> tuple[str, ...]:
    """What to ask about meetings of these kinds with this topic; without a topic, nothing."""
    if not topic.strip():
        return ()
    return (*_contents(kinds, topic, say), *_doubts(kinds, topic, say))


def _contents(kinds: Collection[str], topic: str, say: Words) -> Iterator[str]:
    for kind, fixed in _norm()["contents"].items():
        if kind not in kinds:
            continue
        missing = [
            f"“{part[say.language]}”"
            for part in fixed["parts"]
            if not any(word in topic for word in part["words"])
        ]
        if missing:
            yield fixed["ask"][say.language].format(missing=say.comma.join(missing))


def _doubts(kinds: Collection[str], topic: str, say: Words) -> Iterator[str]:
    for doubt in _norm()["doubts"]:
        word = next((word for word in doubt["words"] if word in topic), None)
        if word is not None and not set(kinds).isdisjoint(doubt["kinds"]):
            yield doubt["ask"][say.language].format(word=word)
