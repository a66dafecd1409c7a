"""A new member, and the correction of a row of the roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import TABLES
from jinwei.ledgers.changes import Edited
from jinwei.ledgers.member_changes import correct_member, enter_member
from jinwei.members.models import Member
from jinwei.web.guard import Request, needs
from jinwei.web.ledgers.sides import STORED, said_before, side_of
from jinwei.web.ledgers.words import heading, value_word
from jinwei.web.parts import Head

from .forms import posted
from .person import GUARDED
from .roster import branches_of
from .row_form import MemberForm
from .saving import attempt, saved, to_write, way_to


@dataclass(frozen=True, slots=True)
class Differing:
    """A column that somebody else saved meanwhile, beside what was typed here.

    ``side``: whose text alone was changed; empty where both were.
    """

    column: str
    label: str
    stored: str
    typed: str
    side: str


@needs(Act.RECORD)
def new(request: Request, org: str) -> HttpResponse:
    """A new member of the organization of the page, or of one below."""
    branches = branches_of(request, Act.RECORD)
    initial = {"organization": org if org in branches else ""}
    if len(branches) == 1:
        initial["organization"] = next(iter(branches))
    form = MemberForm(
        posted(request),
        today=request.access.day,
        branches=branches,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        made = form.apply(Member())
        told = attempt(request, form, lambda: _enter(made, form, request))
        if told is not None:
            return saved(request, made, _("已登记%(name)s。") % {"name": made.name}, told)
    head = Head(_("登记一名党员"), _("姓名、支部和状态必填，其余可以以后补。"), way_to(request))
    context = {"head": head, "form": form, "groups": _groups(form), "save": _("登记党员")}
    status = 422 if form.errors else 200
    return render(request, "members/edit.html", context, status=status)


def _enter(made: Member, form: MemberForm, request: Request) -> None:
    enter_member(made, by=request.access.actor, number=form.number or "")


@needs(Act.RECORD)
def correct(request: Request, org: str, code: str) -> HttpResponse:
    """Another text of the row of a member; the branch is changed by a transfer."""
    found = to_write(request, code)
    form = MemberForm(
        posted(request),
        today=request.access.day,
        branches={},
        member=found,
        may_see=request.access.may(Act.GUARDED, found.organization_id),
        initial={"version": found.version},
    )
    differing: list[Differing] = []
    if request.method == "POST" and form.is_valid():
        made = form.apply(found)
        try:
            told = attempt(request, form, lambda: _correct(made, form, request))
            if told is not None:
                return saved(request, made, _("已保存%(name)s的信息。") % {"name": made.name}, told)
        except Edited as edited:
            stored: Any = edited.stored
            differing = _differing(stored, made, form.cleaned_data["version"] or 0)
            form.data = {
                **request.POST.dict(),
                **_taken_over(stored, differing),
                "version": str(stored.version),
            }
            form.add_error(None, _("刚才有人也改了这一条，您的还没有保存。请看下面两种写法。"))
    head = Head(
        _("更正%(name)s的信息") % {"name": found.name or found.code},
        _("换支部请用“转接组织关系”，转正、停止党籍、离开也各有登记页。"),
        way_to(request, found),
    )
    context = {
        "head": head,
        "form": form,
        "groups": _groups(form),
        "differing": differing,
        "save": _("保存更正"),
    }
    return render(request, "members/edit.html", context, status=422 if form.errors else 200)


def _correct(made: Member, form: MemberForm, request: Request) -> None:
    correct_member(
        made,
        by=request.access.actor,
        version=form.cleaned_data["version"] or 0,
        number=form.number,
        reason=form.cleaned_data["reason"],
    )


def _differing(stored: Any, typed: Member, version: int) -> list[Differing]:
    table, before = TABLES["member"], said_before(stored, version)
    return [
        Differing(
            column.name,
            heading(table, column),
            value_word(table, column, getattr(stored, column.name)),
            value_word(table, column, getattr(typed, column.name)),
            side_of(before, column.name, getattr(typed, column.name)),
        )
        for column in table.viewed
        if column.name not in ("code", "organization", *GUARDED)
        and (getattr(stored, column.name) or None) != (getattr(typed, column.name) or None)
    ]


def _taken_over(stored: Any, differing: Sequence[Differing]) -> dict[str, str]:
    """Into the form, what only somebody else changed: saving again must not set it back."""
    values = {d.column: getattr(stored, d.column) for d in differing if d.side == STORED}
    return {
        name: ("on" if value else "") if isinstance(value, bool) else str(value or "")
        for name, value in values.items()
    }


_GROUPS: Final = (
    (
        gettext_lazy("是谁"),
        ("name", "organization", "sex", "ethnicity", "birth_on", "education", "occupation"),
    ),
    (
        gettext_lazy("党员身份"),
        ("status", "category", "joined_on", "full_on", "here_since", "mobile"),
    ),
    (gettext_lazy("停止党籍或离开"), ("suspended_on", "left_on")),
    (
        gettext_lazy("受保护的信息"),
        ("id_number", "forget_id_number", "phone", "forget_phone"),
    ),
)


def _groups(form: MemberForm) -> list[tuple[str, list[Any]]]:
    found = (
        (str(label), [form[name] for name in names if name in form.fields])
        for label, names in _GROUPS
    )
    return [(label, fields) for label, fields in found if fields]
