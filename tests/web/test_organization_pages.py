"""Committee and terms, history, organizations below, and the choice of another organization."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from html import unescape

import openpyxl
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jinwei.audit.actions import SYSTEM
from jinwei.ledgers.changes import correct, enter
from jinwei.ledgers.models import Meeting
from jinwei.ledgers.tree_changes import lend, move
from jinwei.organizations.models import Organization, Post, Superior, Term
from jinwei.standings.actions import reckon
from jinwei.standings.activity import rebuild_activity
from jinwei.standings.models import Adoption, Standing, StandingChange

from .conftest import BRANCH, COMMITTEE, ROOT, TODAY

ClientAs = Callable[[str], Client]
HERE = f"/organizations/{BRANCH}/"
BELOW = f"/organizations/{COMMITTEE}/below/"


def page(client: Client, path: str, status: int = 200, **headers: object) -> str:
    response = client.get(path, **headers)  # type: ignore[arg-type]
    assert response.status_code == status
    return unescape(response.content.decode())


def plain(text: str) -> str:
    main = text.partition("<main")[2] or text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


# --- committee and terms ------------------------------------------------------------------------


def test_who_is_in_post_and_until_when(client_as: ClientAs) -> None:
    text = page(client_as("secretary"), f"{HERE}committee/")
    said = plain(text)
    assert "班子在任 3 人，本届 2027-02-28 届满" in said
    assert (
        said.find("书记 王建国 2024-03-01")
        < said.find("组织委员 李红")
        < said.find("纪检委员 张伟")
    )
    assert f'href="/members/{BRANCH}/P1/"' in text
    assert "2024-03-01 至 2027-02-28" in said


def test_a_term_past_its_end_still_sits(client_as: ClientAs) -> None:
    Term.objects.filter(organization__code=BRANCH).update(expires_on=dt.date(2026, 5, 31))
    Term.objects.create(
        organization_id=BRANCH,
        started_on=dt.date(2021, 3, 1),
        expires_on=dt.date(2024, 2, 29),
        ended_on=dt.date(2024, 2, 29),
    )
    said = plain(page(client_as("secretary"), f"{HERE}committee/"))
    assert "本届已于 2026-05-31 届满，逾期 18 天" in said
    assert "已届满 18 天，尚未换届" in said
    assert "2021-03-01 至 2024-02-29" in said


def test_past_posts_stand_apart(client_as: ClientAs) -> None:
    Post.objects.filter(member="P3").update(ended_on=dt.date(2026, 1, 31))
    said = plain(page(client_as("secretary"), f"{HERE}committee/"))
    assert "班子在任 2 人" in said
    assert re.search(r"曾任 .* 纪检委员 张伟 2024-03-01 2026-01-31", said)


def test_what_the_standard_asks_of_the_committee_is_said_with_what_is_missing(
    house: Adoption, client_as: ClientAs
) -> None:
    said = plain(page(client_as("secretary"), f"{HERE}committee/"))
    assert "B02 党支部书记在任 现为 1，要求 1 已达标" in said
    Post.objects.filter(post="secretary").update(ended_on=dt.date(2026, 1, 31))
    reckon(house, as_of=TODAY)
    said = plain(page(client_as("secretary"), f"{HERE}committee/"))
    assert "B02 党支部书记在任 还缺：书记 已失分" in said
    assert "书记空缺" in plain(page(client_as("secretary"), HERE))


def test_posts_and_terms_are_entered_by_whoever_records(client_as: ClientAs) -> None:
    text = page(client_as("secretary"), f"{HERE}committee/")
    assert f'href="/ledgers/{BRANCH}/post/new/' in text
    assert f'href="/ledgers/{BRANCH}/term/new/' in text
    text = page(client_as("inspector"), f"{HERE}committee/")
    assert "/new/" not in text.partition("<main")[2]


def test_holders_are_named_only_to_who_may_see_members(client_as: ClientAs) -> None:
    text = page(client_as("auditor"), f"{HERE}committee/")
    assert "书记" in plain(text)
    assert "王建国" not in text
    assert "姓名" not in plain(text)


def test_nothing_recorded_is_said(client_as: ClientAs) -> None:
    said = plain(page(client_as("staff"), f"/organizations/{COMMITTEE}/committee/"))
    assert "还没有登记在任的职务。" in said
    assert "还没有届期记录。" in said


# --- history ------------------------------------------------------------------------------------


def test_changes_are_told_day_by_day_with_what_moved_them(
    house: Adoption, client_as: ClientAs
) -> None:
    before = Standing.objects.get(subject=BRANCH)
    StandingChange.objects.update(day=dt.date(2026, 6, 17))
    row = Meeting(organization_id=BRANCH, kind="lecture", held_on=dt.date(2026, 3, 20))
    enter(row, by=SYSTEM)
    reckon(house, as_of=TODAY)
    now = Standing.objects.get(subject=BRANCH)
    assert (now.score or 0) > (before.score or 0)
    text = page(client_as("secretary"), f"{HERE}history/")
    said = plain(text)
    assert f"{(before.score or 0) / 100:.2f} → {(now.score or 0) / 100:.2f}" in said
    assert re.search(r"L04 按期上党课 1\.50 → 2\.00", said)
    assert f'href="{HERE}indicators/L04/"' in text
    assert "首次得分" in said
    assert 'class="chart"' in text


def test_scores_by_period_and_edition(client_as: ClientAs) -> None:
    said = plain(page(client_as("secretary"), f"{HERE}history/"))
    score = Standing.objects.get(subject=BRANCH).score or 0
    assert f"2026 年 机关党支部标准化建设标准（晋位参考范本） 2026.1 {score / 100:.2f}" in said


def test_superiors_and_names_over_time(house: Adoption, client_as: ClientAs) -> None:
    said = plain(page(client_as("staff"), f"{HERE}history/"))
    assert "市统计局机关党委 一直如此" in said
    branch = Organization.objects.get(code=BRANCH)
    root = Organization.objects.get(code=ROOT)
    move(branch, root, on=dt.date(2026, 4, 1), by=SYSTEM)
    lend(
        Superior(organization=branch, parent_id="CZ", purpose="专项", from_on=dt.date(2026, 5, 1)),
        by=SYSTEM,
    )
    branch.refresh_from_db()
    branch.name = "市统计局机关直属党支部"
    correct(branch, by=SYSTEM, version=branch.version)
    said = plain(page(client_as("secretary"), f"{HERE}history/"))
    assert "市直机关工委 2026-04-01 起" in said
    assert "市统计局机关党委 至 2026-03-31" in said
    assert "市财政局机关党委 只为“专项” 2026-05-01 起" in said
    assert "曾用名称 市统计局机关第一党支部 至 2026-06-18" in said


def test_without_history_the_page_says_what_will_stand_there(
    house: Adoption, client_as: ClientAs
) -> None:
    Standing.objects.all().delete()
    StandingChange.objects.all().delete()
    said = plain(page(client_as("secretary"), f"{HERE}history/"))
    assert "还没有变化。" in said
    assert "还没有得分。" in said


# --- below --------------------------------------------------------------------------------------


def test_those_below_with_members_score_and_last_record(client_as: ClientAs) -> None:
    rebuild_activity(TODAY)
    text = page(client_as("staff"), BELOW)
    said = plain(text)
    score = Standing.objects.get(subject=BRANCH).score or 0
    assert "市统计局机关党委直接管 2 个组织，党员 7 人" in said
    assert re.search(rf"市统计局机关第一党支部 TJ01 支部 4 {score / 100:.2f} 2026-05-1", said)
    assert f'href="{HERE}"' in text


def test_those_below_can_be_sorted(client_as: ClientAs) -> None:
    text = plain(page(client_as("staff"), f"{BELOW}?sort=members"))
    assert text.find("第二党支部") < text.find("第一党支部")
    text = page(client_as("staff"), f"{BELOW}?sort=-members", headers={"HX-Request": "true"})
    assert "<h1>" not in text
    assert text.find("第一党支部") < text.find("第二党支部")
    page(client_as("staff"), f"{BELOW}?sort=nothing")


def test_those_below_as_a_workbook_and_as_text(client_as: ClientAs) -> None:
    client = client_as("staff")
    content = client.get(f"{BELOW}export.xlsx?sort=-members").content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("代码", "名称", "类别", "党员")
    assert rows[1][:4] == (BRANCH, "市统计局机关第一党支部", "支部", 4)
    text = client.get(f"{BELOW}export.csv").content.decode("utf-8-sig")
    assert text.splitlines()[2].startswith("TJ02,市统计局机关第二党支部,支部,3,")
    assert client.get(f"{BELOW}export.pdf").status_code == 404


def test_the_list_asks_a_fixed_number_of_questions(
    client_as: ClientAs, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_as("work_committee")
    page(client, f"/organizations/{ROOT}/below/")
    with django_assert_max_num_queries(22):
        page(client, f"/organizations/{ROOT}/below/")


# --- another organization -----------------------------------------------------------------------


def test_one_finds_what_one_may_see(client_as: ClientAs) -> None:
    said = plain(page(client_as("staff"), "/organizations/"))
    assert "您可以看 3 个党组织" in said
    assert "市财政局" not in said
    text = page(client_as("work_committee"), "/organizations/?q=第一")
    assert "找到 2 个党组织，名称或代码含“第一”" in plain(text)
    assert f'href="/organizations/{BRANCH}/"' in text
    assert f'href="/workbench/{BRANCH}/"' in text
    assert "市统计局机关党委" in plain(text)
    said = plain(page(client_as("work_committee"), "/organizations/?q=没有"))
    assert "没有符合条件的组织。" in said
    assert "已按“没有”查找。" in said


def test_what_is_dissolved_stands_apart(client_as: ClientAs) -> None:
    Organization.objects.filter(code="TJ02").update(dissolved_on=dt.date(2026, 1, 31))
    assert "TJ02" not in plain(page(client_as("staff"), "/organizations/"))
    text = page(client_as("staff"), "/organizations/?show=dissolved")
    assert "TJ02" in plain(text)
    assert "/workbench/TJ02/" not in text


def test_who_sees_nothing_finds_nothing(client_as: ClientAs) -> None:
    assert "您可以看 0 个党组织" in plain(page(client_as("member"), "/organizations/"))
    assert Client().get("/organizations/").status_code == 302
