"""The charts: what they draw, what they say, and what they leave out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from jinwei.engine.schema import StarRow
from jinwei.web.charts.bars import bar
from jinwei.web.charts.histogram import histogram
from jinwei.web.charts.parts import StarLine, star_lines
from jinwei.web.charts.radar import Axis, radar
from jinwei.web.charts.tiles import Tile, class_word, score_class, tile_row
from jinwei.web.charts.track import track
from jinwei.web.charts.trend import EditionLine, TrendPoint, trend

LINES = (
    StarLine("二星", 6000),
    StarLine("三星", 7500),
    StarLine("四星", 8500),
    StarLine("五星", 9000),
)
AXES = [Axis(f"方面{n}", 9000 - 100 * n, 8000) for n in range(7)]


@dataclass(frozen=True)
class Class:
    low: int
    high: int
    count: int


def label(svg: str) -> str:
    return ElementTree.fromstring(svg).attrib["aria-label"]


def named(svg: str, kind: str) -> list[ElementTree.Element]:
    return [e for e in ElementTree.fromstring(svg).iter() if kind in e.get("class", "").split()]


def words(svg: str) -> list[str]:
    return [e.text or "" for e in ElementTree.fromstring(svg).iter("text")]


@pytest.mark.parametrize(
    "svg",
    [
        radar(AXES, "本支部", "同类中位数"),
        track(8769, 9485, LINES),
        trend([TrendPoint("1月", 8000), TrendPoint("2月", None)], LINES),
        histogram([Class(6000, 6500, 3)], LINES),
        bar(0.4, "40%"),
    ],
    ids=["radar", "track", "trend", "histogram", "bar"],
)
def test_a_chart_is_a_picture_with_words_and_without_style(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert "style=" not in svg
    assert " id=" not in svg
    assert not re.search(r"#[0-9a-f]{3}", svg)


def test_texts_are_escaped() -> None:
    assert "<b>" not in radar([Axis("<b>", 1)] * 5, '"')


def test_star_lines_rise_and_leave_out_rows_without_a_score() -> None:
    rows = (
        StarRow(5, Fraction(90), ()),
        StarRow(4, Fraction(85), ()),
        StarRow(1, Fraction(0), ()),
    )
    assert star_lines(rows) == (StarLine("四星", 8500), StarLine("五星", 9000))


# --- radar --------------------------------------------------------------------------------------


def test_a_radar_is_closed_where_all_is_known() -> None:
    svg = radar(AXES, "本支部", "同类中位数")
    (own,) = named(svg, "me")
    assert len(own.attrib["points"].split()) == 7
    assert "方面1 89.0，同类中位数 80.0" in label(svg)


def test_a_dimension_without_points_due_is_a_gap() -> None:
    svg = radar([*AXES[:2], Axis("发展", None), *AXES[3:]], "本支部")
    (own,) = named(svg, "me")
    assert own.tag == "polyline"
    assert len(own.attrib["points"].split()) == 6
    assert len(named(svg, "spot")) == 6
    assert "发展未到期" in label(svg)
    assert "未到期" in words(svg)


def test_two_gaps_make_two_lines() -> None:
    axes = [Axis("a", None), *AXES[1:4], Axis("b", None), *AXES[5:]]
    runs = named(radar(axes, "本支部"), "me")
    assert sorted(len(run.attrib["points"].split()) for run in runs) == [2, 3]


def test_without_peers_there_is_no_median() -> None:
    assert named(radar([Axis("a", 5000)] * 5, "本支部"), "peer") == []


@pytest.mark.parametrize("count", [4, 10])
def test_a_radar_of_too_few_or_too_many_axes_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="5 to 9"):
        radar([Axis("a", 1)] * count, "本支部")


# --- track --------------------------------------------------------------------------------------


def test_the_potential_begins_where_the_score_ends() -> None:
    svg = track(8769, 9485, LINES[1:])
    (now,), (ahead,) = named(svg, "now"), named(svg, "ahead")
    assert float(now.attrib["x"]) + float(now.attrib["width"]) == pytest.approx(
        float(ahead.attrib["x"]), abs=0.11
    )
    assert (
        label(svg)
        == "现在 87.69 分，最高可达 94.85 分；三星 75.00 分，四星 85.00 分，五星 90.00 分"
    )
    assert {"70", "100", "现在 87.69", "可达 94.85"} <= set(words(svg))


def test_a_lower_score_begins_the_track_lower() -> None:
    assert "50" in words(track(5210, 8800, LINES))
    assert "60" in words(track(8769, 8800, LINES))
    assert "0" in words(track(0, 0, LINES))


def test_nothing_more_to_reach_is_not_hatched() -> None:
    assert named(track(9630, 9630, LINES), "ahead") == []


# --- trend --------------------------------------------------------------------------------------


def test_a_month_without_score_breaks_the_line() -> None:
    scores = [8000, 8320, None, 8490, 8610]
    svg = trend([TrendPoint(f"{n}月", s) for n, s in enumerate(scores, 1)], LINES)
    assert len(named(svg, "line")) == 2
    assert len(named(svg, "spot")) == 4
    assert "3月 尚未评定" in label(svg)


def test_another_edition_is_a_line_with_its_name_and_breaks_the_scores() -> None:
    points = [TrendPoint(f"{n}月", 8000 + n) for n in range(1, 7)]
    svg = trend(points, LINES, [EditionLine(3, "2026.2")])
    assert len(named(svg, "edition-line")) == 1
    assert "2026.2" in words(svg)
    assert len(named(svg, "line")) == 2


def test_every_score_lies_within_the_picture() -> None:
    svg = trend([TrendPoint("1月", 0), TrendPoint("2月", 10000)], LINES)
    assert all(0 <= float(spot.attrib["cy"]) <= 132 for spot in named(svg, "spot"))


def test_a_trend_of_one_or_no_point_can_be_drawn() -> None:
    assert len(named(trend([TrendPoint("1月", 8000)], LINES), "spot")) == 1
    assert named(trend([], LINES), "spot") == []


def test_a_long_trend_names_every_second_month_and_the_last() -> None:
    named_months = words(trend([TrendPoint(f"{n}月", 8000) for n in range(1, 13)], ()))
    assert named_months == ["2月", "4月", "6月", "8月", "10月", "12月"]


# --- histogram ----------------------------------------------------------------------------------


def test_empty_classes_at_the_ends_are_left_out() -> None:
    classes = [Class(n * 500, n * 500 + 500, 1 if n in (12, 14) else 0) for n in range(20)]
    svg = histogram(classes, LINES)
    assert label(svg) == "得分分布：60 至 65 分 1 个、70 至 75 分 1 个"
    assert [len(named(svg, f"c{heat}")) for heat in (5, 4, 3, 2, 1)] == [0, 0, 0, 2, 0]


def test_no_scores_at_all_is_an_empty_picture() -> None:
    assert named(histogram([Class(0, 500, 0)], LINES), "c1") == []


# --- bars and tiles -----------------------------------------------------------------------------


def test_a_bar_stays_within_its_bed() -> None:
    (fill,) = named(bar(Fraction(3, 2), "150%"), "fill")
    assert fill.attrib["width"] == "100"
    assert named(bar(None, "未到期"), "fill") == []
    assert len(named(bar(0.5, "50%", Fraction(1, 2)), "tick")) == 1


@pytest.mark.parametrize(
    ("score", "heat"),
    [(None, 0), (0, 1), (5999, 1), (6000, 2), (7500, 3), (8500, 4), (8999, 4), (9000, 5)],
)
def test_classes_come_from_the_star_lines(score: int | None, heat: int) -> None:
    assert score_class(score, LINES) == heat


def test_classes_of_a_standard_with_fewer_or_more_lines() -> None:
    assert score_class(0, ()) == 5
    assert score_class(0, LINES[2:]) == 3
    assert score_class(0, (StarLine("一星", 5000), *LINES)) == 1
    assert [class_word(heat, LINES) for heat in (5, 4, 1, 0)] == [
        "90 分及以上",
        "85–90 分",
        "不到 60 分",
        "尚未评定",
    ]


def test_a_row_of_tiles_links_each_and_says_its_score() -> None:
    row = tile_row(
        "市统计局机关党委",
        "/o/TJ/",
        [Tile("第一党支部", "/o/TJ01/", 8769), Tile("第二党支部", "/o/TJ02/", None)],
        LINES,
        8769,
    )
    html = render_to_string("components/_tile_row.html", {"row": row})
    assert 'href="/o/TJ01/" aria-label="第一党支部，87.69 分"' in html
    assert 'aria-label="第二党支部，尚未评定"' in html
    assert 'class="tile t4"' in html
    assert 'class="tile t0"' in html


def test_more_than_sixty_tiles_become_shares_that_add_up() -> None:
    tiles = [Tile("x", "#", 9500 if n < 40 else None) for n in range(61)]
    row = tile_row("区", "#", tiles, LINES, class_urls={5: "/five/"})
    assert row.tiles == ()
    assert [(share.heat, share.count) for share in row.shares] == [(5, 40), (0, 21)]
    assert sum(Fraction(share.width) for share in row.shares) == pytest.approx(100, abs=0.02)
    html = render_to_string("components/_tile_row.html", {"row": row})
    assert 'href="/five/"' in html
    assert tile_row("区", "#", tiles[:60], LINES).shares == ()
