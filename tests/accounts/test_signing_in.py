"""Passwords, locks, and that strangers learn nothing of names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.conf import settings as installation
from django.test import RequestFactory

from jinwei.accounts.attempts import locked_of, take_a_try
from jinwei.accounts.backend import AccountBackend, Answer, address_of, check
from jinwei.accounts.models import Account, Attempt
from jinwei.accounts.people import deactivate, lock, unlock
from jinwei.audit.actions import SYSTEM
from jinwei.audit.models import Entry

HERE, THERE = "10.0.0.7", "10.0.0.8"
GOOD, WRONG = "a good password", "not this one"

Person = Callable[..., Account]


def later(**spans: int) -> time_machine.travel:
    return time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(**spans), tick=False)


def test_the_right_password_names_the_account(person: Person) -> None:
    wang = person("wang")
    assert check("wang", GOOD, HERE) == Answer(wang)
    assert check(" ｗａｎｇ ", GOOD, HERE).account == wang, (
        "full width and blanks are no difference"
    )
    assert check("wang", WRONG, HERE).account is None
    assert AccountBackend().authenticate(None, "wang", GOOD) == wang
    assert AccountBackend().authenticate(None) is None


def test_a_name_that_nobody_has_is_answered_like_one_that_somebody_has(person: Person) -> None:
    person("wang")
    said = [[check(name, WRONG, HERE) for _ in range(7)] for name in ("wang", "nobody")]
    assert said[0] == said[1]
    assert [answer.tries_left for answer in said[0]] == [4, 3, 2, 1, 0, 0, 0]
    assert [answer.locked_until is not None for answer in said[0]] == [False] * 4 + [True] * 3


def test_the_fifth_wrong_password_locks_for_a_quarter_of_an_hour(person: Person) -> None:
    wang = person("wang")
    for _ in range(5):
        last = check("wang", WRONG, HERE)
    assert last.locked_until == dt.datetime(2026, 6, 18, 2, 15, tzinfo=dt.UTC)
    assert check("wang", GOOD, HERE).account is None, "even the right one does not help"
    assert check("wang", GOOD, THERE).account == wang, "whoever guesses locks out only themselves"
    with later(minutes=14):
        assert check("wang", GOOD, HERE).account is None
    with later(minutes=15):
        assert check("wang", GOOD, HERE).account == wang


def test_a_right_password_forgets_the_wrong_ones(person: Person) -> None:
    person("wang")
    for _ in range(4):
        check("wang", WRONG, HERE)
    assert check("wang", GOOD, HERE).account
    assert check("wang", WRONG, HERE).tries_left == 4


def test_guesses_from_many_addresses_lock_the_name(person: Person) -> None:
    person("wang")
    for n in range(5):
        for _ in range(5):
            check("wang", WRONG, f"10.0.1.{n}")
    answer = check("wang", GOOD, HERE)
    assert answer.account is None
    assert answer.locked_until is not None
    assert check("nobody", GOOD, HERE).locked_until is None


def test_too_many_from_one_address_are_turned_away_whatever_the_name(person: Person) -> None:
    wang = person("wang")
    for n in range(installation.ATTEMPTS_AN_ADDRESS):
        check(f"name {n}", WRONG, HERE)
    answer = check("wang", GOOD, HERE)
    assert answer.account is None
    assert answer.crowded
    assert check("wang", GOOD, THERE).account == wang


def test_tries_side_by_side_are_all_counted_before_a_password_is_looked_at(tree: None) -> None:
    tries = [take_a_try("wang", HERE) for _ in range(6)]
    assert [one.allowed for one in tries] == [True] * 5 + [False]


def test_no_name_is_kept_as_it_was_typed(person: Person) -> None:
    person("wang")
    check("my password by mistake", WRONG, HERE)
    check("wang", WRONG, HERE)
    assert "mistake" not in str(list(Attempt.objects.values()))
    refused = list(Entry.objects.filter(act="refused").order_by("pk").values_list("row", "after"))
    assert refused == [("", {"address": HERE}), ("wang", {"address": HERE})]


def test_a_lock_from_above_holds_against_the_right_password(person: Person) -> None:
    wang = person("wang")
    lock(wang, by=SYSTEM, reason="missing telephone")
    assert check("wang", GOOD, HERE) == Answer(closed=True)
    assert not check("wang", WRONG, HERE).closed, "only whoever knows the password is told"
    assert AccountBackend().get_user(wang.pk) is None, "open sessions end at once"
    unlock(wang, by=SYSTEM)
    assert check("wang", GOOD, HERE).account == wang


def test_unlocking_forgives_wrong_passwords_everywhere(person: Person) -> None:
    wang = person("wang")
    for address in (HERE, THERE):
        for _ in range(5):
            check("wang", WRONG, address)
    assert set(locked_of([wang])) == {wang.pk}
    unlock(wang, by=SYSTEM)
    assert locked_of([wang]) == {}
    assert check("wang", GOOD, HERE).account == wang


def test_a_closed_account_stays_out(person: Person) -> None:
    wang = person("wang")
    deactivate(wang, by=SYSTEM, reason="left")
    assert check("wang", GOOD, HERE) == Answer(closed=True)
    assert AccountBackend().get_user(wang.pk) is None


def test_an_account_without_a_password_lets_nobody_in(person: Person) -> None:
    wang = person("wang")
    wang.set_unusable_password()
    wang.save()
    for word in ("", "!", WRONG):
        assert check("wang", word, HERE).account is None


@pytest.mark.parametrize(
    ("behind", "meta", "address"),
    [
        (False, {"REMOTE_ADDR": "10.0.0.7"}, "10.0.0.7"),
        (False, {"REMOTE_ADDR": "10.0.0.7", "HTTP_X_FORWARDED_FOR": "1.1.1.1"}, "10.0.0.7"),
        (True, {"REMOTE_ADDR": "::1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 10.0.0.9"}, "10.0.0.9"),
        (True, {"REMOTE_ADDR": "::1", "HTTP_X_FORWARDED_FOR": "not an address"}, "::1"),
        (True, {"REMOTE_ADDR": ""}, "0.0.0.0"),
    ],
)
def test_an_address_is_believed_of_our_own_proxy_alone(
    settings: object, behind: bool, meta: dict[str, str], address: str
) -> None:
    settings.BEHIND_TLS = behind  # type: ignore[attr-defined]
    assert address_of(RequestFactory().get("/", **meta)) == address
