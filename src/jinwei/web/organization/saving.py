"""What all changes of the tree share on screen: one form, what follows from it, who may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.ledgers.changes import Edited
from jinwei.ledgers.tree_rules import superior_on
from jinwei.organizations.models import Organization
from jinwei.web.addresses import address
from jinwei.web.guard import Request

from .heads import head

Save = Callable[[dict[str, Any]], str]
"""Saves what a form says, and gives the message that it was saved."""


@dataclass(frozen=True, slots=True)
class Change:
    """A page with one form: its title, its button, and what follows from pressing it."""

    title: str
    button: str
    effects: Sequence[str]
    grave: bool = False


def change_page(
    request: Request, form: forms.Form, page: Change, save: Save, after: str
) -> HttpResponse:
    """The form; saved, a message and the page it leads to; refused, the form with the faults."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (said := _saved(form, save)):
            messages.success(request, said)
            return redirect(after)
    context = {
        "form": form,
        "change": page,
        "back": address("organization:profile", request.organization.code),
        "head": head(request, page.title),
    }
    return render(request, "organization/change.html", context, status=status)


def _saved(form: forms.Form, save: Save) -> str:
    """The message of what was saved; what was refused goes to the fields."""
    try:
        return save(form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
    except Edited:
        form.add_error(None, _("有人刚刚改过这个组织，请再看一遍后保存。"))
    return ""


def others(request: Request) -> QuerySet[Organization]:
    """The organizations within which the account may change the tree, without this one."""
    rows = request.access.organizations(Act.TREE).filter(dissolved_on=None)
    return rows.exclude(pk=request.organization.pk)


def not_ones_own(request: Request) -> None:
    """Nobody moves or ends the organization that the own role stands in: its superior does."""
    if not may_end(request):
        raise PermissionDenied


def may_end(request: Request) -> bool:
    above = superior_on(request.organization, request.access.day)
    return above is None or request.access.may(Act.TREE, above.code)
