"""The lists behind the figures: exactly the organizations that were counted, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.engine.catalogue import DATE, HUNDREDTHS, WHOLE
from jinwei.standings import figures
from jinwei.standings.models import StandingIndicator
from jinwei.web.standards.shelf import say

from .addresses import indicator_url, organization_url, record_url
from .attention import attention
from .narrowing import narrowed, wanted
from .scene import Scene
from .table import CHANGE, STARS, Cell, Column, Listing, Row

MISSED: Final = "missed-"
_FOUR: Final = 4
_LOW: Final = 6000


def listing(scene: Scene, name: str, asked: QueryDict) -> Listing:
    """The list of that name; Http404 where there is none."""
    if name.startswith(MISSED):
        return _missed(scene, name.removeprefix(MISSED))
    if name not in _LISTS:
        raise Http404(name)
    return _LISTS[name](scene, asked)


# --- what most lists have in common -------------------------------------------------------------


def _organizations(
    scene: Scene,
    codes: Iterable[str],
    special: Mapping[str, Row] | None = None,
    columns: tuple[Column, ...] = (),
) -> tuple[tuple[Column, ...], list[Row]]:
    """Organizations with their score, and columns of a list's own before it."""
    chosen = list(codes)
    grouped = any(_group(scene, code) for code in chosen)
    every = (
        Column("name", _("党组织")),
        *([Column("group", _("所属"))] if grouped else []),
        *columns,
        Column("score", _("得分"), HUNDREDTHS),
        Column("stars", _("星级"), STARS),
        *([Column("change", _("比上月末"), CHANGE)] if scene.since else []),
        Column("last", _("最近记录"), DATE),
    )
    own = special or {}
    return every, [_row(scene, code, own.get(code, ()), grouped) for code in chosen]


def _group(scene: Scene, code: str) -> str | None:
    """The direct subordinate that an organization lies below; None where it is one itself."""
    group = scene.group_of.get(code)
    return scene.name(group) if group and group != code else None


def _row(scene: Scene, code: str, special: Row, grouped: bool) -> Row:
    row = scene.by_code.get(code)
    return (
        Cell(scene.name(code), organization_url(code)),
        *([Cell(_group(scene, code))] if grouped else []),
        *special,
        Cell(row.score if row else None),
        Cell(row.stars if row else None),
        *([Cell(scene.change(row) if row else None)] if scene.since else []),
        Cell(scene.coverage.last_on.get(code)),
    )


def _counted(count: int, text: str) -> str:
    return text % {"n": f"{count:,}"}


# --- the lists ----------------------------------------------------------------------------------


def _scored(scene: Scene, asked: QueryDict) -> Listing:
    rows = [row for row in scene.rows if wanted(scene, row, asked)]
    rows.sort(key=lambda row: (-(row.score if row.score is not None else -1), row.subject))
    columns, cells = _organizations(scene, (row.subject for row in rows))
    told = ngettext("%(n)s 个党组织", "%(n)s 个党组织", len(rows))
    title = _counted(len(rows), told) + narrowed(scene, asked)
    return Listing(title, columns, cells, _("没有符合条件的党组织。"), "-score")


def _silent(scene: Scene, asked: QueryDict) -> Listing:
    codes = scene.coverage.silent
    days = {
        code: (Cell((scene.day - last).days if last else None),)
        for code in codes
        for last in [scene.coverage.last_on[code]]
    }
    columns, rows = _organizations(scene, codes, days, (Column("days", _("多少天无记录"), WHOLE),))
    told = ngettext("%(n)s 个党组织 30 天没有记录", "%(n)s 个党组织 30 天没有记录", len(codes))
    nothing = _("30 天内每个党组织都有记录。")
    return Listing(_counted(len(codes), told), columns, rows, nothing, "last")


def _four_or_more(scene: Scene, asked: QueryDict) -> Listing:
    found = [row.subject for row in scene.rows if row.stars is not None and row.stars >= _FOUR]
    columns, rows = _organizations(scene, found)
    told = ngettext("%(n)s 个党组织四星及以上", "%(n)s 个党组织四星及以上", len(found))
    nothing = _("还没有四星及以上的党组织。")
    return Listing(_counted(len(found), told), columns, rows, nothing, "-score")


def _below_60(scene: Scene, asked: QueryDict) -> Listing:
    found = [row.subject for row in scene.rows if row.score is not None and row.score < _LOW]
    columns, rows = _organizations(scene, found)
    told = ngettext("%(n)s 个党组织低于 60 分", "%(n)s 个党组织低于 60 分", len(found))
    nothing = _("没有低于 60 分的党组织。")
    return Listing(_counted(len(found), told), columns, rows, nothing, "score")


def _rectifications(scene: Scene, asked: QueryDict) -> Listing:
    found = [one for one in scene.rectifications if one.late > 0 or asked.get("only") != "late"]
    columns = (
        Column("title", _("问题")),
        Column("name", _("党组织")),
        Column("opened", _("立项日期"), DATE),
        Column("due", _("时限"), DATE),
        Column("late", _("超时天数"), WHOLE),
    )
    rows = [
        (
            Cell(one.title, record_url(one.organization, "rectification", one.row_id)),
            Cell(scene.name(one.organization), organization_url(one.organization)),
            Cell(one.opened_on),
            Cell(one.due_on),
            Cell(one.late if one.late > 0 else None, tone="lost"),
        )
        for one in found
    ]
    late = sum(one.late > 0 for one in found)
    told = ngettext("%(n)s 件整改在办", "%(n)s 件整改在办", len(found)) % {"n": f"{len(found):,}"}
    overdue = ngettext("%(n)s 件超时", "%(n)s 件超时", late) % {"n": f"{late:,}"}
    title = _("%(told)s，%(overdue)s") % {"told": told, "overdue": overdue} if late else told
    return Listing(title, columns, rows, _("没有在办的整改。"), "-late")


