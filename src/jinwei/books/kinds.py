"""Everything that can be said about a cell or a line of a book, in both languages.

Placeholders are the facts of a :class:`jinwei.books.drafts.Trouble`. A sentence says what was
found, then what is expected, then the way out; the address of the cell stands before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be said: its id, the sentence in Chinese and in English."""

    id: str
    zh: str
    en: str


KINDS: Final[dict[str, Kind]] = {}


def _kind(id: str, zh: str, en: str) -> str:
    KINDS[id] = Kind(id, zh, en)
    return id


def sentence(id: str, facts: Mapping[str, str], *, english: bool = False) -> str:
    """What is said of a trouble or asked in a question; what a fact lacks stays as “…”."""
    kind = KINDS[id]
    return (kind.en if english else kind.zh).format_map(_Facts(facts))


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


# --- cells --------------------------------------------------------------------------------------

GARBLED: Final = _kind(
    "garbled",
    "这里是乱码（“{found}”）。请用原来的程序打开，另存为 .xlsx 再导入，或直接改正这一格。",
    "This is garbled text (“{found}”). Save the file as .xlsx with the program that made it, or"
    " type the cell again.",
)
FORMULA_FAILED: Final = _kind(
    "formula-failed",
    "这一格的公式出错，显示 {found}。请改正公式，或直接填上内容。",
    "The formula of this cell failed and shows {found}. Correct it, or type the value.",
)
UNRECKONED: Final = _kind(
    "formula-unreckoned",
    "这一格是公式，文件里没有它的结果。请用表格软件打开、保存后再导入，或直接填上内容。",
    "This cell is a formula, and the file holds no result. Open and save the file in a spreadsheet"
    " program, or type the value.",
)
MISSING: Final = _kind(
    "missing",
    "没有填写。这一列每行都要有，请补上。",
    "Nothing is filled in. Every row needs this column.",
)
NAME_MISSING: Final = _kind(
    "name-missing",
    "没有姓名。请补上姓名，或删去这一行。",
    "There is no name. Fill it in, or delete the row.",
)
NOT_A_NAME: Final = _kind(
    "not-a-name",
    "“{found}”不是姓名。请填写姓名；如果错了列，请改正。",
    "“{found}” is no name. Write the name; perhaps cells have shifted.",
)
NUMBER_RUINED: Final = _kind(
    "number-ruined",
    "号码被表格软件当成数字，末几位已经变成 0（{found}），无法还原。请把这一列设为“文本”，"
    "再照证件重新填写。",
    "A spreadsheet program took this number for an amount; its last digits are lost ({found}) and"
    " cannot be restored. Format the column as text and type the number again.",
)
ID_LENGTH: Final = _kind(
    "id-length",
    "身份号码应为 18 位，这里有 {n} 位。请对照证件改正。",
    "An identity number has 18 characters; this one has {n}. Compare it with the card.",
)
ID_OLD: Final = _kind(
    "id-old",
    "这是旧的 15 位号码。请填现在证件上的 18 位号码。",
    "This is an old number of 15 digits. Use the 18 characters of the present card.",
)
ID_FORM: Final = _kind(
    "id-form",
    "身份号码的前 17 位只能是数字，末位是数字或 X。请对照证件改正。",
    "The first 17 characters of an identity number are digits, the last a digit or X.",
)
ID_REGION: Final = _kind(
    "id-region",
    "号码开头的“{found}”不是任何省份的代码。请对照证件改正。",
    "No province has the code “{found}” at the beginning of the number.",
)
ID_BIRTH: Final = _kind(
    "id-birth",
    "号码第 7 至 14 位“{found}”不是可能的出生日期。请对照证件改正。",
    "Digits 7 to 14, “{found}”, are no possible date of birth.",
)
ID_CHECKSUM: Final = _kind(
    "id-checksum",
    "校验码不符：至少有一位填错了。请对照证件逐位核对。",
    "The check digit does not fit: at least one digit is wrong. Compare it with the card.",
)
ID_REPEATED: Final = _kind(
    "id-repeated",
    "与第 {row} 行的身份号码相同。请核对是不是同一个人，改正其中一行。",
    "Row {row} has the same identity number. Check whether it is the same person.",
)
BIRTH_CONTRADICTS: Final = _kind(
    "birth-contradicts",
    "出生日期是 {found}，身份号码里是 {number}。请核对，改正其中一个。",
    "The date of birth is {found}; the identity number says {number}. Correct one of them.",
)
SEX_CONTRADICTS: Final = _kind(
    "sex-contradicts",
    "性别是{found}，身份号码里是{number}。请核对，改正其中一个。",
    "The sex is {found}; the identity number says {number}. Correct one of them.",
)
SEX_UNKNOWN: Final = _kind(
    "sex-unknown",
    "“{found}”不是性别。请填“男”或“女”。",
    "“{found}” is no sex. Write 男 or 女.",
)
NOT_A_DATE: Final = _kind(
    "not-a-date",
    "“{found}”看不懂是哪一天。请写成 2026-03-31 这样。",
    "“{found}” is no date. Write it like 2026-03-31.",
)
NO_SUCH_DAY: Final = _kind(
    "no-such-day",
    "{month} 月没有 {day} 日（{found}）。请改成实际日期。",
    "Month {month} has no day {day} ({found}). Write the actual date.",
)
NO_YEAR: Final = _kind(
    "no-year",
    "“{found}”没有写年份。请写上年份，例如 2026-03-31。",
    "“{found}” names no year. Write it, as in 2026-03-31.",
)
ZERO_LOST: Final = _kind(
    "zero-lost",
    "“{found}”可能是 {year} 年 1 月，也可能是 10 月（数字末尾的 0 会丢）。"
    "请写成 {year}-10 这样的文本。",
    "“{found}” may be January or October of {year} (a number loses its last 0). Write text such as"
    " {year}-10.",
)
NO_DAY: Final = _kind(
    "no-day",
    "“{found}”只有年月，没有日。请在问题里选定怎么处理，或改成完整日期。",
    "“{found}” has no day. Decide in the question, or write the whole date.",
)
NOT_A_MONTH: Final = _kind(
    "not-a-month",
    "“{found}”看不懂是哪个月。请写成 2026-03 这样。",
    "“{found}” is no month. Write it like 2026-03.",
)
IN_THE_FUTURE: Final = _kind(
    "in-the-future",
    "{found} 还没有到。请填今天（{today}）或以前。",
    "{found} lies in the future. Write today ({today}) or earlier.",
)
TOO_EARLY: Final = _kind(
    "too-early",
    "{found} 早得不像真的。请核对年份。",
    "{found} is too early to be true. Check the year.",
)
END_BEFORE_BEGINNING: Final = _kind(
    "end-before-beginning",
    "{found} 早于“{begin}”的 {first}。请改正其中一个。",
    "{found} is before “{begin}”, {first}. Correct one of them.",
)
JOINED_YOUNG: Final = _kind(
    "joined-young",
    "{born} 出生的人到 {adult} 才满 18 岁，入党日期 {found} 更早。请核对这两个日期。",
    "Born on {born}, the person was 18 on {adult}; {found} is earlier. Check both dates.",
)
FULL_BEFORE_JOINED: Final = _kind(
    "full-before-joined",
    "转正（{found}）不会早于入党（{joined}）。请核对这两个日期。",
    "Nobody becomes a full member ({found}) before joining ({joined}). Check both dates.",
)
NOT_AN_AMOUNT: Final = _kind(
    "not-an-amount",
    "“{found}”看不懂是多少钱。请只写数字，例如 25.50。",
    "“{found}” is no amount. Write digits only, such as 25.50.",
)
NOT_A_NUMBER: Final = _kind(
    "not-a-number",
    "“{found}”不是数字。请只写数字，例如 12。",
    "“{found}” is no number. Write digits only, such as 12.",
)
NOT_WHOLE: Final = _kind(
    "not-whole",
    "“{found}”不是整数。这里只能写整数，例如 12。",
    "“{found}” is not whole. Write a whole number such as 12.",
)
TOO_PRECISE: Final = _kind(
    "too-precise",
    "“{found}”的小数超过两位。最多写两位，例如 25.50。",
    "“{found}” has more than two decimals.",
)
TOO_LARGE: Final = _kind(
    "too-large",
    "“{found}”太大。整数部分最多 10 位。",
    "“{found}” is too large: at most ten digits before the point.",
)
NEGATIVE: Final = _kind(
    "negative",
    "“{found}”是负数。这里不能小于 0。",
    "“{found}” is negative; it cannot be below 0.",
)
NOT_A_BOOLEAN: Final = _kind(
    "not-a-boolean",
    "“{found}”看不出是还是否。请写“是”或“否”。",
    "“{found}” is neither yes nor no. Write 是 or 否.",
)
UNKNOWN_KIND: Final = _kind(
    "unknown-kind",
    "没有“{found}”这一项。请在问题里选定按哪一项导入，或改正这一格。",
    "“{found}” is not on the list. Choose in the question what it means, or correct the cell.",
)
UNKNOWN_STATUS: Final = _kind(
    "unknown-status",
    "没有“{found}”这种党员状态。请在问题里选定按哪一种导入，或改正这一格。",
    "There is no member status “{found}”. Choose in the question what it means, or correct the"
    " cell.",
)
TOO_LONG: Final = _kind(
    "too-long",
    "内容有 {n} 个字，最多 {most} 个。请缩短。",
    "The text has {n} characters; at most {most} are kept. Shorten it.",
)

