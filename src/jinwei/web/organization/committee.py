"""Who leads an organization: the term that sits, posts in force and past, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import POSTS
from jinwei.members.models import Member
from jinwei.organizations.models import Post, Term
from jinwei.standings.models import Standing
from jinwei.web.addresses import address
from jinwei.web.guard import Request
from jinwei.web.ledgers.rights import act_to_write
from jinwei.web.parts import Action
from jinwei.web.workbench.addresses import record_action
from jinwei.wording.explanation import Told, tell

from .page import code_word, term_at, term_said, words
from .standing import known_now

_TABLES: Final = ("post", "term")
_RANK: Final = {name: rank for rank, name in enumerate(POSTS)}


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term; ``state``: sitting, over (past its end, still sitting), ended, or to come."""

    row: Term
    state: str
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """One person in one post; ``name`` is empty where persons are not to be named."""

    row: Post
    post: str
    name: str
    member_url: str
    url: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the standard asks of committee and term, and what of it is missing."""

    id: str
    title: str
    state: str
    missing: str
    url: str


@dataclass(frozen=True, slots=True)
class Committee:
    """The committee page below its head."""

    title: str
    now: tuple[PostRow, ...]
    past: tuple[PostRow, ...]
    terms: tuple[TermRow, ...]
    requirements: tuple[Requirement, ...]
    actions: tuple[Action, ...]


def committee(request: Request, standing: Standing | None) -> Committee:
    """Terms and posts of the organization of the page; four queries beside the standing's."""
    access, code = request.access, request.organization.code
    terms = list(access.rows(Term, of=code))
    posts = list(access.rows(Post, of=code).order_by("-started_on", "-pk"))
    names = _names(access, posts, code)
    rows = [_post(row, names, code) for row in posts]
    sitting = term_at(access, code)
    now = [row for row in rows if _in_force(row.row, access.day)]
    return Committee(
        title=_title(len({row.row.member for row in now}), sitting, access.day),
        now=tuple(sorted(now, key=lambda row: _RANK.get(row.row.post, len(_RANK)))),
        past=tuple(row for row in rows if not _in_force(row.row, access.day)),
        terms=tuple(_term(row, sitting, access.day, code) for row in _newest_first(terms)),
        requirements=_requirements(standing, code),
        actions=_actions(access, code),
    )


def _title(persons: int, sitting: Term | None, day: dt.date) -> str:
    said = ngettext("班子在任 %(n)d 人", "班子在任 %(n)d 人", persons) % {"n": persons}
    if sitting is None:
        return _("%(persons)s，没有届期记录") % {"persons": said}
    return _("%(persons)s，%(term)s") % {"persons": said, "term": term_said(sitting, day)}


def _names(access: Access, posts: Sequence[Post], code: str) -> dict[str, str] | None:
    """Names of the holders who are on a roster the account may see."""
    if not access.may(Act.MEMBERS, code):
        return None
    found = access.rows(Member).filter(code__in={post.member for post in posts})
    return {member.code: member.name or member.code for member in found.only("code", "name")}


def _post(row: Post, names: dict[str, str] | None, code: str) -> PostRow:
    on_roster = names is not None and row.member in names
    return PostRow(
        row=row,
        post=code_word("post", "post", row.post),
        name="" if names is None else names.get(row.member) or row.member,
        member_url=address("members:member", code, row.member) if on_roster else "",
        url=address("ledgers:record", code, "post", row.row_id),
    )


def _term(row: Term, sitting: Term | None, day: dt.date, code: str) -> TermRow:
    state, word = "ended", _("已届满")
    if row == sitting and row.expires_on is not None and row.expires_on < day:
        state = "over"
        word = _("已届满 %(n)d 天，尚未换届") % {"n": (day - row.expires_on).days}
    elif row == sitting:
        state, word = "sitting", _("本届")
    elif row.started_on is not None and row.started_on > day:
        state, word = "ahead", _("未到")
    return TermRow(row, state, word, address("ledgers:record", code, "term", row.row_id))


def _newest_first(terms: Iterable[Term]) -> list[Term]:
    return sorted(terms, key=lambda t: (t.started_on or dt.date.min, t.pk), reverse=True)


def _in_force(row: Post, day: dt.date) -> bool:
    return (row.started_on or day) <= day <= (row.ended_on or day)


def _requirements(standing: Standing | None, code: str) -> tuple[Requirement, ...]:
    """The indicators that a post or a term mends, as the standard has them."""
    if standing is None:
        return ()
    asked = {
        i.id
        for i in standing.adoption.plan().standard.indicators
        if i.remedy is not None and i.remedy.record in _TABLES
    }
    known = known_now(standing, frozenset(asked)) if asked else None
    if known is None:
        return ()
    return tuple(
        Requirement(
            one.indicator.id,
            one.indicator.title(words().language),
            one.result.state,
            _missing(tell(words(), "organization", one, None)),
            address("organization:indicator", code, one.indicator.id),
        )
        for one in known.indicators
        if one.result.state not in ("not_applicable", "exempt")
    )


def _missing(told: Told) -> str:
    """What is missing by name, else what was found."""
    named = [part.missing for part in told.parts if part.missing]
    return named[0] if named else next((p.calculation[0] for p in told.parts if p.calculation), "")


def _actions(access: Access, code: str) -> tuple[Action, ...]:
    """To the forms of a new post and a new term, for whoever may fill them in."""

    def may(table: str) -> bool:
        return access.may(act_to_write(table), code)

    back = address("organization:committee", code)
    made = [record_action(code, table, {}, back) for table in _TABLES if may(table)]
    return tuple(action for action in made if action is not None)
