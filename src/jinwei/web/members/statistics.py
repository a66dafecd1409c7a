"""The roster in numbers: age, sex, education, years in the Party, full and part time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jinwei.accounts.acts import Act
from jinwei.audit.actions import record
from jinwei.ledgers.export import Sheet
from jinwei.organizations.models import Post
from jinwei.standings.figures import scope
from jinwei.web.charts.bars import bar
from jinwei.web.downloads import FILES, list_file
from jinwei.web.guard import Request, needs
from jinwei.web.organization.page import crumbs, tabs
from jinwei.web.parts import Crumb, Head
from jinwei.web.templatetags.jinwei import percent

from .asked import HERE, in_part
from .roster import rows_of

Bands = tuple[tuple[int | None, Any], ...]
AGES: Final[Bands] = (
    (35, gettext_lazy("35 岁及以下")),
    (45, gettext_lazy("36 至 45 岁")),
    (60, gettext_lazy("46 至 60 岁")),
    (None, gettext_lazy("60 岁以上")),
)
STANDING: Final[Bands] = (
    (4, gettext_lazy("不到 5 年")),
    (14, gettext_lazy("5 至 14 年")),
    (29, gettext_lazy("15 至 29 年")),
    (None, gettext_lazy("30 年及以上")),
)
"""Bands by whole years: up to and including the number, the last one open."""


@dataclass(frozen=True, slots=True)
class Line:
    """One value of an attribute: how many, their share, and the bar that shows it."""

    label: str
    count: int
    share: str
    bar: SafeString


@dataclass(frozen=True, slots=True)
class Part:
    """One attribute and its values in order; what is not on record comes last."""

    title: str
    lines: tuple[Line, ...]


@needs(Act.MEMBERS)
def statistics(request: Request, org: str) -> HttpResponse:
    """The numbers of whoever is on the roster today; nobody is named."""
    parts = parts_of(request)
    count = sum(line.count for line in parts[0].lines)
    title = ngettext("%(name)s：%(n)d 名党员的结构", "%(name)s：%(n)d 名党员的结构", count) % {
        "name": request.organization.name,
        "n": count,
    }
    roster = Crumb(_("党员"), reverse("members:roster", args=(org,)))
    head = Head(title, crumbs=(*crumbs(request.access, org), roster))
    context = {
        "head": head,
        "tabs": tabs(request, "roster"),
        "parts": parts if count else (),
        "exports": [
            (form, reverse("members:statistics_export", args=(org, form))) for form in FILES
        ],
    }
    return render(request, "members/statistics.html", context)


@needs(Act.MEMBERS)
def statistics_export(request: Request, org: str, form: str) -> HttpResponse:
    """The same numbers as a sheet."""
    if form not in FILES:
        raise Http404(form)
    parts = parts_of(request)
    name = _("%(name)s党员结构 %(day)s") % {
        "name": request.organization.name,
        "day": request.access.day,
    }
    rows = [(part.title, line.label, line.count) for part in parts for line in part.lines]
    sheet = Sheet(name, (_("属性"), _("分类"), _("人数")), ("text", "text", "whole"), iter(rows))
    response = list_file(sheet, form)
    after = {"rows": len(rows), "form": form}
    record(by=request.access.actor, act="exported", table="member", organization=org, after=after)
    return response


def parts_of(request: Request) -> list[Part]:
    """All attributes; two queries."""
    day = request.access.day
    rows = list(
        rows_of(request)
        .filter(in_part(HERE, day))
        .values_list("birth_on", "sex", "education", "joined_on")
    )
    return [
        _part(_("年龄"), (_band(AGES, birth, day) for birth, *_rest in rows), _labels(AGES)),
        _part(_("性别"), (sex for _birth, sex, *_rest in rows)),
        _part(_("学历"), (row[2] for row in rows)),
        _part(_("党龄"), (_band(STANDING, row[3], day) for row in rows), _labels(STANDING)),
        _part(_("任职人员专兼职"), _staff(request, day), [_("专职"), _("兼职")]),
    ]


def _staff(request: Request, day: dt.date) -> list[str | None]:
    """Full or part time, of each person in a post in force."""
    within = scope(request.organization.code, day)
    begun = Q(started_on=None) | Q(started_on__lte=day)
    here = begun & (Q(ended_on=None) | Q(ended_on__gte=day))
    posts = request.access.rows(Post).filter(here, organization__code__in=within)
    people: dict[str, bool | None] = {}
    for member, full_time in posts.values_list("member", "full_time"):
        people[member] = people.get(member) or full_time
    words = {True: _("专职"), False: _("兼职"), None: None}
    return [words[full_time] for full_time in people.values()]


def _labels(bands: Bands) -> list[str]:
    return [str(label) for _most, label in bands]


def _band(bands: Bands, since: dt.date | None, day: dt.date) -> str | None:
    """The band of the whole years since a day."""
    if since is None:
        return None
    years = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
    return next(str(label) for most, label in bands if most is None or years <= most)


def _part(title: str, values: Iterable[str | None], order: Iterable[str] = ()) -> Part:
    """Counted; in the order given, else the most frequent first."""
    counts = Counter(value or "" for value in values)
    total = sum(counts.values())
    missing = counts.pop("", 0)
    known = list(order) or [label for label, _count in counts.most_common()]
    found = [(label, counts[label]) for label in known if counts[label]]
    if missing:
        found.append((_("没有登记"), missing))
    return Part(title, tuple(_line(label, count, total) for label, count in found))


def _line(label: str, count: int, total: int) -> Line:
    share = Fraction(count, total)
    return Line(label, count, percent(share), bar(share, percent(share)))
