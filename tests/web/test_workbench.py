"""The workbench: what is to be done, by when, what it is worth, and where one stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import time_machine
from django.test import Client

from jinwei.engine.explain import explain
from jinwei.engine.score import clock_for
from jinwei.ledgers.backend import DjangoBackend
from jinwei.ledgers.models import Case, Filing, Meeting, Rectification, Service
from jinwei.organizations.models import Organization, Term
from jinwei.standings.actions import reckon
from jinwei.standings.history import backfill
from jinwei.standings.models import Adoption, Dirty, Standing
from jinwei.web.templatetags.jinwei import points

ClientAs = Callable[[str], Client]
ADDRESS = "/workbench/TJ01/"
TODAY = dt.date(2026, 6, 18)


def page(client: Client, query: str = "", address: str = ADDRESS) -> str:
    return client.get(f"{address}{query}").content.decode()


def words(html: str) -> str:
    """What is read, tag after tag."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<main", 1)[-1]))


def rows(html: str) -> list[str]:
    """The rows of the to-do list."""
    return [words(row) for row in re.findall(r'<li class="todo">.*?</li>', html, flags=re.S)]


def row(html: str, what: str) -> str:
    return next(text for text in rows(html) if what in text)


def hold(kind: str, day: str, organization: str = "TJ01") -> Meeting:
    return Meeting.objects.create(
        code=f"X{Meeting.objects.count()}",
        organization_id=organization,
        kind=kind,
        held_on=day,
        topic="学习",
        expected=4,
        attended=4,
        recorded_on=day,
    )


# --- the answer -----------------------------------------------------------------------------


def test_the_title_counts_the_very_rows_below_it(client_as: ClientAs) -> None:
    shown = page(client_as("secretary"))
    title = words(re.search(r"<h1>(.*?)</h1>", shown)[1])  # type: ignore[index]
    said = re.search(r"本月还有 (\d+) 件事要办，共 (\d+\.\d\d) 分", title)
    assert said is not None
    month = shown.split("本月内（", 1)[1].split("下月起（", 1)[0]
    found = [re.search(r"(\d+\.\d\d) 分", text) for text in rows(month)]
    assert len(found) == int(said[1])
    assert sum(round(float(m[1]) * 100) for m in found if m) == round(float(said[2]) * 100)
    assert "最近的期限是 6 月 30 日。" in words(shown)


def test_points_at_stake_are_those_of_the_engine(client_as: ClientAs, house: Adoption) -> None:
    shown = page(client_as("secretary"))
    plan = house.plan()
    told = explain(plan, DjangoBackend(), clock_for(plan, TODAY), "TJ01", rows=False)
    assert told is not None
    one = next(one for one in told.indicators if one.indicator.id == "L01")
    worth = one.parts[0].chances[0].worth
    text = row(shown, "二季度党员大会")
    assert f"{float(worth):.2f} 分 届时未办将失" in text
    assert "还有 12 天" in text
    assert "6 月 30 日截止" in text


def test_a_row_has_its_indicator_and_one_button(client_as: ClientAs) -> None:
    shown = page(client_as("secretary"))
    text = re.search(r'<li class="todo">(?:(?!</li>).)*二季度党课.*?</li>', shown, flags=re.S)
    assert text is not None
    assert 'href="/organizations/TJ01/indicators/L04/"' in text[0]
    address = "/entry/TJ01/meeting/?kind=lecture&amp;next=%2Fworkbench%2FTJ01%2F"
    assert f'href="{address}"' in text[0]
    assert text[0].count('class="btn') == 1


def test_what_is_done_is_gone(client_as: ClientAs) -> None:
    client = client_as("secretary")
    assert "6 月主题党日" in page(client)
    hold("theme_day", "2026-06-12")
    shown = page(client)
    assert "6 月主题党日" not in " ".join(rows(shown))
    assert re.search(r"主题党日\s*6 月已办", words(shown))


def test_on_the_last_day_it_can_still_be_done(client_as: ClientAs, house: Adoption) -> None:
    with time_machine.travel(dt.datetime(2026, 6, 30, 2, 0, tzinfo=dt.UTC), tick=False):
        shown = page(client_as("secretary"))
    text = row(shown, "二季度党员大会")
    assert "0.75 分" in text
    assert "今天" in text
    assert "最近的期限是今天（6 月 30 日）。" in words(shown)


def test_when_all_is_done_the_next_thing_is_named(client_as: ClientAs) -> None:
    client = client_as("secretary")
    for kind in ("branch_meeting", "lecture", "theme_day", "study"):
        hold(kind, "2026-06-12")
    Filing.objects.create(organization_id="TJ01", kind="progress_review", filed_on="2026-06-10")
    Service.objects.create(
        organization_id="TJ01", member_id="P1", kind="grassroots_contact", held_on="2026-06-10"
    )
    shown = words(page(client))
    assert "本月的事都办完了" in shown
    assert "下一件：7 月 31 日前的7 月主题党日。" in shown
    assert "没有别的时限要守。" in words(page(client, "?show=dated"))


# --- other sources ----------------------------------------------------------------------------


