"""The list of organizations: 党组织名册."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jinwei.engine.catalogue import DATE, TEXT, WHOLE
from jinwei.ledgers.cells import Typed
from jinwei.members.models import Member
from jinwei.members.registered import headcounts
from jinwei.organizations.models import Organization, Superior, Term, TreePath

from .page import CENTER, NUMBER, Book, Column, Page, Scope
from .people import posts_at
from .words import as_of, bracketed, in_words, signatures, unit


def organizations(scope: Scope) -> Page:
    """Every organization that exists at the day, each after its superior."""
    found = {one.code: one for one in _existing(scope)}
    above = _superiors(found.values(), scope.day)
    names = dict(
        Organization.objects.filter(code__in=set(above.values())).values_list("code", "name")
    )
    counts, secretaries, ends = _members(found, scope.day), _secretaries(scope), _ends(scope)
    rows: list[list[Typed]] = []
    for code in _in_order(scope.organization.code, found, above):
        one = found[code]
        rows.append(
            [
                one.name,
                names.get(above.get(code, "")),
                scope.word("organization", "kind", one.kind),
                scope.word("organization", "sector", one.sector),
                counts[code],
                secretaries.get(code),
                one.established_on,
                ends.get(code),
            ]
        )
    return Page(
        title=str(ORGANIZATIONS.title),
        unit=unit(scope),
        dated=as_of(scope.day),
        columns=_columns(),
        rows=rows,
        empty=_("这里没有党组织。"),
        notes=(_summary(scope, found.values()), _("党员数含下级组织。")) if rows else (),
        signatures=signatures(),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("序号"), NUMBER, 6),
        Column(_("组织名称"), TEXT, 34),
        Column(_("上级组织"), TEXT, 30),
        Column(_("类别"), CENTER, 11),
        Column(_("领域"), CENTER, 11),
        Column(_("党员数"), WHOLE, 9),
        Column(_("书记"), CENTER, 12),
        Column(_("成立日期"), DATE, 12),
        Column(_("届满日期"), DATE, 12),
    )


def _existing(scope: Scope) -> Iterator[Organization]:
    begun = Q(established_on=None) | Q(established_on__lte=scope.day)
    lasting = Q(dissolved_on=None) | Q(dissolved_on__gte=scope.day)
    yield from scope.rows(Organization).filter(begun, lasting).order_by("code")


def _superiors(found: Iterable[Organization], day: dt.date) -> dict[str, str]:
    """Who stands above each at the day: a row of superiors says, or else its own."""
    above = {one.code: one.parent_id for one in found if one.parent_id}
    rows = Superior.objects.filter(purpose=None, withdrawn_at=None)
    moved = rows.values_list("organization__code", "parent__code", "from_on", "to_on")
    seen: set[str] = set()
    for code, parent, first, last in moved:
        if code not in seen:
            seen.add(code)
            above.pop(code, None)
        if (first is None or first <= day) and (last is None or last >= day):
            above[code] = parent
    return above


def _in_order(root: str, found: dict[str, Organization], above: dict[str, str]) -> Iterator[str]:
    """The codes, each followed by what lies below it."""
    below: defaultdict[str, list[str]] = defaultdict(list)
    for code in found:
        over = above.get(code, "")
        below[over if over in found and code != root else ""].append(code)
    waiting = below[""][::-1]
    while waiting:
        code = waiting.pop()
        yield code
        waiting += below[code][::-1]


def _members(found: dict[str, Organization], day: dt.date) -> Counter[str]:
    """The members of each organization and of all below it."""
    begun = Q(from_on=None) | Q(from_on__lte=day)
    lasting = Q(to_on=None) | Q(to_on__gte=day)
    paths = TreePath.objects.filter(begun, lasting, ancestor__code__in=list(found))
    pairs = list(paths.values_list("ancestor__code", "descendant__code"))
    own = headcounts(list({below for _above, below in pairs}), day)
    total: Counter[str] = Counter()
    for above, below in pairs:
        total[above] += own[below].members if below in own else 0
    return total


def _secretaries(scope: Scope) -> dict[str, str]:
    """The secretary of each organization, by name; nothing for whoever may not see persons."""
    if not scope.persons:
        return {}
    posts = posts_at(scope).filter(post="secretary").order_by("-pk")
    holders = dict(posts.values_list("organization_id", "member"))
    people = Member.objects.filter(code__in=set(holders.values()))
    names = dict(people.values_list("code", "name"))
    return {code: names.get(member) or member for code, member in holders.items()}


def _ends(scope: Scope) -> dict[str, dt.date | None]:
    """When the committee of each organization comes to its end: of the newest term begun."""
    sitting = Q(ended_on=None) | Q(ended_on__gte=scope.day)
    begun = Q(started_on=None) | Q(started_on__lte=scope.day)
    rows = scope.rows(Term).filter(sitting, begun)
    ordered = rows.order_by(F("started_on").asc(nulls_first=True), "pk")
    return dict(ordered.values_list("organization_id", "expires_on"))


def _summary(scope: Scope, found: Iterable[Organization]) -> str:
    counts = Counter(one.kind for one in found)
    n = counts.total()
    parts = [f"{scope.say('organization', 'kind', kind)} {count}" for kind, count in counts.items()]
    total = ngettext("共 %(n)d 个党组织", "共 %(n)d 个党组织", n) % {"n": n}
    return bracketed(total, in_words(parts))


ORGANIZATIONS: Final = Book(
    name="organizations",
    title=gettext_lazy("党组织名册"),
    told=gettext_lazy("本组织和全部下级组织，按隶属关系排列"),
    make=organizations,
    table="organization",
)
