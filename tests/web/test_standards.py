"""The standards library: what is there, an edition read aloud, two of them compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from jinwei.norms import shipped_standards, standard_path
from jinwei.standards.actions import install_edition
from jinwei.standards.models import Edition
from jinwei.standings.models import Adoption, StandingIndicator

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
OFFICE = "/standards/office-branch/2026.1/"


def text_of(response: Any) -> str:
    """What people read, on one line."""
    return re.sub(r"(<[^>]*>|\s)+", " ", response.content.decode())


def heading(response: Any) -> str:
    found = re.search(r"<h1>(.*?)</h1>", response.content.decode(), re.S)
    assert found
    return strip_tags(found.group(1)).strip()


def office_text() -> str:
    return standard_path("office-branch").read_text(encoding="utf-8")


def row_of(response: Any, indicator: str) -> str:
    """The row of an indicator, as people read it."""
    page = response.content.decode()
    row = page[page.index(f'<tr id="{indicator}">') :]
    return re.sub(r"(<[^>]*>|\s)+", " ", row[: row.index("</tr>")])


# --- the library --------------------------------------------------------------------------------


def test_the_shelf_has_what_is_installed_and_what_is_shipped(
    house: Adoption, client_as: As
) -> None:
    response = client_as("work_committee").get("/standards/")
    assert heading(response) == "书架上有 5 个标准版本，1 个正在使用"
    text = text_of(response)
    assert "59 项 · 基本 41 · 规范 11 · 创新 5 · 加分 2" in text
    assert "市直机关工委 主用 2026-01-01 起" in text
    assert text.count("随产品提供，还没有安装") == 4
    assert Edition.objects.count() == 1


def test_an_edition_of_one_s_own_stands_beside_the_shipped(house: Adoption, client_as: As) -> None:
    install_edition(office_text().replace('version: "2026.1"', 'version: "2027.1"'))
    response = client_as("work_committee").get("/standards/")
    assert heading(response).startswith("书架上有 6 个标准版本")
    assert "/standards/compare/?a=office-branch%3A2026.1&amp;b=office-branch%3A2027.1" in (
        response.content.decode()
    )


def test_acts_are_offered_to_those_who_may(house: Adoption, client_as: As) -> None:
    assert "/standards/adopt/" in client_as("administrator").get("/standards/").content.decode()
    page = client_as("secretary").get("/standards/").content.decode()
    assert "/standards/adopt/" not in page
    assert "/standards/install/" not in page


@pytest.mark.parametrize("role", ["secretary", "member", "inspector", "auditor"])
def test_everybody_reads_what_binds_them(house: Adoption, client_as: As, role: str) -> None:
    client = client_as(role)
    assert "市直机关工委 主用" in text_of(client.get("/standards/"))
    assert client.get(OFFICE).status_code == 200
    assert client.get(f"{OFFICE}text.yaml").status_code == 200


def test_adoptions_of_others_are_not_told(house: Adoption, client_as: As) -> None:
    edition = install_edition(standard_path("office-governance").read_text(encoding="utf-8"))
    Adoption.objects.create(edition=edition, organization_id="CZ", from_on="2026-01-01")
    assert "市财政局机关党委" in text_of(client_as("work_committee").get("/standards/"))
    assert "市财政局机关党委" not in text_of(client_as("secretary").get("/standards/"))


def test_strangers_sign_in_first(house: Adoption) -> None:
    for path in ("/standards/", OFFICE, "/standards/compare/", "/standards/adopt/"):
        assert Client().get(path).status_code == 302


# --- one edition --------------------------------------------------------------------------------


def test_every_requirement_is_read_aloud_with_its_source(house: Adoption, client_as: As) -> None:
    response = client_as("work_committee").get(OFFICE)
    assert heading(response).endswith("2026.1：59 项指标，100 分")
    row = row_of(response, "L02")
    assert "读作“每月至少 1 次支委会，按做到的月数占比得分，满分 2.5 分”" in row
    assert "只适用于正式党员数不少于 7" in row
    assert "每月末到期" in row
    assert "中国共产党支部工作条例（试行） 第 12 条 已核对原文" in row
    assert "办法：登记会议（支委会）" in row
    assert "未核对原文" in row_of(response, "L03")


def test_stars_vetoes_and_numbers_stand_beside(house: Adoption, client_as: As) -> None:
    text = text_of(client_as("work_committee").get(OFFICE))
    assert "90 分起 等次“好”" in text
    assert "星级不高于" in text
    assert "党员每年集中学习培训学时 32 学时" in text
    assert "视为“全员覆盖”的比例 90%" in text
    assert "例题" in text


def test_how_many_of_the_scope_meet_it_now(house: Adoption, client_as: As) -> None:
    response = client_as("work_committee").get(OFFICE)
    states = StandingIndicator.objects.filter(indicator="B02", standing__adoption=house)
    met, missed = (states.filter(state=state).count() for state in ("met", "missed"))
    assert f"{met} / {met + missed} 失分 {missed}" in row_of(response, "B02")
    assert 'href="/overview/GW/missed-B02/"' in response.content.decode()
    narrower = client_as("work_committee").get(f"{OFFICE}?org=TJ")
    assert "市统计局机关党委，共 2 个党组织" in text_of(narrower)
    assert 'href="/overview/TJ/missed-B02/"' in narrower.content.decode()


def test_a_scope_that_is_not_seen_is_not_asked(house: Adoption, client_as: As) -> None:
    text = text_of(client_as("secretary").get(f"{OFFICE}?org=CZ"))
    assert "市财政局" not in text
    assert "市统计局机关第一党支部，共 1 个党组织" in text


def test_numbers_set_by_an_adoption_are_those_read(house: Adoption, client_as: As) -> None:
    house.settings = {"lectures_per_quarter": "2"}
    house.save()
    response = client_as("work_committee").get(OFFICE)
    assert "每季度至少 2 次党课" in row_of(response, "L04")
    assert "党课每季次数 2 次 本级所设；标准原为 1 次" in text_of(response)


def test_an_edition_nobody_works_to_is_read_without_figures(house: Adoption, client_as: As) -> None:
    response = client_as("work_committee").get("/standards/classified-grading/2026.1/")
    assert "现在达标" not in text_of(response)
    assert "随产品提供的范本，还没有安装" in text_of(response)


def test_the_text_itself(house: Adoption, client_as: As) -> None:
    response = client_as("secretary").get(f"{OFFICE}text.yaml")
    assert response.content.decode() == office_text()
    assert response["Content-Disposition"] == 'attachment; filename="office-branch-2026.1.yaml"'


def test_an_edition_that_is_not_there(house: Adoption, client_as: As) -> None:
    assert client_as("secretary").get("/standards/office-branch/1999.1/").status_code == 404
    assert client_as("secretary").get("/standards/nonsense/1/text.yaml").status_code == 404


@pytest.mark.parametrize("id", shipped_standards())
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_shipped_standard_can_be_read(
    house: Adoption, client_as: As, account: Callable[[str], Any], id: str, language: str
) -> None:
    person = account("work_committee")
    person.language = language
    person.save()
    response = client_as("work_committee").get(f"/standards/{id}/2026.1/")
    assert response.status_code == 200
    assert not re.search(r"\bNone\b(?! of)", text_of(response))


# --- two editions -------------------------------------------------------------------------------


def test_before_two_are_chosen(house: Adoption, client_as: As) -> None:
    response = client_as("secretary").get("/standards/compare/?b=office-branch:2026.1")
    assert heading(response) == "选两个版本，看改了什么"
    assert '<option value="office-branch:2026.1" selected>' in response.content.decode()


def test_what_a_new_edition_changes_in_words(house: Adoption, client_as: As) -> None:
    text = office_text().replace('version: "2026.1"', 'version: "2027.1"')
    text = text.replace(
        "where: {kind: committee_meeting}, per: month, at_least: 1",
        "where: {kind: committee_meeting}, per: month, at_least: 2",
    ).replace("value: 32", "value: 40")
    install_edition(text)
    response = client_as("work_committee").get(
        "/standards/compare/?a=office-branch:2026.1&b=office-branch:2027.1"
    )
    assert heading(response) == "改动 2 项，57 项不变"
    told = text_of(response)
    assert "每月至少 1 次支委会，按做到的月数占比得分，满分 2.5 分；每月末到期" in told
    assert "每月至少 2 次支委会，按做到的月数占比得分，满分 2.5 分；每月末到期" in told
    assert "党员每年集中学习培训学时 32 学时 40 学时" in told


def test_indicators_that_came_and_went(house: Adoption, client_as: As) -> None:
    text = office_text().replace('version: "2026.1"', 'version: "2027.1"')
    install_edition(text.replace("id: L02", "id: L22"))
    response = client_as("work_committee").get(
        "/standards/compare/?a=office-branch:2026.1&b=office-branch:2027.1"
    )
    assert heading(response) == "新增 1 项、取消 1 项，58 项不变"


def test_the_same_edition_twice(house: Adoption, client_as: As) -> None:
    response = client_as("member").get(
        "/standards/compare/?a=office-branch:2026.1&b=office-branch:2026.1"
    )
    assert heading(response) == "两个版本的要求完全一样"


def test_two_different_standards(house: Adoption, client_as: As) -> None:
    response = client_as("work_committee").get(
        "/standards/compare/?a=office-branch:2026.1&b=office-governance:2026.1"
    )
    assert "这是两个不同的标准，指标按名称对照。" in text_of(response)
    assert response.status_code == 200


# --- how much it asks of the database -----------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/standards/", 11),
        (OFFICE, 16),
        ("/standards/compare/?a=office-branch:2026.1&b=member-points:2026.1", 9),
    ],
)
def test_the_pages_ask_few_questions(
    house: Adoption,
    client_as: As,
    django_assert_max_num_queries: Callable[[int], Any],
    path: str,
    most: int,
) -> None:
    client = client_as("work_committee")
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


def test_an_indicator_has_an_address(house: Adoption, client_as: As) -> None:
    page = client_as("secretary").get(OFFICE).content.decode()
    for indicator in house.plan().standard.indicators:
        assert f'id="{indicator.id}"' in page
