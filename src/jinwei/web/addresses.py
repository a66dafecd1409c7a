"""Addresses of screens; a page has hundreds of them, and each is made once."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse


def address(name: str, *args: str) -> str:
    """The address of a screen; empty in an installation without it."""
    return _made(settings.ROOT_URLCONF, get_script_prefix(), name, *args)


@lru_cache(maxsize=20_000)
def _made(screens: str, prefix: str, name: str, *args: str) -> str:
    """``screens`` and ``prefix``: what an address hangs on beside its name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
