"""The words of the terminal, in Chinese and English, one place each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from jinwei.engine.catalogue import TABLES, Column
from jinwei.engine.faults import EN, ZH
from jinwei.engine.totals import half_up
from jinwei.norms import code_words

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # states, as on screen
    "met": ("已达标", "met"),
    "on_track": ("进行中", "on track"),
    "pending": ("未到期", "not yet due"),
    "missed": ("已失分", "missed"),
    "awaiting": ("待评定", "awaiting judgement"),
    "not_applicable": ("不适用", "not applicable"),
    "exempt": ("已豁免", "exempt"),
    # windows
    # the table
    "organization": ("组织", "Organization"),
    "member": ("党员", "Member"),
    "code": ("代码", "Code"),
    "score": ("得分", "Score"),
    "potential": ("届满可达", "Potential"),
    "stars": ("星级", "Stars"),
    "grade": ("等次", "Grade"),
    "missed_count": ("已失分项", "Missed"),
    "awaiting_count": ("待评定项", "Awaiting"),
    "not_rated": ("尚未评定", "not rated"),
    "median_score": ("中位得分", "Median score"),
    "median_potential": ("中位可达", "Median potential"),
    "stars_of_all": ("星级分布", "Stars"),
    "count": ("个数", "Count"),
    "missed_in_all": ("失分项合计", "Missed in all"),
    "awaiting_in_all": ("待评定合计", "Awaiting in all"),
    "basis": (
        "{title}（{version}） · 期间 {first} 至 {last} · 数据截至 {as_of}",
        "{title} ({version}) · period {first} to {last} · data as of {as_of}",
    ),
    "no_subjects": (
        "这一天没有适用本标准的组织或党员。",
        "On this day the standard applies to nobody.",
    ),
    "no_subject": (
        "“{code}”在 {as_of} 不适用本标准，或者没有这个代码。",
        "“{code}” is no subject of this standard on {as_of}, or there is no such code.",
    ),
    "folded": (
        "下级已合并显示，用 --under {code} 展开一个，用 --all 全部列出。",
        "Organizations below are folded; --under {code} opens one, --all lists all.",
    ),
    # explanations
    "of_points": ("{earned} / {points} 分", "{earned} of {points} points"),
    "lost_points": ("扣 {lost} 分（最多扣 {most} 分）", "{lost} taken off (at most {most})"),
    "rows_counted": ("依据的记录（{n} 条）", "Rows that counted ({n})"),
    "rows_failed": ("不符合的记录（{n} 条）", "Rows that did not meet it ({n})"),
    "members_done": ("已达到的党员 {n} 名", "{n} members reached it"),
    "members_missing": ("还差的党员（{n} 名）", "Members still short ({n})"),
    "no_rows": ("还没有记录。", "No rows yet."),
    "windows": ("各时段", "Windows"),
    "values_missing": ("还缺：{items}", "Still missing: {items}"),
    "chance_window": (
        "{window}：最迟 {by}，还差 {short} 次，未办将失 {worth} 分",
        "{window}: by {by}, {short} to go, {worth} points at stake",
    ),
    "chance_by": (
        "最迟 {by} 办齐，可得 {worth} 分{short}",
        "by {by}, worth {worth} points{short}",
    ),
    "chance_now": (
        "现在办好即可得 {worth} 分{short}",
        "at once, worth {worth} points{short}",
    ),
    "short": ("（还差 {short}）", " ({short} to go)"),
    "more_windows": ("以后还有 {n} 个时段", "and {n} more windows after that"),
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
    "summary": (
        "得分 {score}，届满可达 {potential}，{stars}。{missed} 项已失分，{awaiting} 项待评定。",
        "Score {score}, potential {potential}, {stars}. {missed} missed, {awaiting} awaiting.",
    ),
    "summary_sum": (
        "积分 {score}。{missed} 项已失分，{awaiting} 项待评定。",
        "{score} points. {missed} missed, {awaiting} awaiting.",
    ),
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
    "first_to_do": ("先办这几件", "Do these first"),
    "todo": (
        "{worth:>6} 分  {by}  {id} {title}{window}",
        "{worth:>6} points  {by}  {id} {title}{window}",
    ),
    "at_once": ("现在", "now"),
    "part": ("第 {n} 部分", "Part {n}"),
    # faults
    "faults": ("{n} 处错误：", "Faults: {n}"),
    "standard_ok": (
        "{title}（{id} {version}）没有错误：{dimensions} 个方面，{indicators} 项指标。",
        "{title} ({id} {version}) has no fault: {dimensions} dimensions, {indicators} indicators.",
    ),
    "dataset_ok": ("数据没有错误：{tables}。", "The data set has no fault: {tables}."),
    "unknown_standard": (
        "没有“{name}”这个标准：没有这个文件，也不是随附标准。{nearest}随附的有：{ids}。",
        "There is no standard “{name}”: no such file, nor a shipped one. {nearest}Shipped: {ids}.",
    ),
    "did_you_mean": ("您要写的也许是 {name}。", "Did you mean {name}? "),
    "nothing_yet": (
        "这个期间还没有到期的项目。要看以前的期间，请用 --period 写明其中任意一天。",
        "Nothing is due yet in this period. For an earlier one name any day in it with --period.",
    ),
    "making": ("正在生成演示数据……", "Making the demo data …"),
    "scoring": ("正在计分……", "Scoring …"),
    "bad_date": (
        "“{found}”不是日期，请写成 2026-03-31 这样。",
        "“{found}” is no date; write it like 2026-03-31.",
    ),
    "bad_setting": (
        "“{found}”应当写成 参数=数，例如 fund_floor=800。",
        "“{found}” must be PARAMETER=NUMBER, for example fund_floor=800.",
    ),
    "still_referred": (
        "没有导入：有的组织采用了标准，新数据里却没有它。系统里的数据没有变。",
        (
            "Nothing was imported: an organization that adopted a standard is missing from the new"
            " data. The installation is as it was."
        ),
    ),
    "edition_taken": (
        "{edition} 已经安装，文本却不一样；改了标准请换一个版本号（version）。",
        "{edition} is installed with another text; a changed standard needs a new version.",
    ),
    "adopted": (
        "{code} 及其下级已采用《{title}》{version}。",
        "{code} and all below it now work to “{title}” {version}.",
    ),
    "nothing_adopted": (
        "还没有采用任何标准，请先运行 jinwei adopt。",
        "No standard is adopted yet; run jinwei adopt first.",
    ),
    "reckoned": ("{adoption}：{n} 个，变动 {changed} 个", "{adoption}: {n}, {changed} changed"),
    "earlier_day": (
        "{adoption} 已经算到更晚的日子，不能再退回 {as_of}。",
        "{adoption} is reckoned to a later day; it does not go back to {as_of}.",
    ),
    "unknown_organization": ("没有组织“{code}”。", "There is no organization “{code}”."),
    "folder_taken": (
        "“{path}”里已经有文件，请换一个空文件夹。",
        "“{path}” holds files already; choose an empty folder.",
    ),
    "no_database": (
        "用 PostgreSQL 计算时，请用 --database 或环境变量 {variable} 写明连接串。",
        "To score in PostgreSQL, name a connection string with --database or {variable}.",
    ),
    "database_away": ("连不上数据库：{reason}", "The database cannot be reached: {reason}"),
    "bad_env": (
        "设置 {name} 的值“{value}”不行，可以用：{allowed}。",
        "The setting {name} cannot be “{value}”; allowed: {allowed}.",
    ),
    "migrated": ("数据库已是最新。", "The database is up to date."),
    "not_migrated": (
        "数据库还没有更新，请先运行 jinwei migrate。",
        "The database is not up to date; run jinwei migrate first.",
    ),
    "not_empty": (
        "系统里已经有数据。要用新数据全部替换，请加 --replace。",
        "The installation holds data already; --replace puts the new data in its place.",
    ),
    "imported": ("已导入 {rows} 行。", "{rows} rows imported."),
    "identity_numbers_left_out": (
        "{n} 个公民身份号码没有导入。",
        "{n} identity numbers were left out.",
    ),
    "nothing_to_export": ("系统里还没有数据。", "The installation holds no data yet."),
    "written": ("已写出 {rows} 行到 {path}", "{rows} rows written to {path}"),
}


_TIERS: Final = {
    "basic": ("基本", "basic"),
    "regulated": ("规范", "regulated"),
    "innovative": ("创新", "innovative"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Says things in one language."""

    language: str = ZH

    def __call__(self, key: str, **values: object) -> str:
        zh, en = _WORDS[key]
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
        return column.name.replace("_", " ") if self.english else column.heading

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
