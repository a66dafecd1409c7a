"""How each form differs from what follows from the columns of its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Tuning:
    """The fields in order; which must be filled in (with what is said where one is not); which
    begin with today; what stands under the label; which remember earlier answers.
    """

    fields: tuple[str, ...]
    asked: Mapping[str, Promise]
    today: tuple[str, ...] = ()
    help: Mapping[str, Promise] = field(default_factory=dict)
    remembered: tuple[str, ...] = ()


_DAY: Final = _("请选日期。")
_KIND: Final = _("请选类型。")
_MEMBER: Final = _("请选党员。")

TUNING: Final[Mapping[str, Tuning]] = {
    "meeting": Tuning(
        ("kind", "held_on", "topic", "led_by"),
        {
            "kind": _("请选是什么会。"),
            "held_on": _("请选哪天开的会。"),
            "topic": _("请写一句议题，例如“讨论半年工作”。"),
        },
        ("held_on",),
        {"topic": _("一句话写清议了什么、定了什么；不要求字数，不要求照片。")},
        ("led_by",),
    ),
    "dues": Tuning(
        ("member", "month", "due", "paid", "paid_on"),
        {"member": _MEMBER, "month": _("请选月份。"), "due": _("请写应交多少元。")},
    ),
    "talk": Tuning(
        ("member", "with_member", "held_on", "kind"),
        {
            "member": _("请选谈话人。"),
            "with_member": _("请选同谁谈的。"),
            "held_on": _("请选哪天谈的。"),
        },
        ("held_on",),
        {"held_on": _("谈了什么不登记，只登记谁同谁、哪天谈过。")},
        ("kind",),
    ),
    "training": Tuning(
        ("member", "held_on", "hours", "kind"),
        {"member": _MEMBER, "held_on": _DAY, "hours": _("请写学时，例如 2 或 1.5。")},
        ("held_on",),
        {},
        ("kind",),
    ),
    "service": Tuning(
        ("member", "held_on", "hours", "kind"),
        {"member": _MEMBER, "held_on": _DAY, "hours": _("请写几小时，例如 2 或 1.5。")},
        ("held_on",),
        {},
        ("kind",),
    ),
    "appraisal": Tuning(
        ("member", "held_on", "grade"),
        {"member": _MEMBER, "held_on": _DAY, "grade": _("请选等次。")},
        ("held_on",),
    ),
    "fund": Tuning(
        ("kind", "booked_on", "amount", "subject"),
        {"kind": _KIND, "booked_on": _DAY, "amount": _("请写金额，例如 1200 或 1200.50。")},
        ("booked_on",),
        {},
        ("subject",),
    ),
    "filing": Tuning(
        ("kind", "title", "filed_on", "due_on", "member"),
        {"title": _("请写材料的标题，例如“2026 年工作计划”。")},
        ("filed_on",),
        {
            "filed_on": _("还没有交就不填。"),
            "member": _("材料关于某名党员时才选。"),
        },
        ("kind",),
    ),
    "venue": Tuning(
        ("kind", "checked_on", "items_required", "items_met"),
        {
            "checked_on": _("请选哪天检查的。"),
            "items_required": _("请写应有几项。"),
            "items_met": _("请写达标几项。"),
        },
        ("checked_on",),
        {},
        ("kind",),
    ),
    "project": Tuning(
        ("kind", "title", "started_on", "due_on", "finished_on"),
        {
            "kind": _KIND,
            "title": _("请写项目的名称。"),
            "started_on": _("请选开始日期。"),
        },
        ("started_on",),
        {"finished_on": _("还没有完成就不填。")},
    ),
    "honor": Tuning(
        ("level", "title", "awarded_on", "member"),
        {
            "level": _("请选级别。"),
            "title": _("请写荣誉的名称，例如“先进基层党组织”。"),
            "awarded_on": _("请选授予日期。"),
        },
        (),
        {"member": _("授予个人时才选。")},
    ),
    "incident": Tuning(
        ("kind", "level", "occurred_on", "member"),
        {"occurred_on": _DAY},
        (),
        {"member": _("只涉及一名党员时才选。")},
        ("kind", "level"),
    ),
    "rectification": Tuning(
        ("title", "source", "opened_on", "due_on", "closed_on", "accepted"),
        {
            "title": _("请写一句问题，例如“谈心谈话没有覆盖全体党员”。"),
            "opened_on": _("请选立项日期。"),
        },
        ("opened_on",),
        {"closed_on": _("还没有销号就不填。"), "accepted": _("验收合格选“是”。")},
        ("source",),
    ),
    "survey": Tuning(
        ("kind", "held_on", "answered", "satisfied"),
        {
            "held_on": _DAY,
            "answered": _("请写有效票数。"),
            "satisfied": _("请写满意票数。"),
        },
        ("held_on",),
        {"answered": _("少于 5 票的结果不公布。")},
        ("kind",),
    ),
    "case": Tuning(
        ("procedure", "member", "opened_on", "due_on", "closed_on", "outcome"),
        {"procedure": _("请选是什么程序。"), "opened_on": _("请选开始日期。")},
        ("opened_on",),
        {"member": _("程序只关于一名党员时才选。"), "closed_on": _("还没有办结就不填。")},
        ("procedure", "outcome"),
    ),
    "term": Tuning(
        ("started_on", "expires_on", "elected_on", "ended_on"),
        {"started_on": _("请选这一届从哪天起。"), "expires_on": _("请选这一届到哪天止。")},
        (),
        {"ended_on": _("还在任期内就不填；换届以后填新一届开始的前一天。")},
    ),
    "post": Tuning(
        ("member", "post", "started_on", "ended_on", "full_time", "administrative_post"),
        {"post": _("请选职务。"), "started_on": _("请选任职日期。")},
        (),
        {"ended_on": _("还在任就不填。")},
        ("administrative_post",),
    ),
    "judgement": Tuning(("level", "points", "judged_on", "for_on"), {}, ("judged_on",)),
    "exemption": Tuning(("from_on", "to_on", "reason"), {}, ("from_on",)),
}
