"""The list of things to do as it is drawn: groups, filters, and what can be done at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.web.parts import Action, Chip, Todo
from jinwei.web.templatetags.jinwei import points

from .addresses import meeting_address
from .desk import Desk
from .tasks import Group, Task, grouped, merge, todo

_LATER: Final = 6
"""So many things of later months are listed until all are asked for."""


@dataclass(frozen=True, slots=True)
class TodoGroup:
    """Rows of one urgency. ``more``: how many there are in all, where not all are listed."""

    name: str
    tone: str
    todos: tuple[Todo, ...]
    hint: str = ""
    action: Action | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """The list; ``nothing`` where it is empty; ``all_url`` lists later months in full.

    ``exports``: all of it as files.
    """

    groups: tuple[TodoGroup, ...]
    chips: tuple[Chip, ...]
    nothing: str
    all_url: str
    exports: tuple[Action, ...]


def listing(desk: Desk, tasks: Sequence[Task], show: str, all_later: bool) -> Listing:
    """``show``: ``scored``, ``dated`` or everything."""
    by_group = grouped((task for task in tasks if shown(task, show)), desk.day)
    merged = _merged(desk, by_group)
    groups = tuple(
        _group(desk, name, found, all_later, merged if name == _where_merged(by_group) else None)
        for name, found in by_group.items()
        if found
    )
    return Listing(
        groups=groups,
        chips=_chips(desk, tasks, show),
        nothing="" if groups else _nothing(show),
        all_url=f"{desk.back}?{urlencode({'show': show, 'later': 'all'})}",
        exports=_exports(desk, show),
    )


def _exports(desk: Desk, show: str) -> tuple[Action, ...]:
    query = f"?{urlencode({'show': show})}" if show else ""
    return tuple(
        Action(label, f"{reverse('workbench:export', args=[desk.code, form])}{query}", "export")
        for form, label in (("xlsx", _("导出 Excel")), ("csv", _("导出 CSV")))
    )


def _group(
    desk: Desk,
    name: Group,
    tasks: Sequence[Task],
    all_later: bool,
    merged: tuple[str, Action] | None,
) -> TodoGroup:
    cut = tasks if all_later or name != "later" else tasks[:_LATER]
    may_record = desk.access.may(Act.RECORD, desk.code)
    hint, action = merged or ("", None)
    return TodoGroup(
        name=_heading(name, tasks),
        tone=name if name in ("late", "soon") else "",
        todos=tuple(todo(task, desk.day, may_record=may_record) for task in cut),
        hint=hint,
        action=action,
        more=len(tasks) if len(cut) < len(tasks) else 0,
    )


def _where_merged(by_group: dict[Group, tuple[Task, ...]]) -> Group:
    """The first group whose windows end within the month."""
    return "soon" if any(task.meeting for task in by_group["soon"]) else "month"


def _merged(desk: Desk, by_group: dict[Group, tuple[Task, ...]]) -> tuple[str, Action] | None:
    """What one event can serve, said with the points and the form that has all kinds ticked."""
    found = merge([*by_group["soon"], *by_group["month"]], desk.day)
    if found is None or not desk.access.may(Act.RECORD, desk.code):
        return None
    words = (desk.word("meeting", "kind", kind) for kind in found.kinds)
    told = {"kinds": desk.say.comma.join(words), "points": points(found.points)}
    hint = _("%(kinds)s可在一次活动中办理，一次录入计 %(points)s 分。")
    if not found.points:
        hint = _("%(kinds)s可在一次活动中办理，一次录入。")
    url = meeting_address(desk.code, list(found.kinds), desk.back)
    return hint % told, Action(_("合并录入"), url, main=True)


def _chips(desk: Desk, tasks: Sequence[Task], show: str) -> tuple[Chip, ...]:
    return tuple(
        Chip(
            label,
            f"{desk.back}?{urlencode({'show': name})}" if name else desk.back,
            sum(shown(task, name) for task in tasks),
            current=name == show,
        )
        for name, label in _parts().items()
    )


def _parts() -> dict[str, str]:
    return {"": _("全部"), "scored": _("计分"), "dated": _("时限")}


def narrowed(show: str) -> str:
    """The part of the list that was asked for, in words."""
    parts = _parts()
    return _("要办的事：%(part)s") % {"part": parts.get(show, parts[""])}


def shown(task: Task, show: str) -> bool:
    """Whether a thing to do is in the list that was asked for."""
    return {"scored": task.scored, "dated": task.dated}.get(show, True)


def _nothing(show: str) -> str:
    if show == "scored":
        return _("没有计分的事要办。")
    if show == "dated":
        return _("没有别的时限要守。")
    return _("要办的事都办完了。")


def _heading(name: Group, tasks: Sequence[Task]) -> str:
    told = {"n": len(tasks), "some": sum(task.scored for task in tasks)}
    if name == "soon":
        return _("7 天内（%(n)d）") % told
    if name == "month":
        return _("本月内（%(n)d）") % told
    if name == "later":
        return _("下月起（%(n)d）") % told
    if not told["some"]:
        return _("已逾期（%(n)d）") % told
    if told["some"] == told["n"]:
        return _("已逾期，补办仍可挽回（%(n)d）") % told
    return _("已逾期（%(n)d），其中 %(some)d 件补办仍可挽回") % told
