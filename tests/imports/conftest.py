"""A committee with two branches and another beside it, somebody of its staff, books for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from jinwei.accounts.access import Access
from jinwei.accounts.models import Account, Role
from jinwei.books import reading
from jinwei.books.grid import Book, Cell, Grid, Line
from jinwei.imports.checking import check
from jinwei.imports.leases import take
from jinwei.imports.models import Batch, State
from jinwei.imports.store import put_book
from jinwei.imports.writing import write
from jinwei.members.models import Member
from jinwei.organizations.models import Organization
from tests.imports.plain_reader import PlainReader, propose

TODAY = dt.date(2026, 6, 15)
Sheet = list[list[Cell]]
Begin = Callable[..., Batch]


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "Reader", PlainReader)
    monkeypatch.setattr(reading, "propose", propose)


@pytest.fixture(autouse=True)
def today() -> Iterator[dt.date]:
    morning = dt.datetime.combine(TODAY, dt.time(9), timezone.get_current_timezone())
    with time_machine.travel(morning):
        yield TODAY


@pytest.fixture
def tree(db: None) -> None:
    make_tree()


def make_tree() -> None:
    Organization.objects.create(code="A", name="甲党委", kind="committee")
    Organization.objects.create(code="X", name="另一党委", kind="committee")
    for code, above in (("B", "A"), ("C", "A"), ("Y", "X")):
        Organization.objects.create(code=code, name=f"{code}支部", kind="branch", parent_id=above)
    for n in range(1, 7):
        home = "B" if n < 4 else "C"
        Member.objects.create(code=f"M{n}", organization_id=home, status="full", name=f"党员{n}")
    Member.objects.create(code="M9", organization_id="Y", status="full", name="党员9")


@pytest.fixture
def staff(tree: None) -> Access:
    account = Account.objects.create(name="staff", shown_name="吴某某")
    Role.objects.create(account=account, role="staff", organization_id="A")
    return Access(account, TODAY)


@pytest.fixture
def begin(staff: Access) -> Begin:
    """A batch with a sheet of some table, read by its first line."""

    def begin(table: str, rows: Sheet, access: Access = staff, **more: Any) -> Batch:
        return begun(table, rows, access, **more)

    return begin


@pytest.fixture
def bring(staff: Access) -> Begin:
    """The same, checked and written."""

    def bring(table: str, rows: Sheet, access: Access = staff) -> Batch:
        batch = begun(table, rows, access)
        check(batch, access)
        return written(batch, access)

    return bring


def begun(table: str, rows: Sheet, access: Access, **more: Any) -> Batch:
    grid = grid_of(table, rows)
    plan = propose(grid)
    assert plan is not None
    values = {
        "account": access.account.pk,
        "account_name": str(access.account),
        "organization": "A",
        "file_name": f"{table}.xlsx",
        "bytes": 1,
        "sha256": "",
        "plan": plan.to_json(),
        "state": State.CHECKING,
    }
    batch = Batch.objects.create(**values | more)
    put_book(batch, Book((grid,)))
    return batch


def written(batch: Batch, access: Access) -> Batch:
    Batch.objects.filter(pk=batch.pk).update(state=State.WRITING, done=0)
    batch.refresh_from_db()
    lease = take(batch)
    assert lease is not None
    write(lease.batch, access, lease)
    lease.give_back()
    batch.refresh_from_db()
    return batch


def grid_of(table: str, rows: Sheet) -> Grid:
    lines = [Line(number, tuple(cells)) for number, cells in enumerate(rows, 1) if cells]
    return Grid(table, lines, rows=len(lines), columns=max((len(r) for r in rows), default=0))
