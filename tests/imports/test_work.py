"""From an uploaded file to rows by the background, one at a time; what fails says why."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from jinwei.accounts.access import Access
from jinwei.imports import opening, writing
from jinwei.imports.actions import (
    NotNow,
    answer,
    confirm,
    discard,
    edit,
    go_on,
    read_as,
    stop,
    tidy,
)
from jinwei.imports.checking import questions_of
from jinwei.imports.kinds import REFUSALS, sentence
from jinwei.imports.leases import take, waiting
from jinwei.imports.models import Batch, Chunk, Found, Piece, Remembered, State
from jinwei.imports.opening import begin as begin_file
from jinwei.imports.opening import begin_pasted
from jinwei.imports.pages import many_pages
from jinwei.imports.store import LINES
from jinwei.imports.work import work_now, work_once
from jinwei.ledgers.models import Dues
from tests.imports.conftest import Begin
from tests.imports.test_writing import DUES, outcomes

pytestmark = pytest.mark.django_db


def workbook(rows: list[list[object]], name: str = "dues") -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = name
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_file_goes_all_the_way(staff: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook([list(row) for row in DUES])
    folders: list[Path] = []
    really = opening.open_book

    def watch(path: Path, **more: object) -> object:
        folders.append(path.parent)
        assert path.read_bytes() == content
        return really(path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "open_book", watch)
    batch = begin_file(staff, "A", "党费.xlsx", [content[:100], content[100:]])
    assert (batch.bytes, batch.state) == (len(content), State.OPENING)
    assert content[:4] not in bytes(Piece.objects.first().sealed)
    assert [work_once(), work_once(), work_once()] == [True, True, False]
    batch.refresh_from_db()
    assert (batch.state, batch.lines, outcomes(batch)) == (State.READY, 4, "xnnn")
    assert not Piece.objects.exists()
    assert not folders[0].exists()
    confirm(batch)
    with pytest.raises(NotNow):
        confirm(batch)
    assert work_once()
    batch.refresh_from_db()
    assert (batch.state, Dues.objects.count()) == (State.WRITTEN, 3)
    assert (batch.worker, batch.lease_until) == ("", None)


def test_a_small_one_is_done_while_it_is_asked_for(staff: Access) -> None:
    batch = begin_file(staff, "A", "党费.xlsx", [workbook([list(row) for row in DUES])])
    assert work_now(batch)
    assert batch.state == State.READY
    assert not work_once()


def test_cells_pasted(staff: Access) -> None:
    batch = begin_pasted(staff, "A", "粘贴", "fund\torganization\n1\tB")
    assert (batch.state, batch.plan, batch.lines) == (State.READY, None, 2)
    with pytest.raises(NotNow):
        confirm(batch)


def test_a_file_that_is_none_is_refused_with_a_sentence(staff: Access) -> None:
    batch = begin_file(staff, "A", "x.xlsx", [b"\x00\x01\x02" * 400])
    work_once()
    batch.refresh_from_db()
    assert batch.state == State.REFUSED
    assert "x.xlsx" in sentence(batch.refusal, batch.refusal_facts)
    assert not Piece.objects.exists()


def test_who_may_bring_nothing_begins_nothing(staff: Access) -> None:
    with pytest.raises(PermissionDenied):
        begin_file(staff, "X", "x.xlsx", [b"x"])
    assert not Batch.objects.exists()


def test_one_that_fails_says_so_and_keeps_nobody_waiting(
    begin: Begin, staff: Access, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = begin("dues", DUES), begin("dues", DUES)
    Batch.objects.filter(pk=bad.pk).update(plan={"book": "nothing"})
    assert [work_once(), work_once(), work_once()] == [True, True, False]
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.refusal, good.state) == (State.FAILED, "failed", State.READY)
    assert "KeyError" in sentence(bad.refusal, bad.refusal_facts)
    go_on(bad)
    assert bad.state == State.CHECKING


def test_two_workers_never_take_the_same(begin: Begin) -> None:
    batch, other = begin("dues", DUES), begin("dues", DUES)
    lease = take(batch)
    assert lease is not None
    assert take(Batch.objects.get(pk=batch.pk)) is None
    assert waiting() == [other]
    lease.give_back()
    assert waiting() == [batch, other]


def test_what_a_dead_process_held_is_free(begin: Begin) -> None:
    batch = begin("dues", DUES)
    lease = take(batch)
    assert lease is not None
    host = lease.worker.split(":")[0]
    pid = 2**22 + 1  # beyond every process number
    Batch.objects.update(worker=f"{host}:{pid}:0")
    assert waiting() == [batch]
    assert take(batch) is not None


def test_one_batch_is_written_at_a_time(begin: Begin) -> None:
    one, other = begin("dues", DUES), begin("dues", DUES)
    Batch.objects.update(state=State.WRITING)
    one.refresh_from_db()
    other.refresh_from_db()
    assert take(one) is not None
    assert take(other) is None


def test_answers_and_edits_check_anew(begin: Begin) -> None:
    batch = begin("dues", [*DUES, ["!", "B", "2026-02"], ["M3", "B", "2026-02", "?"]])
    work_once()
    batch.refresh_from_db()
    assert outcomes(batch) == "xnnnfa"
    (question,) = questions_of(batch)
    assert (question.key, question.lines) == ("what", 1)
    edit(batch, {(5, 0): "M3", (6, 3): 100})
    work_once()
    batch.refresh_from_db()
    assert (outcomes(batch), batch.troubles) == ("xnnnnf", 1)  # the same month twice
    edit(batch, {(6, 2): "2026-03"})
    assert work_now(batch)
    assert outcomes(batch) == "xnnnnn"
    answer(batch, {"what": "yes"})
    assert batch.state == State.CHECKING


def test_a_plan_is_remembered_by_its_headings(staff: Access) -> None:
    rows: list[list[object]] = [
        ["member", "organization", "month", "交了"],
        ["M1", "B", "2026-01", 5],
    ]
    batch = begin_file(staff, "A", "a.xlsx", [workbook(rows)])
    work_now(batch)
    plan = batch.how()
    assert plan is not None
    columns = {**plan.columns}
    columns[3] = type(columns[3])("交了", "paid")
    read_as(batch, 0, type(plan)(plan.book, plan.heading, columns))
    assert Remembered.objects.count() == 1
    again = begin_file(staff, "A", "b.xlsx", [workbook(rows)])
    work_now(again)
    assert again.how().columns[3].target == "paid"  # type: ignore[union-attr]


def test_stopped_it_goes_on_where_it_stood(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    months = [f"{year}-{month:02d}" for year in range(1800, 2026) for month in range(1, 13)]
    rows = 2 * LINES + 300
    batch = begin("dues", [DUES[0], *[["M1", "B", month, 1, 1] for month in months[:rows]]])
    work_once()
    batch.refresh_from_db()
    confirm(batch)
    really, turns = writing.put, []

    def put(*arguments: object, **more: object) -> None:
        turns.append(1)
        if len(turns) == 2:
            raise RuntimeError
        really(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "put", put)
    work_once()
    batch.refresh_from_db()
    assert (batch.state, batch.written_to) == (State.FAILED, LINES)
    assert Dues.objects.count() == LINES - 1
    monkeypatch.setattr(writing, "put", really)
    go_on(batch)
    stop(batch)
    assert not work_once()
    go_on(batch)
    work_once()
    batch.refresh_from_db()
    assert (batch.state, Dues.objects.count()) == (State.WRITTEN, rows)
    assert batch.tables == {"dues": {"same": 0, "new": rows}}


def test_cells_are_forgotten_when_nothing_can_be_undone(begin: Begin) -> None:
    from jinwei.imports.actions import UNDO

    batch = begin("dues", [*DUES, ["!"]])
    work_now(batch)
    tidy(timezone.now())
    assert Chunk.objects.exists()
    tidy(timezone.now() + UNDO * 2)
    assert not Chunk.objects.exists()
    assert not Found.objects.exists()
    assert Batch.objects.exists()


def test_a_batch_of_which_nothing_is_written_is_discarded(begin: Begin) -> None:
    batch = begin("dues", DUES)
    work_now(batch)
    discard(batch)
    assert not Batch.objects.exists()


def test_every_refusal_is_said_in_both_languages() -> None:
    for id in REFUSALS:
        assert sentence(id, {}) != sentence(id, {}, english=True)


def test_memory_for_pages_is_given_back() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()
        with many_pages():
            assert cursor.execute("PRAGMA cache_size").fetchone() != before
        assert cursor.execute("PRAGMA cache_size").fetchone() == before
