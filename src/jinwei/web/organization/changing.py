"""Changes of the tree: a new organization, a move, a second superior, an end, a merger."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.ledgers import tree_changes
from jinwei.ledgers.tree_rules import superior_on
from jinwei.members.registered import registered
from jinwei.organizations.models import Organization, Superior
from jinwei.web.addresses import address
from jinwei.web.guard import Request, needs
from jinwei.web.templatetags.jinwei import iso

from .forms import DissolveForm, LendForm, MergeForm, MoveForm, NewForm
from .page import posts_at
from .saving import Change, change_page, not_ones_own, others


@needs(Act.TREE)
def new(request: Request, org: str) -> HttpResponse:
    """A new organization below."""
    form = NewForm(request.POST or None, initial={"established_on": request.access.day})

    def save(said: dict[str, Any]) -> str:
        row = Organization(code=said["code"], parent=request.organization)
        form.put_into(row)
        tree_changes.found(row, by=request.access.actor)
        return _("已新建“%(name)s”。") % {"name": row.name}

    page = Change(
        _("在%(name)s下面新建组织") % {"name": request.organization.name},
        _("新建组织"),
        (_("从成立日期起它是下级组织，标准适用时自动开始计分。"),),
    )
    return change_page(request, form, page, save, address("organization:below", org))


@needs(Act.TREE)
def move(request: Request, org: str) -> HttpResponse:
    """Under another superior from a day on."""
    not_ones_own(request)
    one = request.organization
    form = MoveForm(request.POST or None, rows=others(request))

    def save(said: dict[str, Any]) -> str:
        parent, on = said["parent"], said["on"]
        by, reason = request.access.actor, said["reason"]
        tree_changes.move(one, parent, on=on, by=by, reason=reason)
        return _("已登记：自 %(day)s 起归“%(name)s”管。") % {"day": iso(on), "name": parent.name}

    page = Change(
        _("%(name)s转到另一个上级") % {"name": one.name},
        _("登记转隶"),
        (_now_under(request), _("那天以前的得分、台账和总览仍归原来的上级。")),
    )
    return change_page(request, form, page, save, address("organization:profile", org))


@needs(Act.TREE)
def lend(request: Request, org: str) -> HttpResponse:
    """A second superior for one purpose."""
    one = request.organization
    form = LendForm(request.POST or None, rows=others(request))

    def save(said: dict[str, Any]) -> str:
        row = Superior(organization=one, **said)
        tree_changes.lend(row, by=request.access.actor)
        return _("已登记：为“%(purpose)s”归“%(name)s”指导。") % {
            "purpose": row.purpose,
            "name": row.parent.name,
        }

    page = Change(
        _("%(name)s的第二上级") % {"name": one.name},
        _("登记第二上级"),
        (_("第二上级只为这一件事看得到本组织和下级的得分和台账，不能改，也看不到党员。"),),
    )
    return change_page(request, form, page, save, address("organization:profile", org))


@needs(Act.TREE)
def dissolve(request: Request, org: str) -> HttpResponse:
    """The end of an organization."""
    not_ones_own(request)
    one = request.organization
    form = DissolveForm(request.POST or None, rows=others(request))

    def save(said: dict[str, Any]) -> str:
        by, reason = request.access.actor, said["reason"]
        ended = tree_changes.dissolve(one, on=said["on"], by=by, reason=reason)
        return _("已撤销“%(name)s”，同日结束职务 %(posts)d 个、届期 %(terms)d 个。") % {
            "name": one.name,
            "posts": ended.posts,
            "terms": ended.terms,
        }

    page = Change(
        _("撤销%(name)s") % {"name": one.name},
        _("撤销本组织"),
        (*_counted(request), _("以前的得分和台账都留着，撤销以后不再计分。")),
        grave=True,
    )
    return change_page(request, form, page, save, address("organization:history", org))


@needs(Act.TREE)
def merge(request: Request, org: str) -> HttpResponse:
    """The end of an organization whose members go over to another."""
    not_ones_own(request)
    one, today = request.organization, request.access.day
    form = MergeForm(request.POST or None, rows=others(request), today=today)

    def save(said: dict[str, Any]) -> str:
        into, by, reason = said["into"], request.access.actor, said["reason"]
        ended = tree_changes.merge(one, into, on=said["on"], by=by, reason=reason)
        return _("已并入“%(name)s”，%(n)d 名党员转过去了。") % {
            "name": into.name,
            "n": ended.members,
        }

    page = Change(
        _("%(name)s并入另一个组织") % {"name": one.name},
        _("并入并撤销本组织"),
        (*_counted(request), _("党员自那天起登记在新的组织，本组织在前一天撤销。")),
        grave=True,
    )
    return change_page(request, form, page, save, address("organization:history", org))


@needs(Act.TREE)
def end_purpose(request: Request, org: str, row: str) -> HttpResponse:
    """The end of a second superior."""
    found = request.access.rows(Superior).filter(organization__code=org, purpose__isnull=False)
    one = next((s for s in found.select_related("parent") if s.row_id == row), None)
    if one is None:
        raise Http404(row)
    form = DissolveForm(request.POST or None, rows=others(request))
    form.fields["on"].label, form.fields["on"].help_text = _("结束日期"), ""

    def save(said: dict[str, Any]) -> str:
        by, reason = request.access.actor, said["reason"]
        tree_changes.end_purpose(one, on=said["on"], by=by, reason=reason)
        return _("已登记：“%(purpose)s”于 %(day)s 结束。") % {
            "purpose": one.purpose,
            "day": iso(said["on"]),
        }

    page = Change(_("结束第二上级：%(purpose)s") % {"purpose": one.purpose}, _("登记结束"), ())
    return change_page(request, form, page, save, address("organization:profile", org))


def _now_under(request: Request) -> str:
    above = superior_on(request.organization, request.access.day)
    if above is None:
        return _("现在没有上级。")
    return _("现在归“%(name)s”管。") % {"name": above.name}


def _counted(request: Request) -> tuple[str, ...]:
    """Who and what is there today."""
    code = request.organization.code
    n = registered(code, request.access.day).count()
    posts = posts_at(request.access, code).count()
    return (_("现有党员 %(n)d 人，在任职务 %(posts)d 个。") % {"n": n, "posts": posts},)
