"""Combinations of measure, target, score and points that make sense."""

from __future__ import annotations

from typing import Final

from ..faults import register

TARGET_MISSING: Final = register(
    "target-missing",
    "scoring",
    zh="用“{found}”计量要写明目标（target），否则不知道做到多少算达到。",
    en="“{found}” must name a target, or nobody knows what is enough.",
)
TARGET_NOT_HERE: Final = register(
    "target-not-here",
    "scoring",
    zh="这里不能写目标（target）：{why}。",
    en="No target may stand here: {why_en}.",
)
DUE_NOT_HERE: Final = register(
    "due-not-here",
    "scoring",
    zh="occurrences（按月、按季计次）到期自然结算，不能再写 due（何时到期）。",
    en="occurrences fall due window by window; due cannot be written beside them.",
)
SCORE_NOT_HERE: Final = register(
    "score-not-here",
    "scoring",
    zh="计量方式“{measure}”不能用“{found}”计分。",
    en="“{measure}” cannot be scored by “{found}”.",
)
NO_SCORE: Final = register(
    "no-score-here",
    "scoring",
    zh="“{measure}”由评定直接给分，不能再写计分方式（score）“{found}”。",
    en="“{measure}” gives the points itself; the score “{found}” cannot stand beside it.",
)
SCORE_NUMBER: Final = register(
    "score-needs-number",
    "scoring",
    zh="“{found}”后面要写数，例如：score: {example}。",
    en="“{found}” needs numbers, for example: score: {example}.",
)
CEILING_PROPORTIONAL: Final = register(
    "ceiling-proportional",
    "scoring",
    zh="目标是“不超过多少”（at_most）时不能按比例计分（proportional），请另写一种计分方式（score）。",
    en="Under a ceiling (at_most) points cannot be proportional; name another score.",
)
PER_WINDOW_NOT_HERE: Final = register(
    "per-window-not-here",
    "scoring",
    zh="“{found}”里的 per: window（每缺一个窗口扣分）只用于 occurrences。",
    en="per: window in “{found}” is for occurrences only.",
)
NEGATIVE_SCORE: Final = register(
    "negative-points-score",
    "scoring",
    zh="负分指标只扣分，不能用“{found}”计分，只能用 deduct 或 steps（of: shortfall）。",
    en="Negative points only take away; “{found}” cannot score them, only deduct or steps of:"
    " shortfall.",
)
STEPS_ORDER: Final = register(
    "steps-out-of-order",
    "scoring",
    zh="各档（steps）的界限应当从小到大，{found} 不大于前一档。",
    en="Steps must rise; {found} does not lie above the step before it.",
)
STEPS_PAIR: Final = register(
    "steps-pair",
    "scoring",
    zh="每一档要写两个数：[到多少, 多少分]，写的却是“{found}”。",
    en="Each step is two numbers: [from what, how many points]; “{found}” was found.",
)
DUE_AND_FORCE: Final = register(
    "due-and-in-force",
    "scoring",
    zh="写了 in_force（当日在任）就不能再写 due: {found}（按到期日），请只留一个。",
    en="Beside in_force, due: {found} cannot stand; keep one of the two.",
)
PARTS_MIXED: Final = register(
    "parts-mixed",
    "scoring",
    zh="一个指标的各部分（parts）要么都按 earn（做多少得多少）计分，要么都不按 earn，不能混用。",
    en="Parts scored by earn cannot be mixed with others in one indicator.",
)
PARTS_AND_MEASURE: Final = register(
    "parts-and-measure",
    "scoring",
    zh="写了 parts（分几部分），“{found}”就要写进各部分里，不能写在外面。",
    en="Beside parts, “{found}” cannot stand; write it inside each part.",
)
COMPARISON_MISSING: Final = register(
    "comparison-missing",
    "scoring",
    zh="“{found}”后面要写明多少才算：at_least（至少）、at_most（至多）、above（大于）、"
    "below（小于）。",
    en="“{found}” must be followed by at_least, at_most, above or below a number.",
)
RESERVED_ITEM: Final = register(
    "reserved-item",
    "scoring",
    zh="“{found}”表示看过、没有问题，不能作扣分项。",
    en="“{found}” means looked at and clean; it cannot be an item.",
)
