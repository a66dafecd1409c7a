"""What every view wears exactly one of: who may come in. A test walks all routes by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.organizations.models import Organization

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request as views behind a guard see it."""

    access: Access
    organization: Organization
    htmx: Any


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may come in: anybody, anybody signed in, or whoever may do ``act`` (any of several)."""

    signed_in: bool
    acts: tuple[Act, ...] = ()


PUBLIC: Final = Guard(signed_in=False)


def public(view: View) -> View:
    """Open to strangers."""
    view.guard = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Open to every account; the view itself narrows to what the person has."""
    return _guarded(view, Guard(signed_in=True))


def needs(*acts: Act) -> Callable[[View], View]:
    """Open to accounts that may do one of the acts: in the organization ``org`` of the route,
    which is then at ``request.organization``, or else anywhere.
    """
    return lambda view: _guarded(view, Guard(signed_in=True, acts=acts))


def _guarded(view: View, guard: Guard) -> View:
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.access is None:
            return _to_sign_in(request)
        if guard.acts and "org" in kwargs:
            request.organization = _organization(request.access, kwargs["org"], guard.acts)
        elif guard.acts and not any(request.access.may(act) for act in guard.acts):
            raise PermissionDenied(*guard.acts)
        return view(request, *args, **kwargs)

    guarded.guard = guard  # type: ignore[attr-defined]
    return guarded


def _organization(access: Access, code: str, acts: tuple[Act, ...]) -> Organization:
    found = access.organization(code)
    if not any(access.may(act, code) for act in acts):
        raise PermissionDenied(*acts)
    return found


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; a fragment cannot show that page, so all of it goes there."""
    there = redirect_to_login(_page_at_hand(request))
    if request.headers.get("HX-Request") != "true":
        return there
    response = HttpResponse(status=204)
    response["HX-Redirect"] = there.url
    return response


def _page_at_hand(request: HttpRequest) -> str:
    """The page somebody was on: a form or a fragment is sent from one, and is none itself."""
    if request.headers.get("HX-Request") == "true":
        named = request.headers.get("HX-Current-URL", "/")
    elif request.method in ("GET", "HEAD"):
        return request.get_full_path()
    else:
        named = request.headers.get("Referer", "/")
    parts = urlsplit(named)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
