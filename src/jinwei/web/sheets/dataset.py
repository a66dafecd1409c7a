"""Everything of an organization and below as a portable data set."""

from __future__ import annotations

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.audit.actions import record
from jinwei.datasets.dataset import Dataset
from jinwei.datasets.write import Form, Headings, write_dataset
from jinwei.engine.catalogue import TABLES
from jinwei.ledgers.subtree import Extract, extract
from jinwei.members.actions import record_export
from jinwei.members.identity import KeyMissing
from jinwei.web.downloads import WORKBOOK, download
from jinwei.web.guard import Request, needs
from jinwei.web.members.person import role_of

from .books import standing_rows

FORMS: Final[dict[str, tuple[str, str]]] = {
    "workbook": ("xlsx", WORKBOOK),
    "csv": ("zip", "application/zip"),
    "parquet": ("zip", "application/zip"),
    "yaml": ("yaml", "application/yaml"),
}
"""The forms of a data set: how its file ends, and what it is."""
_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The same rows give the same bytes, whenever they are written."""


@needs(Act.MEMBERS)
@transaction.atomic
def dataset(request: Request, org: str, form: str) -> HttpResponse:
    """The file; posted with a reason, guarded columns are in it, for whoever may see them."""
    if form not in FORMS:
        raise Http404(form)
    guarded = request.method == "POST"
    reason = request.POST.get("reason", "").strip()
    if guarded and not request.access.may(Act.GUARDED, org):
        raise PermissionDenied(Act.GUARDED)
    if guarded and not reason:
        messages.error(request, _("没有导出：请写一句为什么要导出号码。"))
        return redirect("sheets:sheets", org)
    try:
        found = extract(standing_rows(request), guarded=guarded)
    except KeyMissing:
        messages.error(request, _("没有导出：封存身份号码的密钥不在了，号码读不出来。"))
        return redirect("sheets:sheets", org)
    asked = request.POST if guarded else request.GET
    headings: Headings = "zh" if asked.get("headings") == "zh" else "en"
    content = content_of(found.dataset, cast(Form, form), headings)
    _record(request, found, form, guarded, reason)
    name = _("%(name)s数据 %(day)s") % {
        "name": request.organization.name,
        "day": request.access.day,
    }
    ending, kind = FORMS[form]
    return download(content, f"{name}.{ending}", kind)


def content_of(found: Dataset, form: Form, headings: Literal["en", "zh"]) -> bytes:
    """The data set as one file; folders are packed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"dataset.{FORMS[form][0]}"
        if form in ("workbook", "yaml"):
            write_dataset(found, path, form=form, headings=headings)
            return path.read_bytes()
        inside = Path(folder) / "dataset"
        write_dataset(found, inside, form=form, headings=headings)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(inside.iterdir()):
                packed.writestr(_entry(file.name), file.read_bytes())
        return path.read_bytes()


def _entry(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, _NO_DAY)
    found.compress_type = zipfile.ZIP_DEFLATED
    return found


def _record(request: Request, found: Extract, form: str, guarded: bool, reason: str) -> None:
    """Once that the whole was taken, and once for each member in it."""
    org, by = request.organization.code, request.access.actor
    rows = sum(map(len, found.dataset.tables.values()))
    after = {"form": form, "rows": rows, "left_out": dict(found.left_out)}
    record(by=by, act="exported", table="dataset", organization=org, after=after, reason=reason)
    columns = TABLES["member"].stored
    code = [column.name for column in columns].index("code")
    record_export(
        [str(row[code]) for row in found.dataset.rows("member")],
        by=by,
        role=role_of(request.access),
        organization=org,
        columns=[column.name for column in columns if guarded or not column.guarded],
        reason=reason,
    )
