"""The fact tables that standards may speak of: names, columns, types, codes, date columns.

Source: docs/reference/facts.md. Everything that must know a table reads it here: the checks of a
standard, the compiler, the data set reader and the generated reference.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

TEXT: Final = "text"
CODE: Final = "code"
REFERENCE: Final = "reference"
DATE: Final = "date"
WHOLE: Final = "whole"
HUNDREDTHS: Final = "hundredths"
BOOLEAN: Final = "boolean"
MONTH: Final = "month"

SCALE: Final = {HUNDREDTHS: 100, WHOLE: 1}
"""How many stored units make one unit that a standard speaks (1 yuan = 100 cents)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a fact table.

    ``kind`` is one of the type names of this module. A ``hundredths`` column is an integer in the
    views (cents, hundredths of an hour or a point) and yuan, hours or points in standards and data
    sets. ``codes`` maps each shipped code to its Chinese word. ``derived`` columns are computed by
    the engine at the day and never typed; ``stands_in_view`` tells the two that the views hold all
    the same. ``guarded`` columns are in data sets but in no view and in no standard.
    ``validity`` columns bound a validity or a deadline: a day before them already knows them.
    """

    name: str
    heading: str
    kind: str = TEXT
    codes: dict[str, str] | None = field(default=None, hash=False)
    refers_to: str | None = None
    required: bool = False
    derived: bool = False
    stands_in_view: bool = True
    guarded: bool = False

    @property
    def validity(self) -> bool:
        return self.name in VALIDITY

    @property
    def numeric(self) -> bool:
        return self.kind in SCALE

    @property
    def scale(self) -> int:
        """Stored units in one unit of a standard; 1 where the column is no amount."""
        return SCALE.get(self.kind, 1)


@dataclass(frozen=True, slots=True)
class Table:
    """One fact table: its columns in order, its key, the column that dates its rows.

    ``since`` is the column before which a row seen by its due date is not yet known.
    """

    name: str
    heading: str
    columns: tuple[Column, ...]
    key: str | None = None
    date: str | None = None
    since: str | None = None
    ends: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> Column | None:
        return next((c for c in self.columns if c.name == name), None)

    @property
    def stored(self) -> tuple[Column, ...]:
        """What a data set holds, in order."""
        return tuple(c for c in self.columns if not c.derived)

    @property
    def viewed(self) -> tuple[Column, ...]:
        """What the view ``fact_<table>`` holds beside ``row_id`` and ``row_order``, in order."""
        return tuple(c for c in self.columns if c.stands_in_view and not c.guarded)

    @property
    def named(self) -> tuple[Column, ...]:
        """What a standard may name."""
        return tuple(c for c in self.columns if not c.guarded)

    @property
    def is_fact(self) -> bool:
        """``organization``, ``member``, ``membership`` and ``superior`` are no facts."""
        return self.date is not None


VALIDITY: Final = frozenset(
    (
        "due_on",
        "expires_on",
        "term_expires_on",
        "established_on",
        "dissolved_on",
        "joined_on",
        "full_on",
        "here_since",
        "suspended_on",
        "left_on",
        "started_on",
        "from_on",
        "to_on",
        "for_on",
    )
)
"""Date columns that a past day reads as they stand, though they lie after it (section 3)."""

ORGANIZATION_KINDS: Final = {
    "work_committee": "工委",
    "leading_group": "党组",
    "committee": "党委",
    "general_branch": "总支",
    "branch": "支部",
    "joint_branch": "联合支部",
    "temporary_branch": "临时支部",
    "group": "党小组",
}
SECTORS: Final = {
    "office": "机关",
    "public_institution": "事业单位",
    "state_enterprise": "国企",
    "private_enterprise": "非公企业",
    "social_organization": "社会组织",
    "village": "村",
    "community": "社区",
    "street": "街道",
    "township": "乡镇",
    "school": "学校",
    "other": "其他",
}
MEMBER_STATUSES: Final = {
    "probationary": "预备",
    "full": "正式",
    "suspended": "停止党籍",
    "left": "已离开",
}
MEMBER_CATEGORIES: Final = {
    "backbone": "骨干",
    "ordinary": "普通",
    "mobile": "流动",
    "special": "特殊",
}
POSTS: Final = {
    "secretary": "书记",
    "deputy_secretary": "副书记",
    "first_secretary": "第一书记",
    "trainee_secretary": "见习书记",
    "organization": "组织委员",
    "publicity": "宣传委员",
    "discipline": "纪检委员",
    "committee_member": "委员",
    "organizer": "组织员",
    "staff": "党务干部",
}
COMMITTEE_POSTS: Final = (
    "secretary",
    "deputy_secretary",
    "organization",
    "publicity",
    "discipline",
    "committee_member",
)
MEETING_KINDS: Final = {
    "branch_meeting": "党员大会",
    "committee_meeting": "支委会",
    "group_meeting": "党小组会",
    "lecture": "党课",
    "theme_day": "主题党日",
    "life_meeting": "组织生活会",
    "democratic_life_meeting": "民主生活会",
    "appraisal": "民主评议",
    "study": "集中学习",
    "first_topic": "第一议题",
    "other": "其他",
}
ATTENDANCE: Final = {"present": "到会", "late": "迟到", "leave": "请假", "absent": "缺席"}
GRADES: Final = {
    "excellent": "优秀",
    "qualified": "合格",
    "basic": "基本合格",
    "unqualified": "不合格",
}
FUND_KINDS: Final = {
    "budget": "预算",
    "allocated": "拨付",
    "spent": "支出",
    "returned": "党费返还",
}
PROJECT_KINDS: Final = {
    "breakthrough": "书记突破项目",
    "brand": "党建品牌",
    "key_task": "重点任务",
    "method": "支部工作法",
}
HONOR_LEVELS: Final = {
    "national": "国家级",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "unit": "单位",
}


def _organization(required: bool = True) -> Column:
    return Column(
        "organization", "组织代码", REFERENCE, refers_to="organization", required=required
    )


def _member(required: bool = True) -> Column:
    return Column("member", "党员编号", REFERENCE, refers_to="member", required=required)


_TABLES: Final = (
    Table(
        "organization",
        "组织",
        (
            Column("code", "组织代码", required=True),
            Column("name", "组织名称", required=True),
            Column("parent", "上级组织代码", REFERENCE, refers_to="organization"),
            Column("kind", "组织类别", CODE, ORGANIZATION_KINDS, required=True),
            Column("sector", "领域", CODE, SECTORS),
            Column("region", "行政区划代码"),
            Column("established_on", "成立日期", DATE),
            Column("dissolved_on", "撤销日期", DATE),
            Column("term_expires_on", "届满日期", DATE, derived=True, stands_in_view=False),
            Column("members", "党员数", WHOLE, derived=True, stands_in_view=False),
            Column("full_members", "正式党员数", WHOLE, derived=True, stands_in_view=False),
            Column("groups", "党小组数", WHOLE, derived=True, stands_in_view=False),
            Column("full_time_staff", "专职党务干部数", WHOLE, derived=True, stands_in_view=False),
            Column("committee_size", "班子人数", WHOLE, derived=True, stands_in_view=False),
        ),
        key="code",
        ends=(("established_on", "dissolved_on"),),
    ),
    Table(
        "member",
        "党员",
        (
            Column("code", "党员编号", required=True),
            Column("name", "姓名"),
            Column("sex", "性别"),
            Column("ethnicity", "民族"),
            Column("birth_on", "出生日期", DATE),
            Column("id_number", "公民身份号码", guarded=True),
            Column("education", "学历"),
            Column("phone", "手机号码", guarded=True),
            Column("occupation", "职业/岗位"),
            Column(
                "organization", "所在支部代码", REFERENCE, refers_to="organization", required=True
            ),
            Column("status", "党员状态", CODE, MEMBER_STATUSES, required=True),
            Column("category", "积分类别", CODE, MEMBER_CATEGORIES),
            Column("joined_on", "入党日期", DATE),
            Column("full_on", "转正日期", DATE),
            Column("here_since", "转入日期", DATE),
            Column("suspended_on", "停止党籍日期", DATE),
            Column("left_on", "离开日期", DATE),
            Column("mobile", "流动党员", BOOLEAN),
        ),
        key="code",
        ends=(("joined_on", "full_on"), ("joined_on", "left_on"), ("here_since", "left_on")),
    ),
    Table(
        "membership",
        "党员隶属",
        (
            _member(),
            _organization(),
            Column("from_on", "自", DATE),
            Column("to_on", "至", DATE),
        ),
        ends=(("from_on", "to_on"),),
    ),
    Table(
        "superior",
        "上级关系",
        (
            _organization(),
            Column("parent", "上级组织代码", REFERENCE, refers_to="organization", required=True),
            Column("from_on", "自", DATE),
            Column("to_on", "至", DATE),
            Column("purpose", "用途"),
        ),
        ends=(("from_on", "to_on"),),
    ),
    Table(
        "term",
        "届期",
        (
            _organization(),
            Column("started_on", "届期起", DATE),
            Column("expires_on", "届期止", DATE),
            Column("elected_on", "选举日期", DATE),
            Column("ended_on", "实际届满", DATE),
        ),
        date="started_on",
        since="started_on",
        ends=(("started_on", "expires_on"), ("started_on", "ended_on")),
    ),
    Table(
        "post",
        "任职",
        (
            _organization(),
            # The holder may stand outside the roster (a first secretary sent from elsewhere).
            Column("member", "党员编号", TEXT, required=True),
            Column("post", "职务", CODE, POSTS, required=True),
            Column("started_on", "任职日期", DATE),
            Column("ended_on", "免职日期", DATE),
            Column("full_time", "专职", BOOLEAN),
            Column("administrative_post", "行政职务"),
        ),
        date="started_on",
        since="started_on",
        ends=(("started_on", "ended_on"),),
    ),
    Table(
        "meeting",
        "会议",
        (
            Column("code", "编号", required=True),
            _organization(),
            Column("kind", "类型", CODE, MEETING_KINDS, required=True),
            Column("held_on", "日期", DATE),
            Column("topic", "议题"),
            Column("led_by", "主持/主讲人"),
            Column("expected", "应到", WHOLE),
            Column("attended", "实到", WHOLE),
            Column("recorded_on", "录入日期", DATE),
        ),
        key="code",
        date="held_on",
    ),
    Table(
        "attendance",
        "到会",
        (
            Column("meeting", "会议编号", REFERENCE, refers_to="meeting", required=True),
            _member(),
            Column("status", "到会情况", CODE, ATTENDANCE, required=True),
            Column("organization", "组织代码", REFERENCE, refers_to="organization", derived=True),
            Column("held_on", "日期", DATE, derived=True),
            Column("kind", "类型", CODE, MEETING_KINDS, derived=True),
            Column("topic", "议题", derived=True),
        ),
        date="held_on",
    ),
    Table(
        "dues",
        "党费",
        (
            _member(),
            _organization(),
            Column("month", "月份", MONTH, required=True),
            Column("due", "应交", HUNDREDTHS),
            Column("paid", "实交", HUNDREDTHS),
            Column("paid_on", "交纳日期", DATE),
            Column("due_on", "应交日期", DATE, derived=True),
        ),
        date="due_on",
    ),
    Table(
        "talk",
        "谈心谈话",
        (
            _organization(),
            Column("member", "谈话人", REFERENCE, refers_to="member"),
            Column("with_member", "谈话对象", REFERENCE, refers_to="member"),
            Column("held_on", "日期", DATE),
            Column("kind", "类型"),
        ),
        date="held_on",
    ),
    Table(
        "training",
        "培训",
        (
            _member(),
            _organization(required=False),
            Column("held_on", "日期", DATE),
            Column("hours", "学时", HUNDREDTHS),
            Column("kind", "类型"),
        ),
        date="held_on",
    ),
    Table(
        "service",
        "志愿服务",
        (
            _member(),
            _organization(required=False),
            Column("held_on", "日期", DATE),
            Column("hours", "时长", HUNDREDTHS),
            Column("kind", "类型"),
        ),
        date="held_on",
    ),
    Table(
        "appraisal",
        "民主评议结果",
        (
            _member(),
            _organization(required=False),
            Column("held_on", "日期", DATE),
            Column("grade", "等次", CODE, GRADES, required=True),
        ),
        date="held_on",
    ),
    Table(
        "fund",
        "经费",
        (
            _organization(),
            Column("booked_on", "日期", DATE),
            Column("kind", "类型", CODE, FUND_KINDS, required=True),
            Column("amount", "金额", HUNDREDTHS),
            Column("subject", "科目"),
        ),
        date="booked_on",
    ),
    Table(
        "filing",
        "材料",
        (
            _organization(required=False),
            _member(required=False),
            Column("kind", "材料类别"),
            Column("title", "标题"),
            Column("filed_on", "提交日期", DATE),
            Column("due_on", "应交日期", DATE),
        ),
        date="filed_on",
    ),
    Table(
        "venue",
        "场所",
        (
            _organization(),
            Column("kind", "场所类型"),
            Column("checked_on", "检查日期", DATE),
            Column("items_required", "应有项", WHOLE),
            Column("items_met", "达标项", WHOLE),
        ),
        date="checked_on",
    ),
    Table(
        "project",
        "项目",
        (
            _organization(),
            Column("kind", "类别", CODE, PROJECT_KINDS, required=True),
            Column("title", "名称"),
            Column("started_on", "开始", DATE),
            Column("due_on", "时限", DATE),
            Column("finished_on", "完成", DATE),
        ),
        date="started_on",
        since="started_on",
        ends=(("started_on", "due_on"), ("started_on", "finished_on")),
    ),
    Table(
        "honor",
        "荣誉",
        (
            _organization(required=False),
            _member(required=False),
            Column("level", "级别", CODE, HONOR_LEVELS, required=True),
            Column("title", "名称"),
            Column("awarded_on", "授予日期", DATE),
        ),
        date="awarded_on",
    ),
    Table(
        "incident",
        "事件",
        (
            _organization(required=False),
            _member(required=False),
            Column("kind", "类型"),
            Column("level", "级别"),
            Column("occurred_on", "日期", DATE),
        ),
        date="occurred_on",
    ),
    Table(
        "rectification",
        "整改",
        (
            Column("code", "编号", required=True),
            _organization(),
            Column("source", "来源"),
            Column("title", "问题"),
            Column("opened_on", "立项日期", DATE),
            Column("due_on", "时限", DATE),
            Column("closed_on", "销号日期", DATE),
            Column("accepted", "验收", BOOLEAN),
        ),
        key="code",
        date="opened_on",
        since="opened_on",
        ends=(("opened_on", "due_on"), ("opened_on", "closed_on")),
    ),
    Table(
        "survey",
        "测评",
        (
            _organization(),
            Column("held_on", "日期", DATE),
            Column("kind", "类型"),
            Column("answered", "有效票", WHOLE),
            Column("satisfied", "满意票", WHOLE),
        ),
        date="held_on",
    ),
    Table(
        "case",
        "程序",
        (
            Column("code", "编号", required=True),
            _organization(),
            _member(required=False),
            Column("procedure", "程序", required=True),
            Column("opened_on", "开始", DATE),
            Column("due_on", "时限", DATE),
            Column("closed_on", "办结", DATE),
            Column("outcome", "结果"),
        ),
        key="code",
        date="opened_on",
        since="opened_on",
        ends=(("opened_on", "due_on"), ("opened_on", "closed_on")),
    ),
    Table(
        "judgement",
        "评定",
        (
            Column("standard", "标准", required=True),
            Column("indicator", "指标", required=True),
            _organization(required=False),
            _member(required=False),
            Column("judged_on", "评定日期", DATE),
            Column("for_on", "所评日期", DATE),
            Column("level", "等次"),
            Column("points", "得分", HUNDREDTHS),
            Column("judge", "评定人"),
        ),
        date="judged_on",
    ),
    Table(
        "exemption",
        "豁免",
        (
            Column("standard", "标准", required=True),
            Column("indicator", "指标"),
            _organization(required=False),
            _member(required=False),
            Column("from_on", "自", DATE),
            Column("to_on", "至", DATE),
            Column("reason", "理由"),
            Column("approved_by", "批准人"),
        ),
        date="from_on",
        ends=(("from_on", "to_on"),),
    ),
)


@dataclass(frozen=True)
class Catalogue:
    """All tables, and the code lists an installation has extended them with."""

    tables: tuple[Table, ...] = _TABLES

    @cached_property
    def by_name(self) -> dict[str, Table]:
        return {table.name: table for table in self.tables}

    @property
    def facts(self) -> tuple[Table, ...]:
        return tuple(t for t in self.tables if t.is_fact)


CATALOGUE: Final = Catalogue()
TABLES: Final = CATALOGUE.by_name
"""Table by name."""
FACTS: Final = {table.name: table for table in CATALOGUE.facts}
