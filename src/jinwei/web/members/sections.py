"""Parts of the page of a member that the own record has, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.web.guard import Request
from jinwei.web.organization.page import code_word
from jinwei.web.parts import Chip, Figure
from jinwei.web.templatetags.jinwei import points as points_text

from .contested import Mark, Marks
from .held import HeldRow, Names, said
from .person import months_said, span_said
from .points import Points, record_address
from .year import Year


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as a list shows it: its day or span, what it says, and where it leads."""

    when: str
    text: str
    url: str = ""
    row_id: str = ""
    table: str = ""
    marks: tuple[Mark, ...] = ()


def year_asked(request: Request) -> int:
    text = request.GET.get("year", "")
    now = request.access.day.year
    return int(text) if text.isdecimal() and 1900 < int(text) <= now else now


def year_chips(years: list[int], current: int) -> list[Chip]:
    return [
        Chip(_("%(year)d 年") % {"year": year}, f"?year={year}", current=year == current)
        for year in years
    ]


def figures(points: tuple[Points, ...], year: Year, to_points: str) -> list[Figure]:
    """The four figures at the top: points, meetings, hours, dues."""
    score = points[0].score if points else None
    rest = len(year.meetings) - year.came - year.on_leave
    under = [
        ngettext("请假 %(n)d 次", "请假 %(n)d 次", year.on_leave) % {"n": year.on_leave}
        if year.on_leave
        else "",
        ngettext("缺席 %(n)d 次", "缺席 %(n)d 次", rest) % {"n": rest} if rest else "",
    ]
    owed = months_said([month.number for month in year.behind])
    return [
        Figure(
            _("今年积分"),
            points_text(score),
            to_points if points else "",
            under=points[0].title if points else _("没有适用的积分标准"),
        ),
        Figure(
            _("参加组织生活"),
            f"{year.came}" if year.meetings else _("没有记录"),
            "#meetings",
            _("/ %(n)d 次") % {"n": len(year.meetings)} if year.meetings else "",
            _("、").join(filter(None, under)),
        ),
        Figure(
            _("学时"),
            points_text(year.hours),
            "#training",
            under=_("志愿服务 %(hours)s 小时") % {"hours": points_text(year.service_hours)},
        ),
        Figure(
            _("党费"),
            _("已交至 %(n)d 月") % {"n": year.paid_until} if year.paid_until else _("没有记录"),
            "#dues",
            under=_("%(months)s未交齐") % {"months": owed} if owed else "",
            tone="down" if owed else "",
        ),
    ]


def lists_of(
    tables: Mapping[str, tuple[HeldRow, ...]], year: Year, names: Names, marks: Marks
) -> list[tuple[str, str, list[Shown]]]:
    """What else is held: table, heading, rows."""
    dated = {"training": year.training, "service": year.service}
    labels = {
        "post": _("任职"),
        "membership": _("在哪个支部"),
        "training": _("培训（%(year)d 年）") % {"year": year.year},
        "service": _("志愿服务（%(year)d 年）") % {"year": year.year},
        "honor": _("荣誉"),
        "appraisal": _("民主评议"),
        "talk": _("谈心谈话"),
        "filing": _("材料"),
        "incident": _("事件"),
        "case": _("程序"),
        "judgement": _("评定"),
        "exemption": _("豁免"),
    }
    return [
        (name, label, [listed(row, names, marks) for row in dated.get(name, tables[name])])
        for name, label in labels.items()
    ]


def listed(row: HeldRow, names: Names, marks: Marks) -> Shown:
    """A row as a list shows it; an attendance leads to its meeting."""
    table, values = row.table.name, row.values
    place = names.places.get(row.organization, row.organization)
    when = row.day.isoformat() if row.day else "–"
    text = said(row, names.people)
    if table == "membership":
        when, text = span_said(values["from_on"], values["to_on"]), place
    elif table == "post":
        when = span_said(values["started_on"], values["ended_on"])
        text = " · ".join((code_word("post", "post", values["post"]), place))
    target = ("meeting", str(values["meeting"])) if table == "attendance" else (table, row.row_id)
    url = record_address(row.organization, *target) if row.organization else ""
    return Shown(
        when, text, url, row_id=row.row_id, table=table, marks=marks.get((table, row.row_id), ())
    )
