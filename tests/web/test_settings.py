"""Settings of one's own, and the accounts of those below."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from jinwei.accounts.acts import RoleName
from jinwei.accounts.models import Account, Role
from jinwei.accounts.tokens import TokenPurpose, find_token
from jinwei.audit.models import Entry

from .conftest import BRANCH, COMMITTEE, OTHER, ROOT

ClientAs = Callable[[str], Client]
AccountOf = Callable[[str], Account]
CHOSEN = "two horses in the rain"
NEW = {
    "name": "zhangwei",
    "shown_name": "张伟",
    "member": "P3",
    "email": "",
    "role": "secretary",
    "organization": BRANCH,
    "from_on": "2026-06-18",
    "to_on": "",
    "purpose": "",
}


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def page(account: Account, act: str = "") -> str:
    return f"/settings/accounts/{account.pk}/{act}"


# --- one's own ----------------------------------------------------------------------------------


def test_everybody_sees_the_own_roles(client_as: ClientAs) -> None:
    said = text(client_as("secretary").get("/settings/"))
    assert "您的身份：支部书记，市统计局机关第一党支部" in said
    assert "管理账号" in said
    assert "管理账号" not in text(client_as("member").get("/settings/"))


def test_language_type_and_keys_are_kept_with_the_account(
    client_as: ClientAs, account: AccountOf
) -> None:
    client = client_as("member")
    chosen = {"language": "en", "large_type": "on", "keys": "on"}
    assert client.post("/settings/preferences/", chosen).status_code == 302
    kept = Account.objects.get(name="member")
    assert (kept.language, kept.large_type, kept.keys) == ("en", True, True)
    shown = text(client.get("/settings/"))
    assert '<html lang="en" data-type="large" data-keys="on">' in shown
    client.post("/settings/preferences/", {"language": "zh-hans"})
    assert '<html lang="zh-CN">' in text(client.get("/settings/"))
    assert client.post("/settings/preferences/", {"language": "xx"}).status_code == 422


def test_the_buttons_of_the_frame_are_kept_with_the_account_too(client_as: ClientAs) -> None:
    client = client_as("member")
    client.post("/settings/type/", {"type": "large", "next": "/settings/"})
    client.post("/settings/language/", {"language": "en", "next": "/settings/"})
    kept = Account.objects.get(name="member")
    assert (kept.language, kept.large_type) == ("en", True)


def test_another_password_needs_the_one_in_force(client_as: ClientAs) -> None:
    client, other = client_as("secretary"), client_as("secretary")
    wrong = {"current": "not this one", "password": CHOSEN, "again": CHOSEN}
    answer = client.post("/settings/password/", wrong)
    assert answer.status_code == 422
    assert "现在的密码不对" in text(answer)
    same = {"current": "a good password", "password": "a good password", "again": "a good password"}
    assert "新密码和现在的一样" in text(client.post("/settings/password/", same))
    right = {"current": "a good password", "password": CHOSEN, "again": CHOSEN}
    answer = client.post("/settings/password/", right, follow=True)
    assert "其他地方的登录都已退出" in text(answer)
    assert client.get("/settings/").status_code == 200, "this session goes on"
    assert other.get("/settings/").status_code == 302
    assert Entry.objects.filter(act="password_changed", row="secretary").exists()


def test_signing_out_everywhere_else(client_as: ClientAs) -> None:
    client, other = client_as("secretary"), client_as("secretary")
    assert "这里还登录着" in text(client.post("/settings/sessions/end/", follow=True))
    assert client.get("/settings/").status_code == 200
    assert other.get("/settings/").status_code == 302


# --- the list -----------------------------------------------------------------------------------


@pytest.fixture
def cast(account: AccountOf) -> dict[str, Account]:
    """Everybody, and a secretary of the other committee."""
    found = {str(role): account(role) for role in RoleName.values}
    elsewhere = Account.objects.create_account("elsewhere", "a good password", shown_name="黄强")
    Role.objects.create(account=elsewhere, role=RoleName.SECRETARY, organization_id=OTHER)
    return {**found, "elsewhere": elsewhere}


def listed(client: Client, **query: str) -> set[str]:
    said = text(client.get("/settings/accounts/", query))
    return set(re.findall(r'data-label="账号"><span>([\w-]+)</span>', said))


def test_the_list_has_the_own_subtree_and_nothing_beyond(
    cast: dict[str, Account], client_as: ClientAs
) -> None:
    assert listed(client_as("administrator")) == set(cast)
    assert listed(client_as("staff")) == {"staff", "secretary", "member", "inspector"}
    assert listed(client_as("secretary")) == {"secretary", "member"}
    for role in ("member", "inspector", "auditor"):
        assert client_as(role).get("/settings/accounts/").status_code == 403


def test_the_list_is_narrowed(cast: dict[str, Account], client_as: ClientAs) -> None:
    client = client_as("administrator")
    assert listed(client, q="黄") == {"elsewhere"}
    assert listed(client, role="secretary") == {"secretary", "elsewhere"}
    assert listed(client, organization="财政局") == {"elsewhere"}
    assert listed(client, organization=COMMITTEE) == {"staff", "inspector"}
    Account.objects.filter(name="member").update(is_active=False)
    assert listed(client, state="closed") == {"member"}
    assert "没有符合条件的账号" in text(client.get("/settings/accounts/", {"q": "nobody"}))
    fragment = client.get("/settings/accounts/", headers={"HX-Request": "true"})
    assert "<h1" not in text(fragment)


def test_the_title_counts_whoever_cannot_enter(
    cast: dict[str, Account], client_as: ClientAs
) -> None:
    Account.objects.filter(name="member").update(locked_at="2026-06-18T01:00Z")
    Account.objects.filter(name="inspector").update(password="!")
    said = text(client_as("administrator").get("/settings/accounts/"))
    assert "8 个账号，其中 1 个还没有设密码、1 个已锁定" in said


def test_a_page_of_the_list_costs_few_queries(
    cast: dict[str, Account], client_as: ClientAs, django_assert_max_num_queries: Any
) -> None:
    for n in range(60):
        more = Account.objects.create_account(f"more-{n}", shown_name="某")
        Role.objects.create(account=more, role=RoleName.MEMBER, organization_id=BRANCH)
    client = client_as("administrator")
    with django_assert_max_num_queries(20):
        said = text(client.get("/settings/accounts/"))
    assert "第 1–50 条，共 68 条" in said


def test_the_list_as_a_file_and_its_trace(cast: dict[str, Account], client_as: ClientAs) -> None:
    client = client_as("staff")
    answer = client.get("/settings/accounts/export.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0] == ("账号", "姓名", "党员编号", "身份", "状态", "上次登录")
    assert ("secretary", "支部书记某", "P1", "支部书记，市统计局机关第一党支部", "可以登录") in [
        row[:5] for row in rows
    ]
    assert "elsewhere" not in {row[0] for row in rows}
    assert client.get("/settings/accounts/export.csv").content.startswith(b"\xef\xbb\xbf")
    assert client.get("/settings/accounts/export.exe").status_code == 404
    entry = Entry.objects.filter(act="exported").first()
    assert entry is not None
    assert (entry.table, entry.after) == ("account", {"form": "xlsx", "rows": 4})


# --- invitations --------------------------------------------------------------------------------


def test_somebody_below_is_invited(client_as: ClientAs) -> None:
    answer = client_as("staff").post("/settings/accounts/new/", NEW)
    said = text(answer)
    assert "张伟的邀请链接已做好，请交给本人" in said
    (secret,) = re.findall(r"http://testserver/invitations/([\w-]{43})/", said)
    token = find_token(secret, TokenPurpose.INVITATION)
    assert token is not None
    new = token.account
    assert (new.name, new.shown_name, new.member_id) == ("zhangwei", "张伟", "P3")
    role = new.roles.get()
    assert (role.role, role.organization_id, str(role.from_on)) == (
        "secretary",
        BRANCH,
        "2026-06-18",
    )
    assert role.given_by is not None
    assert role.given_by.name == "staff"


def test_an_invitation_goes_by_mail_where_there_is_mail(
    client_as: ClientAs, settings: Any, mailoutbox: Any
) -> None:
    from jinwei.web.signin import mail as post

    settings.EMAIL_HOST = "mail.example.cn"
    answer = client_as("staff").post(
        "/settings/accounts/new/", {**NEW, "email": "zhang@example.cn"}
    )
    assert "同一个链接也已寄到 zhang@example.cn" in text(answer)
    post._post.submit(lambda: None).result()
    assert "/invitations/" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("by", "changes", "said"),
    [
        ("staff", {"organization": OTHER}, f"您管的组织里没有“{OTHER}”"),
        ("staff", {"organization": "TJ1"}, "是不是 TJ01（市统计局机关第一党支部）？"),
        ("staff", {"organization": ""}, "请填组织代码或全称"),
        ("staff", {"name": "staff"}, "账号“staff”已经有人用"),
        ("staff", {"name": ""}, "请填账号"),
        ("staff", {"shown_name": ""}, "请填姓名"),
        ("staff", {"member": "P8"}, "您管的组织里没有“P8”这名党员"),
        ("staff", {"role": "member", "member": ""}, "是花名册上的哪一位"),
        ("staff", {"role": "member", "member": "P5"}, "陈静不在“市统计局机关第一党支部”"),
        ("staff", {"to_on": "2026-06-17"}, "不能早于开始的那天"),
        ("staff", {"from_on": "2026-06-01", "to_on": "2026-06-17"}, "这一天已经过去"),
        ("staff", {"from_on": "2026-06-31"}, "没有这一天"),
        ("staff", {"email": "zhang"}, "name@example.cn"),
        ("secretary", {"role": "member", "member": "P1"}, "王建国已经有账号“secretary”"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    client_as: ClientAs, account: AccountOf, by: str, changes: dict[str, str], said: str
) -> None:
    account("staff")
    before = Account.objects.count() + (0 if by == "staff" else 1)
    answer = client_as(by).post("/settings/accounts/new/", {**NEW, **changes})
    assert answer.status_code == 422
    assert said in text(answer)
    assert Account.objects.count() == before


@pytest.mark.parametrize(
    ("by", "role"),
    [
        ("secretary", "secretary"),
        ("staff", "work_committee"),
        ("staff", "administrator"),
        ("staff", "auditor"),
        ("work_committee", "administrator"),
        ("work_committee", "auditor"),
    ],
)
def test_nobody_gives_a_role_wider_than_the_own(client_as: ClientAs, by: str, role: str) -> None:
    client = client_as(by)
    answer = client.post("/settings/accounts/new/", {**NEW, "role": role})
    assert answer.status_code == 422
    assert not Account.objects.filter(name="zhangwei").exists()


def test_a_place_may_be_written_by_its_name_and_a_person_too(client_as: ClientAs) -> None:
    named = {**NEW, "organization": "市统计局机关第一党支部", "member": "张伟"}
    client_as("staff").post("/settings/accounts/new/", named)
    new = Account.objects.get(name="zhangwei")
    assert (new.member_id, new.roles.get().organization_id) == ("P3", BRANCH)


# --- one account --------------------------------------------------------------------------------


def test_whoever_may_not_manage_an_account_may_look_or_does_not_know_it(
    cast: dict[str, Account], client_as: ClientAs
) -> None:
    staff = client_as("staff")
    seen = text(staff.get(page(cast["inspector"])))
    assert "这个账号的身份超出您能给的，只能看" in seen
    assert "锁定账号" not in seen
    assert "这是您自己的账号" in text(staff.get(page(cast["staff"])))
    assert staff.get(page(cast["elsewhere"])).status_code == 404
    assert staff.get(page(cast["administrator"])).status_code == 404


@pytest.mark.parametrize("act", ["lock", "unlock", "deactivate", "reactivate", "reset", "correct"])
def test_no_act_on_an_account_out_of_reach(
    cast: dict[str, Account], client_as: ClientAs, act: str
) -> None:
    staff = client_as("staff")
    said = {"reason": "x", "shown_name": "x"}
    assert staff.post(page(cast["inspector"], f"{act}/"), said).status_code == 403
    assert staff.post(page(cast["staff"], f"{act}/"), said).status_code == 403
    assert staff.post(page(cast["elsewhere"], f"{act}/"), said).status_code == 404
    assert not Entry.objects.exists()


def test_roles_are_given_and_ended(cast: dict[str, Account], client_as: ClientAs) -> None:
    staff = client_as("staff")
    target = cast["secretary"]
    given = {"role": "secretary", "organization": "TJ02", "from_on": "2026-06-18"}
    said = text(staff.post(page(target, "roles/"), given, follow=True))
    assert "已给身份：支部书记，市统计局机关第二党支部。" in said
    role = target.roles.get(organization_id="TJ02")
    answer = staff.post(page(target, f"roles/{role.pk}/end/"), {"on": "2026-06-30"}, follow=True)
    assert "这个身份到 2026-06-30 为止" in text(answer)
    role.refresh_from_db()
    assert str(role.to_on) == "2026-06-30"
    early = staff.post(page(target, f"roles/{role.pk}/end/"), {"on": "2026-06-01"})
    assert early.status_code == 422
    assert "最早填昨天" in text(early)
    refused = staff.post(page(target, "roles/"), {**given, "role": "inspector"})
    assert refused.status_code == 422
    acts = list(Entry.objects.order_by("pk").values_list("act", "account_name"))
    assert acts == [("role_given", "党委党务干部某"), ("role_ended", "党委党务干部某")]


def test_a_role_of_another_account_is_not_ended_by_this_address(
    cast: dict[str, Account], client_as: ClientAs
) -> None:
    other = cast["elsewhere"].roles.get()
    address = page(cast["secretary"], f"roles/{other.pk}/end/")
    assert client_as("staff").post(address, {"on": "2026-06-18"}).status_code == 404


def test_locking_unlocking_closing_and_opening(
    cast: dict[str, Account], client_as: ClientAs
) -> None:
    staff, theirs = client_as("staff"), client_as("secretary")
    target = cast["secretary"]
    answer = staff.post(page(target, "lock/"), {"reason": ""})
    assert answer.status_code == 422
    assert "请写一句原因" in text(answer)
    said = text(staff.post(page(target, "lock/"), {"reason": "手机丢了"}, follow=True))
    assert "已锁定" in said
    assert theirs.get("/settings/").status_code == 302, "out at once"
    assert "解锁" in said
    staff.post(page(target, "unlock/"))
    target.refresh_from_db()
    assert target.is_open
    staff.post(page(target, "deactivate/"), {"reason": "已调离"})
    assert staff.post(page(target, "reset/")).status_code == 403, "no link to a closed account"
    assert "重新启用" in text(staff.get(page(target)))
    staff.post(page(target, "reactivate/"))
    target.refresh_from_db()
    assert target.is_open
    assert not target.has_usable_password()
    assert list(Entry.objects.order_by("pk").values_list("act", "reason")) == [
        ("locked", "手机丢了"),
        ("unlocked", ""),
        ("deactivated", "已调离"),
        ("reactivated", ""),
    ]


def test_a_link_to_another_password_is_shown_once(
    cast: dict[str, Account], client_as: ClientAs
) -> None:
    said = text(client_as("staff").post(page(cast["secretary"], "reset/")))
    assert "支部书记某的新密码链接已做好，请交给本人" in said
    (secret,) = re.findall(r"http://testserver/password/([\w-]{43})/", said)
    assert find_token(secret, TokenPurpose.RESET)
    assert secret not in text(client_as("staff").get(page(cast["secretary"])))


def test_a_lost_invitation_is_made_once_more(
    cast: dict[str, Account], client_as: ClientAs, client: Client
) -> None:
    cast["secretary"].set_unusable_password()
    cast["secretary"].save()
    said = text(client_as("staff").post(page(cast["secretary"], "reset/")))
    (link,) = re.findall(r"http://testserver(/invitations/[\w-]{43}/)", said)
    chosen = {"password": "two horses in the rain", "again": "two horses in the rain"}
    assert client.post(link, chosen).status_code == 302
    cast["secretary"].refresh_from_db()
    assert cast["secretary"].check_password("two horses in the rain")


def test_the_last_administrator_stays(cast: dict[str, Account], client_as: ClientAs) -> None:
    second = Account.objects.create_account("second", shown_name="二")
    role = Role.objects.create(account=second, role="administrator", organization_id=ROOT)
    cast["administrator"].roles.update(to_on="2026-12-31")
    client = client_as("administrator")
    address = page(second, f"roles/{role.pk}/end/")
    said = text(client.post(address, {"on": "2026-06-18"}, follow=True))
    assert "最后一个没有期限的系统管理员" in said
    assert text(client.post(page(second, "lock/"), {"reason": "x"}, follow=True)) != ""
    second.refresh_from_db()
    assert second.is_open
    assert second.roles.get().to_on is None


def test_who_somebody_is_can_be_corrected(cast: dict[str, Account], client_as: ClientAs) -> None:
    staff = client_as("staff")
    said = {"shown_name": "王建国", "member": "P1", "email": "wang@example.cn"}
    staff.post(page(cast["secretary"], "correct/"), said)
    kept = Account.objects.get(name="secretary")
    assert (kept.shown_name, kept.email) == ("王建国", "wang@example.cn")
    assert Entry.objects.get(act="corrected").after == {
        "shown_name": "王建国",
        "email": "wang@example.cn",
    }
    assert staff.post(page(kept, "correct/"), {**said, "member": "P8"}).status_code == 422
