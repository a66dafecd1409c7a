"""Papers of rows: what is taken, by its bytes and not its name, and how it is kept."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from jinwei.audit.actions import Actor
from jinwei.audit.models import Entry
from jinwei.ledgers.attachments import (
    NotTaken,
    attach,
    attachment_counts,
    attachments_of,
    content_type,
    withdraw_attachment,
)
from jinwei.ledgers.models import Attachment

BY = Actor(7, "某人")


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "papers"
    return tmp_path / "papers"


def office(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in parts:
            archive.writestr(zipfile.ZipInfo(part), "x")  # no time of day: bytes name the test
    return out.getvalue()


DOCX = office("[Content_Types].xml", "word/document.xml")
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40
TAKEN = [
    ("纪要.pdf", b"%PDF-1.7\n...", "application/pdf", "纪要.pdf"),
    ("记录.docx", DOCX, "wordprocessingml.document", "记录.docx"),
    ("表.xlsx", office("[Content_Types].xml", "xl/workbook.xml"), "spreadsheetml.sheet", "表.xlsx"),
    ("片.pptx", office("[Content_Types].xml", "ppt/presentation.xml"), "presentation", "片.pptx"),
    ("照片.JPG", JPEG, "image/jpeg", "照片.JPG"),
    ("图.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "image/png", "图.png"),
    ("IMG.heic", b"\0\0\0\x18ftypheic" + b"\0" * 20, "image/heic", "IMG.heic"),
    ("说明.txt", "今年的计划".encode(), "text/plain", "说明.txt"),
    ("说明.txt", "今年的计划".encode("gb18030"), "text/plain", "说明.txt"),
    ("照片.exe", JPEG, "image/jpeg", "照片.exe.jpg"),
    ("C:\\文件\\纪要\u202efdp.pdf", b"%PDF-1.4", "application/pdf", "纪要fdp.pdf"),
    ("../../etc/passwd", b"%PDF-1.4", "application/pdf", "passwd.pdf"),
    ("无后缀", b"%PDF-1.4", "application/pdf", "无后缀.pdf"),
]
REFUSED = [
    ("空.pdf", b"", "是空的"),
    ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20, "旧的 Office 格式"),
    ("一批.zip", office("a.txt"), "压缩包或带宏"),
    ("一批.docx", office("a.txt"), "压缩包或带宏"),
    ("宏.docx", office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "带宏"),
    ("断.docx", DOCX[:30], "压缩包或带宏"),
    ("页.pdf", b"<html><script>alert(1)</script>", "认不出来"),
    ("页.txt", b"  <!doctype html>", "认不出来"),
    ("程序.jpg", b"MZ\x90\0\x03", "认不出来"),
    ("脚本.txt", b"#!/bin/sh\n", "认不出来"),
    ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "认不出来"),
]


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def kept(*files: SimpleUploadedFile) -> list[Attachment]:
    return attach(list(files), table="meeting", row_id="H1", organization="A", by=BY)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "content", "kind", "shown"), TAKEN)
def test_a_file_is_what_its_bytes_are(name: str, content: bytes, kind: str, shown: str) -> None:
    [one] = kept(sent(name, content))
    assert kind in one.content_type
    assert one.name == shown
    assert (one.bytes, one.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    with default_storage.open(one.path) as stored:
        assert stored.read() == content


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "content", "said"), REFUSED)
def test_what_is_not_taken_is_told_with_the_way_out(
    name: str, content: bytes, said: str, store: Path
) -> None:
    with pytest.raises(NotTaken, match=said):
        kept(sent("好.pdf", b"%PDF-1.4"), sent(name, content))
    assert not Attachment.objects.exists(), "all of them or none"
    assert not [path for path in store.rglob("*") if path.is_file()]


def test_a_file_may_be_only_so_large(settings: Any) -> None:
    settings.ATTACHMENT_BYTES = 3 * 1024 * 1024
    with pytest.raises(NotTaken, match=r"有 4 MB，单个文件最多 3 MB"):
        content_type(sent("大.pdf", b"%PDF-" + b"\0" * (4 * 1024 * 1024)))
    assert content_type(sent("小.pdf", b"%PDF-" + b"\0" * 1024)) == "application/pdf"


@pytest.mark.django_db
def test_a_file_lies_under_no_name_of_its_own(store: Path) -> None:
    [one] = kept(sent("纪要.pdf", b"%PDF-1.7"))
    [path] = [path for path in store.rglob("*") if path.is_file()]
    assert path.name == one.uuid.hex
    assert path.parent.name == one.uuid.hex[:2]


@pytest.mark.django_db
def test_coming_and_going_are_on_record() -> None:
    [one, _other] = kept(sent("a.pdf", b"%PDF-1"), sent("b.pdf", b"%PDF-2"))
    assert [paper.name for paper in attachments_of("meeting", "H1")] == ["a.pdf", "b.pdf"]
    assert attachment_counts("meeting", ["H1", "H2"]) == {"H1": 2}
    withdraw_attachment(one, by=BY)
    withdraw_attachment(one, by=BY)
    assert [paper.name for paper in attachments_of("meeting", "H1")] == ["b.pdf"]
    assert default_storage.exists(one.path), "withdrawn, not lost"
    entries = Entry.objects.order_by("pk")
    assert [(e.act, e.row, e.account) for e in entries] == [
        ("attached", "H1", 7),
        ("attached", "H1", 7),
        ("detached", "H1", 7),
    ]
    assert entries[0].after["name"] == "a.pdf"
    assert entries[0].organization == "A"


@pytest.mark.django_db
def test_the_same_paper_is_kept_once() -> None:
    [one] = kept(sent("a.pdf", b"%PDF-1"))
    with pytest.raises(NotTaken, match=r"“b\.pdf”和已有的“a\.pdf”内容一样"):
        kept(sent("b.pdf", b"%PDF-1"))
    with pytest.raises(NotTaken, match="内容一样"):
        kept(sent("c.pdf", b"%PDF-3"), sent("d.pdf", b"%PDF-3"))
    withdraw_attachment(one, by=BY)
    assert kept(sent("b.pdf", b"%PDF-1"))


@pytest.mark.django_db
def test_files_of_a_failed_upload_do_not_stay(store: Path, monkeypatch: Any) -> None:
    def broken(self: Attachment, *_: Any, **__: Any) -> None:
        raise OSError("full")

    monkeypatch.setattr(Attachment, "save", broken)
    with pytest.raises(OSError, match="full"):
        kept(sent("a.pdf", b"%PDF-1"))
    assert not [path for path in store.rglob("*") if path.is_file()]
