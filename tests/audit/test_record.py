"""Entries are written once; seals tell whether somebody got round that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from jinwei.audit.actions import SYSTEM, Actor, broken_seals, record, seal, unsealed
from jinwei.audit.models import AppendOnly, Entry, Seal
from jinwei.audit.triggers import create_triggers, drop_triggers

WANG = Actor(7, "王建国")


def write(n: int = 1) -> list[Entry]:
    return [
        record(by=WANG, act="entered", table="meeting", row=f"H{i}", organization="TJ01")
        for i in range(n)
    ]


@pytest.fixture
def unguarded(db: None) -> Iterator[None]:
    """Somebody who owns the database took the triggers away."""
    drop_triggers(connection)
    yield
    create_triggers(connection)


def test_an_entry_says_who_did_what_where_and_what_stood_there(db: None) -> None:
    record(
        by=WANG,
        act="corrected",
        table="meeting",
        row="H1",
        organization="TJ01",
        before={"held_on": dt.date(2026, 6, 1)},
        after={"held_on": dt.date(2026, 6, 2)},
        reason="错了一天",
    )
    entry = Entry.objects.get()
    assert (entry.account, entry.account_name, entry.reason) == (7, "王建国", "错了一天")
    assert (entry.before, entry.after) == ({"held_on": "2026-06-01"}, {"held_on": "2026-06-02"})


def test_entries_are_neither_changed_nor_deleted(db: None) -> None:
    (entry,) = write()
    entry.reason = "another"
    for attempt in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(reason="another"),
    ):
        with pytest.raises(AppendOnly):
            attempt()


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["audit_entry", "audit_seal"])
def test_the_database_itself_refuses(db: None, statement: str, table: str) -> None:
    write()
    seal()
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
    assert (Entry.objects.count(), Seal.objects.count()) == (1, 1)


def test_seals_follow_one_another_without_gaps(db: None) -> None:
    assert seal() is None
    first = write(3)
    assert unsealed() == 3
    one = seal()
    second = write(2)
    two = seal()
    assert one is not None
    assert two is not None
    assert (one.first, one.last) == (first[0].pk, first[-1].pk)
    assert (two.first, two.last) == (second[0].pk, second[-1].pk)
    assert one.digest != two.digest
    assert seal() is None
    assert unsealed() == 0
    assert broken_seals() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET reason = 'another' WHERE id = {}",
        "UPDATE audit_entry SET account_name = 'another' WHERE id = {}",
        "DELETE FROM audit_entry WHERE id = {}",
    ],
)
def test_a_change_behind_our_back_breaks_its_seal(unguarded: None, change: str) -> None:
    first, second = write(2), None
    seal()
    second = write(2)
    seal()
    with connection.cursor() as cursor:
        cursor.execute(change.format(second[0].pk))
    assert [(s.first, s.last) for s in broken_seals()] == [(second[0].pk, second[1].pk)]
    with connection.cursor() as cursor:
        cursor.execute(change.format(first[0].pk))
    assert len(broken_seals()) == 2


def test_a_seal_taken_out_breaks_the_next(unguarded: None) -> None:
    for _ in range(2):
        write()
        seal()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE id = (SELECT min(id) FROM audit_seal)")
    assert len(broken_seals()) == 1


def test_the_product_acts_under_its_own_name(db: None) -> None:
    record(by=SYSTEM, act="rotated")
    assert Entry.objects.get().account is None
