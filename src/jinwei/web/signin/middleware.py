"""Nobody goes on with a password that somebody else chose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jinwei.accounts.access import Access

_OPEN: Final = frozenset(
    (
        *("settings:password", "settings:language", "settings:type"),
        *("signin:sign_out", "signin:invitation", "signin:reset"),
    )
)


class PasswordMiddleware:
    """Leads whoever must choose another password there, from every page but that one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        access: Access | None = getattr(request, "access", None)
        match = request.resolver_match
        if access is None or not access.account.must_change_password or match is None:
            return None
        return None if match.view_name in _OPEN else redirect("settings:password")
