"""What an organization was: scores as they were seen, its superiors, its names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from jinwei.accounts.access import Access
from jinwei.audit.models import Entry
from jinwei.engine.schema import Indicator
from jinwei.organizations.models import Organization, Superior
from jinwei.standings import history as seen
from jinwei.standings.models import Adoption, Standing, StandingChange
from jinwei.web.addresses import address
from jinwei.web.charts.parts import star_lines
from jinwei.web.charts.trend import EditionLine, TrendPoint, trend
from jinwei.web.guard import Request

from .page import words

CHANGES_A_PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class Moved:
    """An indicator that moved on a day: hundredths of points earned and owed, before and after."""

    id: str
    title: str
    url: str
    before: int
    after: int
    owed_before: int
    owed: int

    @property
    def weight(self) -> int:
        return max(abs(self.after - self.before), abs(self.owed - self.owed_before))


@dataclass(frozen=True, slots=True)
class Change:
    """One day on which the score or stars became others, and what moved them."""

    day: dt.date
    score_before: int | None
    score: int | None
    stars_before: int | None
    stars: int | None
    moved: tuple[Moved, ...]

    @property
    def change(self) -> int | None:
        if self.score is None or self.score_before is None:
            return None
        return self.score - self.score_before


@dataclass(frozen=True, slots=True)
class Reading:
    """The score at the end of a month, or today."""

    label: str
    score: int | None
    stars: int | None


@dataclass(frozen=True, slots=True)
class Period:
    """A score in a period by an edition."""

    label: str
    standard: str
    score: int | None
    stars: int | None
    grade: str


@dataclass(frozen=True, slots=True)
class Above:
    """A superior from when to when; with a purpose it is a second one."""

    name: str
    url: str
    first: dt.date | None
    last: dt.date | None
    purpose: str
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name until a day."""

    name: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class History:
    """The history page below its head."""

    chart: SafeString | None
    readings: tuple[Reading, ...]
    changes: tuple[Change, ...]
    page: Page[StandingChange] | None
    periods: tuple[Period, ...]
    above: tuple[Above, ...]
    names: tuple[FormerName, ...]

    @property
    def last_month(self) -> int | None:
        """The score at the end of the month before."""
        return self.readings[-2].score if len(self.readings) > 1 else None


