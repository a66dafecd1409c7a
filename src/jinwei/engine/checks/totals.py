"""The whole document: totals, dimensions, stars, grades."""

from __future__ import annotations

from typing import Final

from ..faults import register

WRONG_SCHEMA: Final = register(
    "wrong-schema",
    "totals",
    zh="标准语言的版本（schema）应当是 1，写的是“{found}”。",
    en="schema must be 1; “{found}” was found.",
)
RATE_ONLY: Final = register(
    "rate-only",
    "totals",
    zh="“{found}”只用于按得分率合计的标准（total: rate），本标准是累加（total: sum）。",
    en="“{found}” is for total: rate only; this standard has total: sum.",
)
SUM_ONLY: Final = register(
    "sum-only",
    "totals",
    zh="“{found}”只用于累加的标准（total: sum），本标准按得分率合计（total: rate）。",
    en="“{found}” is for total: sum only; this standard has total: rate.",
)
NEGATIVE_POINTS: Final = register(
    "negative-points",
    "totals",
    zh="负分 {found} 只用于累加的标准（total: sum），本标准按得分率合计（total: rate）。",
    en="Negative points ({found}) are for total: sum only; this standard has total: rate.",
)
BONUS_NEGATIVE: Final = register(
    "bonus-negative",
    "totals",
    zh="加分指标（bonus）只加不减，分值不能是 {found}。",
    en="A bonus indicator only adds; its points cannot be {found}.",
)
EMPTY_DIMENSION: Final = register(
    "empty-dimension",
    "totals",
    zh="“{found}”下面没有任何指标。",
    en="There are no indicators under “{found}”.",
)
STARS_ORDER: Final = register(
    "stars-out-of-order",
    "totals",
    zh="星级应当从高到低排列，{found} 星排在了更低或相同的星级之后。",
    en="Stars must fall from row to row; {found} stands after as many or fewer.",
)
GRADE_TWICE: Final = register(
    "grade-twice",
    "totals",
    zh="{found} 星已经归入前面的等次。",
    en="{found} stars already belong to a grade above.",
)
GRADES_WITHOUT_STARS: Final = register(
    "grades-without-stars",
    "totals",
    zh="写了“{found}”（等次）却没有 stars（星级），等次无从得出。",
    en="Without stars there is nothing for “{found}” to follow.",
)
PARAMETER_UNSET: Final = register(
    "parameter-not-settable",
    "totals",
    zh="参数“{name}”不能设为“{found}”：应当是数，最多六位小数，大小不超过十亿。",
    en="The parameter “{name}” cannot be set to “{found}”: it must be a number of at most six"
    " decimals and a thousand million in size.",
)
