"""The record as auditors read it."""

from __future__ import annotations

import io
import re
from ast import Call, Constant, Name, parse, walk
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client

import jinwei
from jinwei.accounts.acts import RoleName
from jinwei.accounts.models import Account, Role
from jinwei.audit.actions import Actor, record, seal
from jinwei.audit.models import Entry
from jinwei.audit.triggers import create_triggers, drop_triggers
from jinwei.engine.catalogue import TABLES
from jinwei.ledgers.changes import correct
from jinwei.ledgers.models import Meeting
from jinwei.members.models import Member
from jinwei.web.audit.words import ACTS, TABLES_BESIDE

from .conftest import BRANCH, COMMITTEE, OTHER

ClientAs = Callable[[str], Client]
WANG, HUANG = Actor(7, "王建国"), Actor(8, "黄强")
SOURCE = Path(jinwei.__file__).parent


@pytest.fixture
def entries(house: object) -> None:
    """A correction in one branch, a withdrawal in another, a sign-in of nobody in particular."""
    meeting = Meeting.objects.get(code="H1")
    meeting.kind, meeting.attended = "lecture", 4
    correct(meeting, by=WANG, version=1, reason="记错了")
    record(
        by=HUANG,
        act="withdrawn",
        table="dues",
        row="dues-1",
        organization=OTHER,
        member="P8",
        before={"member": "P8", "due": 5000},
    )
    record(by=Actor(None, ""), act="refused", table="account", reason="password")


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def count(client: Client, **query: str) -> int:
    (found,) = re.findall(
        r"data-announce><b>([\d,]+) 条", client.get("/audit/", query).content.decode()
    )
    return int(found)


def test_entries_are_told_in_words(entries: None, client_as: ClientAs) -> None:
    said = text(client_as("auditor").get("/audit/"))
    assert "3 条审计记录，今天共记 3 条" in said
    assert "王建国 更正 会议 H1 市统计局机关第一党支部" in said
    assert "类型 主题党日 → 改为 党课" in said
    assert "实到 3 → 改为 4" in said
    assert "原因：记错了" in said
    assert "应交（元） 50.00 → 改为 –" in said
    assert "未登录 登录被拒 账号" in said
    assert "原因：账号或密码不对" in said


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"who": "王"}, 1),
        ({"act": "withdrawn"}, 1),
        ({"table": "dues"}, 1),
        ({"organization": BRANCH}, 1),
        ({"organization": "市财政局机关党委"}, 1),
        ({"organization": COMMITTEE}, 1),
        ({"organization": "nowhere"}, 0),
        ({"member": "P8"}, 1),
        ({"member": "黄强"}, 1),
        ({"from": "2026-06-18", "to": "2026-06-18"}, 3),
        ({"to": "2026-06-17"}, 0),
        ({"from": "2026-06-19"}, 0),
        ({"from": "2026-06-31"}, 3),
        ({"who": "王", "act": "withdrawn"}, 0),
    ],
)
def test_the_record_is_narrowed(
    entries: None, client_as: ClientAs, query: dict[str, str], found: int
) -> None:
    assert count(client_as("auditor"), **query) == found


def test_nothing_found_says_how_to_see_all(entries: None, client_as: ClientAs) -> None:
    said = text(client_as("auditor").get("/audit/", {"who": "nobody"}))
    assert "没有符合条件的记录" in said
    assert "清除条件" in said


def test_the_record_is_for_auditors(entries: None, client_as: ClientAs) -> None:
    for role in RoleName.values:
        allowed = role in ("administrator", "auditor")
        assert client_as(role).get("/audit/").status_code == (200 if allowed else 403)


def test_an_auditor_of_a_part_sees_that_part(entries: None) -> None:
    account = Account.objects.create_account("sun", shown_name="孙某")
    Role.objects.create(account=account, role=RoleName.AUDITOR, organization_id=COMMITTEE)
    client = Client()
    client.force_login(account)
    assert count(client) == 1
    assert count(client, organization=OTHER) == 0


def test_what_is_guarded_is_never_shown(house: object, client_as: ClientAs) -> None:
    member = Member.objects.get(code="P1")
    member.phone = "13800000000"
    correct(member, by=WANG, version=1)
    record(by=WANG, act="corrected", table="member", row="P2", after={"phone": "13900000000"})
    answer = client_as("auditor").get("/audit/")
    assert "手机号码" in text(answer)
    assert "•••" in text(answer)
    assert "13800000000" not in answer.content.decode()
    assert "13900000000" not in answer.content.decode()
    exported = client_as("auditor").get("/audit/export.csv").content.decode()
    assert "13900000000" not in exported


