"""Figures beside scores: who leads, who is compared, what is spread, missed and silent."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable

import pytest
import time_machine
from django.core.cache import cache
from pytest_django import DjangoAssertNumQueries

from jinwei.audit.actions import SYSTEM
from jinwei.audit.models import Entry
from jinwei.ledgers.changes import correct, enter, withdraw
from jinwei.ledgers.models import Dues, Incident, Judgement, Meeting, Survey
from jinwei.members.models import Member
from jinwei.organizations.models import Organization, Superior
from jinwei.standings.actions import reckon
from jinwei.standings.activity import rebuild_activity
from jinwei.standings.figures import (
    Scored,
    by_subordinate,
    change_since,
    coverage,
    current,
    dimensions,
    fields_filled,
    indicators,
    leading,
    median,
    missing,
    most_missed,
    movers,
    peer_figures,
    peers,
    scope,
    scored,
    spread,
    standing,
    standings_of,
    subordinates,
    writes,
)
from jinwei.standings.history import backfill, trend
from jinwei.standings.models import Activity, Adoption, StandingIndicator

pytestmark = pytest.mark.django_db
Adopt = Callable[..., Adoption]
ROOT = "ZG"
DAY = dt.timedelta(days=1)


@pytest.fixture
def adoption(facts: None, today: dt.date, adopt: Adopt) -> Adoption:
    made = adopt("office-branch", leading=True)
    backfill(made, today)
    return made


def branches(adoption: Adoption) -> list[str]:
    return list(adoption.standings.order_by("subject").values_list("subject", flat=True))


def make(code: str, parent: str | None = None, kind: str = "branch") -> Organization:
    return Organization.objects.create(code=code, name=code, kind=kind, parent_id=parent)


# --- which ----------------------------------------------------------------------------------------


def test_the_nearest_adoption_that_leads_gives_the_score(
    facts: None, today: dt.date, adopt: Adopt
) -> None:
    branch = Organization.objects.filter(kind="branch", parent__kind="general_branch")[0]
    assert branch.parent is not None
    assert leading(branch.code, today) is None
    top = adopt("office-branch", leading=True)
    near = adopt("classified-grading", branch.parent.code, leading=True)
    adopt("office-governance", branch.parent.code)
    ended = adopt("office-branch", branch.code, leading=True, to_on=today - DAY)
    assert leading(branch.code, today) == near
    assert leading(branch.code, today - DAY) == ended
    assert leading(ROOT, today) == top
    for one in (top, near):
        reckon(one, as_of=today)
    found = standing(branch.code, today)
    assert found is not None
    assert found.adoption == near
    assert [s.adoption for s in standings_of(branch.code, today)] == [near, top]
    assert standing("nobody", today) is None


def test_a_member_has_a_standing_under_the_standard_of_members(
    facts: None, today: dt.date, adopt: Adopt
) -> None:
    adopt("office-branch", leading=True)
    points = adopt("member-points")
    reckon(points, as_of=today)
    member = Member.objects.filter(status="full").order_by("code")[0]
    assert [s.adoption for s in standings_of(member.code, today)] == [points]
    assert current(points, today).count() == points.standings.count()
    assert not current(points, today + 365 * DAY).exists()


# --- scopes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3, 4], None),
        ([5, 1, 4, 2, 3], 3),
        ([1, 2, 3, 4, 5, 6], 4),
        ([-6, -5, -4, -3, -2, -1], -4),
        ([2, 2, 2, 4, 4, 4], 3),
    ],
)
def test_a_median_needs_five_and_rounds_half_away_from_zero(
    numbers: list[int], expected: int | None
) -> None:
    assert median(numbers) == expected


def test_a_spread_counts_everybody_once(adoption: Adoption, today: dt.date) -> None:
    standard = adoption.plan().standard
    rows = [
        *(Scored(str(n), score, stars, None) for n, (score, stars) in enumerate([
            (0, 0), (3999, 0), (4000, 1), (5999, 1), (6000, 2), (8999, 4), (10000, 5), (10300, 5),
        ])),
        Scored("x", None, None, None),
    ]  # fmt: skip
    found = spread(rows, standard)
    assert (found.subjects, found.scored, found.unscored) == (9, 8, 1)
    assert found.stars == {0: 2, 1: 2, 2: 1, 4: 1, 5: 2}
    assert (found.four_or_more, found.below_60) == (3, 4)
    assert found.share_four_or_more is not None
    assert str(found.share_four_or_more) == "3/8"
    assert sum(c.count for c in found.by_stars) == sum(c.count for c in found.by_fives) == 8
    assert [c.low for c in found.by_stars] == [0, 4000, 6000, 7500, 8500, 9000]
    assert [c.count for c in found.by_stars] == [2, 2, 1, 0, 1, 2]
    assert (found.by_fives[-1].low, found.by_fives[-1].high) == (9500, 10000)
    assert found.by_fives[-1].count == 2
    assert spread([], standard).share_four_or_more is None


def test_a_scope_is_what_lies_below_on_the_day(
    adoption: Adoption, today: dt.date, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(1):
        everybody = scored(adoption, today, below=ROOT)
    assert [r.subject for r in everybody] == branches(adoption)
    general = Organization.objects.filter(kind="general_branch").order_by("code")[0]
    below = set(scope(general.code, today))
    assert general.code in below
    some = scored(adoption, today, below=general.code)
    assert {r.subject for r in some} == below & set(branches(adoption))
    assert scored(adoption, today, codes=[some[0].subject]) == some[:1]


def test_subordinates_are_those_of_the_day(db: None, today: dt.date) -> None:
    make("A", kind="committee")
    for code in ("B", "C", "D"):
        make(code, "A", "general_branch")
    make("E", "B")
    Superior.objects.create(organization_id="C", parent_id="B", from_on=today)
    Superior.objects.create(organization_id="D", parent_id="B", purpose="campaign")
    Organization.objects.filter(code="D").update(dissolved_on=today)
    assert subordinates("A", today) == ["B", "D"]
    assert subordinates("A", today + DAY) == ["B"]
    assert by_subordinate("A", today) == {"B": ("B", "C", "E"), "D": ("D",)}
    assert by_subordinate("E", today) == {}


# --- peers ----------------------------------------------------------------------------------------


def test_peers_are_found_under_the_committee_if_there_are_five(db: None, today: dt.date) -> None:
    make("W", kind="work_committee")
    make("C", "W", "committee")
    make("G", "C", "general_branch")
    for n in range(4):
        make(f"B{n}", "G")
    assert peers("B0", today).within == "none"
    assert peers("B0", today).codes == ()
    make("X", "W")
    assert peers("B0", today).within == "installation"
    assert peers("X", today).codes == ("B0", "B1", "B2", "B3", "X")
    make("B4", "C")
    make("J", "C", "joint_branch")
    found = peers("B0", today)
    assert (found.within, found.committee) == ("committee", "C")
    assert found.codes == ("B0", "B1", "B2", "B3", "B4")
    Organization.objects.filter(code="B4").update(dissolved_on=today - DAY)
    assert peers("B0", today).within == "installation"


def test_the_nearest_committee_counts(db: None, today: dt.date) -> None:
    make("C", kind="committee")
    make("D", "C", "committee")
    for n in range(5):
        make(f"B{n}", "D")
    assert peers("B0", today).committee == "D"
    assert peers("D", today).committee == "C"


def test_medians_of_peers_are_those_of_their_scores(
    adoption: Adoption, today: dt.date, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    code = branches(adoption)[0]
    own = standing(code, today)
    assert own is not None
    found = peers(code, today)
    with django_assert_max_num_queries(1):
        figures = peer_figures(own, found)
    scores = [s.score for s in current(adoption, today).filter(subject__in=found.codes)]
    assert figures.count == len(scores)
    assert figures.median == median(s for s in scores if s is not None)
    with django_assert_max_num_queries(1):
        ours = dimensions(own)
    assert [d.id for d in ours] == [d.id for d in adoption.plan().standard.dimensions]
    assert set(figures.dimensions) == {d.id for d in ours}
    rows = indicators(own)
    with django_assert_max_num_queries(0):
        assert dimensions(own, rows) == ours
    for one in ours:
        assert 0 <= one.earned <= one.obtainable <= one.points or one.earned > one.points
        assert (one.figure is None) == (one.obtainable == 0)


def test_medians_of_very_many_are_worked_out_once(
    adoption: Adoption,
    today: dt.date,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(sys.modules["jinwei.standings.figures.peers"], "_MANY", 4)
    cache.clear()
    own = standing(branches(adoption)[0], today)
    assert own is not None
    found = peers(own.subject, today)
    first = peer_figures(own, found)
    with django_assert_num_queries(0):
        assert peer_figures(own, found) == first
    cache.clear()


# --- movement -------------------------------------------------------------------------------------


def test_change_since_a_day_is_what_stood_at_its_end(
    adoption: Adoption, today: dt.date, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    then = dt.date(2026, 4, 30)
    with django_assert_max_num_queries(1):
        since = change_since(adoption, then, day=today, below=ROOT)
    for code in branches(adoption)[::4]:
        points = {p.day: p for p in trend(adoption, code, day=today).points}
        before = since[code].score if code in since else points[today].score
        assert before == points[then].score
    assert change_since(adoption, today, day=today) == {}


def test_a_mover_says_what_moved_it(adoption: Adoption, today: dt.date) -> None:
    code = branches(adoption)[2]
    then = today - DAY
    assert all(m.subject != code for m in movers(adoption, today, day=today))
    enter(
        Survey(organization_id=code, kind="satisfaction", held_on=today, answered=100, satisfied=1),
        by=SYSTEM,
    )
    enter(
        Judgement(
            standard="office-branch", indicator="K03", organization_id=code,
            judged_on=today, level="poor", judge="甲",
        ),
        by=SYSTEM,
    )  # fmt: skip
    found = {m.subject: m for m in movers(adoption, then, day=today, codes=[code])}
    mover = found[code]
    assert mover.change <= -300
    assert mover.reasons[0].indicator == "K03"
    assert all(reason.points < 0 for reason in mover.reasons)
    assert len(mover.reasons) <= 3


# --- gaps -----------------------------------------------------------------------------------------


def test_what_most_miss_is_counted_by_subject(
    adoption: Adoption, today: dt.date, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(1):
        found = most_missed(adoption, today, below=ROOT)
    rows = StandingIndicator.objects.filter(standing__adoption=adoption, state="missed")
    assert sum(m.subjects for m in found) == rows.count() > 0
    assert [m.subjects for m in found] == sorted((m.subjects for m in found), reverse=True)
    worst = found[0]
    assert len(missing(adoption, today, worst.indicator)) == worst.subjects
    assert most_missed(adoption, today, limit=1) == (worst,)


def last(code: str) -> dt.date | None:
    row = Activity.objects.filter(organization=code).first()
    return row.last_on if row is not None else None


def test_whoever_records_nothing_for_thirty_days_is_silent(db: None, today: dt.date) -> None:
    for code in ("A", "B", "C"):
        make(code)
    for code, days in (("A", 30), ("B", 31)):
        row = Meeting(organization_id=code, kind="other", held_on=today - days * DAY)
        enter(row, by=SYSTEM)
    found = coverage(["A", "B", "C"], today)
    assert found.silent == ("B", "C")
    assert (found.subjects, found.covered) == (3, 1)
    assert found.last_on == {"A": today - 30 * DAY, "B": today - 31 * DAY, "C": None}
    assert str(found.share) == "1/3"
    assert coverage(["B"], today, below="B").silent == ("B",)
    assert coverage([], today).share is None


def test_activity_follows_the_facts(db: None, today: dt.date) -> None:
    make("A")
    make("B")
    member = Member.objects.create(code="P", organization_id="A", status="full")
    first = enter(Meeting(organization_id="A", kind="other", held_on=today - 9 * DAY), by=SYSTEM)
    second = enter(Meeting(organization_id="A", kind="other", held_on=today - DAY), by=SYSTEM)
    assert last("A") == today - DAY
    enter(Meeting(organization_id="A", kind="other", held_on=today + DAY), by=SYSTEM)
    enter(Dues(member=member, organization_id="A", month="2026-06", due=1), by=SYSTEM)
    enter(Judgement(standard="s", indicator="i", organization_id="A", judged_on=today), by=SYSTEM)
    assert last("A") == today - DAY
    withdraw(second, by=SYSTEM, version=1, reason="错录")
    assert last("A") == today - 9 * DAY
    first.organization_id = "B"
    correct(first, by=SYSTEM, version=1)
    assert (last("A"), last("B")) == (None, today - 9 * DAY)
    Activity.objects.all().delete()
    rebuild_activity(today + DAY)
    assert (last("A"), last("B")) == (today + DAY, today - 9 * DAY)
    Activity.objects.create(organization="gone", last_on=today)
    rebuild_activity(today)
    assert (last("A"), last("gone")) == (None, None)


# --- burden ---------------------------------------------------------------------------------------


def test_the_burden_is_what_people_typed_this_month(
    db: None, today: dt.date, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make("A", kind="committee")
    make("B", "A")
    member = Member.objects.create(code="P", organization_id="B", status="full")
    with time_machine.travel(dt.datetime(2026, 5, 31, 15, 59, tzinfo=dt.UTC)):
        enter(Meeting(organization_id="B", kind="other", held_on=today), by=SYSTEM)
    with time_machine.travel(dt.datetime(2026, 5, 31, 16, 0, tzinfo=dt.UTC)):
        row = enter(
            Meeting(organization_id="B", kind="other", held_on=today, expected=3, attended=3),
            by=SYSTEM,
            attendance=[("P", "present")],
        )
    row.topic = "甲"
    correct(row, by=SYSTEM, version=1)
    withdraw(row, by=SYSTEM, version=2, reason="错录")
    enter(Dues(member=member, organization_id="B", month="2026-06", due=1), by=SYSTEM)
    meeting, topic, dues = 2, 1, 3
    with django_assert_max_num_queries(1):
        assert fields_filled(today, below="A") == {"B": meeting + topic + dues}
    assert fields_filled(today, codes=["B"]) == fields_filled(today, below="A")
    assert fields_filled(today, codes=["A"]) == {}
    assert writes(today, codes=["B"]).count() == 3
    assert fields_filled(today - 15 * DAY, below="A") == {"B": 2}, "of May"


def test_only_columns_of_the_ledgers_count(db: None, today: dt.date) -> None:
    make("A")
    said = {"code": "H", "kind": "other", "held_on": "2026-06-01", "topic": None, "due_on": "x"}
    for act, table in (("entered", "meeting"), ("entered", "account"), ("read", "meeting")):
        Entry.objects.create(account_name="王", act=act, table=table, organization="A", after=said)
    assert fields_filled(today) == {"A": 2}


def test_figures_of_nobody(adoption: Adoption, today: dt.date) -> None:
    assert scored(adoption, today, below="nobody") == ()
    assert most_missed(adoption, today, below="nobody") == ()
    assert movers(adoption, today - DAY, day=today, below="nobody") == ()
    branch = branches(adoption)[0]
    enter(Incident(organization_id=branch, kind="falsification", occurred_on=today), by=SYSTEM)
    own = standing(branch, today)
    assert own is not None
    assert own.vetoes
