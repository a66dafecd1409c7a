"""Installing a text, adopting an edition with one's own numbers, ending an adoption."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from jinwei.audit.models import Entry
from jinwei.norms import standard_path
from jinwei.standards.actions import install_edition
from jinwei.standards.models import Edition
from jinwei.standings.background import work_once
from jinwei.standings.figures import leading
from jinwei.standings.models import Adoption, Dirty, Standing
from jinwei.web.standards.bounds import Bounds, bounds_of

from .conftest import COMMITTEE, ROOT, TODAY

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
INSTALL = "/standards/install/"
NEXT = "/standards/adopt/?edition=office-branch:2027.1"
GOVERNANCE = "/standards/adopt/?edition=office-governance:2026.1"
JULY = dt.date(2026, 7, 1)


def text_of(response: Any) -> str:
    return re.sub(r"(<[^>]*>|\s)+", " ", response.content.decode())


def heading(response: Any) -> str:
    found = re.search(r"<h1>(.*?)</h1>", response.content.decode(), re.S)
    assert found
    return strip_tags(found.group(1)).strip()


def shipped(id: str) -> str:
    return standard_path(id).read_text(encoding="utf-8")


@pytest.fixture
def following(house: Adoption) -> Edition:
    """A later edition, installed."""
    return install_edition(shipped("office-branch").replace('"2026.1"', '"2027.1"'))


def asked(book: Edition, **values: Any) -> dict[str, Any]:
    """What the form sends: the numbers as they stand in the text, unless others are given."""
    standard = book.plan({}).standard
    numbers = {f"parameter-{p.id}": str(float(p.value)) for p in standard.parameters}
    usual = {"organization": ROOT, "from_on": "2026-07-01", "leading": "on", "step": "check"}
    return {**numbers, **usual, **values}


# --- installing ---------------------------------------------------------------------------------


def test_a_text_is_installed_and_the_record_says_by_whom(house: Adoption, client_as: As) -> None:
    client = client_as("work_committee")
    response = client.post(INSTALL, {"text": shipped("member-points")}, follow=True)
    assert response.redirect_chain[0][0] == "/standards/member-points/2026.1/"
    assert "已安装 党员量化积分（参考范本） 2026.1。" in text_of(response)
    assert Edition.objects.filter(standard="member-points").exists()
    entry = Entry.objects.get(act="installed")
    assert (entry.row, entry.account_name) == ("member-points 2026.1", "工委某")


def test_a_file_as_well(house: Adoption, client_as: As) -> None:
    file = SimpleUploadedFile("mine.yaml", shipped("member-points").encode("utf-8-sig"))
    assert client_as("work_committee").post(INSTALL, {"file": file}).status_code == 302
    assert Edition.objects.filter(standard="member-points").exists()


def test_all_faults_at_once_with_line_found_and_allowed(house: Adoption, client_as: As) -> None:
    faulty = shipped("member-points").replace("fact: training", "fact: trainings")
    faulty = faulty.replace("subject: member", "subject: members")
    response = client_as("work_committee").post(INSTALL, {"text": faulty})
    assert response.status_code == 422
    count = int(re.findall(r"文本里有 (\d+) 处要改，没有安装", heading(response))[0])
    assert count >= 2
    text = text_of(response)
    line = next(n for n, row in enumerate(faulty.splitlines(), 1) if "fact: trainings" in row)
    assert f" {line} " in text
    assert "trainings" in text
    assert "您要写的也许是 training。" in text
    assert "可用：" in text
    assert "subject: members" in response.content.decode()  # what was written is still there
    assert not Edition.objects.filter(standard="member-points").exists()


def test_what_cannot_be_read_at_all(house: Adoption, client_as: As) -> None:
    client = client_as("work_committee")
    response = client.post(INSTALL, {"text": "a: [1"})
    assert response.status_code == 422
    assert "方括号 [ ] 没有配对" in text_of(response)
    assert client.post(INSTALL, {"text": " "}).status_code == 422
    file = SimpleUploadedFile("mine.yaml", "标准".encode("gbk"))
    response = client.post(INSTALL, {"file": file})
    assert response.status_code == 422
    assert "不是 UTF-8 编码" in text_of(response)


def test_an_installed_version_does_not_change(house: Adoption, client_as: As) -> None:
    changed = shipped("office-branch") + "# another\n"
    response = client_as("work_committee").post(INSTALL, {"text": changed})
    assert response.status_code == 422
    assert "请在文本里换一个版本号" in text_of(response)


# --- the form -----------------------------------------------------------------------------------


def test_first_an_edition_is_chosen(house: Adoption, client_as: As) -> None:
    response = client_as("work_committee").get("/standards/adopt/")
    assert heading(response) == "采用哪个标准？"
    assert "edition=office-governance%3A2026.1" in response.content.decode()


def test_the_numbers_come_with_what_is_allowed(house: Adoption, client_as: As) -> None:
    text = text_of(client_as("work_committee").get(NEXT.replace("2027", "2026")))
    assert "视为“全员覆盖”的比例 0 到 1；标准原为 0.9（90%）" in text
    assert "党课每季次数 整数，1 以上；标准原为 1 次" in text
    assert "不小于 0；标准原为 600 元" in text


def test_bounds_are_those_of_the_engine() -> None:
    bounds = bounds_of(shipped("office-branch"))
    assert bounds["coverage"] == Bounds(negative=False, nought=True, above_one=False)
    assert bounds["lectures_per_quarter"] == Bounds(
        negative=False, nought=False, above_one=True, fractions=False
    )
    assert bounds["dues_grace_days"] == Bounds(fractions=False)


def test_another_standard_does_not_lead_unless_somebody_says_so(
    following: Edition, client_as: As
) -> None:
    client = client_as("work_committee")
    ticked = re.compile(r'<input type="checkbox" name="leading"[^>]*checked')
    assert ticked.search(client.get(NEXT).content.decode())
    assert not ticked.search(client.get(GOVERNANCE).content.decode())


def test_only_subtrees_within_the_own_one(house: Adoption, client_as: As) -> None:
    page = client_as("work_committee").get(NEXT.replace("2027", "2026")).content.decode()
    assert re.findall(r'<option value="(\w+)"', page) == ["CZ", ROOT, COMMITTEE]


# --- the effect ---------------------------------------------------------------------------------


def test_the_effect_is_shown_before_anything_is_stored(following: Edition, client_as: As) -> None:
    response = client_as("work_committee").post(NEXT, asked(following))
    assert response.status_code == 200
    assert heading(response).startswith("采用后 3 个党组织按")
    text = text_of(response)
    assert "市直机关工委连同下级共 6 个党组织，其中适用这个标准的 3 个党组织。" in text
    assert "2026.1 用到 2026 年 6 月 30 日为止" in text
    assert Adoption.objects.count() == 1


def test_one_committee_leaves_what_leads_above(following: Edition, client_as: As) -> None:
    client = client_as("work_committee")
    text = text_of(client.post(NEXT, asked(following, organization=COMMITTEE)))
    assert "市统计局机关党委连同下级共 3 个党组织，其中适用这个标准的 2 个党组织。" in text
    assert "现在主用的是市直机关工委采用的" in text
    client.post(NEXT, asked(following, organization=COMMITTEE, step="confirm"))
    again = client.post(NEXT, asked(following, organization=ROOT, from_on="2026-08-01"))
    assert "下级市统计局机关党委另有主用标准" in text_of(again)


def test_a_standard_for_members_counts_members(house: Adoption, client_as: As) -> None:
    url = "/standards/adopt/?edition=member-points:2026.1"
    standard = Edition(standard="member-points", version="2026.1", text=shipped("member-points"))
    data = asked(standard)
    del data["leading"]
    response = client_as("work_committee").post(url, data)
    assert "其中适用这个标准的 10 名党员。" in text_of(response)
    assert "这个版本会先安装。" in text_of(response)
    assert "作为主用标准" not in text_of(response)


# --- making it ----------------------------------------------------------------------------------


def test_an_adoption_ends_the_one_before_the_day_before(
    house: Adoption, following: Edition, client_as: As
) -> None:
    client = client_as("work_committee")
    response = client.post(NEXT, asked(following, step="confirm"), follow=True)
    assert "市直机关工委自 2026 年 7 月 1 日起采用" in text_of(response)
    made = Adoption.objects.get(edition=following)
    house.refresh_from_db()
    assert (made.from_on, made.to_on, made.leading, made.settings) == (JULY, None, True, {})
    assert house.to_on == dt.date(2026, 6, 30)
    assert leading(ROOT, TODAY) == house
    assert leading(ROOT, JULY) == made
    acts = list(Entry.objects.order_by("pk").values_list("act", "organization", "row"))
    assert acts == [("ended", ROOT, str(house.pk)), ("adopted", ROOT, str(made.pk))]
    assert set(Dirty.objects.values_list("adoption", flat=True)) == {house.pk, made.pk}


def test_a_shipped_edition_is_installed_with_it_and_reckoned(
    house: Adoption, client_as: As
) -> None:
    edition = Edition(
        standard="office-governance", version="2026.1", text=shipped("office-governance")
    )
    data = asked(edition, from_on="2026-06-18", step="confirm")
    del data["leading"]
    client_as("administrator").post(GOVERNANCE, data)
    made = Adoption.objects.get(edition__standard="office-governance")
    assert not made.leading
    house.refresh_from_db()
    assert house.to_on is None
    assert [e.act for e in Entry.objects.order_by("pk")] == ["installed", "adopted"]
    work_once()
    assert Standing.objects.filter(adoption=made).count() == 2


def test_numbers_of_one_s_own_are_kept_exactly(following: Edition, client_as: As) -> None:
    data = asked(following, step="confirm", **{"parameter-coverage": " 0.85 "})
    client_as("work_committee").post(NEXT, data)
    made = Adoption.objects.get(edition=following)
    assert made.settings == {"coverage": "0.85"}
    assert made.plan().standard.parameters[0].value * 100 == 85


# --- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("coverage", "1.2", "比例"),
        ("coverage", "-0.1", "不能是负数"),
        ("coverage", "九成", "应当是数"),
        ("coverage", "", "请填一个数"),
        ("lectures_per_quarter", "1.5", "应当是整数"),
        ("lectures_per_quarter", "0", "应当大于 0"),
        ("training_hours", "99999999999", "不能设为"),
    ],
)
def test_a_number_that_cannot_be(
    following: Edition, client_as: As, name: str, value: str, said: str
) -> None:
    response = client_as("work_committee").post(
        NEXT, asked(following, **{f"parameter-{name}": value})
    )
    assert response.status_code == 422
    page = response.content.decode()
    field = page[page.index(f'<label for="id_parameter-{name}"') :]
    assert said in field[: field.index("</div><input") if "</div><input" in field else 900]
    assert "有 1 处要改" in text_of(response)


def test_it_cannot_begin_before_what_it_follows(
    house: Adoption, following: Edition, client_as: As
) -> None:
    client = client_as("work_committee")
    for step in ("check", "confirm"):
        response = client.post(NEXT, asked(following, from_on="2026-01-01", step=step))
        assert response.status_code == 422
        assert "市直机关工委从 2026-01-01 起已经采用" in text_of(response)
    assert Adoption.objects.count() == 1
    assert not Entry.objects.exists()


def test_the_same_edition_twice_is_refused(house: Adoption, client_as: As) -> None:
    data = asked(house.edition)
    del data["leading"]
    response = client_as("work_committee").post(NEXT.replace("2027", "2026"), data)
    assert response.status_code == 422


def test_days_that_are_none(following: Edition, client_as: As) -> None:
    response = client_as("work_committee").post(NEXT, asked(following, from_on="6 月 31 日"))
    assert response.status_code == 422
    assert "请填一个日期，例如 2026-01-01。" in text_of(response)


def test_an_organization_of_others(following: Edition, client_as: As) -> None:
    client = client_as("work_committee")
    assert client.post(NEXT, asked(following, organization="TJ01")).status_code == 422
    assert client.post(NEXT, asked(following, organization="XX")).status_code == 422


@pytest.mark.parametrize("role", ["staff", "secretary", "member", "inspector", "auditor"])
def test_who_may_not(house: Adoption, client_as: As, role: str) -> None:
    client = client_as(role)
    for path in (INSTALL, "/standards/adopt/", f"/standards/adoptions/{house.pk}/end/"):
        assert client.get(path).status_code == 403
        assert client.post(path, {}).status_code == 403
    assert Adoption.objects.filter(to_on=None).count() == 1


# --- ending -------------------------------------------------------------------------------------


def test_an_adoption_is_ended_with_a_reason(house: Adoption, client_as: As) -> None:
    client = client_as("work_committee")
    path = f"/standards/adoptions/{house.pk}/end/"
    assert "停用后这里没有主用标准" in text_of(client.get(path))
    response = client.post(path, {"to_on": "2026-06-30", "reason": "换用新版"}, follow=True)
    assert "最后一天是 2026 年 6 月 30 日。" in text_of(response)
    house.refresh_from_db()
    assert house.to_on == dt.date(2026, 6, 30)
    entry = Entry.objects.get(act="ended")
    assert (entry.reason, entry.before, entry.after) == (
        "换用新版",
        {"to_on": None},
        {"to_on": "2026-06-30"},
    )
    assert Dirty.objects.filter(adoption=house).exists()


def test_what_leads_afterwards_is_said(house: Adoption, following: Edition, client_as: As) -> None:
    nearer = Adoption.objects.create(
        edition=following, organization_id=COMMITTEE, from_on="2026-02-01", leading=True
    )
    text = text_of(client_as("work_committee").get(f"/standards/adoptions/{nearer.pk}/end/"))
    assert "停用后主用 市直机关工委采用的" in text


def test_ending_is_refused_before_it_began_or_without_a_reason(
    house: Adoption, client_as: As
) -> None:
    client = client_as("work_committee")
    path = f"/standards/adoptions/{house.pk}/end/"
    response = client.post(path, {"to_on": "2025-12-31", "reason": "x"})
    assert response.status_code == 422
    assert "2026-01-01 才开始采用" in text_of(response)
    response = client.post(path, {"to_on": "2026-06-30", "reason": ""})
    assert response.status_code == 422
    assert "请写一句理由" in text_of(response)
    assert client.get("/standards/adoptions/999/end/").status_code == 404
    house.refresh_from_db()
    assert house.to_on is None