def test_pages_have_fifty_entries_and_cost_few_queries(
    house: object, client_as: ClientAs, django_assert_max_num_queries: Any
) -> None:
    for n in range(60):
        record(by=WANG, act="entered", table="meeting", row=f"H{n}", organization=BRANCH)
    client = client_as("auditor")
    with django_assert_max_num_queries(18):
        said = text(client.get("/audit/"))
    assert "第 1–50 条，共 60 条" in said
    assert "第 51–60 条，共 60 条" in text(client.get("/audit/", {"page": "2"}))
    assert "<h1" not in client.get("/audit/", headers={"HX-Request": "true"}).content.decode()


def test_the_record_as_a_file_and_its_own_trace(entries: None, client_as: ClientAs) -> None:
    client = client_as("auditor")
    answer = client.get("/audit/export.xlsx", {"who": "王"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert len(rows) == 2
    assert rows[1][0] == "2026-06-18 10:00"
    assert rows[1][1:6] == ("王建国", "更正", "会议", "H1", "市统计局机关第一党支部")
    assert "类型：主题党日 → 党课" in rows[1][7]
    entry = Entry.objects.order_by("pk").last()
    assert entry is not None
    assert (entry.act, entry.table) == ("exported", "audit")
    assert entry.after == {"form": "xlsx", "rows": 1, "narrowed": {"who": "王"}}
    assert client.get("/audit/export.exe").status_code == 404
    assert "条件 谁 王" in text(client.get("/audit/"))


def test_too_many_for_one_file_are_refused_with_the_way_out(
    entries: None, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jinwei.web.audit.views.MOST", 2)
    client = client_as("auditor")
    assert "超过 2 条，请先用日期收窄再导出" in text(client.get("/audit/"))
    said = text(client.get("/audit/export.csv", follow=True))
    assert "没有导出：有 3 条，一次最多 2 条" in said


def test_the_chain_of_seals(entries: None, client_as: ClientAs) -> None:
    client = client_as("auditor")
    assert "还没有封存过；每天夜里封存一次，3 条等着封存" in text(client.get("/audit/"))
    assert "还没有封存过，没有可核对的" in text(client.post("/audit/check/", follow=True))
    sealed = seal()
    assert sealed is not None
    said = text(client.get("/audit/"))
    assert f"最近一次封存在 2026-06-18 10:00，到第 {sealed.last} 条；以后的 0 条今夜封存" in said
    assert "已核对 1 次封存，记录和封存时一样" in text(client.post("/audit/check/", follow=True))
    drop_triggers(connection)
    try:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_entry SET reason = 'x' WHERE act = 'withdrawn'")
        said = text(client.post("/audit/check/", follow=True))
    finally:
        create_triggers(connection)
    assert f"从第 {sealed.first} 到第 {sealed.last} 条起，记录和封存时不一样" in said
    assert Entry.objects.filter(act="checked").count() == 3


def test_an_empty_record_says_what_will_stand_there(house: object, client_as: ClientAs) -> None:
    assert "还没有任何审计记录" in text(client_as("auditor").get("/audit/"))


# --- words --------------------------------------------------------------------------------------


def recorded() -> Iterator[tuple[str, str]]:
    """(act or table, where) of every entry that any module writes by name."""
    for path in SOURCE.rglob("*.py"):
        for node in walk(parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, Call):
                continue
            name = node.func.id if isinstance(node.func, Name) else ""
            if name.lstrip("_") not in ("record", "record_signed"):
                continue
            if name != "record" and node.args and isinstance(node.args[0], Constant):
                yield "act", str(node.args[0].value)
            for keyword in node.keywords:
                if keyword.arg in ("act", "table") and isinstance(keyword.value, Constant):
                    yield str(keyword.arg), str(keyword.value.value)


def test_every_act_and_table_that_is_recorded_has_a_word() -> None:
    found = set(recorded())
    assert {word for kind, word in found if kind == "act"} - set(ACTS) == set()
    tables = {word for kind, word in found if kind == "table"}
    assert tables - set(TABLES) - set(TABLES_BESIDE) == set()
