"""The roster: who is on it, who may see it, what leaves it."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from jinwei.audit.actions import Actor
from jinwei.audit.models import Entry
from jinwei.ledgers.member_changes import correct_member, enter_member
from jinwei.members.models import Member
from jinwei.norms import standard_path
from jinwei.standards.actions import install_edition
from jinwei.standings.actions import reckon
from jinwei.standings.models import Adoption

from .conftest import BRANCH, COMMITTEE, OTHER, ROOT, TODAY

As = Callable[[str], Client]
NUMBER = "11010519491231002X"
BY = Actor(None, "测试")


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.fixture(name="points")
def member_points(house: Adoption) -> Adoption:
    """The standard of members' points, adopted and reckoned."""
    edition = install_edition(standard_path("member-points").read_text(encoding="utf-8"))
    adoption: Adoption = Adoption.objects.create(
        edition=edition, organization_id=ROOT, from_on="2026-01-01"
    )
    adoption.refresh_from_db()
    reckon(adoption, as_of=TODAY)
    return adoption


def test_a_secretary_sees_the_own_branch(client_as: As) -> None:
    page = text(client_as("secretary").get(f"/members/{BRANCH}/"))
    assert "4 名党员（正式 4，预备 0），1 人党费未交齐" in page
    assert "王建国" in page
    assert "陈静" not in page
    assert "书记" in page


def test_staff_see_all_branches_below(client_as: As) -> None:
    page = text(client_as("staff").get(f"/members/{COMMITTEE}/"))
    assert "7 名党员" in page
    assert "王建国" in page
    assert "陈静" in page
    assert "黄强" not in page


@pytest.mark.parametrize(
    ("role", "org", "status"),
    [
        ("secretary", BRANCH, 200),
        ("secretary", OTHER, 404),
        ("secretary", COMMITTEE, 404),
        ("work_committee", ROOT, 200),
        ("inspector", COMMITTEE, 200),
        ("inspector", OTHER, 404),
        ("auditor", BRANCH, 403),
        ("administrator", BRANCH, 403),
        ("member", BRANCH, 404),
    ],
)
def test_who_may_see_a_roster(client_as: As, role: str, org: str, status: int) -> None:
    assert client_as(role).get(f"/members/{org}/").status_code == status


def test_a_stranger_is_asked_to_sign_in(house: Adoption) -> None:
    assert Client().get(f"/members/{BRANCH}/").status_code == 302


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=王", ["王建国"]),
        ("q=wjg", ["王建国"]),
        ("q=lihong", ["李红"]),
        ("q=P3", ["张伟"]),
        ("list=behind", ["刘洋"]),
        ("list=probationary", ["李红"]),
        ("list=ending", ["李红"]),
        ("list=mobile", ["张伟"]),
        ("category=backbone", ["张伟"]),
        ("list=left", []),
        ("list=nonsense", ["李红", "刘洋", "王建国", "张伟"]),
        ("sort=-name", ["张伟", "王建国", "刘洋", "李红"]),
    ],
)
def test_a_roster_is_narrowed_and_sorted(
    client_as: As, house: Adoption, query: str, found: list[str]
) -> None:
    Member.objects.filter(code="P2").update(status="probationary", joined_on="2025-07-01")
    Member.objects.filter(code="P3").update(mobile=True, category="backbone")
    response = client_as("secretary").get(f"/members/{BRANCH}/?{query}")
    assert [line.member.name for line in response.context["lines"]] == found
    if not found:
        assert "没有符合条件的党员" in text(response)


def test_htmx_gets_the_lines_alone(client_as: As) -> None:
    page = text(client_as("secretary").get(f"/members/{BRANCH}/", headers={"HX-Request": "true"}))
    assert "<html" not in page
    assert "王建国" in page


def test_an_empty_roster_says_what_to_do(client_as: As) -> None:
    Member.objects.update(withdrawn_at="2026-06-01T00:00:00Z")
    page = text(client_as("secretary").get(f"/members/{BRANCH}/"))
    assert "名册上还没有党员" in page
    assert "登记党员" in page


