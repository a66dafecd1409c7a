"""The page of a member, and the forms that change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from jinwei.audit.models import Entry
from jinwei.ledgers.member_changes import correct_member
from jinwei.members.identity import unseal
from jinwei.members.models import Member, Membership
from jinwei.standings.models import Adoption

from .conftest import BRANCH, COMMITTEE, OTHER
from .test_members_roster import BY, NUMBER, member_points, text  # noqa: F401 - a fixture

As = Callable[[str], Client]
PAGE = f"/members/{BRANCH}/P1/"


@pytest.fixture
def known(house: Adoption) -> Member:
    """P1, with an identity number and a telephone."""
    one = Member.objects.get(code="P1")
    one.phone, one.sex, one.birth_on = "13800001234", "女", dt.date(1949, 12, 31)
    return correct_member(one, by=BY, version=1, number=NUMBER)


# --- the page -----------------------------------------------------------------------------------


def test_a_member_with_points_meetings_dues_and_posts(client_as: As, points: Adoption) -> None:
    page = text(client_as("secretary").get(f"/members/{BRANCH}/P4/"))
    assert "刘洋，正式党员，积分" in page
    assert "5 月党费未交齐" in page
    assert "M06" in page
    assert "底分" in page
    assert "请假 5 次" in page
    page = text(client_as("secretary").get(PAGE))
    assert "书记 · 市统计局机关第一党支部" in page
    assert "已交至 5 月" in page


def test_points_lead_to_the_rows_that_count(client_as: As, points: Adoption) -> None:
    response = client_as("staff").get(f"/members/{BRANCH}/P4/")
    dues = next(line for line in response.context["points"][0].lines if line.id == "M06")
    assert len(dues.rows) == 5
    assert [row.counted for row in dues.rows].count(False) == 1
    assert all(row.url.startswith(f"/ledgers/{BRANCH}/dues/") for row in dues.rows)
    assert dues.points < 0
    meetings = next(line for line in response.context["points"][0].lines if line.id == "M01")
    assert not meetings.rows or f"/ledgers/{BRANCH}/meeting/" in meetings.rows[0].url


@pytest.mark.parametrize(
    ("role", "page", "status"),
    [
        ("secretary", PAGE, 200),
        ("staff", f"/members/{COMMITTEE}/P1/", 200),
        ("inspector", PAGE, 200),
        ("secretary", f"/members/{BRANCH}/P5/", 404),
        ("secretary", f"/members/{OTHER}/P8/", 404),
        ("staff", f"/members/{COMMITTEE}/P8/", 404),
        ("auditor", PAGE, 403),
        ("administrator", PAGE, 403),
        ("member", PAGE, 404),
    ],
)
def test_who_may_see_a_member(client_as: As, role: str, page: str, status: int) -> None:
    assert client_as(role).get(page).status_code == status


def test_a_reading_is_recorded_once_a_day(client_as: As, account: Callable[[str], object]) -> None:
    for _ in range(2):
        client_as("staff").get(PAGE)
    client_as("secretary").get(PAGE)  # P1 is the secretary: nobody reads about oneself
    [entry] = Entry.objects.filter(act="read")
    assert (entry.member, entry.account_name) == ("P1", str(account("staff")))
    assert (entry.after or {})["role"] == "staff"


def test_a_member_needs_few_queries(
    client_as: As, points: Adoption, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = client_as("staff")
    client.get(PAGE)
    with django_assert_max_num_queries(60):  # type: ignore[attr-defined]
        client.get(PAGE)


# --- what is guarded ----------------------------------------------------------------------------


def test_numbers_stand_masked_on_the_page(client_as: As, known: Member) -> None:
    page = text(client_as("staff").get(PAGE))
    assert "1101**********002X" in page
    assert "138****1234" in page
    assert NUMBER not in page
    page = text(client_as("inspector").get(PAGE))
    assert "1101**" not in page
    assert "您的身份看不到" in page


def test_a_number_is_shown_once_for_a_reason(client_as: As, known: Member) -> None:
    client = client_as("staff")
    said = {"column": "id_number", "reason": "办理组织关系转接"}
    page = text(client.post(f"{PAGE}unmask/", said))
    assert NUMBER in page
    assert "13800001234" not in page
    entry = Entry.objects.get(act="unmasked")
    assert (entry.member, entry.reason) == ("P1", "办理组织关系转接")
    assert (entry.after or {})["column"] == "id_number"
    assert NUMBER not in text(client.get(PAGE))
    fragment = text(
        client.post(f"{PAGE}unmask/", said | {"column": "phone"}, headers={"HX-Request": "true"})
    )
    assert "13800001234" in fragment
    assert "<html" not in fragment


def test_without_a_reason_nothing_is_shown(client_as: As, known: Member) -> None:
    answer = client_as("staff").post(f"{PAGE}unmask/", {"column": "id_number", "reason": " "})
    assert answer.status_code == 422
    assert NUMBER not in text(answer)
    assert "为什么要看" in text(answer)
    assert not Entry.objects.filter(act="unmasked").exists()


@pytest.mark.parametrize(("role", "status"), [("work_committee", 403), ("inspector", 403)])
def test_who_may_not_see_numbers(client_as: As, known: Member, role: str, status: int) -> None:
    said = {"column": "id_number", "reason": "看看"}
    assert client_as(role).post(f"{PAGE}unmask/", said).status_code == status
    assert not Entry.objects.filter(act="unmasked").exists()


def test_a_number_whose_key_is_gone_says_so(client_as: As, known: Member, settings) -> None:  # type: ignore[no-untyped-def]
    settings.IDENTITY_KEYS = "another"
    client = client_as("staff")
    assert "密钥不在" in text(client.get(PAGE))
    page = text(client.post(f"{PAGE}unmask/", {"column": "id_number", "reason": "核对"}))
    assert "密钥不在了" in page


# --- a new member -------------------------------------------------------------------------------


def asked(**said: str) -> dict[str, str]:
    return {"name": "何文", "organization": BRANCH, "status": "full", **said}


def test_a_new_member_is_entered(client_as: As) -> None:
    client = client_as("secretary")
    assert client.get(f"/members/{BRANCH}/new/").status_code == 200
    answer = client.post(
        f"/members/{BRANCH}/new/", asked(id_number=NUMBER.lower(), joined_on="1970-07-01")
    )
    made = Member.objects.get(name="何文")
    assert answer.headers["Location"] == f"/members/{BRANCH}/{made.code}/"
    assert unseal(made.id_number_sealed or b"") == NUMBER
    assert (made.sex, str(made.birth_on)) == ("女", "1949-12-31")
    assert Entry.objects.filter(act="entered", member=made.code).count() == 1


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"name": ""}, "请写姓名"),
        ({"organization": OTHER}, "所在支部"),
        ({"id_number": "110105194912310021"}, "校验码不符"),
        ({"birth_on": "2010-01-01", "joined_on": "2024-01-01"}, "才满 18 岁"),
        ({"joined_on": "2020-01-02", "full_on": "2020-01-01"}, "转正不会早于入党"),
        ({"joined_on": "2026-06-19"}, "还没有到"),
        ({"joined_on": "2026-02-30"}, "没有这一天"),
        ({"phone": "abc"}, "电话只写数字"),
        ({"status": "left"}, "党员状态"),
        ({"name": "李红"}, "是不是同一个人"),
        ({"id_number": NUMBER, "sex": "男"}, "号码里的性别是女"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_saved(
    client_as: As, said: dict[str, str], fault: str
) -> None:
    before = Member.objects.count()
    answer = client_as("secretary").post(f"/members/{BRANCH}/new/", asked(**said))
    assert answer.status_code == 422
    assert fault in text(answer)
    assert Member.objects.count() == before


def test_everything_wrong_is_said_at_once(client_as: As) -> None:
    said = asked(name="李红", joined_on="2026-06-19", id_number="110105194912310021", phone="?")
    page = text(client_as("secretary").post(f"/members/{BRANCH}/new/", said))
    for fault in ("是不是同一个人", "还没有到", "校验码不符", "电话只写数字"):
        assert fault in page


def test_what_is_worth_a_look_is_saved_when_confirmed(client_as: As) -> None:
    client = client_as("secretary")
    said = asked(name="李红", id_number=NUMBER, sex="男", confirmed="on")
    assert client.post(f"/members/{BRANCH}/new/", said).status_code == 302
    assert Member.objects.filter(name="李红", sex="男").count() == 1


def test_a_taken_number_tells_only_what_one_may_see(client_as: As, known: Member) -> None:
    client = client_as("secretary")
    page = text(client.post(f"/members/{BRANCH}/new/", asked(id_number=NUMBER)))
    assert "已经是王建国（P1）的" in page
    stranger = Member.objects.get(code="P8")
    correct_member(known, by=BY, version=known.version, number="")
    correct_member(stranger, by=BY, version=1, number=NUMBER)
    page = text(client.post(f"/members/{BRANCH}/new/", asked(id_number=NUMBER)))
    assert "您看不到的党组织" in page
    assert "黄强" not in page


@pytest.mark.parametrize("role", ["inspector", "auditor", "administrator"])
def test_who_may_not_record(client_as: As, role: str) -> None:
    client = client_as(role)
    org = COMMITTEE if role == "inspector" else BRANCH
    assert client.get(f"/members/{org}/new/").status_code == 403
    assert client.post(f"{PAGE}correct/", asked()).status_code == 403


# --- corrections --------------------------------------------------------------------------------


def correction(member: Member, **said: str) -> dict[str, str]:
    return {
        "version": str(member.version),
        "name": member.name or "",
        "status": member.status,
        "joined_on": str(member.joined_on),
        **said,
    }


def test_a_row_is_corrected_and_what_is_guarded_stays(client_as: As, known: Member) -> None:
    client = client_as("secretary")
    page = text(client.get(f"{PAGE}correct/"))
    assert "现在是 1101**********002X" in page
    assert NUMBER not in page
    assert "13800001234" not in page
    said = correction(known, education="大学本科", sex="女", birth_on="1949-12-31")
    assert client.post(f"{PAGE}correct/", said).status_code == 302
    stored = Member.objects.get(code="P1")
    assert (stored.education, stored.phone) == ("大学本科", "13800001234")
    assert unseal(stored.id_number_sealed or b"") == NUMBER


def test_what_is_guarded_can_be_taken_away(client_as: As, known: Member) -> None:
    said = correction(known, forget_id_number="on", forget_phone="on")
    assert client_as("secretary").post(f"{PAGE}correct/", said).status_code == 302
    stored = Member.objects.get(code="P1")
    assert (stored.id_number_sealed, stored.id_number_digest, stored.phone) == (None, None, None)


def test_two_who_save_see_both_texts(client_as: As, known: Member) -> None:
    said = correction(known, education="大学本科")
    known.education = "博士研究生"
    correct_member(known, by=BY, version=known.version)
    client = client_as("secretary")
    answer = client.post(f"{PAGE}correct/", said)
    assert answer.status_code == 422
    assert "两种写法" in text(answer)
    assert "博士研究生" in text(answer)
    again = said | {"version": str(Member.objects.get(code="P1").version)}
    assert f'value="{again["version"]}"' in text(answer)
    assert client.post(f"{PAGE}correct/", again).status_code == 302
    assert Member.objects.get(code="P1").education == "大学本科"


def test_what_only_the_other_changed_is_taken_over(client_as: As, known: Member) -> None:
    said = correction(known, education="大学本科")
    known.ethnicity = "苗族"
    correct_member(known, by=BY, version=known.version)
    answer = client_as("secretary").post(f"{PAGE}correct/", said)
    assert answer.status_code == 422
    assert "现在保存的（只有对方改过，已填入下面）" in text(answer)
    assert 'value="苗族"' in text(answer)
    assert "您填的（只有您改过）" in text(answer)


# --- what happens to a member -------------------------------------------------------------------


def test_a_probationary_member_turns_full(client_as: As) -> None:
    Member.objects.filter(code="P2").update(status="probationary", joined_on="2025-06-01")
    client = client_as("secretary")
    assert "预备期到 2026-06-01" in text(client.get(f"/members/{BRANCH}/P2/"))
    url = f"/members/{BRANCH}/P2/status/full/"
    early = client.post(url, {"version": "1", "on": "2026-05-31"})
    assert early.status_code == 422
    assert "2026-06-01 才满" in text(early)
    assert client.post(url, {"version": "1", "on": "2026-06-01"}).status_code == 302
    assert Member.objects.get(code="P2").status == "full"


@pytest.mark.parametrize(
    ("what", "status", "column"),
    [("suspended", "suspended", "suspended_on"), ("left", "left", "left_on")],
)
def test_a_member_goes(client_as: As, what: str, status: str, column: str) -> None:
    client = client_as("secretary")
    url = f"/members/{BRANCH}/P4/status/{what}/"
    assert "grave" in text(client.get(url))
    answer = client.post(url, {"version": "1", "on": "2026-06-10", "reason": "调离"}, follow=True)
    assert "已保存" in text(answer)
    stored = Member.objects.get(code="P4")
    assert (stored.status, str(getattr(stored, column))) == (status, "2026-06-10")
    assert client.get(f"/members/{BRANCH}/P4/status/nothing/").status_code == 404


def test_a_change_of_what_somebody_else_changed_is_refused(client_as: As) -> None:
    enter = {"version": "7", "on": "2026-06-10"}
    answer = client_as("secretary").post(f"/members/{BRANCH}/P4/status/left/", enter)
    assert answer.status_code == 422
    assert "刚才有人改了" in text(answer)


def test_a_mobile_member_is_marked_and_unmarked(client_as: As) -> None:
    client = client_as("secretary")
    client.post(f"{PAGE}mobile/", {"version": "1", "mobile": "1"})
    assert Member.objects.get(code="P1").mobile
    stale = client.post(f"{PAGE}mobile/", {"version": "1", "mobile": "0"}, follow=True)
    assert "没有保存" in text(stale)
    client.post(f"{PAGE}mobile/", {"version": "2", "mobile": "0"})
    assert Member.objects.get(code="P1").mobile is False


# --- transfers ----------------------------------------------------------------------------------


def test_a_member_is_transferred(client_as: As) -> None:
    client = client_as("staff")
    url = f"/members/{COMMITTEE}/P4/transfer/"
    page = text(client.get(url))
    assert "TJ02 市统计局机关第二党支部" in page
    assert OTHER not in page
    said = {"version": "1", "to": "TJ02 市统计局机关第二党支部", "on": "2026-06-15"}
    answer = client.post(url, said, follow=True)
    assert "自 2026-06-15 起编入市统计局机关第二党支部" in text(answer)
    assert Member.objects.get(code="P4").organization_id == "TJ02"
    spans = Membership.objects.order_by("pk").values_list("organization", "from_on", "to_on")
    assert list(Membership.objects.order_by("pk").values_list("organization__code", flat=True)) == [
        BRANCH,
        "TJ02",
    ]
    assert [row[1:] for row in spans] == [
        (None, dt.date(2026, 6, 14)),
        (dt.date(2026, 6, 15), None),
    ]


@pytest.mark.parametrize(
    ("to", "fault"),
    [
        ("第二", ""),
        ("CZ01", "没有叫“CZ01”"),
        ("支部", ""),
        ("", "请选择转到哪个支部"),
        ("月球", "月球"),
    ],
)
def test_where_to_is_understood_or_asked_again(client_as: As, to: str, fault: str) -> None:
    said = {"version": "1", "to": to, "on": "2026-06-15"}
    answer = client_as("staff").post(f"/members/{COMMITTEE}/P4/transfer/", said)
    assert answer.status_code == (422 if fault else 302)
    if fault:
        assert fault in text(answer)


def test_who_records_in_one_branch_alone_transfers_nobody(client_as: As) -> None:
    page = text(client_as("secretary").get(f"/members/{BRANCH}/P4/transfer/"))
    assert "请上级党委办理" in page
    assert "<form" not in page[page.index("<main") :]
