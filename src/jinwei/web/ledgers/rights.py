"""Which ledgers an account sees where, and in which it may write; every view asks here."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from jinwei.accounts.access import PERSONAL
from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import TABLES, Table
from jinwei.imports.rights import IMPORTING
from jinwei.ledgers.lists import of_organizations
from jinwei.ledgers.models import FACT_MODELS
from jinwei.organizations.facts import FactModel
from jinwei.standings.figures import scope
from jinwei.web.guard import Request

WITH_FORM: Final = frozenset(
    (
        *("meeting", "talk", "appraisal", "dues", "fund", "training", "service"),
        *("filing", "project", "venue", "honor", "rectification", "survey", "incident", "case"),
        *("term", "post", "judgement", "exemption"),
    )
)
"""Tables written here; the roster and the tree have pages of their own."""
_JUDGED: Final = frozenset(("judgement", "exemption"))


def act_to_write(table: str) -> Act:
    """What it takes to enter, correct or withdraw a row."""
    return Act.JUDGE if table in _JUDGED else Act.RECORD


def sees_persons(request: Request) -> bool:
    return request.access.may(Act.MEMBERS, request.organization.code)


def may_see(request: Request, table: str) -> bool:
    return table not in PERSONAL or sees_persons(request)


def may_write(request: Request, table: str, organization: str | None = None) -> bool:
    """Whether the account may write rows of a table in an organization, or in that of the page."""
    code = organization or request.organization.code
    return table in WITH_FORM and request.access.may(act_to_write(table), code)


def may_import(request: Request) -> bool:
    """Whether the account may bring rows of any table into the organization of the page."""
    return any(request.access.may(act, request.organization.code) for act in IMPORTING)


def new_url(request: Request, table: str) -> str:
    """The form of a new row, if the account may write one; of a meeting the quick one."""
    if not may_write(request, table):
        return ""
    org = request.organization.code
    if table == "meeting":
        return reverse("entry:meeting", args=(org,))
    return reverse("ledgers:new", args=(org, table))


def table_of(request: Request, name: str) -> Table:
    """The table of the route. Raises Http404 for none, PermissionDenied for one of persons."""
    table = TABLES.get(name)
    if table is None:
        raise Http404(name)
    if not may_see(request, name):
        raise PermissionDenied(Act.MEMBERS)
    return table


def rows_of(request: Request, table: Table, *, own: bool = False) -> QuerySet[FactModel]:
    """All rows of the organization of the page and those below that the account may see,
    withdrawn ones too.
    """
    model = FACT_MODELS[table.name]
    code = request.organization.code
    codes = [code] if own else scope(code, request.access.day)
    rows = request.access.rows(model, withdrawn=True)
    return rows.filter(of_organizations(model, codes))


def is_wide(request: Request) -> bool:
    """Whether anything lies below the organization of the page; asked once a request."""
    known: bool | None = getattr(request, "is_wide", None)
    if known is None:
        below = scope(request.organization.code, request.access.day)
        known = len(below[:2]) > 1
        request.is_wide = known  # type: ignore[attr-defined]
    return known