def test_points_stand_in_the_roster_and_sort_it(client_as: As, points: Adoption) -> None:
    response = client_as("secretary").get(f"/members/{BRANCH}/?sort=-points")
    lines = response.context["lines"]
    assert all(line.points is not None for line in lines)
    assert [line.points for line in lines] == sorted((ln.points for ln in lines), reverse=True)
    assert lines[-1].member.name == "刘洋"


def test_a_page_of_fifty_needs_few_queries(
    client_as: As, points: Adoption, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for n in range(60):
        enter_member(Member(name=f"党员{n}", organization_id=BRANCH, status="full"), by=BY)
    client = client_as("staff")
    client.get(f"/members/{COMMITTEE}/")
    with django_assert_max_num_queries(21):  # type: ignore[attr-defined]
        page = client.get(f"/members/{COMMITTEE}/")
    assert len(page.context["lines"]) == 50


# --- export -------------------------------------------------------------------------------------


def test_a_roster_is_exported_without_what_is_guarded(client_as: As) -> None:
    Member.objects.filter(code="P1").update(phone="13800001234")
    response = client_as("secretary").get(f"/members/{BRANCH}/export.csv?q=王")
    csv = response.content.decode("utf-8-sig")
    assert "王建国" in csv
    assert "李红" not in csv
    assert "13800001234" not in csv
    assert "手机号码" not in csv
    told = Entry.objects.filter(act="exported").order_by("pk")
    assert [(e.organization, e.member) for e in told] == [(BRANCH, None), (BRANCH, "P1")]


def test_what_is_guarded_is_exported_for_a_reason(client_as: As) -> None:
    one = Member.objects.get(code="P1")
    one.phone = "13800001234"
    correct_member(one, by=BY, version=1, number=NUMBER)
    client = client_as("secretary")
    refused = client.post(f"/members/{BRANCH}/export.xlsx", follow=True)
    assert "请写一句为什么要导出号码" in text(refused)
    assert not Entry.objects.filter(act="exported").exists()
    response = client.post(f"/members/{BRANCH}/export.xlsx?q=王", {"reason": "年度统计"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert NUMBER in cells
    assert "13800001234" in cells
    entry = Entry.objects.get(act="exported", member="P1")
    assert entry.reason == "年度统计"
    assert "id_number" in (entry.after or {})["columns"]


def test_without_the_right_nothing_guarded_is_exported(client_as: As) -> None:
    client = client_as("work_committee")
    answer = client.post(f"/members/{ROOT}/export.xlsx", {"reason": "年度统计"})
    assert answer.status_code == 403
    assert client.get(f"/members/{ROOT}/export.pdf").status_code == 404
    assert not Entry.objects.filter(act="exported").exists()


def test_a_member_is_found_by_identity_number(client_as: As) -> None:
    correct_member(Member.objects.get(code="P1"), by=BY, version=1, number=NUMBER)
    client = client_as("secretary")
    assert "按身份号码找人" in text(client.get(f"/members/{BRANCH}/"))
    found = client.post(f"/members/{BRANCH}/by-number/", {"number": f" {NUMBER.lower()} "})
    assert found["Location"] == f"/members/{BRANCH}/P1/"
    assert NUMBER not in found["Location"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "请填写身份号码"),
        ("110105194912310021", "校验码不符"),
        ("440524188001010014", "没有人登记了这个身份号码"),
    ],
)
def test_a_number_that_finds_nobody_says_why(client_as: As, number: str, said: str) -> None:
    answer = client_as("secretary").post(
        f"/members/{BRANCH}/by-number/", {"number": number}, follow=True
    )
    assert said in text(answer)


def test_without_the_right_nobody_is_found_by_number(client_as: As) -> None:
    correct_member(Member.objects.get(code="P1"), by=BY, version=1, number=NUMBER)
    client = client_as("work_committee")
    sent = client.post(f"/members/{ROOT}/by-number/", {"number": NUMBER})
    assert sent.status_code == 403
    assert "按身份号码找人" not in text(client.get(f"/members/{ROOT}/"))
