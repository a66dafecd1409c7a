"""The user's own sheet once more, with what is wrong as comments at the cells."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jinwei.books.grid import Cell, Error, Ruined, Unreckoned
from jinwei.imports.kinds import sentence
from jinwei.imports.models import Batch, Found
from jinwei.imports.sealing import unpack
from jinwei.imports.store import grid_of
from jinwei.web.guard import Request, needs

from .finding import ACTS, batch_of, in_english
from .grid import text_of

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLOURS: Final = {"fault": "FFFDECEB", "ask": "FFFDF3DC", "note": "FFEEF0F2"}
_FORMULA: Final = ("=", "+", "-", "@")


@needs(*ACTS)
def marked(request: Request, org: str, batch: uuid.UUID) -> HttpResponse:
    """The sheet with its lines where they stood; formulas and macros of the file are gone."""
    found = batch_of(request, batch)
    if not found.sheets or not found.chunks.exists():
        raise Http404(batch)
    response = HttpResponse(_workbook(found), content_type=_TYPE)
    stem = found.file_name.rpartition(".")[0] or found.file_name
    name = _("%(name)s（带批注）.xlsx") % {"name": stem}
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _workbook(found: Batch) -> bytes:
    openpyxl: Any = import_module("openpyxl")
    comments: Any = import_module("openpyxl.comments")
    book = openpyxl.Workbook(write_only=True)
    grid = grid_of(found)
    sheet = book.create_sheet(grid.name[:31] or "Sheet1")
    fills = {
        weight: openpyxl.styles.PatternFill("solid", fgColor=colour)
        for weight, colour in _COLOURS.items()
    }
    new: Any = openpyxl.cell.WriteOnlyCell
    said = _troubles(found)
    last = 0
    for line in grid.lines:
        for _blank in range(last + 1, line.number):
            sheet.append([])
        last = line.number
        troubles = said.pop(line.number, {})
        cells = [new(sheet, value=_plain(cell)) for cell in line.cells]
        cells += [new(sheet) for _more in range(len(cells), max(troubles, default=-1) + 1)]
        for at, (weight, text) in troubles.items():
            cells[at].fill = fills[weight]
            cells[at].comment = comments.Comment(text, "Jinwei", width=320, height=120)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _troubles(found: Batch) -> dict[int, dict[int, tuple[str, str]]]:
    """By line and column; what is about a whole line stands at its first cell."""
    marks: dict[int, dict[int, tuple[str, str]]] = {}
    for row in _rows(found):
        facts, _repair = unpack(row.sealed) if row.sealed else ({}, None)
        text = sentence(row.kind, facts, english=in_english())
        at = row.column or 0
        of_line = marks.setdefault(row.line, {})
        weight, before = of_line.get(at, (row.weight, ""))
        of_line[at] = (weight, f"{before}\n{text}".strip())
    return marks


def _rows(found: Batch) -> Iterator[Found]:
    return Found.objects.filter(batch=found).order_by("pk").iterator(chunk_size=2000)


def _plain(cell: Cell) -> Any:
    """A value that no spreadsheet reckons."""
    if isinstance(cell, Error | Unreckoned | Ruined):
        cell = text_of(cell)
    if isinstance(cell, str):
        kept = "".join(c for c in cell if c in "\t\n" or ord(c) >= 32)
        return f"'{kept}" if kept.startswith(_FORMULA) else kept
    return cell
