"""Changes of the tree on screen: who may, what is refused in words, and what is stored."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from jinwei.audit.models import Entry
from jinwei.members.models import Membership
from jinwei.organizations.models import Organization, Superior, TreePath
from jinwei.standings.background import work_once
from jinwei.standings.history import backfill
from jinwei.standings.models import Adoption, Standing

from .conftest import BRANCH, COMMITTEE, OTHER, ROOT

ClientAs = Callable[[str], Client]
HERE = f"/organizations/{BRANCH}/"
PROFILE = {
    "name": "市统计局机关直属党支部",
    "kind": "branch",
    "sector": "office",
    "established_on": "2012-05-01",
    "version": "1",
}


def plain(response: Any) -> str:
    text = unescape(response.content.decode()).partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def send(client: Client, path: str, status: int, **said: str) -> str:
    response = client.post(path, said)
    assert response.status_code == status
    if status == 302:
        response = client.get(response["Location"])
        assert response.status_code == 200
    return plain(response)


def get(code: str = BRANCH) -> Organization:
    return Organization.objects.get(code=code)


def above(code: str, day: dt.date) -> set[str]:
    paths = TreePath.objects.filter(descendant__code=code).exclude(ancestor__code=code)
    spans = ((p.ancestor_id, p.from_on or day, p.to_on or day) for p in paths)
    return {ancestor for ancestor, first, last in spans if first <= day <= last}


# --- who may ------------------------------------------------------------------------------------

PAGES = ("profile/", "move/", "lend/", "merge/", "dissolve/", "below/new/")


@pytest.mark.parametrize("path", PAGES)
def test_only_who_keeps_the_tree_gets_the_forms(client_as: ClientAs, path: str) -> None:
    for role in ("secretary", "inspector", "auditor"):
        assert client_as(role).get(f"{HERE}{path}").status_code == 403
        assert client_as(role).post(f"{HERE}{path}", PROFILE).status_code == 403
    for role in ("staff", "work_committee", "administrator"):
        response = client_as(role).get(f"{HERE}{path}")
        assert response.status_code == 200
        assert response.content.decode().count("<h1>") == 1
    assert client_as("staff").get(f"/organizations/{OTHER}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["move/", "merge/", "dissolve/"])
def test_nobody_moves_or_ends_the_organization_of_the_own_role(
    client_as: ClientAs, path: str
) -> None:
    assert client_as("staff").get(f"/organizations/{COMMITTEE}/{path}").status_code == 403
    assert client_as("work_committee").get(f"/organizations/{COMMITTEE}/{path}").status_code == 200
    text = plain(client_as("staff").get(f"/organizations/{COMMITTEE}/profile/"))
    assert "新建下级组织" in text
    assert "撤销本组织" not in text


def test_the_tab_is_there_for_who_may(client_as: ClientAs) -> None:
    tab = f'href="{HERE}profile/"'
    assert tab in client_as("staff").get(f"{HERE}committee/").content.decode()
    assert tab not in client_as("secretary").get(f"{HERE}committee/").content.decode()


# --- profile ------------------------------------------------------------------------------------


def test_renaming_is_stored_with_its_trail(client_as: ClientAs) -> None:
    text = send(client_as("staff"), f"{HERE}profile/", 302, **PROFILE)
    assert "已改名：“市统计局机关第一党支部”现在叫“市统计局机关直属党支部”。" in text
    assert (get().name, get().established_on) == (PROFILE["name"], dt.date(2012, 5, 1))
    entry = Entry.objects.get(act="corrected", table="organization", row=BRANCH)
    assert entry.before["name"] == "市统计局机关第一党支部"
    assert entry.account_name == "党委党务干部某"


def test_an_empty_name_is_refused_in_words(client_as: ClientAs) -> None:
    text = send(client_as("staff"), f"{HERE}profile/", 422, **{**PROFILE, "name": ""})
    assert "请写全称" in text
    assert get().name == "市统计局机关第一党支部"


def test_two_people_on_one_organization_both_see_both_versions(client_as: ClientAs) -> None:
    send(client_as("staff"), f"{HERE}profile/", 302, **PROFILE)
    mine = {**PROFILE, "name": "我写的名称"}
    response = client_as("work_committee").post(f"{HERE}profile/", mine)
    text = plain(response)
    assert response.status_code == 422
    assert "有人在您打开以后改过这个组织，您填的还没有保存。" in text
    assert "现在存着的是： 市统计局机关直属党支部" in text
    assert 'value="我写的名称"' in response.content.decode()
    assert get().name == PROFILE["name"]
    send(client_as("work_committee"), f"{HERE}profile/", 302, **{**mine, "version": "2"})
    assert get().name == "我写的名称"


# --- new ----------------------------------------------------------------------------------------


def test_a_new_organization_below(client_as: ClientAs) -> None:
    path = f"/organizations/{COMMITTEE}/below/new/"
    new = {**PROFILE, "code": "TJ03", "name": "市统计局机关第三党支部"}
    new["established_on"] = "2026-06-01"
    text = send(client_as("staff"), path, 302, **new)
    assert "已新建“市统计局机关第三党支部”。" in text
    assert "直接管 3 个组织" in text
    assert above("TJ03", dt.date(2026, 6, 18)) == {COMMITTEE, ROOT}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (BRANCH, "代码 TJ01 已经有组织在用。"),
        ("三支部", "代码只用字母、数字、横线和下划线，例如 TJ03。"),
    ],
)
def test_a_code_that_cannot_be_is_refused(client_as: ClientAs, code: str, said: str) -> None:
    path = f"/organizations/{COMMITTEE}/below/new/"
    assert said in send(client_as("staff"), path, 422, **{**PROFILE, "code": code})
    assert Organization.objects.count() == 6


def test_nothing_is_proposed_as_the_kind_of_a_new_one(client_as: ClientAs) -> None:
    path = f"/organizations/{COMMITTEE}/below/new/"
    page = client_as("staff").get(path).content.decode()
    assert '<option value="" selected>请选择</option>' in page
    text = send(client_as("staff"), path, 422, **{**PROFILE, "code": "TJ03", "kind": ""})
    assert "请选是哪一类党组织。" in text


def test_what_is_missing_is_told_in_words_of_the_matter(client_as: ClientAs) -> None:
    text = send(client_as("work_committee"), f"{HERE}merge/", 422, reason="")
    for said in ("请选是哪个组织，写代码或全称。", "请选是哪一天。", "请写一句依据或理由"):
        assert said in text


# --- moved --------------------------------------------------------------------------------------


def test_a_move_keeps_the_tree_of_before(client_as: ClientAs) -> None:
    client = client_as("work_committee")
    assert "现在归“市统计局机关党委”管。" in plain(client.get(f"{HERE}move/"))
    said = {"parent": "CZ 市财政局机关党委", "on": "2026-07-01", "reason": "机构改革"}
    text = send(client, f"{HERE}move/", 302, **said)
    assert "已登记：自 2026-07-01 起归“市财政局机关党委”管。" in text
    assert above(BRANCH, dt.date(2026, 6, 30)) == {COMMITTEE, ROOT}
    assert above(BRANCH, dt.date(2026, 7, 1)) == {"CZ", ROOT}
    assert Entry.objects.filter(table="superior", act="entered").count() == 2


@pytest.mark.parametrize(
    ("parent", "on", "said"),
    [
        ("CZX", "2026-07-01", "没有组织“CZX”。是不是 CZ（市财政局机关党委）？"),
        ("完全没有", "2026-07-01", "没有组织“完全没有”。"),
        ("TJ", "2026-07-01", "那天它已经归“市统计局机关党委”管。"),
        ("CZ", "2026-06-31", "6 月没有 31 日"),
    ],
)
def test_a_move_that_cannot_be_is_refused(
    client_as: ClientAs, parent: str, on: str, said: str
) -> None:
    text = send(client_as("work_committee"), f"{HERE}move/", 422, parent=parent, on=on)
    assert said in text
    assert not Superior.objects.exists()


def test_a_move_around_in_a_circle_is_refused(client_as: ClientAs) -> None:
    path = f"/organizations/{COMMITTEE}/move/"
    text = send(client_as("work_committee"), path, 422, parent=BRANCH, on="2026-07-01")
    assert "不能反过来管它" in text


def test_one_moves_only_to_where_one_keeps_the_tree(client_as: ClientAs) -> None:
    text = send(client_as("staff"), f"{HERE}move/", 422, parent="CZ", on="2026-07-01")
    assert "没有组织“CZ”。" in text
    assert "市财政局" not in text


# --- lent for a purpose -------------------------------------------------------------------------


def test_a_second_superior_begins_and_ends(client_as: ClientAs) -> None:
    client = client_as("work_committee")
    said = {"parent": "CZ", "purpose": "专项督导", "from_on": "2026-06-01", "to_on": ""}
    text = send(client, f"{HERE}lend/", 302, **said)
    assert "已登记：为“专项督导”归“市财政局机关党委”指导。" in text
    assert "登记结束" in text
    row = Superior.objects.get()
    assert (row.purpose, row.to_on) == ("专项督导", None)
    assert above(BRANCH, dt.date(2026, 6, 18)) == {COMMITTEE, ROOT}
    end = f"{HERE}lend/{row.row_id}/end/"
    assert "不能早于开始的 2026-06-01。" in send(client, end, 422, on="2026-05-31", reason="完成")
    send(client, end, 302, on="2026-06-30", reason="完成")
    row.refresh_from_db()
    assert row.to_on == dt.date(2026, 6, 30)
    assert client.get(f"{HERE}lend/superior-99/end/").status_code == 404


def test_ends_before_beginnings_are_refused(client_as: ClientAs) -> None:
    said = {"parent": "CZ", "purpose": "专项", "from_on": "2026-06-10", "to_on": "2026-06-01"}
    assert "不能早于开始的日期。" in send(client_as("staff"), f"{HERE}lend/", 422, **said)
    said["parent"] = BRANCH
    text = send(client_as("work_committee"), f"{HERE}lend/", 422, **said)
    assert not Superior.objects.exists()
    assert f"没有组织“{BRANCH}”" in text


# --- ended --------------------------------------------------------------------------------------


def test_who_still_has_members_is_not_dissolved(client_as: ClientAs) -> None:
    client = client_as("staff")
    assert "现有党员 4 人，在任职务 3 个。" in plain(client.get(f"{HERE}dissolve/"))
    text = send(client, f"{HERE}dissolve/", 422, on="2026-06-30", reason="任务完成")
    assert "还有 4 名党员在册，请先转走，或改用“并入”。" in text
    assert get().dissolved_on is None


def test_a_merger_takes_the_members_along(client_as: ClientAs) -> None:
    client = client_as("staff")
    said = {"into": "TJ02", "on": "2026-06-18", "reason": "人数太少"}
    text = send(client, f"{HERE}merge/", 302, **said)
    assert "已并入“市统计局机关第二党支部”，4 名党员转过去了。" in text
    assert get().dissolved_on == dt.date(2026, 6, 17)
    assert Membership.objects.filter(organization__code="TJ02").count() == 4
    said = plain(client.get(f"/organizations/{COMMITTEE}/below/"))
    assert "直接管 1 个组织，党员 7 人" in said


def test_a_merger_is_not_entered_ahead(client_as: ClientAs) -> None:
    said = {"into": "TJ02", "on": "2026-07-01", "reason": "人数太少"}
    text = send(client_as("staff"), f"{HERE}merge/", 422, **said)
    assert "请在当天或以后登记" in text
    assert not Membership.objects.exists()


def test_the_end_of_an_organization_asks_for_a_reason(client_as: ClientAs) -> None:
    client = client_as("staff")
    assert "依据或理由" in send(client, f"{HERE}dissolve/", 422, on="2026-06-30", reason="")


def test_a_dissolved_organization_keeps_what_it_was(client_as: ClientAs, house: Adoption) -> None:
    client = client_as("staff")
    backfill(house, dt.date(2026, 6, 18))
    was = Standing.objects.get(subject=BRANCH).score
    send(client, f"{HERE}merge/", 302, into="TJ02", on="2026-06-10", reason="人数太少")
    while work_once():
        pass
    assert not Standing.objects.filter(subject=BRANCH).exists()
    text = plain(client.get(HERE))
    assert "市统计局机关第一党支部已于 2026-06-09 撤销" in text
    assert "依据或理由：人数太少。以前的得分、台账和任职都留着。" in text
    text = plain(client.get(f"{HERE}history/"))
    assert was is not None
    assert f"{was / 100:.2f}" in text
    assert "不再有得分" in text
