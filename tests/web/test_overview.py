"""The overview of a committee: its answer, its figures, and exactly the lists behind them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags

from jinwei.accounts.models import Account
from jinwei.audit.models import Entry
from jinwei.ledgers.models import Rectification
from jinwei.organizations.models import Organization, Term
from jinwei.standings.actions import reckon
from jinwei.standings.activity import rebuild_activity
from jinwei.standings.models import (
    Activity,
    Adoption,
    Dirty,
    Standing,
    StandingChange,
    StandingIndicator,
)
from jinwei.standings.queue import adopted

from .conftest import BRANCH, COMMITTEE, OTHER, ROOT, TODAY

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
ROUTES = ("overview/GW/", "overview/GW/scored/", "overview/GW/scored/export.csv")


def text_of(response: Any) -> str:
    """What people read, on one line."""
    return re.sub(r"(<[^>]*>|\s)+", " ", response.content.decode())


def heading(response: Any) -> str:
    found = re.search(r"<h1>(.*?)</h1>", response.content.decode(), re.S)
    assert found
    return strip_tags(found.group(1)).strip()


def names_in(response: Any) -> list[str]:
    """The organizations of a list, in order."""
    rows = re.findall(
        r"<tr><td[^>]*><a href=\"/organizations/([^/]+)/\">", response.content.decode()
    )
    return [str(code) for code in rows]


@pytest.fixture
def eight(house: Adoption) -> Adoption:
    """Eight branches with scores of our own, as if they had been reckoned so."""
    for n in range(3, 8):
        Organization.objects.create(
            code=f"TJ{n:02}", name=f"第{n}党支部", parent_id=COMMITTEE, kind="branch"
        )
    reckon(house, as_of=TODAY)
    scores = {
        BRANCH: (9500, 5),
        "TJ02": (8700, 4),
        "TJ03": (8000, 3),
        "TJ04": (7000, 2),
        "TJ05": (5900, 1),
        "TJ06": (8600, 4),
        "TJ07": (None, None),
        OTHER: (9000, 3),
    }
    for code, (score, stars) in scores.items():
        Standing.objects.filter(subject=code).update(score=score, stars=stars)
    StandingChange.objects.all().delete()
    return house


def changed(adoption: Adoption, code: str, before: int, now: int, **indicators: list[int]) -> None:
    StandingChange.objects.create(
        adoption=adoption,
        subject=code,
        first=dt.date(2026, 1, 1),
        day=dt.date(2026, 6, 10),
        score_before=before,
        score=now,
        stars_before=3,
        stars=2,
        indicators=indicators,
    )


# --- the answer ---------------------------------------------------------------------------------


def test_the_title_is_median_change_and_who_needs_asking(eight: Adoption, client_as: As) -> None:
    changed(eight, "TJ04", 7500, 7000)
    changed(eight, "TJ02", 8600, 8700)
    response = client_as("work_committee").get("/overview/GW/")
    # Seven scores, in the middle 86.00 (now) and 86.00 (then: TJ02 had 86.00).
    assert heading(response).startswith("中位数 86.00 分，与上月末持平；")
    assert heading(response).endswith("8 个组织要过问")
    text = text_of(response)
    assert "1 个低于 60 分" in text
    assert "1 个本月降 3 分以上" in text


def test_a_change_of_the_median_is_said(eight: Adoption, client_as: As) -> None:
    changed(eight, "TJ06", 8000, 8600)
    response = client_as("work_committee").get("/overview/GW/")
    # Then 59, 70, 80, 80, 87, 90, 95: the middle one was 80.00.
    assert heading(response).startswith("中位数 86.00 分，比上月末升 6.00 分；")


def test_few_organizations_have_no_median_and_no_distribution(
    house: Adoption, client_as: As
) -> None:
    response = client_as("work_committee").get("/overview/GW/")
    assert heading(response).startswith("已评定 3 个党组织，不足 5 个不算中位数；")
    assert "不足 5 个，不画分布" in text_of(response)
    assert "中位数 –" not in heading(response)


def test_the_page_says_what_it_rests_on(house: Adoption, client_as: As) -> None:
    text = text_of(client_as("work_committee").get("/overview/GW/"))
    assert "数据截至 2026-06-18" in text
    assert "机关党支部标准化建设标准（晋位参考范本） 2026.1" in text
    assert "期间 2026 年" in text


# --- figures and their lists --------------------------------------------------------------------


def test_every_figure_leads_to_the_list_of_exactly_those(eight: Adoption, client_as: As) -> None:
    client = client_as("work_committee")
    page = client.get("/overview/GW/").content.decode()
    for name, codes in {
        "below-60": ["TJ05"],
        "four-or-more": [BRANCH, "TJ02", "TJ06"],
        "scored": [BRANCH, OTHER, "TJ02", "TJ06", "TJ03", "TJ04", "TJ05", "TJ07"],
    }.items():
        assert f'href="/overview/GW/{name}/"' in page
        assert names_in(client.get(f"/overview/GW/{name}/")) == codes


def test_the_figures_themselves(eight: Adoption, client_as: As) -> None:
    text = text_of(client_as("work_committee").get("/overview/GW/"))
    assert "已评组织 7 个 1 个尚未评定" in text
    assert "四星及以上 42.9% 五星 1 个，四星 2 个" in text
    assert "60 分以下 1 个" in text


def test_who_is_silent_is_a_figure_of_its_own(eight: Adoption, client_as: As) -> None:
    rebuild_activity(TODAY)
    Activity.objects.filter(organization=BRANCH).update(last_on=dt.date(2026, 5, 19))
    client = client_as("work_committee")
    # Thirty days ago is within thirty days.
    assert "7 个 30 天无记录" in text_of(client.get("/overview/GW/"))
    response = client.get("/overview/GW/silent/")
    assert heading(response) == "7 个党组织 30 天没有记录"
    assert BRANCH not in names_in(response)


def test_rectifications_overdue_come_first(eight: Adoption, client_as: As) -> None:
    for code, due in (("Z1", dt.date(2026, 7, 1)), ("Z2", dt.date(2026, 6, 1))):
        Rectification.objects.create(
            code=code,
            organization_id=BRANCH,
            title=f"问题 {code}",
            opened_on=dt.date(2026, 5, 1),
            due_on=due,
        )
    Rectification.objects.create(
        code="Z3",
        organization_id=BRANCH,
        opened_on=dt.date(2026, 5, 1),
        closed_on=dt.date(2026, 5, 9),
    )
    client = client_as("work_committee")
    assert "整改在办 2 件 超时 1 件" in text_of(client.get("/overview/GW/"))
    response = client.get("/overview/GW/rectifications/")
    assert heading(response) == "2 件整改在办，1 件超时"
    text = text_of(response)
    assert text.index("问题 Z2") < text.index("问题 Z1")
    assert f'href="/ledgers/{BRANCH}/rectification/Z2/"' in response.content.decode()


def test_the_burden_counts_fields_that_people_filled(eight: Adoption, client_as: As) -> None:
    Entry.objects.create(
        account_name="王某某",
        act="entered",
        table="meeting",
        row="H9",
        organization=BRANCH,
        after={"code": "H9", "kind": "lecture", "held_on": "2026-06-02", "topic": None},
    )
    Entry.objects.create(
        account_name="王某某", act="read", table="member", row="P1", organization=BRANCH
    )
    response = client_as("work_committee").get("/overview/GW/burden/")
    assert heading(response) == "本月 8 个支部共填写 2 个字段"
    assert names_in(response)[0] == BRANCH


def test_an_indicator_that_many_miss_leads_to_those_who_miss_it(
    eight: Adoption, client_as: As
) -> None:
    client = client_as("work_committee")
    page = client.get("/overview/GW/").content.decode()
    listed = re.findall(r'href="/overview/GW/missed-(\w+)/">(\d+) 个', page)
    assert listed
    indicator, count = listed[0]
    missing = StandingIndicator.objects.filter(indicator=indicator, state="missed")
    codes = set(missing.values_list("standing__subject", flat=True))
    response = client.get(f"/overview/GW/missed-{indicator}/")
    assert set(names_in(response)) == codes
    assert len(codes) == int(count)
    # The third press: from the list to the explanation with its rows.
    assert f"/indicators/{indicator}/" in response.content.decode()


def test_movers_have_three_points_and_a_reason(eight: Adoption, client_as: As) -> None:
    changed(eight, "TJ04", 7500, 7000, L05=[200, 200, 150, 250])
    changed(eight, "TJ03", 7701, 8000, L04=[0, 0, 200, 200])
    client = client_as("work_committee")
    response = client.get("/overview/GW/down/")
    assert names_in(response) == ["TJ04"]
    assert "L05 每月开展主题党日" in text_of(response)
    assert names_in(client.get("/overview/GW/up/")) == []
    assert "本月没有升 3 分以上的党组织。" in text_of(client.get("/overview/GW/up/"))


def test_those_to_ask_after_with_every_reason(eight: Adoption, client_as: As) -> None:
    rebuild_activity(TODAY)
    Activity.objects.filter(organization=BRANCH).update(last_on=TODAY)
    Term.objects.filter(organization_id="TJ02").update(expires_on=dt.date(2026, 5, 8))
    changed(eight, "TJ05", 6400, 5900)
    response = client_as("work_committee").get("/overview/GW/attention/")
    text = text_of(response)
    assert "59.00 分，低于 60；比上月末降 5.00 分；没有任何记录" in text
    assert "换届逾期 41 天；839 天没有记录" in text
    assert names_in(response)[:2] == ["TJ05", "TJ02"]
    assert BRANCH not in names_in(response)


def test_a_list_in_another_order_and_by_class(eight: Adoption, client_as: As) -> None:
    client = client_as("work_committee")
    rising = names_in(client.get("/overview/GW/scored/?sort=score"))
    assert rising[:3] == ["TJ05", "TJ04", "TJ03"]
    assert rising[-1] == "TJ07"
    assert names_in(client.get("/overview/GW/scored/?heat=5")) == [BRANCH, OTHER]
    assert names_in(client.get("/overview/GW/scored/?low=85&high=90")) == ["TJ02", "TJ06"]
    assert names_in(client.get("/overview/GW/scored/?sort=nonsense&low=x")) != []


def test_htmx_gets_the_results_alone(eight: Adoption, client_as: As) -> None:
    client = client_as("work_committee")
    response = client.get("/overview/GW/scored/?sort=name", headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith('<div class="results" id="results"')


def test_an_unknown_list_is_not_there(house: Adoption, client_as: As) -> None:
    client = client_as("work_committee")
    assert client.get("/overview/GW/nonsense/").status_code == 404
    assert client.get("/overview/GW/missed-X99/").status_code == 404
    assert client.get("/overview/GW/scored/export.pdf").status_code == 404


# --- the tree -----------------------------------------------------------------------------------


def test_a_row_is_a_subordinate_and_a_tile_an_organization(eight: Adoption, client_as: As) -> None:
    page = client_as("work_committee").get("/overview/GW/").content.decode()
    assert 'href="/overview/TJ/"' in page
    assert re.search(rf'class="tile t5" href="/organizations/{BRANCH}/"[^>]*>95<', page)
    assert re.search(r'class="tile t1" href="/organizations/TJ05/"[^>]*>59<', page)
    assert re.search(r'class="tile t0" href="/organizations/TJ07/"[^>]*>–<', page)


def test_rows_by_order(eight: Adoption, client_as: As) -> None:
    client = client_as("work_committee")

    def rows(query: str) -> list[str]:
        page = client.get(f"/overview/GW/{query}").content.decode()
        tree = page[page.index('id="tree"') :]
        return re.findall(r'<div class="tree-row"><span><a href="/overview/(\w+)/">', tree)

    assert rows("?sort=order") == ["CZ", "TJ"]
    assert rows("") == ["TJ", "CZ"]  # one branch has no median and comes last


def test_one_level_lower_is_the_same_page(eight: Adoption, client_as: As) -> None:
    response = client_as("work_committee").get("/overview/TJ/")
    text = text_of(response)
    assert 'href="/overview/GW/"' in response.content.decode()  # the way back up
    assert "直属党组织" in text
    assert "已评组织 6 个" in text
    assert "市财政局" not in text
    assert 'id="organizations"' in response.content.decode()


# --- files --------------------------------------------------------------------------------------


def test_a_list_goes_into_a_spreadsheet_and_that_is_recorded(
    eight: Adoption, client_as: As
) -> None:
    client = client_as("work_committee")
    response = client.get("/overview/GW/four-or-more/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("党组织", "所属", "得分", "星级")
    assert rows[1][:4] == ("市统计局机关第一党支部", "市统计局机关党委", 95, 5)
    assert len(rows) == 4
    entry = Entry.objects.get(act="exported")
    said = {"form": "xlsx", "rows": 3, "narrowed": "3 个党组织四星及以上"}
    assert (entry.organization, entry.row, entry.after) == (ROOT, "", said)


def test_the_same_list_as_comma_separated_text(eight: Adoption, client_as: As) -> None:
    response = client_as("work_committee").get("/overview/GW/scored/export.csv?sort=score")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][0] == "第5党支部"
    assert len(rows) == 9


# --- states -------------------------------------------------------------------------------------


def test_without_a_standard(house: Adoption, client_as: As) -> None:
    Adoption.objects.all().delete()
    response = client_as("work_committee").get("/overview/GW/")
    assert heading(response) == "市直机关工委还没有采用标准"
    assert 'href="/standards/adopt/?org=GW"' in response.content.decode()
    below = client_as("staff").get("/overview/TJ/")
    assert "请上级工委为这里采用一个标准。" in text_of(below)
    assert client_as("staff").get("/overview/TJ/scored/").status_code == 404


def test_before_anything_is_reckoned(house: Adoption, client_as: As) -> None:
    Standing.objects.all().delete()
    Dirty.objects.all().delete()
    client = client_as("work_committee")
    assert "这里没有适用这个标准的党组织。" in text_of(client.get("/overview/GW/"))
    adopted(house)
    response = client.get("/overview/GW/")
    assert heading(response) == "市直机关工委还没有得分"
    assert "正在计算。" in text_of(response)


def test_while_it_is_reckoned_anew(eight: Adoption, client_as: As) -> None:
    client = client_as("work_committee")
    assert "正在重新计算" not in text_of(client.get("/overview/GW/"))
    adopted(eight)
    assert "正在重新计算，还有 8 个党组织没有算完" in text_of(client.get("/overview/GW/"))


def test_the_first_month_has_nothing_to_compare_with(
    eight: Adoption, client_as: As, account: Callable[[str], Account]
) -> None:
    client = client_as("work_committee")
    with time_machine.travel(dt.datetime(2026, 1, 20, 2, tzinfo=dt.UTC), tick=False):
        client.force_login(account("work_committee"))
        text = text_of(client.get("/overview/GW/"))
    assert "本期第一个月，没有上月末可比。" in text
    assert "比上月末" not in text


# --- who sees what ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("administrator", 200),
        ("work_committee", 200),
        ("auditor", 200),
        ("staff", 404),
        ("inspector", 404),
        ("secretary", 404),
        ("member", 404),
    ],
)
@pytest.mark.parametrize("route", ROUTES)
def test_the_names_of_others_are_for_those_above_them(
    client_as: As, role: str, status: int, route: str
) -> None:
    assert client_as(role).get(f"/{route}").status_code == status


def test_staff_of_a_committee_see_theirs_alone(eight: Adoption, client_as: As) -> None:
    response = client_as("staff").get("/overview/TJ/scored/")
    assert OTHER not in names_in(response)
    assert 'href="/overview/GW/"' not in response.content.decode()
    assert client_as("staff").get("/overview/CZ/").status_code == 404


def test_strangers_sign_in_first(house: Adoption) -> None:
    for route in ROUTES:
        assert Client().get(f"/{route}").status_code == 302


# --- how much it asks of the database -----------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("", 26),
        ("attention/", 19),
        ("scored/", 17),
        ("rectifications/", 13),
        ("up/", 18),
        ("burden/", 18),
    ],
)
def test_the_pages_ask_few_questions(
    eight: Adoption,
    client_as: As,
    django_assert_max_num_queries: Callable[[int], Any],
    path: str,
    most: int,
) -> None:
    client = client_as("work_committee")
    with django_assert_max_num_queries(most):
        assert client.get(f"/overview/GW/{path}").status_code == 200


def test_more_than_sixty_become_a_bar_of_classes(house: Adoption, client_as: As) -> None:
    codes = [f"CZ{n:03}" for n in range(100, 161)]
    for code in codes:
        Organization.objects.create(code=code, name=code, parent_id="CZ", kind="branch")
    template = Standing.objects.get(subject=OTHER)
    Standing.objects.bulk_create(
        Standing(
            adoption=house,
            subject=code,
            first=template.first,
            last=template.last,
            as_of=TODAY,
            score=9100 if n else None,
            reckoned_at=template.reckoned_at,
            fingerprint=template.fingerprint,
            digest=code,
        )
        for n, code in enumerate(codes)
    )
    Standing.objects.filter(subject=OTHER).update(score=5000)
    page = client_as("work_committee").get("/overview/GW/").content.decode()
    row = page[page.index('href="/overview/CZ/"') :]
    assert '<svg class="bar whole"' in row[: row.index("</div></div>")]
    assert 'href="/overview/CZ/scored/?heat=5"' in row
    listed = client_as("work_committee").get("/overview/CZ/scored/?heat=1")
    assert names_in(listed) == [OTHER]