# --- whom it is about ---------------------------------------------------------------------------

ORGANIZATION_UNKNOWN: Final = _kind(
    "organization-unknown",
    "没有组织“{found}”。请填组织的全称或代码。",
    "There is no organization “{found}”. Write its full name or its code.",
)
ORGANIZATION_MEANT: Final = _kind(
    "organization-meant",
    "没有组织“{found}”。是不是 {code}（{name}）？",
    "There is no organization “{found}”. Is {code} ({name}) meant?",
)
ORGANIZATION_AMBIGUOUS: Final = _kind(
    "organization-ambiguous",
    "“{found}”对得上 {n} 个组织：{names}。请填组织代码。",
    "“{found}” fits {n} organizations: {names}. Write the code.",
)
CYCLE: Final = _kind(
    "cycle",
    "上级关系成了圈：{found}。一个组织不能是自己的上级，请改正其中一个上级。",
    "The superiors form a circle: {found}. No organization stands above itself; correct one.",
)
MEMBER_UNKNOWN: Final = _kind(
    "member-unknown",
    "党员名册里没有“{found}”。请核对姓名，或先导入名册。",
    "The roster has no “{found}”. Check the name, or import the roster first.",
)
MEMBER_MEANT: Final = _kind(
    "member-meant",
    "{organization}没有“{found}”。是不是{name}？",
    "{organization} has no “{found}”. Is {name} meant?",
)
MEMBER_AMBIGUOUS: Final = _kind(
    "member-ambiguous",
    "“{found}”有 {n} 个人：{names}。请填党员编号或身份号码。",
    "{n} members are called “{found}”: {names}. Write the code or the identity number.",
)
SAID_OTHERWISE: Final = _kind(
    "said-otherwise",
    "这里是“{found}”，同一行的“{heading}”却是{other}的。请核对，改正其中一个。",
    "This says “{found}”, but “{heading}” in the same row is that of {other}. Correct one of them.",
)
COUNT_NOT_NAMES: Final = _kind(
    "count-not-names",
    "“{found}”是人数，不是姓名，这一格不导入。要登记到会情况请写姓名。",
    "“{found}” is a count, not names; this cell is not imported. Write names to enter attendance.",
)
NAMESAKE: Final = _kind(
    "namesake",
    "{organization}的名册里已有“{found}”（{code}），没有身份号码或出生日期可以核对，看不出是不是同一个人。"
    "请在问题里选定，或补上党员编号、出生日期。",
    "The roster of {organization} has a “{found}” ({code}); without birth or identity number to"
    " compare, this may be the same person or not. Decide in the question, or fill in the code or"
    " the birth.",
)
ORGANIZATION_NAMESAKE: Final = _kind(
    "organization-namesake",
    "已有同名组织 {codes}，上级与这一行不同。请在问题里选定是新组织还是原来的，或填组织代码。",
    "There is an organization of this name ({codes}) with another superior. Decide in the question"
    " whether this is a new one, or write the code.",
)
NOT_A_MEMBER: Final = _kind(
    "not-a-member",
    "任职的“{found}”不在党员名册里。请核对姓名；确实由名册外的人担任，请在问题里选定。",
    "The holder “{found}” is not on the roster. Check the name, or decide in the question that"
    " somebody from outside holds the post.",
)

