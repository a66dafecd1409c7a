"""Papers: plans, summaries, rules, lists, reports, each with the day it was handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from jinwei.demo.activities import by_day
from jinwei.demo.days import month_end, workday
from jinwei.demo.dossiers import dossier_rows
from jinwei.demo.papers import filed_on, filing_row
from jinwei.demo.rows import Row
from jinwei.demo.tree import Organ
from jinwei.demo.world import World

BRANCH: Final = "branch"
UPPER: Final = "upper"
ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of every year: by which day it is handed in, by whom, and whether that binds."""

    kind: str
    title: str
    month: int
    day: int
    deadline: bool
    by: str = ALL


_YEARLY: Final = (
    Paper("annual_plan", "年度工作计划", 2, 28, True),
    Paper("responsibility_list", "党建工作责任清单", 3, 31, True),
    Paper("annual_summary", "年度工作总结", 12, 25, True),
    Paper("study_plan", "党员学习计划", 2, 28, True, BRANCH),
    Paper("organization_information", "党组织信息采集表", 6, 30, False, BRANCH),
    Paper("member_roster", "党员名册核对表", 6, 30, True, BRANCH),
    Paper("dues_statement", "党费收缴情况公布", 7, 15, False, BRANCH),
    Paper("work_review_rules", "支部工作推进小结制度", 4, 30, False, BRANCH),
    Paper("member_duty_rules", "党员履职尽责制度", 4, 30, False, BRANCH),
    Paper("contact_rules", "党员联系基层制度", 4, 30, False, BRANCH),
    Paper("volunteer_rules", "党员志愿服务制度", 4, 30, False, BRANCH),
    Paper("striving_rules", "创先争优制度", 4, 30, False, BRANCH),
    Paper("secretary_report", "书记述职报告", 12, 20, True, UPPER),
    Paper("secretaries_review", "下级书记述职评议报告", 6, 20, False, UPPER),
    Paper("clean_government_letter", "党风廉政建设责任书", 3, 20, False, UPPER),
    Paper("governance_list", "全面从严治党责任清单", 3, 25, False, UPPER),
    Paper("integrity_list", "党风廉政建设责任清单", 3, 25, False, UPPER),
    Paper("party_building_meeting", "机关党建工作会议纪要", 4, 10, False, UPPER),
    Paper("governance_meeting", "全面从严治党工作会议纪要", 5, 10, False, UPPER),
    Paper("duty_integrity_meeting", "述责述廉会议纪要", 7, 30, False, UPPER),
    Paper("integrity_risk_register", "岗位廉政风险台账", 5, 31, False, UPPER),
    Paper("election_reminder", "支部换届提醒函", 4, 15, True, UPPER),
)
_REPORTS: Final = (
    ("report_to_members", "书记向党员述职报告"),
    ("report_to_superior", "书记向上级述职报告"),
)
"""Given with the life meeting: in January by some branches, in December by the others."""


def filing_rows(world: World) -> list[Row]:
    """The papers of every branch and committee; what was not handed in has no day of filing."""
    rows: list[Row] = []
    for organ in world.organs:
        if organ.is_leaf or organ.is_upper:
            rng = world.rng("filing", organ.code)
            for year in range(world.start.year, world.today.year + 1):
                rows += _papers(world, rng, organ, year)
            rows += _upper_papers(world, rng, organ) if organ.is_upper else _reviews(world, organ)
            rows += _features(world, rng, organ) if organ.is_leaf else []
    return by_day("filing", "filed_on", rows + dossier_rows(world))


def _papers(world: World, rng: Random, organ: Organ, year: int) -> list[Row]:
    first, last = world.span(organ)
    rows = []
    for paper in (*_YEARLY, *_reports(organ)):
        due = date(year, paper.month, paper.day)
        if paper.by == (UPPER if organ.is_leaf else BRANCH) or not first <= due <= last:
            continue
        filed = filed_on(world, rng, organ, due)
        if filed is not None or paper.deadline:
            title = f"{year}年{paper.title}"
            rows.append(
                filing_row(organ.code, paper.kind, title, filed, due if paper.deadline else None)
            )
    return rows


def _reports(organ: Organ) -> list[Paper]:
    """The reports of a secretary, due with the life meeting."""
    month = 1 if organ.party_day % 3 == 0 else 12
    return [
        Paper(kind, title, month, 28, kind != _REPORTS[0][0], BRANCH) for kind, title in _REPORTS
    ]


def _reviews(world: World, organ: Organ) -> list[Row]:
    """A look at the branch's progress every quarter, kept up like its meetings."""
    rng = world.rng("review", organ.code)
    first, last = world.span(organ)
    rows = []
    for month in world.months:
        day = workday(month.replace(day=12 + rng.randrange(14)))
        if (
            month.month % 3 == 0
            and first <= day <= last
            and rng.random() < organ.temper.hold - 0.03
        ):
            title = f"{month.year}年第{month.month // 3}季度支部工作小结"
            rows.append(filing_row(organ.code, "progress_review", title, day))
    return rows


def _upper_papers(world: World, rng: Random, organ: Organ) -> list[Row]:
    """Committees report to their superior each quarter and visit their contact point monthly."""
    first, last = world.span(organ)
    rows = []
    for month in world.months:
        day = workday(month.replace(day=5 + rng.randrange(20)))
        if first <= day <= last and rng.random() < organ.temper.hold:
            rows.append(filing_row(organ.code, "contact_visit", "联系点调研记录", day))
        due = month_end(month)
        if month.month % 3 == 0 and due <= last:
            filed = filed_on(world, rng, organ, due)
            title = f"{month.year}年第{month.month // 3}季度请示报告事项"
            rows.append(filing_row(organ.code, "report_to_superior", title, filed, due))
    return rows


_FEATURES: Final = (
    ("method_statement", "支部工作法说明", 0.75),
    ("brand_statement", "支部党建品牌说明", 0.8),
    ("member_story", "党员好故事（经本人同意）", 0.85),
    ("member_story", "党员好故事续篇（经本人同意）", 0.5),
)
"""What sets a branch apart, and how often the most diligent ones write it down in a year."""


def _features(world: World, rng: Random, organ: Organ) -> list[Row]:
    first, last = world.span(organ)
    rows = []
    for year in range(world.start.year, world.today.year + 1):
        for kind, title, often in _FEATURES:
            day = workday(date(year, 3 + rng.randrange(9), 5 + rng.randrange(20)))
            if rng.random() < often * organ.temper.diligence**2 and first <= day <= last:
                rows.append(filing_row(organ.code, kind, title, day))
    return rows
