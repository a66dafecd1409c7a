"""The page of one organization: where it stands, why, and what can still be done."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jinwei.audit.actions import SYSTEM
from jinwei.ledgers.changes import enter
from jinwei.ledgers.models import Exemption, Judgement, Meeting
from jinwei.organizations.models import Organization
from jinwei.standings.actions import reckon
from jinwei.standings.models import Adoption, Dirty, Standing, StandingIndicator

from .conftest import BRANCH, COMMITTEE, OTHER, TODAY

ClientAs = Callable[[str], Client]
HTMX = {"HX-Request": "true"}
HERE = f"/organizations/{BRANCH}/"


def page(client: Client, path: str, status: int = 200, **headers: Any) -> str:
    response = client.get(path, **headers)
    assert response.status_code == status
    return unescape(response.content.decode())


def plain(text: str) -> str:
    """What is read on a page, without the frame around it."""
    main = text.partition("<main")[2] or text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def stored(code: str = BRANCH) -> Standing:
    return Standing.objects.get(subject=code)


def row_of(id: str) -> StandingIndicator:
    return StandingIndicator.objects.get(standing__subject=BRANCH, indicator=id)


def points(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}"


# --- the standing -------------------------------------------------------------------------------


def test_the_title_is_the_answer(client_as: ClientAs) -> None:
    text = page(client_as("secretary"), HERE)
    title = plain(re.search(r"<h1>(.*?)</h1>", text, re.S)[1])  # type: ignore[index]
    rows = StandingIndicator.objects.filter(standing=stored())
    ordinary = [r for r in rows if not r.indicator.startswith("H")]
    lost = sum(r.obtainable - r.earned for r in ordinary)
    assert lost > 0
    assert (
        f"市统计局机关第一党支部 {points(stored().score or 0)} 分，已失 {points(lost)} 分" in title
    )
    assert f"期末可达 {points(stored().potential or 0)} 分" in title
    assert "党员 4 人 · 书记 王建国 · 本届 2027-02-28 届满" in plain(text)
    assert 'href="/standards/office-branch/' in text
    assert text.count("<h1>") == 1


def test_every_indicator_stands_in_the_list_with_its_figure(client_as: ClientAs) -> None:
    text = page(client_as("secretary"), HERE)
    for row in StandingIndicator.objects.filter(standing=stored()):
        assert f'href="{HERE}indicators/{row.indicator}/"' in text
    assert f"{points(row_of('L05').earned)} / 2.50" in plain(text)
    done = "、".join(f"{month} 月：已完成" for month in range(1, 6))
    assert f'aria-label="{done}、6 月：办理中' in text


def test_chips_are_links_that_filter(client_as: ClientAs) -> None:
    missed = {r.indicator for r in stored().indicators.filter(state="missed")}
    awaiting = {r.indicator for r in stored().indicators.filter(state="awaiting")}
    assert missed
    assert awaiting
    for show, ids in (("missed", missed), ("awaiting", awaiting)):
        text = page(client_as("secretary"), f"{HERE}?show={show}")
        listed = text.partition('id="results"')[2].partition('id="drawer"')[0]
        assert set(re.findall(rf'href="{HERE}indicators/(\w+)/"', listed)) == ids
        assert re.search(rf'href="{HERE}\?show={show}"[^>]*aria-current="true"', text)


def test_a_chip_swaps_the_list_alone(client_as: ClientAs) -> None:
    text = page(client_as("secretary"), f"{HERE}?show=soon", headers=HTMX)
    assert text.lstrip().startswith('<section class="panel results" id="results"')
    assert "<h1>" not in text
    assert "6 月 30 日前" in text
    assert "12 月 31 日前" not in text


def test_what_can_still_be_done_is_said_by_day_and_points(client_as: ClientAs) -> None:
    text = plain(page(client_as("secretary"), HERE))
    assert re.search(r"L01 按季召开党员大会 已失分 .* 6 月 30 日前办 未办将失 \d\.\d\d 分", text)
    assert "可挽回" in text


def test_few_peers_give_no_median_and_many_do(house: Adoption, client_as: ClientAs) -> None:
    text = plain(page(client_as("secretary"), HERE))
    assert "同类组织不足 5 个，不列中位数。" in text
    assert "比中位数" not in text
    for n in range(3, 7):
        Organization.objects.create(
            code=f"TJ0{n}", name=f"第{n}支部", kind="branch", parent_id=COMMITTEE
        )
    reckon(house, as_of=TODAY)
    text = plain(page(client_as("secretary"), HERE))
    assert "竖线为同一党委同类 6 个组织的中位数" in text
    assert "比中位数" in text


def test_no_score_yet_is_said_in_words(client_as: ClientAs) -> None:
    Standing.objects.update(score=None, potential=None, stars=None)
    text = plain(page(client_as("secretary"), HERE))
    assert "市统计局机关第一党支部尚未评定" in text
    assert "目前没有到期的指标，首次得分在 6 月 30 日后。" in text


def test_what_is_being_reckoned_is_said(house: Adoption, client_as: ClientAs) -> None:
    assert "正在重新计算" not in page(client_as("secretary"), HERE)
    Dirty.objects.create(adoption=house, subject=BRANCH, marked_at=timezone.now())
    Standing.objects.update(reckoned_at=timezone.now() - dt.timedelta(minutes=5))
    assert "正在重新计算，下面是 5 分钟前的得分。" in page(client_as("secretary"), HERE)


def test_without_a_standard_the_page_says_so(house: Adoption, client_as: ClientAs) -> None:
    Standing.objects.all().delete()
    Adoption.objects.all().delete()
    text = page(client_as("work_committee"), HERE)
    assert "还没有采用标准。" in plain(text)
    assert 'href="/standards/"' in text.partition("<main")[2]
    text = page(client_as("secretary"), HERE)
    assert 'href="/standards/"' not in text


def test_what_a_standard_does_not_rate_leads_to_those_below(client_as: ClientAs) -> None:
    text = page(client_as("staff"), f"/organizations/{COMMITTEE}/")
    assert "不适用于这个组织" in plain(text)
    assert f'href="/organizations/{COMMITTEE}/below/"' in text
    page(client_as("staff"), f"/organizations/{COMMITTEE}/score/", 404)


def test_the_standings_by_other_standards_are_a_link_away(
    house: Adoption, client_as: ClientAs
) -> None:
    second = Adoption.objects.create(
        edition=house.edition, organization_id=COMMITTEE, from_on=dt.date(2026, 1, 1)
    )
    reckon(second, as_of=TODAY)
    text = page(client_as("secretary"), HERE)
    assert "同时按别的标准评：" in text
    assert f'href="{HERE}?by={second.pk}"' in text
    text = page(client_as("secretary"), f"{HERE}?by={second.pk}&show=missed")
    assert f'href="{HERE}indicators/L01/?by={second.pk}"' in text
    assert "这个分数怎么来的" in page(
        client_as("secretary"), f"{HERE}indicators/L01/?by={second.pk}"
    )


# --- who may see it -----------------------------------------------------------------------------


def test_others_have_no_page(client_as: ClientAs) -> None:
    for path in ("", "committee/", "history/", "below/", "score/", "indicators/L01/"):
        page(client_as("secretary"), f"/organizations/{OTHER}/{path}", 404)
        page(client_as("member"), f"{HERE}{path}", 404)
        assert Client().get(f"{HERE}{path}").status_code == 302


def test_what_is_no_indicator_has_no_page(client_as: ClientAs) -> None:
    page(client_as("secretary"), f"{HERE}indicators/X99/", 404)


# --- the drawer ---------------------------------------------------------------------------------


def test_the_drawer_is_a_fragment_and_alone_a_page(client_as: ClientAs) -> None:
    drawer = page(client_as("secretary"), f"{HERE}indicators/L05/", headers=HTMX)
    assert drawer.lstrip().startswith('<aside class="drawer" id="drawer"')
    alone = page(client_as("secretary"), f"{HERE}indicators/L05/")
    assert alone.count("<h1>") == 1
    for text in (drawer, alone):
        assert "2.50 / 2.50 分" in plain(text)


def test_the_drawer_tells_in_its_order(client_as: ClientAs) -> None:
    text = plain(page(client_as("secretary"), f"{HERE}indicators/L01/", headers=HTMX))
    told = [
        "已失分",
        "计算",
        "应完成 4 个时段：已完成 0，已错过 1，还有 3 个未到期",
        "还没有记录。",
        "还缺什么",
        "没有完成：一季度",
        "还能做什么",
        "二季度：最迟 6 月 30 日",
        "标准原文",
        "依据：",
    ]
    places = [text.find(words) for words in told]
    assert -1 not in places
    assert places == sorted(places)


def test_rows_that_counted_are_links_that_open(client_as: ClientAs) -> None:
    client = client_as("secretary")
    text = page(client, f"{HERE}indicators/L05/", headers=HTMX)
    assert "依据的记录（5 条）" in text
    assert "2026-05-10" in text
    links = re.findall(r'href="(/ledgers/[^"]+)"', text)
    assert len(links) == 5
    assert links[0] == f"/ledgers/{BRANCH}/meeting/H5/"
    for link in links:
        assert client.get(link).status_code == 200


def test_the_button_leads_to_the_form_for_whoever_may_fill_it(client_as: ClientAs) -> None:
    text = page(client_as("secretary"), f"{HERE}indicators/L01/", headers=HTMX)
    assert f'href="/entry/{BRANCH}/meeting/?kind=branch_meeting' in text
    text = page(client_as("secretary"), f"{HERE}indicators/G01/", headers=HTMX)
    assert f'href="/ledgers/{BRANCH}/fund/new/' in text
    text = page(client_as("inspector"), f"{HERE}indicators/L01/", headers=HTMX)
    assert "/entry/" not in text


def test_persons_are_named_only_to_who_may_see_members(client_as: ClientAs) -> None:
    names = ("王建国", "李红", "张伟", "刘洋")
    Meeting.objects.update(led_by="王建国")
    known = stored().adoption.plan().standard.indicators
    for id in [i.id for i in known]:
        text = page(client_as("auditor"), f"{HERE}indicators/{id}/", headers=HTMX)
        assert not any(name in text for name in names), id
    text = page(client_as("auditor"), f"{HERE}indicators/E03/", headers=HTMX)
    assert "这些记录涉及个人，只对可以看党员的人开放。" in text
    text = page(client_as("secretary"), f"{HERE}indicators/E03/", headers=HTMX)
    assert "刘洋" in text
    text = page(client_as("secretary"), f"{HERE}indicators/E01/", headers=HTMX)
    assert f'href="/members/{BRANCH}/P1/"' in text
    assert "王建国" in text


def test_an_exemption_is_told_with_reason_and_approver(
    house: Adoption, client_as: ClientAs
) -> None:
    row = Exemption(standard="office-branch", indicator="L03", organization_id=BRANCH)
    row.reason, row.approved_by, row.from_on = "没有设党小组", "陈某", dt.date(2026, 1, 1)
    enter(row, by=SYSTEM)
    reckon(house, as_of=TODAY)
    text = plain(page(client_as("secretary"), f"{HERE}indicators/L03/", headers=HTMX))
    assert "没有设党小组" in text
    assert "批准：陈某，2026-01-01 至 不限" in text


def test_a_judgement_is_told_with_name_and_day(house: Adoption, client_as: ClientAs) -> None:
    text = plain(page(client_as("secretary"), f"{HERE}indicators/K03/", headers=HTMX))
    assert "待评定" in text
    assert "等考评人员评定，评定前不计入得分。" in text
    row = Judgement(standard="office-branch", indicator="K03", organization_id=BRANCH)
    row.level, row.judge, row.judged_on = "good", "考评一组", dt.date(2026, 6, 1)
    row.for_on = dt.date(2026, 5, 31)
    enter(row, by=SYSTEM)
    reckon(house, as_of=TODAY)
    text = plain(page(client_as("secretary"), f"{HERE}indicators/K03/", headers=HTMX))
    assert "2026-06-01" in text
    assert "考评一组" in text


def test_what_is_known_now_and_not_yet_reckoned_is_said(client_as: ClientAs) -> None:
    StandingIndicator.objects.filter(indicator="L05").update(earned=0)
    text = plain(page(client_as("secretary"), f"{HERE}indicators/L05/", headers=HTMX))
    assert "2.50 / 2.50 分" in text
    assert "列表里的得分正在重新计算" in text


# --- every figure reaches the rows --------------------------------------------------------------


def test_the_score_is_the_sum_of_its_dimensions(client_as: ClientAs) -> None:
    text = plain(page(client_as("secretary"), f"{HERE}score/", headers=HTMX))
    rows = StandingIndicator.objects.filter(standing=stored())
    ordinary = [r for r in rows if not r.indicator.startswith("H")]
    earned, owed = sum(r.earned for r in ordinary), sum(r.obtainable for r in ordinary)
    assert f"已得 {points(earned)} 已到期 {points(owed)}" in text
    assert f"得分 {points(stored().score or 0)}" in text
    assert "升到" in text


def test_every_figure_reaches_its_rows_in_three_clicks(client_as: ClientAs) -> None:
    """A click on any figure, one on an indicator, one on a row."""
    client = client_as("secretary")
    first = set(re.findall(r'class="why" href="([^"#]+)', page(client, HERE)))
    assert f"{HERE}score/" in first
    second = set(re.findall(rf'href="({HERE}indicators/\w+/)"', page(client, f"{HERE}score/")))
    ids = {row.indicator for row in StandingIndicator.objects.filter(standing=stored())}
    assert second == {f"{HERE}indicators/{id}/" for id in ids} <= first
    reached = set()
    for drawer in second:
        text = page(client, drawer, headers=HTMX)
        counted = sum(map(int, re.findall(r"记录（(\d+) 条）", text)))
        links = re.findall(r'href="(/ledgers/[^"?]+/[^"?/]+/)"', text)
        assert bool(counted) == bool([x for x in links if not x.endswith("/new/")])
        reached.update(links)
    assert f"/ledgers/{BRANCH}/meeting/H1/" in reached


# --- what it costs ------------------------------------------------------------------------------


def test_the_page_asks_a_fixed_number_of_questions(
    client_as: ClientAs, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The statements of the plan for one subject, and twenty-five of our own."""
    client = client_as("secretary")
    page(client, HERE)
    steps = len(stored().adoption.plan().steps)
    with django_assert_max_num_queries(steps + 25):
        page(client, HERE)
    with django_assert_max_num_queries(steps + 20):
        page(client, f"{HERE}indicators/L05/", headers=HTMX)
