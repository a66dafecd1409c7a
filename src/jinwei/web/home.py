"""The first page after signing in, by what somebody may do."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render

from jinwei.accounts.access import Access
from jinwei.accounts.acts import RoleName
from jinwei.organizations.models import Organization

from .guard import Request, signed_in

BRANCHES: Final = ("branch", "joint_branch", "temporary_branch")
"""Kinds of organizations that have a workbench; those above have an overview."""


@signed_in
def home(request: Request) -> HttpResponse:
    """On to the workbench, the overview, the record of writes, or the own record."""
    access = request.access
    place = access.home()
    if place is not None and _audits_only(access):
        return redirect("audit:entries")
    if place is not None:
        return redirect(page_of(place), place.code)
    if access.member is not None:
        return redirect("record:record")
    return render(request, "home.html", status=200)


def page_of(place: Organization) -> str:
    """The name of the page where work on an organization begins."""
    return "workbench:workbench" if place.kind in BRANCHES else "overview:overview"


def _audits_only(access: Access) -> bool:
    return {role.role for role in access.roles} == {RoleName.AUDITOR.value}
