"""All ledgers of an organization."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import TABLES, Table
from jinwei.ledgers.lists import count_and_last, is_by_year
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Action, Crumb, Head

from .rights import may_import, may_see, new_url, rows_of
from .words import GROUPS, table_name


@dataclass(frozen=True, slots=True)
class Ledger:
    """A table among all: how many rows it has (this year, if dated), and the newest day."""

    name: str
    label: str
    rows: int
    last: dt.date | None
    dated: bool
    new: str


@needs(Act.SEE)
def tables(request: Request, org: str) -> HttpResponse:
    """Every ledger with its rows of this year, and where to write."""
    groups = []
    for label, names in GROUPS:
        ledgers = [_ledger(request, TABLES[name]) for name in names if may_see(request, name)]
        if ledgers:
            groups.append((label, ledgers))
    dated = [ledger for _label, found in groups for ledger in found if ledger.dated]
    context = {
        "head": Head(
            _tables_title(request, dated),
            crumbs=(Crumb(_("台账")),),
            actions=_actions(request, org),
        ),
        "groups": groups,
        "year": request.access.day.year,
    }
    return render(request, "ledgers/tables.html", context)


def _actions(request: Request, org: str) -> list[Action]:
    found = [Action(_("打印和上报"), reverse("sheets:sheets", args=(org,)), "print")]
    if may_import(request):
        found.insert(0, Action(_("导入表格"), reverse("imports:batches", args=(org,)), "import"))
    return found


def _ledger(request: Request, table: Table) -> Ledger:
    day, dated = request.access.day, is_by_year(table)
    since = dt.date(day.year, 1, 1) if dated else None
    n, last = count_and_last(rows_of(request, table), since, day)
    return Ledger(table.name, table_name(table), n, last, dated, new_url(request, table.name))


def _tables_title(request: Request, ledgers: list[Ledger]) -> str:
    name, day = request.organization.name, request.access.day
    total = sum(ledger.rows for ledger in ledgers)
    newest = max((x.last for x in ledgers if x.last), default=None)
    if not total or newest is None:
        return _("%(name)s今年还没有任何记录") % {"name": name}
    said = {"name": name, "n": f"{total:,}", "days": (day - newest).days}
    if said["days"] == 0:
        return _("%(name)s今年有 %(n)s 条记录，今天还记过一条") % said
    return _("%(name)s今年有 %(n)s 条记录，最近一条在 %(days)s 天前") % said
