"""Coming in, with name and password or by a role of the demo, and going out."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jinwei.accounts.backend import Answer, address_of, check
from jinwei.accounts.demo import demo_accounts, is_this_machine
from jinwei.accounts.models import Account
from jinwei.accounts.people import record_signed
from jinwei.web.guard import Request, public
from jinwei.web.shell import TYPE_COOKIE

from .cookies import drop, keep
from .demo import demo_roles
from .forms import SignInForm

HERE_COOKIE: Final = "jinwei_here"
"""Set while somebody is signed in: found without a session, it tells that the time ran out."""


@public
@sensitive_post_parameters("password")
def sign_in(request: Request) -> HttpResponse:
    """Name and password; nobody learns here whether a name exists."""
    onward = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.access is not None:
        return redirect(onward)
    form = SignInForm(request.POST if request.method == "POST" else None)
    refusal, idle = "", False
    if form.is_valid():
        typed = form.cleaned_data
        answer = check(typed["name"], typed["password"], address_of(request))
        if answer.account is not None:
            return _enter(request, answer.account, onward)
        refusal = refusal_in_words(answer)
    elif not form.is_bound:
        idle = request.COOKIES.get(HERE_COOKIE) == "1"
    context = {
        "form": form,
        "refusal": refusal,
        "idle": idle,
        "next": onward,
        "lock_minutes": settings.LOCK_MINUTES,
        "failures": settings.FAILURES_BEFORE_LOCK,
        "demo": demo_roles(request),
    }
    status = 422 if form.is_bound else 200
    response = render(request, "signin/sign_in.html", context, status=status)
    if idle:
        drop(response, HERE_COOKIE)
    return response


@public
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Out, from wherever; a second press does no harm."""
    if request.access is not None:
        record_signed("signed_out", request.access.account)
        logout(request)
        messages.success(request, _("您已退出登录。"))
    response = redirect("signin:sign_in")
    drop(response, HERE_COOKIE)
    return response


@public
@require_POST
def demo(request: Request, role: str) -> HttpResponse:
    """Take a role of the demo without a password; on this machine alone."""
    if not settings.DEMO:
        raise Http404
    if not is_this_machine(request):
        raise PermissionDenied
    taken = demo_accounts().get(role)
    if taken is None:
        raise Http404
    return _enter(request, taken.account, _safe(request, ""))


def refusal_in_words(answer: Answer) -> str:
    """Why nobody was signed in."""
    if answer.closed:
        return _("这个账号已停用或被锁定，请找上级党组织的管理人员。")
    if answer.locked_until is not None:
        time = {"time": _clock(answer.locked_until)}
        if answer.crowded:
            return _("这里输错的次数太多，%(time)s 以后再试。") % time
        return _("已锁定到 %(time)s。") % time
    left = ngettext(
        "账号或密码不对，还可以试 %(n)d 次。",
        "账号或密码不对，还可以试 %(n)d 次。",
        answer.tries_left,
    )
    return left % {"n": answer.tries_left}


def _clock(at: dt.datetime) -> str:
    """A time of today; the next minute, so that it is over when the clock shows it."""
    local = timezone.localtime(at + dt.timedelta(seconds=59))
    return date_format(local, "H:i")


def _enter(request: HttpRequest, account: Account, onward: str) -> HttpResponse:
    """Begin a session under a key of its own."""
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_signed("signed_in", account, address_of(request))
    response = redirect(onward)
    keep(response, HERE_COOKIE, "1", lasting=False)
    if account.large_type:
        keep(response, TYPE_COOKIE, "large")
    return response


def _safe(request: HttpRequest, onward: str) -> str:
    """Where to go on, if that is a page of ours; else home."""
    ours = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return onward if ours else "/"
