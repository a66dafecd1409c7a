"""The roster in numbers: whoever may see members sees the counts, nobody is named in them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from jinwei.audit.models import Entry
from jinwei.members.models import Member
from jinwei.organizations.models import Post
from jinwei.standings.models import Adoption

pytestmark = pytest.mark.django_db
HERE = "/members/TJ01/statistics/"


@pytest.fixture
def people(house: Adoption) -> None:
    """Four members of the branch: 35 and 36 years old to the day, 61, and one unknown."""
    days = {"P1": (1991, 6, 18), "P2": (1990, 6, 18), "P3": (1965, 6, 18)}
    for code, day in days.items():
        Member.objects.filter(code=code).update(birth_on=dt.date(*day), sex="男", education="大学")
    Post.objects.filter(member="P1").update(full_time=True)


def numbers(client: Client) -> dict[tuple[str, str], int]:
    content = client.get(f"{HERE}export.xlsx").content
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, values_only=True)
    return {(part, label): count for part, label, count in rows}


def test_members_are_counted_by_what_matters(
    people: None, client_as: Callable[[str], Client]
) -> None:
    client = client_as("secretary")
    page = client.get(HERE).content.decode()
    assert "4 名党员的结构" in page
    assert "王建国" not in page.partition('id="main"')[2].partition("</main>")[0]
    found = numbers(client)
    ages = {label: n for (part, label), n in found.items() if part == "年龄"}
    assert ages == {"35 岁及以下": 1, "36 至 45 岁": 1, "60 岁以上": 1, "没有登记": 1}
    assert found["学历", "大学"] == 3
    assert found["党龄", "15 至 29 年"] == 4  # all joined on 1 July 2001
    assert found["任职人员专兼职", "专职"] == 1
    assert found["任职人员专兼职", "没有登记"] == 2
    assert Entry.objects.filter(act="exported", table="member").exists()


def test_a_roster_without_members_says_so(
    house: Adoption, client_as: Callable[[str], Client]
) -> None:
    Member.objects.update(status="left", left_on=dt.date(2026, 1, 1))
    assert "还没有在册党员" in client_as("secretary").get(HERE).content.decode()


@pytest.mark.parametrize(("role", "status"), [("auditor", 403), ("member", 404), ("staff", 200)])
def test_only_whoever_may_see_members_sees_their_numbers(
    role: str, status: int, house: Adoption, client_as: Callable[[str], Client]
) -> None:
    assert client_as(role).get(HERE).status_code == status
    assert client_as(role).get("/members/CZ01/statistics/").status_code in (403, 404)


def test_a_page_asks_a_bounded_number_of_questions(
    house: Adoption, client_as: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    client = client_as("secretary")
    client.get(HERE)
    with django_assert_max_num_queries(14):
        client.get(HERE)
