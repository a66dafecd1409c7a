"""What a rule sounds like when it is read aloud, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from jinwei.engine.faults import EN, ZH
from jinwei.engine.schema import Indicator, Standard
from jinwei.engine.standard import load_standard, read_standard
from jinwei.norms import shipped_standards
from jinwei.wording.reading import Reading, read_aloud
from jinwei.wording.words import Words


def standard_with(**indicator: Any) -> Standard:
    """A standard of one indicator worth five points."""
    asked = {"id": "X1", "title": {"zh": "指标"}, "points": 5, **indicator}
    return read_standard(
        {
            "schema": 1,
            "id": "sample",
            "version": "1",
            "title": {"zh": "样本"},
            "issuer": {"zh": "样本"},
            "subject": "organization",
            "period": "year",
            "total": "sum" if asked["points"] < 0 else "rate",
            "dimensions": [{"id": "d", "title": {"zh": "方面"}, "indicators": [asked]}],
        }
    )


def reading(language: str = ZH, **indicator: Any) -> Reading:
    standard = standard_with(**indicator)
    return read_aloud(Words(language), standard.subject, standard.indicators[0])


MONTHLY = {
    "occurrences": {"fact": "meeting", "where": {"kind": "committee_meeting"}, "per": "month"}
}


def test_a_meeting_every_month() -> None:
    told = reading(measure=MONTHLY)
    assert told == Reading("每月至少 1 次支委会，按做到的月数占比得分，满分 5 分", "每月末到期", "")
    told = reading(EN, measure=MONTHLY)
    assert told.rule == (
        "committee meeting at least 1 × every month, by the share of months done, worth 5"
    )


def test_whom_it_is_narrowed_to() -> None:
    told = reading(measure=MONTHLY, applies_to={"full_members": {"at_least": 7}, "kind": "branch"})
    assert told.applies == "正式党员数不少于 7 且组织类别为支部"


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        (
            {"measure": MONTHLY, "score": {"deduct": 0.5, "per": "window"}},
            "每月至少 1 次支委会，每缺 1 个月扣 0.5 分，满分 5 分",
        ),
        (
            {"measure": {"occurrences": {"fact": "meeting", "per": {"months": 6}, "at_least": 2}}},
            "每 6 个月至少 2 次会议，按做到的时段数占比得分，满分 5 分",
        ),
        (
            {
                "measure": {"count": {"fact": "talk", "distinct": "with_member"}},
                "target": {"share_of": "members", "share": 0.9, "minimum": 1, "round": "up"},
            },
            (
                "期内的谈心谈话，不同的谈话对象不少于党员数的 90%（最少 1，进位取整），"
                "不够的按比例得分，满分 5 分"
            ),
        ),
        (
            {
                "measure": {"count": {"fact": "incident"}},
                "target": {"at_most": 0},
                "score": "all_or_nothing",
            },
            "期内的事件不超过 0 起，做到得满分，否则不得分，满分 5 分",
        ),
        (
            {
                "measure": {
                    "share": {
                        "fact": "rectification",
                        "satisfying": {"closed_on": {"at_most": {"column": "due_on"}}},
                        "due": "due_on",
                        "when_empty": "met",
                    }
                },
                "target": 0.8,
            },
            (
                "期内到期的整改中，销号日期不晚于时限的占 80% 以上，没有应办的按做到计，"
                "不够的按比例得分，满分 5 分"
            ),
        ),
        (
            {
                "measure": {
                    "member_share": {
                        "where": {"mobile": True},
                        "satisfying": {
                            "sum": {"fact": "training", "column": "hours"},
                            "at_least": 32,
                        },
                    }
                }
            },
            (
                "每名党员（流动党员：是）都做到：本人培训的学时合计不少于 32，"
                "不够的按比例得分，满分 5 分"
            ),
        ),
        (
            {
                "measure": {"sum": {"fact": "fund", "column": "amount", "per_member": True}},
                "target": 600,
            },
            "期内的经费的金额人均不少于 600 元，不够的按比例得分，满分 5 分",
        ),
        (
            {
                "measure": {"sum": {"fact": "training", "column": "hours"}},
                "target": 32,
            },
            "期内的培训的学时合计不少于 32 学时，不够的按比例得分，满分 5 分",
        ),
        (
            {"measure": {"check": {"where": {"term_expires_on": {"at_least": "as_of"}}}}},
            "届满日期不早于当日，满分 5 分",
        ),
        (
            {
                "measure": {
                    "presence": {
                        "fact": "filing",
                        "column": "kind",
                        "all_of": ["annual_plan", "annual_summary"],
                    }
                },
                "score": {"deduct": 2},
            },
            "期内应有材料：年度工作计划、年度工作总结，每缺 1 项扣 2 分，满分 5 分",
        ),
        (
            {"measure": {"judgement": {"levels": {"excellent": 1, "poor": 0}}}},
            "由考评人员具名评定：优秀计 100%、较差计 0%，满分 5 分",
        ),
        (
            {
                "measure": {
                    "rating": {"fact": "survey", "positive": "satisfied", "all": "answered"}
                },
                "target": 0.8,
            },
            "期内测评的满意票占有效票 80% 以上，不够的按比例得分，满分 5 分",
        ),
        (
            {"measure": {"count": {"fact": "honor"}}, "score": {"earn": 2}, "bonus": True},
            "期内的荣誉，每 1 项得 2 分，最多加 5 分",
        ),
        (
            {
                "measure": {"count": {"fact": "incident"}},
                "target": {"at_most": 0},
                "score": {"steps": [[1, 2], [2, 5]], "of": "shortfall"},
                "points": -5,
            },
            "期内的事件不超过 0 起，分档扣分：超出 1 扣 2 分、超出 2 扣 5 分，最多扣 5 分",
        ),
    ],
)
def test_rules(asked: dict[str, Any], rule: str) -> None:
    assert reading(**asked).rule == rule


def test_several_parts_are_numbered_and_share_the_points() -> None:
    told = reading(
        parts=[{"measure": MONTHLY}, {"measure": {"count": {"fact": "talk"}}, "target": 3}]
    )
    assert told.rule == (
        "（1）每月至少 1 次支委会，按做到的月数占比得分；"
        "（2）期内的谈心谈话不少于 3 次，不够的按比例得分；满分 5 分"
    )
    assert told.due == "每月末到期；期末到期"


SHIPPED = [
    (standard.subject, indicator)
    for standard in map(load_standard, shipped_standards().values())
    for indicator in standard.indicators
]


@pytest.mark.parametrize("language", [ZH, EN])
@pytest.mark.parametrize(("subject", "indicator"), SHIPPED, ids=[i.id for _, i in SHIPPED])
def test_every_shipped_rule_reads_as_a_sentence(
    subject: str, indicator: Indicator, language: str
) -> None:
    told = read_aloud(Words(language), subject, indicator)
    assert told.rule
    assert told.due
    assert not re.search(r"[{}]|  |, ,|: ,|：，|，，|；；|None", told.rule)
    if language == EN:
        assert told.rule.isascii() or re.search(r"×|“研究党建”|“警示教育”", told.rule), told.rule
