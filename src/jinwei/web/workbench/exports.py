"""What is to be done, as a file."""

from __future__ import annotations

from decimal import Decimal

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.audit.actions import record
from jinwei.engine.catalogue import DATE, HUNDREDTHS, TEXT
from jinwei.ledgers.export import Sheet
from jinwei.web.downloads import FILES, list_file
from jinwei.web.guard import Request, needs

from .listing import shown
from .page import Workbench
from .tasks import Group, grouped


@needs(Act.SEE)
def export(request: Request, org: str, form: str) -> HttpResponse:
    """All of the list, later months too; ``show`` narrows it as on the page."""
    if form not in FILES:
        raise Http404(form)
    tasks = Workbench(request.access, request.organization).tasks
    show, day = request.GET.get("show", ""), request.access.day
    urgency: dict[Group, str] = {
        "late": _("已逾期"),
        "soon": _("7 天内"),
        "month": _("本月内"),
        "later": _("下月起"),
    }
    rows = [
        (
            urgency[group],
            task.what,
            task.why or None,
            task.due,
            Decimal(task.points).scaleb(-2) if task.points is not None else None,
        )
        for group, some in grouped((t for t in tasks if shown(t, show)), day).items()
        for task in some
    ]
    title = _("%(name)s要办的事 %(day)s") % {"name": request.organization.name, "day": day}
    headings = (_("时限"), _("要办的事"), _("说明"), _("最迟"), _("涉及分值"))
    said = {"form": form, "rows": len(rows), "narrowed": request.GET.urlencode()}
    record(by=request.access.actor, act="exported", table="standing", organization=org, after=said)
    return list_file(Sheet(title, headings, (TEXT, TEXT, TEXT, DATE, HUNDREDTHS), rows), form)
