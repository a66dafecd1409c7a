"""The background: days go by, and nobody's newer reckoning is overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from jinwei.audit.actions import SYSTEM, record
from jinwei.audit.models import Seal
from jinwei.engine.periods import Clock
from jinwei.engine.score import clock_for
from jinwei.ledgers.changes import enter
from jinwei.ledgers.models import Incident
from jinwei.organizations.models import Organization
from jinwei.standings import background
from jinwei.standings.actions import reckon, reckon_at_hand, results_at
from jinwei.standings.background import after_import, catch_up, nightly, state, work_once
from jinwei.standings.models import Activity, Adoption, Dirty, Run, Standing
from jinwei.standings.queue import EVERYBODY, adopted, mark, marks_of, unmark
from jinwei.standings.writer import Writer

pytestmark = pytest.mark.django_db
Adopt = Callable[..., Adoption]
Stored = Callable[[Adoption], dict[str, Any]]
Expected = Callable[[Adoption, dt.date], dict[str, Any]]


@pytest.fixture
def adoption(facts: None, today: dt.date, adopt: Adopt) -> Adoption:
    return adopt("office-branch", leading=True)


def test_a_night_moves_every_standing_to_the_day(
    adoption: Adoption, adopt: Adopt, today: dt.date, stored: Stored, expected: Expected
) -> None:
    members = adopt("member-points")
    nightly(today)
    later = today + dt.timedelta(days=20)
    record(by=SYSTEM, act="entered")
    run = nightly(later)
    for one in (adoption, members):
        assert stored(one) == expected(one, later)
        assert set(one.standings.values_list("as_of", flat=True)) == {later}
    assert (run.kind, run.as_of, run.error) == (Run.NIGHTLY, later, "")
    assert run.subjects == Standing.objects.count()
    assert 0 < run.changed <= run.subjects
    assert run.finished_at is not None
    assert Seal.objects.exists()


def test_a_night_leaves_an_adoption_that_has_ended(
    adoption: Adoption, today: dt.date, stored: Stored
) -> None:
    reckon(adoption, as_of=today)
    before = stored(adoption)
    adoption.to_on = today
    adoption.save()
    nightly(today + dt.timedelta(days=1))
    assert stored(adoption) == before


def test_a_run_says_which_adoption_failed_and_does_the_others(
    adoption: Adoption, adopt: Adopt, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = adopt("office-governance")
    reckon(ahead, as_of=today + dt.timedelta(days=1))
    failing = adopt("classified-grading")
    really = background.reckon

    def fail(one: Adoption, **more: Any) -> Any:
        if one == failing:
            raise ArithmeticError("no such number")
        return really(one, **more)

    monkeypatch.setattr(background, "reckon", fail)
    run = nightly(today)
    assert "no such number" in run.error
    assert "a later day" in run.error
    assert adoption.standings.exists()


def test_the_day_is_caught_up_with_once(adoption: Adoption, today: dt.date) -> None:
    now = timezone.now()
    first = catch_up(now)
    assert first is not None
    assert catch_up(now) is None
    tomorrow = catch_up(now + dt.timedelta(days=1))
    assert tomorrow is not None
    assert tomorrow.as_of == today + dt.timedelta(days=1)


def test_another_worker_is_left_to_its_run(adoption: Adoption, today: dt.date) -> None:
    run = Run.objects.create(kind=Run.NIGHTLY, as_of=today, started_at=timezone.now())
    assert catch_up(timezone.now()) is None
    assert state().running
    run.started_at -= dt.timedelta(hours=3)
    run.save()
    assert not state().running
    assert catch_up(timezone.now()) is not None


def test_a_new_adoption_is_reckoned_as_a_whole(
    adoption: Adoption, today: dt.date, stored: Stored, expected: Expected
) -> None:
    adopted(adoption)
    assert state(adoption).queued == 1
    assert state(adoption).since is not None
    assert work_once() > 0
    assert stored(adoption) == expected(adoption, today)
    assert state() == background.State(0, None, False, None)
    assert Run.objects.get().kind == Run.WHOLE


def test_marks_of_an_ended_adoption_are_dropped(adoption: Adoption, today: dt.date) -> None:
    reckon(adoption, as_of=today)
    before = adoption.standings.count()
    adoption.to_on = today - dt.timedelta(days=1)
    adoption.save()
    mark(adoption, ["any", EVERYBODY])
    assert work_once() == 0
    assert not Dirty.objects.exists()
    assert adoption.standings.count() == before


def test_a_failing_adoption_stays_in_the_queue(
    adoption: Adoption, adopt: Adopt, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = adopt("office-governance")
    mark(adoption, ["A"])
    mark(other, ["A"])
    really = background.reckon_some

    def fail(one: Adoption, **more: Any) -> Any:
        if one == adoption:
            raise ArithmeticError
        return really(one, **more)

    monkeypatch.setattr(background, "reckon_some", fail)
    assert work_once() == 1
    assert list(Dirty.objects.values_list("adoption", flat=True)) == [adoption.pk]


def test_what_was_marked_once_more_stays_marked(adoption: Adoption) -> None:
    mark(adoption, ["A", "B"])
    seen = marks_of(adoption)
    mark(adoption, ["B"])
    unmark(adoption, seen)
    assert set(marks_of(adoption)) == {"B"}


def test_a_newer_reckoning_is_not_overwritten(
    adoption: Adoption, today: dt.date, stored: Stored, expected: Expected
) -> None:
    """A run has read the facts; before it writes, somebody saves one and is reckoned."""
    reckon(adoption, as_of=today)
    branch = Organization.objects.filter(kind="branch").order_by("code")[0]
    later = today + dt.timedelta(days=20)
    clock: Clock = clock_for(adoption.plan(), later)
    run = Writer(adoption, clock, timezone.now())
    seen = run.seen(None)
    results = results_at(adoption, clock)
    enter(Incident(organization=branch, kind="falsification", occurred_on=today), by=SYSTEM)
    reckon_at_hand(adoption, later, branch.code)
    reckoned = run.write(seen, results)
    assert reckoned.skipped == (branch.code,)
    run.move_on({c: s for c, s in seen.items() if c not in {*reckoned.changed, branch.code}})
    assert stored(adoption) == expected(adoption, later)


def test_a_subject_that_went_meanwhile_does_not_come_back(
    adoption: Adoption, today: dt.date, stored: Stored
) -> None:
    reckon(adoption, as_of=today)
    later = today + dt.timedelta(days=20)
    clock = clock_for(adoption.plan(), later)
    run = Writer(adoption, clock, timezone.now())
    seen, results = run.seen(None), results_at(adoption, clock)
    gone = sorted(results)[0]
    adoption.standings.filter(subject=gone).delete()
    run.write(seen, results)
    assert gone not in stored(adoption)


def test_after_an_import_everything_is_reckoned(adoption: Adoption, today: dt.date) -> None:
    reckon(adoption, as_of=today)
    after_import()
    assert state().queued == adoption.standings.count()
    assert Activity.objects.count() > 0
    work_once()
    assert state().queued == 0


def test_what_was_cut_off_is_not_at_work(adoption: Adoption, today: dt.date) -> None:
    Run.objects.create(kind=Run.WHOLE, as_of=today, started_at=timezone.now())
    background.clear_cut_off()
    assert not state().running


def test_a_period_that_ended_hears_of_late_entries(adoption: Adoption, today: dt.date) -> None:
    last_day = dt.date(2026, 12, 31)
    reckon(adoption, as_of=last_day)
    branch = adoption.standings.order_by("subject")[0].subject
    before = adoption.standings.get(subject=branch)
    assert not before.vetoes
    enter(Incident(organization_id=branch, kind="falsification", occurred_on=last_day), by=SYSTEM)
    Dirty.objects.all().delete()
    adoption.standings.update(vetoes=[], digest="as before")
    nightly(last_day + dt.timedelta(days=20))
    assert adoption.standings.get(subject=branch, first=before.first).vetoes
    assert adoption.standings.filter(subject=branch).count() == 2
    adoption.standings.update(vetoes=[], digest="as before")
    nightly(last_day + dt.timedelta(days=100))
    assert not adoption.standings.get(subject=branch, first=before.first).vetoes
