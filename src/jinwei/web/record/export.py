"""The own record as a file: a workbook to read, or JSON for machines."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib import import_module
from typing import Any, Final

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jinwei.engine.catalogue import TABLES, Column, Table
from jinwei.members.actions import record_own_export
from jinwei.members.identity import KeyMissing
from jinwei.members.models import Member, Objection
from jinwei.web.guard import Request, signed_in
from jinwei.web.ledgers.words import heading, table_name, value_word
from jinwei.web.members.held import HeldRow, Names, held, names_of, own_rows
from jinwei.web.members.person import GUARDED, plain
from jinwei.web.members.points import Points, points_of

from .readings import readings
from .views import own_member

FILES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_WIDE: Final = 18


@signed_in
@transaction.atomic
def export(request: Request, form: str) -> HttpResponse:
    """Everything that is held about oneself, numbers in full; that it was taken is recorded."""
    if form not in FILES:
        raise Http404(form)
    found = own_member(request)
    day, account = request.access.day, request.access.account.pk
    tables = held(found.code, own_rows)
    points = points_of(found.code, day, {})
    if form == "json":
        said = {
            "member": _roster(found),
            "tables": {name: [_plain(row) for row in rows] for name, rows in tables.items()},
            "points": [_points(one) for one in points],
            "objections": list(_objections(found)),
            "readings": [asdict(one) for one in readings(found.code, account)],
        }
        content = json.dumps(said, ensure_ascii=False, indent=2, default=str).encode()
    else:
        content = _workbook(found, tables, names_of(tables, own_rows), points, account)
    record_own_export(found, form, by=request.access.actor)
    response = HttpResponse(content, content_type=FILES[form])
    name = _("我的记录 %(day)s") % {"day": day}
    file = content_disposition_header(True, f"{name}.{form}")
    response["Content-Disposition"] = file or "attachment"
    return response


def _roster(found: Member) -> dict[str, Any]:
    said = {column.name: getattr(found, column.name, None) for column in TABLES["member"].viewed}
    said["organization"] = found.organization_id
    return said | {name: _number(found, name) for name in GUARDED}


def _number(found: Member, name: str) -> str | None:
    try:
        return plain(found, name) or None
    except KeyMissing:
        return None


def _plain(row: HeldRow) -> dict[str, Any]:
    """A row as data sets hold it: amounts in their units."""
    said: dict[str, Any] = {"row": row.row_id}
    for column in row.table.columns:
        if column.name in row.values:
            value = row.values[column.name]
            said[column.name] = value / 100 if _in_hundredths(column, value) else value
    return said


def _in_hundredths(column: Column, value: object) -> bool:
    return column.kind == "hundredths" and value is not None


def _points(one: Points) -> dict[str, Any]:
    return {
        "standard": one.basis.standard,
        "period": one.basis.period,
        "score": None if one.score is None else one.score / 100,
        "lines": [
            {
                "id": line.id,
                "title": line.title,
                "state": line.state,
                "points": line.points / 100,
                "calculation": [text for part in line.parts for text in part.calculation],
                "rule": line.rule,
                "rows": [{"row": row.row_id, "counted": row.counted} for row in line.rows],
            }
            for line in one.lines
        ],
    }


def _objections(found: Member) -> Iterator[dict[str, Any]]:
    rows = Objection.objects.filter(member=found).prefetch_related("answers").order_by("pk")
    for one in rows:
        yield {
            "line": one.line,
            "text": one.text,
            "opened_at": one.opened_at,
            "escalated_at": one.escalated_at,
            "answers": [
                {"at": a.at, "by": a.account_name, "upheld": a.upheld, "text": a.text}
                for a in one.answers.all()
            ],
        }


# --- the workbook -------------------------------------------------------------------------------


def _workbook(
    found: Member,
    tables: dict[str, tuple[HeldRow, ...]],
    names: Names,
    points: tuple[Points, ...],
    account: int,
) -> bytes:
    book: Any = import_module("openpyxl").Workbook(write_only=True)
    _sheet(book, table_name("member"), (_("项目"), _("内容")), _roster_said(found))
    for one in points:
        reckoned = (
            (line.id, line.title, line.points / 100, _joined(line.parts), line.rule)
            for line in one.lines
        )
        head = (_("指标"), _("名称"), _("积分"), _("怎么算"), _("依据"))
        _sheet(book, _("积分"), head, reckoned)
    for name, rows in tables.items():
        if rows:
            columns = [c for c in TABLES[name].columns if c.name in rows[0].values]
            labels = [heading(TABLES[name], column) for column in columns]
            _sheet(book, table_name(name), labels, (_said(row, columns, names) for row in rows))
    objected = (
        (one["line"], one["text"], one["opened_at"].date(), _texts(one["answers"]))
        for one in _objections(found)
    )
    _sheet(book, _("异议"), (_("所指的记录"), _("您说的"), _("提出"), _("答复")), objected)
    seen = (
        (f"{one.at:%Y-%m-%d %H:%M}", one.name, one.role, one.what, one.reason)
        for one in readings(found.code, account)
    )
    _sheet(book, _("谁看过"), (_("时间"), _("谁"), _("身份"), _("看了什么"), _("为什么")), seen)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _joined(parts: Iterable[Any]) -> str:
    return _("；").join(text for part in parts for text in part.calculation)


def _texts(answers: Iterable[dict[str, Any]]) -> str:
    return _("；").join(answer["text"] for answer in answers)


def _roster_said(found: Member) -> Iterator[tuple[str, str]]:
    table = TABLES["member"]
    for column in table.stored:
        if column.name in GUARDED:
            yield heading(table, column), _number(found, column.name) or "–"
        elif column.name == "organization":
            yield heading(table, column), found.organization.name
        else:
            yield heading(table, column), value_word(table, column, getattr(found, column.name))


def _said(row: HeldRow, columns: list[Column], names: Names) -> tuple[str, ...]:
    return tuple(_cell(row.table, column, row.values[column.name], names) for column in columns)


def _cell(table: Table, column: Column, value: Any, names: Names) -> str:
    if column.refers_to == "organization":
        return names.places.get(str(value), str(value or "–"))
    if column.name in ("member", "with_member"):
        return names.people.get(str(value), str(value or "–"))
    return value_word(table, column, value)


def _sheet(book: Any, title: str, head: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    utils: Any = import_module("openpyxl.utils")
    cell: Any = import_module("openpyxl.cell").WriteOnlyCell
    styles: Any = import_module("openpyxl.styles")
    paper = book.create_sheet(title[:31])
    paper.freeze_panes = "A2"
    for at in range(1, len(head) + 1):
        paper.column_dimensions[utils.get_column_letter(at)].width = _WIDE
    made = [cell(paper, value=text) for text in head]
    for one in made:
        one.font = styles.Font(bold=True)
    paper.append(made)
    for row in rows:
        paper.append([_text(cell, paper, value) for value in row])


def _text(cell: Any, paper: Any, value: Any) -> Any:
    """Texts stay texts: nothing that a spreadsheet would reckon."""
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, dt.date) else value
    one = cell(paper, value=value)
    one.data_type = "s"
    return one
