"""What the keys, values, scores and states of the language mean, in a few words each."""

from __future__ import annotations

from typing import Final

from jinwei.engine.faults import EN, ZH

DOCUMENT_KEYS: Final = {
    "schema": {EN: "the version of the language: 1", ZH: "语言的版本：1"},
    "id": {EN: "the standard's id, stable across editions", ZH: "标准的标识，各版本不变"},
    "version": {EN: "the edition, as text", ZH: "版本，文字"},
    "title": {EN: "its name, as words", ZH: "名称，文字"},
    "issuer": {EN: "who issued it, as words", ZH: "发布者，文字"},
    "subject": {
        EN: "`organization` or `member`: who is scored",
        ZH: "`organization`（组织）或 `member`（党员）：给谁打分",
    },
    "applies_to": {
        EN: "a filter on the subject's own columns; without it all subjects",
        ZH: "对对象自身栏目的筛选；不写即全部对象",
    },
    "period": {
        EN: "`month`, `quarter`, `half_year` or `year` of the calendar, or"
        " `{from: 2026-03-01, to: 2026-08-31}`",
        ZH: "日历上的 `month`、`quarter`、`half_year`、`year`，或"
        " `{from: 2026-03-01, to: 2026-08-31}`",
    },
    "total": {
        EN: "`rate` (default): share of the obtainable; `sum`: points added up",
        ZH: "`rate`（默认）：得分率；`sum`：累加",
    },
    "full_marks": {
        EN: "under `rate`: the score at a share of 1; above 0, default 100",
        ZH: "`rate` 下全部得到时的得分；大于 0，默认 100",
    },
    "base": {
        EN: "under `sum`: what everyone starts with; default 0",
        ZH: "`sum` 下人人的底分；默认 0",
    },
    "bonus_cap": {
        EN: "the ceiling of all bonus indicators together; without it none",
        ZH: "全部加分指标合计的上限；不写即不限",
    },
    "tiers": {EN: "the names of the tiers", ZH: "各层级的名称"},
    "parameters": {EN: "numbers that may be set: section 2", ZH: "可以设定的数：见第 2 节"},
    "dimensions": {
        EN: "the dimensions, each `{id, title, indicators}`, all three required, with at least"
        " one indicator",
        ZH: "各方面，每个为 `{id, title, indicators}`，三者必填，至少一项指标",
    },
    "stars": {EN: "section 11", ZH: "见第 11 节"},
    "grades": {EN: "section 11", ZH: "见第 11 节"},
    "vetoes": {EN: "section 11", ZH: "见第 11 节"},
}
INDICATOR_KEY_WORDS: Final = {
    "id": {EN: "unique in the document", ZH: "文档内不重复"},
    "title": {EN: "what is asked, as words", ZH: "要求什么，文字"},
    "tier": {EN: "one of the `tiers`", ZH: "`tiers` 之一"},
    "points": {
        EN: "the most it can earn; negative (under `sum`): the most it can take away",
        ZH: "最多能得的分；负数（`sum` 下）为最多扣的分",
    },
    "bonus": {
        EN: "`true`: outside full marks, only adds; default `false`",
        ZH: "`true`：在满分之外，只加；默认 `false`",
    },
    "applies_to": {
        EN: "a filter on the subject, beside the standard's",
        ZH: "对对象的筛选，与标准的同时成立",
    },
    "measure": {
        EN: "how it is measured: section 6; required unless `parts` stands",
        ZH: "怎样计量：见第 6 节；没有 `parts` 时必填",
    },
    "target": {EN: "what is enough: section 7", ZH: "做到多少算达到：见第 7 节"},
    "due": {EN: "`always` or `end`: section 7", ZH: "`always` 或 `end`：见第 7 节"},
    "score": {EN: "how the value becomes points: section 8", ZH: "怎样折成分：见第 8 节"},
    "parts": {EN: "several causes instead of one measure", ZH: "几个分项，代替一种计量"},
    "source": {EN: "where the rule comes from: section 2", ZH: "规定的来源：见第 2 节"},
    "remedy": {EN: "the ledger entry that mends it", ZH: "补救时要登记什么"},
}
MEASURE_VALUES: Final = {
    "occurrences": {EN: "counting windows passed", ZH: "通过的计数窗口"},
    "count": {EN: "rows, or different values", ZH: "行数，或不同值的个数"},
    "sum": {EN: "a sum, or a sum per member", ZH: "合计，或人均"},
    "share": {EN: "rows satisfying / all rows", ZH: "满足的行 / 全部行"},
    "member_share": {EN: "members satisfying / all members", ZH: "满足的党员 / 全部党员"},
    "level": {EN: "a number column at the day", ZH: "当日的一个数栏"},
    "check": {EN: "1 or 0", ZH: "1 或 0"},
    "presence": {EN: "listed values that occur", ZH: "出现的所列值的个数"},
    "judgement": {EN: "the newest judgement's factor", ZH: "最新评定的系数"},
    "findings": {EN: "the share of the points left", ZH: "扣后所余的比例"},
    "rating": {EN: "Σ positive / Σ all", ZH: "Σ positive / Σ all"},
}
MEASURE_KEYS: Final = {
    "fact": {
        EN: "the ledger; for a judgement: the ledger whose newest row is taken",
        ZH: "台账；用于 judgement 时为取最新一行的台账",
    },
    "where": {
        EN: "a filter on the rows (member_share: the members; check: the subject)",
        ZH: "对行的筛选（member_share 对党员，check 对对象）",
    },
    "per": {
        EN: "`month`, `quarter`, `half_year`, `year` or `{months: n}`",
        ZH: "`month`、`quarter`、`half_year`、`year` 或 `{months: n}`",
    },
    "at_least": {
        EN: "how many in each window, a whole number from 1; default 1",
        ZH: "每个窗口至少几次，从 1 起的整数；默认 1",
    },
    "distinct": {
        EN: "a column whose different values are counted instead of rows",
        ZH: "一个栏目，数其不同的值而不数行",
    },
    "each": {
        EN: "a filter on the organizations below; standards for organizations only",
        ZH: "对下级组织的筛选；只用于组织标准",
    },
    "in_force": {
        EN: "`true`: rows of `post` or `term` in force at the day",
        ZH: "`true`：`post` 或 `term` 当日有效的行",
    },
    "column": {
        EN: "the column (sum, level: a number column)",
        ZH: "栏目（sum、level 为数栏）",
    },
    "per_member": {
        EN: "`true`: divided by the members; standards for organizations only",
        ZH: "`true`：除以党员数；只用于组织标准",
    },
    "satisfying": {
        EN: "the second filter; member_share: also one `count` or `sum` of own facts",
        ZH: "第二个筛选；member_share 也可为本人事实的一个 `count` 或 `sum`",
    },
    "due": {
        EN: "a date column: the rows due in the period, not those dated in it",
        ZH: "一个日期栏：取在周期内到期的行，而不是日期在周期内的行",
    },
    "when_empty": {
        EN: "`met`: full points where there is nothing to measure",
        ZH: "`met`：没有可计的即得满分",
    },
    "all_of": {EN: "the values that must occur", ZH: "应当出现的值"},
    "levels": {
        EN: "`level: factor`, factors from 0 to 1, at least one",
        ZH: "`等次: 系数`，系数 0 到 1，至少一个",
    },
    "deduct": {
        EN: "`item: points taken off`, points not below 0",
        ZH: "`问题: 扣分`，扣分不小于 0",
    },
    "positive": {EN: "the number column of the numerator", ZH: "作分子的数栏"},
    "all": {EN: "the number column of the denominator", ZH: "作分母的数栏"},
}
SCORE_FORMS: Final = {
    "all_or_nothing": "`all_or_nothing`",
    "proportional": "`proportional`",
    "deduct": "`{deduct: 0.5, per: occurrence}`",
    "earn": "`{earn: 2}`",
    "steps": "`{steps: [[1, 3], [2, 5], [3, 10]], of: shortfall}`",
}
SCORE_WORDS: Final = {
    "all_or_nothing": {
        EN: "all if reached (occurrences: no missed window), else 0",
        ZH: "达到（occurrences：没有缺窗口）得满分，否则 0",
    },
    "proportional": {
        EN: "occurrences: points × passed / (passed + missed); others: points × value / target,"
        " full at a target of 0; refused with a ceiling",
        ZH: "occurrences：分值 × 通过 /（通过 + 缺）；其他：分值 × 值 / 目标，目标为 0 得满分；"
        "目标是上限时拒收",
    },
    "deduct": {
        EN: "points − 0.5 × shortfall; `per: window` (occurrences only): per missed window",
        ZH: "分值 − 0.5 × 缺额；`per: window`（只用于 occurrences）：按缺窗口个数",
    },
    "earn": {
        EN: "2 × value (occurrences: windows passed, and the `earn` rows of section 9 replace the"
        " occurrences rows)",
        ZH: "2 × 值（occurrences：通过的窗口数，并以第 9 节 `earn` 各行代替 occurrences 各行）",
    },
    "steps": {
        EN: "`of: shortfall`: points − the deduction of the last step reached; `of: value`: the"
        " points of the last step reached, where a target is optional. Rating: `of: value` only",
        ZH: "`of: shortfall`：分值 − 达到的最后一档的扣分；`of: value`：达到的最后一档的得分，"
        "目标可写可不写。rating 只用 `of: value`",
    },
}
STATE_WORDS: Final = {
    "missed": {EN: "owed and not reached", ZH: "已到期而未达到"},
    "awaiting": {EN: "to be given by an assessor or a vote", ZH: "待评：等考评员或测评给出"},
    "pending": {EN: "nothing owed yet, nothing there yet", ZH: "还没到期，也还没有"},
    "on_track": {EN: "not complete, nothing missed", ZH: "未完成，没有缺"},
    "met": {EN: "reached", ZH: "达到"},
    "not_applicable": {EN: "does not apply to this subject", ZH: "不适用于该对象"},
    "exempt": {EN: "taken away by an exemption", ZH: "豁免"},
}
