"""Who asks, in which language, on which day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from jinwei.accounts.access import Access
from jinwei.accounts.models import Account

LANGUAGE_COOKIE = settings.LANGUAGE_COOKIE_NAME
_SEEN: Final = "seen"
_PROLONG_S: Final = 60


class PersonMiddleware:
    """Puts ``access`` on the request (None for strangers) and speaks that person's language.

    Nothing of a page stays in the caches of a browser or a proxy: the next person at the machine
    could read it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user if isinstance(request.user, Account) else None
        request.access = Access(account, timezone.localdate()) if account else None  # type: ignore[attr-defined]
        if account is not None:
            _prolong(request)
        with translation.override(_language(request, account)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Cookie"])
        return response


def _prolong(request: HttpRequest) -> None:
    """Move the end of the session, not with every request: that would be a write for each page."""
    now = int(timezone.now().timestamp())
    if now - request.session.get(_SEEN, 0) >= _PROLONG_S:
        request.session[_SEEN] = now


def _language(request: HttpRequest, account: Account | None) -> str:
    """What the account chose, else the cookie; never the browser's: Chinese is the default."""
    known = dict(settings.LANGUAGES)
    chosen = (account.language if account else "") or request.COOKIES.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in known else settings.LANGUAGE_CODE
