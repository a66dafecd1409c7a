"""Files that somebody takes away: what they are, and the answer that carries one."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from jinwei.audit.actions import record
from jinwei.ledgers.export import Sheet, comma_separated, workbook

from .guard import Request

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: Final = {"xlsx": WORKBOOK, "csv": "text/csv; charset=utf-8"}
"""How a list can be written."""


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """An answer that is saved under a name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def taken(
    request: Request,
    sheet: Sheet,
    form: str,
    *,
    table: str,
    organization: str | None,
    narrowed: str,
) -> HttpResponse:
    """A list that leaves as a file, and the entry of it; ``narrowed``: which list, in words.

    Raises Http404 for a form that there is not.
    """
    if form not in FILES:
        raise Http404(form)
    record(
        by=request.access.actor,
        act="exported",
        table=table,
        organization=organization,
        after={"form": form, "rows": len(list(sheet.rows)), "narrowed": narrowed},
    )
    return list_file(sheet, form)


def list_file(sheet: Sheet, form: str) -> HttpResponse:
    """A list as a workbook or as comma-separated text."""
    content = workbook(sheet) if form == "xlsx" else comma_separated(sheet)
    return download(content, f"{sheet.title}.{form}", FILES[form])
