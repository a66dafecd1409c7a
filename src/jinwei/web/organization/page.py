"""What all pages of one organization share: the way to it, its tabs, who it is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import TABLES, Column
from jinwei.engine.faults import EN, ZH
from jinwei.members.models import Member
from jinwei.members.registered import Headcount, headcounts
from jinwei.organizations.models import Post, Term
from jinwei.standings.figures import scope
from jinwei.standings.models import Standing
from jinwei.standings.reach import paths
from jinwei.web.addresses import address
from jinwei.web.guard import Request
from jinwei.web.home import BRANCHES
from jinwei.web.parts import Basis, Crumb, Tab
from jinwei.wording.words import Words

LEAVES: Final = (*BRANCHES, "group")
"""Kinds whose members are registered in themselves."""


def words() -> Words:
    """The words of figures in the language of the page."""
    return Words(EN if (get_language() or "").startswith("en") else ZH)


def with_query(url: str, query: str) -> str:
    """An address with something more asked of it."""
    if not query:
        return url
    return f"{url}{'&' if '?' in url else '?'}{query}"


def crumbs(access: Access, code: str) -> tuple[Crumb, ...]:
    """The way down to an organization, as far as the account may see it; two queries."""
    above = paths(access.day).filter(descendant__code=code).exclude(ancestor__code=code)
    found = access.organizations().filter(code__in=above.values("ancestor__code"))
    names = dict(found.values_list("code", "name"))
    if len(names) > 1:
        below = paths(access.day).filter(descendant__code__in=names)
        depths = Counter(below.values_list("descendant__code", flat=True))
        names = dict(sorted(names.items(), key=lambda item: depths[item[0]]))
    return tuple(Crumb(name, address("organization:standing", c)) for c, name in names.items())


def tabs(request: Request, current: str) -> tuple[Tab, ...]:
    """The pages of the organization that there are and that the account may open."""
    code = request.organization.code
    members = request.access.may(Act.MEMBERS, code)
    pages = (
        ("organization:standing", _("标准达标"), True),
        ("organization:committee", _("班子与届期"), True),
        ("members:roster", _("党员"), members),
        ("ledgers:tables", _("台账"), True),
        ("organization:below", _("下级组织"), _has_below(request)),
        ("organization:history", _("历年"), True),
        ("organization:profile", _("组织信息"), request.access.may(Act.TREE, code)),
    )
    made = [(name, label, address(name, code)) for name, label, wanted in pages if wanted]
    return tuple(
        Tab(label, url, name.partition(":")[2] == current) for name, label, url in made if url
    )


def _has_below(request: Request) -> bool:
    if request.organization.kind not in LEAVES:
        return True
    code = request.organization.code
    below = paths(request.access.day).filter(ancestor__code=code)
    return below.exclude(descendant__code=code).exists()


def basis(standing: Standing) -> Basis:
    """What a standing rests on, linked to the text of its standard."""
    edition = standing.adoption.edition
    standard = standing.adoption.plan().standard
    return Basis(
        as_of=standing.as_of,
        standard=f"{standard.title(words().language)} {edition.version}",
        period=words().window(standing.first, standing.last),
        standard_url=address("standards:edition", edition.standard, edition.version),
    )


# --- who it is ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Profile:
    """An organization as its head says it."""

    kind: str
    sector: str
    headcount: Headcount
    secretary: str
    term: Term | None
    day: dt.date

    def __str__(self) -> str:
        said = (
            self.kind,
            self.sector,
            self._members(),
            self.secretary,
            term_said(self.term, self.day),
        )
        return " · ".join(text for text in said if text)

    def _members(self) -> str:
        count = self.headcount
        text = ngettext("党员 %(n)d 人", "党员 %(n)d 人", count.members) % {"n": count.members}
        if not count.probationary:
            return text
        return _("%(members)s（预备 %(n)d 人）") % {"members": text, "n": count.probationary}


def profile(request: Request) -> Profile:
    """The profile of the organization of the page; five queries."""
    one, access = request.organization, request.access
    codes = [one.code] if one.kind in LEAVES else list(scope(one.code, access.day))
    counts = headcounts(codes, access.day).values()
    return Profile(
        kind=code_word("organization", "kind", one.kind),
        sector=code_word("organization", "sector", one.sector) if one.sector else "",
        headcount=Headcount(sum(c.full for c in counts), sum(c.probationary for c in counts)),
        secretary=_secretary(access, one.code),
        term=term_at(access, one.code),
        day=access.day,
    )


def _secretary(access: Access, code: str) -> str:
    holders = posts_at(access, code).filter(post="secretary").values_list("member", flat=True)
    holder = holders.first()
    if holder is None:
        return _("书记空缺")
    if not access.may(Act.MEMBERS, code):
        return _("书记在任")
    name = access.rows(Member).filter(code=holder).values_list("name", flat=True).first()
    return _("书记 %(name)s") % {"name": name or holder}


def posts_at(access: Access, code: str) -> QuerySet[Post]:
    """The posts in force in an organization today."""
    rows = access.rows(Post, of=code).filter(_begun(access.day), _lasting(access.day))
    return rows.order_by("pk")


def term_at(access: Access, code: str) -> Term | None:
    """The term that sits today: the newest begun, past its end as well."""
    rows = access.rows(Term, of=code).filter(_begun(access.day), _lasting(access.day))
    newest = rows.order_by("-started_on", "-pk")
    return next(iter(sorted(newest, key=lambda t: t.started_on is None)), None)


def term_said(term: Term | None, day: dt.date) -> str:
    """When a term ends, or for how long it has been over."""
    if term is None:
        return ""
    if term.expires_on is None:
        return _("本届未写届满日期")
    said = {"day": date_format(term.expires_on, "Y-m-d"), "n": (day - term.expires_on).days}
    if term.expires_on < day:
        return _("本届已于 %(day)s 届满，逾期 %(n)d 天") % said
    return _("本届 %(day)s 届满") % said


def _begun(day: dt.date) -> Q:
    return Q(started_on=None) | Q(started_on__lte=day)


def _lasting(day: dt.date) -> Q:
    return Q(ended_on=None) | Q(ended_on__gte=day)


def code_word(table: str, name: str, code: str) -> str:
    """A code of the catalogue in words."""
    column: Column | None = TABLES[table].column(name)
    assert column is not None
    return words().value(table, column, code)
