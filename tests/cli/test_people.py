"""``jinwei init``, ``invite`` and ``reset-password``, as somebody at a terminal meets them."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from .house import House

_ACCOUNTS = """
SELECT name, coalesce(member_id, 'None'), (
  SELECT coalesce(group_concat(role || '@' || organization_id), '') FROM accounts_role
  WHERE account_id = accounts_account.id
), CASE WHEN password LIKE '!%' THEN 'False' ELSE 'True' END,
CASE must_change_password WHEN 0 THEN 'False' ELSE 'True' END
FROM accounts_account ORDER BY id
"""
_ACTS = "SELECT act FROM audit_entry ORDER BY id"
_ROOT = ("--root-code", "GW", "--root-name", "市直机关工委")
_ADMIN = ("init", "zhao", "--shown-name", "赵敏")


def accounts(house: House) -> list[str]:
    """A line each account, and one of all that is on record."""
    with closing(sqlite3.connect(house.home / "jinwei.sqlite3")) as database:
        lines = [" ".join(map(str, row)) for row in database.execute(_ACCOUNTS)]
        return [*lines, " ".join(act for (act,) in database.execute(_ACTS))]


@pytest.fixture
def house(tmp_path: Path, settle: Callable[[Path], None]) -> House:
    """Where ``migrate`` has run."""
    settle(tmp_path / "home")
    return House(tmp_path / "home")


def test_the_first_administrator_comes_with_the_first_organization(house: House) -> None:
    told = house.told(*_ADMIN, *_ROOT, "--address", "https://jinwei.example.cn/")
    assert "“zhao” is now administrator of “市直机关工委”" in told
    assert re.search(r"https://jinwei\.example\.cn/invitations/[\w-]{43}/", told)
    account, acts = accounts(house)
    assert account == "zhao None administrator@GW False False"
    assert acts == "entered role_given"
    again = house.refused("init", "qian", "--shown-name", "钱某")
    assert "There is an administrator already: zhao" in again
    assert "jinwei reset-password zhao" in again


def test_a_password_from_the_environment_must_be_changed_at_once(house: House) -> None:
    weak = house.refused(*_ADMIN, *_ROOT, JINWEI_ADMIN_PASSWORD="12345678")
    assert "will not do" in weak
    assert accounts(house) == [""], "nothing was made, no organization either"
    told = house.told(*_ADMIN, *_ROOT, JINWEI_ADMIN_PASSWORD="two horses in the rain")
    assert "sign in at http://127.0.0.1:8000" in told
    assert accounts(house)[0] == "zhao None administrator@GW True True"


def test_what_is_not_said_and_cannot_be_asked_is_named(house: House) -> None:
    assert "--root-name" in house.refused(*_ADMIN)
    assert "--root-code" in house.refused(*_ADMIN, "--root-name", "市直机关工委")
    assert "NAME" in house.refused("init", *_ROOT)
    assert "--shown-name" in house.refused("init", "zhao", *_ROOT)
    assert "may be: work_committee" in house.refused(*_ADMIN, *_ROOT, "--root-kind", "office")
    assert "There is no organization “XX”" in house.refused(*_ADMIN, "--for", "XX")


def test_people_are_invited_where_organizations_are_known(house: House, tmp_path: Path) -> None:
    house.told("import", str(Path(__file__).parents[2] / "examples/city-organs/dataset.yaml"))
    house.told(*_ADMIN, "--for", "QH")
    told = house.told("invite", "li", "--shown-name", "李某", "--role", "staff", "--for", "QH")
    assert "/invitations/" in told
    refused = {
        "A role may be": ("sun", "--role", "king", "--for", "QH"),
        "There is no organization “XX”": ("sun", "--role", "staff", "--for", "XX"),
        "The name “li” is taken": ("li", "--role", "staff", "--for", "QH"),
        "There is no member “P0”": ("sun", "--role", "member", "--for", "QH", "--member", "P0"),
        "name the person with --member": ("sun", "--role", "member", "--for", "QH"),
    }
    for said, (name, *rest) in refused.items():
        assert said in house.refused("invite", name, "--shown-name", "某", *rest)
    assert len(accounts(house)) == 3


def test_a_forgotten_password_is_replaced_by_a_link(house: House) -> None:
    house.told(*_ADMIN, *_ROOT, JINWEI_ADMIN_PASSWORD="two horses in the rain")
    assert "/password/" in house.told("reset-password", "zhao")
    house.told("invite", "li", "--shown-name", "李某", "--role", "staff", "--for", "GW")
    assert "/invitations/" in house.told("reset-password", "li")
    assert "There is no account “qian”" in house.refused("reset-password", "qian")
    assert "没有账号“qian”" in house.refused("reset-password", "qian", "--lang", "zh")


def test_an_installation_that_is_not_migrated_says_so(tmp_path: Path) -> None:
    house = House(tmp_path / "home")
    assert "run jinwei migrate first" in house.refused(*_ADMIN, *_ROOT)


def answering(house: House, *answers: str) -> tuple[str, int]:
    """What is said at a terminal where somebody answers line by line, and the exit status."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(sys.executable, [sys.executable, "-m", "jinwei", "init"], house.environment())
    said, heard = b"", 0
    waiting = list(answers)
    while select.select([terminal], [], [], 60)[0]:
        try:
            read = os.read(terminal, 4096)
        except OSError:  # Linux says so when the other end has gone
            break
        if not read:
            break
        said += read
        if waiting and said[heard:].strip().endswith(b":"):
            heard = len(said)
            os.write(terminal, f"{waiting.pop(0)}\n".encode())
    else:
        os.kill(pid, signal.SIGKILL)
    os.close(terminal)
    return said.decode(), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_whoever_sits_at_the_terminal_is_asked(house: House) -> None:
    root = ("市直机关工委", "GW", "zhao", "赵敏")
    said, status = answering(house, *root, "two horses in the rain", "two horses in the sun")
    assert status == 2
    assert "The two passwords differ; nothing was made" in said
    assert accounts(house) == [""]
    said, status = answering(house, *root, *["two horses in the rain"] * 2)
    assert status == 0, said
    assert "two horses" not in said, "a password is not shown"
    assert "sign in at http://127.0.0.1:8000" in said
    assert accounts(house)[0] == "zhao None administrator@GW True False"
