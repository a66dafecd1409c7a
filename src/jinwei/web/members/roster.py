"""The lines of a roster, and what its title says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.accounts.acts import Act
from jinwei.ledgers.member_changes import REGISTERING
from jinwei.members.models import Member
from jinwei.organizations.models import Organization, Post
from jinwei.standings.figures import scope
from jinwei.standings.models import Adoption, Standing
from jinwei.standings.reach import in_force
from jinwei.web.addresses import address
from jinwei.web.guard import Request
from jinwei.web.organization.page import code_word


@dataclass(frozen=True, slots=True)
class Line:
    """One member of the roster; ``points`` in hundredths, None without any."""

    member: Member
    url: str
    branch: str
    status: str
    category: str
    posts: str
    points: int | None


def rows_of(request: Request) -> QuerySet[Member]:
    """The members of the organization of the page and of those below that the account may see."""
    within = scope(request.organization.code, request.access.day)
    rows: QuerySet[Member] = request.access.rows(Member).filter(organization__code__in=within)
    return rows


def branches_of(request: Request, act: Act = Act.MEMBERS) -> dict[str, str]:
    """The organizations of the scope where members are registered, by code."""
    within = scope(request.organization.code, request.access.day)
    found = request.access.organizations(act).filter(code__in=within, kind__in=REGISTERING)
    return dict(found.order_by("pk").values_list("code", "name"))


def adoptions_of_members(day: dt.date) -> list[Adoption]:
    """The adoptions in force whose subjects are members; those that lead first."""
    found = Adoption.objects.filter(in_force(day)).select_related("edition").order_by("pk")
    of_members = [one for one in found if one.plan().subject == "member"]
    return sorted(of_members, key=lambda one: not one.leading)


def of_keys(keys: Iterable[int]) -> list[Member]:
    """The rows of keys that the account may see, in their order."""
    wanted = list(keys)
    found = Member.objects.in_bulk(wanted)
    return [found[key] for key in wanted]


def lines(
    request: Request, keys: Iterable[int], branches: Mapping[str, str], scored: list[Adoption]
) -> tuple[Line, ...]:
    """The members of one page with posts and points; three queries."""
    shown = of_keys(keys)
    codes = [member.code for member in shown]
    posts = posts_of(request, codes)
    points = points_of(codes, scored, request.access.day)
    org = request.organization.code
    return tuple(
        Line(
            member,
            address("members:member", org, member.code),
            branches.get(member.organization_id, member.organization_id),
            code_word("member", "status", member.status),
            code_word("member", "category", member.category) if member.category else "",
            posts.get(member.code, ""),
            points.get(member.code),
        )
        for member in shown
    )


def posts_of(request: Request, codes: Iterable[str] | None) -> dict[str, str]:
    """The posts that members hold today, in words; ``codes``: None for all there are."""
    day = request.access.day
    rows = request.access.rows(Post).exclude(started_on__gt=day)
    if codes is not None:
        rows = rows.filter(member__in=codes)
    found: dict[str, list[str]] = {}
    for post in rows.exclude(ended_on__lt=day).order_by("pk"):
        found.setdefault(post.member, []).append(code_word("post", "post", post.post))
    return {code: _("、").join(dict.fromkeys(words)) for code, words in found.items()}


def points_of(
    codes: Iterable[str] | None, scored: list[Adoption], day: dt.date
) -> dict[str, int | None]:
    """The points of members by the standards in force; of several the one that leads.

    ``codes``: None for all there are.
    """
    if not scored:
        return {}
    rows = Standing.objects.filter(adoption__in=scored, first__lte=day, last__gte=day)
    if codes is not None:
        rows = rows.filter(subject__in=codes)
    order = {one.pk: at for at, one in enumerate(scored)}
    found: dict[str, int | None] = {}
    values = rows.values_list("adoption_id", "subject", "score")
    for _adoption, subject, score in sorted(values, key=lambda row: order[row[0]]):
        found.setdefault(subject, score)
    return found


def title(organization: Organization, counts: Mapping[str, int]) -> str:
    """How many there are, of which kind, and what is due."""
    if not counts["all"]:
        return _("%(name)s的名册上还没有党员") % {"name": organization.name}
    said = [
        ngettext(
            "%(n)s 名党员（正式 %(full)s，预备 %(probationary)s）",
            "%(n)s 名党员（正式 %(full)s，预备 %(probationary)s）",
            counts["here"],
        )
        % {
            "n": f"{counts['here']:,}",
            "full": f"{counts['full']:,}",
            "probationary": f"{counts['probationary']:,}",
        }
    ]
    if counts["ending"]:
        text = ngettext("%(n)s 人预备期将满", "%(n)s 人预备期将满", counts["ending"])
        said.append(text % {"n": f"{counts['ending']:,}"})
    if counts["behind"]:
        text = ngettext("%(n)s 人党费未交齐", "%(n)s 人党费未交齐", counts["behind"])
        said.append(text % {"n": f"{counts['behind']:,}"})
    return _("，").join(said)


def lead(counts: Mapping[str, int]) -> str:
    """Who else is on the roster."""
    said = []
    for part, text in (
        ("mobile", _("流动党员 %(n)s 名")),
        ("suspended", _("停止党籍 %(n)s 名")),
        ("left", _("已离开 %(n)s 名")),
    ):
        if counts[part]:
            said.append(text % {"n": f"{counts[part]:,}"})
    return _("、").join(said)
