"""What entries of the record say, in words."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.accounts.acts import RoleName
from jinwei.engine.catalogue import DATE, TABLES, Column
from jinwei.web.ledgers.words import heading, table_name, value_word

ACTS: Final[dict[str, Promise]] = {
    "entered": gettext_lazy("登记"),
    "corrected": gettext_lazy("更正"),
    "withdrawn": gettext_lazy("撤回"),
    "restored": gettext_lazy("恢复"),
    "attached": gettext_lazy("附材料"),
    "detached": gettext_lazy("撤下材料"),
    "read": gettext_lazy("查看"),
    "unmasked": gettext_lazy("查看证件号、手机号"),
    "exported": gettext_lazy("导出"),
    "imported": gettext_lazy("导入"),
    "undone": gettext_lazy("随导入撤销"),
    "import_undone": gettext_lazy("撤销导入"),
    "objected": gettext_lazy("提出异议"),
    "answered": gettext_lazy("答复异议"),
    "escalated": gettext_lazy("异议转上级"),
    "rotated": gettext_lazy("换密钥"),
    "installed": gettext_lazy("安装标准"),
    "adopted": gettext_lazy("采用标准"),
    "ended": gettext_lazy("停用标准"),
    "signed_in": gettext_lazy("登录"),
    "refused": gettext_lazy("登录被拒"),
    "signed_out": gettext_lazy("退出登录"),
    "signed_out_everywhere": gettext_lazy("退出其他登录"),
    "password_chosen": gettext_lazy("设定密码"),
    "password_changed": gettext_lazy("修改密码"),
    "invited": gettext_lazy("邀请"),
    "reset": gettext_lazy("给新密码链接"),
    "role_given": gettext_lazy("给身份"),
    "role_ended": gettext_lazy("结束身份"),
    "locked": gettext_lazy("锁定账号"),
    "unlocked": gettext_lazy("解锁账号"),
    "deactivated": gettext_lazy("停用账号"),
    "reactivated": gettext_lazy("重新启用账号"),
    "checked": gettext_lazy("核对封存"),
}
"""Every act that is recorded anywhere; a test looks."""
TABLES_BESIDE: Final[dict[str, Promise]] = {
    "account": gettext_lazy("账号"),
    "attachment": gettext_lazy("材料文件"),
    "adoption": gettext_lazy("采用的标准"),
    "edition": gettext_lazy("标准"),
    "objection": gettext_lazy("异议"),
    "points": gettext_lazy("积分"),
    "standing": gettext_lazy("得分"),
    "audit": gettext_lazy("审计记录"),
    "seal": gettext_lazy("封存"),
    "dataset": gettext_lazy("整套数据"),
    "template": gettext_lazy("上级的表样"),
}
"""Tables that are no ledgers."""
_HEADINGS: Final[dict[str, Promise]] = {
    "shown_name": gettext_lazy("姓名"),
    "email": gettext_lazy("邮箱"),
    "member": gettext_lazy("党员"),
    "role": gettext_lazy("身份"),
    "organization": gettext_lazy("组织"),
    "purpose": gettext_lazy("用途"),
    "from_on": gettext_lazy("自"),
    "to_on": gettext_lazy("至"),
    "address": gettext_lazy("来自"),
    "form": gettext_lazy("格式"),
    "rows": gettext_lazy("条数"),
    "replaced": gettext_lazy("替换已有数据"),
    "narrowed": gettext_lazy("条件"),
    "name": gettext_lazy("名称"),
    "text": gettext_lazy("内容"),
    "table": gettext_lazy("表"),
    "edition": gettext_lazy("版本"),
    "settings": gettext_lazy("参数"),
    "leading": gettext_lazy("主要标准"),
    "broken": gettext_lazy("对不上的封存"),
    "column": gettext_lazy("栏目"),
    "columns": gettext_lazy("栏目"),
    "bytes": gettext_lazy("字节"),
    "sha256": gettext_lazy("摘要"),
    "left_out": gettext_lazy("没有带上的"),
    "file": gettext_lazy("文件"),
    "line": gettext_lazy("所指的记录"),
    "objection": gettext_lazy("异议"),
    "who": gettext_lazy("谁"),
    "act": gettext_lazy("做了什么"),
    "from": gettext_lazy("自"),
    "to": gettext_lazy("至"),
    "new": gettext_lazy("新增"),
    "changed": gettext_lazy("更新"),
    "same": gettext_lazy("原样"),
}
_REASONS: Final[dict[str, Promise]] = {
    "password": gettext_lazy("账号或密码不对"),
    "closed": gettext_lazy("账号已锁定或停用"),
    "invitation": gettext_lazy("凭邀请链接"),
    "reset": gettext_lazy("凭新密码链接"),
}
_HIDDEN: Final = "•••"
NOTHING: Final = "–"


def act_word(act: str) -> str:
    return str(ACTS.get(act, act))


def table_word(table: str) -> str:
    """The name of a ledger, or of what else the record tells of."""
    if table in TABLES:
        return table_name(table)
    return str(TABLES_BESIDE.get(table, table))


def reason_word(act: str, reason: str) -> str:
    """Reasons are what somebody wrote; a few the product gives itself."""
    own = act in ("refused", "password_chosen")
    return str(_REASONS.get(reason, reason)) if own else reason


def heading_word(table: str, name: str) -> str:
    column = _column(table, name)
    if column is not None:
        return heading(TABLES[table], column)
    return str(_HEADINGS.get(name, name.replace("_", " ")))


def value_in_words(table: str, name: str, value: Any) -> str:
    """A value of an entry; what is guarded is never shown, whatever the entry holds."""
    if value is None or value == "":
        return NOTHING
    column = _column(table, name)
    if column is not None and column.guarded:
        return _HIDDEN
    if name == "role" and value in RoleName.values:
        return str(RoleName(value).label)
    if column is None:
        return _plain(value)
    if column.kind == DATE or (column.numeric and not isinstance(value, int)):
        return str(value)
    return value_word(TABLES[table], column, value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        return _("；").join(f"{_key(key)} {_plain(one)}" for key, one in value.items())
    if isinstance(value, list):
        return _("、").join(map(_plain, value))
    return str(value)


def _key(key: str) -> str:
    """What one of several values is about: a column of the record, or a table."""
    return str(_HEADINGS[key]) if key in _HEADINGS else table_word(key)


def _column(table: str, name: str) -> Column | None:
    return TABLES[table].column(name) if table in TABLES else None
