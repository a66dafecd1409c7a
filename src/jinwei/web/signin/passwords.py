"""Passwords chosen by a link: after an invitation, or in place of one forgotten."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from jinwei.accounts.tokens import TokenPurpose, find_token, use_token
from jinwei.web.guard import Request, public

from .forms import ForgottenForm, PasswordForm
from .mail import mail_reset


@public
@sensitive_post_parameters("password", "again")
def invitation(request: Request, token: str) -> HttpResponse:
    """Choose the first password of an account."""
    return _choose(request, token, TokenPurpose.INVITATION)


@public
@sensitive_post_parameters("password", "again")
def reset(request: Request, token: str) -> HttpResponse:
    """Choose another password in place of one forgotten."""
    return _choose(request, token, TokenPurpose.RESET)


@public
def forgotten(request: Request) -> HttpResponse:
    """Send a link by mail, where mail is set up; the answer is the same for every name."""
    if not settings.EMAIL_HOST:
        return render(request, "signin/forgotten.html", {"form": None})
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        mail_reset(form.cleaned_data["name"], request)
        return render(request, "signin/forgotten.html", {"form": None, "sent": True})
    status = 422 if form.is_bound else 200
    return render(request, "signin/forgotten.html", {"form": form}, status=status)


def _choose(request: Request, secret: str, purpose: TokenPurpose) -> HttpResponse:
    token = find_token(secret, purpose)
    if token is None:
        return render(request, "signin/link_over.html", {"purpose": purpose}, status=410)
    form = PasswordForm(token.account, request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not use_token(token, form.cleaned_data["password"]):
            return render(request, "signin/link_over.html", {"purpose": purpose}, status=410)
        logout(request)
        messages.success(request, _("密码已设好，请用新密码登录。"))
        return redirect("signin:sign_in")
    context = {"form": form, "account": token.account, "purpose": purpose}
    return render(request, "signin/choose.html", context, status=422 if form.is_bound else 200)
