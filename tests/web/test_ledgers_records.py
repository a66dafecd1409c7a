"""Records of ledgers: what a page shows, correction, conflict, withdrawal, return, taking back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from jinwei.audit.actions import Actor
from jinwei.audit.models import Entry
from jinwei.ledgers.changes import Change, correct, enter, withdraw
from jinwei.ledgers.models import Attendance, Dues, Fund, Judgement, Meeting, Talk
from jinwei.organizations.models import Post

from .test_ledgers_entry import ClientAs, new, text, told

H5 = "/ledgers/TJ01/meeting/H5/"
BY = Actor(None, "某人")


def fields_of(page: Any) -> dict[str, str]:
    """What a form would send as it stands."""
    body = page.content.decode()
    found = dict(
        re.findall(r'<input type="(?:hidden|text|date)" name="([^"]+)" value="([^"]*)"', body)
    )
    checked = re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)"[^>]* checked', body)
    found |= dict(checked)
    for name, inner in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', body, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        found[name] = chosen[1] if chosen else ""
    if re.search(r'name="roll"[^>]* checked', body):
        found["roll"] = "on"
    found.pop("csrfmiddlewaretoken", None)
    found.pop("q", None)
    return found


def test_a_record_says_everything_about_a_row(client_as: ClientAs) -> None:
    page = client_as("secretary").get(H5)
    said = text(page)
    for word in ("学习交流", "2026-05-10", "主题党日", "应到", "材料 0 份", "整批导入的"):
        assert word in said
    assert "到会 3 人 王建国、李红、张伟" in said
    assert "请假 1 人 刘洋" in said
    assert "L05" in said
    assert "L01" not in said, "a theme day is no branch meeting"
    assert f'href="{H5}correct/?next={H5}"' in page.content.decode()


def test_persons_are_for_whoever_may_see_them(client_as: ClientAs) -> None:
    page = client_as("auditor").get("/ledgers/GW/meeting/H5/")
    assert page.status_code == 200
    assert "王建国" not in text(page)
    assert "更正" not in text(page)
    assert client_as("auditor").get("/ledgers/GW/dues/dues-1/").status_code == 403
    assert client_as("secretary").get("/ledgers/TJ01/dues/dues-1/").status_code == 200


@pytest.mark.parametrize(
    ("role", "url", "status"),
    [
        ("secretary", "/ledgers/TJ01/meeting/H9/", 404),
        ("secretary", "/ledgers/TJ01/dues/talk-1/", 404),
        ("secretary", "/ledgers/TJ01/dues/dues-99999999999999999999/", 404),
        ("secretary", "/ledgers/CZ01/meeting/H5/", 404),
        ("work_committee", "/ledgers/CZ01/meeting/H5/", 404),
        ("work_committee", "/ledgers/GW/meeting/H5/", 200),
        ("member", H5, 404),
        ("secretary", "/ledgers/TJ01/member/P1/", 200),
        ("secretary", "/ledgers/TJ01/member/P5/", 404),
        ("secretary", f"{H5}correct/", 200),
        ("inspector", f"{H5}correct/", 403),
        ("inspector", f"{H5}withdraw/", 403),
        ("auditor", f"{H5}withdraw/", 403),
        ("secretary", "/ledgers/TJ01/member/P1/correct/", 403),
        ("secretary", f"{H5}restore/", 405),
    ],
)
def test_who_may_open_what(client_as: ClientAs, role: str, url: str, status: int) -> None:
    assert client_as(role).get(url).status_code == status


def test_guarded_columns_are_never_shown(client_as: ClientAs, house: object) -> None:
    from jinwei.members.models import Member

    Member.objects.filter(code="P1").update(phone="13800000000")
    assert (
        "13800000000" not in client_as("secretary").get("/ledgers/TJ01/member/P1/").content.decode()
    )
    assert "13800000000" not in client_as("secretary").get("/ledgers/TJ01/member/").content.decode()


# --- correction ---------------------------------------------------------------------------------


def test_a_correction_is_saved_with_its_trail(client_as: ClientAs) -> None:
    client = client_as("secretary")
    page = client.get(f"{H5}correct/")
    data = fields_of(page) | {"topic": "廉政教育", "came-P4": "present", "reason": "记错了"}
    answer = client.post(f"{H5}correct/", data)
    assert answer.status_code == 302, text(answer)
    row = Meeting.objects.get(code="H5")
    assert (row.topic, row.attended, row.version, str(row.recorded_on)) == (
        "廉政教育",
        4,
        2,
        "2026-05-11",
    )
    assert Attendance.objects.get(meeting="H5", member="P4").status == "present"
    said = text(client.get(H5))
    assert "议题：学习交流 → 廉政教育" in said
    assert "原因：记错了" in said
    assert "已保存更正。" in said


def test_nothing_is_lost_where_somebody_saved_meanwhile(client_as: ClientAs) -> None:
    client = client_as("secretary")
    data = fields_of(client.get(f"{H5}correct/")) | {"topic": "我写的", "held_on": "2026-05-12"}
    theirs = Meeting.objects.get(code="H5")
    theirs.topic, theirs.led_by = "别人写的", "李红"
    correct(theirs, by=BY, version=1)
    answer = client.post(f"{H5}correct/", data)
    assert answer.status_code == 409
    said = text(answer)
    assert "没有保存：有人刚改过这条记录" in said
    assert "某人 在 2026-06-18 10:00 保存了另一份" in said
    for word in ("我写的", "别人写的", "2026-05-12", "2026-05-10", "李红"):
        assert word in said
    assert Meeting.objects.get(code="H5").topic == "别人写的"
    proposed = fields_of(answer)
    assert (proposed["choose-held_on"], proposed["choose-led_by"]) == ("mine", "stored")
    assert "choose-topic" not in proposed, "both have changed it"
    assert "两边都改过，请选一份" in said
    chosen = proposed | {"choose-topic": "stored"}
    assert client.post(f"{H5}correct/", chosen).status_code == 302
    row = Meeting.objects.get(code="H5")
    assert (row.topic, str(row.held_on), row.led_by, row.version) == (
        "别人写的",
        "2026-05-12",
        "李红",
        3,
    )


def test_a_word_of_ones_own_that_somebody_replaced_is_put_beside_theirs(
    client_as: ClientAs,
) -> None:
    held_on = dt.date(2026, 3, 1)
    row = Talk(organization_id="TJ01", member_id="P1", with_member_id="P4", held_on=held_on)
    row.kind = "家访"
    enter(row, by=BY)
    client = client_as("secretary")
    url = f"/ledgers/TJ01/talk/{row.row_id}/correct/"
    data = fields_of(client.get(url))
    theirs = Talk.objects.get(pk=row.pk)
    theirs.kind = None
    correct(theirs, by=BY, version=1)
    answer = client.post(url, data | {"held_on": "2026-03-02"})
    assert answer.status_code == 409, text(answer)
    assert "家访" in text(answer)


def test_where_only_numbers_were_given_everybody_is_offered_as_present(client_as: ClientAs) -> None:
    client = client_as("secretary")
    Attendance.objects.filter(meeting="H5").delete()
    page = client.get(f"{H5}correct/")
    sent = fields_of(page)
    assert {sent[f"came-P{n}"] for n in range(1, 5)} == {"present"}
    assert "roll" not in sent
    client.post(f"{H5}correct/", sent | {"topic": "改了议题"})
    assert Meeting.objects.get(code="H5").topic == "改了议题"
    assert not Attendance.objects.filter(meeting="H5").exists()


def test_attendance_is_chosen_as_a_whole(client_as: ClientAs) -> None:
    client = client_as("secretary")
    data = fields_of(client.get(f"{H5}correct/")) | {"came-P1": "leave"}
    theirs = Meeting.objects.get(code="H5")
    theirs.attended = 4
    everybody = [(f"P{n}", "present") for n in range(1, 5)]
    correct(theirs, by=BY, version=1, attendance=everybody)
    answer = client.post(f"{H5}correct/", data)
    assert answer.status_code == 409
    assert "应到 4 人，实到 2 人" in text(answer)
    assert "应到 4 人，实到 4 人" in text(answer)
    client.post(f"{H5}correct/", fields_of(answer) | {"choose-attendance": "stored"})
    stored = dict(Attendance.objects.filter(meeting="H5").values_list("member", "status"))
    assert stored == dict(everybody)


def test_a_member_who_left_stays_on_the_row(client_as: ClientAs) -> None:
    from jinwei.members.models import Member

    client = client_as("secretary")
    held_on = dt.date(2026, 3, 1)
    row = Talk(organization_id="TJ01", member_id="P1", with_member_id="P4", held_on=held_on)
    enter(row, by=BY)
    Member.objects.filter(code="P4").update(organization="TJ02")
    page = client.get(f"/ledgers/TJ01/talk/{row.row_id}/correct/")
    data = fields_of(page)
    assert data["with_member"] == "P4"
    assert client.post(f"/ledgers/TJ01/talk/{row.row_id}/correct/", data).status_code == 302


def test_dues_twice_for_a_month_are_refused(client_as: ClientAs) -> None:
    client = client_as("secretary")
    row = Dues.objects.get(member="P1", month="2026-05")
    url = f"/ledgers/TJ01/dues/{row.row_id}/correct/"
    data = fields_of(client.get(url)) | {"month": "2026-04"}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert "王建国 2026-04 的党费已经登记过" in text(answer)


def test_a_verdict_is_corrected_by_whoever_judges(client_as: ClientAs) -> None:
    row = Judgement(
        standard="office-branch", indicator="S03", organization_id="TJ01", level="none",
        judged_on=dt.date(2026, 6, 1), judge="某人",
    )  # fmt: skip
    enter(row, by=BY)
    url = f"/ledgers/TJ01/judgement/{row.row_id}/correct/"
    assert client_as("secretary").get(url).status_code == 403
    client = client_as("inspector")
    data = fields_of(client.get(url)) | {"level": "groups_not_formed"}
    assert client.post(url, data).status_code == 302
    row.refresh_from_db()
    assert (row.level, row.judge) == ("groups_not_formed", "督导员某")


# --- withdrawal ---------------------------------------------------------------------------------


def test_withdrawal_says_what_it_costs_and_wants_a_reason(client_as: ClientAs) -> None:
    client = client_as("secretary")
    page = client.get(f"{H5}withdraw/")
    said = text(page)
    assert "撤回“学习交流”？" in said
    assert re.search(r"撤回以后： L05 [\d.]+ → [\d.]+ .*得分 [\d.]+ → [\d.]+", said)
    assert Meeting.objects.get(code="H5").withdrawn_at is None, "only looked at"
    answer = client.post(f"{H5}withdraw/", {"version": "1"})
    assert answer.status_code == 422
    assert "请写一句为什么撤回" in text(answer)
    answer = client.post(f"{H5}withdraw/", {"version": "1", "reason": "重复登记"})
    assert answer.status_code == 302
    assert Meeting.objects.get(code="H5").withdrawn_at is not None
    after = text(client.get(H5))
    assert "撤回，不再计入" in after
    assert "原因：重复登记" in after
    assert "学习交流" not in text(client.get("/ledgers/TJ01/meeting/?from=2026-05-10"))
    assert "已撤回 1" in text(client.get("/ledgers/TJ01/meeting/"))
    assert "学习交流" in text(client.get("/ledgers/TJ01/meeting/?mark=withdrawn"))
    assert client.get(f"{H5}correct/").status_code == 302


def test_a_row_changed_meanwhile_is_looked_at_again_before_it_goes(client_as: ClientAs) -> None:
    client = client_as("secretary")
    theirs = Meeting.objects.get(code="H5")
    theirs.topic = "别人写的"
    correct(theirs, by=BY, version=1)
    answer = client.post(f"{H5}withdraw/", {"version": "1", "reason": "重复"})
    assert answer.status_code == 409
    assert "撤回“别人写的”？" in text(answer)
    assert 'name="version" value="2"' in answer.content.decode()
    assert Meeting.objects.get(code="H5").withdrawn_at is None


def test_a_row_comes_back(client_as: ClientAs) -> None:
    client = client_as("secretary")
    withdraw(Meeting.objects.get(code="H5"), by=BY, version=1, reason="x")
    assert client.post(f"{H5}restore/").status_code == 302
    assert Meeting.objects.get(code="H5").withdrawn_at is None
    assert "已恢复“学习交流”，重新计入。" in told(client)


def test_a_row_whose_place_is_taken_stays_out(client_as: ClientAs) -> None:
    client = client_as("secretary")
    row = Dues.objects.get(member="P1", month="2026-05")
    withdraw(row, by=BY, version=1, reason="x")
    enter(Dues(organization_id="TJ01", member_id="P1", month="2026-05", due=100), by=BY)
    client.post(f"/ledgers/TJ01/dues/{row.row_id}/restore/")
    assert "的党费已经登记过" in told(client)
    assert Dues.objects.get(pk=row.pk).withdrawn_at is not None


# --- taking back --------------------------------------------------------------------------------


def token(client: Client) -> str:
    found = re.search(
        r'name="token" value="([^"]+)"', client.get("/ledgers/TJ01/").content.decode()
    )
    assert found is not None, "the message offers to take it back"
    return found[1]


FUND = {"kind": "spent", "booked_on": "2026-06-17", "amount": "12"}


def undo(client: Client, sent: str) -> str:
    assert client.post("/ledgers/TJ01/undo/", {"token": sent}).status_code == 302
    return told(client)


def test_what_was_saved_is_taken_back_within_half_an_hour(client_as: ClientAs) -> None:
    client = client_as("secretary")
    new(client, "fund", FUND)
    sent = token(client)
    with time_machine.travel(dt.datetime(2026, 6, 18, 2, 29, tzinfo=dt.UTC), tick=False):
        assert "已撤回 1 条记录。" in undo(client, sent)
    assert Fund.objects.get().withdrawn_at is not None
    assert Entry.objects.get(act="withdrawn").reason == "保存后撤回"
    assert "保存以后又有改动" in undo(client, sent)


def test_later_it_needs_a_reason(client_as: ClientAs) -> None:
    client = client_as("secretary")
    new(client, "fund", FUND)
    sent = token(client)
    with time_machine.travel(dt.datetime(2026, 6, 18, 2, 31, tzinfo=dt.UTC), tick=False):
        assert "保存已超过 30 分钟" in undo(client, sent)
    assert Fund.objects.get().withdrawn_at is None


def test_nobody_takes_back_what_another_saved(client_as: ClientAs) -> None:
    client = client_as("secretary")
    new(client, "fund", FUND)
    sent = token(client)
    other = client_as("staff")
    other.post("/ledgers/TJ01/undo/", {"token": sent})
    other.post("/ledgers/TJ01/undo/", {"token": "x"})
    assert Fund.objects.get().withdrawn_at is None


def test_a_correction_is_taken_back_with_its_attendance(client_as: ClientAs) -> None:
    client = client_as("secretary")
    data = fields_of(client.get(f"{H5}correct/")) | {"topic": "x", "came-P1": "absent"}
    client.post(f"{H5}correct/", data)
    assert "已撤回 1 条记录。" in undo(client, token(client))
    row = Meeting.objects.get(code="H5")
    assert (row.topic, row.attended, row.version) == ("学习交流", 3, 3)
    assert Attendance.objects.get(meeting="H5", member="P1").status == "present"


def test_a_withdrawal_is_taken_back(client_as: ClientAs) -> None:
    client = client_as("secretary")
    client.post(f"{H5}withdraw/", {"version": "1", "reason": "x"})
    undo(client, token(client))
    assert Meeting.objects.get(code="H5").withdrawn_at is None


def test_a_sheet_of_dues_is_taken_back_as_a_whole(
    client_as: ClientAs, heard: list[list[Change]]
) -> None:
    client = client_as("secretary")
    data: dict[str, str] = {"paid_on": "2026-06-18", "all": "1", "version-P4": "1"}
    data |= {f"due-P{n}": "50" for n in range(1, 5)}
    client.post("/ledgers/TJ01/dues/month/?month=2026-06", data)
    heard.clear()
    assert "已撤回 4 条记录。" in undo(client, token(client))
    assert [len(changes) for changes in heard] == [4]
    assert not Dues.objects.filter(month="2026-06", withdrawn_at=None).exists()
    client.post("/ledgers/TJ01/dues/month/?month=2026-05", {**data, "paid-P4": "50"})
    assert Dues.objects.get(month="2026-05", member="P4").paid == 5000
    undo(client, token(client))
    row = Dues.objects.get(month="2026-05", member="P4")
    assert (row.paid, row.paid_on) == (0, None)


def test_the_message_tells_what_moved(client_as: ClientAs) -> None:
    client = client_as("secretary")
    data = {
        "kind": "theme_day",
        "held_on": "2026-06-16",
        "topic": "x",
        "expected": "4",
        "attended": "4",
    }
    new(client, "meeting", data)
    assert re.search(r"已保存 1 条记录。.*L09.*已更新，得分", told(client))


def test_few_questions_for_a_record(
    client_as: ClientAs, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = client_as("secretary")
    with django_assert_max_num_queries(26):
        client.get(H5)


def test_a_record_counts_for_nothing_where_nothing_is_scored(client_as: ClientAs) -> None:
    for code, counts in (("TJ01", True), ("TJ", False)):
        post = Post.objects.create(organization_id=code, member="P1", post="secretary")
        page = client_as("staff").get(f"/ledgers/{code}/post/{post.row_id}/")
        assert page.status_code == 200
        assert (f"/organizations/{code}/indicators/" in page.content.decode()) is counts