# --- lines --------------------------------------------------------------------------------------

REPEATED: Final = _kind(
    "repeated",
    "与第 {row} 行相同，跳过。",
    "The same as row {row}; it is passed over.",
)
CONTRADICTS_ROW: Final = _kind(
    "contradicts-row",
    "与第 {row} 行说的是同一条记录（{key}），内容不同。请留下其中一行。",
    "Row {row} is the same record ({key}) with other contents. Keep one of them.",
)
DUES_TWICE: Final = _kind(
    "dues-twice",
    "{name} {month} 的党费与第 {row} 行重复。请合并成一行。",
    "The dues of {name} for {month} stand in row {row}, too. Make one row of them.",
)
MORE_PRESENT: Final = _kind(
    "more-present",
    "实到 {found} 人多于应到 {expected} 人。请核对，或把列席人数另记。",
    "{found} present are more than {expected} expected. Check them.",
)
MORE_MET: Final = _kind(
    "more-than-all",
    "“{part}”{found} 多于“{whole}”{of}。请核对。",
    "“{part}”, {found}, is more than “{whole}”, {of}. Check them.",
)
TERM_OVERLAPS: Final = _kind(
    "term-overlaps",
    "与第 {row} 行的届期（{first} 至 {last}）重叠。请先给前一届填实际届满日期。",
    "It overlaps the term of row {row} ({first} to {last}). End the earlier one first.",
)
BEYOND: Final = _kind(
    "beyond-table",
    "这一格在表格以外（这一列没有表头），内容“{found}”不会导入。是不是错了列？",
    "This cell lies outside the table (the column has no heading); “{found}” is not imported."
    " Have cells shifted?",
)
AFTER_FOOT: Final = _kind(
    "after-foot",
    "这一行在合计或签字（第 {row} 行）以下。请在问题里选定是否导入。",
    "This row stands below the total or signature (row {row}). Decide in the question.",
)
HIDDEN: Final = _kind(
    "hidden-row",
    "这一行在表格里是隐藏的。请在问题里选定是否导入。",
    "This row is hidden in the spreadsheet. Decide in the question.",
)
NOTHING: Final = _kind(
    "nothing-said",
    "这一行没有一格可以导入。",
    "Nothing in this row can be imported.",
)

