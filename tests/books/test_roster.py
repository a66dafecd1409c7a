"""A long roster: every fault at its cell, nothing else said, clean rows with their values."""

from __future__ import annotations

import pytest

from jinwei.books import kinds

from .roster import FAULTS, LOOKALIKES, Roster, roster
from .sheets import Read, read
from .worlds import world


@pytest.fixture(scope="module")
def made() -> Roster:
    return roster(10_000)


@pytest.fixture(scope="module")
def said(made: Roster) -> Read:
    return read(made.grid, world())


def test_columns_are_recognized(said: Read) -> None:
    assert said.plan.book == "member"
    assert said.plan.heading == (3, 4)
    assert [c.target for c in said.plan.columns.values()] == [
        "", "name", "sex", "ethnicity", "birth_on", "id_number", "education", "phone",
        "organization", "joined_on", "full_on", "status", "mobile", "", "code",
    ]  # fmt: skip
    assert all(column.sure for column in said.plan.columns.values())


def test_every_fault_is_found_at_its_cell_and_nothing_else(made: Roster, said: Read) -> None:
    assert sorted(map(str, made.troubles - said.troubles)) == []
    assert sorted(map(str, said.troubles - made.troubles)) == []
    assert len(made.troubles) >= 4 * len(FAULTS)


def test_clean_rows_have_their_values(made: Roster, said: Read) -> None:
    assert len(made.clean) > 4 * len(LOOKALIKES)
    for number, values in made.clean.items():
        assert said.values(number) == values, number


def test_nothing_else_is_a_row(made: Roster, said: Read) -> None:
    rows = {n for n, one in said.readings.items() if one.sort == "row"}
    assert rows == set(made.clean) | {line for line, _, _ in made.troubles}


def test_what_is_asked_is_asked_once(said: Read) -> None:
    assert set(said.asked) == {"kind:status:积极分子", "no-day:joined_on"}


def test_nobody_is_told_of_kinds_that_are_none() -> None:
    assert all(kind.zh and kind.en for kind in kinds.KINDS.values())