def _up(scene: Scene, asked: QueryDict) -> Listing:
    return _moved(scene, rose=True)


def _down(scene: Scene, asked: QueryDict) -> Listing:
    return _moved(scene, rose=False)


def _moved(scene: Scene, rose: bool) -> Listing:
    """Movers with their reasons; the first one leads to its explanation."""
    movers = [mover for mover in scene.movers if (mover.change > 0) is rose]
    reasons: dict[str, Row] = {}
    for mover in movers:
        known = [r.indicator for r in mover.reasons if r.indicator in scene.indicators]
        told = [f"{id} {scene.indicators[id].title(say().language)}" for id in known]
        url = indicator_url(mover.subject, known[0]) if known else ""
        reasons[mover.subject] = (Cell(_("、").join(told) or None, url),)
    columns, rows = _organizations(
        scene, [m.subject for m in movers], reasons, (Column("reasons", _("主要原因")),)
    )
    count = len(movers)
    if rose:
        told_up = ngettext("%(n)s 个党组织升 3 分以上", "%(n)s 个党组织升 3 分以上", count)
        nothing = _("本月没有升 3 分以上的党组织。")
        return Listing(_counted(count, told_up), columns, rows, nothing, "-change")
    told_down = ngettext("%(n)s 个党组织降 3 分以上", "%(n)s 个党组织降 3 分以上", count)
    nothing = _("本月没有降 3 分以上的党组织。")
    return Listing(_counted(count, told_down), columns, rows, nothing, "change")


def _attention(scene: Scene, asked: QueryDict) -> Listing:
    found = attention(scene)
    reasons: dict[str, Row] = {
        one.code: (Cell(_("；").join(why.text for why in one.reasons)),) for one in found
    }
    columns, rows = _organizations(
        scene, [one.code for one in found], reasons, (Column("reasons", _("为什么要过问")),)
    )
    told = ngettext("%(n)s 个组织要过问", "%(n)s 个组织要过问", len(found))
    nothing = _("没有低于 60 分、明显下降、长期无记录或换届逾期的组织。")
    return Listing(_counted(len(found), told), columns, rows, nothing)


def _burden(scene: Scene, asked: QueryDict) -> Listing:
    filled = figures.fields_filled(scene.day, below=scene.code)
    codes = sorted(scene.branches, key=lambda code: (-filled.get(code, 0), code))
    fields: dict[str, Row] = {code: (Cell(filled.get(code, 0)),) for code in codes}
    own = (Column("fields", _("本月填写字段"), WHOLE),)
    columns, rows = _organizations(scene, codes, fields, own)
    told = _("本月 %(n)s 个支部共填写 %(fields)s 个字段") % {
        "n": f"{len(codes):,}",
        "fields": f"{sum(filled.get(code, 0) for code in codes):,}",
    }
    return Listing(told, columns, rows, _("这里没有支部。"), "-fields")


def _missed(scene: Scene, indicator: str) -> Listing:
    """Those who miss an indicator, each with its points and the way to the explanation."""
    if indicator not in scene.indicators:
        raise Http404(indicator)
    missing = figures.missing(scene.led, scene.day, indicator, below=scene.code)
    codes = [code for code in missing if code in scene.names]
    standings = figures.current(scene.led, scene.day).filter(
        subject__in=figures.scope(scene.code, scene.day)
    )
    rows = StandingIndicator.objects.filter(indicator=indicator, standing__in=standings)
    known = {
        code: (earned, obtainable)
        for code, earned, obtainable in rows.values_list(
            "standing__subject", "earned", "obtainable"
        )
    }
    own: dict[str, Row] = {
        code: (
            Cell(earned, indicator_url(code, indicator)),
            Cell(obtainable - earned),
        )
        for code in codes
        for earned, obtainable in [known[code]]
    }
    columns, cells = _organizations(
        scene,
        sorted(codes, key=lambda code: (-own[code][1].value, code)),  # type: ignore[operator]
        own,
        (Column("earned", _("本项得分"), HUNDREDTHS), Column("lost", _("本项失分"), HUNDREDTHS)),
    )
    one = scene.indicators[indicator]
    told = ngettext(
        "%(n)s 个党组织在 %(id)s“%(title)s”上失分",
        "%(n)s 个党组织在 %(id)s“%(title)s”上失分",
        len(codes),
    ) % {"n": f"{len(codes):,}", "id": indicator, "title": one.title(say().language)}
    nothing = _("没有党组织在 %(id)s 上失分。") % {"id": indicator}
    return Listing(told, columns, cells, nothing, "-lost")


_LISTS: Final[dict[str, Callable[[Scene, QueryDict], Listing]]] = {
    "scored": _scored,
    "silent": _silent,
    "four-or-more": _four_or_more,
    "below-60": _below_60,
    "rectifications": _rectifications,
    "up": _up,
    "down": _down,
    "attention": _attention,
    "burden": _burden,
}
"""The lists by the name in their address."""
