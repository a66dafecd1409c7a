"""The small committee of the web tests, without its standings, and people in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from jinwei.accounts.access import Access
from jinwei.accounts.models import Account, Role
from jinwei.audit.actions import Actor
from jinwei.ledgers.portable import import_dataset
from tests.snapshots import begin_with
from tests.web.conftest import TODAY, small_dataset


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """It is 18 June 2026, ten in the morning in Shanghai."""
    with time_machine.travel(dt.datetime(2026, 6, 18, 2, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def quick_hash(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def tree(db: None) -> None:
    """GW over TJ (TJ01, TJ02) and CZ (CZ01), with members P1 to P10."""
    begin_with("tree", lambda: import_dataset(small_dataset()))


@pytest.fixture
def person(tree: None) -> Callable[..., Account]:
    """Somebody with roles, each as (role, organization) or a mapping."""

    def person_of(name: str, *roles: tuple[str, str], **fields: Any) -> Account:
        account = Account.objects.create_account(
            name, "a good password", shown_name=fields.pop("shown_name", name), **fields
        )
        for role, place in roles:
            Role.objects.create(account=account, role=role, organization_id=place)
        return account

    return person_of


@pytest.fixture
def access_of() -> Callable[..., Access]:
    return lambda account, day=TODAY: Access(account, day)


def actor(account: Account) -> Actor:
    return Actor(account.pk, str(account))
