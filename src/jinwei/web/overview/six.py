"""The six figures of an overview, each with the list behind it."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jinwei.standings.figures import fields_filled
from jinwei.web.parts import Figure
from jinwei.web.templatetags.jinwei import percent, thousands

from .addresses import list_url
from .scene import Scene


def six(scene: Scene) -> list[Figure]:
    """What a committee looks at first, each with the list behind it."""
    spread, coverage = scene.spread, scene.coverage
    return [
        Figure(
            _("已评组织"),
            thousands(spread.scored),
            list_url(scene.code, "scored"),
            pgettext("organizations", "个"),
            _("%(n)d 个尚未评定") % {"n": spread.unscored} if spread.unscored else _("全部已评定"),
        ),
        Figure(
            _("数据覆盖"),
            thousands(coverage.covered),
            list_url(scene.code, "silent"),
            f"/ {thousands(coverage.subjects)}",
            _silent_told(len(coverage.silent)),
            "down" if coverage.silent else "",
        ),
        Figure(
            _("四星及以上"),
            percent(spread.share_four_or_more),
            list_url(scene.code, "four-or-more"),
            under=_stars_told(spread.stars),
        ),
        _below_60(scene),
        _rectifications(scene),
        _burden(scene),
    ]


def _silent_told(n: int) -> str:
    if not n:
        return _("30 天内都有记录")
    return ngettext("%(n)d 个 30 天无记录", "%(n)d 个 30 天无记录", n) % {"n": n}


def _stars_told(stars: dict[int, int]) -> str:
    return _("五星 %(five)d 个，四星 %(four)d 个") % {
        "five": stars.get(5, 0),
        "four": stars.get(4, 0),
    }


def _below_60(scene: Scene) -> Figure:
    now, then = scene.spread.below_60, scene.spread_then
    under = tone = ""
    if then is not None:
        change = now - then.below_60
        under = _("与上月末持平")
        if change:
            arrow = "▲" if change > 0 else "▼"
            under = _("%(arrow)s %(n)d 比上月末") % {"arrow": arrow, "n": abs(change)}
            tone = "down" if change > 0 else "up"
    url = list_url(scene.code, "below-60")
    return Figure(_("60 分以下"), thousands(now), url, pgettext("organizations", "个"), under, tone)


def _rectifications(scene: Scene) -> Figure:
    late = sum(one.late > 0 for one in scene.rectifications)
    return Figure(
        _("整改在办"),
        thousands(len(scene.rectifications)),
        list_url(scene.code, "rectifications"),
        _("件"),
        ngettext("超时 %(n)d 件", "超时 %(n)d 件", late) % {"n": late} if late else _("没有超时"),
        "down" if late else "",
    )


def _burden(scene: Scene) -> Figure:
    filled = fields_filled(scene.day, below=scene.code)
    count = len(scene.branches)
    each = round(Fraction(sum(filled.values()), count)) if count else 0
    return Figure(
        _("录入负担"),
        thousands(each),
        list_url(scene.code, "burden"),
        _("字段/月"),
        _("本月平均每个支部填写"),
    )
