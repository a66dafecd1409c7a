"""Names that must exist: facts, columns, codes, measures, scores, tiers, parameters."""

from __future__ import annotations

from typing import Final

from ..faults import register

UNKNOWN_FACT: Final = register(
    "unknown-fact",
    "names",
    zh="没有“{found}”这种台账（表）。",
    en="There is no ledger “{found}”.",
)
UNKNOWN_COLUMN: Final = register(
    "unknown-column",
    "names",
    zh="{heading}表（{table}）没有“{found}”这一栏。",
    en="Table {table} has no column “{found}”.",
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
    zh="“{column}”（{heading}）没有“{found}”这个值，照这样写一条记录也查不到。",
    en="“{column}” has no value “{found}”; it would never match a row.",
)
UNKNOWN_MEASURE: Final = register(
    "unknown-measure",
    "names",
    zh="没有“{found}”这种计量方式（measure）。",
    en="There is no measure “{found}”.",
)
ONE_MEASURE: Final = register(
    "one-measure",
    "names",
    zh="这里要写一种计量方式，不多不少；现在写了 {found} 种。",
    en="Exactly one measure must stand here; {found} were found.",
)
UNKNOWN_SCORE: Final = register(
    "unknown-score",
    "names",
    zh="没有“{found}”这种计分方式（score）。",
    en="There is no score “{found}”.",
)
ONE_SCORE: Final = register(
    "one-score",
    "names",
    zh="这里要写一种计分方式（score），不多不少；现在写了 {found} 种。",
    en="Exactly one score must stand here; {found} were found.",
)
UNKNOWN_TIER: Final = register(
    "unknown-tier",
    "names",
    zh="本标准的层级（tiers）里没有“{found}”。",
    en="This standard lists no tier “{found}”.",
)
UNKNOWN_LEVEL: Final = register(
    "unknown-level",
    "names",
    zh="“{column}”（{heading}）没有“{found}”这个等次。",
    en="“{column}” has no level “{found}”.",
)
UNKNOWN_PARAMETER: Final = register(
    "unknown-parameter",
    "names",
    zh="本标准的参数（parameters）里没有“{found}”。",
    en="This standard has no parameter “{found}”.",
)
DUPLICATE_ID: Final = register(
    "duplicate-id",
    "names",
    zh="编号“{found}”已经用在 {first}，不能重复。",
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
    zh="台账“{found}”不登记到党员个人，党员的计量不能用它。",
    en="Ledger “{found}” has no member column; nothing of a member can be measured on it.",
)
FOR_ORGANIZATIONS_ONLY: Final = register(
    "for-organizations-only",
    "names",
    zh="“{found}”要数党员或下级组织，只能用在考核组织的标准里（subject: organization）。",
    en="“{found}” counts members or organizations below; only a standard for organizations may"
    " use it.",
)
NOT_IN_FORCE: Final = register(
    "no-term-of-force",
    "names",
    zh="台账“{found}”没有起止日期，不能写 in_force（当日在任）；post（任职）、term（届期）才可以。",
    en="“{found}” has no beginning and end; in_force is for post and term only.",
)
