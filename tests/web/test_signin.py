"""Coming in and going out, as people and strangers meet it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from jinwei.accounts.acts import RoleName
from jinwei.accounts.demo import make_demo_accounts
from jinwei.accounts.models import Account
from jinwei.accounts.tokens import TokenPurpose, make_token
from jinwei.audit.models import Entry
from jinwei.web.signin import mail as post

from .conftest import BRANCH, ROOT

SIGN_IN = "/sign-in/"
GOOD = "a good password"
CHOSEN = "two horses in the rain"
AccountOf = Callable[[str], Account]


def enter(client: Client, name: str, password: str, **extra: Any) -> Any:
    return client.post(SIGN_IN, {"name": name, "password": password, **extra})


def acts() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("act", flat=True))


# --- name and password --------------------------------------------------------------------------


def test_the_right_password_leads_home(client: Client, account: AccountOf) -> None:
    account("secretary")
    page = client.get(SIGN_IN).content.decode()
    assert "<h1" in page
    assert "连续 5 次输错锁定 15 分钟" in page
    before = client.session.session_key
    answer = enter(client, "secretary", GOOD)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session.session_key != before
    entry = Entry.objects.get(act="signed_in")
    assert (entry.account_name, entry.organization) == ("支部书记某", BRANCH)
    assert client.get(SIGN_IN).status_code == 302, "whoever is in need not sign in"


@pytest.mark.parametrize(
    ("onward", "leads"),
    [
        ("/ledgers/TJ01/", "/ledgers/TJ01/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_on_stays_in_the_house(
    client: Client, account: AccountOf, onward: str, leads: str
) -> None:
    account("secretary")
    assert f'name="next" value="{leads}"' in client.get(SIGN_IN, {"next": onward}).content.decode()
    assert enter(client, "secretary", GOOD, next=onward).url == leads


def test_a_stranger_is_told_the_same_of_every_name(client: Client, account: AccountOf) -> None:
    account("secretary")
    said = []
    for name in ("secretary", "nobody"):
        pages = [enter(client, name, "wrong").content.decode() for _ in range(6)]
        said.append([re.findall(r'role="alert".*?<div>(.*?)</div>', p, re.S) for p in pages])
    assert said[0] == said[1]
    assert [one[0].strip() for one in said[0]] == [
        *(f"账号或密码不对，还可以试 {n} 次。" for n in (4, 3, 2, 1)),
        "已锁定到 10:15。",
        "已锁定到 10:15。",
    ]
    assert enter(client, "secretary", GOOD).status_code == 422
    with time_machine.travel(dt.datetime(2026, 6, 18, 2, 15, tzinfo=dt.UTC), tick=False):
        assert enter(client, "secretary", GOOD).status_code == 302


def test_too_many_from_one_address(client: Client, account: AccountOf, settings: Any) -> None:
    account("secretary")
    settings.ATTEMPTS_AN_ADDRESS = 3
    for n in range(3):
        enter(client, f"name {n}", "wrong")
    assert "这里输错的次数太多，10:15 以后再试" in enter(client, "secretary", GOOD).content.decode()


def test_what_is_missing_is_said_at_its_field(client: Client, db: None) -> None:
    answer = enter(client, "", "")
    assert answer.status_code == 422
    assert "请填账号。" in answer.content.decode()
    assert "请填密码。" in answer.content.decode()
    assert acts() == []


def test_a_closed_account_is_told_to_whoever_knows_its_password(
    client: Client, account: AccountOf
) -> None:
    Account.objects.filter(pk=account("secretary").pk).update(is_active=False)
    assert "已停用或被锁定" in enter(client, "secretary", GOOD).content.decode()
    assert "账号或密码不对" in enter(client, "secretary", "wrong").content.decode()


def test_the_password_does_not_come_back(client: Client, account: AccountOf) -> None:
    account("secretary")
    assert "another secret" not in enter(client, "secretary", "another secret").content.decode()


def test_signing_out(client_as: Callable[[str], Client]) -> None:
    client = client_as("secretary")
    assert client.get("/sign-out/").status_code == 405
    answer = client.post("/sign-out/", follow=True)
    assert "您已退出登录" in answer.content.decode()
    assert client.get("/settings/").status_code == 302
    assert client.post("/sign-out/").status_code == 302, "once more does no harm"
    assert acts() == ["signed_out"]


# --- a session that ran out ---------------------------------------------------------------------


def test_after_an_idle_hour_the_page_says_why(client: Client, account: AccountOf) -> None:
    account("secretary")
    enter(client, "secretary", GOOD)
    for minutes in (59, 117):
        with time_machine.travel(
            dt.datetime(2026, 6, 18, 2, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes), tick=False
        ):
            assert client.get("/settings/").status_code == 200, "each request begins the hour anew"
    with time_machine.travel(dt.datetime(2026, 6, 18, 4, 58, tzinfo=dt.UTC), tick=False):
        answer = client.get("/settings/", follow=True)
        said = "您已较长时间没有使用，请重新登录。填过的内容已存为草稿。"
        assert said in answer.content.decode()
        assert answer.request["QUERY_STRING"] == "next=%2Fsettings%2F"
        assert said not in client.get(SIGN_IN).content.decode(), "once is enough"


def test_whoever_signed_out_is_not_told_of_idleness(client: Client, account: AccountOf) -> None:
    account("secretary")
    enter(client, "secretary", GOOD)
    client.post("/sign-out/")
    assert "较长时间没有使用" not in client.get(SIGN_IN).content.decode()


def test_a_lock_ends_open_sessions(client_as: Callable[[str], Client], account: AccountOf) -> None:
    client = client_as("secretary")
    Account.objects.filter(pk=account("secretary").pk).update(locked_at="2026-06-18T01:00Z")
    assert client.get("/settings/").status_code == 302


# --- a password somebody else chose -------------------------------------------------------------


def test_a_password_of_somebody_else_must_be_changed_first(
    client_as: Callable[[str], Client], account: AccountOf
) -> None:
    client = client_as("secretary")
    Account.objects.filter(pk=account("secretary").pk).update(must_change_password=True)
    assert client.get("/settings/").url == "/settings/password/"
    assert client.get("/").url == "/settings/password/"
    page = client.get("/settings/password/").content.decode()
    assert "请先换一个自己的密码" in page
    chosen = {"current": GOOD, "password": CHOSEN, "again": CHOSEN, "forced": "1"}
    assert client.post("/settings/password/", chosen).url == "/"
    assert client.get("/settings/").status_code == 200


# --- links --------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", list(TokenPurpose))
def test_a_link_lets_its_owner_choose_a_password(
    client: Client, account: AccountOf, purpose: TokenPurpose
) -> None:
    secret = make_token(account("secretary"), purpose)
    name = "signin:invitation" if purpose is TokenPurpose.INVITATION else "signin:reset"
    address = reverse(name, args=[secret])
    assert "支部书记某" in client.get(address).content.decode()
    answer = client.post(address, {"password": CHOSEN, "again": CHOSEN}, follow=True)
    assert "密码已设好，请用新密码登录" in answer.content.decode()
    assert enter(Client(), "secretary", CHOSEN).status_code == 302
    assert client.get(address).status_code == 410, "it works once"
    assert client.post(address, {"password": GOOD, "again": GOOD}).status_code == 410
    assert "password_chosen" in acts()


def test_a_link_of_one_kind_does_not_open_the_other(client: Client, account: AccountOf) -> None:
    secret = make_token(account("secretary"), TokenPurpose.INVITATION)
    assert client.get(reverse("signin:reset", args=[secret])).status_code == 410
    assert client.get("/invitations/made-up/").status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "密码至少 10 个字符，现在是 5 个"),
        ("20260618123456", "20260618123456", "密码不能全是数字"),
        ("password123", "password123", "太常见"),
        ("secretary1", "secretary1", "和您的账号或姓名太像"),
        (CHOSEN, "two horses in the sun", "两次填的不一样"),
        ("", "", "请填新密码"),
    ],
)
def test_a_poor_password_is_refused_in_words(
    client: Client, account: AccountOf, password: str, again: str, said: str
) -> None:
    address = reverse("signin:reset", args=[make_token(account("secretary"), TokenPurpose.RESET)])
    answer = client.post(address, {"password": password, "again": again})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert client.get(address).status_code == 200, "the link still holds"


def test_without_mail_the_page_says_whom_to_ask(client: Client, account: AccountOf) -> None:
    account("secretary")
    answer = client.post("/password/forgotten/", {"name": "secretary"})
    assert "请上级党组织的管理人员给您一个新链接" in answer.content.decode()
    assert '<input id="id_name"' not in answer.content.decode()


def test_mail_says_the_same_to_every_name(
    client: Client, account: AccountOf, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.cn"
    Account.objects.filter(pk=account("secretary").pk).update(email="wang@example.cn")
    account("staff")
    pages = {
        client.post("/password/forgotten/", {"name": name}).content.decode().replace(name, "")
        for name in ("nobody", "staff", "secretary", "secretary")
    }
    post._post.submit(lambda: None).result()
    assert len({re.sub('value="[^"]{20,}"|X-CSRFToken[^}]*', "", page) for page in pages}) == 1
    (sent,) = mail.outbox
    assert sent.to == ["wang@example.cn"]
    (link,) = re.findall(r"http://testserver(/password/[\w-]{43}/)", sent.body)
    assert client.get(link).status_code == 200


# --- the demo -----------------------------------------------------------------------------------


@pytest.fixture
def here(house: object, settings: Any) -> Client:
    """A browser on the machine of a demo."""
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["localhost", "jinwei.example.cn"]
    make_demo_accounts(ROOT, BRANCH)
    return Client(SERVER_NAME="localhost")


def test_the_demo_offers_every_role_five_of_them_large(here: Client) -> None:
    page = here.get(SIGN_IN).content.decode()
    assert "数据都是虚构的" in page
    assert page.count('class="role"') == 5
    for role in RoleName.values:
        assert f'action="/demo/{role}/"' in page
    assert "支部书记 王建国" in page
    assert "市统计局机关党委，2 个支部" in page


@pytest.mark.parametrize("role", RoleName.values)
def test_a_role_of_the_demo_is_taken_without_a_password(here: Client, role: str) -> None:
    answer = here.post(f"/demo/{role}/")
    assert (answer.status_code, answer.url) == (302, "/")
    assert here.get("/settings/").status_code == 200
    assert acts()[-1] == "signed_in"


def test_a_demo_serves_its_own_machine_alone(here: Client) -> None:
    elsewhere = Client(SERVER_NAME="jinwei.example.cn")
    assert elsewhere.post("/demo/secretary/").status_code == 403
    assert "/demo/" not in elsewhere.get(SIGN_IN).content.decode()
    assert here.post("/demo/secretary/", REMOTE_ADDR="10.0.0.7").status_code == 403
    assert here.post("/demo/secretary/", HTTP_X_FORWARDED_FOR="10.0.0.7").status_code == 403
    assert here.post("/demo/king/").status_code == 404
    assert here.get("/demo/secretary/").status_code == 405
    assert acts() == []


def test_without_a_demo_nobody_comes_in_so(here: Client, settings: Any) -> None:
    settings.DEMO = False
    assert here.post("/demo/secretary/").status_code == 404
    assert "/demo/" not in here.get(SIGN_IN).content.decode()


# --- before signing in --------------------------------------------------------------------------


def test_language_and_size_of_type_before_signing_in(client: Client, db: None) -> None:
    answer = client.post("/settings/type/", {"type": "large", "next": SIGN_IN})
    assert (answer.status_code, answer.url) == (302, SIGN_IN)
    assert 'data-type="large"' in client.get(SIGN_IN).content.decode()
    client.post("/settings/type/", {"type": "normal", "next": SIGN_IN})
    assert 'data-type="large"' not in client.get(SIGN_IN).content.decode()
    client.post("/settings/language/", {"language": "en", "next": "//elsewhere.example/"})
    assert '<html lang="en"' in client.get(SIGN_IN).content.decode()
    client.post("/settings/language/", {"language": "xx"})
    assert '<html lang="en"' in client.get(SIGN_IN).content.decode()


def test_large_type_follows_a_person_to_another_machine(client: Client, account: AccountOf) -> None:
    Account.objects.filter(pk=account("secretary").pk).update(large_type=True)
    enter(client, "secretary", GOOD)
    client.post("/sign-out/")
    assert 'data-type="large"' in client.get(SIGN_IN).content.decode()


def test_cookies_are_for_the_server_alone(client: Client, account: AccountOf) -> None:
    account("secretary")
    client.get(SIGN_IN)
    enter(client, "secretary", GOOD)
    client.post("/settings/type/", {"type": "large"})
    client.post("/settings/language/", {"language": "en"})
    found = {name: (c["httponly"], c["samesite"]) for name, c in client.cookies.items()}
    assert set(found) == {
        *("csrftoken", "sessionid", "jinwei_here", "jinwei_type", "django_language")
    }
    assert set(found.values()) == {(True, "Lax")}


def test_behind_tls_cookies_are_secure(client: Client, account: AccountOf, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    account("secretary")
    answer = client.post(SIGN_IN, {"name": "secretary", "password": GOOD}, secure=True)
    assert all(cookie["secure"] for cookie in answer.cookies.values())
