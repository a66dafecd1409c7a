"""What is to be done, as a file."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import DATE, HUNDREDTHS, TEXT
from jinwei.ledgers.export import Sheet
from jinwei.web.downloads import taken
from jinwei.web.guard import Request, needs

from .listing import narrowed, shown
from .page import Workbench
from .tasks import Group, grouped


@needs(Act.SEE)
def export(request: Request, org: str, form: str) -> HttpResponse:
    """All of the list, later months too; ``show`` narrows it as on the page."""
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
    found = Sheet(title, headings, (TEXT, TEXT, TEXT, DATE, HUNDREDTHS), rows)
    return taken(request, found, form, table="standing", organization=org, narrowed=narrowed(show))
