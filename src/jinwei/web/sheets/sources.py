"""What the tables of superiors are filled from: the books, every ledger, and single facts.

Such tables are Chinese, and mappings are kept by Chinese headings: everything here speaks Chinese.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import TABLES, Table
from jinwei.ledgers.cells import Typed
from jinwei.ledgers.export import sheet_of
from jinwei.ledgers.lists import Asked, exported_columns, is_by_year, narrowed, ordered
from jinwei.ledgers.printed import Book, Page, Scope
from jinwei.ledgers.printed.page import Owed
from jinwei.ledgers.printed.people import posts_at
from jinwei.members.models import Member
from jinwei.members.registered import headcounts
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization
from jinwei.standings.figures import scope as codes_below
from jinwei.web.guard import Request
from jinwei.web.ledgers.rights import may_see, rows_of
from jinwei.web.ledgers.words import GROUPS, say, table_name

from .books import ALL, may_have, scope_of

CHINESE: Final = "zh-hans"
NUMBER: Final = "序号"
FACTS: Final[dict[str, Promise]] = {
    "organization.name": gettext_lazy("组织名称"),
    "organization.code": gettext_lazy("组织代码"),
    "secretary": gettext_lazy("书记姓名"),
    "year": gettext_lazy("年份"),
    "day": gettext_lazy("填表日期"),
    "members": gettext_lazy("党员数（含下级）"),
    "full": gettext_lazy("正式党员数（含下级）"),
    "probationary": gettext_lazy("预备党员数（含下级）"),
    "organizations": gettext_lazy("党组织数（含下级）"),
    "rows": gettext_lazy("本表行数"),
}
"""What a single cell can say."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a source under its headings; ``members``: whom they name all through."""

    headings: tuple[str, ...]
    rows: Sequence[Sequence[Typed]]
    members: frozenset[str]
    table: str


def labels(request: Request) -> dict[str, str]:
    """The sources that the account may use here, by name, in the language of the page."""
    books = {f"book-{one.name}": str(one.title) for one in ALL if may_have(request, one)}
    names = [name for _label, group in GROUPS for name in group if may_see(request, name)]
    return books | {f"table-{name}": table_name(name) for name in names}


def headings(request: Request, source: str) -> tuple[str, ...]:
    """The headings of a source; guarded ones, too, for whoever may read them."""
    with override(CHINESE):
        book = _book(source)
        if book is not None:
            numbers = book.numbers and request.access.may(Act.GUARDED, request.organization.code)
            scope = scope_of(request, numbers, request.access.day.year)
            if book.name != "points":  # its columns are those of the standard in force
                scope = _empty(scope)
            return _keys(book.make(scope))
        table = TABLES[source.partition("-")[2]]
        return _ledger(request, table, None).headings


def rows(request: Request, source: str, year: int, *, numbers: bool) -> Rows:
    """The rows of a source; with identity and telephone numbers only where asked for."""
    with override(CHINESE):
        book = _book(source)
        if book is None:
            return _ledger(request, TABLES[source.partition("-")[2]], year)
        page = book.make(scope_of(request, numbers and book.numbers, year))
        cells = [
            (number, *(cell.amount if isinstance(cell, Owed) else cell for cell in row))
            for number, row in enumerate(page.rows, 1)
        ]
        return Rows(_keys(page), cells, page.members, book.table)


def facts(request: Request, year: int, count: int) -> dict[str, Typed]:
    """The values of :data:`FACTS`."""
    one, day = request.organization, request.access.day
    codes = list(codes_below(one.code, day))
    counts = headcounts(codes, day).values()
    full, probationary = sum(c.full for c in counts), sum(c.probationary for c in counts)
    return {
        "organization.name": one.name,
        "organization.code": one.code,
        "secretary": _secretary(request, one),
        "year": year,
        "day": day,
        "members": full + probationary,
        "full": full,
        "probationary": probationary,
        "organizations": len(codes),
        "rows": count,
    }


def _secretary(request: Request, one: Organization) -> str | None:
    scope = scope_of(request, False, request.access.day.year)
    if not scope.persons:
        return None
    posts = posts_at(scope).filter(post="secretary", organization__code=one.code)
    code = posts.order_by("pk").values_list("member", flat=True).first()
    names = Member.objects.filter(code=code).values_list("name", flat=True)
    return names.first() or code


def _book(source: str) -> Book | None:
    return next((one for one in ALL if f"book-{one.name}" == source), None)


def _empty(scope: Scope) -> Scope:
    def rows(model: type[FactModel]) -> QuerySet[FactModel]:
        return scope.rows(model).none()  # type: ignore[no-any-return]

    return Scope(
        scope.organization,
        scope.day,
        scope.year,
        rows,
        scope.say,
        scope.persons,
        scope.numbers,
        scope.wide,
    )


def _keys(page: Page) -> tuple[str, ...]:
    return tuple(" ".join(column.heading.split()) for column in page.columns)


def _ledger(request: Request, table: Table, year: int | None) -> Rows:
    """The rows of a ledger; of the one year, if it is kept by year. Without one: none."""
    found: Any = rows_of(request, table).filter(withdrawn_at=None)
    if year is None:
        found = found.none()
    elif is_by_year(table):
        within = Asked(first=dt.date(year, 1, 1), last=dt.date(year, 12, 31))
        found = narrowed(found, within)
    columns = exported_columns(table, persons=may_see(request, "member"))
    words = say()
    made = sheet_of(
        table.heading,
        ordered(found, ""),
        columns,
        lambda column, value: words.value(table.name, column, value),
    )
    numbered: list[tuple[Typed, ...]] = [(n, *row) for n, row in enumerate(made.rows, 1)]
    return Rows((NUMBER, *made.headings), numbered, frozenset(), table.name)
