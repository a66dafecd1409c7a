"""Pages for what goes wrong; they stand even where the database does not."""

from __future__ import annotations

import logging
import secrets
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from jinwei.accounts.access import Access
from jinwei.accounts.acts import ACTS, Act, RoleName

from .shell import stranger

log = logging.getLogger("jinwei.web")

_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that look alike when read out on the telephone."""


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: for whom the page is, who asks, and the way back."""
    access: Access | None = getattr(request, "access", None)
    context = {
        "open_to": _open_to(exception),
        "roles": _roles(access),
        "purpose": access is not None and any(role.purpose for role in access.roles),
    }
    return render(request, "errors/403.html", context, status=403)


def _open_to(exception: Exception | None) -> str:
    """The roles that may do one of the acts, where the refusal names any."""
    acts = {one for one in (exception.args if exception else ()) if isinstance(one, Act)}
    return _("、").join(str(role.label) for role in RoleName if acts & ACTS[role])


def _roles(access: Access | None) -> str:
    """Whoever asks, in words; a role for one purpose is told as that, for it opens less."""
    if access is None:
        return ""
    labels = [
        _("%(role)s（只为“%(purpose)s”）") % {"role": label, "purpose": role.purpose}
        if role.purpose
        else label
        for role in access.roles
        for label in [str(RoleName(role.role).label)]
    ]
    return _("、").join(dict.fromkeys(labels))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: for what is not there, and for what somebody may not know of."""
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that no page of ours makes."""
    return render(request, "errors/400.html", status=400)


def server_fault(request: HttpRequest) -> HttpResponse:
    """500: nothing was saved; a short number ties the page to the log."""
    code = "".join(secrets.choice(_LETTERS) for _place in range(4))
    log.error("fault %s at %s %s", code, request.method, request.path)
    # Without the request: what fills a page from it may be what is broken.
    sent = request.method not in ("GET", "HEAD")
    said = {"code": code, "sent": sent, "shell": stranger(request)}
    page = render_to_string("errors/500.html", said)
    return HttpResponse(page, status=500, headers={"X-Fault": code})


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token does not hold, mostly one left open overnight."""
    return render(request, "errors/csrf.html", status=403)
