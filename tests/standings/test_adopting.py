"""Adopting: one leads at a time, and all of it stands in the record."""

from __future__ import annotations

import datetime as dt

import pytest

from jinwei.audit.actions import SYSTEM
from jinwei.audit.models import Entry
from jinwei.engine.faults import StandardRefused
from jinwei.norms import standard_path
from jinwei.standards.actions import install_edition
from jinwei.standards.models import Edition
from jinwei.standings.adopting import AlreadyLeads, adopt, end
from jinwei.standings.background import work_once
from jinwei.standings.models import Adoption, Dirty, StandingChange
from jinwei.standings.queue import EVERYBODY

pytestmark = pytest.mark.django_db
NEW_YEAR = dt.date(2026, 1, 1)


def edition(name: str = "office-branch") -> Edition:
    return install_edition(standard_path(name).read_text(encoding="utf-8"))


def take_up(name: str, from_on: dt.date, **settings: str) -> Adoption:
    return adopt(edition(name), "ZG", from_on=from_on, settings=settings, leading=True, by=SYSTEM)


def test_it_is_recorded_queued_and_its_month_ends_are_filled_in(
    facts: None, today: dt.date
) -> None:
    made = take_up("office-branch", NEW_YEAR, fund_floor="800")
    assert Dirty.objects.get().subject == EVERYBODY
    entry = Entry.objects.get()
    assert (entry.act, entry.table, entry.organization) == ("adopted", "adoption", "ZG")
    assert entry.after["settings"] == {"fund_floor": "800"}
    work_once()
    days = set(StandingChange.objects.filter(adoption=made).dates("day", "day"))
    assert dt.date(2026, 3, 31) in days
    assert today in days
    assert not Dirty.objects.exists()


def test_the_next_one_that_leads_takes_over(facts: None, today: dt.date) -> None:
    first = take_up("office-branch", NEW_YEAR)
    second = take_up("classified-grading", dt.date(2026, 7, 1))
    first.refresh_from_db()
    assert (first.to_on, second.to_on) == (dt.date(2026, 6, 30), None)
    with pytest.raises(AlreadyLeads) as error:
        take_up("office-branch", dt.date(2026, 7, 1))
    assert error.value.adoption == second
    assert Adoption.objects.count() == 2
    end(second, dt.date(2026, 12, 31), by=SYSTEM)
    assert Entry.objects.order_by("pk").last().after == {"to_on": "2026-12-31"}  # type: ignore[union-attr]


def test_a_setting_that_cannot_be_is_refused(facts: None, today: dt.date) -> None:
    with pytest.raises(StandardRefused):
        take_up("office-branch", NEW_YEAR, no_such_parameter="1")
    assert not Adoption.objects.exists()
    assert not Entry.objects.exists()
