"""Where the rows of the workbench lead, and the words of their one button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from jinwei.web.parts import Action

_MEETINGS: Final = {
    "lecture": gettext_lazy("登记党课"),
    "theme_day": gettext_lazy("登记活动"),
    "study": gettext_lazy("登记学习"),
    "appraisal": gettext_lazy("登记评议"),
}
_RECORDS: Final = {
    "appraisal": gettext_lazy("登记评议"),
    "case": gettext_lazy("登记程序"),
    "dues": gettext_lazy("登记交纳"),
    "filing": gettext_lazy("登记材料"),
    "fund": gettext_lazy("登记经费"),
    "honor": gettext_lazy("登记荣誉"),
    "post": gettext_lazy("登记任职"),
    "project": gettext_lazy("登记项目"),
    "rectification": gettext_lazy("填写整改"),
    "service": gettext_lazy("登记服务"),
    "survey": gettext_lazy("登记测评"),
    "talk": gettext_lazy("登记谈话"),
    "term": gettext_lazy("登记届期"),
    "training": gettext_lazy("登记培训"),
    "venue": gettext_lazy("登记检查"),
}


def meeting_action(organization: str, kind: str, back: str) -> Action:
    """To the quick entry of a meeting of this kind, and back."""
    label = str(_MEETINGS.get(kind, gettext_lazy("登记会议")))
    return Action(label, meeting_address(organization, [kind] if kind else [], back))


def meeting_address(organization: str, kinds: list[str], back: str = "") -> str:
    query = [*(("kind", kind) for kind in kinds), *([("next", back)] if back else [])]
    url = reverse("entry:meeting", args=[organization])
    return f"{url}?{urlencode(query)}" if query else url


def record_action(organization: str, table: str, columns: Mapping[str, str], back: str) -> Action:
    """To the form of a new row with these columns filled, and back."""
    if table == "meeting":
        return meeting_action(organization, columns.get("kind", ""), back)
    if table == "dues":  # all members of a month at once
        url = reverse("ledgers:month", args=[organization])
    else:
        url = reverse("ledgers:new", args=[organization, table])
    return Action(_label(table), f"{url}?{urlencode({**columns, 'next': back})}")


def correct_action(organization: str, table: str, row: str, back: str) -> Action:
    """To the form of a row that is there, and back."""
    url = reverse("ledgers:correct", args=[organization, table, row])
    return Action(_label(table), f"{url}?{urlencode({'next': back})}")


def indicator_address(organization: str, indicator: str) -> str:
    return reverse("organization:indicator", args=[organization, indicator])


def record_address(organization: str, table: str, row: str) -> str:
    return reverse("ledgers:record", args=[organization, table, row])


def _label(table: str) -> str:
    return str(_RECORDS.get(table, gettext_lazy("登记")))
