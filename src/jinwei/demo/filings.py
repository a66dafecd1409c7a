"""Papers: plans, summaries, rules, lists, reports, each with the day it was handed in."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from jinwei.demo.activities import by_day
from jinwei.demo.days import iso, shift, text, workday
from jinwei.demo.rows import Row, row
from jinwei.demo.tree import Organ
from jinwei.demo.world import World

_YEARLY: Final = (
    ("annual_plan", "年度工作计划", 2, 28, True),
    ("study_plan", "党员学习计划", 2, 28, True),
    ("theme_day_plan", "主题党日年度计划", 2, 28, True),
    ("responsibility_list", "党建工作责任清单", 3, 31, True),
    ("liaison_list", "党员联系服务群众名单", 3, 31, False),
    ("study_rules", "学习制度", 4, 30, False),
    ("meeting_rules", "“三会一课”制度", 4, 30, False),
    ("talk_rules", "谈心谈话制度", 4, 30, False),
    ("dues_rules", "党费收缴制度", 4, 30, False),
    ("admission_rules", "发展党员工作制度", 4, 30, False),
    ("statistics", "上半年党内统计报表", 7, 10, True),
    ("work_report", "书记述职报告", 12, 20, True),
    ("annual_summary", "年度工作总结", 12, 25, True),
    ("statistics", "年度党内统计报表", 12, 28, True),
)
"""Kind, title, month and day by which it is handed in, and whether that day is a deadline."""
_NOTICE_MONTHS: Final = (3, 6, 9, 12)


def filing_rows(world: World) -> list[Row]:
    """The papers of every branch and committee; what was not handed in has no day of filing."""
    rows: list[Row] = []
    for organ in world.organs:
        if organ.is_leaf or organ.is_upper:
            rng = world.rng("filing", organ.code)
            for year in range(world.start.year, world.today.year + 1):
                rows += _papers(world, rng, organ, year)
                rows += _notices(world, rng, organ, year)
            rows += _publications(world, rng, organ)
    return by_day("filing", "filed_on", rows)


def _papers(world: World, rng: Random, organ: Organ, year: int) -> list[Row]:
    first, last = world.span(organ)
    rows = []
    for kind, title, month, day_of_month, deadline in _YEARLY:
        due = date(year, month, day_of_month)
        filed = _filed(world, rng, organ, due)
        if not first <= due <= last or (filed is None and not deadline):
            continue
        due_on = due if deadline else None
        rows.append(_filing_row(organ, kind, f"{year}年{title}", filed, due_on))
    return rows


def _filed(world: World, rng: Random, organ: Organ, due: date) -> date | None:
    """In time, late or not at all, as diligent as the organization is."""
    mark, temper = rng.random(), organ.temper
    if temper.batch:
        day = shift(due, 12)
    elif mark < temper.diligence:
        day = workday(shift(due, -rng.randrange(22)))
    elif mark < temper.diligence + 0.6 * (1 - temper.diligence):
        day = shift(due, 1 + rng.randrange(30))
    else:
        return None
    return day if day <= world.today else None


def _notices(world: World, rng: Random, organ: Organ, year: int) -> list[Row]:
    """What is made known to the members every quarter."""
    first, last = world.span(organ)
    rows = []
    for month in _NOTICE_MONTHS:
        day = workday(date(year, month, 12 + rng.randrange(14)))
        if first <= day <= last and rng.random() < organ.temper.diligence:
            title = f"{year}年第{month // 3}季度党务公开"
            rows.append(_filing_row(organ, "openness_notice", title, day, None))
    return rows


def _publications(world: World, rng: Random, organ: Organ) -> list[Row]:
    """An experience printed by the superior, for the diligent and for few of them."""
    if rng.random() > 0.3 * organ.temper.diligence or organ.temper.batch:
        return []
    first, last = world.span(organ)
    day = workday(shift(first, rng.randrange(max((last - first).days, 1))))
    return [_filing_row(organ, "publication", "支部工作经验交流材料", max(day, first), None)]


def _filing_row(organ: Organ, kind: str, title: str, filed: date | None, due: date | None) -> Row:
    return row(
        "filing",
        organization=organ.code,
        kind=kind,
        title=title,
        filed_on=None if filed is None else iso(filed),
        due_on=text(due),
    )
