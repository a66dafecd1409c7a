"""One's own record: everything held, who has seen it, what one objects to."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client

from jinwei.accounts.models import Account, Role
from jinwei.audit.models import Entry
from jinwei.ledgers.changes import correct, enter
from jinwei.ledgers.member_changes import correct_member
from jinwei.ledgers.models import Dues, Incident, Training
from jinwei.members.models import Answer, Member, Objection
from jinwei.standings.models import Adoption

from .conftest import BRANCH, COMMITTEE
from .test_members_roster import BY, NUMBER, member_points, text  # noqa: F401 - a fixture

As = Callable[[str], Client]
PAGE = "/my-record/"
NEW = f"{PAGE}objections/new/"


@pytest.fixture
def known(house: Adoption) -> Member:
    """P2, whom the member's account is, with an identity number and a telephone."""
    one = Member.objects.get(code="P2")
    one.phone = "13800001234"
    return correct_member(one, by=BY, version=1, number=NUMBER)


def attendance(code: str = "P2") -> str:
    from jinwei.ledgers.models import Attendance

    return f"attendance-{Attendance.objects.filter(member__code=code).earliest('pk').pk}"


# --- the page -----------------------------------------------------------------------------------


def test_everything_held_is_shown(client_as: As, points: Adoption, known: Member) -> None:
    enter(Training(member=known, hours=1650, held_on="2026-03-05", kind="class"), by=BY)
    enter(Incident(member=known, kind="public_criticism", occurred_on="2026-02-01"), by=BY)
    page = text(client_as("member").get(PAGE))
    assert "李红，这是党组织保存的关于您的全部记录" in page
    assert "每一分的来处" in page
    assert "学习交流" in page
    assert "16.50" in page
    assert "2026-02-01" in page
    assert "组织委员 · 市统计局机关第一党支部" in page
    assert "已交至 5 月" in page
    assert "不保存行踪" in page
    assert "1101**********002X" in page
    assert NUMBER not in page
    assert 'href="/ledgers/' not in page[page.index("<main") :]


def test_only_what_must_be_done_is_a_task(client_as: As, points: Adoption, known: Member) -> None:
    Dues.objects.filter(member=known, month="2026-05").update(paid=0)
    context = client_as("member").get(PAGE).context
    assert context["todo"] == ["交 5 月党费"]
    assert context["chances"]


def test_the_points_add_up(client_as: As, points: Adoption, known: Member) -> None:
    [one] = client_as("member").get(PAGE).context["points"]
    assert one.score == one.base + sum(line.points for line in one.lines) - one.capped


def test_nobody_sees_another_persons_record(client_as: As, known: Member) -> None:
    page = text(client_as("secretary").get(PAGE))
    assert "王建国，这是" in page
    assert "李红" not in page


def test_an_account_without_a_member_is_told_why(client_as: As) -> None:
    answer = client_as("auditor").get(PAGE)
    assert answer.status_code == 200
    assert "没有对应的党员" in text(answer)
    for address in (NEW, f"{PAGE}export.json", f"{PAGE}objections/1/"):
        assert client_as("auditor").get(address).status_code == 404
    assert client_as("auditor").post(f"{PAGE}unmask/", {"column": "phone"}).status_code == 404


def test_a_stranger_is_asked_to_sign_in(house: Adoption) -> None:
    assert Client().get(PAGE).status_code == 302