def test_open_matters_with_a_day_are_in_the_same_list(client_as: ClientAs) -> None:
    Rectification.objects.create(
        code="R1",
        organization_id="TJ01",
        title="记录缺结论",
        opened_on="2026-05-20",
        due_on="2026-06-20",
    )
    Case.objects.create(
        code="C1", organization_id="TJ01", procedure="admission", member_id="P4",
        opened_on="2026-01-10", due_on="2026-06-24",
    )  # fmt: skip
    Filing.objects.create(
        organization_id="TJ01", kind="annual_plan", title="年度计划", due_on="2026-03-31"
    )
    shown = page(client_as("secretary"))
    assert "7 天内（2）" in shown
    assert "已逾期（1）" in shown
    texts = rows(shown)
    assert [next(i for i, t in enumerate(texts) if what in t) for what in (
        "年度计划", "整改：记录缺结论", "发展党员：刘洋"
    )] == [0, 1, 2]  # fmt: skip
    assert "还有 2 天" in texts[1]
    assert "还有 6 天" in texts[2]
    assert "逾期 79 天" in texts[0]
    assert "最近的期限是后天（6 月 20 日）。" in words(shown)


def test_a_deadline_costs_what_one_row_more_costs(client_as: ClientAs) -> None:
    """R03 is proportional: the only rectification of the year missed is all of its 2 points."""
    Rectification.objects.create(
        code="R1",
        organization_id="TJ01",
        title="记录缺结论",
        opened_on="2026-05-20",
        due_on="2026-06-20",
    )
    assert "2.00 分 届时未办将失" in row(page(client_as("secretary")), "记录缺结论")


def test_what_is_settled_is_no_task(client_as: ClientAs) -> None:
    Rectification.objects.create(
        code="R1", organization_id="TJ01", title="记录缺结论",
        opened_on="2026-05-20", due_on="2026-06-20", closed_on="2026-06-10",
    )  # fmt: skip
    assert "记录缺结论" not in page(client_as("secretary"))


def test_a_term_that_ends_soon_is_an_election_ahead(client_as: ClientAs) -> None:
    Term.objects.filter(organization__code="TJ01").update(expires_on="2026-09-15")
    text = row(page(client_as("secretary"), "?later=all"), "换届选举")
    assert "本届 2026 年 9 月 15 日届满" in text
    assert "3.00 分" in text
    assert "还有 89 天" in text


def test_what_waits_for_others_is_no_task(client_as: ClientAs, house: Adoption) -> None:
    awaiting = Standing.objects.get(subject="TJ01").indicators.filter(state="awaiting").count()
    shown = words(page(client_as("secretary")))
    assert f"另有 {awaiting} 项等待上级评定，不需要您办理。" in shown


def test_groups_that_have_not_met_are_named(client_as: ClientAs, house: Adoption) -> None:
    for n, name in ((1, "第一党小组"), (2, "第二党小组")):
        Organization.objects.create(
            code=f"TJ01G{n}", name=f"市统计局机关第一党支部{name}", parent_id="TJ01", kind="group"
        )
    hold("group_meeting", "2026-06-05", "TJ01G1")
    shown = page(client_as("secretary"))
    text = row(shown, "6 月党小组会")
    assert "第二党小组" in text
    assert "第一党小组" not in text
    assert "/entry/TJ01G2/meeting/?kind=group_meeting" in shown


# --- filters and hints --------------------------------------------------------------------------


def test_chips_narrow_the_list_by_real_addresses(client_as: ClientAs) -> None:
    Case.objects.create(
        code="C1", organization_id="TJ01", procedure="transfer", opened_on="2026-06-01",
        due_on="2026-06-24",
    )  # fmt: skip
    client = client_as("secretary")
    dated = rows(page(client, "?show=dated"))
    assert len(dated) == 1
    assert "组织关系转接" in dated[0]
    assert f'href="{ADDRESS}?show=scored"' in page(client)
    fragment = client.get(f"{ADDRESS}?show=dated", headers={"HX-Request": "true"})
    assert fragment.content.decode().lstrip().startswith('<section class="panel results"')


def test_windows_that_one_event_serves_are_offered_together(client_as: ClientAs) -> None:
    shown = page(client_as("secretary"))
    assert "党员大会、党课、主题党日、集中学习可在一次活动中办理，一次录入计 2.75 分。" in shown
    kinds = "kind=branch_meeting&amp;kind=lecture&amp;kind=theme_day&amp;kind=study"
    assert f"/entry/TJ01/meeting/?{kinds}" in shown


def test_later_months_are_listed_in_full_when_asked_for(client_as: ClientAs) -> None:
    client = client_as("secretary")
    short, full = page(client), page(client, "?later=all")
    number = re.search(r"下月起的全部 (\d+) 件", short)
    assert number is not None
    assert len(rows(full.split("下月起（", 1)[1])) == int(number[1])


# --- the card -----------------------------------------------------------------------------------


