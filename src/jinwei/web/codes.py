"""Codes of organizations and members in addresses: whatever people chose, also with a slash."""

from __future__ import annotations

import re
from typing import Final

_ESCAPED: Final = re.compile(r"~([0-9A-F]{2})")
_UNSAFE: Final = re.compile(r"[/~]|^\.+$")
"""A slash would be another step of the path, and browsers take steps of dots away."""


class Code:
    """A code as one step of a path; servers take ``%2F`` for a slash, so it is written ``~2F``."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)

    def to_url(self, value: str) -> str:
        return _UNSAFE.sub(_escaped, str(value))


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"~{ord(one):02X}" for one in found[0])
