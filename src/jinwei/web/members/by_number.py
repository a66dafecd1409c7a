"""Finding a member by the identity number somebody has at hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinwei.accounts.acts import Act
from jinwei.members.identity import digests
from jinwei.members.models import Member
from jinwei.members.numbers import fault_of
from jinwei.web.guard import Request, needs


@needs(Act.GUARDED)
@require_POST
def by_number(request: Request, org: str) -> HttpResponse:
    """To the page of the member, among all that the account may see.

    The number is sent by form: in an address it would stay in histories and logs. Opening the
    page records who looked.
    """
    typed = request.POST.get("number", "").strip()
    fault = fault_of(typed, request.access.day) if typed else _("请填写身份号码。")
    if fault:
        messages.error(request, fault)
        return redirect("members:roster", org)
    rows = request.access.rows(Member).filter(id_number_digest__in=digests(typed))
    found = rows.first()
    if found is None:
        messages.warning(request, _("您能看到的党员中，没有人登记了这个身份号码。"))
        return redirect("members:roster", org)
    return redirect("members:member", found.organization_id, found.code)