def test_the_card_says_where_one_stands(client_as: ClientAs, house: Adoption) -> None:
    backfill(house, TODAY)
    standing = Standing.objects.get(subject="TJ01")
    shown = page(client_as("secretary"))
    assert f">{points(standing.score)}</a>" in shown
    assert 'href="/organizations/TJ01/score/"' in shown
    assert "比上月" in shown
    assert "距三星还差 1 条" in shown
    assert "基本层级达标" in shown
    assert re.search("可以补的有|靠以后的记录还能提高的有|已失分的本期都不可补", shown)
    assert "今年各月得分" in shown


def test_nothing_is_on_record_for_more_than_there_is(client_as: ClientAs) -> None:
    """The first month of an installation has no month before it."""
    assert "比上月" not in page(client_as("secretary"))


def test_a_score_that_waits_says_how_old_it_is(client_as: ClientAs, house: Adoption) -> None:
    Standing.objects.update(reckoned_at=dt.datetime(2026, 6, 18, 1, 55, tzinfo=dt.UTC))
    Dirty.objects.create(
        adoption=house, subject="TJ01", marked_at=dt.datetime(2026, 6, 18, 1, 59, tzinfo=dt.UTC)
    )
    assert "正在重新计算，下面是 5 分钟前的得分。" in words(page(client_as("secretary"))).replace(
        "\xa0", " "
    )


def test_before_the_first_window_ends_there_is_no_score(
    client_as: ClientAs, house: Adoption
) -> None:
    Standing.objects.filter(subject="TJ01").update(score=None, stars=None)
    shown = words(page(client_as("secretary")))
    assert "尚未评定：目前没有到期的指标，首次得分在 6 月 30 日后。" in shown


def test_without_a_standard_the_matters_are_there_still(
    client_as: ClientAs, house: Adoption
) -> None:
    client = client_as("secretary")
    Adoption.objects.update(leading=False)
    Rectification.objects.create(
        code="R1",
        organization_id="TJ01",
        title="记录缺结论",
        opened_on="2026-05-20",
        due_on="2026-06-20",
    )
    shown = words(page(client))
    assert "上级还没有为本组织选定标准" in shown
    assert "记录缺结论" in shown


def test_a_new_branch_begins_with_three_steps(client_as: ClientAs) -> None:
    shown = words(page(client_as("staff"), address="/workbench/TJ02/"))
    assert "先做三件事，得分就能算起来" in shown
    for step in ("党员名册", "支委任期", "第一次会议"):
        assert step in shown
    assert "要办的事" not in shown


# --- calendar and burden --------------------------------------------------------------------------


def test_the_calendar_marks_what_was_done_and_what_is_due(client_as: ClientAs) -> None:
    client = client_as("secretary")
    june = page(client)
    assert re.search(r'aria-current="date"[^>]*><span class="today">18', june)
    assert "到期：" in june
    may = page(client, "?month=2026-05")
    assert "已办：主题党日" in may
    assert "?month=2026-04#calendar" in may
    assert client.get(f"{ADDRESS}?month=nonsense").status_code == 200


def test_what_was_asked_of_the_branch_is_counted(client_as: ClientAs) -> None:
    client = client_as("secretary")
    assert "个字段" not in page(client)
    client.post(
        "/entry/TJ01/meeting/",
        {
            "token": "5f1bfb0c-6d0b-4c6e-9d5e-0a8d7f0f1a11",
            "kinds": ["theme_day"],
            "held_on": "2026-06-18",
            "led_by": "王建国",
            "topic": "集中学习",
        },
    )
    said = re.search(r"填写了 (\d+) 个字段，系统据此更新了 (\d+) 处", words(page(client)))
    assert said is not None
    assert int(said[1]) == 4
    assert int(said[2]) >= 5


# --- who sees what ------------------------------------------------------------------------------


def test_who_only_looks_has_no_buttons(client_as: ClientAs) -> None:
    shown = page(client_as("inspector"))
    assert "要办的事" in shown
    assert "/entry/" not in shown
    assert "合并录入" not in shown
    assert 'class="quick' not in shown


def test_who_may_not_see_persons_reads_no_name(client_as: ClientAs) -> None:
    Case.objects.create(
        code="C1", organization_id="TJ01", procedure="admission", member_id="P4",
        opened_on="2026-01-10", due_on="2026-06-24",
    )  # fmt: skip
    assert "刘洋" in page(client_as("inspector"))
    assert "刘洋" not in page(client_as("auditor"))


def test_others_do_not_know_of_it(client_as: ClientAs) -> None:
    assert client_as("secretary").get("/workbench/CZ01/").status_code == 404
    assert client_as("member").get(ADDRESS).status_code == 404
    assert Client().get(ADDRESS).status_code == 302


def test_the_page_asks_the_database_a_bounded_number_of_questions(
    client_as: ClientAs, house: Adoption, django_assert_max_num_queries: Any
) -> None:
    backfill(house, TODAY)
    client = client_as("secretary")
    client.get(ADDRESS)
    with django_assert_max_num_queries(64):
        client.get(ADDRESS)
    for month in range(1, 6):
        hold("study", f"2026-{month:02}-20")
    reckon(house, as_of=TODAY)
    with django_assert_max_num_queries(64):
        client.get(ADDRESS)
