"""What somebody typed into an address."""

from __future__ import annotations

from collections.abc import Mapping


def typed(query: Mapping[str, str], name: str, longest: int = 200) -> str:
    """One value of a query without what no text holds; PostgreSQL refuses the sign NUL."""
    return query.get(name, "").replace("\x00", "").strip()[:longest]
