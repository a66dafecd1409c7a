"""One record: what it says, what it counts for, its papers and its trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import Table
from jinwei.engine.plan import Plan
from jinwei.engine.schema import Indicator
from jinwei.ledgers.attachments import WORDS, attachments_of
from jinwei.ledgers.changes import values_of
from jinwei.ledgers.lists import cells, exported_columns, find_row
from jinwei.ledgers.models import Attendance, Meeting
from jinwei.ledgers.names import names_of
from jinwei.organizations.facts import FactModel
from jinwei.standings.figures import current, leading
from jinwei.web.addresses import address
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Action, Chip, Crumb, Head

from .counting import counts_for
from .listing import Cell, cell_of, place_of, record_url
from .rights import WITH_FORM, act_to_write, may_write, rows_of, sees_persons, table_of
from .trail import trail_of
from .words import row_word, say, table_name


@dataclass(frozen=True, slots=True)
class Record:
    """A row on its page, with whose it is. ``may``: the account may write it."""

    table: Table
    row: FactModel
    organization: str
    member: str | None
    may: bool

    @property
    def word(self) -> str:
        return row_word(self.table, values_of(self.row))


def record_of(request: Request, name: str, row_id: str) -> Record:
    """The row of the route, withdrawn ones too. Raises Http404 or PermissionDenied."""
    table = table_of(request, name)
    row = find_row(rows_of(request, table), row_id)
    if row is None:
        raise Http404(row_id)
    organization, member = whose(row)
    may = bool(organization) and may_write(request, name, organization)
    return Record(table, row, organization, member, may)


def whose(row: FactModel) -> tuple[str, str | None]:
    """The organization a row belongs to ("" for none), and the member it is about."""
    member = getattr(row, "member_id", None)
    if isinstance(row, Attendance):
        return row.meeting.organization_id, member
    if row.table().name == "organization":
        return row.row_id, None
    own = getattr(row, "organization_id", None)
    if own is None and member is not None:
        own = row.member.organization_id  # type: ignore[attr-defined]
    return own or "", member


def to_change(request: Request, name: str, row_id: str) -> Record:
    """The same, to be written. Raises PermissionDenied where the account may not."""
    found = record_of(request, name, row_id)
    if not found.may:
        raise PermissionDenied(act_to_write(name))
    return found


@needs(Act.SEE)
def record(request: Request, org: str, name: str, row_id: str) -> HttpResponse:
    """One row with everything that belongs to it."""
    found = record_of(request, name, row_id)
    persons = sees_persons(request)
    day = request.access.day
    adoption = leading(found.organization, day) if found.organization else None
    plan = adoption.plan() if adoption is not None else None
    scored = adoption is not None and current(adoption, day).filter(subject=found.organization)
    counted = counts_for(plan, name, values_of(found.row), day) if plan and scored else ()
    papers = list(attachments_of(name, found.row.row_id)) if name in WITH_FORM else []
    context = {
        "head": _head(request, found),
        "record": found,
        "fields": _fields(request, found, persons, plan),
        "attendance": _attendance(found) if persons else None,
        "counted": [_counted(found, indicator) for indicator in counted],
        "standard": adoption if scored else None,
        "papers": papers,
        "persons": persons,
        "takes_papers": found.may and found.row.withdrawn_at is None,
        "paper_words": WORDS,
        "paper_most": settings.ATTACHMENT_BYTES // 1024 // 1024,
        "trail": trail_of(found.table, found.row.row_id, persons),
        "next": request.get_full_path(),
    }
    return render(request, "ledgers/record.html", context)


def _counted(found: Record, indicator: Indicator) -> Chip:
    """An indicator with its points, leading to its figure."""
    url = address("organization:indicator", found.organization, indicator.id)
    return Chip(f"{indicator.id} {indicator.title(say().language)}", url, indicator.points)


def _fields(request: Request, found: Record, persons: bool, plan: Plan | None) -> list[Cell]:
    columns = [
        c
        for c in exported_columns(found.table, persons=persons)
        if c.name != found.table.key or found.table.name in ("organization", "member")
    ]
    rows = type(found.row)._default_manager.filter(pk=found.row.pk)
    row = next(cells(rows, columns))
    names = names_of(found.table, columns, [row])
    place = place_of(request.access, request.organization.code, found.table, names, plan)
    return [cell_of(place, column, row, names) for column in columns]


def _attendance(found: Record) -> Mapping[str, list[str]] | None:
    """Names by what became of them, for a meeting whose roll was called."""
    if not isinstance(found.row, Meeting):
        return None
    rows = Attendance.objects.filter(meeting=found.row, withdrawn_at=None)
    by_word: dict[str, list[str]] = {}
    words = say()
    column = next(c for c in Attendance.table().columns if c.name == "status")
    for status, member, code in rows.order_by("pk").values_list(
        "status", "member__name", "member__code"
    ):
        by_word.setdefault(words.value("attendance", column, status), []).append(member or code)
    return by_word


def _head(request: Request, found: Record) -> Head:
    org, name = request.organization.code, found.table.name
    args = (org, name, found.row.row_id)
    actions = []
    if found.may and found.row.withdrawn_at is None:
        back = "?next=" + reverse("ledgers:record", args=args)
        actions = [
            Action(_("更正"), reverse("ledgers:correct", args=args) + back, main=True),
            Action(_("撤回"), reverse("ledgers:withdraw", args=args)),
        ]
    return Head(found.word, _lead(found), crumbs(org, found), actions)


def crumbs(org: str, found: Record, last: str = "") -> tuple[Crumb, ...]:
    """The way to a record, or (``last``) to what is done with it."""
    name = found.table.name
    way = (
        Crumb(_("台账"), reverse("ledgers:tables", args=(org,))),
        Crumb(table_name(found.table), reverse("ledgers:table", args=(org, name))),
    )
    if not last:
        return (*way, Crumb(_("一条记录")))
    return (*way, Crumb(_("一条记录"), record_url(org, name, found.row.row_id)), Crumb(last))


def _lead(found: Record) -> str:
    if found.table.name not in WITH_FORM:
        return ""
    return _("%(name)s台账里的一条记录") % {"name": table_name(found.table)}
