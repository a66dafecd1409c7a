"""The quick entry of a meeting: six inputs, saved once, told in points, and taken back."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinwei.audit.models import Entry
from jinwei.ledgers.changes import Change
from jinwei.ledgers.models import Attachment, Attendance, Draft, Meeting, Submission
from jinwei.members.models import Member
from jinwei.organizations.models import Organization

ADDRESS = "/entry/TJ01/meeting/"
ClientAs = Callable[[str], Client]


def form(**changes: Any) -> dict[str, Any]:
    """A form as the browser of the secretary sends it."""
    values: dict[str, Any] = {
        "token": str(uuid.uuid4()),
        "kinds": ["theme_day"],
        "held_on": "2026-06-18",
        "led_by": "王建国",
        "topic": "集中学习，交纳党费，党性分析",
        **{f"person-P{n}": "present" for n in range(1, 5)},
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


def page(client: Client, address: str = ADDRESS) -> str:
    return client.get(address).content.decode()


def held(**tests: Any) -> list[Meeting]:
    return list(Meeting.objects.filter(withdrawn_at=None, **tests).order_by("pk"))


# --- the form -------------------------------------------------------------------------------


def test_the_form_is_filled_with_what_is_known(client_as: ClientAs) -> None:
    shown = page(client_as("secretary"), f"{ADDRESS}?kind=theme_day")
    assert 'value="theme_day" id="id_kinds_4" checked' in shown or re.search(
        r'value="theme_day"[^>]* checked', shown
    )
    assert 'value="2026-06-18"' in shown
    assert "应到 4 人，实到 4 人" in shown
    for name in ("王建国", "李红", "张伟", "刘洋"):
        assert shown.count(f"<span>{name}</span>") == 1


def test_the_chair_of_the_last_time_is_proposed(client_as: ClientAs) -> None:
    client = client_as("secretary")
    client.post(ADDRESS, form(led_by="李红"))
    assert 'value="李红"' in page(client, f"{ADDRESS}?kind=theme_day")


def test_a_meeting_of_the_committee_concerns_its_members(client_as: ClientAs) -> None:
    shown = page(client_as("secretary"), f"{ADDRESS}?kind=committee_meeting")
    assert "应到 3 人" in shown
    assert "<span>刘洋</span>" not in shown


def test_who_may_not_record_sees_no_form(client_as: ClientAs) -> None:
    for role in ("inspector", "auditor", "administrator"):
        assert client_as(role).get(ADDRESS).status_code == 403
    assert client_as("secretary").get("/entry/CZ01/meeting/").status_code == 404
    assert Client().get(ADDRESS).status_code == 302


def test_the_page_asks_the_database_few_questions(
    client_as: ClientAs, django_assert_max_num_queries: Any
) -> None:
    client = client_as("secretary")
    client.get(ADDRESS)
    with django_assert_max_num_queries(16):
        client.get(f"{ADDRESS}?kind=theme_day")


# --- saving ---------------------------------------------------------------------------------


def test_saving_writes_the_meeting_and_who_came(client_as: ClientAs) -> None:
    client = client_as("secretary")
    answer = client.post(ADDRESS, form(**{"person-P4": "leave", "person-P3": "absent"}))
    assert (answer.status_code, answer["Location"]) == (302, "/workbench/TJ01/")
    (row,) = held(organization="TJ01", held_on="2026-06-18")
    assert (row.kind, row.expected, row.attended, row.led_by) == ("theme_day", 4, 2, "王建国")
    assert row.recorded_on == dt.date(2026, 6, 18)
    came = Attendance.objects.filter(meeting=row).values_list("member__code", "status")
    assert dict(came) == {"P1": "present", "P2": "present", "P3": "absent", "P4": "leave"}
    assert Entry.objects.filter(act="entered", table="meeting", row=row.code).count() == 1


def test_after_saving_the_page_says_what_changed_in_points(client_as: ClientAs) -> None:
    client = client_as("secretary")
    shown = client.post(ADDRESS, form(), follow=True).content.decode()
    assert "已保存 1 条记录。" in shown
    assert re.search(r"L05 到期不失 0\.\d\d 分", shown)
    assert re.search(r"得分 \d+\.\d\d( → \d+\.\d\d。|，没有变化。)", shown)
    assert "撤回" in shown


def test_one_event_is_a_meeting_of_each_kind(client_as: ClientAs) -> None:
    kinds = ["branch_meeting", "lecture", "committee_meeting"]
    client_as("secretary").post(ADDRESS, form(kinds=kinds, lecturer="张伟"))
    rows = {row.kind: row for row in held(organization="TJ01", held_on="2026-06-18")}
    assert set(rows) == set(kinds)
    assert [rows[k].led_by for k in kinds] == ["王建国", "张伟", "王建国"]
    assert [rows[k].expected for k in kinds] == [4, 4, 3]
    assert Attendance.objects.filter(meeting=rows["committee_meeting"]).count() == 3


def test_once_more_keeps_the_kind_and_the_way_back(client_as: ClientAs) -> None:
    answer = client_as("secretary").post(ADDRESS, form(again="yes", next="/ledgers/TJ01/"))
    assert answer["Location"] == f"{ADDRESS}?kind=theme_day&next=%2Fledgers%2FTJ01%2F"


def test_the_way_back_never_leads_elsewhere(client_as: ClientAs) -> None:
    answer = client_as("secretary").post(ADDRESS, form(next="https://example.org/"))
    assert answer["Location"] == "/workbench/TJ01/"


def test_by_htmx_the_browser_is_sent_on(client_as: ClientAs) -> None:
    answer = client_as("secretary").post(ADDRESS, form(), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/workbench/TJ01/")


def test_papers_lie_beside_every_row_of_the_event(
    client_as: ClientAs, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    paper = SimpleUploadedFile("记录.txt", "会议记录".encode())
    client_as("secretary").post(ADDRESS, form(kinds=["theme_day", "lecture"], papers=paper))
    codes = {row.code for row in held(held_on="2026-06-18")}
    assert set(Attachment.objects.values_list("row_id", flat=True)) == codes
    assert len(codes) == 2


def test_a_paper_that_is_not_taken_is_said_and_nothing_is_saved(client_as: ClientAs) -> None:
    paper = SimpleUploadedFile("a.exe", b"MZ\x00\x01")
    answer = client_as("secretary").post(ADDRESS, form(papers=paper))
    assert answer.status_code == 422
    assert "a.exe" in answer.content.decode()
    assert held(held_on="2026-06-18") == []


def test_a_form_sent_twice_is_saved_once(client_as: ClientAs) -> None:
    client, values = client_as("secretary"), form()
    first, second = client.post(ADDRESS, values), client.post(ADDRESS, values)
    assert first["Location"] == second["Location"]
    assert len(held(held_on="2026-06-18")) == 1
    assert "没有重复登记" in page(client, second["Location"])


def test_another_text_of_the_same_opening_is_another_meeting(client_as: ClientAs) -> None:
    client, values = client_as("secretary"), form()
    client.post(ADDRESS, values)
    client.post(ADDRESS, values | {"kinds": ["lecture"]})
    assert {row.kind for row in held(held_on="2026-06-18")} == {"theme_day", "lecture"}


# --- what is to be mended ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"held_on": "2026-06-19"}, "2026 年 6 月 19 日还没有到。会开过以后再登记。"),
        ({"held_on": "2026-06-31"}, "6 月没有 31 日。请填 6 月 30 日或以前。"),
        ({"held_on": "昨天"}, "请把日期写成 2026-06-18 这样。"),
        ({"held_on": None}, "请选是哪一天。"),
        ({"held_on": "2019-12-31"}, "本组织 2020 年 3 月 1 日成立，2019 年 12 月 31 日还没有它。"),
        ({"topic": ""}, "请写一句议题，例如“讨论半年工作”。"),
        ({"kinds": []}, "请选是什么会，至少选一种。"),
        ({"kinds": ["party"]}, "没有“party”这种会。"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    client_as: ClientAs, changes: dict[str, Any], said: str
) -> None:
    Organization.objects.filter(code="TJ01").update(established_on="2020-03-01")
    answer = client_as("secretary").post(ADDRESS, form(**changes))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert 'role="alert"' in shown
    assert held(held_on__gte="2026-06-11") == []


def test_what_was_typed_is_still_there(client_as: ClientAs) -> None:
    answer = client_as("secretary").post(
        ADDRESS, form(held_on="2026-06-19", topic="讨论半年工作", **{"person-P2": "leave"})
    )
    shown = answer.content.decode()
    assert 'value="讨论半年工作"' in shown
    assert "请假 1 人" in shown


def test_where_there_is_no_roster_two_numbers_are_asked_for(client_as: ClientAs) -> None:
    Member.objects.filter(organization__code="TJ01").update(left_on="2026-01-01")
    client = client_as("staff")
    assert 'name="expected"' in page(client)
    answer = client.post(ADDRESS, form(expected="3", attended="4"))
    assert answer.status_code == 422
    assert "实到 4 人多于应到 3 人" in answer.content.decode()
    client.post(ADDRESS, form(expected="4", attended="3"))
    (row,) = held(held_on="2026-06-18")
    assert (row.expected, row.attended) == (4, 3)


def test_the_same_kind_on_the_same_day_is_asked_about_once(client_as: ClientAs) -> None:
    client = client_as("secretary")
    values = form(held_on="2026-05-10")
    answer = client.post(ADDRESS, values)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "5 月 10 日已有一次主题党日，是同一次吗？" in shown
    assert 'href="/ledgers/TJ01/meeting/H5/"' in shown
    same = re.search(r'name="same" value="([^"]*)"', shown)
    assert same is not None
    assert client.post(ADDRESS, values | {"same": same[1]}).status_code == 302
    assert len(held(held_on="2026-05-10", kind="theme_day")) == 2


# --- preview ----------------------------------------------------------------------------------


def preview(client: Client, **changes: Any) -> str:
    return client.post(f"{ADDRESS}preview/", form(**changes)).content.decode()


def test_the_preview_tells_and_writes_nothing(client_as: ClientAs) -> None:
    before = (Meeting.objects.count(), Entry.objects.count(), Submission.objects.count())
    shown = preview(client_as("secretary"))
    assert "到期不失" in shown
    assert "L05 每月开展主题党日" in shown
    assert "6 月要求 1 次，已满足" in shown
    assert "6月：已完成" in shown.replace(" ", "")
    assert "党员出勤" in shown
    assert (Meeting.objects.count(), Entry.objects.count(), Submission.objects.count()) == before


def test_the_preview_needs_no_topic_yet(client_as: ClientAs) -> None:
    assert "L05" in preview(client_as("secretary"), topic="")


def test_the_preview_of_a_day_to_come_says_so(client_as: ClientAs) -> None:
    shown = preview(client_as("secretary"), held_on="2026-06-30")
    assert "还没有到" in shown
    assert "L05" not in shown


def test_what_the_norm_asks_is_a_question(client_as: ClientAs) -> None:
    client = client_as("secretary")
    shown = preview(client, topic="集中学习")
    assert "主题党日规定内容有三项" in shown
    assert "“党性分析”" in shown
    assert "“集体学习”" not in shown
    assert "主题党日规定内容有三项" not in preview(client)
    assert client.post(ADDRESS, form(topic="集中学习")).status_code == 302


def test_a_union_event_is_no_branch_meeting(client_as: ClientAs) -> None:
    shown = preview(client_as("secretary"), kinds=["branch_meeting"], topic="工会换届")
    assert "议题里有“工会”" in shown


def test_the_quorum_stands_beside_the_names(client_as: ClientAs) -> None:
    client = client_as("secretary")
    kinds = ["branch_meeting"]
    assert "4/4 人到会，超过半数，会议有效" in preview(client, kinds=kinds)
    away = {"person-P1": "leave", "person-P2": "absent"}
    assert "2/4 人到会，没有超过半数，不能表决" in preview(client, kinds=kinds, **away)


def test_other_people_are_swapped_in_when_the_kind_asks_for_them(client_as: ClientAs) -> None:
    client = client_as("secretary")
    shown = re.search(r'name="shown" value="(\w+)"', page(client))
    assert shown is not None
    assert 'id="people"' not in preview(client, shown=shown[1])
    assert 'id="people"' in preview(client, shown=shown[1], kinds=["committee_meeting"])


# --- drafts -----------------------------------------------------------------------------------


def test_a_draft_is_kept_and_found_again(client_as: ClientAs) -> None:
    client = client_as("secretary")
    values = form(topic="讨论半年工作", **{"person-P2": "leave"})
    kept = client.post(f"{ADDRESS}draft/", values)
    assert "草稿" in kept.content.decode()
    assert client.post(f"{ADDRESS}draft/", values).status_code == 204
    shown = page(client)
    assert "已恢复 6 月 18 日 10:00 的草稿" in shown
    assert 'value="讨论半年工作"' in shown
    assert "请假 1 人" in shown
    assert values["token"] in shown
    assert held(held_on="2026-06-18") == []


def test_saving_takes_the_draft_away(client_as: ClientAs) -> None:
    client, values = client_as("secretary"), form()
    client.post(f"{ADDRESS}draft/", values)
    client.post(ADDRESS, values)
    assert Draft.objects.count() == 0
    assert "草稿" not in page(client).replace("自动存草稿", "")


def test_a_draft_of_another_kind_is_offered_not_forced(client_as: ClientAs) -> None:
    client, values = client_as("secretary"), form()
    client.post(f"{ADDRESS}draft/", values)
    shown = page(client, f"{ADDRESS}?kind=lecture")
    assert "接着填草稿" in shown
    assert values["token"] not in shown.replace(f"draft={values['token']}", "")
    assert values["topic"] in page(client, f"{ADDRESS}?draft={values['token']}")


def test_a_draft_can_be_dropped(client_as: ClientAs) -> None:
    client, values = client_as("secretary"), form()
    client.post(f"{ADDRESS}draft/", values)
    client.post(f"{ADDRESS}draft/{values['token']}/drop/")
    assert Draft.objects.count() == 0


def test_nothing_typed_is_no_draft(client_as: ClientAs) -> None:
    answer = client_as("secretary").post(f"{ADDRESS}draft/", form(topic=""))
    assert answer.status_code == 204
    assert Draft.objects.count() == 0


def test_what_a_page_sends_by_itself_does_not_touch_the_session(client_as: ClientAs) -> None:
    """It would prolong it for ever, and bring back messages that were read meanwhile."""
    client = client_as("secretary")
    before = client.session.get_expiry_date()
    with time_machine.travel(dt.datetime(2026, 6, 18, 2, 20, tzinfo=dt.UTC), tick=False):
        for where in ("preview/", "draft/"):
            assert client.post(f"{ADDRESS}{where}", form()).status_code == 200
        stored = Session.objects.get().expire_date
    assert stored - before < dt.timedelta(minutes=1)


def test_drafts_are_their_writers_alone(client_as: ClientAs) -> None:
    values = form()
    client_as("secretary").post(f"{ADDRESS}draft/", values)
    other = client_as("staff")
    assert values["topic"] not in page(other)
    other.post(f"{ADDRESS}draft/{values['token']}/drop/")
    other.post(f"{ADDRESS}draft/", values | {"topic": "别人的"})
    assert Draft.objects.get(account__name="secretary").values["topic"] == [values["topic"]]


# --- taking back ------------------------------------------------------------------------------


def undo(client: Client) -> Any:
    newest = Submission.objects.latest("pk")
    return client.post(f"/entry/TJ01/saved/{newest.pk}/undo/", follow=True)


def test_what_was_saved_can_be_taken_back(client_as: ClientAs, heard: list[list[Change]]) -> None:
    client = client_as("secretary")
    client.post(ADDRESS, form(kinds=["theme_day", "lecture"]))
    heard.clear()
    shown = undo(client).content.decode()
    assert "已撤回 2 条记录。" in shown
    assert [len([c for c in changes if c.table == "meeting"]) for changes in heard] == [2]
    assert held(held_on="2026-06-18") == []
    assert Entry.objects.filter(act="withdrawn", table="meeting").count() == 2


def test_it_cannot_be_taken_back_twice_or_late(client_as: ClientAs) -> None:
    client = client_as("secretary")
    client.post(ADDRESS, form())
    later = dt.datetime(2026, 6, 18, 2, 31, tzinfo=dt.UTC)
    with time_machine.travel(later, tick=False):
        assert "没有撤回" in undo(client).content.decode()
    assert len(held(held_on="2026-06-18")) == 1
    undo(client)
    assert "没有撤回" in undo(client).content.decode()


def test_what_somebody_corrected_meanwhile_stays(client_as: ClientAs) -> None:
    client = client_as("secretary")
    client.post(ADDRESS, form(kinds=["theme_day", "lecture"]))
    Meeting.objects.filter(kind="lecture", held_on="2026-06-18").update(version=2)
    assert "又改过" in undo(client).content.decode()
    assert len(held(held_on="2026-06-18")) == 2


def test_only_who_saved_takes_back(client_as: ClientAs) -> None:
    client_as("secretary").post(ADDRESS, form())
    assert undo(client_as("staff")).status_code == 404
    assert client_as("secretary").get("/entry/TJ01/saved/1/undo/").status_code == 405
