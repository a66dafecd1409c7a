"""The accounts of an organization and all below it: the list, its export, a new one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.accounts.models import Account
from jinwei.accounts.people import invite as make_invitation
from jinwei.accounts.tokens import TokenPurpose
from jinwei.audit.actions import record
from jinwei.ledgers.export import Sheet, Typed
from jinwei.web.downloads import FILES, list_file
from jinwei.web.guard import Request, needs
from jinwei.web.htmx import render_page_or_fragment
from jinwei.web.parts import Action, Chip, Crumb, Head
from jinwei.web.signin.mail import link_to, mail_invitation

from .forms import InvitationForm
from .listing import asked_of, in_state, lines_of, narrowed, signed_in_on, with_roles
from .words import role_label

PAGE: Final = 50
_CHUNK: Final = 500
_STATES: Final = {
    "": gettext_lazy("全部"),
    "invited": gettext_lazy("还没有设密码"),
    "locked": gettext_lazy("已锁定"),
    "closed": gettext_lazy("已停用"),
}


@needs(Act.ACCOUNTS)
def accounts(request: Request) -> HttpResponse:
    """Who can sign in, as what, and who cannot just now."""
    access = request.access
    asked = asked_of(request.GET, access)
    rows = narrowed(access, asked)
    counts = {state: in_state(rows, state).count() for state in _STATES}
    listed = with_roles(in_state(rows, asked.state), access.day)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "roles": [(name, role_label(name)) for name in access.gives],
        "page": page,
        "lines": lines_of(access, page.object_list),
        "chips": _chips(request, asked.state, counts),
        "exports": _exports(request),
        "head": Head(
            _title(counts),
            crumbs=crumbs(),
            actions=[Action(_("邀请"), reverse("settings:invite"), "plus", main=True)],
        ),
    }
    return render_page_or_fragment(
        request, "settings/accounts.html", "settings/_accounts_results.html", context
    )


@needs(Act.ACCOUNTS)
def export(request: Request, form: str) -> HttpResponse:
    """The list as a file, on all its pages; that it was taken is recorded."""
    if form not in FILES:
        raise Http404
    access = request.access
    asked = asked_of(request.GET, access)
    listed = with_roles(in_state(narrowed(access, asked), asked.state), access.day)
    count = listed.count()
    title = _("账号 %(day)s") % {"day": access.day.isoformat()}
    sheet = Sheet(
        title,
        (_("账号"), _("姓名"), _("党员编号"), _("身份"), _("状态"), _("上次登录")),
        ("text", "text", "text", "text", "text", "date"),
        _rows(access, listed),
    )
    response = list_file(sheet, form)
    home = access.home()
    record(
        by=access.actor,
        act="exported",
        table="account",
        organization=home.code if home else None,
        after={"form": form, "rows": count},
    )
    return response


def _rows(access: Access, listed: QuerySet[Account]) -> Iterator[tuple[Typed, ...]]:
    accounts = listed.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(accounts, _CHUNK)):
        for line in lines_of(access, chunk):
            yield (
                line.account.name,
                line.account.shown_name,
                line.account.member_id,
                _("；").join(line.roles),
                line.state.word,
                signed_in_on(line.account),
            )


@needs(Act.ACCOUNTS)
def invite(request: Request) -> HttpResponse:
    """A new account with its first role; the link is for its owner alone."""
    form = InvitationForm(request.access, None, request.POST if request.method == "POST" else None)
    if form.is_valid():
        account = form.new_account()
        with transaction.atomic():
            secret = make_invitation(account, form.role_of(account), by=request.access.actor)
        return show_link(request, account, TokenPurpose.INVITATION, secret)
    title = _("邀请一个人：建账号，给身份，把链接交给本人")
    context = {"form": form, "head": Head(title, crumbs=crumbs(_("邀请")))}
    status = 422 if form.is_bound else 200
    return render(request, "settings/invite.html", context, status=status)


def show_link(
    request: Request, account: Account, purpose: TokenPurpose, secret: str
) -> HttpResponse:
    """The link to choose a password, shown this once; by mail as well where that can be."""
    link = link_to(request, purpose, secret)
    invited = purpose is TokenPurpose.INVITATION
    title = (
        _("%(name)s的邀请链接已做好，请交给本人")
        if invited
        else _("%(name)s的新密码链接已做好，请交给本人")
    )
    context = {
        "account": account,
        "link": link,
        "purpose": purpose,
        "mailed": mail_invitation(account, link) if invited else False,
        "head": Head(title % {"name": account}, crumbs=crumbs(_("链接"))),
    }
    return render(request, "settings/link.html", context)


def crumbs(last: str = "") -> tuple[Crumb, ...]:
    """The way to the accounts, or to a page below them."""
    settings = Crumb(_("设置"), reverse("settings:settings"))
    if not last:
        return (settings, Crumb(_("账号")))
    return (settings, Crumb(_("账号"), reverse("settings:accounts")), Crumb(last))


def _title(counts: dict[str, int]) -> str:
    n = counts[""]
    said = ngettext("%(n)d 个账号", "%(n)d 个账号", n) % {"n": n}
    rest = [
        _("%(n)d 个还没有设密码") % {"n": counts["invited"]} if counts["invited"] else "",
        _("%(n)d 个已锁定") % {"n": counts["locked"]} if counts["locked"] else "",
    ]
    more = _("、").join(filter(None, rest))
    return _("%(said)s，其中 %(more)s") % {"said": said, "more": more} if more else said


def _chips(request: Request, chosen: str, counts: dict[str, int]) -> list[Chip]:
    chips = []
    for state, word in _STATES.items():
        query = request.GET.copy()
        query.pop("page", None)
        query["state"] = state
        chips.append(Chip(str(word), f"?{query.urlencode()}", counts[state], state == chosen))
    return chips


def _exports(request: Request) -> list[Action]:
    query = request.GET.copy()
    query.pop("page", None)
    asked = f"?{query.urlencode()}" if query else ""
    labels = {"xlsx": _("导出 Excel"), "csv": _("导出 CSV")}
    return [
        Action(label, reverse("settings:export", args=(form,)) + asked, "export")
        for form, label in labels.items()
    ]
