"""What the field rules, as data: the reference editions shipped with the product."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "standards"


def shipped_standards() -> dict[str, Path]:
    """The standard documents shipped, by id, in order."""
    return {path.parent.name: path for path in sorted(FOLDER.glob("*/standard.yaml"))}


def standard_path(name: str) -> Path:
    """The document of a shipped standard's id, or the path itself."""
    return shipped_standards().get(name, Path(name))
