"""What the headings of columns are called, beside their word in the catalogue."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .folding import folded

_BRACKETS: Final = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]")
_SIGNS: Final = re.compile(r"[*＊:：。、,，.．/\\|_\-－—~～'\"“”‘’?？!！#№]+")


@lru_cache(maxsize=4096)
def plain_heading(text: str) -> str:
    """A heading as it is compared: without brackets, signs, white space and width.

    >>> plain_heading("应交\\n（元） *"), plain_heading("职业/岗位")
    ('应交', '职业岗位')
    """
    bare = _SIGNS.sub("", folded(_BRACKETS.sub("", text)))
    return bare or _SIGNS.sub("", folded(text))


def without_brackets(text: str) -> str:
    return _BRACKETS.sub("", text)


OTHER_WORDS: Final[dict[str, dict[str, str]]] = {
    "": {
        "organization": "所在支部 所在党支部 党支部 支部 支部名称 党组织 所在党组织 组织"
        " 组织编码 组织编号 所属支部 所属党支部 所属党组织 党支部名称 党组织名称 组织名称"
        " 支部代码 组织代码 单位 所在单位党组织",
        "member": "党员编号 党员代码 编号 姓名 党员姓名 党员 人员",
        "held_on": "日期 时间 召开日期 召开时间 会议日期 会议时间 开展时间 开展日期 活动时间"
        " 活动日期",
        "kind": "类型 类别 种类",
        "started_on": "开始日期 开始时间 起始日期 起",
        "due_on": "截止日期 完成时限 整改时限 到期日 应完成时间 办理时限",
        "title": "名称 标题 题目",
        "from_on": "开始日期 起始日期 起",
        "to_on": "结束日期 终止日期 止",
    },
    "organization": {
        "code": "代码 编码 组织编码 组织编号 党组织代码 党组织编码 支部代码 编号",
        "name": "名称 党组织名称 支部名称 党支部名称 组织全称 全称 党组织全称 党支部 支部",
        "parent": "上级 上级组织 上级党组织 上级党组织名称 上级组织名称 隶属 隶属关系"
        " 隶属党组织 所属党委 主管党委 上级代码 上级单位",
        "kind": "类别 类型 组织类型 党组织类别 党组织类型 组织形式",
        "sector": "领域 所属领域 行业 单位类别 单位性质",
        "region": "行政区划 区划代码 行政区划码",
        "established_on": "成立时间 建立时间 批准成立时间 组建时间 成立",
        "dissolved_on": "撤销时间 撤销",
    },
    "member": {
        "code": "编号 党员代码 党员号 人员编号",
        "name": "姓名 党员姓名 名字",
        "sex": "性别",
        "ethnicity": "民族",
        "birth_on": "出生年月 出生年月日 出生时间 生日 出生",
        "id_number": "身份证号 身份证号码 身份证 身份号码 居民身份证号 公民身份证号码 证件号码"
        " 证件号",
        "education": "学历 文化程度 最高学历 学历学位",
        "phone": "手机 手机号 电话 联系电话 联系方式 移动电话 手机号码 电话号码",
        "occupation": "职业 岗位 职务 工作岗位 单位及职务 工作单位及职务 工作单位 行政职务 职称",
        "status": "党员状态 状态 人员类别 党员类别 党籍状态 是否正式",
        "category": "积分类别 积分类型",
        "joined_on": "入党时间 入党年月 入党日期 加入党组织日期 加入中共时间 加入党组织时间 入党",
        "full_on": "转正时间 转为正式党员日期 转正年月 转正",
        "here_since": "转入时间 转入本支部时间 组织关系转入时间 转入",
        "suspended_on": "停止党籍时间",
        "left_on": "离开时间 转出日期 转出时间 组织关系转出时间",
        "mobile": "流动党员 是否流动党员 是否流动 流动",
    },
    "superior": {
        "parent": "上级 上级组织 上级党组织 上级组织名称",
        "purpose": "用途 事由",
    },
    "term": {
        "started_on": "届期起 本届起始 任期开始 任期起 本届任期起",
        "expires_on": "届期止 届满日期 届满时间 任期结束 任期止 到届时间 本届任期止 应换届时间",
        "elected_on": "选举时间 换届时间 换届日期 选举",
        "ended_on": "实际届满时间 卸任日期",
    },
    "post": {
        "member": "姓名 任职人 党员姓名 党员编号 人员",
        "post": "职务 党内职务 党务职务 支部职务 任职 现任党内职务",
        "started_on": "任职时间 任职日期 任职起 当选时间 起任时间",
        "ended_on": "免职时间 离任时间 卸任时间 任职止",
        "full_time": "是否专职 专职",
        "administrative_post": "行政职务 职务级别 单位职务",
    },
    "meeting": {
        "code": "会议编号",
        "kind": "会议类型 会议类别 活动类型 会议名称 组织生活类型 活动类别 形式",
        "topic": "议题 主题 会议主题 会议议题 会议内容 内容 主要内容 活动主题 活动内容 学习内容"
        " 主要议题",
        "led_by": "主持人 主讲人 主持 主讲 授课人 主持/主讲 召集人",
        "expected": "应到 应到人数 应参加 应参加人数 应出席人数 应到会人数",
        "attended": "实到 实到人数 实参加 实际参加人数 到会人数 参加人数 出席人数 参会人数"
        " 实到会人数",
        "recorded_on": "录入时间 登记日期 登记时间 填报日期",
    },
    "attendance": {
        "meeting": "会议编号 会议",
        "status": "到会情况 出勤 出席情况 签到 状态",
    },
    "dues": {
        "month": "月份 所属月份 缴费月份 交费月份 缴纳月份 年月 所属期",
        "due": "应交 应缴 应交党费 应缴党费 应交金额 应缴金额 应收 月应交",
        "paid": "实交 实缴 实交党费 实缴党费 实交金额 实缴金额 已交 已缴 实收 缴纳金额 交纳金额"
        " 党费金额",
        "paid_on": "交纳日期 缴纳日期 交费日期 缴费日期 交纳时间 缴纳时间 缴费时间 收款日期",
    },
    "talk": {
        "member": "谈话人 谈话人姓名 主谈人",
        "with_member": "谈话对象 谈话对象姓名 被谈话人 对象",
        "held_on": "谈话日期 谈话时间",
        "kind": "谈话类型 谈话类别",
    },
    "training": {
        "held_on": "培训日期 培训时间 学习时间",
        "hours": "学时 课时 培训学时 学时数",
        "kind": "培训类型 培训名称 培训班次 培训内容",
    },
    "service": {
        "held_on": "服务日期 服务时间",
        "hours": "时长 服务时长 小时 小时数",
        "kind": "服务类型 服务项目 服务内容 活动名称",
    },
    "appraisal": {
        "held_on": "评议日期 评议时间 评定日期",
        "grade": "等次 评议等次 评定等次 评议结果 结果",
    },
    "fund": {
        "booked_on": "日期 记账日期 时间 发生日期",
        "kind": "收支类型 经费类型 收支",
        "amount": "金额 数额 经费金额",
        "subject": "科目 用途 摘要 支出项目 项目",
    },
    "filing": {
        "kind": "材料类别 材料类型 资料类别",
        "title": "标题 材料名称 资料名称 文件名称",
        "filed_on": "提交日期 提交时间 归档日期 归档时间 报送时间 报送日期",
        "due_on": "应交日期 应报送时间",
    },
    "venue": {
        "kind": "场所类型 阵地类型 场所名称 阵地名称",
        "checked_on": "检查日期 检查时间",
        "items_required": "应有项 应达标项 标准项数",
        "items_met": "达标项 已达标项 达标项数",
    },
    "project": {
        "kind": "类别 项目类别 项目类型",
        "title": "项目名称 品牌名称",
        "started_on": "开始 立项时间 启动时间",
        "due_on": "时限 计划完成时间",
        "finished_on": "完成 完成时间 完成日期 结项时间",
    },
    "honor": {
        "level": "级别 荣誉级别 表彰级别",
        "title": "荣誉名称 表彰名称 荣誉 获奖名称 荣誉称号",
        "awarded_on": "授予日期 授予时间 表彰时间 获奖时间 表彰日期",
    },
    "incident": {
        "kind": "事件类型 问题类型",
        "occurred_on": "发生日期 发生时间 处理日期",
    },
    "rectification": {
        "code": "编号 问题编号",
        "source": "来源 问题来源",
        "title": "问题 问题描述 存在问题 问题内容 整改问题",
        "opened_on": "立项日期 立项时间 发现时间 交办时间",
        "closed_on": "销号日期 销号时间 整改完成时间",
        "accepted": "验收 是否验收 验收情况 是否销号",
    },
    "survey": {
        "held_on": "测评日期 测评时间",
        "kind": "测评类型 测评项目",
        "answered": "有效票 有效票数 收回票数 参评人数",
        "satisfied": "满意票 满意票数 满意人数",
    },
    "case": {
        "procedure": "程序 事项 程序名称",
        "opened_on": "开始 启动日期",
        "closed_on": "办结 办结日期 办结时间",
        "outcome": "结果 办理结果 进展 备注情况",
    },
    "judgement": {
        "indicator": "指标 积分项目 加分项目 积分事项 指标代码 加减分项目 评定项目",
        "points": "得分 积分 分值 分数 加分 加减分",
        "judged_on": "评定日期 积分日期 日期 评定时间 记分日期 时间",
        "judge": "评定人 考评员 记分人 审核人",
        "for_on": "所评日期 所属日期",
        "level": "等次 评定等次",
    },
    "exemption": {
        "approved_by": "批准人 审批人",
        "reason": "理由 豁免理由 原因",
    },
}
"""Table → column → words between blanks; table “” is for every table that has the column."""

_OF_NO_USE: Final = (
    "序号 编号序号 序 行号 no 备注 说明 年龄 党龄 籍贯 出生地 家庭住址"
    " 住址 地址 记录人 填表人 合计 小计 总计 签字 签名 全年合计 照片 党员数"
    " 党员人数 正式党员数 预备党员数 书记 地点 会议地点 活动地点"
)
IGNORED: Final = frozenset(map(plain_heading, _OF_NO_USE.split()))
"""Headings that are known and not imported."""
