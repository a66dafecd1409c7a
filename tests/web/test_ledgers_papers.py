"""Papers of records on the web: uploading, opening, withdrawing, and who may."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinwei.audit.models import Entry
from jinwei.ledgers.models import Attachment

from .test_ledgers_entry import ClientAs, text, told

H5 = "/ledgers/TJ01/meeting/H5/"
PDF = b"%PDF-1.7 a paper"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def upload(client: Client, *files: tuple[str, bytes], url: str = H5) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(f"{url}papers/", {"files": sent})


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_papers_are_kept_beside_a_record(client_as: ClientAs) -> None:
    client = client_as("secretary")
    answer = upload(client, ("纪要.pdf", PDF), ("签到.png", PNG))
    assert answer["Location"] == f"{H5}#papers"
    said = text(client.get(H5))
    for word in (
        "已上传 2 份材料。",
        "照片不是必需的",
        "材料 2 份",
        "纪要.pdf",
        "上传材料 支部书记某",
    ):
        assert word in said
    assert "2 份" in text(client.get("/ledgers/TJ01/meeting/"))
    assert "缺材料 4" in text(client.get("/ledgers/TJ01/meeting/"))
    upload(client, ("又一张.png", PNG + b"2"))
    assert "照片不是必需的" not in told(client, H5), "said once"


def test_what_is_not_taken_is_said(client_as: ClientAs) -> None:
    client = client_as("secretary")
    upload(client, ("纪要.pdf", PDF), ("包.zip", b"PK\x03\x04 nothing"))
    assert "没有上传。“包.zip”是压缩包" in told(client, H5)
    upload(client)
    assert "还没有选文件" in told(client, H5)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "sent", "kind", "disposition"),
    [
        ("纪要.pdf", PDF, "application/pdf", "attachment"),
        ("签到.png", PNG, "image/png", "inline"),
        ("说明.txt", b"plain words", "text/plain", "attachment"),
    ],
)
def test_a_paper_is_handed_out_harmless(
    client_as: ClientAs, name: str, sent: bytes, kind: str, disposition: str
) -> None:
    client = client_as("secretary")
    upload(client, (name, sent))
    answer: Any = client.get(f"/attachments/{Attachment.objects.get().uuid}/")
    assert answer.status_code == 200
    assert content(answer) == sent
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"].startswith(disposition)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("secretary", 200),
        ("staff", 200),
        ("inspector", 200),
        ("work_committee", 200),
        ("auditor", 403),
        ("administrator", 403),
        ("member", 403),
    ],
)
def test_who_may_open_a_paper(client_as: ClientAs, role: str, status: int) -> None:
    upload(client_as("secretary"), ("纪要.pdf", PDF))
    url = f"/attachments/{Attachment.objects.get().uuid}/"
    answer: Any = client_as(role).get(url)
    assert answer.status_code == status
    if status == 200:
        content(answer)


def test_papers_of_others_are_not_there(client_as: ClientAs) -> None:
    from jinwei.ledgers.models import Meeting

    Meeting.objects.create(code="X1", organization_id="CZ01", kind="study")
    committee = client_as("work_committee")
    upload(committee, ("纪要.pdf", PDF), url="/ledgers/CZ01/meeting/X1/")
    url = f"/attachments/{Attachment.objects.get().uuid}/"
    client = client_as("secretary")
    assert client.get(url).status_code == 404
    assert client.post(f"{url}withdraw/").status_code == 404
    assert client.get(f"/attachments/{uuid.uuid4()}/").status_code == 404
    assert upload(client, ("a.pdf", PDF), url="/ledgers/CZ01/meeting/X1/").status_code == 404


def test_names_of_papers_are_for_whoever_may_see_persons(client_as: ClientAs) -> None:
    upload(client_as("secretary"), ("刘洋的检查.pdf", PDF))
    said = text(client_as("auditor").get("/ledgers/GW/meeting/H5/"))
    assert "材料 1 份" in said
    assert "刘洋" not in said


def test_a_paper_is_withdrawn(client_as: ClientAs) -> None:
    client = client_as("secretary")
    upload(client, ("纪要.pdf", PDF))
    url = f"/attachments/{Attachment.objects.get().uuid}/"
    assert client_as("inspector").post(f"{url}withdraw/").status_code == 403
    assert client.get(f"{url}withdraw/").status_code == 405
    assert client.post(f"{url}withdraw/")["Location"] == f"{H5}#papers"
    assert client.get(url).status_code == 404
    said = text(client.get(H5))
    assert "材料 0 份" in said
    assert "撤下材料 支部书记某 · 纪要.pdf" in said
    assert Entry.objects.filter(act="detached").count() == 1


@pytest.mark.parametrize("role", ["inspector", "auditor", "member"])
def test_who_may_not_record_uploads_nothing(client_as: ClientAs, role: str) -> None:
    assert upload(client_as(role), ("a.pdf", PDF)).status_code in (403, 404)
    assert not Attachment.objects.exists()


def test_a_file_that_is_lost_is_not_found(client_as: ClientAs, tmp_path: Path) -> None:
    client = client_as("secretary")
    upload(client, ("纪要.pdf", PDF))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()
    assert client.get(f"/attachments/{Attachment.objects.get().uuid}/").status_code == 404
