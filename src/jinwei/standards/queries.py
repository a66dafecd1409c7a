"""Which editions are installed."""

from __future__ import annotations

from functools import lru_cache

from jinwei.engine.document import parse_document
from jinwei.engine.schema import Standard
from jinwei.engine.standard import read_standard

from .models import Edition


def editions() -> list[Edition]:
    """All editions: by standard, the one installed last first."""
    return list(Edition.objects.order_by("standard", "-installed_at", "-pk"))


def find_edition(standard: str, version: str) -> Edition | None:
    return Edition.objects.filter(standard=standard, version=version).first()


@lru_cache(maxsize=64)
def standard_of(text: str) -> Standard:
    """What a text without faults says, its parameters as it sets them; read once."""
    return read_standard(parse_document(text))
