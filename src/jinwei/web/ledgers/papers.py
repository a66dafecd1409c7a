"""Papers of a record: uploading, opening and withdrawing them."""

from __future__ import annotations

import uuid
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jinwei.accounts.acts import Act
from jinwei.ledgers.attachments import NotTaken, attach, withdraw_attachment
from jinwei.ledgers.lists import find_row
from jinwei.ledgers.models import FACT_MODELS, Attachment
from jinwei.organizations.facts import FactModel
from jinwei.web.guard import Request, needs
from jinwei.web.phrases import sentences

from .listing import record_url
from .rights import may_write
from .rows import to_change, whose

_SHOWN: Final = frozenset(("image/jpeg", "image/png"))
"""What a browser shows by itself; the rest is taken away as a file."""
_SANDBOX: Final = "sandbox; default-src 'none'; img-src 'self'"
_HINT: Final = "told-pictures"
"""In the session: that photographs are not needed has been said."""


@needs(Act.RECORD, Act.JUDGE)
@require_POST
def attach_papers(request: Request, org: str, name: str, row_id: str) -> HttpResponse:
    """Keeps the files sent beside a record."""
    found = to_change(request, name, row_id)
    here = record_url(org, name, row_id) + "#papers"
    files = request.FILES.getlist("files")
    if not files:
        messages.warning(request, _("没有上传：还没有选文件。"))
        return redirect(here)
    try:
        kept = attach(
            files,
            table=name,
            row_id=found.row.row_id,
            organization=found.organization,
            by=request.access.actor,
            member=found.member,
        )
    except NotTaken as fault:
        messages.error(request, _("没有上传。%(fault)s") % {"fault": fault})
        return redirect(here)
    n = len(kept)
    said = ngettext("已上传 %(n)d 份材料。", "已上传 %(n)d 份材料。", n) % {"n": n}
    if any(paper.is_picture for paper in kept) and not request.session.get(_HINT):
        request.session[_HINT] = True
        said = sentences(said, _("照片不是必需的，拍到人脸的更不必传。"))
    messages.success(request, said)
    return redirect(here)


@needs(Act.MEMBERS)
def attachment(request: Request, paper: uuid.UUID) -> HttpResponseBase:
    """One paper, for whoever may see its record and the persons it may name."""
    found, row = _paper(request, paper)
    organization, _member = whose(row)
    if not request.access.may(Act.MEMBERS, organization):
        raise PermissionDenied(Act.MEMBERS)
    shown = found.content_type in _SHOWN
    try:
        file = default_storage.open(found.path)
    except FileNotFoundError:
        raise Http404(found.path) from None
    response = FileResponse(
        file, as_attachment=not shown, filename=found.name, content_type=found.content_type
    )
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


@needs(Act.RECORD, Act.JUDGE)
@require_POST
def detach(request: Request, paper: uuid.UUID) -> HttpResponse:
    """Shows a paper to nobody any more."""
    found, row = _paper(request, paper)
    organization, member = whose(row)
    if not may_write(request, found.table, organization):
        raise PermissionDenied(Act.RECORD)
    withdraw_attachment(found, by=request.access.actor, member=member)
    messages.success(request, _("已撤下“%(name)s”。") % {"name": found.name})
    return redirect(record_url(organization, found.table, found.row_id) + "#papers")


def _paper(request: Request, paper: uuid.UUID) -> tuple[Attachment, FactModel]:
    """A paper with its row, if the account sees that. Raises Http404."""
    found = Attachment.objects.filter(uuid=paper, withdrawn_at=None).first()
    model = FACT_MODELS.get(found.table) if found is not None else None
    if found is None or model is None:
        raise Http404(paper)
    row = find_row(request.access.rows(model, withdrawn=True), found.row_id)
    if row is None:
        raise Http404(paper)
    return found, row
