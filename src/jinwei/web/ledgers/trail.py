"""The trail of a record: who did what to it, when, and what stood there before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.audit.models import Entry
from jinwei.engine.catalogue import Column, Table
from jinwei.ledgers.lists import PERSONS
from jinwei.ledgers.names import member_names, organization_names

from .words import heading, value_word

_ACTS: Final = {
    "entered": gettext_lazy("登记"),
    "corrected": gettext_lazy("更正"),
    "withdrawn": gettext_lazy("撤回"),
    "restored": gettext_lazy("恢复"),
    "undone": gettext_lazy("随导入撤销"),
    "attached": gettext_lazy("上传材料"),
    "detached": gettext_lazy("撤下材料"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One column, before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One act on a record."""

    at: dt.datetime
    who: str
    act: str
    changes: tuple[Changed, ...]
    paper: str
    reason: str


def trail_of(table: Table, row_id: str, persons: bool) -> list[Step]:
    """All acts on a row, the newest first; columns with persons only for whoever may see them."""
    entries = list(
        Entry.objects.filter(table=table.name, row=row_id, act__in=_ACTS).order_by("-at", "-pk")
    )
    names = _Names(table, entries)
    return [_step(table, entry, names, persons) for entry in entries]


def _step(table: Table, entry: Entry, names: _Names, persons: bool) -> Step:
    before, after = entry.before or {}, entry.after or {}
    changes: list[Changed] = []
    if entry.act == "corrected":
        for column in table.stored:
            hidden = column.guarded or (column.name in PERSONS and not persons)
            if column.name in after and not hidden:
                one, other = (names.word(column, v.get(column.name)) for v in (before, after))
                changes.append(Changed(heading(table, column), one, other))
    paper = str((after or before).get("name", "")) if entry.act in ("attached", "detached") else ""
    act = str(_ACTS[entry.act])
    shown = paper if persons else ""
    return Step(entry.at, entry.account_name, act, tuple(changes), shown, entry.reason)


class _Names:
    """Names of whom the entries refer to; two queries for the whole trail."""

    def __init__(self, table: Table, entries: Iterable[Entry]) -> None:
        self.table = table
        said: dict[str, set[str]] = {"organization": set(), "member": set()}
        for entry in entries:
            for values in (entry.before or {}, entry.after or {}):
                for column in table.stored:
                    kind = self._refers(column)
                    if kind in said and values.get(column.name):
                        said[kind].add(str(values[column.name]))
        self.organizations = organization_names(said["organization"])
        self.members: Mapping[str, tuple[str, str]] = member_names(said["member"])

    def word(self, column: Column, value: Any) -> str:
        if value is None or value == "":
            return _("空")
        kind = self._refers(column)
        if kind == "organization":
            return self.organizations.get(str(value), str(value))
        if kind == "member":
            return self.members.get(str(value), (str(value), ""))[0]
        return value_word(self.table, column, value)

    def _refers(self, column: Column) -> str:
        post = self.table.name == "post" and column.name == "member"
        return "member" if post else column.refers_to or ""
