"""Papers attached to rows: what may be attached, how it is kept, and its withdrawal."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from django.conf import settings
from django.core.files import uploadedfile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.audit.actions import Actor, record

from .models.attachments import Attachment

if TYPE_CHECKING:
    UploadedFile: TypeAlias = uploadedfile.UploadedFile[Any]
else:
    UploadedFile = uploadedfile.UploadedFile

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
SUFFIXES: Final = {
    "application/pdf": (".pdf",),
    f"{_OFFICE}wordprocessingml.document": (".docx",),
    f"{_OFFICE}spreadsheetml.sheet": (".xlsx",),
    f"{_OFFICE}presentationml.presentation": (".pptx",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/heic": (".heic", ".heif"),
    "text/plain": (".txt", ".md", ".csv"),
}
"""What may be attached, and how the names of such files end."""
WORDS: Final = gettext_lazy(
    "PDF、Word（docx）、Excel（xlsx）、PowerPoint（pptx）、照片（jpg、png、heic）和文本（txt）"
)
_PARTS: Final = {
    "word/document.xml": f"{_OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OFFICE}presentationml.presentation",
}
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"))
_SEPARATORS: Final = re.compile(r"[\\/]")
_LONGEST_NAME: Final = 120
_LOOKED_AT: Final = 64 * 1024


class NotTaken(Exception):
    """A file that is not taken, with the reason and the way out in a sentence."""


def attach(
    files: Sequence[UploadedFile],
    *,
    table: str,
    row_id: str,
    organization: str,
    by: Actor,
    member: str | None = None,
) -> list[Attachment]:
    """Keep files beside a row: all of them, or :class:`NotTaken` for the first bad one."""
    kinds = [content_type(file) for file in files]
    digests = [_digest(file) for file in files]
    _refuse_twice(files, digests, attachments_of(table, row_id))
    kept: list[Attachment] = []
    try:
        with transaction.atomic():
            for file, kind, digest in zip(files, kinds, digests, strict=True):
                one = Attachment(
                    uuid=uuid.uuid4(),
                    table=table,
                    row_id=row_id,
                    organization=organization,
                    name=_name(file, kind),
                    content_type=kind,
                    bytes=file.size or 0,
                    sha256=digest,
                    uploaded_by=by.account,
                    uploaded_by_name=by.name,
                )
                kept.append(one)
                default_storage.save(one.path, file)
                one.save()
                _record("attached", one, by, member)
    except BaseException:
        for one in kept:
            default_storage.delete(one.path)
        raise
    return kept


@transaction.atomic
def withdraw_attachment(one: Attachment, *, by: Actor, member: str | None = None) -> None:
    """Show a paper to nobody any more; its file stays."""
    taken = Attachment.objects.filter(pk=one.pk, withdrawn_at=None)
    if taken.update(withdrawn_at=timezone.now()):
        _record("detached", one, by, member)


def attachments_of(table: str, row_id: str) -> QuerySet[Attachment]:
    """The papers of a row, in order of their coming."""
    return Attachment.objects.filter(table=table, row_id=row_id, withdrawn_at=None).order_by("pk")


def attachment_counts(table: str, row_ids: Iterable[str]) -> dict[str, int]:
    """How many papers each of these rows has; rows without any are left out."""
    rows = Attachment.objects.filter(table=table, row_id__in=list(row_ids), withdrawn_at=None)
    return dict(rows.values_list("row_id").annotate(n=Count("pk")).order_by())


def content_type(file: UploadedFile) -> str:
    """What the bytes of a file are. Raises :class:`NotTaken`."""
    name = file.name or ""
    if not file.size:
        raise NotTaken(_("“%(name)s”是空的，里面没有内容。") % {"name": name})
    if file.size > settings.ATTACHMENT_BYTES:
        raise NotTaken(
            _("“%(name)s”有 %(size)s MB，单个文件最多 %(most)s MB。可以压缩图片或分成几份。")
            % {
                "name": name,
                "size": _megabytes(file.size),
                "most": _megabytes(settings.ATTACHMENT_BYTES),
            }
        )
    file.seek(0)
    head = file.read(_LOOKED_AT)
    file.seek(0)
    kind = _sniffed(head, file)
    file.seek(0)
    if kind is None:
        raise NotTaken(_refusal(name, head))
    return kind


def _sniffed(head: bytes, file: UploadedFile) -> str | None:
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[4:8] == b"ftyp" and head[8:12] in _PICTURES:
        return "image/heic"
    if head.startswith(b"PK\x03\x04"):
        return _office(file)
    return "text/plain" if _is_text(head) else None


def _office(file: Any) -> str | None:
    """Which office document an archive is; none with programs in it, and no other archive."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    if "[Content_Types].xml" not in parts or any("vbaproject" in p.lower() for p in parts):
        return None
    return next((kind for part, kind in _PARTS.items() if part in parts), None)


def _is_text(head: bytes) -> bool:
    """Whether bytes are text in an encoding of the field, and no page or program in disguise."""
    if any(byte < 32 and byte not in (9, 10, 12, 13) for byte in head):
        return False
    if head.lstrip().lower().startswith((b"<", b"#!")):
        return False
    return any(_decodes(head, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(head: bytes, encoding: str) -> bool:
    """Whether it decodes; the last character may have been cut."""
    for cut in range(4):
        try:
            head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _refusal(name: str, head: bytes) -> str:
    if head.startswith(_OLD_OFFICE):
        return _("“%(name)s”是旧的 Office 格式。请另存为 docx、xlsx 或 PDF 再上传。") % {
            "name": name
        }
    if head.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf")):
        return _("“%(name)s”是压缩包或带宏的文件，看不到里面的内容。请把里面的文件逐个上传。") % {
            "name": name
        }
    return _("“%(name)s”的内容认不出来。可以上传：%(kinds)s。") % {"name": name, "kinds": WORDS}


def _refuse_twice(
    files: Sequence[UploadedFile], digests: Sequence[str], kept: QuerySet[Attachment]
) -> None:
    """The same bytes lie beside a row once."""
    known = dict(kept.values_list("sha256", "name"))
    for file, digest in zip(files, digests, strict=True):
        if digest in known:
            said = {"name": file.name, "other": known[digest]}
            raise NotTaken(_("“%(name)s”和已有的“%(other)s”内容一样，不用再传。") % said)
        known[digest] = file.name or ""


def _name(file: UploadedFile, kind: str) -> str:
    """The name as people see it: no path, nothing invisible, an ending that says what it is."""
    last = _SEPARATORS.split(file.name or "")[-1]
    clean = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, suffix = clean.rpartition(".")
    endings = SUFFIXES[kind]
    if dot and f".{suffix.lower()}" in endings:
        return f"{stem[:_LONGEST_NAME]}.{suffix}"
    return f"{clean[:_LONGEST_NAME] or _('材料')}{endings[0]}"


def _digest(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")


def _record(act: str, one: Attachment, by: Actor, member: str | None) -> None:
    said = {"name": one.name, "bytes": one.bytes, "sha256": one.sha256}
    record(
        by=by,
        act=act,
        table=one.table,
        row=one.row_id,
        organization=one.organization,
        member=member,
        before=said if act == "detached" else None,
        after=said if act == "attached" else None,
    )
