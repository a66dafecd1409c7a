"""What an organization is, and the way to everything about it that can change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.ledgers.changes import Edited, correct
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization
from jinwei.web.addresses import address
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Action

from .forms import ProfileForm
from .heads import head
from .history import superiors
from .page import tabs
from .saving import may_end


@needs(Act.TREE)
def profile(request: Request, org: str) -> HttpResponse:
    """Name, kind and dates of the organization."""
    one = request.organization
    form = ProfileForm(request.POST or None, initial=_initial(one))
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, 422 if form.is_bound else 200)
    before, version = one.name, form.cleaned_data["version"] or one.version
    form.put_into(one)
    try:
        correct(one, by=request.access.actor, version=version)
    except Edited as edited:
        one.refresh_from_db()
        form.data = {**request.POST.dict(), "version": str(edited.stored.version)}
        form.add_error(None, _("有人在您打开以后改过这个组织，您填的还没有保存。"))
        return _page(request, form, 422, edited.stored)
    _tell_renamed(request, before, one.name)
    return redirect("organization:profile", org)


def _page(
    request: Request, form: ProfileForm, status: int, stored: FactModel | None = None
) -> HttpResponse:
    """The form beside the changes; ``stored``: what somebody else saved meanwhile."""
    one = request.organization
    context = {
        "form": form,
        "stored": stored,
        "head": head(request, _("%(name)s的组织信息") % {"name": one.name}),
        "tabs": tabs(request, "profile"),
        "changes": _changes(request),
        "purposes": [row for row in superiors(request.access, one) if row.purpose],
        "org": one.code,
    }
    return render(request, "organization/profile.html", context, status=status)


def _initial(one: Organization) -> dict[str, Any]:
    names = ("name", "kind", "sector", "region", "established_on", "version")
    return {name: getattr(one, name) for name in names}


def _tell_renamed(request: Request, before: str, after: str) -> None:
    if before == after:
        messages.success(request, _("已保存组织信息。"))
    else:
        said = {"before": before, "after": after}
        messages.success(request, _("已改名：“%(before)s”现在叫“%(after)s”。") % said)


def _changes(request: Request) -> list[Action]:
    code = request.organization.code
    ending = may_end(request) and request.organization.dissolved_on is None
    named = (
        ("new", _("新建下级组织"), True),
        ("move", _("转到另一个上级"), ending),
        ("lend", _("登记第二上级"), True),
        ("merge", _("并入另一个组织"), ending),
        ("dissolve", _("撤销本组织"), ending),
    )
    return [
        Action(label, address(f"organization:{name}", code)) for name, label, may in named if may
    ]
