"""Tags, filters, components, fragments, and the pages for what goes wrong."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.engine.outcomes import STATES
from jinwei.engine.schema import Words
from jinwei.web import errors
from jinwei.web.htmx import is_fragment, render_page_or_fragment
from jinwei.web.parts import Action, Basis, Chip, Crumb, Figure, Head, Todo
from jinwei.web.templatetags import jinwei as tags
from jinwei.web.windows import cells_of, window_label

from .conftest import TODAY


def draw(source: str, request: HttpRequest | None = None, **context: Any) -> str:
    return engines["django"].from_string("{% load jinwei %}" + source).render(context, request)


def asked(url: str = "/", **headers: str) -> HttpRequest:
    request = RequestFactory().get(url, headers=headers)
    request.access = None  # type: ignore[attr-defined]
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


# --- words of figures ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hundredths", "expected"),
    [(417, "4.17"), (0, "0.00"), (None, "–"), (-5, "-0.05"), (123456, "1,234.56")],
)
def test_points(hundredths: int | None, expected: str) -> None:
    assert tags.points(hundredths) == expected


def test_a_change_is_said_by_sign_word_and_class() -> None:
    assert tags.signed(159).endswith('▲</span><span class="hidden-text">升</span> 1.59</span>')
    assert 'class="num down"' in tags.signed(-40)
    assert "降</span> 0.40" in tags.signed(-40)
    assert "持平" in tags.signed(0)
    assert tags.signed(None) == "–"


@pytest.mark.parametrize(
    ("share", "places", "expected"),
    [
        (Fraction(1737, 2000), 1, "86.9%"),
        (Fraction(1, 3), 2, "33.33%"),
        (Decimal("0.0005"), 1, "0.1%"),
        (1, 0, "100%"),
        (None, 1, "–"),
    ],
)
def test_percent(share: Fraction | None, places: int, expected: str) -> None:
    assert tags.percent(share, places) == expected


def test_days() -> None:
    assert tags.day(TODAY) == "6 月 18 日"
    assert tags.day(TODAY, True) == "2026 年 6 月 18 日"
    assert tags.day(None) == "–"
    assert tags.iso(TODAY) == "2026-06-18"
    assert tags.iso(dt.datetime(2026, 6, 18, 8, 30)) == "2026-06-18 08:30"
    assert tags.iso(dt.datetime(2026, 6, 18, 20, 30, tzinfo=dt.UTC)) == "2026-06-19 04:30"
    assert tags.iso(None) == "–"


def test_what_is_left() -> None:
    said = [tags.left(days) for days in (2, 0, -18, None)]
    assert said == ["还有 2 天", "今天", "逾期 18 天", ""]
    assert [tags.urgency(days) for days in (-1, 0, 7, 8, None)] == ["late", "soon", "soon", "", ""]


def test_texts_in_the_language_of_the_page() -> None:
    text = Words("标准", "Standard")
    assert tags.in_language(text) == "标准"
    with translation.override("en"):
        assert tags.in_language(text) == "Standard"
        assert tags.in_language(Words("标准", "")) == "标准"
    assert tags.in_language(None) == ""


def test_thousands() -> None:
    assert (tags.thousands(5846), tags.thousands(None)) == ("5,846", "–")


# --- drawings -----------------------------------------------------------------------------------


def test_a_state_has_shape_and_word() -> None:
    html = tags.state("missed")
    assert 'class="state missed"' in html
    assert "<svg" in html
    assert html.endswith("已失分</span>")
    assert tags.state("met", "当日").endswith("当日</span>")


def test_every_state_of_the_engine_can_be_drawn() -> None:
    assert all(str(tags.STATES[state]) in tags.state(state) for state in STATES)


def test_stars_speak_and_no_score_is_no_grey_stars() -> None:
    html = tags.stars(4)
    assert 'aria-label="4 星（共 5 星）"' in html
    assert html.count("<path") == 5
    assert html.count('class="on"') == 4
    assert "svg" not in tags.stars(None)


@dataclass(frozen=True)
class Window:
    first: dt.date
    last: dt.date
    state: str


def months(*states: str) -> list[Window]:
    return [
        Window(dt.date(2026, n, 1), dt.date(2026, n, 28), state)
        for n, state in enumerate(states, 1)
    ]


def test_a_strip_reads_its_cells_out() -> None:
    html = tags.strip(months("passed", "missed", "open", "ahead", "outside"))
    assert 'aria-label="1 月：已完成、2 月：未完成、3 月：办理中、4 月：未到、5 月：不计"' in html
    assert '<i class="y">1</i><i class="n">2</i>' in html


def test_the_widest_window_names_the_strip() -> None:
    whole = Window(dt.date(2026, 4, 1), dt.date(2026, 6, 30), "open")
    clipped = Window(dt.date(2026, 3, 1), dt.date(2026, 3, 31), "passed")
    per, cells = cells_of([clipped, whole])
    assert (per, [cell.label for cell in cells]) == ("q", ["一季", "二季"])
    half = Window(dt.date(2026, 7, 1), dt.date(2026, 12, 31), "ahead")
    year = Window(dt.date(2026, 1, 1), dt.date(2026, 12, 31), "ahead")
    longer = Window(dt.date(2025, 7, 1), dt.date(2026, 6, 30), "ahead")
    labels = [window_label(w) for w in (clipped, whole, half, year, longer)]
    assert labels == ["3 月", "二季", "下半年", "2026 年", "2025 年"]
    assert cells_of([]) == ("", ())


# --- links --------------------------------------------------------------------------------------


def test_a_query_keeps_the_rest() -> None:
    request = asked("/x/?kind=a&kind=b&page=3&topic=%E5%85%9A")
    assert (
        draw("{% query page=4 %}", request) == "?kind=a&amp;kind=b&amp;topic=%E5%85%9A&amp;page=4"
    )
    assert draw("{% query kind=None page=None %}", request) == "?topic=%E5%85%9A"


def test_a_column_sorts_and_turns_round() -> None:
    tag = '{% sort_heading "日期" "held_on" default="-held_on" live=True %}'
    html = draw(tag, asked("/x/?page=2"))
    assert 'aria-sort="descending"' in html
    assert 'hx-get="?sort=held_on"' in html
    html = draw(tag, asked("/x/?sort=held_on"))
    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-held_on"' in html
    assert "aria-sort" not in draw(tag, asked("/x/?sort=kind"))


def test_pages_keep_the_query() -> None:
    page = Paginator(range(120), 50).page(2)
    html = draw(
        '{% include "components/_pagination.html" %}', asked("/x/?kind=a&page=2"), page=page
    )
    assert "第 51–100 条，共 120 条" in html
    assert 'href="?kind=a&amp;page=1"' in html
    assert 'href="?kind=a&amp;page=3"' in html
    alone = Paginator(range(3), 50).page(1)
    assert "<nav" not in draw('{% include "components/_pagination.html" %}', asked(), page=alone)


# --- forms --------------------------------------------------------------------------------------


class Meeting(forms.Form):
    held_on = forms.DateField(label="召开日期", help_text="会议当天。")
    kinds = forms.MultipleChoiceField(
        label="类型",
        choices=[("a", "党员大会"), ("b", "党课")],
        widget=forms.CheckboxSelectMultiple,
    )
    checked = forms.BooleanField(label="我已核对", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        raise forms.ValidationError("同一天已有一次。")


def test_a_field_ties_label_help_and_fault_together() -> None:
    form = Meeting({"held_on": "2026-06-31"})
    html = draw("{% field form.held_on %}", form=form)
    assert '<label for="id_held_on">召开日期</label>' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_held_on_helptext id_held_on_error"' in html
    assert 'id="id_held_on_helptext"' in html
    assert html.index('id="id_held_on_error"') < html.index("<input")
    sound = draw("{% field form.held_on %}", form=Meeting())
    assert "aria-invalid" not in sound
    assert 'aria-describedby="id_held_on_helptext"' in sound


def test_several_choices_are_a_group_with_a_legend() -> None:
    html = draw("{% field form.kinds %}", form=Meeting({"kinds": ["a"]}))
    assert "<legend>类型</legend>" in html
    assert html.count('class="pick"') == 2
    assert html.count("checked") == 1
    assert "<fieldset" not in draw("{% field form.checked %}", form=Meeting())
    assert draw("{% field form.secret %}", form=Meeting()).startswith('<input type="hidden"')


def test_the_summary_leads_to_each_fault() -> None:
    html = draw("{% errors form %}", form=Meeting({"held_on": "2026-06-31"}))
    assert 'role="alert"' in html
    assert "有 3 处要改，还没有保存" in html
    assert 'href="#id_held_on"' in html
    assert 'href="#id_kinds"' in html
    assert "<li>同一天已有一次。</li>" in html
    assert draw("{% errors form %}", form=Meeting()).strip() == ""


# --- components ---------------------------------------------------------------------------------


def test_the_head_of_a_page() -> None:
    head = Head(
        "本月还有 5 件事要办",
        "最近的期限是后天。",
        [Crumb("台账", "/l/"), Crumb("三会一课")],
        [Action("登记", "/n/", "plus", True)],
        Basis(TODAY, "机关党支部标准 2026.1", "2026 年度", "/s/"),
        4,
    )
    html = render_to_string("components/_head.html", {"head": head})
    assert html.count("<h1>") == 1
    assert '<a href="/l/">台账</a>' in html
    assert 'class="btn main-act" href="/n/"' in html
    assert "<b>2026-06-18</b>" in html
    assert "4 星" in html


def test_a_thing_to_do() -> None:
    todo = Todo(
        "第二季度党课",
        "L04 按季开展党课",
        Action("登记党课", "/e/"),
        points=100,
        points_word="届时未办将失",
        days_left=12,
        due=dt.date(2026, 6, 30),
    )
    html = render_to_string("components/_todo.html", {"todo": todo})
    assert "1.00 分" in html
    assert "<b>还有 12 天</b> 6 月 30 日截止" in html
    assert "登记党课" in html
    assert "不计分" in render_to_string("components/_todo.html", {"todo": Todo("补材料", "程序")})


def test_chips_and_figures_link_to_what_they_count() -> None:
    chips = [Chip("已失分", "?state=missed", 7, True, "missed")]
    html = render_to_string("components/_chips.html", {"chips": chips, "live": True})
    assert 'href="?state=missed" hx-get="?state=missed" aria-current="true"' in html
    assert "<b>7</b>" in html
    figures = [Figure("数据覆盖", "298", "/c/", "/ 312"), Figure("整改", "4")]
    html = render_to_string("components/_figures.html", {"figures": figures})
    assert html.count("<a ") == 1
    assert "<small>/ 312</small>" in html


# --- fragments ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_htmx_gets_the_part_it_asked_for(headers: dict[str, str], fragment: bool) -> None:
    request = asked("/", **headers)
    assert is_fragment(request) is fragment
    answer = render_page_or_fragment(
        request, "errors/404.html", "components/_note.html", {"text": "已保存"}, 422
    )
    assert ("<html" in answer.content.decode()) is not fragment
    assert answer.status_code == 422
    assert "HX-Request" in answer["Vary"]


# --- what goes wrong ----------------------------------------------------------------------------


def test_a_refusal_says_for_whom_the_page_is_and_who_asks(account: Any) -> None:
    request = asked()
    request.access = Access(account("secretary"), TODAY)  # type: ignore[attr-defined]
    answer = errors.forbidden(request, PermissionDenied(Act.AUDIT))
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "这一页只对系统管理员、审计员开放" in html
    assert "您的身份是“支部书记”" in html


def test_a_refusal_tells_a_role_for_one_purpose_by_its_purpose(account: Any) -> None:
    given = account("inspector").roles.get()
    given.purpose = "重大项目督查"
    given.save()
    request = asked()
    request.access = Access(account("inspector"), TODAY)  # type: ignore[attr-defined]
    html = errors.forbidden(request, PermissionDenied(Act.MEMBERS)).content.decode()
    assert "这一页不在您这项工作的范围里" in html
    assert "您的身份是督导员（只为“重大项目督查”）" in html
    assert "只对" not in html


def test_a_refusal_names_the_roles_of_all_its_acts(account: Any) -> None:
    request = asked()
    request.access = Access(account("member"), TODAY)  # type: ignore[attr-defined]
    html = errors.forbidden(request, PermissionDenied(Act.RECORD, Act.JUDGE)).content.decode()
    assert "支部书记、督导员" in html


def test_a_refusal_without_an_act_or_a_person() -> None:
    html = errors.forbidden(asked(), PermissionDenied()).content.decode()
    assert "这一页不对您的身份开放" in html
    assert "您的身份是" not in html


def test_a_fault_has_a_number_that_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "jinwei.web"):
        answer = errors.server_fault(asked("/entry/"))
    code = answer["X-Fault"]
    assert len(code) == 4
    assert f"<b>{code}</b>" in answer.content.decode()
    assert f"fault {code} at GET /entry/" in caplog.text
    assert answer.status_code == 500
    assert "<h1>这一页暂时打不开</h1>" in answer.content.decode()
    request = asked("/entry/")
    request.method = "POST"
    assert "<h1>没有保存</h1>" in errors.server_fault(request).content.decode()


def test_a_fault_page_stands_without_a_database() -> None:
    # No mark for the database: any query here would fail.
    request = asked()
    request.COOKIES["jinwei_type"] = "large"
    assert 'data-type="large"' in errors.server_fault(request).content.decode()


def test_other_refusals_have_their_pages() -> None:
    assert errors.not_found(asked(), Exception()).status_code == 404
    assert errors.bad_request(asked(), Exception()).status_code == 400
    stale = errors.stale_form(asked(), "no cookie")
    assert stale.status_code == 403
    assert "没有保存" in stale.content.decode()
