"""Where the figures of an overview lead: hundreds of addresses on one page, made once each."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def list_url(code: str, name: str, **query: str | int) -> str:
    """The list behind a figure."""
    url = _address("overview:listing", code, name)
    return f"{url}?{urlencode(query)}" if query else url


def overview_url(code: str) -> str:
    return _address("overview:overview", code)


def organization_url(code: str) -> str:
    return _address("organization:standing", code)


def indicator_url(code: str, indicator: str) -> str:
    """The explanation of one indicator of an organization."""
    return _address("organization:indicator", code, indicator)


def record_url(code: str, table: str, row_id: str) -> str:
    return _address("ledgers:record", code, table, row_id)


@lru_cache(maxsize=20_000)
def _address(name: str, *args: str) -> str:
    """The address of a screen; empty in an installation without it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
