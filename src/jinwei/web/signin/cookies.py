"""Cookies that a page needs before anybody has signed in."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpResponseBase

_YEAR: Final = 365 * 24 * 60 * 60


def keep(response: HttpResponseBase, name: str, value: str, *, lasting: bool = True) -> None:
    """Set a cookie: for a year, or until the browser is closed."""
    response.set_cookie(
        name,
        value,
        max_age=_YEAR if lasting else None,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def drop(response: HttpResponseBase, name: str) -> None:
    """Take a cookie away."""
    response.delete_cookie(name, samesite="Lax")
