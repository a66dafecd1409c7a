"""The printed books of an organization: which there are for whom, and the file of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.audit.actions import record
from jinwei.engine.catalogue import TABLES
from jinwei.ledgers.printed import BOOKS, Book, Page, Scope, paper
from jinwei.members.actions import record_export
from jinwei.organizations.facts import FactModel
from jinwei.standings.points_book import POINTS_BOOK
from jinwei.web.downloads import WORKBOOK, download
from jinwei.web.guard import Request, needs
from jinwei.web.ledgers.rights import is_wide, rows_of, sees_persons
from jinwei.web.ledgers.words import say
from jinwei.web.members.person import role_of
from jinwei.web.parts import Action

ALL: Final[tuple[Book, ...]] = (*BOOKS, POINTS_BOOK)
_YEARS: Final = 5
"""So many years can be chosen: what lies further back is asked for by its address."""
_EARLIEST: Final = 1921


@dataclass(frozen=True, slots=True)
class Offer:
    """A book on the page: ``years`` to choose from, if it is kept by year."""

    book: Book
    url: str
    years: tuple[int, ...]
    numbers: bool


def offers(request: Request) -> list[Offer]:
    """The books that the account may have of the organization of the page."""
    org, years = request.organization.code, years_offered(request)
    return [
        Offer(
            book,
            reverse("sheets:book", args=(org, book.name)),
            years if book.by_year else (),
            book.numbers and request.access.may(Act.GUARDED, org),
        )
        for book in ALL
        if may_have(request, book)
    ]


def printed(request: Request, table: str, year: int | None = None) -> list[Action]:
    """The books that the list of a ledger offers beside its own export."""
    org = request.organization.code
    asked = f"?year={year}" if year else ""
    return [
        Action(
            _("打印%(book)s") % {"book": book.title},
            reverse("sheets:book", args=(org, book.name)) + (asked if book.by_year else ""),
            "print",
        )
        for book in ALL
        if book.table == table and may_have(request, book)
    ]


@needs(Act.SEE)
@transaction.atomic
def book(request: Request, org: str, book: str) -> HttpResponse:
    """One book as a workbook; that it was taken is recorded, for each member it names as well.

    Posted with a reason, the roster holds identity and telephone numbers, for whoever may.
    """
    found = next((one for one in ALL if one.name == book), None)
    if found is None:
        raise Http404(book)
    if not may_have(request, found):
        raise PermissionDenied(Act.MEMBERS)
    numbers = request.method == "POST" and found.numbers
    reason = request.POST.get("reason", "").strip()
    if numbers and not request.access.may(Act.GUARDED, org):
        raise PermissionDenied(Act.GUARDED)
    if numbers and not reason:
        messages.error(request, _("没有导出：请写一句为什么要导出号码。"))
        return redirect("sheets:sheets", org)
    scope = scope_of(request, numbers, year_asked(request))
    page = found.make(scope)
    _record(request, found, scope, page, reason)
    name = _("%(organization)s%(title)s %(day)s") % {
        "organization": request.organization.name,
        "title": page.title,
        "day": request.access.day,
    }
    return download(paper(page), f"{name}.xlsx", WORKBOOK)


def may_have(request: Request, found: Book) -> bool:
    return not found.personal or sees_persons(request)


def years_offered(request: Request) -> tuple[int, ...]:
    """The years to choose from, this one first."""
    year = request.access.day.year
    return tuple(range(year, year - _YEARS, -1))


def year_asked(request: Request) -> int:
    """The year in the address; this one where none that can be is there."""
    this, asked = request.access.day.year, request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this
    return year if _EARLIEST <= year <= this else this


def scope_of(request: Request, numbers: bool, year: int) -> Scope:
    """Of whom a book tells: the organization of the page and whatever lies below."""
    words = say()

    def word(table: str, column: str, code: Any) -> str:
        found = TABLES[table].column(column)
        assert found is not None
        return words.value(table, found, code)

    return Scope(
        organization=request.organization,
        day=request.access.day,
        year=year,
        rows=standing_rows(request),
        say=word,
        persons=sees_persons(request),
        numbers=numbers,
        wide=is_wide(request),
    )


def standing_rows(request: Request) -> Any:
    """What gives the rows of a table of the page's organization and below, none withdrawn."""

    def rows(model: type[FactModel]) -> QuerySet[FactModel]:
        return rows_of(request, model.table()).filter(withdrawn_at=None)

    return rows


def _record(request: Request, found: Book, scope: Scope, page: Page, reason: str) -> None:
    org, columns = request.organization.code, [column.name for column in _columns(found, scope)]
    if page.members:
        record_export(
            sorted(page.members),
            by=request.access.actor,
            role=role_of(request.access),
            organization=org,
            columns=columns,
            reason=reason,
        )
        return
    after = {"form": "xlsx", "rows": len(page.rows), "narrowed": page.title}
    record(
        by=request.access.actor, act="exported", table=found.table, organization=org, after=after
    )


def _columns(found: Book, scope: Scope) -> list[Any]:
    table = TABLES[found.table]
    return [c for c in table.stored if scope.numbers or not c.guarded]
