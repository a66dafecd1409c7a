"""The one door: which rows come through it, by role, subtree, table, purpose and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Field, QuerySet
from django.http import Http404

from jinwei.accounts.access import PERSONAL, Access, access_to_own_record
from jinwei.accounts.acts import ACTS, Act, RoleName
from jinwei.accounts.models import Account, Role
from jinwei.engine.catalogue import BOOLEAN, CODE, DATE, HUNDREDTHS, MONTH, WHOLE, Column
from jinwei.ledgers.models import FACT_MODELS, Honor
from jinwei.members.models import Member
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization, Superior
from jinwei.organizations.tree import rebuild_tree
from tests.web.conftest import BRANCH, COMMITTEE, OTHER, ROOT, TODAY

Person = Callable[..., Account]
DAY = dt.timedelta(days=1)
ALL = {ROOT, COMMITTEE, BRANCH, "TJ02", "CZ", OTHER}
BELOW = {
    ROOT: ALL,
    COMMITTEE: {COMMITTEE, BRANCH, "TJ02"},
    BRANCH: {BRANCH},
    OTHER: {OTHER},
}
TABLES = pytest.mark.parametrize("model", FACT_MODELS.values(), ids=list(FACT_MODELS))
ROLES = pytest.mark.parametrize("role", RoleName.values)
PERSON_IN = {BRANCH: "P1", "TJ02": "P5", OTHER: "P8"}


# --- a row of every table in every branch ---------------------------------------------------------


def value_for(column: Column, place: str, person: str) -> Any:
    """Something that the column takes."""
    if column.refers_to == "organization" and column.name != "parent":
        return place
    if column.refers_to == "member" or column.name == "member":
        return person
    if column.refers_to == "meeting":
        return f"M-{place}"
    if column.refers_to is not None:
        return ROOT
    made: dict[str, Any] = {
        DATE: TODAY,
        WHOLE: 1,
        HUNDREDTHS: 100,
        BOOLEAN: True,
        MONTH: "2026-06",
        CODE: next(iter(column.codes or {}), ""),
    }
    if column.name in ("code", "key"):
        return f"N-{place}"
    return made.get(column.kind, "text")


def make_row(model: type[FactModel], place: str) -> None:
    """A row of a table in a branch, about a person of it where it can be about one."""
    table, person = model.table(), PERSON_IN[place]
    if table.name in ("organization", "member"):
        return  # they are there
    if table.name == "meeting":
        values: dict[str, Any] = {"code": f"M-{place}", "kind": "lecture"}
        model(organization_id=place, **values).save()
        return
    fields = {field.name: field for field in model._meta.concrete_fields}
    values = {}
    for column in table.stored:
        if column.name in fields:
            field: Field[Any, Any] = fields[column.name]
            values[field.attname] = value_for(column, place, person)
    model(**values).save()


@pytest.fixture
def rows_everywhere(tree: None) -> None:
    for model in FACT_MODELS.values():
        for place in PERSON_IN:
            make_row(model, place)


def places_of(rows: QuerySet[Any]) -> set[str]:
    """Where the rows of a table belong, read from the rows themselves."""
    return {place for row in rows for place in _place_of(row)}


def _place_of(row: FactModel) -> Iterator[str]:
    table = row.table().name
    if table == "organization":
        yield str(row)
    elif table == "attendance":
        yield row.meeting.organization_id  # type: ignore[attr-defined]
    elif getattr(row, "organization_id", None):
        yield row.organization_id  # type: ignore[attr-defined]
    else:
        yield row.member.organization_id  # type: ignore[attr-defined]


@TABLES
@ROLES
def test_no_row_from_outside_the_subtree_and_every_row_within(
    rows_everywhere: None,
    person: Person,
    access_of: Callable[..., Access],
    model: type[FactModel],
    role: str,
) -> None:
    """Each role at the committee: all it may see of TJ and below, nothing of CZ."""
    access = access_of(person("somebody", (role, COMMITTEE)))
    found = places_of(access.rows(model))
    about_persons = model.table().name in PERSONAL
    sees = Act.SEE in ACTS[role] and (Act.MEMBERS in ACTS[role] or not about_persons)
    named = "member" in {f.name for f in model._meta.concrete_fields}
    if sees and named and model.table().name != "post" and Act.MEMBERS not in ACTS[role]:
        sees = False  # the rows made here are about somebody
    inside = {BRANCH, "TJ02"}
    expected = (inside | {COMMITTEE} if model is Organization else inside) if sees else set()
    assert found == expected


@ROLES
@pytest.mark.parametrize("act", [Act.SEE, Act.RECORD])
def test_the_rows_of_one_organization_are_those_among_all(
    rows_everywhere: None,
    person: Person,
    access_of: Callable[..., Access],
    role: str,
    act: Act,
) -> None:
    """In a branch below, in one elsewhere, and in one that is lent for a purpose."""
    Superior.objects.create(organization_id=OTHER, parent_id=COMMITTEE, purpose="双创")
    access = access_of(person("somebody", (role, COMMITTEE)))
    for model in FACT_MODELS.values():
        if "organization" not in {f.name for f in model._meta.concrete_fields}:
            continue
        for place in (BRANCH, "TJ02", OTHER):
            among_all = access.rows(model, act).filter(organization=place)
            assert set(access.rows(model, act, of=place)) == set(among_all), (model, place)


@TABLES
def test_an_act_that_a_role_lacks_reaches_no_row(
    rows_everywhere: None,
    person: Person,
    access_of: Callable[..., Access],
    model: type[FactModel],
) -> None:
    inspector = access_of(person("zhou", (RoleName.INSPECTOR, COMMITTEE)))
    assert not inspector.rows(model, Act.RECORD).exists()
    assert inspector.rows(model, Act.JUDGE).exists()


@TABLES
def test_withdrawn_rows_come_only_when_asked_for(
    rows_everywhere: None,
    person: Person,
    access_of: Callable[..., Access],
    model: type[FactModel],
) -> None:
    access = access_of(person("wang", (RoleName.SECRETARY, BRANCH)))
    before = access.rows(model).count()
    model._default_manager.update(withdrawn_at="2026-06-01T00:00Z")
    again = access_of(Account.objects.get(name="wang"))
    assert again.rows(model).count() == 0
    assert again.rows(model, withdrawn=True).count() == before > 0


def test_a_row_without_organization_belongs_to_that_of_its_member(
    tree: None, person: Person, access_of: Callable[..., Access]
) -> None:
    Honor.objects.create(member_id="P1", level="city")
    Honor.objects.create(member_id="P8", level="city")
    Honor.objects.create(organization_id=BRANCH, level="city")
    secretary = access_of(person("wang", (RoleName.SECRETARY, BRANCH)))
    assert secretary.rows(Honor).count() == 2
    auditor = access_of(person("sun", (RoleName.AUDITOR, BRANCH)))
    assert auditor.rows(Honor).count() == 1, "not the one about a person"


# --- organizations ------------------------------------------------------------------------------


@pytest.mark.parametrize("place", BELOW)
def test_a_role_reaches_its_organization_and_all_below(
    person: Person, access_of: Callable[..., Access], place: str
) -> None:
    access = access_of(person("somebody", (RoleName.STAFF, place)))
    assert set(access.organizations().values_list("code", flat=True)) == BELOW[place]
    for code in ALL:
        assert access.may(Act.RECORD, code) is (code in BELOW[place])
        assert not access.may(Act.JUDGE, code)
    assert access.home() == Organization.objects.get(code=place)


def test_acts_of_several_roles_hold_each_in_its_own_place(
    person: Person, access_of: Callable[..., Access]
) -> None:
    both = access_of(person("li", (RoleName.SECRETARY, BRANCH), (RoleName.INSPECTOR, "CZ")))
    assert both.may(Act.RECORD, BRANCH)
    assert not both.may(Act.JUDGE, BRANCH)
    assert both.may(Act.JUDGE, OTHER)
    assert not both.may(Act.RECORD, OTHER)
    assert {str(o) for o in both.organizations()} == {BRANCH, "CZ", OTHER}
    assert str(both.home()) == BRANCH


def test_what_is_not_seen_does_not_exist_and_what_is_seen_may_be_refused(
    person: Person, access_of: Callable[..., Access]
) -> None:
    access = access_of(person("zhou", (RoleName.INSPECTOR, COMMITTEE)))
    assert str(access.organization(BRANCH, Act.JUDGE)) == BRANCH
    with pytest.raises(PermissionDenied) as refused:
        access.organization(BRANCH, Act.RECORD)
    assert refused.value.args == (Act.RECORD,)
    for code in (OTHER, ROOT, "nowhere"):
        with pytest.raises(Http404):
            access.organization(code)


def test_a_withdrawn_organization_is_nobodys(
    person: Person, access_of: Callable[..., Access]
) -> None:
    access = access_of(person("wang", (RoleName.SECRETARY, BRANCH)))
    Organization.objects.filter(code=BRANCH).update(withdrawn_at="2026-06-01T00:00Z")
    access = access_of(Account.objects.get(name="wang"))
    assert not access.organizations().exists()
    assert access.home() is None


def test_a_member_has_the_own_record_and_nothing_else(
    person: Person, access_of: Callable[..., Access]
) -> None:
    access = access_of(person("li", (RoleName.MEMBER, BRANCH), member_id="P2"))
    assert access.home() is None
    assert not access.organizations().exists()
    assert not any(access.rows(model).exists() for model in FACT_MODELS.values())
    assert access_to_own_record(access) == Member.objects.get(code="P2")


def test_who_is_no_member_has_no_own_record(
    person: Person, access_of: Callable[..., Access]
) -> None:
    with pytest.raises(Http404):
        access_to_own_record(access_of(person("sun", (RoleName.AUDITOR, ROOT))))


# --- time ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("from_on", "to_on", "in_force"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (None, TODAY, True),
        (None, TODAY - DAY, False),
        (TODAY, TODAY, True),
    ],
)
def test_a_role_holds_from_its_first_day_to_its_last(
    person: Person,
    access_of: Callable[..., Access],
    from_on: dt.date | None,
    to_on: dt.date | None,
    in_force: bool,
) -> None:
    wang = person("wang", (RoleName.SECRETARY, BRANCH))
    wang.roles.update(from_on=from_on, to_on=to_on)
    access = access_of(wang)
    assert access.may(Act.RECORD, BRANCH) is in_force
    assert access.may(Act.RECORD) is in_force
    assert access.rows(Member).exists() is in_force


def test_a_branch_that_moves_is_seen_by_whoever_stands_above_it_that_day(
    person: Person, access_of: Callable[..., Access]
) -> None:
    before, after = (person(n, (RoleName.STAFF, c)) for n, c in (("li", COMMITTEE), ("qian", "CZ")))
    move = TODAY + 10 * DAY
    Superior.objects.create(organization_id=BRANCH, parent_id=COMMITTEE, to_on=move - DAY)
    Superior.objects.create(organization_id=BRANCH, parent_id="CZ", from_on=move)
    rebuild_tree()
    for day, sees, blind in ((move - DAY, before, after), (move, after, before)):
        assert access_of(sees, day).may(Act.RECORD, BRANCH)
        assert access_of(sees, day).rows(Member).filter(organization_id=BRANCH).count() == 4
        assert not access_of(blind, day).may(Act.SEE, BRANCH)
        assert not access_of(blind, day).rows(Member).filter(organization_id=BRANCH).exists()


# --- purposes -----------------------------------------------------------------------------------


@pytest.fixture
def lent(tree: None) -> Superior:
    """The branch of the other committee is also under TJ, for one purpose, this month."""
    return Superior.objects.create(
        organization_id=OTHER,
        parent_id=COMMITTEE,
        purpose="双创",
        from_on=dt.date(2026, 6, 1),
        to_on=dt.date(2026, 6, 30),
    )


def test_a_superior_for_a_purpose_may_look_and_nothing_else(
    lent: Superior, person: Person, access_of: Callable[..., Access]
) -> None:
    staff = access_of(person("li", (RoleName.STAFF, COMMITTEE)))
    assert staff.may(Act.SEE, OTHER)
    assert [act for act in Act if act is not Act.SEE and staff.may(act, OTHER)] == []
    assert not staff.rows(Member).filter(organization_id=OTHER).exists()
    assert staff.rows(FACT_MODELS["term"]).filter(organization_id=OTHER).exists()
    assert not access_of(staff.account, dt.date(2026, 7, 1)).may(Act.SEE, OTHER)


def test_a_role_for_a_purpose_reaches_what_was_lent_for_it_alone(
    lent: Superior, person: Person, access_of: Callable[..., Access]
) -> None:
    li = person("li")
    Role.objects.create(account=li, role="staff", organization_id=COMMITTEE, purpose="双创")
    access = access_of(li)
    assert {str(o) for o in access.organizations()} == {OTHER}
    assert str(access.home()) == OTHER, "the first page is one that it may see"
    assert not access.may(Act.RECORD)
    li.roles.update(purpose="另一件事")
    assert not access_of(li).organizations().exists()


def test_what_is_below_an_organization_lent_is_lent_with_it(
    person: Person, access_of: Callable[..., Access]
) -> None:
    Superior.objects.create(organization_id="CZ", parent_id=COMMITTEE, purpose="双创")
    staff = access_of(person("li", (RoleName.STAFF, COMMITTEE)))
    assert staff.may(Act.SEE, OTHER)
    assert not staff.may(Act.MEMBERS, OTHER)


# --- how often it asks --------------------------------------------------------------------------


def test_rows_cost_the_roles_and_the_rows(
    person: Person, access_of: Callable[..., Access], django_assert_num_queries: Any
) -> None:
    access = access_of(person("li", (RoleName.STAFF, COMMITTEE)))
    with django_assert_num_queries(2):
        list(access.rows(Member))
    with django_assert_num_queries(1):
        list(access.rows(Member, Act.RECORD))


def test_an_organization_costs_one_question_more(
    person: Person, access_of: Callable[..., Access], django_assert_num_queries: Any
) -> None:
    access = access_of(person("li", (RoleName.STAFF, COMMITTEE)))
    with django_assert_num_queries(3):
        access.organization(BRANCH, Act.RECORD)
        access.may(Act.RECORD, BRANCH)
        access.may(Act.SEE, BRANCH)
    with django_assert_num_queries(0):
        access.home()
        access.may(Act.RECORD)
        access.may(Act.JUDGE, BRANCH)
