"""What somebody finds, and what nobody finds who may not see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jinwei.organizations.models import Organization
from jinwei.web.search.initials import pattern_of

ClientAs = Callable[[str], Client]


def found(client: Client, q: str) -> list[str]:
    """The names of what is found, in order."""
    page = client.get("/search/", {"q": q}).content.decode()
    hits = re.findall(r'<ul class="hits">(.*?)</ul>', page, re.S)
    return re.findall(r'<a href="[^"]+"><span>([^<]*)</span>', "".join(hits))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("tjj", "市统计局机关"),
        ("STJJ", "市统计局机关"),
        ("t j j", "市统计局机关"),
        ("yh", "中国银行"),
        ("cq", "重庆路支部"),
        ("zq", "重庆路支部"),
        ("l0", "乐0支部"),
    ],
)
def test_initials_in_any_reading(typed: str, name: str) -> None:
    pattern = pattern_of(typed)
    assert pattern is not None
    assert pattern.search(name)


@pytest.mark.parametrize("typed", ["统计", "a", "2026", "", "t.j", "t" * 21])
def test_what_is_no_spelling_is_no_pattern(typed: str) -> None:
    assert pattern_of(typed) is None


def test_initials_do_not_match_across(db: None) -> None:
    pattern = pattern_of("tjj")
    assert pattern is not None
    assert not pattern.search("市财政局机关")


def test_organizations_by_name_code_and_initials(house: object, client_as: ClientAs) -> None:
    client = client_as("work_committee")
    first = ["市统计局机关党委", "市统计局机关第一党支部", "市统计局机关第二党支部"]
    assert found(client, "统计局") == first
    assert found(client, "tjj") == first
    assert found(client, "TJ0") == first[1:]
    assert found(client, "czj") == ["市财政局机关党委", "市财政局机关第一党支部"]


def test_members_by_name_code_spelling_and_initials(house: object, client_as: ClientAs) -> None:
    client = client_as("staff")
    assert found(client, "王建国") == ["王建国"]
    assert found(client, "P1") == ["王建国"], "P10 is in another committee"
    assert "王建国" in found(client, "wjg")
    assert "王建国" in found(client, "wangjian")
    assert found(client, "黄强") == []


def test_nobody_finds_what_they_may_not_see(house: object, client_as: ClientAs) -> None:
    assert found(client_as("secretary"), "财政局") == []
    assert found(client_as("secretary"), "czj") == []
    assert found(client_as("auditor"), "王建国") == [], "an auditor sees no persons"
    assert found(client_as("administrator"), "王建国") == []
    assert client_as("member").get("/search/", {"q": "王"}).status_code == 403


def test_a_withdrawn_organization_is_not_found(house: object, client_as: ClientAs) -> None:
    Organization.objects.filter(code="TJ02").update(withdrawn_at="2026-06-01T00:00Z")
    assert "市统计局机关第二党支部" not in found(client_as("work_committee"), "tjj")


def test_indicators_and_meetings(house: object, client_as: ClientAs) -> None:
    client = client_as("secretary")
    (indicator,) = [name for name in found(client, "L02") if name.startswith("L02 ")]
    assert indicator in found(client, indicator.removeprefix("L02 ")[:4])
    assert found(client, "学习交流") == ["学习交流"] * 5
    page = client.get("/search/", {"q": "学习交流"}).content.decode()
    assert page.index("2026-05-10") < page.index("2026-01-10"), "the newest first"
    assert "学习交流" not in found(client_as("work_committee"), "L02")


def test_results_are_grouped_and_counted(house: object, client_as: ClientAs) -> None:
    page = client_as("work_committee").get("/search/", {"q": "统计局"}).content.decode()
    assert "“统计局”找到 3 处" in page
    assert "党组织（3）" in page
    assert "TJ01 · 支部 · 市统计局机关党委" in page


def test_while_typing_a_list_below_the_field(house: object, client_as: ClientAs) -> None:
    client = client_as("work_committee")
    answer = client.get("/search/", {"q": "市"}, headers={"HX-Request": "true"}).content.decode()
    assert answer.count('<ul class="hits">') == 1
    assert "<h1" not in answer
    assert "党组织（6）" in answer
    assert len(re.findall(r'<a href="/o', answer)) == 5
    assert 'href="/search/?q=%E5%B8%82"' in answer
    for q, said in (("", ""), ("   ", ""), ("nobody", "没有找到“nobody”")):
        answer = client.get("/search/", {"q": q}, headers={"HX-Request": "true"})
        assert said in answer.content.decode()
        assert ("hits" in answer.content.decode()) is bool(said)


def test_an_empty_search_says_what_can_be_typed(house: object, client_as: ClientAs) -> None:
    client = client_as("work_committee")
    assert "拼音首字母" in client.get("/search/").content.decode()
    assert "没有找到“nobody”" in client.get("/search/", {"q": "nobody"}).content.decode()


@pytest.mark.parametrize("q", ["%", "_", "'", '"', "<b>", "\\", "(", "[", "*", "a" * 500, "\x00"])
def test_signs_are_signs(house: object, client_as: ClientAs, q: str) -> None:
    answer = client_as("work_committee").get("/search/", {"q": q})
    assert answer.status_code == 200
    assert "<b>" not in re.findall("<h1>(.*?)</h1>", answer.content.decode())[0]


def test_a_search_costs_few_queries(
    house: object, client_as: ClientAs, django_assert_max_num_queries: Any
) -> None:
    client = client_as("staff")
    for q in ("tjj", "统计局", "L02"):
        with django_assert_max_num_queries(18):
            client.get("/search/", {"q": q}, headers={"HX-Request": "true"})
