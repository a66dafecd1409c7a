"""Names that must exist: facts, columns, codes, measures, scores, tiers, parameters."""

from __future__ import annotations

from typing import Final

from ..faults import register

UNKNOWN_FACT: Final = register(
    "unknown-fact",
    "names",
    zh="没有“{found}”这个台账。",
    en="There is no ledger “{found}”.",
)
UNKNOWN_COLUMN: Final = register(
    "unknown-column",
    "names",
    zh="“{table}”里没有“{found}”这一栏。",
    en="“{table}” has no column “{found}”.",
)
GUARDED_COLUMN: Final = register(
    "guarded-column",
    "names",
    zh="“{found}”是受保护的个人信息，标准不得使用。",
    en="“{found}” is guarded personal data; a standard may not use it.",
)
UNKNOWN_CODE: Final = register(
    "unknown-code",
    "names",
    zh="“{column}”没有“{found}”这个值，照此写永远查不到记录。",
    en="“{column}” has no value “{found}”; it would never match a row.",
)
UNKNOWN_MEASURE: Final = register(
    "unknown-measure",
    "names",
    zh="没有“{found}”这种计量方式。",
    en="There is no measure “{found}”.",
)
ONE_MEASURE: Final = register(
    "one-measure",
    "names",
    zh="这里应当恰好写一种计量方式，写了 {found} 种。",
    en="Exactly one measure must stand here; {found} were found.",
)
UNKNOWN_SCORE: Final = register(
    "unknown-score",
    "names",
    zh="没有“{found}”这种计分方式。",
    en="There is no score “{found}”.",
)
UNKNOWN_TIER: Final = register(
    "unknown-tier",
    "names",
    zh="本标准没有列出“{found}”这一层级。",
    en="This standard lists no tier “{found}”.",
)
UNKNOWN_LEVEL: Final = register(
    "unknown-level",
    "names",
    zh="“{column}”没有“{found}”这个等次。",
    en="“{column}” has no level “{found}”.",
)
UNKNOWN_PARAMETER: Final = register(
    "unknown-parameter",
    "names",
    zh="没有定义参数“{found}”。",
    en="No parameter “{found}” is defined.",
)
DUPLICATE_ID: Final = register(
    "duplicate-id",
    "names",
    zh="标识“{found}”已经用在 {first}，不能重复。",
    en="The id “{found}” already stands at {first}; ids must differ.",
)
DUPLICATE_ITEM: Final = register(
    "duplicate-item",
    "names",
    zh="“{found}”在这个列表里写了两次。",
    en="“{found}” is listed twice.",
)
NOT_THE_MEMBERS: Final = register(
    "not-the-members",
    "names",
    zh="“{found}”没有登记党员的栏目，党员标准不能用它。",
    en="“{found}” has no member column; a standard for members cannot use it.",
)
NOT_THE_ORGANIZATIONS: Final = register(
    "not-the-organizations",
    "names",
    zh="“{found}”没有登记组织的栏目，组织标准不能用它。",
    en="“{found}” has no organization column; a standard for organizations cannot use it.",
)
FOR_ORGANIZATIONS_ONLY: Final = register(
    "for-organizations-only",
    "names",
    zh="“{found}”要数党员或下级组织，只能用在组织标准里。",
    en="“{found}” counts members or organizations below; only a standard for organizations may"
    " use it.",
)
NOT_IN_FORCE: Final = register(
    "no-term-of-force",
    "names",
    zh="“{found}”没有起止日期，不能写 in_force；只有 post（任职）和 term（届期）可以。",
    en="“{found}” has no beginning and end; in_force is for post and term only.",
)
