"""The roster: 党员花名册."""

from __future__ import annotations

from collections import Counter
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jinwei.engine.catalogue import DATE, TEXT
from jinwei.ledgers.cells import Typed
from jinwei.members.identity import KeyMissing, unseal
from jinwei.members.models import Member

from .page import BIRTH, CENTER, NUMBER, Book, Column, Page, Scope
from .people import branch_names, listed, posts_of
from .words import as_of, bracketed, in_words, signatures, unit


def roster(scope: Scope) -> Page:
    """Everybody who has not left, by branch."""
    members = listed(scope)
    branches, posts = branch_names(scope), posts_of(scope)
    return Page(
        title=str(ROSTER.title),
        unit=unit(scope),
        dated=as_of(scope.day),
        columns=tuple(_columns(scope)),
        rows=[_cells(scope, m, branches, posts.get(m.code)) for m in members],
        empty=_("名册上还没有党员。"),
        notes=(_summary(scope, members),) if members else (),
        signatures=signatures(),
        members=frozenset(member.code for member in members),
    )


def _columns(scope: Scope) -> list[Column]:
    found = [
        Column(_("序号"), NUMBER, 6),
        Column(_("姓名"), CENTER, 10),
        Column(_("性别"), CENTER, 6),
        Column(_("民族"), CENTER, 8),
        Column(_("出生年月"), BIRTH, 10),
        Column(_("公民身份号码"), CENTER, 21),
        Column(_("学历"), CENTER, 12),
        Column(_("入党时间"), DATE, 12),
        Column(_("转正时间"), DATE, 12),
        Column(_("所在支部"), TEXT, 26),
        Column(_("职务"), CENTER, 12),
        Column(_("手机号码"), CENTER, 14),
        Column(_("状态"), CENTER, 8),
        Column(_("备注"), TEXT, 12),
    ]
    return [column for at, column in enumerate(found) if scope.numbers or at not in _GUARDED]


_GUARDED: Final = (5, 11)


def _cells(
    scope: Scope, member: Member, branches: dict[str, str], posts: str | None
) -> list[Typed]:
    found: list[Typed] = [
        member.name or member.code,
        scope.word("member", "sex", member.sex),
        member.ethnicity,
        member.birth_on,
        *([_number(member)] if scope.numbers else []),
        member.education,
        member.joined_on,
        member.full_on,
        branches.get(member.organization_id, member.organization_id),
        posts,
        *([member.phone] if scope.numbers else []),
        scope.word("member", "status", member.status),
        _("流动党员") if member.mobile else None,
    ]
    return found


def _number(member: Member) -> str | None:
    if member.id_number_sealed is None:
        return None
    try:
        return unseal(member.id_number_sealed)
    except KeyMissing:
        return _("密钥不在，读不出来")


def _summary(scope: Scope, members: list[Member]) -> str:
    n = len(members)
    counts = Counter(member.status for member in members)
    parts = [f"{scope.say('member', 'status', code)} {count}" for code, count in counts.items()]
    total = ngettext("共 %(n)d 人", "共 %(n)d 人", n) % {"n": n}
    return bracketed(total, in_words(parts))


ROSTER: Final = Book(
    name="roster",
    title=gettext_lazy("党员花名册"),
    told=gettext_lazy("在册党员，按支部排列"),
    make=roster,
    table="member",
    personal=True,
    numbers=True,
)
