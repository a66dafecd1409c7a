"""Lines are kept sealed with the types of their cells, and come back as they were."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jinwei.books.grid import Book, Error, Grid, Line, Merge, Ruined, Unreckoned
from jinwei.imports import store
from jinwei.imports.models import Batch, Chunk
from jinwei.imports.sealing import pack, unpack
from tests.imports.conftest import Begin

CELLS = (
    *("王 小明", 12, 1.5, True, None, dt.date(2026, 1, 2), dt.datetime(2026, 1, 2, 3, 4, 5)),
    *(dt.time(8, 30), Error("#N/A"), Unreckoned("A1+1"), Ruined("1.10105E+17"), 10**20),
)


def test_cells_keep_their_types() -> None:
    back = unpack(pack(list(CELLS)))
    assert back == list(CELLS)
    assert [type(cell) for cell in back] == [type(cell) for cell in CELLS]
    assert unpack(pack({"a": b"\x00\xff", "b": 1}))["a"] == b"\x00\xff"


def test_nothing_of_a_file_lies_in_the_clear() -> None:
    assert "王".encode() not in pack(["王小明"])
    assert b"11010519491231002X" not in pack(["11010519491231002X"])


def test_a_book_comes_back_chunk_by_chunk(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LINES", 3)
    batch = begin("fund", [["organization"]])
    lines = [Line(n, CELLS[: n % 12], hidden=n == 4) for n in range(1, 9)]
    grid = Grid("二", lines, frozenset((2,)), (Merge(1, 0, 1, 3),), rows=8, columns=12)
    store.put_book(batch, Book((grid, Grid("空", [])), ("macros",)))
    back = store.grid_of(batch)
    assert (list(back.lines), list(back.lines)) == (lines, lines)
    assert (back.name, back.hidden_columns, back.merges) == ("二", frozenset((2,)), grid.merges)
    assert (back.rows, back.columns, batch.notes) == (8, 12, ["macros"])
    assert list(Chunk.objects.order_by("first").values_list("first", "last", "lines")) == [
        *((1, 3, 3), (4, 6, 3), (7, 8, 2))
    ]


def test_a_cell_is_changed_and_what_the_file_held_is_kept(begin: Begin) -> None:
    batch = begin("fund", [["organization", "kind"], ["B", "spent"], ["C"]])
    assert store.change_cell(batch, 3, 1, "budget") is None
    assert store.change_cell(batch, 3, 1, "returned") == "budget"
    assert store.line_of(batch, 3).cells == ("C", "returned")
    assert store.edits_of(Batch.objects.get()) == {(3, 1): None}
    store.change_cell(batch, 3, 1, None)
    assert store.line_of(batch, 3).cells == ("C",)
    with pytest.raises(store.NoLine):
        store.line_of(batch, 9)


def test_a_chunk_is_read_by_one_query(begin: Begin, django_assert_num_queries: Any) -> None:
    batch = begin("fund", [["organization"], *[["B"]] * (2 * store.LINES)])
    with django_assert_num_queries(4):  # their numbers, and three chunks
        assert len(list(store.grid_of(batch).lines)) == 2 * store.LINES + 1
