"""Earlier days: month-ends are filled in as a daily run would have left them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from jinwei.standings.actions import reckon
from jinwei.standings.history import backfill, changes, periods, trend
from jinwei.standings.models import Adoption, StandingChange

pytestmark = pytest.mark.django_db
Adopt = Callable[..., Adoption]
Stored = Callable[[Adoption], dict[str, Any]]
MONTH_ENDS = [dt.date(2026, m, d) for m, d in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31))]


def noted(adoption: Adoption) -> list[tuple[Any, ...]]:
    columns = ("subject", "day", "score_before", "score", "stars_before", "stars", "indicators")
    rows = StandingChange.objects.filter(adoption=adoption).order_by("subject", "day")
    return list(rows.values_list(*columns))


def test_it_is_as_if_every_month_end_had_been_reckoned(
    facts: None, today: dt.date, adopt: Adopt, stored: Stored
) -> None:
    daily = adopt("office-branch")
    for day in [*MONTH_ENDS, today]:
        reckon(daily, as_of=day)
    filled = adopt("office-branch")
    assert backfill(filled, today) > 0
    assert noted(filled) == noted(daily)
    assert stored(filled) == stored(daily)
    assert backfill(filled, today) == 0
    assert noted(filled) == noted(daily)


def test_present_standings_are_not_disturbed(
    facts: None, today: dt.date, adopt: Adopt, stored: Stored
) -> None:
    daily = adopt("office-branch")
    for day in [*MONTH_ENDS, today]:
        reckon(daily, as_of=day)
    present = adopt("office-branch")
    reckon(present, as_of=today)
    before = set(present.standings.values_list("pk", "reckoned_at"))
    backfill(present, today)
    assert set(present.standings.values_list("pk", "reckoned_at")) == before
    assert noted(present) == noted(daily)


def test_nothing_is_said_of_days_before_the_adoption(
    facts: None, today: dt.date, adopt: Adopt
) -> None:
    adoption = adopt("office-branch", from_on=dt.date(2026, 4, 1))
    backfill(adoption, today)
    days = StandingChange.objects.filter(adoption=adoption).dates("day", "day")
    assert set(days) <= {*MONTH_ENDS[3:], today}


def test_a_trend_shows_the_month_ends_and_today(facts: None, today: dt.date, adopt: Adopt) -> None:
    adoption = adopt("office-branch")
    backfill(adoption, today)
    standing = adoption.standings.exclude(score=None).order_by("subject")[0]
    found = trend(adoption, standing.subject, day=today)
    assert [p.day for p in found.points] == [*MONTH_ENDS, today]
    assert found.points[-1].score == standing.score
    assert found.editions == ()
    told = {row.day: row.score for row in changes(adoption, standing.subject, day=today)}
    for point in found.points:
        assert point.day not in told or point.score == told[point.day]


def test_a_trend_shows_where_the_edition_changed(facts: None, today: dt.date, adopt: Adopt) -> None:
    first = adopt("office-branch", leading=True, to_on=dt.date(2026, 3, 31))
    for day in MONTH_ENDS[:3]:
        reckon(first, as_of=day)
    second = adopt("classified-grading", leading=True, from_on=dt.date(2026, 4, 1))
    backfill(second, today)
    subject = second.standings.filter(subject__in=first.standings.values("subject"))[0].subject
    found = trend(second, subject, day=today)
    assert [p.adoption for p in found.points] == [first] * 3 + [second] * 3
    assert [(c.day, c.edition) for c in found.editions] == [(dt.date(2026, 4, 1), second.edition)]
    assert {p.adoption for p in periods(subject)} == {first, second}


def test_a_day_that_ends_as_it_began_leaves_no_row(
    facts: None, today: dt.date, adopt: Adopt
) -> None:
    from jinwei.audit.actions import SYSTEM
    from jinwei.ledgers.changes import enter, withdraw
    from jinwei.ledgers.models import Survey

    adoption = adopt("office-branch")
    backfill(adoption, today - dt.timedelta(days=1))
    before = noted(adoption)
    branch = adoption.standings.exclude(score=None).order_by("subject")[0].subject
    row = Survey(
        organization_id=branch, kind="satisfaction", held_on=today, answered=9, satisfied=0
    )
    enter(row, by=SYSTEM)
    assert noted(adoption) != before
    withdraw(row, by=SYSTEM, version=1, reason="错录")
    assert noted(adoption) == before
