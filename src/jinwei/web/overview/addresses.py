"""Where the figures of an overview lead."""

from __future__ import annotations

from urllib.parse import urlencode

from jinwei.web.addresses import address


def list_url(code: str, name: str, **query: str | int) -> str:
    """The list behind a figure."""
    url = address("overview:listing", code, name)
    return f"{url}?{urlencode(query)}" if query else url


def overview_url(code: str) -> str:
    return address("overview:overview", code)


def organization_url(code: str) -> str:
    return address("organization:standing", code)


def indicator_url(code: str, indicator: str) -> str:
    """The explanation of one indicator of an organization."""
    return address("organization:indicator", code, indicator)


def record_url(code: str, table: str, row_id: str) -> str:
    return address("ledgers:record", code, table, row_id)
