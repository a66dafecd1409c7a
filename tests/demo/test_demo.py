"""The invented data sets: their size, their sameness, their validity, what happens in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from jinwei.datasets.checks import check_dataset
from jinwei.datasets.dataset import Dataset, Value
from jinwei.demo import committee, district
from jinwei.engine.catalogue import MEETING_KINDS, TABLES

DAYS = (date(2026, 11, 21), date(2026, 3, 1))
MAKERS = {"district": district, "committee": committee}
Record = dict[str, Value]
Made = Callable[..., Dataset]


def records(data: Dataset, table: str) -> Iterator[Record]:
    columns = [column.name for column in TABLES[table].stored]
    return (dict(zip(columns, row, strict=True)) for row in data.rows(table))


def exists(organization: Record, today: date) -> bool:
    dissolved = organization["dissolved_on"]
    return str(organization["established_on"]) <= today.isoformat() and (
        dissolved is None or str(dissolved) >= today.isoformat()
    )


def standing(data: Dataset, today: date) -> list[Record]:
    return [o for o in records(data, "organization") if exists(o, today)]


def counted(member: Record, today: date) -> bool:
    """Whether the roster counts the person as a member on the day."""
    return (
        member["status"] in ("full", "probationary")
        and str(member["joined_on"]) <= today.isoformat()
        and str(member["here_since"]) <= today.isoformat()
        and member["left_on"] is None
    )


@pytest.fixture(params=DAYS, ids=str)
def today(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


@pytest.fixture
def area(made: Made, today: date) -> Dataset:
    return made("district", today)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_district_has_its_organizations_and_members(made: Made, seed: int, today: date) -> None:
    data = made("district", today, seed)
    organizations = standing(data, today)
    assert len(organizations) == 569
    assert len(data.rows("organization")) == 572
    tops = [o for o in organizations if o["parent"] == "CH" and o["kind"] != "temporary_branch"]
    assert len(tops) == 55
    assert {o["kind"] for o in tops} == {"committee", "general_branch"}
    members = [m for m in records(data, "member") if counted(m, today)]
    assert 10_000 <= len(members) <= 10_500


@pytest.mark.parametrize("seed", [1, 2, 7])
def test_the_stationed_committee_has_its_organizations_and_members(
    made: Made, seed: int, today: date
) -> None:
    data = made("committee", today, seed)
    kinds = Counter(o["kind"] for o in records(data, "organization"))
    assert kinds == {"committee": 1, "general_branch": 3, "branch": 25}
    assert sum(counted(m, today) for m in records(data, "member")) == 162


def test_kinds_follow_size(area: Dataset, today: date) -> None:
    sizes: Counter[Value] = Counter()
    parents = {o["code"]: o["parent"] for o in records(area, "organization")}
    for member in records(area, "member"):
        code = member["organization"]
        while counted(member, today) and code is not None:
            sizes[code] += 1
            code = parents[code]
    for organization in standing(area, today):
        size, kind = sizes[organization["code"]], organization["kind"]
        if organization["parent"] == "CH":
            assert (kind == "committee") == (size >= 100), organization
        if kind in ("branch", "joint_branch"):
            assert 6 <= size <= 50, organization
        if kind in ("group", "temporary_branch"):
            assert size == 0, organization


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_seed_and_day_give_the_same_rows(made: Made, name: str, today: date) -> None:
    again = MAKERS[name](1, today=today)
    assert made(name, today).tables == again.tables
    assert made(name, today, 2).tables != again.tables


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", MAKERS)
def test_the_data_set_is_accepted(made: Made, name: str, seed: int, today: date) -> None:
    assert check_dataset(made(name, today, seed)) == ()


@pytest.mark.parametrize("name", MAKERS)
def test_nothing_is_dated_after_the_day(made: Made, name: str, today: date) -> None:
    data = made(name, today)
    ahead = {"due_on", "expires_on", "to_on"}
    for table in data.tables:
        dated = [
            place
            for place, column in enumerate(TABLES[table].stored)
            if column.kind == "date" and column.name not in ahead
        ]
        latest = [max(str(row[place] or "") for row in data.rows(table)) for place in dated]
        assert max(latest, default="") <= today.isoformat(), table


@pytest.mark.parametrize("name", MAKERS)
def test_ledgers_cover_a_year_and_a_half(made: Made, name: str, today: date) -> None:
    data = made(name, today)
    months = {str(row["month"]) for row in records(data, "dues")}
    assert len(months) == 19
    held = {str(row["held_on"])[:7] for row in records(data, "meeting")}
    assert held <= months
    assert len(held) >= 18


def test_every_table_has_rows(area: Dataset) -> None:
    assert set(area.tables) == set(TABLES)
    assert all(area.tables.values())
    assert sum(map(len, area.tables.values())) < 330_000


def test_meetings_of_every_kind_take_place(area: Dataset) -> None:
    meetings = list(records(area, "meeting"))
    assert {m["kind"] for m in meetings} == set(MEETING_KINDS)
    assert all(1 <= int(m["attended"] or 0) <= int(m["expected"] or 0) for m in meetings)
    recorded = [str(m["recorded_on"]) for m in meetings]
    assert recorded == sorted(recorded)


def test_attendance_agrees_with_its_meeting(area: Dataset) -> None:
    came: Counter[Value] = Counter()
    listed: Counter[Value] = Counter()
    for row in records(area, "attendance"):
        listed[row["meeting"]] += 1
        came[row["meeting"]] += row["status"] in ("present", "late")
    meetings = {m["code"]: m for m in records(area, "meeting")}
    assert listed
    for code in listed:
        assert came[code] == meetings[code]["attended"]
        assert listed[code] == meetings[code]["expected"]


def test_expected_follows_the_roster_of_the_meeting_day(area: Dataset, today: date) -> None:
    newest = max(str(m["held_on"]) for m in records(area, "meeting") if m["kind"] == "theme_day")
    late = [m for m in records(area, "meeting") if m["kind"] == "theme_day"]
    registered = Counter(m["organization"] for m in records(area, "member") if counted(m, today))
    for meeting in late:
        if meeting["held_on"] == newest and meeting["organization"] in registered:
            gap = registered[meeting["organization"]] - int(meeting["expected"] or 0)
            assert abs(gap) <= 3


def test_some_organizations_live_on_paper_only(area: Dataset) -> None:
    """Everybody always present, everything entered on one day, though held for a year."""
    by_organization: dict[Value, list[Record]] = defaultdict(list)
    for meeting in records(area, "meeting"):
        by_organization[meeting["organization"]].append(meeting)
    paper = [
        meetings
        for meetings in by_organization.values()
        if len(meetings) > 20
        and len({m["recorded_on"] for m in meetings}) == 1
        and all(m["attended"] == m["expected"] for m in meetings)
    ]
    assert 5 <= len(paper) <= 80


def test_dues_are_paid_late_or_owed(area: Dataset, today: date) -> None:
    past = [d for d in records(area, "dues") if str(d["month"]) < today.isoformat()[:7]]
    late = [d for d in past if d["paid_on"] and str(d["paid_on"])[:7] > str(d["month"])]
    owed = [d for d in past if d["paid_on"] is None]
    assert 0.01 < len(late) / len(past) < 0.15
    assert 0.002 < len(owed) / len(past) < 0.05
    assert len({(d["member"], d["month"]) for d in records(area, "dues")}) == len(area.rows("dues"))


def test_some_terms_are_overdue(area: Dataset, today: date) -> None:
    dissolved = {o["code"] for o in records(area, "organization") if o["dissolved_on"]}
    sitting = [
        t for t in records(area, "term") if not t["ended_on"] and t["organization"] not in dissolved
    ]
    overdue = [t for t in sitting if str(t["expires_on"]) < today.isoformat()]
    assert len({t["organization"] for t in sitting}) == len(sitting)
    assert 10 <= len(overdue) <= 0.2 * len(sitting)


def test_branches_changed_their_superior_last_year(area: Dataset, today: date) -> None:
    rows = [s for s in records(area, "superior") if not s["purpose"]]
    moved = [s["organization"] for s in rows if s["from_on"]]
    parents = {o["code"]: o["parent"] for o in records(area, "organization")}
    assert len(moved) == 4
    for row in rows:
        if row["from_on"]:
            assert str(row["from_on"])[:4] == str(today.year - 1)
            assert parents[row["organization"]] == row["parent"]
    assert sum(bool(s["purpose"]) for s in records(area, "superior")) == 1


def test_members_of_ended_branches_live_on_in_others(area: Dataset) -> None:
    ended = {o["code"] for o in records(area, "organization") if o["dissolved_on"]}
    assert len(ended) == 3
    assert not ended & {m["organization"] for m in records(area, "member")}
    left = [m for m in records(area, "membership") if m["organization"] in ended]
    assert len(left) == 22
    assert all(m["to_on"] for m in left)


def test_the_newest_membership_names_the_members_branch(area: Dataset) -> None:
    branch = {m["code"]: m["organization"] for m in records(area, "member")}
    now = [m for m in records(area, "membership") if m["to_on"] is None]
    assert 100 < len(now) < 300
    assert all(branch[m["member"]] == m["organization"] for m in now)


def test_members_of_every_status_and_category(area: Dataset, today: date) -> None:
    members = list(records(area, "member"))
    assert {m["status"] for m in members} == {"full", "probationary", "suspended", "left"}
    assert {m["category"] for m in members} == {"backbone", "ordinary", "mobile", "special"}
    year_ago = today.replace(year=today.year - 1).isoformat()
    for member in members:
        assert member["id_number"] is None
        assert member["phone"] is None
        assert str(member["birth_on"]) < str(member["joined_on"]) <= str(member["here_since"])
        if member["status"] == "probationary":
            assert str(member["joined_on"]) > year_ago
            assert member["full_on"] is None


def test_at_most_a_third_is_excellent(area: Dataset) -> None:
    grades: dict[tuple[Value, Value], Counter[Value]] = defaultdict(Counter)
    for row in records(area, "appraisal"):
        grades[row["organization"], row["held_on"]][row["grade"]] += 1
    assert grades
    assert all(3 * found["excellent"] <= found.total() for found in grades.values())


def test_large_branches_have_a_committee_and_small_ones_a_secretary(area: Dataset) -> None:
    held: dict[Value, set[Value]] = defaultdict(set)
    for post in records(area, "post"):
        if post["ended_on"] is None:
            held[post["organization"]].add(post["post"])
    kinds = {o["code"]: o["kind"] for o in records(area, "organization") if not o["dissolved_on"]}
    branches = [code for code, kind in kinds.items() if kind in ("branch", "joint_branch")]
    assert all("secretary" in held[code] for code in branches)
    assert sum({"organization", "publicity"} <= held[code] for code in branches) > 350
    assert sum("first_secretary" in posts for posts in held.values()) == 22


def test_rectifications_are_closed_in_time_late_and_open(area: Dataset) -> None:
    found = list(records(area, "rectification"))
    assert any(r["closed_on"] and str(r["closed_on"]) <= str(r["due_on"]) for r in found)
    assert any(r["closed_on"] and str(r["closed_on"]) > str(r["due_on"]) for r in found)
    assert any(r["closed_on"] is None for r in found)
    assert {c["procedure"] for c in records(area, "case")} >= {"election", "admission", "transfer"}
    assert {i["kind"] for i in records(area, "incident")} == {
        "admission_breach",
        "case_unhandled",
        "discipline",
        "dues_breach",
        "election_overdue",
        "falsification",
        "lagging_listed",
        "public_criticism",
    }


@pytest.mark.parametrize("name", MAKERS)
def test_members_transfer_and_stay_away(made: Made, name: str, today: date) -> None:
    data = made(name, today)
    start = min(str(d["month"]) for d in records(data, "dues"))
    moved = [m for m in records(data, "membership") if m["to_on"] and str(m["to_on"]) > start]
    assert moved
    assert any(m["mobile"] for m in records(data, "member"))
    assert any(m["status"] == "probationary" for m in records(data, "member"))
    assert any(c["procedure"] == "transfer" for c in records(data, "case"))


def test_dues_name_the_branch_of_their_month(area: Dataset) -> None:
    """Who moved pays to the branch of the month's end."""
    stays: dict[Value, list[Record]] = defaultdict(list)
    for stay in records(area, "membership"):
        stays[stay["member"]].append(stay)
    moved = [d for d in records(area, "dues") if d["member"] in stays]
    assert len({(d["member"], d["organization"]) for d in moved}) > len(stays)
    for dues in moved:
        held = [s for s in stays[dues["member"]] if str(s["from_on"])[:7] <= str(dues["month"])]
        assert dues["organization"] in [s["organization"] for s in held]