def test_a_record_needs_few_queries(
    client_as: As,
    points: Adoption,
    known: Member,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    client = client_as("member")
    client.get(PAGE)
    with django_assert_max_num_queries(50):
        client.get(PAGE)


# --- who has seen it ----------------------------------------------------------------------------


def test_readings_are_told_with_name_role_and_reason(client_as: As, known: Member) -> None:
    staff = client_as("staff")
    staff.get(f"/members/{BRANCH}/P2/")
    staff.post(f"/members/{BRANCH}/P2/unmask/", {"column": "phone", "reason": "通知开会"})
    staff.get(f"/members/{COMMITTEE}/export.csv")
    response = client_as("member").get(PAGE)
    page = text(response)
    assert "近 30 天别人看过 3 次" in page
    told = [(one.role, one.what, one.reason) for one in response.context["readings"]]
    assert told == [
        ("党委党务干部", "导出了名册", ""),
        ("党委党务干部", "显示了手机号码", "通知开会"),
        ("党委党务干部", "打开了您的页面", ""),
    ]


def test_ones_own_number_is_shown_and_that_is_recorded(client_as: As, known: Member) -> None:
    client = client_as("member")
    page = text(client.post(f"{PAGE}unmask/", {"column": "id_number"}))
    assert NUMBER in page
    entry = Entry.objects.get(act="unmasked")
    assert entry.member == "P2"
    page = text(client.get(PAGE))
    assert NUMBER not in page
    assert "您本人" in page
    assert "近 30 天没有别人看过" in page
    assert client.post(f"{PAGE}unmask/", {"column": "name"}).status_code == 422


# --- taking it away -----------------------------------------------------------------------------


def test_the_record_is_taken_away_as_json(client_as: As, points: Adoption, known: Member) -> None:
    answer = client_as("member").get(f"{PAGE}export.json")
    said = json.loads(answer.content)
    assert said["member"]["id_number"] == NUMBER
    assert said["member"]["phone"] == "13800001234"
    assert len(said["tables"]["dues"]) == 5
    assert said["tables"]["dues"][0]["paid"] == 50
    assert said["tables"]["attendance"][0]["held_on"] == "2026-05-10"
    assert said["points"][0]["lines"]
    entry = Entry.objects.get(act="exported")
    assert (entry.member, (entry.after or {})["form"]) == ("P2", "json")


def test_the_record_is_taken_away_as_a_workbook(
    client_as: As, points: Adoption, known: Member
) -> None:
    answer = client_as("member").get(f"{PAGE}export.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert {"党员", "积分", "党费", "到会", "任职", "谁看过"} <= set(book.sheetnames)
    cells = [cell.value for row in book["党员"].iter_rows() for cell in row]
    assert NUMBER in cells
    assert client_as("member").get(f"{PAGE}export.pdf").status_code == 404


# --- objections ---------------------------------------------------------------------------------


def objected(client: Client, **said: str) -> Any:
    return client.post(NEW, {"text": "5 月 10 日我到会了", **said})


def test_an_objection_is_opened_and_shown_at_its_line(
    client_as: As, points: Adoption, known: Member
) -> None:
    client, row = client_as("member"), attendance()
    assert "5 月 10 日" not in text(client.get(f"{NEW}?table=attendance&row={row}"))
    assert "学习交流" in text(client.get(f"{NEW}?table=attendance&row={row}"))
    answer = objected(client, table="attendance", row=row)
    one = Objection.objects.get()
    assert answer.headers["Location"] == f"{PAGE}objections/{one.pk}/"
    assert (one.organization_id, str(one.due_on)) == (BRANCH, "2026-06-28")
    page = text(client.get(PAGE))
    assert "异议处理中，6 月 28 日前答复" in page
    assert Entry.objects.filter(act="objected", member="P2").count() == 1
    page = text(client_as("staff").get(f"/members/{BRANCH}/P2/"))
    assert "异议处理中" in page


@pytest.mark.parametrize(
    "said",
    [
        {"table": "points", "row": "member-points/M01"},
        {"table": "member", "column": "education"},
        {"table": "member", "column": "id_number"},
        {"table": "dues", "row": "{dues}"},
        {"table": "post", "row": "{post}"},
        {"table": "record"},
    ],
)
def test_every_kind_of_line_can_be_contested(
    client_as: As, points: Adoption, known: Member, said: dict[str, str]
) -> None:
    from jinwei.organizations.models import Post

    rows = {
        "dues": f"dues-{Dues.objects.filter(member=known).earliest('pk').pk}",
        "post": f"post-{Post.objects.get(member='P2').pk}",
    }
    said = {name: value.format(**rows) for name, value in said.items()}
    assert objected(client_as("member"), **said).status_code == 302
    assert NUMBER not in Objection.objects.get().line


@pytest.mark.parametrize(
    "said",
    [
        {"table": "points", "row": "member-points/M99"},
        {"table": "member", "column": "id_number_sealed"},
        {"table": "dues", "row": "dues-999999"},
        {"table": "meeting", "row": "H1"},
        {"table": "attendance", "row": "{other}"},
    ],
)
def test_what_is_not_ones_own_cannot_be_contested(
    client_as: As, points: Adoption, known: Member, said: dict[str, str]
) -> None:
    said = {name: value.format(other=attendance("P3")) for name, value in said.items()}
    assert objected(client_as("member"), **said).status_code == 404
    assert not Objection.objects.exists()


def test_a_line_is_contested_once_at_a_time(client_as: As, known: Member) -> None:
    client, row = client_as("member"), attendance()
    first = objected(client, table="attendance", row=row)
    again = objected(client, table="attendance", row=row)
    assert again.headers["Location"] == first.headers["Location"]
    assert Objection.objects.count() == 1
    client_as("secretary").post(page_of(Objection.objects.get()), SAID)
    objected(client, table="attendance", row=row)
    assert Objection.objects.count() == 2


def test_an_objection_needs_a_word(client_as: As, known: Member) -> None:
    answer = objected(client_as("member"), table="record", text=" ")
    assert answer.status_code == 422
    assert "请写一句哪里不对" in text(answer)


def test_one_chooses_what_is_wrong(client_as: As, known: Member) -> None:
    page = text(client_as("member").get(NEW))
    assert "哪一项不对" in page
    assert "table=member&amp;column=education" in page


# --- answers ------------------------------------------------------------------------------------


@pytest.fixture
def contested(client_as: As, known: Member) -> Objection:
    objected(client_as("member"), table="attendance", row=attendance())
    return Objection.objects.get()


def page_of(objection: Objection, org: str = BRANCH) -> str:
    return f"/members/{org}/objections/{objection.pk}/"


SAID = {"upheld": "1", "text": "签到表上有您的名字，已改正。"}


def test_the_branch_answers_and_the_member_reads_it(
    client_as: As, contested: Objection, account: Callable[[str], Account]
) -> None:
    client = client_as("secretary")
    assert "1 条异议等待答复" in text(client.get(f"/members/{BRANCH}/objections/"))
    assert "看异议" in text(client.get(f"/members/{BRANCH}/"))
    answer = client.post(page_of(contested), SAID, follow=True)
    assert "没有等待答复的异议" in text(answer)
    one = Answer.objects.get()
    assert (one.upheld, one.superior, one.account) == (True, False, account("secretary").pk)
    page = text(client_as("member").get(f"{PAGE}objections/{contested.pk}/"))
    assert "签到表上有您的名字" in page
    assert "异议成立" in page
    assert client.post(page_of(contested), SAID).status_code == 403
    assert Answer.objects.count() == 1


def test_whoever_recorded_it_does_not_answer(
    client_as: As, contested: Objection, account: Callable[[str], Account]
) -> None:
    from jinwei.audit.actions import Actor
    from jinwei.ledgers.models import Attendance

    secretary = account("secretary")
    meeting = Attendance.objects.get(pk=int(contested.row.rpartition("-")[2])).meeting
    correct(meeting, by=Actor(secretary.pk, str(secretary)), version=1)
    client = client_as("secretary")
    assert "要由没有参与登记的支委答复" in text(client.get(page_of(contested)))
    assert client.post(page_of(contested), SAID).status_code == 403
    assert client_as("staff").post(page_of(contested, COMMITTEE), SAID).status_code == 302


def test_nobody_answers_oneself(client_as: As, known: Member) -> None:
    client = client_as("secretary")
    objected(client, table="record")
    page = text(client.get(page_of(Objection.objects.get())))
    assert "您自己提出的" in page


def test_an_answer_needs_both_parts(client_as: As, contested: Objection) -> None:
    answer = client_as("secretary").post(page_of(contested), {})
    assert answer.status_code == 422
    assert "请写明理由" in text(answer)


@pytest.mark.parametrize(
    ("role", "org", "status"),
    [
        ("inspector", COMMITTEE, 403),
        ("auditor", BRANCH, 403),
        ("administrator", BRANCH, 403),
        ("secretary", "TJ02", 404),
        ("staff", "TJ02", 404),
        ("staff", COMMITTEE, 200),
    ],
)
def test_who_sees_an_objection(
    client_as: As, contested: Objection, role: str, org: str, status: int
) -> None:
    assert client_as(role).get(page_of(contested, org)).status_code == status


def test_one_sees_ones_own_objections_alone(client_as: As, contested: Objection) -> None:
    assert client_as("secretary").get(f"{PAGE}objections/{contested.pk}/").status_code == 404


def test_an_answer_one_does_not_accept_goes_to_the_superior(
    client_as: As, contested: Objection
) -> None:
    member, own = client_as("member"), f"{PAGE}objections/{contested.pk}/"
    early = member.post(f"{own}escalate/", follow=True)
    assert "现在还不能转上级" in text(early)
    client_as("secretary").post(page_of(contested), SAID | {"upheld": "0"})
    assert "请上级答复" in text(member.get(own))
    member.post(f"{own}escalate/")
    contested.refresh_from_db()
    assert contested.escalated_at is not None
    assert "由上级党组织答复" in text(client_as("secretary").get(page_of(contested)))
    assert client_as("secretary").post(page_of(contested), SAID).status_code == 403
    assert client_as("staff").post(page_of(contested), SAID).status_code == 302
    assert [a.superior for a in Answer.objects.all()] == [False, True]
    assert "最后的答复" in text(member.get(own))
    member.post(f"{own}escalate/")
    assert Entry.objects.filter(act="escalated").count() == 1


def test_a_late_branch_can_be_passed_over(client_as: As, contested: Objection) -> None:
    own = f"{PAGE}objections/{contested.pk}/"
    with time_machine.travel("2026-06-29T02:00:00Z", tick=False):
        member = client_as("member")
        assert "超过 10 天没有答复" in text(member.get(own))
        assert "异议逾期未答复" in text(member.get(PAGE))
        member.post(f"{own}escalate/")
        contested.refresh_from_db()
        assert str(contested.due_on) == "2026-07-09"


def test_a_role_that_has_ended_answers_nothing(
    client_as: As, contested: Objection, account: Callable[[str], Account]
) -> None:
    Role.objects.filter(account=account("secretary")).update(to_on="2026-06-17")
    assert client_as("secretary").get(page_of(contested)).status_code == 404
