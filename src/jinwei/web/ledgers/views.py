"""The list of one ledger, and its export."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.audit.actions import record
from jinwei.engine.catalogue import Column, Table
from jinwei.ledgers.export import sheet_of
from jinwei.ledgers.lists import (
    WITHDRAWN,
    Asked,
    cells,
    default_sort,
    exported_columns,
    is_by_year,
    marked,
    narrowed,
    ordered,
    shown_columns,
    tally,
)
from jinwei.ledgers.names import names_of
from jinwei.standings.figures import leading
from jinwei.web.downloads import list_file
from jinwei.web.guard import Request, needs
from jinwei.web.htmx import is_fragment, render_page_or_fragment
from jinwei.web.parts import Action, Chip, Crumb, Head
from jinwei.web.sheets.books import printed

from .asked import Query, by_month, in_words, read_query
from .listing import VERDICTS, head_of, lines, place_of
from .rights import is_wide, may_import, new_url, rows_of, sees_persons, table_of
from .words import WRONG, mark_word, say, table_name

if TYPE_CHECKING:
    _Paginator = Paginator[Any]
else:
    _Paginator = Paginator

PAGE: Final = 50
_BY_STANDARD: Final = VERDICTS | {"meeting"}
"""Lists that name indicators of the standard that leads."""


@needs(Act.SEE)
def table(request: Request, org: str, name: str) -> HttpResponse:
    """The rows of one ledger, narrowed, sorted, by pages of fifty."""
    found = table_of(request, name)
    day = request.access.day
    query = read_query(request, found, day)
    codes = rows_of(request, found, own=query.own)
    rows = narrowed(codes, query.asked)
    counts = tally(rows, day)
    columns = _columns(request, found)
    listed = ordered(marked(rows, query.asked.mark, day), query.asked.sort)
    page = _Pages(listed, PAGE, counts[query.asked.mark]).get_page(request.GET.get("page"))
    first = PAGE * (page.number - 1)
    adoption = leading(org, day) if found.name in _BY_STANDARD else None
    shown = list(cells(listed[first : first + PAGE], columns))
    names = names_of(found, columns, shown)
    plan = adoption.plan() if adoption is not None else None
    place = place_of(request.access, org, found, names, plan)
    context = {
        "table": found,
        "label": table_name(found),
        "query": query,
        "months": by_month(found),
        "columns": head_of(place, columns),
        "lines": lines(place, columns, shown, names),
        "page": page,
        "sort": default_sort(found),
        "chips": _chips(request, found, query, counts),
        "narrowed": in_words(query, found),
        "all_url": _address(org, found, {"from": ""}),
        "new": new_url(request, found.name),
        "exports": [*_exports(request, org, found), *_printed(request, found, query)],
    }
    if not is_fragment(request):
        usual = counts if query.usual and not query.own else _usual(request, found, day)
        context["head"] = _head(request, found, usual)
    return render_page_or_fragment(
        request, "ledgers/table.html", "ledgers/_table_results.html", context
    )


class _Pages(_Paginator):
    """Pages of rows that have been counted already."""

    def __init__(self, rows: Any, size: int, total: int) -> None:
        super().__init__(rows, size)
        self.count = total


def _columns(request: Request, table: Table) -> tuple[Column, ...]:
    return shown_columns(table, wide=is_wide(request), persons=sees_persons(request))


def _usual(request: Request, table: Table, day: dt.date) -> dict[str, int]:
    """The counts of the list as it is without anything asked."""
    first = dt.date(day.year, 1, 1) if is_by_year(table) else None
    return tally(narrowed(rows_of(request, table), Asked(first=first)), day)


def _head(request: Request, table: Table, counts: dict[str, int]) -> Head:
    org = request.organization.code
    new = new_url(request, table.name)
    crumbs = (Crumb(_("台账"), reverse("ledgers:tables", args=(org,))), Crumb(table_name(table)))
    actions = [Action(_("登记"), new, "plus", main=True)] if new else []
    if new and table.name == "meeting":
        whole = reverse("ledgers:new", args=(org, "meeting"))
        actions.insert(0, Action(_("用完整表单登记"), whole))
    if may_import(request):
        actions.insert(0, Action(_("导入表格"), reverse("imports:batches", args=(org,)), "import"))
    return Head(_title(table, counts), crumbs=crumbs, actions=actions)


def _title(table: Table, counts: dict[str, int]) -> str:
    said = {"name": table_name(table), "n": f"{counts['']:,}"}
    if not counts[""]:
        if is_by_year(table):
            return _("%(name)s台账：今年还没有记录") % said
        return _("%(name)s台账：还没有记录") % said
    start = (
        _("%(name)s台账：今年 %(n)s 条") if is_by_year(table) else _("%(name)s台账：共 %(n)s 条")
    )
    wrong = next((m for m in counts if m in WRONG and counts[m]), None)
    if wrong is None:
        return start % said
    end = _("，其中 %(n)s 条%(mark)s") % {
        "n": f"{counts[wrong]:,}",
        "mark": mark_word(table.name, wrong),
    }
    return start % said + end


def _chips(request: Request, table: Table, query: Query, counts: dict[str, int]) -> list[Chip]:
    def url(**changes: str | None) -> str:
        asked = request.GET.copy()
        asked.pop("page", None)
        for key, value in changes.items():
            asked.pop(key, None)
            if value:
                asked[key] = value
        return f"?{asked.urlencode()}"

    now = query.asked.mark
    chips = [Chip(_("全部"), url(mark=None), counts[""], current=not now)]
    for mark, count in counts.items():
        if mark and (mark != WITHDRAWN or count or now == WITHDRAWN):
            word = mark_word(table.name, mark)
            chips.append(Chip(word, url(mark=mark), count, current=now == mark))
    if is_wide(request):
        own = None if query.own else "1"
        chips.append(Chip(_("只看本组织"), url(own=own), current=query.own))
    return chips


def _address(org: str, table: Table, query: dict[str, str]) -> str:
    return f"{reverse('ledgers:table', args=(org, table.name))}?{urlencode(query)}"


# --- export -------------------------------------------------------------------------------------


def _exports(request: Request, org: str, table: Table) -> list[Action]:
    asked = request.GET.copy()
    asked.pop("page", None)
    query = f"?{asked.urlencode()}" if asked else ""
    labels = {"xlsx": _("导出 Excel"), "csv": _("导出 CSV")}
    return [
        Action(label, reverse("ledgers:export", args=(org, table.name, form)) + query, "export")
        for form, label in labels.items()
    ]


def _printed(request: Request, table: Table, query: Query) -> list[Action]:
    """The books that print this ledger, of the year that the list begins with."""
    return printed(request, table.name, query.asked.first.year if query.asked.first else None)


@needs(Act.SEE)
def export(request: Request, org: str, name: str, form: str) -> HttpResponse:
    """What the list shows, on all its pages, as a file; that it was taken is recorded."""
    found = table_of(request, name)
    day = request.access.day
    query = read_query(request, found, day)
    rows = narrowed(rows_of(request, found, own=query.own), query.asked)
    rows = ordered(marked(rows, query.asked.mark, day), query.asked.sort)
    title = f"{request.organization.name} {table_name(found)} {day.isoformat()}"
    columns = exported_columns(found, persons=sees_persons(request))
    words = say()
    sheet = sheet_of(title, rows, columns, lambda c, value: words.value(found.name, c, value))
    response = list_file(sheet, form)
    record(
        by=request.access.actor,
        act="exported",
        table=found.name,
        organization=org,
        after={"form": form, "rows": rows.count(), "narrowed": in_words(query, found)},
    )
    return response
