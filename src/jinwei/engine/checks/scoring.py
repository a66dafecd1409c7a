"""Combinations of measure, target, score and points that make sense."""

from __future__ import annotations

from typing import Final

from ..faults import register

TARGET_MISSING: Final = register(
    "target-missing",
    "scoring",
    zh="“{found}”要写明目标（target），否则不知道做到多少算达到。",
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
    zh="occurrences 逐个窗口到期，不能再写 due。",
    en="occurrences fall due window by window; due cannot be written beside them.",
)
SCORE_NOT_HERE: Final = register(
    "score-not-here",
    "scoring",
    zh="“{measure}”不能用“{found}”计分。",
    en="“{measure}” cannot be scored by “{found}”.",
)
CEILING_PROPORTIONAL: Final = register(
    "ceiling-proportional",
    "scoring",
    zh="目标是上限（at_most）时不能按比例计分，请写明 score。",
    en="Under a ceiling (at_most) points cannot be proportional; name another score.",
)
PER_WINDOW_NOT_HERE: Final = register(
    "per-window-not-here",
    "scoring",
    zh="per: window 只用于 occurrences。",
    en="per: window is for occurrences only.",
)
NEGATIVE_SCORE: Final = register(
    "negative-points-score",
    "scoring",
    zh="负分指标只能用 deduct 或 steps（of: shortfall）计分。",
    en="An indicator of negative points is scored by deduct or steps of: shortfall only.",
)
STEPS_ORDER: Final = register(
    "steps-out-of-order",
    "scoring",
    zh="分档的界限应当从小到大，{found} 不大于前一档。",
    en="Steps must rise; {found} does not lie above the step before it.",
)
PARTS_MIXED: Final = register(
    "parts-mixed",
    "scoring",
    zh="按 earn 累加的部分不能和其他部分混在一个指标里。",
    en="Parts scored by earn cannot be mixed with other parts.",
)
PARTS_AND_MEASURE: Final = register(
    "parts-and-measure",
    "scoring",
    zh="写了 parts 就不能再写“{found}”。",
    en="Beside parts, “{found}” cannot stand.",
)
COMPARISON_MISSING: Final = register(
    "comparison-missing",
    "scoring",
    zh="count 或 sum 后面要写明 at_least、at_most、above 或 below 多少。",
    en="count or sum must be followed by at_least, at_most, above or below a number.",
)
RESERVED_ITEM: Final = register(
    "reserved-item",
    "scoring",
    zh="“none”表示看过、没有问题，不能作扣分项。",
    en="“none” means looked at and clean; it cannot be an item.",
)
