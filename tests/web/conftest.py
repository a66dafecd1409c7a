"""A small committee that works to a standard, and people in every role who sign in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from jinwei.accounts.acts import RoleName
from jinwei.accounts.models import Account, Role
from jinwei.datasets.dataset import Dataset
from jinwei.engine.catalogue import TABLES
from jinwei.ledgers.changes import Change, facts_changed
from jinwei.ledgers.portable import import_dataset
from jinwei.norms import standard_path
from jinwei.standards.actions import install_edition
from jinwei.standings.actions import reckon
from jinwei.standings.models import Adoption
from tests.snapshots import begin_with

TODAY = dt.date(2026, 6, 18)
ROOT, COMMITTEE, BRANCH, OTHER = "GW", "TJ", "TJ01", "CZ01"
"""The work committee, a committee below it, a branch of that, and a branch of another one."""

WHERE = {
    RoleName.ADMINISTRATOR: ROOT,
    RoleName.WORK_COMMITTEE: ROOT,
    RoleName.STAFF: COMMITTEE,
    RoleName.SECRETARY: BRANCH,
    RoleName.MEMBER: BRANCH,
    RoleName.INSPECTOR: COMMITTEE,
    RoleName.AUDITOR: ROOT,
}
_ROWS = {
    "organization": [
        {"code": ROOT, "name": "市直机关工委", "kind": "work_committee", "sector": "office"},
        {"code": COMMITTEE, "name": "市统计局机关党委", "parent": ROOT, "kind": "committee"},
        {"code": BRANCH, "name": "市统计局机关第一党支部", "parent": COMMITTEE, "kind": "branch"},
        {"code": "TJ02", "name": "市统计局机关第二党支部", "parent": COMMITTEE, "kind": "branch"},
        {"code": "CZ", "name": "市财政局机关党委", "parent": ROOT, "kind": "committee"},
        {"code": OTHER, "name": "市财政局机关第一党支部", "parent": "CZ", "kind": "branch"},
    ],
    "member": [
        {
            "code": f"P{n}",
            "name": name,
            "organization": code,
            "status": "full",
            "joined_on": "2001-07-01",
        }
        for n, (name, code) in enumerate(
            [
                *[(name, BRANCH) for name in ("王建国", "李红", "张伟", "刘洋")],
                *[(name, "TJ02") for name in ("陈静", "杨帆", "赵敏")],
                *[(name, OTHER) for name in ("黄强", "周杰", "吴霞")],
            ],
            1,
        )
    ],
    "term": [
        {"organization": code, "started_on": "2024-03-01", "expires_on": "2027-02-28"}
        for code in (BRANCH, "TJ02", OTHER)
    ],
    "post": [
        {"organization": BRANCH, "member": "P1", "post": "secretary", "started_on": "2024-03-01"},
        {
            "organization": BRANCH,
            "member": "P2",
            "post": "organization",
            "started_on": "2024-03-01",
        },
        {"organization": BRANCH, "member": "P3", "post": "discipline", "started_on": "2024-03-01"},
    ],
    "meeting": [
        {
            "code": f"H{month}",
            "organization": BRANCH,
            "kind": "theme_day",
            "held_on": f"2026-{month:02}-10",
            "topic": "学习交流",
            "expected": 4,
            "attended": 3,
            "recorded_on": f"2026-{month:02}-11",
        }
        for month in range(1, 6)
    ],
    "attendance": [
        {"meeting": f"H{month}", "member": f"P{n}", "status": "leave" if n == 4 else "present"}
        for month in range(1, 6)
        for n in range(1, 5)
    ],
    "dues": [
        {
            "member": f"P{n}",
            "organization": BRANCH,
            "month": f"2026-{month:02}",
            "due": 5000,
            "paid": 5000 if n < 4 or month < 5 else 0,
            "paid_on": f"2026-{month:02}-15" if n < 4 or month < 5 else None,
        }
        for month in range(1, 6)
        for n in range(1, 5)
    ],
}


def small_dataset() -> Dataset:
    """The rows above as a data set."""
    return Dataset(
        {
            name: [tuple(row.get(c.name) for c in TABLES[name].stored) for row in rows]
            for name, rows in _ROWS.items()
        }
    )


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """It is 18 June 2026, ten in the morning in Shanghai."""
    with time_machine.travel(dt.datetime(2026, 6, 18, 2, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def plain_static(settings) -> None:  # type: ignore[no-untyped-def]
    """Names of static files without digests, and a quick hash of passwords."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def heard() -> Iterator[list[list[Change]]]:
    """What changed in the ledgers, act by act: each is reckoned once."""
    found: list[list[Change]] = []

    def listen(changes: list[Change], **_: Any) -> None:
        found.append(list(changes))

    facts_changed.connect(listen)
    yield found
    facts_changed.disconnect(listen)


@pytest.fixture
def house(db: None) -> Adoption:
    """The committee, working to the shipped standard since New Year, reckoned today."""
    begin_with("house", _house)
    return Adoption.objects.select_related("edition").get()


def _house() -> None:
    import_dataset(small_dataset())
    edition = install_edition(standard_path("office-branch").read_text(encoding="utf-8"))
    adoption = Adoption.objects.create(
        edition=edition, organization_id=ROOT, from_on=dt.date(2026, 1, 1), leading=True
    )
    reckon(adoption, as_of=TODAY)


@pytest.fixture
def account(house: Adoption) -> Callable[[str], Account]:
    """The account of a role, made at first asking; secretary and member are on the roster."""
    made: dict[str, Account] = {}

    def account_of(role: str) -> Account:
        if role not in made:
            person = {RoleName.SECRETARY: "P1", RoleName.MEMBER: "P2"}.get(RoleName(role))
            made[role] = Account.objects.create_account(
                role, "a good password", shown_name=f"{RoleName(role).label}某", member_id=person
            )
            Role.objects.create(
                account=made[role], role=role, organization_id=WHERE[RoleName(role)]
            )
        return made[role]

    return account_of


@pytest.fixture
def client_as(account: Callable[[str], Account]) -> Callable[[str], Client]:
    """A browser signed in as a role."""

    def client_of(role: str) -> Client:
        client = Client()
        client.force_login(account(role))
        return client

    return client_of
