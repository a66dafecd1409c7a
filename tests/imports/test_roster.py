"""A long roster from its file to the database and back: what the database knows is told, too.

``JINWEI_ROSTER=10000`` takes all the lines that a committee may have; by itself fewer do.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
import time_machine
from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from jinwei.accounts.access import Access
from jinwei.accounts.models import Account, Role
from jinwei.books import kinds as book_kinds
from jinwei.books.grid import Cell, Error, Grid, Ruined, Unreckoned
from jinwei.imports import kinds
from jinwei.imports.actions import confirm, undo
from jinwei.imports.models import Batch, Found, State, Written
from jinwei.imports.opening import begin
from jinwei.imports.work import work_once
from jinwei.members.actions import keep_number
from jinwei.members.identity import unseal
from jinwei.members.models import Member
from jinwei.members.spelling import spelling
from jinwei.organizations.models import Organization
from tests.books import worlds
from tests.books.roster import (
    BIRTH,
    BRANCH,
    CODE,
    FULL,
    JOINED,
    NAME,
    NUMBER,
    PHONE,
    SEX,
    Person,
    Roster,
    roster,
)
from tests.books.roster import plain as plain_person

pytestmark = pytest.mark.django_db

LINES = int(os.environ.get("JINWEI_ROSTER", "1600"))
_APART = 20_000
"""Persons from this number on are on record or stand at the end of the roster."""
_HERE, _ELSEWHERE, _SEEN = "C001", "Y", "V1"


@pytest.fixture(autouse=True)
def plain() -> None:
    """Nothing of the reading is replaced here."""


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    morning = dt.datetime.combine(worlds.TODAY, dt.time(9), timezone.get_current_timezone())
    with time_machine.travel(morning):
        yield


def on_record(at: int, code: str, home: str = _HERE, *, number: bool = True, **more: Any) -> Person:
    """A member who stands as :func:`tests.books.roster.plain` makes them; the line says the same,
    but for the telephone number.
    """
    person = plain_person(_APART + at)
    said = {**person.values, "organization": home} | more
    held, branch = said.pop("id_number"), said.pop("organization")
    member = Member(code=code, organization_id=branch, **said)
    member.spelling = spelling(str(member.name))
    if number:
        keep_number(member, str(held))
    member.save()
    person.cells[BRANCH], person.values["organization"] = home, home
    person.cells[PHONE] = person.values["phone"]
    person.cells += [None] * (CODE + 1 - len(person.cells))
    return person


def trouble(person: Person, column: int | None, kind: str) -> Person:
    person.trouble = (column, kind)  # type: ignore[assignment]
    return person


# --- what stands, and what the roster says of it ------------------------------------------------


def _number_of_another() -> Iterator[Person]:
    """The code is one member's, the number another's."""
    other = on_record(1, "D1")
    person = on_record(2, "D2")
    person.cells[CODE] = "D2"
    for column in (NUMBER, BIRTH, SEX):
        person.cells[column] = other.cells[column]
    yield trouble(person, NUMBER, kinds.ID_TAKEN)


def _number_out_of_sight() -> Iterator[Person]:
    person = on_record(3, "D3", _ELSEWHERE)
    person.cells[BRANCH] = _HERE
    yield trouble(person, NUMBER, kinds.ID_ELSEWHERE)


def _code_out_of_sight() -> Iterator[Person]:
    on_record(4, "D4", _ELSEWHERE)
    person = new(5)
    person.cells[CODE] = "D4"
    yield trouble(person, CODE, kinds.CODE_TAKEN)


def _withdrawn() -> Iterator[Person]:
    by_number = on_record(6, "D6", withdrawn_at=timezone.now())
    yield trouble(by_number, None, kinds.ROW_WITHDRAWN)
    by_code = on_record(7, "D7", withdrawn_at=timezone.now())
    by_code.cells[CODE] = "D7"
    yield trouble(by_code, CODE, kinds.ROW_WITHDRAWN)


def _seen_and_not_mine() -> Iterator[Person]:
    person = new(8)
    person.cells[BRANCH] = _SEEN
    yield trouble(person, BRANCH, kinds.NOT_YOURS)


def _full_before_what_stands() -> Iterator[Person]:
    """The roster names one end, the other is on record."""
    person = on_record(9, "D9")
    joined = dt.date.fromisoformat(str(person.values["joined_on"]))
    person.cells[JOINED], person.cells[FULL] = None, joined - dt.timedelta(days=1)
    yield trouble(person, FULL, kinds.ENDS_BEFORE)


def _perhaps_the_same() -> Iterator[Person]:
    """Neither number nor birth of whoever stands can tell."""
    person = on_record(10, "D10", number=False, birth_on=None)
    yield trouble(person, NAME, book_kinds.NAMESAKE)


def _twice_by_code_and_number() -> Iterator[Person]:
    by_code = on_record(11, "D11")
    by_number = Person(list(by_code.cells), dict(by_code.values))
    by_code.cells[CODE] = by_code.values["code"] = "D11"
    by_code.cells[NUMBER] = by_code.cells[BIRTH] = None
    del by_code.values["id_number"], by_code.values["birth_on"]
    by_code.cells[PHONE] = by_code.values["phone"] = "13900000011"
    yield by_code
    yield trouble(by_number, NUMBER, book_kinds.CONTRADICTS_ROW)


FAULTS: tuple[Callable[[], Iterator[Person]], ...] = (
    _number_of_another,
    _number_out_of_sight,
    _code_out_of_sight,
    _withdrawn,
    _seen_and_not_mine,
    _full_before_what_stands,
    _perhaps_the_same,
    _twice_by_code_and_number,
)


def new(at: int) -> Person:
    person = plain_person(_APART + at)
    person.cells += [None] * (CODE + 1 - len(person.cells))
    return person


def _the_same() -> Iterator[Person]:
    yield on_record(20, "D20")
    by_code = on_record(21, "D21")
    by_code.cells[CODE] = by_code.values["code"] = "D21"
    yield by_code


def _changed() -> Iterator[Person]:
    """Another telephone number, another branch, the day of the full membership alone."""
    phone = on_record(22, "D22")
    phone.cells[PHONE] = phone.values["phone"] = "13900000022"
    yield phone
    moved = on_record(23, "D23")
    moved.cells[BRANCH] = moved.values["organization"] = "C101"
    yield moved
    full = on_record(24, "D24", full_on=None, status="probationary")
    full.cells[JOINED] = None
    del full.values["joined_on"]
    yield full


def _namesakes() -> Iterator[Person]:
    """Of the same branch: one of another birth, one of the same birth with another number, one who
    was withdrawn, one who is out of sight.
    """
    for at, more in (
        (25, {"birth_on": dt.date(1949, 1, 1), "number": False}),
        (26, {}),
        (27, {"withdrawn_at": timezone.now(), "number": False}),
        (28, {"home": _ELSEWHERE}),
    ):
        there = on_record(at, f"D{at}", **more)  # type: ignore[arg-type]
        person = new(at + 100)
        for column in (NAME, BRANCH):
            person.cells[column] = there.cells[column]
        person.cells[BRANCH] = _HERE
        person.values |= {"name": there.values["name"], "organization": _HERE}
        if at == 26:
            born = dt.date.fromisoformat(str(there.values["birth_on"]))
            number = worlds.number_of(born, 981 if there.values["sex"] == "男" else 982)
            person.cells[BIRTH], person.cells[SEX] = born, there.cells[SEX]
            person.cells[NUMBER] = number
            person.values |= {"birth_on": born.isoformat(), "id_number": number}
            person.values["sex"] = there.values["sex"]
            person.cells[JOINED] = person.cells[FULL] = None
            del person.values["joined_on"], person.values["full_on"]
        yield person


def _own_code() -> Iterator[Person]:
    """A code that nobody has, and one that looks like another's."""
    for at, code in ((30, "甲-1"), (31, "D1O")):
        person = new(at)
        person.cells[CODE] = person.values["code"] = code
        yield person


