"""The words that offices write for what is yes, nothing, a kind, a post, a people."""

from __future__ import annotations

from typing import Final


def _words(said: str) -> frozenset[str]:
    return frozenset(said.split())


DASHES: Final = frozenset(
    ("", "-", "—", "——", "–", "/", "\\", "无", "无。", "n/a", "null", "none", "…")
)
"""What stands in a cell for nothing."""

YES: Final = _words("是 有 对 √ ✓ ✔ ☑ y yes true t 1 已 on o ○")
NO: Final = _words("否 无 不是 没有 不 未 × ✗ ✘ x n no false f 0 ☐ off")

SEXES: Final = {
    "男": "男", "男性": "男", "m": "男", "male": "男", "1": "男",
    "女": "女", "女性": "女", "f": "女", "female": "女", "2": "女",
}  # fmt: skip
"""Digits by GB/T 2261.1."""

ETHNICITIES: Final = _words(
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 "
    "黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 "
    "撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 "
    "裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
"""GB/T 3304, without 族."""

WORDS: Final[dict[tuple[str, str], dict[str, str]]] = {
    ("meeting", "kind"): {
        "branch_meeting": "支部党员大会 支部大会 全体党员大会 党员会 支部党员会",
        "committee_meeting": "支部委员会 支部委员会会议 支委会议 支委 支部委员会议 党支部委员会",
        "group_meeting": "党小组会议 小组会 党小组",
        "lecture": "上党课 党课学习 专题党课 党课教育 讲党课",
        "theme_day": "党日 主题党日活动 党日活动 支部主题党日 固定党日",
        "life_meeting": "组织生活会议 专题组织生活会 支部组织生活会",
        "democratic_life_meeting": "班子民主生活会 专题民主生活会 民主生活会议",
        "appraisal": "民主评议党员 民主评议党员会 评议党员 民主评议会",
        "study": "学习 理论学习 集中学习会 中心组学习 政治学习 学习会",
        "first_topic": "第一议题学习",
    },
    ("attendance", "status"): {
        "present": "出席 到 参加 已到 √ ✓ 签到 1",
        "late": "晚到",
        "leave": "事假 病假 公假 请假△ △ 假",
        "absent": "未到 旷会 缺 × 未参加 无故缺席 0",
    },
    ("organization", "kind"): {
        "work_committee": "机关工委 党工委 工作委员会 机关工作委员会",
        "leading_group": "党委（党组） 党组（党委）",
        "committee": "基层党委 机关党委 委员会 党的委员会 基层委员会",
        "general_branch": "党总支 总支部 党总支部 总支部委员会",
        "branch": "党支部 支部委员会 基层党支部",
        "joint_branch": "联合党支部",
        "temporary_branch": "临时党支部",
        "group": "小组",
    },
    ("organization", "sector"): {
        "office": "党政机关 行政机关 政府机关",
        "public_institution": "事业 事业机构",
        "state_enterprise": "国有企业 公有制企业 国有",
        "private_enterprise": "非公 非公有制企业 非公有制经济组织 民营企业 两新组织",
        "social_organization": "社会团体 社团 民办非企业",
        "village": "行政村 农村 建制村",
        "community": "城市社区 居委会",
        "street": "街道办 街道办事处",
        "township": "乡 镇 乡（镇）",
        "school": "高校 中小学 大学 学院 院校",
        "other": "其它",
    },
    ("member", "status"): {
        "probationary": "预备党员 预备期",
        "full": "正式党员 中共党员 党员",
        "suspended": "停止党籍处理 停止 停党籍",
        "left": "离开 转出 已转出 出党 退党 除名 去世 死亡 已去世 注销",
    },
    ("member", "category"): {
        "backbone": "骨干党员",
        "ordinary": "普通党员 一般",
        "mobile": "流动党员",
        "special": "特殊党员 年老体弱",
    },
    ("post", "post"): {
        "secretary": "支部书记 党支部书记 党委书记 总支书记 党组书记 书记（兼）",
        "deputy_secretary": "支部副书记 党支部副书记 党委副书记 专职副书记",
        "first_secretary": "驻村第一书记",
        "organization": "组织 支部组织委员",
        "publicity": "宣传 支部宣传委员 宣教委员",
        "discipline": "纪检 纪律委员 纪检监察委员 纪委委员",
        "committee_member": "支部委员 党委委员 支委 委员会委员 青年委员 群工委员 生活委员 统战委员",
        "organizer": "专职组织员",
        "staff": "党务工作者 专职党务干部 党务专干 党建干事 干事",
    },
    ("appraisal", "grade"): {
        "excellent": "优秀党员 优",
        "qualified": "合格党员 称职 良好",
        "basic": "基本合格党员 基本称职",
        "unqualified": "不合格党员 不称职",
    },
    ("fund", "kind"): {
        "budget": "年度预算 预算安排 财政预算",
        "allocated": "下拨 拨款 划拨 拨入 上级拨付",
        "spent": "使用 支 开支 列支 报销",
        "returned": "返还 党费返拨 党费下拨 党费留存",
    },
    ("project", "kind"): {
        "breakthrough": "突破项目 书记项目 书记抓党建突破项目",
        "brand": "品牌 支部品牌",
        "key_task": "重点工作 重点",
        "method": "工作法",
    },
    ("honor", "level"): {
        "national": "国家 全国 中央",
        "province": "省 省部级 自治区级 直辖市级",
        "city": "市 地市级 市厅级 厅局级",
        "county": "县 区 区级 县区级 区县级 县处级",
        "unit": "单位级 本单位 局级 机关",
    },
}  # fmt: skip
"""What else a code is called, beside its word in the catalogue: (table, column) → code → words."""
