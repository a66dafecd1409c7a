"""What the field rules, as data: the reference editions shipped with the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import yaml

FOLDER: Final = Path(__file__).parent / "standards"
CODES: Final = Path(__file__).parent / "codes" / "words.yaml"


def shipped_standards() -> dict[str, Path]:
    """The standard documents shipped, by id, in order."""
    return {path.parent.name: path for path in sorted(FOLDER.glob("*/standard.yaml"))}


def standard_path(name: str) -> Path:
    """The document of a shipped standard's id, or the path itself."""
    return shipped_standards().get(name, Path(name))


@cache
def code_words() -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    """Words of short texts without a code list: table, column, code, language."""
    with CODES.open(encoding="utf-8") as file:
        found: dict[str, dict[str, dict[str, dict[str, str]]]] = yaml.safe_load(file)
    return found
