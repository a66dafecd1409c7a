"""The fictional district: 55 offices by function with the size of their Party organizations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CITY: Final = "云栖市"
DISTRICT: Final = "澄湖区"
REGION: Final = "990101"
"""No code of GB/T 2260 begins with 99."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One office: the name of its function, its members, the general branches inside it."""

    name: str
    size: int
    sector: str = "office"
    inner: tuple[str, ...] = ()


UNITS: Final = (
    Unit("区委办公室", 92),
    Unit("区人大常委会办公室", 62),
    Unit("区政府办公室", 128),
    Unit("区政协办公室", 58),
    Unit("区纪委监委机关", 152),
    Unit("区委组织部", 88),
    Unit("区委宣传部", 74),
    Unit("区委统战部", 55),
    Unit("区委政法委", 60),
    Unit("区委编办", 54),
    Unit("区委党校", 78, "public_institution"),
    Unit("区委老干部局", 146),
    Unit("区档案馆", 64, "public_institution"),
    Unit("区总工会", 70),
    Unit("区群团机关", 84),
    Unit("区科学技术协会", 56),
    Unit("区工商业联合会", 55),
    Unit("区人民法院", 286),
    Unit("区人民检察院", 214),
    Unit("区公安分局", 742, inner=("基层派出所", "交通巡逻警察大队", "刑事侦查大队")),
    Unit("区司法局", 168),
    Unit("区发展改革局", 182),
    Unit("区工业和信息化局", 158),
    Unit("区教育局", 624, inner=("中学", "小学", "学前教育")),
    Unit("区科学技术局", 90),
    Unit("区民政局", 156),
    Unit("区财政局", 188),
    Unit("区人力资源和社会保障局", 224),
    Unit("区自然资源分局", 196),
    Unit("区生态环境分局", 164),
    Unit("区住房和城乡建设局", 318, inner=("建设服务中心",)),
    Unit("区交通运输局", 262),
    Unit("区水务局", 208),
    Unit("区农业农村局", 176),
    Unit("区商务局", 148),
    Unit("区文化广电旅游体育局", 216),
    Unit("区卫生健康局", 596, inner=("区属医院", "基层医疗")),
    Unit("区退役军人事务局", 118),
    Unit("区应急管理局", 136),
    Unit("区审计局", 92),
    Unit("区市场监督管理局", 428, inner=("基层监管所", "检验检测中心")),
    Unit("区统计局", 86),
    Unit("区医疗保障局", 91),
    Unit("区城市管理和综合执法局", 376, inner=("执法大队", "环境卫生中心")),
    Unit("区数据局", 118),
    Unit("区行政审批服务局", 142),
    Unit("区信访局", 66),
    Unit("区机关事务服务中心", 124, "public_institution"),
    Unit("区税务局", 392, inner=("税源管理",)),
    Unit("区消防救援大队", 112),
    Unit("区国有资产服务中心", 172, "state_enterprise"),
    Unit("区园林绿化中心", 186, "public_institution"),
    Unit("区供销合作社", 76, "public_institution"),
    Unit("区融媒体中心", 132, "public_institution"),
    Unit("区驻澜港联络服务中心", 118, "public_institution"),
)

STATIONED: Final = UNITS[-1].name
"""Works in another city: directed there by a second superior for one purpose."""
HOST: Final = "区商务局"
TAKEN_FROM: Final = "区工业和信息化局"
GIVEN_TO: Final = "区数据局"
"""The reorganization of the past year moved branches from one office to another."""

FIRMS: Final = (
    "建工集团驻澜港分公司",
    "航运物流驻澜港营业部",
    "茶业贸易驻澜港公司",
    "纺织进出口驻澜港公司",
    "电力设备驻澜港销售处",
    "农垦食品驻澜港公司",
    "旅游发展驻澜港公司",
    "水泥制造驻澜港公司",
    "劳务合作驻澜港服务站",
    "中药材商会",
    "家居建材商会",
    "餐饮服务联合",
    "软件服务驻澜港公司",
    "园艺花卉驻澜港公司",
    "仓储配送驻澜港公司",
    "印刷包装驻澜港公司",
    "同乡务工人员服务站",
    "机械制造驻澜港公司",
)
"""Enterprises and associations whose branches stand under the stationed committee."""
OFFICES: Final = ("办事处机关", "招商联络处", "接待服务处", "信息联络处")
GENERAL_BRANCHES: Final = ("工业企业", "商贸流通企业", "服务行业")
