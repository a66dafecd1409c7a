"""What everybody sets for oneself: password, language, size of type, keys, open sessions."""

from __future__ import annotations

from django.conf import settings as installation
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jinwei.accounts.acts import Act
from jinwei.accounts.people import change_password, sign_out_everywhere
from jinwei.web.guard import Request, public, signed_in
from jinwei.web.middleware import LANGUAGE_COOKIE
from jinwei.web.parts import Action, Head
from jinwei.web.shell import TYPE_COOKIE
from jinwei.web.signin.cookies import keep
from jinwei.web.signin.forms import ChangePasswordForm

from .forms import PreferencesForm
from .words import role_lines


@signed_in
def settings(request: Request) -> HttpResponse:
    """The own settings, and the way to the accounts of others."""
    return _page(request, PreferencesForm(instance=request.access.account))


@signed_in
@require_POST
def preferences(request: Request) -> HttpResponse:
    """Save language, size of type and keys."""
    form = PreferencesForm(request.POST, instance=request.access.account)
    if not form.is_valid():
        return _page(request, form, status=422)
    account = form.save()
    with translation.override(account.language):
        messages.success(request, _("已保存您的设置。"))
    response = redirect("settings:settings")
    keep(response, LANGUAGE_COOKIE, account.language)
    keep(response, TYPE_COOKIE, "large" if account.large_type else "normal")
    return response


@signed_in
@sensitive_post_parameters("current", "password", "again")
def password(request: Request) -> HttpResponse:
    """Choose another password; whoever must, comes here first."""
    account = request.access.account
    form = ChangePasswordForm(account, request.POST if request.method == "POST" else None)
    if form.is_valid():
        change_password(account, form.cleaned_data["password"], by=request.access.actor)
        update_session_auth_hash(request, account)
        messages.success(request, _("密码已改，其他地方的登录都已退出。"))
        return redirect("home" if "forced" in request.POST else "settings:settings")
    forced = account.must_change_password
    title = _("请先换一个自己的密码") if forced else _("换一个密码")
    lead = _("现在的密码是别人设的，换过以后才能继续。") if forced else ""
    context = {"form": form, "forced": forced, "head": Head(title, lead)}
    status = 422 if form.is_bound else 200
    return render(request, "settings/password.html", context, status=status)


@signed_in
@require_POST
def end_sessions(request: Request) -> HttpResponse:
    """Sign out wherever else the account is signed in."""
    account = request.access.account
    sign_out_everywhere(account, by=request.access.actor)
    update_session_auth_hash(request, account)
    messages.success(request, _("其他地方的登录都已退出，这里还登录着。"))
    return redirect("settings:settings")


@public
@require_POST
def language(request: Request) -> HttpResponse:
    """Another language: in a cookie, and in the account of whoever is signed in."""
    chosen = request.POST.get("language", "")
    response = _back(request)
    if chosen in dict(installation.LANGUAGES):
        keep(response, LANGUAGE_COOKIE, chosen)
        if request.access is not None:
            request.access.account.language = chosen
            request.access.account.save(update_fields=["language"])
    return response


@public
@require_POST
def type(request: Request) -> HttpResponse:
    """Large type or normal: in a cookie, and in the account of whoever is signed in."""
    large = request.POST.get("type") == "large"
    response = _back(request)
    keep(response, TYPE_COOKIE, "large" if large else "normal")
    if request.access is not None:
        request.access.account.large_type = large
        request.access.account.save(update_fields=["large_type"])
    return response


def _back(request: HttpRequest) -> HttpResponse:
    onward = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(onward if ours else "/")


def _page(request: Request, form: PreferencesForm, status: int = 200) -> HttpResponse:
    access = request.access
    roles = role_lines(access.roles, access.day)
    actions = []
    if access.may(Act.ACCOUNTS):
        actions.append(Action(_("管理账号"), "/settings/accounts/", "people"))
    context = {
        "form": form,
        "account": access.account,
        "roles": roles,
        "head": Head(_title(roles), actions=actions),
    }
    return render(request, "settings/settings.html", context, status=status)


def _title(roles: list[str]) -> str:
    if not roles:
        return _("您的账号还没有身份")
    if len(roles) == 1:
        return _("您的身份：%(role)s") % {"role": roles[0]}
    return _("您有 %(n)d 个身份") % {"n": len(roles)}
