"""The accounts of a demo, and from where they may be taken."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from jinwei.accounts.acts import RoleName
from jinwei.accounts.demo import demo_accounts, is_this_machine, make_demo_accounts
from jinwei.accounts.models import Account, Role
from tests.web.conftest import BRANCH, COMMITTEE, ROOT


def test_there_is_somebody_in_every_role(tree: None) -> None:
    made = make_demo_accounts(ROOT, BRANCH)
    assert set(made) == set(RoleName.values)
    places = {role: found.organization_id for role, found in demo_accounts().items()}
    assert places == {
        "administrator": ROOT,
        "work_committee": ROOT,
        "auditor": ROOT,
        "staff": COMMITTEE,
        "inspector": COMMITTEE,
        "secretary": BRANCH,
        "member": BRANCH,
    }
    assert made["secretary"].member_id == "P1", "the one in the post"
    assert made["secretary"].shown_name == "王建国"
    assert made["member"].member_id == "P2"


def test_doing_it_again_changes_nothing(tree: None) -> None:
    first = make_demo_accounts(ROOT, BRANCH)
    assert make_demo_accounts(ROOT, BRANCH) == first
    assert (Account.objects.count(), Role.objects.count()) == (7, 7)


def test_where_no_committee_is_between_the_root_is_everybodys_place(tree: None) -> None:
    make_demo_accounts(COMMITTEE, COMMITTEE)
    assert demo_accounts()["staff"].organization_id == COMMITTEE


@pytest.mark.parametrize(
    ("host", "meta", "here"),
    [
        ("localhost:8000", {}, True),
        ("127.0.0.1:8000", {}, True),
        ("[::1]:8000", {"REMOTE_ADDR": "::1"}, True),
        ("jinwei.example.cn", {}, False),
        ("localhost", {"REMOTE_ADDR": "10.0.0.7"}, False),
        ("localhost", {"HTTP_X_FORWARDED_FOR": "10.0.0.7"}, False),
        ("localhost", {"REMOTE_ADDR": ""}, False),
    ],
)
def test_only_this_machine_itself_counts(
    settings: Any, host: str, meta: dict[str, str], here: bool
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    request = RequestFactory().get("/", HTTP_HOST=host, **meta)
    assert is_this_machine(request) is here