# --- questions ----------------------------------------------------------------------------------

ASK_HIDDEN_ROWS: Final = _kind(
    "ask-hidden-rows",
    "有 {n} 行在表格里是隐藏的，导入吗？",
    "{n} rows are hidden in the spreadsheet. Import them?",
)
ASK_HIDDEN_COLUMN: Final = _kind(
    "ask-hidden-column",
    "{column} 列“{heading}”在表格里是隐藏的，导入吗？",
    "Column {column}, “{heading}”, is hidden in the spreadsheet. Import it?",
)
ASK_AFTER_FOOT: Final = _kind(
    "ask-after-foot",
    "有 {n} 行在合计或签字以下，导入吗？",
    "{n} rows stand below the total or signature. Import them?",
)
ASK_KIND: Final = _kind(
    "ask-kind",
    "“{heading}”里的“{found}”按哪一项导入？",
    "What does “{found}” in “{heading}” mean?",
)
ASK_NO_DAY: Final = _kind(
    "ask-no-day",
    "“{heading}”里有 {n} 个日期只有年月，怎么处理？",
    "{n} dates in “{heading}” have no day. What shall be done?",
)
ASK_OUTSIDE: Final = _kind(
    "ask-outside",
    "“{found}”不在党员名册里，仍登记为任职的人吗？",
    "“{found}” is not on the roster. Enter the post all the same?",
)
ASK_STATUS: Final = _kind(
    "ask-status",
    "有 {n} 行没有写党员状态，这些人是什么状态？",
    "{n} rows name no member status. What are these people?",
)
STATUS_MISSING: Final = _kind(
    "status-missing",
    "没有写党员状态。请在问题里选定，或补上“预备”“正式”。",
    "There is no member status. Decide in the question, or fill it in.",
)
ASK_YEAR: Final = _kind(
    "ask-year",
    "有 {n} 行的日期或月份没有写年份，是哪一年？",
    "The dates or months of {n} rows name no year. Which year is it?",
)
ASK_NAMESAKE: Final = _kind(
    "ask-namesake",
    "有 {n} 行与名册里的人同名同支部，又没有身份号码或出生日期可以核对，怎么处理？",
    "{n} rows have the name of somebody on the roster of the same branch, and no identity number"
    " or birth to compare. What shall be done?",
)
ASK_ORGANIZATION_NAMESAKE: Final = _kind(
    "ask-organization-namesake",
    "有 {n} 行的组织名称已经有了，但上级不同，是新组织还是原来的组织？",
    "The organizations of {n} rows have names that are there below another superior. Are they new"
    " or the ones that are there?",
)
