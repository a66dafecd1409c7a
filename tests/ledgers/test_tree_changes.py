"""The tree through its changes: founded, moved, lent, dissolved, merged; the past stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from jinwei.audit.actions import SYSTEM
from jinwei.audit.models import Entry
from jinwei.ledgers.changes import Edited
from jinwei.ledgers.tree_changes import dissolve, end_purpose, found, lend, merge, move
from jinwei.members.models import Member, Membership
from jinwei.organizations.models import Organization, Post, Superior, Term, TreePath

pytestmark = pytest.mark.django_db

JUNE, DECEMBER = dt.date(2025, 6, 30), dt.date(2025, 12, 31)
NEW_YEAR = dt.date(2026, 1, 1)


@pytest.fixture(autouse=True)
def tree() -> None:
    """A committee W with committees A and B; branch A1 and its group below A."""
    organization("W", None, "work_committee")
    organization("A", "W", "committee")
    organization("B", "W", "committee")
    organization("A1", "A", established_on=dt.date(2020, 1, 1))
    organization("B1", "B")
    organization("A1G", "A1", "group")


def organization(code: str, parent: str | None, kind: str = "branch", **more: Any) -> Organization:
    return Organization.objects.create(
        code=code, name=f"组织{code}", parent_id=parent, kind=kind, **more
    )


def get(code: str) -> Organization:
    return Organization.objects.get(code=code)


def above(code: str, day: dt.date) -> set[str]:
    """Everything above an organization at a day, as the engine and the access read it."""
    paths = TreePath.objects.filter(descendant__code=code).exclude(ancestor__code=code)
    return {
        path.ancestor_id for path in paths if (path.from_on or day) <= day <= (path.to_on or day)
    }


def faults(error: pytest.ExceptionInfo[ValidationError]) -> dict[str, str]:
    return {field: said[0] for field, said in error.value.message_dict.items()}


# --- founded ------------------------------------------------------------------------------------


def test_a_new_organization_stands_below_its_superior_and_in_the_record() -> None:
    row = Organization(code="A2", name="新支部", parent=get("A"), kind="branch")
    row.established_on = NEW_YEAR
    found(row, by=SYSTEM)
    assert above("A2", NEW_YEAR) == {"A", "W"}
    assert Entry.objects.get(act="entered", row="A2").after["name"] == "新支部"


def test_a_code_in_use_and_a_dissolved_superior_are_refused() -> None:
    with pytest.raises(ValidationError) as error:
        found(Organization(code="A1", name="又一个", kind="branch"), by=SYSTEM)
    assert faults(error) == {"code": "代码 A1 已经有组织在用。"}
    Organization.objects.filter(code="B").update(dissolved_on=JUNE)
    row = Organization(
        code="B2", name="新", parent=get("B"), kind="branch", established_on=NEW_YEAR
    )
    with pytest.raises(ValidationError) as error:
        found(row, by=SYSTEM)
    assert faults(error) == {"parent": "“组织B”已于 2025-06-30 撤销。"}
    assert not Organization.objects.filter(code="B2").exists()


# --- moved --------------------------------------------------------------------------------------


def test_a_move_leaves_the_tree_of_last_june_as_it_was() -> None:
    move(get("A1"), get("B"), on=NEW_YEAR, by=SYSTEM)
    assert above("A1", JUNE) == above("A1", DECEMBER) == {"A", "W"}
    assert above("A1", NEW_YEAR) == {"B", "W"}
    assert above("A1G", JUNE) == {"A1", "A", "W"}
    assert above("A1G", NEW_YEAR) == {"A1", "B", "W"}
    rows = Superior.objects.order_by("pk").values_list("parent_id", "from_on", "to_on")
    assert list(rows) == [("A", None, DECEMBER), ("B", NEW_YEAR, None)]


def test_a_second_move_closes_the_row_in_force_the_day_before() -> None:
    move(get("A1"), get("B"), on=NEW_YEAR, by=SYSTEM)
    move(get("A1"), get("W"), on=dt.date(2026, 4, 1), by=SYSTEM, reason="直属")
    assert above("A1", dt.date(2026, 3, 31)) == {"B", "W"}
    assert above("A1", dt.date(2026, 4, 1)) == {"W"}
    closed = Entry.objects.get(act="corrected", table="superior")
    assert (closed.before, closed.after) == ({"to_on": None}, {"to_on": "2026-03-31"})
    assert closed.reason == "直属"


def test_a_move_said_wrong_is_put_right_on_the_same_day() -> None:
    move(get("A1"), get("B"), on=NEW_YEAR, by=SYSTEM)
    move(get("A1"), get("W"), on=NEW_YEAR, by=SYSTEM)
    assert above("A1", NEW_YEAR) == {"W"}
    assert above("A1", DECEMBER) == {"A", "W"}
    assert Superior.objects.count() == 2


def test_a_span_that_ends_keeps_its_end() -> None:
    Superior.objects.create(
        organization=get("A1"), parent=get("A"), from_on=JUNE, to_on=dt.date(2026, 12, 31)
    )
    move(get("A1"), get("B"), on=NEW_YEAR, by=SYSTEM)
    last = Superior.objects.order_by("pk").last()
    assert last is not None
    assert (last.parent_id, last.from_on, last.to_on) == ("B", NEW_YEAR, dt.date(2026, 12, 31))


def test_an_organization_without_superior_gets_one() -> None:
    organization("C", None)
    move(get("C"), get("A"), on=NEW_YEAR, by=SYSTEM)
    assert above("C", DECEMBER) == set()
    assert above("C", NEW_YEAR) == {"A", "W"}


@pytest.mark.parametrize(
    ("code", "to", "on", "said"),
    [
        ("A", "A1", NEW_YEAR, {"parent": "“组织A1”在“组织A”之下，不能反过来管它。"}),
        ("A", "A", NEW_YEAR, {"parent": "组织不能归自己管。"}),
        ("A1", "A", NEW_YEAR, {"parent": "那天它已经归“组织A”管。"}),
        ("A1", "B", dt.date(2019, 12, 31), {"on": "“组织A1”2020-01-01 才成立。"}),
    ],
)
def test_a_move_that_cannot_be_changes_nothing(
    code: str, to: str, on: dt.date, said: dict[str, str]
) -> None:
    with pytest.raises(ValidationError) as error:
        move(get(code), get(to), on=on, by=SYSTEM)
    assert faults(error) == said
    assert not Superior.objects.exists()
    assert not Entry.objects.exists()
    assert above("A1", NEW_YEAR) == {"A", "W"}


def test_a_move_before_a_later_one_is_refused() -> None:
    move(get("A1"), get("B"), on=NEW_YEAR, by=SYSTEM)
    with pytest.raises(ValidationError) as error:
        move(get("A1"), get("W"), on=JUNE, by=SYSTEM)
    assert faults(error)["on"].startswith("已登记自 2026-01-01 起归“组织B”")
    assert Superior.objects.count() == 2


# --- lent for a purpose -------------------------------------------------------------------------


def test_a_second_superior_is_no_part_of_the_tree_and_can_end() -> None:
    row = lend(Superior(organization=get("A1"), parent=get("B"), purpose="专项"), by=SYSTEM)
    assert above("A1", NEW_YEAR) == {"A", "W"}
    end_purpose(row, on=NEW_YEAR, by=SYSTEM)
    row.refresh_from_db()
    assert (row.to_on, row.version) == (NEW_YEAR, 2)


def test_the_same_purpose_twice_at_a_time_is_refused() -> None:
    first = Superior(organization=get("A1"), parent=get("B"), purpose="专项", to_on=NEW_YEAR)
    lend(first, by=SYSTEM)
    again = Superior(organization=get("A1"), parent=get("B"), purpose="专项", from_on=NEW_YEAR)
    with pytest.raises(ValidationError) as error:
        lend(again, by=SYSTEM)
    assert faults(error) == {"from_on": "不限 至 2026-01-01 已经为“专项”归“组织B”，两段时间重叠。"}
    again.from_on = dt.date(2026, 1, 2)
    lend(again, by=SYSTEM)
    assert Superior.objects.count() == 2


# --- dissolved and merged -----------------------------------------------------------------------


def member(code: str, branch: str, **more: Any) -> Member:
    return Member.objects.create(code=code, organization_id=branch, **{"status": "full", **more})


def test_dissolving_ends_posts_and_term_and_keeps_the_past() -> None:
    Post.objects.create(organization=get("B1"), member="P1", post="secretary", started_on=JUNE)
    Term.objects.create(organization=get("B1"), started_on=JUNE)
    ended = dissolve(get("B1"), on=DECEMBER, by=SYSTEM, reason="任务完成")
    assert (ended.posts, ended.terms, ended.members) == (1, 1, 0)
    assert get("B1").dissolved_on == DECEMBER
    assert Post.objects.get().ended_on == Term.objects.get().ended_on == DECEMBER
    assert above("B1", JUNE) == {"B", "W"}
    assert {e.reason for e in Entry.objects.all()} == {"任务完成"}


def test_who_still_has_members_or_organizations_below_does_not_end() -> None:
    member("P1", "B1")
    member("P2", "B1", status="left", left_on=JUNE)
    with pytest.raises(ValidationError) as error:
        dissolve(get("B1"), on=DECEMBER, by=SYSTEM)
    assert faults(error) == {"on": "还有 1 名党员在册，请先转走，或改用“并入”。"}
    with pytest.raises(ValidationError) as error:
        dissolve(get("A1"), on=DECEMBER, by=SYSTEM)
    assert faults(error) == {"on": "下面还有 1 个组织（组织A1G），请先撤销或转走。"}
    dissolve(get("A1G"), on=DECEMBER, by=SYSTEM)
    dissolve(get("A1"), on=DECEMBER, by=SYSTEM)
    with pytest.raises(ValidationError) as error:
        dissolve(get("A1"), on=DECEMBER, by=SYSTEM)
    assert faults(error) == {"on": "“组织A1”已于 2025-12-31 撤销。"}


def test_a_merger_registers_the_members_elsewhere_from_the_day_on() -> None:
    member("P1", "B1")
    member("P2", "B1")
    Membership.objects.create(member_id="P2", organization=get("B1"), from_on=JUNE)
    member("P3", "B1", status="left", left_on=JUNE)
    member("P4", "A1")
    ended = merge(get("B1"), get("A1"), on=NEW_YEAR, by=SYSTEM)
    assert ended.members == 2
    rows = Membership.objects.order_by("member__code", "pk")
    assert list(rows.values_list("member_id", "organization_id", "from_on", "to_on")) == [
        ("P1", "B1", None, DECEMBER),
        ("P1", "A1", NEW_YEAR, None),
        ("P2", "B1", JUNE, DECEMBER),
        ("P2", "A1", NEW_YEAR, None),
    ]
    homes = dict(Member.objects.values_list("code", "organization_id"))
    assert homes == {"P1": "A1", "P2": "A1", "P3": "B1", "P4": "A1"}
    assert get("B1").dissolved_on == DECEMBER


def test_a_merger_into_itself_or_into_what_is_gone_changes_nothing() -> None:
    member("P1", "B1")
    with pytest.raises(ValidationError) as error:
        merge(get("B1"), get("B1"), on=NEW_YEAR, by=SYSTEM)
    assert faults(error) == {"into": "不能并入自己。"}
    Organization.objects.filter(code="A1").update(dissolved_on=JUNE)
    with pytest.raises(ValidationError) as error:
        merge(get("B1"), get("A1"), on=NEW_YEAR, by=SYSTEM)
    assert faults(error) == {"into": "“组织A1”已于 2025-06-30 撤销。"}
    assert get("B1").dissolved_on is None
    assert not Membership.objects.exists()


def test_what_somebody_else_saved_meanwhile_is_not_lost() -> None:
    seen = get("B1")
    Organization.objects.filter(code="B1").update(name="改了名", version=2)
    with pytest.raises(Edited):
        dissolve(seen, on=DECEMBER, by=SYSTEM)
    assert (get("B1").name, get("B1").dissolved_on) == ("改了名", None)
