"""What is done to accounts, what it leaves in the record, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine

from jinwei.accounts import people
from jinwei.accounts.access import Access
from jinwei.accounts.acts import MAY_GIVE, RoleName
from jinwei.accounts.managing import manageable, members_to_link, visible
from jinwei.accounts.models import Account, Role
from jinwei.accounts.tokens import TokenPurpose, find_token, make_token, use_token
from jinwei.audit.actions import SYSTEM
from jinwei.audit.models import Entry
from tests.web.conftest import BRANCH, COMMITTEE, OTHER, ROOT, TODAY

from .conftest import actor

Person = Callable[..., Account]
DAY = dt.timedelta(days=1)


def entries(*acts: str) -> list[tuple[str, str, str | None]]:
    rows = Entry.objects.filter(act__in=acts).order_by("pk")
    return list(rows.values_list("act", "row", "organization"))


# --- invitations and resets ---------------------------------------------------------------------


def test_an_invitation_makes_an_account_that_waits_for_its_password(person: Person) -> None:
    li = person("li", (RoleName.STAFF, COMMITTEE))
    role = Role(role=RoleName.SECRETARY, organization_id=BRANCH)
    new = Account(name="wang", shown_name="王建国", member_id="P1")
    secret = people.invite(new, role, by=actor(li))
    assert not new.has_usable_password()
    assert len(secret) >= 43, "256 bits"
    assert [(r.role, r.organization_id, r.given_by) for r in new.roles.all()] == [
        ("secretary", BRANCH, li)
    ]
    assert entries("invited", "role_given") == [
        ("invited", "wang", BRANCH),
        ("role_given", "wang", BRANCH),
    ]
    token = find_token(secret, TokenPurpose.INVITATION)
    assert token is not None
    assert find_token(secret, TokenPurpose.RESET) is None
    assert secret not in str(token.__dict__), "only a digest is kept"
    assert use_token(token, "two horses in the rain")
    new.refresh_from_db()
    assert new.check_password("two horses in the rain")


def test_a_link_holds_once_and_not_for_ever(person: Person) -> None:
    wang = person("wang")
    secret = make_token(wang, TokenPurpose.RESET)
    token = find_token(secret, TokenPurpose.RESET)
    assert token is not None
    assert use_token(token, "two horses in the rain")
    assert not use_token(token, "three horses in the rain"), "the other of two open pages"
    assert find_token(secret, TokenPurpose.RESET) is None
    late = make_token(wang, TokenPurpose.RESET)
    with time_machine.travel(dt.datetime.now(dt.UTC) + DAY, tick=False):
        assert find_token(late, TokenPurpose.RESET) is None
    assert find_token("made up", TokenPurpose.RESET) is None


def test_a_new_link_ends_the_one_before(person: Person) -> None:
    wang = person("wang")
    _, first = people.reset(wang, by=SYSTEM)
    purpose, second = people.reset(wang, by=SYSTEM)
    assert purpose is TokenPurpose.RESET
    assert find_token(first, TokenPurpose.RESET) is None
    assert find_token(second, TokenPurpose.RESET) is not None
    assert wang.check_password("a good password"), "until then the old one holds"


def test_whoever_has_no_password_yet_is_invited_once_more(person: Person) -> None:
    wang = person("wang")
    lost = make_token(wang, TokenPurpose.INVITATION)
    wang.set_unusable_password()
    wang.save()
    purpose, secret = people.reset(wang, by=SYSTEM)
    assert purpose is TokenPurpose.INVITATION
    assert find_token(lost, TokenPurpose.INVITATION) is None
    assert find_token(secret, TokenPurpose.INVITATION)


def test_a_link_that_a_stranger_asked_for_takes_none_away(person: Person) -> None:
    wang = person("wang")
    invited = make_token(wang, TokenPurpose.INVITATION)
    _, handed = people.reset(wang, by=SYSTEM)
    make_token(wang, TokenPurpose.RESET, replacing=False)
    assert find_token(invited, TokenPurpose.INVITATION)
    token = find_token(handed, TokenPurpose.RESET)
    assert token is not None
    assert use_token(token, "two horses in the rain")
    assert not wang.tokens.filter(used_at=None).exists(), "one password chosen is enough"


def test_another_password_ends_every_session(person: Person) -> None:
    wang = person("wang")
    before = wang.get_session_auth_hash()
    people.change_password(wang, "two horses in the rain", by=actor(wang))
    changed = wang.get_session_auth_hash()
    people.sign_out_everywhere(wang, by=actor(wang))
    assert len({before, changed, wang.get_session_auth_hash()}) == 3


# --- roles --------------------------------------------------------------------------------------


def test_a_role_ends_with_a_day(person: Person) -> None:
    wang = person("wang", (RoleName.SECRETARY, BRANCH))
    people.end_role(wang.roles.get(), on=TODAY, by=SYSTEM)
    assert Access(wang, TODAY).roles
    assert not Access(wang, TODAY + DAY).roles
    entry = Entry.objects.get(act="role_ended")
    assert (entry.before["to_on"], entry.after["to_on"]) == (None, "2026-06-18")


def test_a_role_that_has_not_begun_is_as_if_never_given(person: Person) -> None:
    wang = person("wang")
    role = Role(account=wang, role="secretary", organization_id=BRANCH, from_on=TODAY + 9 * DAY)
    people.give_role(role, by=SYSTEM)
    people.end_role(role, on=TODAY, by=SYSTEM)
    assert not wang.roles.exists()
    assert Entry.objects.get(act="role_ended").after is None


def test_the_last_administrator_cannot_go(person: Person) -> None:
    zhao = person("zhao", (RoleName.ADMINISTRATOR, ROOT))
    for leave in (
        lambda: people.end_role(zhao.roles.get(), on=TODAY, by=SYSTEM),
        lambda: people.lock(zhao, by=SYSTEM, reason="x"),
        lambda: people.deactivate(zhao, by=SYSTEM, reason="x"),
    ):
        with pytest.raises(people.LastAdministrator):
            leave()
        zhao.refresh_from_db()
        assert zhao.is_open
        assert zhao.roles.get().to_on is None
    assert entries("role_ended", "locked", "deactivated") == []


def test_an_administrator_may_go_when_another_stays(person: Person) -> None:
    zhao = person("zhao", (RoleName.ADMINISTRATOR, ROOT))
    qian = person("qian", (RoleName.ADMINISTRATOR, ROOT))
    people.deactivate(zhao, by=actor(qian), reason="left")
    assert list(people.administrators(TODAY)) == [qian]


@pytest.mark.parametrize(
    "fields",
    [
        {"organization_id": COMMITTEE},
        {"to_on": TODAY + 30 * DAY},
        {"from_on": TODAY + 30 * DAY},
        {"purpose": "双创"},
    ],
    ids=["of a part", "for a while", "not yet", "for a purpose"],
)
def test_whoever_cannot_keep_the_whole_is_no_administrator(
    person: Person, fields: dict[str, object]
) -> None:
    zhao = person("zhao", (RoleName.ADMINISTRATOR, ROOT))
    sun = person("sun")
    at = {"organization_id": ROOT, **fields}
    Role.objects.create(account=sun, role=RoleName.ADMINISTRATOR, **at)
    with pytest.raises(people.LastAdministrator):
        people.deactivate(zhao, by=SYSTEM, reason="left")


def test_without_any_administrator_others_come_and_go(person: Person) -> None:
    wang = person("wang", (RoleName.SECRETARY, BRANCH))
    people.end_role(wang.roles.get(), on=TODAY, by=SYSTEM)
    people.deactivate(wang, by=SYSTEM, reason="left")
    assert not wang.is_open


def test_an_account_opened_again_needs_another_password(person: Person) -> None:
    wang = person("wang")
    people.deactivate(wang, by=SYSTEM, reason="left")
    people.reactivate(wang, by=SYSTEM)
    wang.refresh_from_db()
    assert wang.is_open
    assert not wang.has_usable_password()


def test_a_correction_names_what_differs_and_nothing_else(person: Person) -> None:
    wang = person("wang", (RoleName.SECRETARY, BRANCH))
    people.correct_account(wang, by=SYSTEM)
    assert entries("corrected") == []
    wang.shown_name = "王建国"
    people.correct_account(wang, by=SYSTEM)
    entry = Entry.objects.get(act="corrected")
    assert (entry.before, entry.after) == ({"shown_name": "wang"}, {"shown_name": "王建国"})


# --- who manages whom ---------------------------------------------------------------------------


@pytest.fixture
def cast(person: Person) -> dict[str, Account]:
    """Somebody in every role, in the places of the web tests, and a secretary elsewhere."""
    places = {
        RoleName.ADMINISTRATOR: ROOT,
        RoleName.WORK_COMMITTEE: ROOT,
        RoleName.STAFF: COMMITTEE,
        RoleName.SECRETARY: BRANCH,
        RoleName.MEMBER: BRANCH,
        RoleName.INSPECTOR: COMMITTEE,
        RoleName.AUDITOR: ROOT,
    }
    found = {str(role): person(role, (role, place)) for role, place in places.items()}
    return {**found, "elsewhere": person("elsewhere", (RoleName.SECRETARY, OTHER))}


MANAGES = {
    "administrator": {
        *("work_committee", "staff", "secretary", "member", "inspector", "auditor", "elsewhere")
    },
    "work_committee": {"staff", "secretary", "member", "inspector", "elsewhere"},
    "staff": {"secretary", "member"},
    "secretary": {"member"},
    "member": set(),
    "inspector": set(),
    "auditor": set(),
}


@pytest.mark.parametrize("role", MANAGES)
def test_nobody_manages_an_account_that_may_do_more(
    cast: dict[str, Account], role: str, access_of: Callable[..., Access]
) -> None:
    found = manageable(access_of(cast[role])).values_list("name", flat=True)
    assert set(found) == MANAGES[role]


def test_one_role_beyond_is_enough_to_keep_an_account_out_of_reach(
    cast: dict[str, Account], access_of: Callable[..., Access]
) -> None:
    staff = access_of(cast["staff"])
    for role, place in (("secretary", OTHER), ("inspector", BRANCH)):
        extra = Role.objects.create(account=cast["secretary"], role=role, organization_id=place)
        assert cast["secretary"] not in manageable(staff)
        assert cast["secretary"] in visible(staff), "but whoever works below is seen"
        extra.to_on = TODAY - DAY
        extra.save()
        assert cast["secretary"] in manageable(staff), "what is over does not count"


def test_whoever_has_no_role_any_more_is_found_where_the_last_one_was(
    cast: dict[str, Account], access_of: Callable[..., Access]
) -> None:
    cast["secretary"].roles.update(to_on=TODAY - DAY)
    cast["elsewhere"].roles.update(to_on=TODAY - DAY)
    found = manageable(access_of(cast["staff"]))
    assert set(found.values_list("name", flat=True)) == {"secretary", "member"}


def test_an_account_without_any_role_is_for_the_administrator(
    cast: dict[str, Account], person: Person, access_of: Callable[..., Access]
) -> None:
    new = person("new")
    seen_by = {r for r in MANAGES if new in manageable(access_of(cast[r]))}
    assert seen_by == {"administrator"}


def test_roles_are_given_below_and_no_wider_than_the_own(
    cast: dict[str, Account], access_of: Callable[..., Access]
) -> None:
    for giver in MANAGES:
        access = access_of(cast[giver])
        for role in RoleName.values:
            may = role in MAY_GIVE.get(giver, ())
            own = cast[giver].roles.get().organization_id
            assert access.may_give(role, own) is may
            below_root = giver in ("administrator", "work_committee")
            assert access.may_give(role, OTHER) is (may and below_root)


def test_a_role_for_a_purpose_or_over_gives_nothing_to_others(
    person: Person, access_of: Callable[..., Access]
) -> None:
    li = person("li", (RoleName.STAFF, COMMITTEE))
    li.roles.update(purpose="双创")
    assert access_of(li).gives == ()
    assert not manageable(access_of(li)).exists()
    li.roles.update(purpose=None, to_on=TODAY - DAY)
    assert access_of(li).gives == ()


def test_persons_to_link_are_those_below(
    cast: dict[str, Account], access_of: Callable[..., Access]
) -> None:
    found = members_to_link(access_of(cast["secretary"])).values_list("code", flat=True)
    assert set(found) == {"P1", "P2", "P3", "P4"}
