"""The words of figures, in Chinese and English, one place each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final

from jinwei.engine.catalogue import TABLES, Column
from jinwei.engine.faults import EN, ZH
from jinwei.engine.totals import half_up
from jinwei.norms import code_words

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "met": ("已达标", "met"),
    "on_track": ("进行中", "on track"),
    "pending": ("未到期", "not yet due"),
    "missed": ("已失分", "missed"),
    "awaiting": ("待评定", "awaiting judgement"),
    "not_applicable": ("不适用", "not applicable"),
    "exempt": ("已豁免", "exempt"),
    "not_rated": ("尚未评定", "not rated"),
    "of_points": ("{earned} / {points} 分", "{earned} of {points} points"),
    "lost_points": ("扣 {lost} 分（最多扣 {most} 分）", "{lost} taken off (at most {most})"),
    "rows_counted": ("依据的记录（{n} 条）", "Rows that counted ({n})"),
    "rows_failed": ("不符合的记录（{n} 条）", "Rows that did not meet it ({n})"),
    "members_done": ("已达到的党员 {n} 名", "{n} members reached it"),
    "members_missing": ("还差的党员（{n} 名）", "Members still short ({n})"),
    "no_rows": ("还没有记录。", "No rows yet."),
    "windows_missing": ("没有完成：{items}", "Not done: {items}"),
    "values_missing": ("还缺：{items}", "Still missing: {items}"),
    "chance_window": (
        "{window}：最迟 {by}，还差 {short} 次，未办将失 {worth} 分",
        "{window}: by {by}, {short} to go, {worth} points at stake",
    ),
    "chance_by": (
        "最迟 {by}办齐，可得 {worth} 分{short}",
        "by {by}, worth {worth} points{short}",
    ),
    "chance_now": (
        "现在办好即可得 {worth} 分{short}",
        "at once, worth {worth} points{short}",
    ),
    "short": ("（还差 {short}）", " ({short} to go)"),
    "more_windows": ("以后还有 {n} 个时段", "and {n} more windows after that"),
    "rises_later": (
        "已有的记录不能补，以后的记录还能提高这一项。",
        "What is past cannot be mended; rows still to come raise it.",
    ),
    "nothing_to_do": ("这一项已不可补。", "Nothing can be done about this one any more."),
    "wait_for_judge": (
        "等考评人员评定，评定前不计入得分。",
        "Waiting for the assessor; not reckoned until then.",
    ),
    "remedy": ("办法：登记{record}{columns}", "Remedy: record {record}{columns}"),
    "in_brackets": ("（{text}）", " ({text})"),
    "rule": ("依据", "Rule"),
    "article": ("第 {article} 条", "article {article}"),
    "verified": ("已核对原文", "checked against the text"),
    "unverified": ("未核对原文", "not checked against the text"),
    "local": ("地方规定", "local rule"),
    "practice": ("通行做法", "practice"),
    "exempted": ("豁免记录：{ids}", "exempted by: {ids}"),
    "vetoed": ("否决：{title}，星级不高于 {stars} 星", "Veto: {title}, at most {stars} stars"),
    "more_rows": ("…… 另有 {n} 条", "… and {n} more"),
    "n_stars": ("{n} 星（共 5 星）", "{n} of 5 stars"),
    "next_stars": ("升到 {n} 星：", "For {n} stars: "),
    "needs_score": ("得分要 {score}（{enough}）", "score {score} ({enough})"),
    "needs_tier": (
        "{tier}层级已到期 {owed} 项中 {good} 项做到，要 {share}%（{enough}{missed}）",
        "{tier} tier {good} of {owed} owed, {share}% required ({enough}{missed})",
    ),
    "enough": ("已够", "reached"),
    "not_enough": ("不够", "not reached"),
    "tier_missed": ("，差 {ids}", ", missing {ids}"),
    "part": ("第 {n} 部分", "Part {n}"),
}

_TIERS: Final = {
    "basic": ("基本", "basic"),
    "regulated": ("规范", "regulated"),
    "innovative": ("创新", "innovative"),
    "floor": ("底线", "floor"),
}

_COLUMNS: Final = {
    "answered": "valid votes",
    "awarded_on": "date awarded",
    "birth_on": "date of birth",
    "booked_on": "date booked",
    "checked_on": "date of the check",
    "closed_on": "date closed",
    "committee_size": "size of the committee",
    "dissolved_on": "date dissolved",
    "due_on": "due date",
    "elected_on": "date of election",
    "ended_on": "end date",
    "established_on": "date established",
    "expires_on": "end of the term",
    "filed_on": "date filed",
    "finished_on": "date finished",
    "for_on": "day judged",
    "from_on": "from",
    "full_on": "date of full membership",
    "full_time": "full-time",
    "full_time_staff": "full-time staff",
    "held_on": "date held",
    "id_number": "ID number",
    "joined_on": "date of joining the Party",
    "judged_on": "date of the judgement",
    "left_on": "date of leaving",
    "occurred_on": "date of the event",
    "opened_on": "date opened",
    "paid_on": "date paid",
    "parent": "superior organization",
    "phone": "phone number",
    "recorded_on": "date recorded",
    "satisfied": "satisfied votes",
    "started_on": "start date",
    "suspended_on": "date of suspension",
    "term_expires_on": "end of the term",
    "to_on": "to",
}
"""English headings of columns whose names with spaces say too little."""


@dataclass(frozen=True, slots=True)
class Words:
    """Says things in one language; a place with texts of its own adds them to ``texts``."""

    language: str = ZH

    texts: ClassVar[Mapping[str, tuple[str, str]]] = TEXTS

    def __call__(self, key: str, **values: object) -> str:
        zh, en = self.texts[key]
        return (en if self.language == EN else zh).format(**values)

    @property
    def english(self) -> bool:
        return self.language == EN

    @property
    def colon(self) -> str:
        return ": " if self.english else "："

    @property
    def semicolon(self) -> str:
        return "; " if self.english else "；"

    @property
    def comma(self) -> str:
        return ", " if self.english else "、"

    def table(self, name: str) -> str:
        return name if self.english else TABLES[name].heading

    def column(self, column: Column) -> str:
        if self.english:
            return _COLUMNS.get(column.name) or column.name.replace("_", " ")
        return column.heading

    def value(self, table: str, column: Column, value: object) -> str:
        """A cell as a person reads it: codes in words, amounts in their unit."""
        if column.kind == "boolean":
            yes = bool(value)
            return ("yes" if yes else "no") if self.english else ("是" if yes else "否")
        if column.kind == "hundredths" and isinstance(value, int):
            return number(Fraction(value, 100))
        text = str(value)
        if column.codes is not None and text in column.codes:
            return text.replace("_", " ") if self.english else column.codes[text]
        said = code_words().get(table, {}).get(column.name, {}).get(text)
        return said[self.language] if said else text

    def tier(self, tier: str) -> str:
        return _TIERS.get(tier, (tier, tier))[self.english]

    def day(self, day: dt.date) -> str:
        return f"{day.day} {day:%b %Y}" if self.english else f"{day.month} 月 {day.day} 日"

    def window(self, first: dt.date, last: dt.date) -> str:
        """A window in words: a month, a quarter, half a year, a year, or its days."""
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        whole = first.day == 1 and (last + dt.timedelta(days=1)).day == 1
        if whole and months == 1:
            return f"{first:%b %Y}" if self.english else f"{first.month} 月"
        if whole and months == 3 and first.month % 3 == 1:
            quarter = first.month // 3
            names = "一二三四"
            return f"Q{quarter + 1} {first.year}" if self.english else f"{names[quarter]}季度"
        if whole and months == 6 and first.month in (1, 7):
            half = first.month // 7
            return f"half {half + 1} of {first.year}" if self.english else f"{'上下'[half]}半年"
        if whole and months == 12 and first.month == 1:
            return f"{first.year}" if self.english else f"{first.year} 年"
        return f"{first} – {last}" if self.english else f"{first} 至 {last}"


def points(hundredths: int | None) -> str:
    """Points with two decimals; a dash where there are none."""
    return "–" if hundredths is None else f"{hundredths / 100:.2f}"


def exact_points(value: Fraction) -> str:
    return points(half_up(value * 100))


def number(value: Fraction | None) -> str:
    """A number without needless decimals, at most two."""
    if value is None:
        return "–"
    text = f"{half_up(value * 100) / 100:.2f}"
    return text.rstrip("0").rstrip(".")
