"""The frame of a page: what each role finds there, and what it costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path, resolve

from jinwei.accounts.access import Access
from jinwei.accounts.models import Account, Role
from jinwei.organizations.models import Organization
from jinwei.standings.models import Adoption
from jinwei.web.shell import Shell, shell

from .conftest import BRANCH, COMMITTEE, TODAY

pytestmark = pytest.mark.urls(__name__)


def page(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse()


def of(noun: str, *routes: tuple[str, str]) -> object:
    views = [path(route, page, name=stem) for route, stem in routes]
    return path(f"{noun}/", include((views, noun)))


urlpatterns = [
    path("", page, name="home"),
    of("signin", ("out/", "sign_out")),
    of("workbench", ("<str:org>/", "workbench")),
    of("entry", ("<str:org>/meeting/", "meeting")),
    of("organization", ("", "list"), ("<str:org>/", "standing")),
    of("overview", ("<str:org>/", "overview")),
    of("ledgers", ("<str:org>/", "tables")),
    of("members", ("<str:org>/", "roster")),
    of("standards", ("", "library")),
    of("record", ("", "record")),
    of("settings", ("", "settings"), ("type/", "type")),
    of("audit", ("", "entries")),
    of("search", ("", "results")),
]


def frame(account: Account | None, at: str = "/", org: str = "", cookie: str = "") -> Shell:
    return shell(asked(account, at, org, cookie))["shell"]


def asked(account: Account | None, at: str = "/", org: str = "", cookie: str = "") -> HttpRequest:
    request = RequestFactory().get(at)
    request.COOKIES["jinwei_type"] = cookie
    request.resolver_match = resolve(at.partition("?")[0])
    request.access = Access(account, TODAY) if account else None  # type: ignore[attr-defined]
    if org:
        request.organization = Organization.objects.get(code=org)  # type: ignore[attr-defined]
    return request


def labels(found: Shell) -> list[str]:
    return [entry.label for entry in found.entries]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("secretary", ["工作台", "本支部", "台账", "党员", "我的记录"]),
        ("work_committee", ["总览", "党组织", "台账", "党员", "标准", "设置"]),
        ("staff", ["总览", "党组织", "台账", "党员", "设置"]),
        ("inspector", ["总览", "党组织", "台账", "党员"]),
        ("administrator", ["总览", "党组织", "台账", "标准", "设置", "审计"]),
        ("auditor", ["审计"]),
        ("member", ["我的记录"]),
    ],
)
def test_each_role_finds_its_screens_and_no_others(
    account: Callable[[str], Account], role: str, expected: list[str]
) -> None:
    assert labels(frame(account(role))) == expected


def test_somebody_without_a_role_finds_none(house: Adoption) -> None:
    found = frame(Account.objects.create_account("nobody"))
    assert found.entries == ()
    assert found.place is None
    assert found.search == ""
    assert found.role == ""


def test_a_role_that_has_ended_gives_nothing(house: Adoption) -> None:
    former = Account.objects.create_account("former")
    Role.objects.create(
        account=former, role="secretary", organization_id=BRANCH, to_on=TODAY - dt.timedelta(1)
    )
    assert frame(former).entries == ()


def test_a_stranger_has_no_frame_but_the_size_of_type(db: None) -> None:
    assert frame(None) == Shell(home="/", large=False)
    assert frame(None, cookie="large").large


def test_the_place_is_that_of_the_page_else_the_own(account: Callable[[str], Account]) -> None:
    staff = account("staff")
    own, visited = frame(staff), frame(staff, f"/organization/{BRANCH}/", BRANCH)
    assert own.place is not None
    assert own.place.code == COMMITTEE
    assert visited.place is not None
    assert visited.place.code == BRANCH
    # Ledgers follow the page; a branch has no overview, so that stays the own.
    urls = {entry.label: entry.url for entry in visited.entries}
    assert urls["台账"] == f"/ledgers/{BRANCH}/"
    assert urls["总览"] == f"/overview/{COMMITTEE}/"
    assert [e.label for e in visited.entries if e.current] == ["党组织"]


def test_recording_is_offered_only_where_it_is_allowed(account: Callable[[str], Account]) -> None:
    assert frame(account("secretary")).record == f"/entry/{BRANCH}/meeting/"
    assert frame(account("staff")).record == ""
    assert frame(account("staff"), f"/organization/{BRANCH}/", BRANCH).record
    assert not frame(account("inspector"), f"/organization/{BRANCH}/", BRANCH).record


def test_a_phone_has_five_tabs_with_recording_in_the_middle(
    account: Callable[[str], Account],
) -> None:
    tabs = frame(account("secretary")).tabs
    assert [tab.label for tab in tabs] == ["工作台", "本支部", "录入", "台账", "我的记录"]
    assert tabs[2].plus
    assert len(frame(account("work_committee")).tabs) == 5


def test_what_waits_is_counted_at_its_entry(account: Callable[[str], Account]) -> None:
    request = asked(account("secretary"), f"/workbench/{BRANCH}/", BRANCH)
    request.waiting = {"workbench": 3}  # type: ignore[attr-defined]
    first = shell(request)["shell"].entries[0]
    assert (first.label, first.count, first.current) == ("工作台", 3, True)


@pytest.mark.parametrize("role", ["secretary", "staff", "work_committee", "member"])
def test_the_frame_asks_the_database_once(
    account: Callable[[str], Account],
    django_assert_max_num_queries: Callable[[int], object],
    role: str,
) -> None:
    request = asked(account(role))
    with django_assert_max_num_queries(1):  # type: ignore[attr-defined]
        shell(request)


def test_the_size_of_type_is_that_of_the_account(account: Callable[[str], Account]) -> None:
    secretary = account("secretary")
    assert not frame(secretary, cookie="large").large
    secretary.large_type = True
    assert frame(secretary).large


def test_the_frame_as_a_page(account: Callable[[str], Account]) -> None:
    secretary = account("secretary")
    secretary.keys = secretary.large_type = True
    html = render_to_string("home.html", request=asked(secretary))
    assert '<html lang="zh-CN" data-type="large" data-keys="on">' in html
    assert html.count("<h1") == 1
    assert '<a class="skip" href="#main">跳到正文</a>' in html
    assert html.index('class="skip"') < html.index("<header")
    assert "市统计局机关第一党支部" in html
    assert 'aria-pressed="true"' in html
    assert '<form method="post" action="/signin/out/">' in html
    assert 'id="key-list"' in html
    assert "style=" not in html
    assert html.count("<script") == html.count("defer></script>") == 2


def test_the_frame_of_a_stranger_has_no_navigation(db: None) -> None:
    html = render_to_string("errors/404.html", request=asked(None))
    assert "<nav" not in html
    assert "退出登录" not in html
    assert html.count("<h1") == 1
