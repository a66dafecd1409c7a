"""Several people save about one organization at once; its standing knows of all they saved."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from jinwei.audit.actions import SYSTEM
from jinwei.ledgers.changes import enter
from jinwei.ledgers.models import Filing
from jinwei.organizations.models import Organization
from jinwei.standings.actions import reckon
from jinwei.standings.background import nightly, work_once
from jinwei.standings.models import Adoption

# Entries of the record cannot be deleted, so a database of SQLite could not be emptied afterwards.
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")
Adopt = Callable[..., Adoption]
KINDS = (
    "organization_information", "member_roster", "study_plan", "dues_statement",
    "annual_plan", "responsibility_list", "annual_summary", "report_to_members",
)  # fmt: skip


def at_once(works: list[Callable[[], object]]) -> None:
    """All of them at a time; one after the other in a test on SQLite, where memory is shared."""
    if connection.vendor == "sqlite":
        for work in works:
            work()
        return
    failed: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []


def test_no_save_is_forgotten(
    facts: None,
    today: dt.date,
    adopt: Adopt,
    stored: Callable[[Adoption], dict[str, Any]],
    expected: Callable[[Adoption, dt.date], dict[str, Any]],
) -> None:
    adoption = adopt("office-branch", leading=True)
    adopt("classified-grading")
    reckon(adoption, as_of=today)
    branches = Organization.objects.filter(kind="branch").order_by("code")[:2]
    Filing.objects.filter(organization__in=branches).delete()

    def save(branch: Organization, kind: str) -> Callable[[], object]:
        row = Filing(organization=branch, kind=kind, filed_on=today)
        return lambda: enter(row, by=SYSTEM)

    saves = [save(branch, kind) for kind in KINDS for branch in branches]
    at_once([*saves, lambda: nightly(today), lambda: reckon(adoption, as_of=today)])
    while work_once():
        pass
    for one in Adoption.objects.all():
        assert stored(one) == expected(one, today)