LOOKALIKES: tuple[Callable[[], Iterator[Person]], ...] = (
    _the_same,
    _changed,
    _namesakes,
    _own_code,
)


# --- the house, the file ------------------------------------------------------------------------


@pytest.fixture
def staff(db: None) -> Access:
    for one in worlds.organizations().values():
        Organization.objects.create(
            code=one.code, name=one.name, kind=one.kind, parent_id=one.parent
        )
    for code, above in (("X", None), (_ELSEWHERE, "X"), ("V", None), (_SEEN, "V")):
        kind = "branch" if above else "committee"
        Organization.objects.create(code=code, name=f"外{code}", kind=kind, parent_id=above)
    Member.objects.bulk_create(
        Member(
            code=one.code,
            name=one.name,
            organization_id=one.organization,
            status=one.status,
            birth_on=one.birth_on,
        )
        for one in worlds.members().values()
    )
    account = Account.objects.create(name="staff", shown_name="吴某某")
    Role.objects.create(account=account, role="staff", organization_id="GW")
    Role.objects.create(account=account, role="inspector", organization_id="V")
    return Access(account, worlds.TODAY)


@pytest.fixture
def made(staff: Access) -> Roster:
    persons = [person for each in (*FAULTS, *LOOKALIKES) for person in each()]
    return roster(LINES, persons)


