"""The words of a standard's page, in both languages."""

from __future__ import annotations

from typing import Final

from jinwei.engine.faults import EN, ZH

STATUS: Final = {
    "verified": {EN: "verified", ZH: "已核对"},
    "unverified": {EN: "unverified", ZH: "未核对"},
    "local": {EN: "local", ZH: "地方做法"},
    "practice": {EN: "practice", ZH: "通行或自定"},
}
TIERS: Final = {
    "basic": {EN: "basic", ZH: "基本"},
    "regulated": {EN: "regulated", ZH: "规范"},
    "innovative": {EN: "innovative", ZH: "创新"},
    "floor": {EN: "floor", ZH: "底线"},
}
"""Tiers of the shipped standards; another one reads as it is written."""
SUBJECTS: Final = {
    "organization": {EN: "organizations", ZH: "组织"},
    "member": {EN: "members", ZH: "党员"},
}
PERIODS: Final = {
    "month": {EN: "calendar month", ZH: "日历月"},
    "quarter": {EN: "calendar quarter", ZH: "日历季度"},
    "half_year": {EN: "calendar half-year", ZH: "日历半年"},
    "year": {EN: "calendar year", ZH: "日历年"},
}
NORM: Final = {
    "lead": {EN: "Edition {version}. Issuer: {issuer}.", ZH: "版本 {version}。发布者：{issuer}。"},
    "generated": {
        EN: "Generated from `{path}`; what changed from edition to edition stands in the"
        " [change log]({log}). Ledgers are named as in [facts]({facts}), the language of the"
        " standard is [here]({grammar}).",
        ZH: "由 `{path}` 生成；各版本的变化见[变更记录]({log})。台账名称见[事实表]({facts})，"
        "标准的写法见[标准语言]({grammar})。",
    },
    "applies": {
        EN: "Subjects: {subject}, {filter}. Period: {period}.",
        ZH: "对象：{subject}，{filter}。周期：{period}。",
    },
    "counts": {
        EN: "{n} indicators: {computed} computed from ledgers, {partly} partly, {judged} judged.",
        ZH: "共 {n} 项指标：{computed} 项由台账计算，{partly} 项部分计算，{judged} 项评定。",
    },
    "tier_counts": {
        EN: "Tier {tier}: {dimensions} dimensions, {n} indicators ({computed} computed, {partly}"
        " partly, {judged} judged), {points} points.",
        ZH: "{tier}层：{dimensions} 个方面 {n} 项（计算 {computed}、部分计算 {partly}、"
        "评定 {judged}），{points} 分。",
    },
    "no_tier": {
        EN: "Without a tier: {n} indicators, {points} points.",
        ZH: "不分层级：{n} 项，{points} 分。",
    },
    "deductions": {
        EN: "Deductions: {n} indicators, at most {points} points.",
        ZH: "扣分项：{n} 项，合计至多 {points} 分。",
    },
    "bonus": {EN: "Bonus: {n} indicators", ZH: "加分项：{n} 项"},
    "bonus_cap": {EN: "{bonus}, together at most {cap} points.", ZH: "{bonus}，合计不超过 {cap}。"},
    "bonus_open": {EN: "{bonus}, without a common ceiling.", ZH: "{bonus}，合计不限。"},
    "rate": {
        EN: "The score is the share of the obtainable points, times {full}.",
        ZH: "得分为得分率乘以 {full}。",
    },
    "sum": {
        EN: "The score is the base of {base} and the points added up.",
        ZH: "得分为底分 {base} 加各项得分。",
    },
    "sources": {
        EN: "Sources of the indicators: {verified} verified, {unverified} unverified, {local}"
        " local, {practice} practice.",
        ZH: "指标的依据：已核对 {verified} 项、未核对 {unverified} 项、地方做法 {local} 项、"
        "通行或自定 {practice} 项。",
    },
    "status_note": {
        EN: "*verified*: read in a copy of the national document; this speaks of the rule, not of"
        " the points. *unverified*: known second-hand or from knowledge, check it before you rely"
        " on it. *local*: published practice or a rule of one place. *practice*: widespread custom"
        " or this edition's own choice.",
        ZH: "“已核对”：读过全国性文件的文本，说的是规定本身，不是分值；“未核对”：转述或凭知识，"
        "使用前请核对；“地方做法”：某地公开的做法或本地规定；“通行或自定”：各地通行做法或"
        "本范本自定。",
    },
    "judged": {EN: "judged by a named assessor", ZH: "考评员具名评定"},
    "computed": {EN: "computed from {ledgers}", ZH: "由{ledgers}计算"},
    "partly": {
        EN: "partly: computed from {ledgers}; the rest judged by a named assessor",
        ZH: "部分由{ledgers}计算，其余由考评员具名评定",
    },
    "article": {EN: "{document}, art. {article}", ZH: "{document}第{article}条"},
    "none_tier": {EN: "—", ZH: "—"},
    "bonus_tier": {EN: "bonus", ZH: "加分"},
    "clean": {
        EN: "`none` says: looked at, clean.",
        ZH: "`none` 表示已查看、无问题。",
    },
}
TITLES: Final = {
    "indicators": {EN: "Indicators", ZH: "指标"},
    "reach": {EN: "Indicators of narrower reach", ZH: "只对部分对象适用的指标"},
    "found": {EN: "What an assessor may find", ZH: "考评员可评定的内容"},
    "stars": {EN: "Stars and grades", ZH: "星级与等次"},
    "vetoes": {EN: "Vetoes", ZH: "否决项"},
    "parameters": {EN: "Parameters", ZH: "参数"},
    "sets": {EN: "Parameter sets", ZH: "参数组"},
    "filings": {EN: "Kinds of filing", ZH: "材料类别"},
    "others": {EN: "Other values the standard asks for", ZH: "标准用到的其他值"},
}
HEADS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "indicators": {
        EN: ("id", "indicator", "tier", "points", "how it is known", "source", "status"),
        ZH: ("编号", "指标", "层次", "分值", "如何得知", "依据", "核对情况"),
    },
    "reach": {EN: ("indicator", "applies where"), ZH: ("指标", "适用条件")},
    "found": {
        EN: ("indicator", "level", "costs or gives"),
        ZH: ("指标", "等次或问题", "扣分或系数"),
    },
    "stars": {
        EN: ("stars", "score at least", "tiers at least", "grade"),
        ZH: ("星级", "得分不低于", "各层次不低于", "等次"),
    },
    "vetoes": {
        EN: ("id", "veto", "ledger", "where", "stars at most"),
        ZH: ("编号", "否决项", "台账", "条件", "星级至多"),
    },
    "parameters": {
        EN: ("parameter", "meaning", "value", "unit", "source", "status"),
        ZH: ("参数", "含义", "数值", "单位", "依据", "核对情况"),
    },
    "sets": {
        EN: ("file", "what it is", "values", "source", "status"),
        ZH: ("文件", "内容", "数值", "依据", "核对情况"),
    },
    "filings": {EN: ("kind", "asked by"), ZH: ("类别", "用于指标")},
    "others": {
        EN: ("ledger", "column", "value", "asked by"),
        ZH: ("台账", "栏目", "值", "用于指标"),
    },
}
