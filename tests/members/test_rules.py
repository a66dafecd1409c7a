"""What cannot be on the roster, and how names are found by their letters."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jinwei.members.models import Member
from jinwei.members.rules import faults_of, namesakes, probation_ends
from jinwei.members.spelling import spelling
from jinwei.organizations.models import Organization

TODAY = dt.date(2026, 6, 18)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def member(status: str = "full", **days: str) -> Member:
    return Member(status=status, **{name: day(text) for name, text in days.items()})


def test_an_ordinary_row_has_no_fault() -> None:
    row = member(birth_on="1980-02-29", joined_on="2001-07-01", full_on="2002-07-01")
    assert faults_of(row, TODAY) == []


@pytest.mark.parametrize(
    ("status", "days", "column", "said"),
    [
        ("full", {"birth_on": "1990-05-02", "joined_on": "2008-05-01"}, "joined_on", "2008-05-02"),
        ("full", {"birth_on": "2000-02-29", "joined_on": "2018-02-28"}, "joined_on", "2018-03-01"),
        ("full", {"joined_on": "2020-01-02", "full_on": "2020-01-01"}, "full_on", "不会早于入党"),
        ("full", {"joined_on": "2026-06-19"}, "joined_on", "还没有到"),
        ("full", {"birth_on": "2026-06-19"}, "birth_on", "还没有到"),
        ("left", {}, "left_on", "离开的日期"),
        ("full", {"left_on": "2026-01-01"}, "status", "已离开"),
        ("left", {"here_since": "2025-02-01", "left_on": "2025-01-01"}, "left_on", "转入"),
        ("suspended", {}, "suspended_on", "停止党籍的日期"),
        ("probationary", {"full_on": "2026-01-01"}, "status", "正式"),
    ],
)
def test_what_cannot_be_is_said(status: str, days: dict[str, str], column: str, said: str) -> None:
    [(found, text)] = faults_of(member(status, **days), TODAY)
    assert found == column
    assert said in text


@pytest.mark.parametrize(
    ("status", "joined_on", "ends"),
    [
        ("probationary", "2025-07-01", "2026-07-01"),
        ("probationary", "2024-02-29", "2025-03-01"),
        ("full", "2025-07-01", None),
        ("probationary", None, None),
    ],
)
def test_a_probation_is_over_after_a_year(
    status: str, joined_on: str | None, ends: str | None
) -> None:
    days = {"joined_on": joined_on} if joined_on else {}
    assert probation_ends(member(status, **days)) == (day(ends) if ends else None)


@pytest.mark.django_db
def test_the_same_name_in_the_same_branch_is_worth_a_look() -> None:
    for code in ("A", "B"):
        Organization.objects.create(code=code, name=code, kind="branch")

    def enter(code: str, **said: Any) -> Member:
        row = {"name": "王建国", "organization_id": "A", "status": "full", **said}
        return Member.objects.create(code=code, **row)

    one, two = enter("M1"), enter("M2")
    enter("M3", organization_id="B")
    enter("M4", status="left")
    enter("M5", name="王建")
    assert namesakes(one) == [two]
    assert namesakes(Member(organization_id="A")) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王建国", "wjg"),
        ("王建国", "wangjianguo"),
        ("单小明", "sxm"),
        ("范文", "fan0wen"),
        ("单小明", "dxm"),
        ("买买提·艾力", "mmt·al"),
        ("John Smith", "johnsmith"),
    ],
)
def test_a_name_is_found_by_its_letters(name: str, typed: str) -> None:
    assert typed in (spelling(name) or "").split()


@pytest.mark.parametrize("name", [None, "", "  "])
def test_no_name_has_no_letters(name: str | None) -> None:
    assert spelling(name) is None
