"""What all forms of the roster share: who may write, what is refused, what is said after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.ledgers.changes import Edited, Withdrawn
from jinwei.ledgers.member_changes import Taken
from jinwei.members.models import Member
from jinwei.standings.told import Told, telling
from jinwei.web.guard import Request
from jinwei.web.parts import Crumb
from jinwei.web.phrases import sentences
from jinwei.web.templatetags.jinwei import points as points_text

from .forms import tell
from .person import member_of
from .row_form import MemberForm


def to_write(request: Request, code: str) -> Member:
    found = member_of(request, code)
    request.access.organization(found.organization_id, Act.RECORD)
    return found


@transaction.atomic
def _written(write: Callable[[], None]) -> Told:
    with telling() as told:
        write()
    return told


def attempt(request: Request, form: Any, write: Callable[[], None]) -> Told | None:
    """What was told of a write; None where it was refused, which the form then says."""
    try:
        return _written(write)
    except ValidationError as refused:
        tell(form, refused)
    except Taken as taken:
        form.add_error("id_number", _taken(request, taken.holder))
    except Withdrawn:
        form.add_error(None, _("刚才有人撤回了这一条，没有保存。"))
    except Edited:
        if isinstance(form, MemberForm):
            raise
        form.add_error(None, _("刚才有人改了这一条，没有保存。请回到党员页再看一遍。"))
    return None


def _taken(request: Request, holder: Member) -> str:
    """Whose number it is, as far as the person may know."""
    seen = request.access.rows(Member, withdrawn=True).filter(pk=holder.pk).exists()
    if not seen:
        return _("这个号码已经登记在您看不到的党组织。请核对号码；确实转来的，请上级党委办理转接。")
    said = {"name": holder.name or holder.code, "code": holder.code}
    if holder.withdrawn_at is not None:
        return _("这个号码在一条已撤回的记录里：%(name)s（%(code)s）。") % said
    return _("这个号码已经是%(name)s（%(code)s）的。请核对号码。") % said


def saved(request: Request, member: Member, text: str, told: Told) -> HttpResponse:
    """Back to the member, with what the change did to the score of the branch."""
    move = told.of(request.organization.code)
    if move is not None and move.change:
        score = _("%(name)s得分 %(before)s → %(after)s。") % {
            "name": request.organization.name,
            "before": points_text(move.score_before),
            "after": points_text(move.score),
        }
        text = sentences(text, score)
    messages.success(request, text)
    return redirect(address_of(request, member))


def address_of(request: Request, member: Member) -> str:
    """The page of a member from here; that of its new branch where it has moved out of sight."""
    code = request.organization.code
    still = request.access.rows(Member).filter(pk=member.pk)
    if not still.exists():
        return reverse("members:roster", args=(code,))
    member.refresh_from_db(fields=["organization"])
    try:
        member_of(request, member.code)
    except Http404:
        return reverse("members:member", args=(member.organization_id, member.code))
    return reverse("members:member", args=(code, member.code))


def way_to(request: Request, found: Member | None = None) -> tuple[Crumb, ...]:
    org = request.organization
    way = [Crumb(org.name), Crumb(_("党员"), reverse("members:roster", args=(org.code,)))]
    if found is not None:
        url = reverse("members:member", args=(org.code, found.code))
        way.append(Crumb(found.name or found.code, url))
    return tuple(way)
