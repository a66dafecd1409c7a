"""``jinwei import`` and ``jinwei rotate-identity-keys``, as far as numbers go."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from jinwei.cli import main
from jinwei.members.actions import keep_number
from jinwei.members.models import Member
from jinwei.organizations.models import Organization

pytestmark = pytest.mark.django_db
NUMBER = "11010519491231002X"
DATA = """
organization:
  - {code: A, name: 甲, kind: branch}
member:
  - {code: P1, name: 王建国, organization: A, status: full, id_number: 11010519491231002X}
  - {code: P2, name: 李红, organization: A, status: full, id_number: "110105194912310021"}
"""


def test_an_import_tells_which_numbers_it_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "data.yaml"
    file.write_text(DATA, encoding="utf-8")
    assert main(["import", str(file), "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "1 个公民身份号码没有导入" in told
    assert "第 2 行（P2）" in told
    assert "校验码不符" in told
    assert "110105194912310021" not in told


def test_keys_are_rotated_from_the_terminal(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.IDENTITY_KEYS = "first"
    branch = Organization.objects.create(code="A", name="A", kind="branch")
    member = Member(code="M", organization=branch, status="full")
    keep_number(member, NUMBER)
    member.save()
    settings.IDENTITY_KEYS = "second first"
    assert main(["rotate-identity-keys", "--lang", "en"]) == 0
    assert "1 identity numbers are now sealed" in capsys.readouterr().out
    settings.IDENTITY_KEYS = "third"
    assert main(["rotate-identity-keys", "--lang", "zh"]) == 2
    assert "M。请先把旧密钥放回去" in capsys.readouterr().err
