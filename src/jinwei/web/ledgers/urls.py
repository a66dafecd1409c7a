"""Addresses of the ledgers and of the papers attached to them."""

from __future__ import annotations

from django.urls import path, register_converter

from . import correcting, entering, months, papers, rows, tables, views, withdrawing


class Form:
    """How an export is written."""

    regex = "xlsx|csv"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Form, "export_form")

app_name = "ledgers"
_TABLE = "ledgers/<code:org>/<slug:name>/"
_ROW = f"{_TABLE}<path:row_id>/"

urlpatterns = [
    path("ledgers/<code:org>/", tables.tables, name="tables"),
    path("ledgers/<code:org>/undo/", withdrawing.undo, name="undo"),
    path("ledgers/<code:org>/dues/month/", months.month, name="month"),
    path(_TABLE, views.table, name="table"),
    path(f"{_TABLE}export.<export_form:form>", views.export, name="export"),
    path(f"{_TABLE}new/", entering.new, name="new"),
    path(f"{_ROW}correct/", correcting.correct_record, name="correct"),
    path(f"{_ROW}withdraw/", withdrawing.withdraw_record, name="withdraw"),
    path(f"{_ROW}restore/", withdrawing.restore_record, name="restore"),
    path(f"{_ROW}papers/", papers.attach_papers, name="attach"),
    path(_ROW, rows.record, name="record"),
    path("attachments/<uuid:paper>/", papers.attachment, name="attachment"),
    path("attachments/<uuid:paper>/withdraw/", papers.detach, name="detach"),
]
