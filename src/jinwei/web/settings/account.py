"""One account: who it is, its roles, and whether it may sign in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinwei.accounts import people
from jinwei.accounts.acts import Act
from jinwei.accounts.managing import manageable, visible
from jinwei.accounts.models import Account, Role
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Head
from jinwei.web.templatetags.jinwei import iso

from .accounts import crumbs, show_link
from .forms import EndForm, PersonForm, ReasonForm
from .listing import lines_of, with_roles
from .role_form import RoleForm
from .words import role_line


@needs(Act.ACCOUNTS)
def account(request: Request, account_id: int) -> HttpResponse:
    """An account that somebody may see; what can be done depends on its roles."""
    return _page(request, get_object_or_404(visible(request.access), pk=account_id))


@needs(Act.ACCOUNTS)
@require_POST
def correct(request: Request, account_id: int) -> HttpResponse:
    """Save another shown name, person or address of mail."""
    found = _managed(request, account_id)
    form = PersonForm(request.access, found, request.POST)
    if not form.is_valid():
        return _page(request, found, person=form)
    for name in ("shown_name", "member", "email"):
        setattr(found, name, form.cleaned_data[name])
    people.correct_account(found, by=request.access.actor)
    return _done(request, found, _("已保存。"))


@needs(Act.ACCOUNTS)
@require_POST
def give(request: Request, account_id: int) -> HttpResponse:
    """Give the account one more role."""
    found = _managed(request, account_id)
    form = RoleForm(request.access, found, request.POST)
    if not form.is_valid():
        return _page(request, found, role=form)
    role = people.give_role(form.role_of(found), by=request.access.actor)
    line = role_line(role, request.access.day)
    return _done(request, found, _("已给身份：%(role)s。") % {"role": line})


@needs(Act.ACCOUNTS)
@require_POST
def end(request: Request, account_id: int, role_id: int) -> HttpResponse:
    """Let a role end with a day."""
    found = _managed(request, account_id)
    role = get_object_or_404(found.roles.select_related("organization"), pk=role_id)
    form = EndForm(request.access.day, request.POST)
    if not form.is_valid():
        return _page(request, found, end=form)
    on = form.cleaned_data["on"]
    try:
        people.end_role(role, on=on, by=request.access.actor)
    except people.LastAdministrator:
        return _refuse_last(request, found)
    return _done(request, found, _("这个身份到 %(day)s 为止。") % {"day": iso(on)})


@needs(Act.ACCOUNTS)
@require_POST
def lock(request: Request, account_id: int) -> HttpResponse:
    """Keep somebody out for now."""
    return _close(request, account_id, people.lock, _("已锁定，现在的登录也已退出。"))


@needs(Act.ACCOUNTS)
@require_POST
def unlock(request: Request, account_id: int) -> HttpResponse:
    """Let somebody in again."""
    found = _managed(request, account_id)
    people.unlock(found, by=request.access.actor)
    return _done(request, found, _("已解锁，原来的密码仍然有效。"))


@needs(Act.ACCOUNTS)
@require_POST
def deactivate(request: Request, account_id: int) -> HttpResponse:
    """Close an account for good."""
    return _close(request, account_id, people.deactivate, _("已停用，现在的登录也已退出。"))


@needs(Act.ACCOUNTS)
@require_POST
def reactivate(request: Request, account_id: int) -> HttpResponse:
    """Open a closed account again; its owner needs a link to choose a password."""
    found = _managed(request, account_id)
    people.reactivate(found, by=request.access.actor)
    return _done(request, found, _("已重新启用。原来的密码不再有效，请给本人一个新密码链接。"))


@needs(Act.ACCOUNTS)
@require_POST
def reset(request: Request, account_id: int) -> HttpResponse:
    """A link by which somebody chooses another password."""
    found = _managed(request, account_id)
    if not found.is_active:
        raise PermissionDenied
    purpose, secret = people.reset(found, by=request.access.actor)
    return show_link(request, found, purpose, secret)


def _managed(request: Request, account_id: int) -> Account:
    """The account, if it may be managed; refused where it may only be seen."""
    found: Account = get_object_or_404(visible(request.access), pk=account_id)
    if not manageable(request.access).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def _close(request: Request, account_id: int, act: Any, said: str) -> HttpResponse:
    found = _managed(request, account_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, **{act.__name__: form})
    try:
        act(found, by=request.access.actor, reason=form.cleaned_data["reason"])
    except people.LastAdministrator:
        return _refuse_last(request, found)
    return _done(request, found, said)


def _refuse_last(request: Request, found: Account) -> HttpResponse:
    messages.error(
        request,
        _("没有保存：这是最后一个没有期限的系统管理员。请先给另一个人这个身份。"),
    )
    return redirect("settings:account", found.pk)


def _done(request: Request, found: Account, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("settings:account", found.pk)


def _page(request: Request, found: Account, **bound: forms.BaseForm) -> HttpResponse:
    """The page of an account, with the forms just filled in instead of fresh ones."""
    access = request.access
    line = lines_of(access, with_roles(Account.objects.filter(pk=found.pk), access.day))[0]
    roles = list(line.account.roles.all())
    titles = [role_line(role, access.day) for role in roles]
    title = _("%(name)s：%(roles)s") % {
        "name": line.account,
        "roles": _("；").join(titles) or _("现在没有身份"),
    }
    context = {
        "account": line.account,
        "line": line,
        "roles": [(role, _may_end(request, role)) for role in roles],
        "ended": _ended(line.account, access.day),
        "person": PersonForm(access, line.account),
        "role": RoleForm(access, line.account),
        "end": EndForm(access.day, auto_id="end_%s"),
        "lock": ReasonForm(auto_id="lock_%s"),
        "deactivate": ReasonForm(auto_id="deactivate_%s"),
        "head": Head(title, crumbs=crumbs(str(line.account))),
        **bound,
    }
    return render(request, "settings/account.html", context, status=422 if bound else 200)


def _may_end(request: Request, role: Role) -> bool:
    return request.access.may_give(role.role, role.organization_id)


def _ended(found: Account, day: Any) -> list[str]:
    rows = found.roles.filter(to_on__lt=day).select_related("organization").order_by("-to_on")
    return [role_line(role, day) for role in rows]
