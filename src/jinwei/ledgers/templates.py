"""Keeping templates: their file and mapping, and their withdrawal; each is recorded."""

from __future__ import annotations

import hashlib
import uuid

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from jinwei.audit.actions import Actor, record

from .attachments import UploadedFile
from .filled.mapping import Mapping
from .models import Template


def keep_template(
    file: UploadedFile, name: str, organization: str, source: str, mapping: Mapping, *, by: Actor
) -> Template:
    """Keep a workbook that was checked, with what its columns are proposed to be."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    one = Template(
        uuid=uuid.uuid4(),
        organization_id=organization,
        name=name,
        source=source,
        mapping=mapping.kept(),
        bytes=file.size or 0,
        sha256=digest.hexdigest(),
        uploaded_by=by.account,
        uploaded_by_name=by.name,
    )
    try:
        with transaction.atomic():
            default_storage.save(one.path, file)
            one.save()
            _record("entered", one, by)
    except BaseException:
        default_storage.delete(one.path)
        raise
    return one


@transaction.atomic
def map_template(one: Template, source: str, mapping: Mapping, *, by: Actor) -> None:
    """Say anew where rows, columns and cells come from."""
    one.source, one.mapping = source, mapping.kept()
    one.save(update_fields=["source", "mapping"])
    _record("corrected", one, by)


@transaction.atomic
def withdraw_template(one: Template, *, by: Actor) -> None:
    """Show a template to nobody any more; its file stays."""
    taken = Template.objects.filter(pk=one.pk, withdrawn_at=None)
    if taken.update(withdrawn_at=timezone.now()):
        _record("withdrawn", one, by)


def _record(act: str, one: Template, by: Actor) -> None:
    said = {"name": one.name, "source": one.source, "sha256": one.sha256}
    record(
        by=by,
        act=act,
        table="template",
        row=str(one.uuid),
        organization=one.organization_id,
        after=said if act != "withdrawn" else None,
        before=said if act == "withdrawn" else None,
    )