def history(request: Request, standing: Standing | None) -> History:
    """Everything the history page shows."""
    one, access = request.organization, request.access
    line = _line(one.code, standing, access.day)
    chart, readings = _trend(line) if line else (None, ())
    changes, page = _changes(request, line) if line else ((), None)
    return History(
        chart,
        readings,
        changes,
        page,
        tuple(map(_period, seen.periods(one.code))),
        tuple(superiors(access, one)),
        former_names(one.code),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """Whose changes are told, under which adoption, up to which day; whether it still stands."""

    adoption: Adoption
    subject: str
    as_of: dt.date
    stands: bool = True


def _line(code: str, standing: Standing | None, day: dt.date) -> _Line | None:
    """That of the standing; who stands nowhere any more keeps the one that was seen last."""
    if standing is not None:
        return _Line(standing.adoption, standing.subject, standing.as_of)
    last = seen.last_change(code, day)
    return _Line(last.adoption, code, last.day, stands=False) if last else None


def _trend(line: _Line) -> tuple[SafeString | None, tuple[Reading, ...]]:
    """Month-ends with the star lines; no chart where there never was a score."""
    found = seen.trend(line.adoption, line.subject, day=line.as_of)
    readings = tuple(Reading(_month(p.day, line.as_of), p.score, p.stars) for p in found.points)
    if all(reading.score is None for reading in readings):
        return None, readings
    editions = []
    for change in found.editions:
        index = next((i for i, p in enumerate(found.points) if p.day >= change.day), None)
        if index is not None:
            editions.append(EditionLine(index, change.edition.version))
    stars = star_lines(line.adoption.plan().standard.stars)
    return trend([TrendPoint(r.label, r.score) for r in readings], stars, editions), readings


def _month(day: dt.date, today: dt.date) -> str:
    """A month-end by its month, the last day by its date."""
    whole = (day + dt.timedelta(days=1)).day == 1
    if whole or day != today:
        return words().window(day.replace(day=1), day) if whole else date_format(day, "Y-m-d")
    return date_format(day, pgettext("date format", "n 月 j 日"))


def _changes(request: Request, line: _Line) -> tuple[tuple[Change, ...], Page[StandingChange]]:
    rows = seen.changes(line.adoption, line.subject, day=line.as_of)
    page = Paginator(rows, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    return _told(line, page.object_list), page


def every_change(code: str, standing: Standing | None, day: dt.date) -> tuple[Change, ...]:
    """All days on which the score or stars became others, the newest first."""
    line = _line(code, standing, day)
    if line is None:
        return ()
    return _told(line, seen.changes(line.adoption, line.subject, day=line.as_of))


def _told(line: _Line, rows: Iterable[StandingChange]) -> tuple[Change, ...]:
    indicators = {i.id: i for i in line.adoption.plan().standard.indicators}
    return tuple(_change(row, indicators, line.stands) for row in rows)


def _change(row: StandingChange, indicators: Mapping[str, Indicator], linked: bool) -> Change:
    moved = (
        Moved(
            id,
            indicators[id].title(words().language),
            address("organization:indicator", row.subject, id) if linked else "",
            before,
            after,
            owed_before,
            owed,
        )
        for id, (before, owed_before, after, owed) in row.indicators.items()
        if id in indicators and (before, owed_before) != (after, owed)
    )
    return Change(
        row.day,
        row.score_before,
        row.score,
        row.stars_before,
        row.stars,
        tuple(sorted(moved, key=lambda m: -m.weight)),
    )


def _period(end: seen.PeriodEnd) -> Period:
    standard = end.adoption.plan().standard
    grade = next((g.title for g in standard.grades if g.title.en == end.grade), None)
    language = words().language
    return Period(
        words().window(end.first, end.last),
        f"{standard.title(language)} {end.adoption.edition.version}",
        end.score,
        end.stars,
        grade(language) if grade else "",
    )


# --- superiors and names ------------------------------------------------------------------------


def superiors(access: Access, one: Organization) -> Iterable[Above]:
    """Who stood above from when to when, the newest first; those for a purpose after them.

    Where no dated row says otherwise, the superior has always been the same.
    """
    rows = list(access.rows(Superior).filter(organization=one).select_related("parent"))
    visible = set(
        access.organizations()
        .filter(code__in={row.parent_id for row in rows} | {one.parent_id})
        .values_list("code", flat=True)
    )
    if not any(row.purpose is None for row in rows) and one.parent is not None:
        yield Above(one.parent.name, _url(one.parent, visible), None, None, "")
    for row in sorted(rows, key=_order):
        url = _url(row.parent, visible)
        yield Above(row.parent.name, url, row.from_on, row.to_on, row.purpose or "", row.row_id)


def _order(row: Superior) -> tuple[bool, int]:
    return row.purpose is not None, -(row.from_on or dt.date.min).toordinal()


def _url(organization: Organization, visible: set[str]) -> str:
    code = organization.code
    return address("organization:standing", code) if code in visible else ""


def former_names(code: str) -> tuple[FormerName, ...]:
    """The names an organization had before it was renamed, from the record of writes."""
    entries = Entry.objects.filter(table="organization", row=code, act="corrected")
    rows = entries.order_by("-pk").values_list("before", "at")
    return tuple(
        FormerName(before["name"], at) for before, at in rows if before and "name" in before
    )


def end_reason(code: str) -> str:
    """On what grounds an organization ended; empty where the record of writes says none."""
    entries = Entry.objects.filter(table="organization", row=code, act="corrected")
    rows = entries.order_by("-pk").values_list("after", "reason")
    return next((why for after, why in rows if after and after.get("dissolved_on")), "")
