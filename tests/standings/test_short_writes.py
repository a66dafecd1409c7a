"""The background reads outside transactions and writes in short ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from jinwei.ledgers.portable import import_dataset
from jinwei.standings import writer
from jinwei.standings.background import nightly, work_once
from jinwei.standings.history import backfill
from jinwei.standings.models import Adoption, Standing
from jinwei.standings.queue import adopted

pytestmark = pytest.mark.django_db(transaction=True)
Adopt = Callable[..., Adoption]


@contextmanager
def reads_within_transactions() -> Iterator[list[str]]:
    """The reads of facts that happen while a transaction holds the database."""
    found: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if connection.in_atomic_block and "fact_" in sql and sql.lstrip().startswith("SELECT"):
            found.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def test_facts_are_read_outside_transactions(facts: None, today: dt.date, adopt: Adopt) -> None:
    adoption = adopt("office-branch", leading=True)
    members = adopt("member-points")
    with reads_within_transactions() as found:
        backfill(adoption, today)
        adopted(members)
        work_once()
        nightly(today + dt.timedelta(days=20))
    assert found == []


def test_few_subjects_are_written_together(
    facts: None, today: dt.date, adopt: Adopt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is cut off keeps what it wrote, and the next one goes on from there."""
    adoption = adopt("member-points")
    really, calls = writer.write_notes, []

    def cut_off(*arguments: Any) -> None:
        calls.append(arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt
        really(*arguments)

    monkeypatch.setattr(writer, "write_notes", cut_off)
    with pytest.raises(KeyboardInterrupt):
        nightly(today)
    assert Standing.objects.filter(adoption=adoption).count() == 60
    monkeypatch.setattr(writer, "write_notes", really)
    assert nightly(today).changed == adoption.standings.count() - 60


def test_an_import_into_an_empty_house_holds_it_for_moments(
    today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jinwei.demo import committee
    from jinwei.ledgers import portable

    monkeypatch.setattr(portable, "_CHUNK", 100)
    longest = [0]
    counted = [0]

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        counted[0] = counted[0] + 1 if connection.in_atomic_block else 0
        longest[0] = max(longest[0], counted[0])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        import_dataset(committee(today=today))
    if connection.vendor == "sqlite":
        assert longest[0] < 20
