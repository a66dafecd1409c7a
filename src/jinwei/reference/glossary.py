"""The words of the field: Chinese and English."""

from __future__ import annotations

from typing import Final

from jinwei.engine.faults import EN

from .markdown import fill, table

WORDS: Final = (
    ("党组织", "organization"),
    ("工委", "work committee"),
    ("党组", "leading group"),
    ("基层党委 / 机关党委", "committee"),
    ("党总支", "general branch"),
    ("党支部", "branch"),
    ("联合支部", "joint branch"),
    ("临时支部", "temporary branch"),
    ("党小组", "group"),
    ("领导班子", "committee (of a term)"),
    ("届", "term"),
    ("换届", "re-election"),
    ("党员", "member"),
    ("预备党员", "probationary member"),
    ("入党积极分子", "applicant under training (activist)"),
    ("发展对象", "admission candidate"),
    ("流动党员", "mobile member"),
    ("组织关系转接", "transfer of membership"),
    ("三会一课", "meetings and lectures"),
    ("党员大会", "branch meeting"),
    ("支委会", "committee meeting"),
    ("党小组会", "group meeting"),
    ("党课", "lecture"),
    ("主题党日", "theme day"),
    ("组织生活会", "life meeting"),
    ("民主生活会", "democratic life meeting"),
    ("民主评议党员", "appraisal"),
    ("谈心谈话", "talk"),
    ("党费", "dues"),
    ("台账", "ledger"),
    ("标准", "standard"),
    ("版本", "edition"),
    ("指标", "indicator"),
    ("基本层", "basic tier"),
    ("规范层", "regulated tier"),
    ("创新层", "innovative tier"),
    ("考核", "assessment"),
    ("日常", "running"),
    ("年终", "year-end"),
    ("星级", "stars"),
    ("等次", "grade"),
    ("晋位升级", "promotion"),
    ("述职评议", "report and review"),
    ("约谈", "interview"),
    ("通报", "bulletin"),
    ("整改", "rectification"),
    ("销号", "sign-off"),
    ("挂牌", "listed for supervision"),
    ("公示", "public notice"),
    ("示范点", "demonstration site"),
    ("党建品牌", "brand"),
    ("支部工作法", "branch work method"),
    ("软弱涣散（后进）党组织", "lagging organization"),
    ("结对", "pairing"),
    ("联系点", "contact point"),
    ("主体责任清单", "responsibility list"),
    ("督导组", "inspection team"),
    ("联络员", "liaison officer"),
    ("微心愿", "wish"),
    ("访千家", "household visit"),
    ("有呼必应 调度平台", "call-and-response desk"),
    ("党群服务中心", "service center"),
    ("驿站", "service station"),
    ("先锋队", "volunteer team"),
    ("突击队", "task force"),
    ("发展党员 25 步", "admission procedure"),
    ("工作规范（流程、时限、文书）", "working procedure (steps, time limits, documents)"),
)
"""Chinese and English, in the order of the field."""


def glossary_page(language: str) -> str:
    words = table(("中文", "English"), WORDS)
    if language == EN:
        words = table(("English", "中文"), sorted((en, zh) for zh, en in WORDS))
    return fill("glossary", language, {"words": words})
