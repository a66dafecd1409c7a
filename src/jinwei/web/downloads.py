"""Files that somebody takes away: what they are, and the answer that carries one."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from jinwei.ledgers.export import Sheet, comma_separated, workbook

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: Final = {"xlsx": WORKBOOK, "csv": "text/csv; charset=utf-8"}
"""How a list can be written."""


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """An answer that is saved under a name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def list_file(sheet: Sheet, form: str) -> HttpResponse:
    """A list as a workbook or as comma-separated text."""
    content = workbook(sheet) if form == "xlsx" else comma_separated(sheet)
    return download(content, f"{sheet.title}.{form}", FILES[form])
