"""Identity numbers: sealed, found again, under keys that may change."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from jinwei.audit.models import Entry
from jinwei.members.actions import holder_of, keep_number, rotate
from jinwei.members.identity import (
    KeyMissing,
    digest,
    digests,
    masked,
    masked_phone,
    seal,
    sealed_by_newest,
    unseal,
)
from jinwei.members.models import Member
from jinwei.members.numbers import contradictions, fault_of, said_by
from jinwei.organizations.models import Organization

NUMBER = "11010519491231002X"
TODAY = dt.date(2026, 6, 18)


@pytest.fixture
def keys(settings: Settings) -> Settings:
    settings.IDENTITY_KEYS = "first"
    return settings


def test_what_is_sealed_can_be_read_with_the_key_and_not_without(keys: Settings) -> None:
    sealed = seal(NUMBER)
    assert NUMBER.encode() not in sealed
    assert unseal(sealed) == NUMBER
    keys.IDENTITY_KEYS = "another"
    with pytest.raises(KeyMissing):
        unseal(sealed)


def test_sealing_twice_gives_no_equal_bytes_but_one_digest(keys: Settings) -> None:
    assert seal(NUMBER) != seal(NUMBER)
    assert digest(NUMBER) == digest(NUMBER.lower())
    assert digest(NUMBER) != digest("110105194912310038")


def test_older_keys_still_read_and_find(keys: Settings) -> None:
    sealed, before = seal(NUMBER), digest(NUMBER)
    keys.IDENTITY_KEYS = "second\nfirst"
    assert unseal(sealed) == NUMBER
    assert not sealed_by_newest(sealed)
    assert digest(NUMBER) != before
    assert digests(NUMBER) == (digest(NUMBER), before)


def test_no_key_at_all_is_a_fault_of_the_installation(keys: Settings) -> None:
    keys.IDENTITY_KEYS = " \n"
    with pytest.raises(ImproperlyConfigured, match="JINWEI_IDENTITY_KEYS"):
        seal(NUMBER)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (masked(NUMBER), "1101**********002X"),
        (masked("123"), "***"),
        (masked_phone("13800001234"), "138****1234"),
        (masked_phone("110"), "***"),
    ],
)
def test_what_a_page_shows(shown: str, text: str) -> None:
    assert shown == text


# --- rotation -----------------------------------------------------------------------------------


@pytest.fixture
def member(keys: Settings, db: None) -> Member:
    branch = Organization.objects.create(code="A", name="A", kind="branch")
    member = Member(code="M", organization=branch, status="full")
    keep_number(member, NUMBER)
    member.save()
    return member


def test_rotation_brings_everything_under_the_newest_key(keys: Settings, member: Member) -> None:
    keys.IDENTITY_KEYS = "second first"
    assert holder_of(NUMBER) == member
    assert rotate().rotated == 1
    assert rotate().rotated == 0
    keys.IDENTITY_KEYS = "second"
    member.refresh_from_db()
    assert unseal(member.id_number_sealed or b"") == NUMBER
    assert holder_of(NUMBER) == member
    assert member.version == 1
    assert [(e.act, e.after) for e in Entry.objects.all()] == [("rotated", {"rows": 1})]


def test_a_number_whose_key_is_gone_is_named_and_left(keys: Settings, member: Member) -> None:
    keys.IDENTITY_KEYS = "second"
    found = rotate()
    assert (found.rotated, found.unreadable) == (0, ("M",))
    keys.IDENTITY_KEYS = "second first"
    assert rotate().rotated == 1


def test_no_two_members_have_one_number(member: Member) -> None:
    assert holder_of("110105194912310038") is None
    assert holder_of(NUMBER.lower()) == member


# --- what a number may be -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (NUMBER, ""),
        (NUMBER.lower(), ""),
        (f" {NUMBER} ", ""),
        ("110105491231002", "15 位"),
        ("1101051949123100", "18 位，这里有 16 位"),
        ("1101051949123100AX", "只能是数字"),
        ("99010519491231002X", "“99”不是任何省份"),
        ("11010519491331002X", "“19491331”不是一个日期"),
        ("110105209912310028", "还没有到"),
        ("110105194912310021", "校验码不符"),
    ],
)
def test_what_is_wrong_is_said_in_words(number: str, said: str) -> None:
    found = fault_of(number, TODAY)
    assert (said in found) if said else not found


def test_a_number_says_when_its_holder_was_born_and_the_sex() -> None:
    assert said_by(NUMBER) == said_by(NUMBER.lower())
    assert (said_by(NUMBER).birth_on, said_by(NUMBER).sex) == (dt.date(1949, 12, 31), "女")


@pytest.mark.parametrize(
    ("birth_on", "sex", "count"),
    [
        (dt.date(1949, 12, 31), "女", 0),
        (None, None, 0),
        (dt.date(1950, 1, 1), "女", 1),
        (dt.date(1950, 1, 1), "男", 2),
    ],
)
def test_what_contradicts_the_roster_is_told(
    birth_on: dt.date | None, sex: str | None, count: int
) -> None:
    assert len(contradictions(NUMBER, birth_on, sex)) == count
