"""What is found for a text, group by group, among what somebody may see."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from jinwei.accounts.access import Access, in_force
from jinwei.accounts.acts import Act
from jinwei.ledgers.models import Meeting
from jinwei.members.models import Member
from jinwei.organizations.models import Organization, TreePath
from jinwei.standings.models import Adoption
from jinwei.web.addresses import address
from jinwei.web.home import BRANCHES
from jinwei.web.ledgers.words import say, value_word
from jinwei.web.templatetags.jinwei import iso

from .initials import pattern_of

LONGEST: Final = 100
Named = TypeVar("Named", Organization, Member)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, what says which one it is, and where it stands."""

    name: str
    beside: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind: the first of them, and how many there are."""

    label: str
    hits: tuple[Hit, ...]
    count: int


def find(access: Access, typed: str, most: int) -> list[Group]:
    """Everything found for a text, so many of each kind at most; kinds without any are left out."""
    text = " ".join(typed.split())[:LONGEST]
    if not text:
        return []
    kinds: tuple[Callable[[Access, str, int], Group], ...] = (
        _organizations,
        _members,
        _indicators,
        _meetings,
    )
    return [group for kind in kinds if (group := kind(access, text, most)).hits]


# --- organizations ------------------------------------------------------------------------------


def _organizations(access: Access, text: str, most: int) -> Group:
    rows = access.rows(Organization)
    spelled = pattern_of(text)
    if spelled is None:
        found = rows.filter(Q(name__icontains=text) | Q(code__istartswith=text))
        count, keys = found.count(), list(_nearest(found, text).values_list("pk", flat=True)[:most])
    else:
        # In any reading of a character, so the database cannot be asked.
        ranked = sorted(
            (_rank(match, name), pk)
            for pk, name, code in rows.values_list("pk", "name", "code")
            if (match := spelled.search(name)) or begins(code, text)
        )
        count, keys = len(ranked), [pk for _rank_of, pk in ranked[:most]]
    order = {pk: place for place, pk in enumerate(keys)}
    first = sorted(rows.filter(pk__in=keys).select_related("parent"), key=lambda o: order[o.pk])
    hits = tuple(Hit(o.name, _beside(o), address(_page(o), o.code)) for o in first)
    return Group(_("党组织"), hits, count)


def _rank(match: re.Match[str] | None, name: str) -> tuple[int, int]:
    """The nearer the match stands to the beginning of a short name, the better."""
    return (match.start() if match else 0, len(name))


def _beside(organization: Organization) -> str:
    said = [organization.code, _kind(organization)]
    if organization.parent is not None:
        said.append(organization.parent.name)
    if organization.dissolved_on is not None:
        said.append(_("%(day)s 撤销") % {"day": iso(organization.dissolved_on)})
    return " · ".join(said)


def _page(organization: Organization) -> str:
    leaf = organization.kind in BRANCHES or organization.kind == "group"
    return "organization:standing" if leaf else "overview:overview"


# --- members ------------------------------------------------------------------------------------


def _members(access: Access, text: str, most: int) -> Group:
    if not access.may(Act.MEMBERS):
        return Group(_("党员"), (), 0)
    named = Q(name__icontains=text) | Q(code__istartswith=text) | _spelled(text)
    found = access.rows(Member).filter(named)
    first = _nearest(found, text).select_related("organization")[:most]
    hits = tuple(
        Hit(
            m.name or m.code,
            " · ".join(filter(None, (m.code, m.organization.name, _gone(m)))),
            address("members:member", m.organization_id, m.code),
        )
        for m in first
    )
    return Group(_("党员"), hits, found.count())


def _gone(member: Member) -> str:
    return _("已离开") if member.left_on else ""


def _spelled(text: str) -> Q:
    """A name by its spelling, or by the initials that stand behind it."""
    bare = text.replace(" ", "").lower()
    if not (bare.isascii() and bare.isalpha()):
        return Q(pk__in=())
    return Q(spelling__startswith=bare) | Q(spelling__contains=f" {bare}")


# --- indicators ---------------------------------------------------------------------------------


def _indicators(access: Access, text: str, most: int) -> Group:
    """Indicators of the standards that the organizations of somebody work to."""
    seen: dict[str, Hit] = {}
    language = say().language
    for adoption in _adoptions(access):
        standard = adoption.plan().standard
        for indicator in standard.indicators:
            title = indicator.title(language)
            if begins(indicator.id, text) or text.casefold() in title.casefold():
                beside = f"{standard.title(language)} {standard.version}"
                url = _indicator_page(access, adoption, indicator.id)
                name = f"{indicator.id} {title}"
                seen.setdefault(f"{standard.id} {indicator.id}", Hit(name, beside, url))
    return Group(_("指标"), tuple(seen.values())[:most], len(seen))


def _adoptions(access: Access) -> QuerySet[Adoption]:
    """Adoptions in force at, above or below what somebody may see; the leading ones first."""
    roots = {role.organization_id for role in access.roles}
    above = TreePath.objects.filter(in_force(access.day), descendant__code__in=roots)
    where = Q(organization__in=access.organizations()) | Q(
        organization__code__in=above.values("ancestor__code")
    )
    found = Adoption.objects.filter(where, in_force(access.day)).select_related("edition")
    return found.order_by("-leading", "pk")


def _indicator_page(access: Access, adoption: Adoption, id: str) -> str:
    """A branch sees how it stands there; everybody else, what the standard says."""
    home = access.home()
    edition = adoption.edition
    if home is not None and home.kind in BRANCHES and adoption.leading:
        return address("organization:indicator", home.code, id)
    return f"{address('standards:edition', edition.standard, edition.version)}#{id}"


# --- meetings -----------------------------------------------------------------------------------


def _meetings(access: Access, text: str, most: int) -> Group:
    found = access.rows(Meeting).filter(topic__icontains=text)
    first = found.select_related("organization").order_by("-held_on", "-pk")[:most]
    hits = tuple(
        Hit(
            m.topic or m.code,
            " · ".join((iso(m.held_on), _kind(m), m.organization.name)),
            address("ledgers:record", m.organization_id, "meeting", m.row_id),
        )
        for m in first
    )
    return Group(_("会议"), hits, found.count())


# --- shared -------------------------------------------------------------------------------------


def _kind(row: Organization | Meeting) -> str:
    column = row.table().column("kind")
    assert column is not None
    return value_word(row.table(), column, row.kind)


def begins(code: str, text: str) -> bool:
    return code.casefold().startswith(text.casefold())


def _nearest(rows: QuerySet[Named], text: str) -> QuerySet[Named]:
    """The very name first, then names that begin so, then the rest; short ones before long ones."""
    near = Case(
        When(name__iexact=text, then=Value(0)),
        When(name__istartswith=text, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.order_by(near, Length("name"), "pk")
