"""Numbers and kinds: what may be compared, how fine and how large a number may be."""

from __future__ import annotations

from typing import Final

from ..faults import register

POINTS_TOO_FINE: Final = register(
    "points-too-fine",
    "numbers",
    zh="分值最多两位小数，写的是 {found}。",
    en="Points have at most two decimals; {found} was found.",
)
TOO_FINE_OR_LARGE: Final = register(
    "number-out-of-bounds",
    "numbers",
    zh="数 {found} 超出范围：最多六位小数，大小不超过十亿。",
    en="The number {found} is out of bounds: at most six decimals and a thousand million in size.",
)
TIMES_OUT_OF_BOUNDS: Final = register(
    "times-out-of-bounds",
    "numbers",
    zh="倍数 {found} 超出范围：最多四位小数，不超过一万。",
    en="The factor {found} is out of bounds: at most four decimals and ten thousand.",
)
TARGET_ABOVE_ONE: Final = register(
    "target-above-one",
    "numbers",
    zh="这里计量的是比例，最大是 1，目标 {found} 永远达不到；80% 请写 0.8。",
    en="A share is measured here, at most 1; a target of {found} is out of reach."
    " Write 80 % as 0.8.",
)
NOT_POSITIVE: Final = register(
    "not-positive",
    "numbers",
    zh="这里的数不能是 {found}，应当大于 0。",
    en="This number cannot be {found}; it must be above 0.",
)
NEGATIVE: Final = register(
    "negative-number",
    "numbers",
    zh="这里的数不能是负数，写的是 {found}。",
    en="This number cannot be negative; {found} was found.",
)
NOT_WHOLE: Final = register(
    "not-whole",
    "numbers",
    zh="这里应当是整数，写的是 {found}。",
    en="This must be a whole number; {found} was found.",
)
ABOVE_ONE: Final = register(
    "share-above-one",
    "numbers",
    zh="比例应在 0 到 1 之间，写的是 {found}；80% 请写 0.8。",
    en="A share lies between 0 and 1; {found} was found. Write 80 % as 0.8.",
)
KINDS_DIFFER: Final = register(
    "kinds-differ",
    "numbers",
    zh="“{column}”（{heading}）是{kind}，不能与“{found}”比较。",
    en="“{column}” is {kind_en}; it cannot be compared with “{found}”.",
)
NOT_ORDERED: Final = register(
    "not-ordered",
    "numbers",
    zh="“{column}”（{heading}）是{kind}，没有大小先后，不能用“{found}”。",
    en="“{column}” is {kind_en} and has no order; “{found}” cannot be used.",
)
NOT_A_NUMBER_COLUMN: Final = register(
    "not-a-number-column",
    "numbers",
    zh="“{found}”不是数字栏，不能求和或作目标。",
    en="“{found}” is no number column; it cannot be added up or aimed at.",
)
NOT_A_DATE_COLUMN: Final = register(
    "not-a-date-column",
    "numbers",
    zh="“{found}”不是日期栏。",
    en="“{found}” is no date column.",
)
NOT_A_LEVEL_COLUMN: Final = register(
    "not-a-level-column",
    "numbers",
    zh="“{found}”不是文字或选项栏，不能当等次。",
    en="“{found}” is no column of text or codes; it cannot hold levels.",
)
CONTAINS_NOT_HERE: Final = register(
    "contains-not-here",
    "numbers",
    zh="“{column}”（{heading}）是{kind}，“{found}”（包含）只用于文字栏。",
    en="“{column}” is {kind_en}; “{found}” is for columns of text only.",
)
TIMES_OR_DAYS: Final = register(
    "times-or-days",
    "numbers",
    zh="“{column}”（{heading}）是{kind}，不能用“{found}”：日期用 plus_days（加天数），"
    "数字用 times（乘倍数）。",
    en="“{column}” is {kind_en}; “{found}” cannot be used: plus_days is for dates, times for"
    " numbers.",
)
DATE_OUT_OF_BOUNDS: Final = register(
    "date-out-of-bounds",
    "numbers",
    zh="日期 {found} 不在 1900 年到 2199 年之间，请核对年份。",
    en="The date {found} does not lie in the years 1900 to 2199; check the year.",
)
TOO_LONG: Final = register(
    "span-too-long",
    "numbers",
    zh="{found} 太长了，最长 {most}。",
    en="{found} is too long; the longest is {most_en}.",
)