def workbook(grid: Grid) -> bytes:
    """The grid as a file. A number of eighteen digits is kept as text, or it would be ruined."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in grid.lines:
        for at, cell in enumerate(line.cells, 1):
            if cell is not None:
                sheet.cell(line.number, at, _written(cell))
    for merge in grid.merges:
        first, last = merge.first_column + 1, merge.last_column + 1
        sheet.merge_cells(
            start_row=merge.first_row, end_row=merge.last_row, start_column=first, end_column=last
        )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _written(cell: Cell) -> Any:
    if isinstance(cell, Ruined):
        return float(cell.shown)
    if isinstance(cell, Unreckoned):
        return f"={cell.formula}"
    if isinstance(cell, Error):
        return cell.shown
    return str(cell) if isinstance(cell, int) and cell > 10**15 else cell


def dump() -> dict[str, list[Any]]:
    """Every table of the product, but for the record and what an import keeps of itself."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label not in ("audit", "imports"):
            found[model._meta.db_table] = _rows(model)
    return found


def _rows(model: type[Model]) -> list[Any]:
    rows = model._base_manager.order_by("pk").values_list()
    return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows]


def worked(batch: Batch, state: str) -> Batch:
    assert work_once()
    batch.refresh_from_db()
    assert (batch.state, batch.refusal) == (state, "")
    return batch


# --- the way there and back ---------------------------------------------------------------------


def test_a_long_roster_goes_in_and_comes_out(made: Roster, staff: Access) -> None:
    stood = set(Member.objects.values_list("code", flat=True))
    before = dump()
    batch = begin(staff, "GW", "花名册.xlsx", [workbook(made.grid)])
    batch = worked(worked(batch, State.CHECKING), State.READY)
    _every_fault_and_nothing_else(batch, made)
    assert dump() == before  # nothing is saved before it is confirmed

    confirm(batch)
    worked(batch, State.WRITTEN)
    _good_lines_alone(batch, made, stood)

    undo(batch)
    worked(batch, State.UNDONE)
    assert not Written.objects.filter(fate=Written.STAYS).exists()
    assert dump() == before


def _every_fault_and_nothing_else(batch: Batch, made: Roster) -> None:
    said = set(Found.objects.values_list("line", "column", "kind"))
    assert sorted(map(str, made.troubles - said)) == []
    assert sorted(map(str, said - made.troubles)) == []
    stopped = {line for line, _, kind in made.troubles if kind not in _NOTES}
    good = set(made.clean) | {line for line, _, kind in made.troubles if kind == book_kinds.BEYOND}
    assert not good & stopped
    assert batch.counts["fault"] + batch.counts["asked"] == len(stopped)
    assert batch.counts["new"] + batch.counts["changed"] + batch.counts["same"] == len(good)
    assert (batch.counts["changed"], batch.counts["same"]) == (4, 2)


_NOTES = frozenset((book_kinds.BEYOND, book_kinds.REPEATED))


def _good_lines_alone(batch: Batch, made: Roster, stood: set[str]) -> None:
    """Every clean line says what stands, and nobody else has come."""
    lines = dict(Written.objects.values_list("line", "number"))
    members = Member.objects.in_bulk(list(lines.values()))
    beyond = {line for line, _, kind in made.troubles if kind == book_kinds.BEYOND}
    assert len(members) == len(lines) == Written.objects.count()
    assert set(lines) <= set(made.clean) | beyond
    assert len(set(made.clean) | beyond) - len(lines) == batch.counts["same"]
    for line, values in made.clean.items():
        if line in lines:
            assert _told(members[lines[line]], values) == values, line
    new = Member.objects.exclude(code__in=stood)
    assert new.count() == batch.counts["new"] == batch.tables["member"]["new"]


def _told(member: Member, values: dict[str, Any]) -> dict[str, Any]:
    found = {
        name: getattr(member, "organization_id" if name == "organization" else name)
        for name in values
        if name != "id_number"
    }
    said = {n: v.isoformat() if isinstance(v, dt.date) else v for n, v in found.items()}
    if "id_number" in values:
        said["id_number"] = unseal(member.id_number_sealed or b"")
    return said
