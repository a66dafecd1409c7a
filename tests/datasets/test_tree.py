"""The closure of the tree against a walk on each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jinwei.datasets import Dataset, check_dataset, tree_paths
from jinwei.datasets.dataset import Row

FIRST: Final = date(2024, 12, 30)
DAYS: Final = tuple((FIRST + timedelta(days=n)).isoformat() for n in range(8))
CODES: Final = ("A", "B", "C", "D", "E")


def organization(code: str, parent: str | None) -> Row:
    return (code, code, parent, "branch", None, None, None, None)


def parent_on(dataset: Dataset, code: str, day: str) -> str | None:
    """The superior of an organization on one day, straight from the definition."""
    rows = [r for r in dataset.rows("superior") if r[0] == code and r[4] is None]
    if not rows:
        (parent,) = [r[2] for r in dataset.rows("organization") if r[0] == code]
        return None if parent is None else str(parent)
    for _, superior, begin, end, _ in rows:
        if (begin is None or str(begin) <= day) and (end is None or day <= str(end)):
            return str(superior)
    return None


def walk(dataset: Dataset, day: str) -> set[tuple[str, str]]:
    pairs = set()
    for code in CODES:
        above: str | None = code
        while above is not None:
            assert (above, code) not in pairs, "cycle"
            pairs.add((above, code))
            above = parent_on(dataset, above, day)
    return pairs


_DAY = st.none() | st.sampled_from(DAYS)
_CODE = st.sampled_from(CODES)
_PURPOSE = st.sampled_from([None, None, None, "campaign"])


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    parents = [draw(st.none() | _CODE) for _ in CODES]
    superior = draw(st.lists(st.tuples(_CODE, _CODE, _DAY, _DAY, _PURPOSE), max_size=8))
    rows: list[Row] = list(superior)
    organizations = [organization(c, p) for c, p in zip(CODES, parents, strict=True)]
    return Dataset({"organization": organizations, "superior": rows})


def only_sound(dataset: Dataset) -> Dataset:
    """The data set without superior rows that are at fault; assumes that the tree has no cycle."""
    rows: list[Row] = []
    for row in dataset.rows("superior"):
        trial = Dataset(dataset.tables | {"superior": [*rows, row]})
        if not any(fault.id != "data-cycle" for fault in check_dataset(trial)):
            rows.append(row)
    sound = Dataset(dataset.tables | {"superior": rows})
    assume(not check_dataset(sound))
    return sound


@given(drawn=datasets())
def test_paths_are_those_of_each_day(drawn: Dataset) -> None:
    dataset = only_sound(drawn)
    paths = tree_paths(dataset)
    for day in DAYS:
        on_day = [(a, d) for a, d, begin, end in paths if _in_force(begin, end, day)]
        assert len(on_day) == len(set(on_day))
        assert set(on_day) == walk(dataset, day)


def _in_force(begin: str | None, end: str | None, day: str) -> bool:
    return (begin is None or begin <= day) and (end is None or day <= end)


@given(drawn=datasets())
def test_a_cycle_is_found_on_the_day_it_holds(drawn: Dataset) -> None:
    faults = check_dataset(drawn)
    assume({fault.id for fault in faults} <= {"data-cycle"})
    try:
        for day in ("0001-01-01", *DAYS, "9999-12-31"):
            walk(drawn, day)
    except AssertionError:
        assert faults
        with pytest.raises(ValueError, match="cycle"):
            tree_paths(drawn)
    else:
        assert not faults


def test_a_path_through_two_superiors_is_one_where_it_goes_on() -> None:
    rows: list[Row] = [("C", "A", None, "2024-12-31", None), ("C", "B", "2025-01-01", None, None)]
    organizations = [organization(c, p) for c, p in (("R", None), ("A", "R"), ("B", "R"))]
    dataset = Dataset({"organization": [*organizations, organization("C", "A")], "superior": rows})
    assert sorted(tree_paths(dataset), key=str)[-4:] == [
        ("R", "A", None, None),
        ("R", "B", None, None),
        ("R", "C", None, None),
        ("R", "R", None, None),
    ]
    assert ("A", "C", None, "2024-12-31") in tree_paths(dataset)
    assert ("B", "C", "2025-01-01", None) in tree_paths(dataset)


def test_turning_a_pair_round_is_no_cycle() -> None:
    rows: list[Row] = [("B", "A", None, "2024-12-31", None), ("A", "B", "2025-01-01", None, None)]
    dataset = Dataset(
        {"organization": [organization("A", None), organization("B", None)], "superior": rows}
    )
    assert check_dataset(dataset) == ()
    assert ("A", "B", None, "2024-12-31") in tree_paths(dataset)
