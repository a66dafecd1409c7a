"""What a value must look like before anything can be said about it."""

from __future__ import annotations

from typing import Final

from ..faults import register

NOT_A_MAPPING: Final = register(
    "not-a-mapping",
    "shape",
    zh="这里应当是“名称: 内容”的形式（冒号后空一格），写的却是“{found}”。",
    en="This must be a mapping of names to values; “{found}” was found.",
)
NOT_A_LIST: Final = register(
    "not-a-list",
    "shape",
    zh="这里应当是一个列表（每项以“- ”开头），写的却是“{found}”。",
    en="This must be a list (each entry begins with “- ”); “{found}” was found.",
)
UNKNOWN_KEY: Final = register(
    "unknown-key",
    "shape",
    zh="这里不能写“{found}”这一项。",
    en="There is no “{found}” here.",
)
MISSING_KEY: Final = register(
    "missing-key",
    "shape",
    zh="这里缺少“{found}”这一项，或者没有填内容。",
    en="“{found}” is missing here, or empty.",
)
EMPTY_LIST: Final = register(
    "empty-list",
    "shape",
    zh="“{found}”是空的，至少要列出一项。",
    en="“{found}” is empty; list at least one.",
)
LIST_TOO_LONG: Final = register(
    "list-too-long",
    "shape",
    zh="这里列了 {found} 项，最多 {most} 项。",
    en="{found} are listed here; at most {most} may be.",
)
NOT_TEXT: Final = register(
    "not-text",
    "shape",
    zh="这里应当是文字，写的却是“{found}”；数字样的文字请加引号。",
    en="This must be text; “{found}” was found. Put text that looks like a number in quotes.",
)
NOT_A_NUMBER: Final = register(
    "not-a-number",
    "shape",
    zh="这里应当是数，写的却是“{found}”。",
    en="This must be a number; “{found}” was found.",
)
NOT_A_DATE: Final = register(
    "not-a-date",
    "shape",
    zh="“{found}”不是日期，请写成 2026-03-31 这样。",
    en="“{found}” is no date; write it like 2026-03-31.",
)
NOT_TRUE_OR_FALSE: Final = register(
    "not-true-or-false",
    "shape",
    zh="这里只能写 true（是）或 false（否），写的却是“{found}”。",
    en="This must be true or false; “{found}” was found.",
)
NOT_AN_ID: Final = register(
    "not-an-id",
    "shape",
    zh="“{found}”不能作编号（id）：只用英文字母、数字、点、短横和下划线，以字母或数字开头。",
    en="“{found}” cannot be an id: letters, digits, dot, dash and underscore only,"
    " beginning with a letter or digit.",
)
UNKNOWN_CHOICE: Final = register(
    "unknown-choice",
    "shape",
    zh="这里不能写“{found}”，只能从下列各项中选。",
    en="“{found}” cannot stand here; choose one of those below.",
)
PERIOD_REVERSED: Final = register(
    "period-reversed",
    "shape",
    zh="考核周期的结束日（to）{found} 早于开始日（from）。",
    en="The period ends on {found}, before it begins.",
)
