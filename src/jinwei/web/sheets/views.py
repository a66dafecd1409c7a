"""The page from which sheets leave the house."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.ledgers.models import Template
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Crumb, Head

from .books import offers, years_offered
from .sources import labels
from .templates import templates_of


@needs(Act.SEE)
def sheets(request: Request, org: str) -> HttpResponse:
    """Printed books and the whole as a data set."""
    found = offers(request)
    way = (Crumb(_("台账"), reverse("ledgers:tables", args=(org,))), Crumb(_("打印和上报")))
    title = _("%(name)s：%(n)d 种表可以打印或上报") % {
        "name": request.organization.name,
        "n": len(found),
    }
    context = {
        "head": Head(title, _("都从台账里现有的记录生成，不用另外填。"), way),
        "offers": found,
        "with_numbers": [one for one in found if one.numbers],
        "whole": request.access.may(Act.MEMBERS, org),
        "may_see_guarded": request.access.may(Act.GUARDED, org),
        "forms": _forms(),
        "templates": _templates(request),
        "years": years_offered(request),
        "may_record": request.access.may(Act.RECORD, org),
    }
    return render(request, "sheets/sheets.html", context)


def _templates(request: Request) -> list[tuple[Template, str]]:
    """The templates that can be filled here, with their source in words; empty while unknown."""
    known, org = labels(request), request.organization.code
    owner = request.access.may(Act.RECORD, org)
    return [
        (one, known.get(one.source, ""))
        for one in templates_of(request).select_related("organization")
        if one.source in known or (owner and one.organization_id == org)
    ]


def _forms() -> list[tuple[str, str, str]]:
    """The forms of a data set, with their names and what they are good for."""
    return [
        ("workbook", _("Excel 工作簿"), _("每张表一页，人看着方便")),
        ("csv", _("CSV（压缩包）"), _("每张表一个文件，交换数据最稳妥")),
        ("parquet", _("Parquet（压缩包）"), _("数据多、要用程序分析时")),
        ("yaml", _("YAML"), _("一个文本文件，便于对照和留存")),
    ]
