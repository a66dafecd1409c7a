"""The workbench of an organization."""

from __future__ import annotations

from django.http import HttpResponse

from jinwei.accounts.acts import Act
from jinwei.web.guard import Request, needs
from jinwei.web.htmx import render_page_or_fragment

from .page import Workbench


@needs(Act.SEE)
def workbench(request: Request, org: str) -> HttpResponse:
    """What is to be done; ``show`` narrows the list, ``later=all`` lists all of it."""
    asked = request.GET
    page = Workbench(request.access, request.organization).page(
        asked.get("show", ""), asked.get("later") == "all", asked.get("month", "")
    )
    context = {"page": page, "head": page.head}
    return render_page_or_fragment(
        request, "workbench/workbench.html", "workbench/_tasks.html", context
    )
