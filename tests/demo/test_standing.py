"""How the district fares under the shipped standards: variety, and stars as they should fall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from statistics import median

import pytest

from jinwei.demo import SHOWN_BRANCH
from jinwei.demo.world import World
from jinwei.engine.outcomes import AWAITING, MET, MISSED, NOT_APPLICABLE, ON_TRACK, PENDING
from jinwei.engine.standard import load_standard
from jinwei.engine.totals import Result
from jinwei.norms import standard_path

Scores = dict[str, dict[str, Result]]
ALIKE = {"S01", "S02", "B02"}
"""Three full members, no more than fifty, a secretary: the district holds that everywhere."""
BANDS = {5: (0.05, 0.12), 4: (0.12, 0.25), 3: (0.28, 0.45), 2: (0.13, 0.28), 1: (0.05, 0.2)}


@pytest.fixture(scope="session")
def branches(november: Scores) -> dict[str, Result]:
    return november["office-branch"]


def states(results: Iterable[Result], indicator: str) -> Counter[str]:
    return Counter(result.indicators[indicator].state for result in results)


def by_temper(world: World, results: dict[str, Result], name: str) -> list[Result]:
    return [r for code, r in results.items() if world.by_code[code].temper.name == name]


@pytest.mark.parametrize(
    "indicator",
    [i.id for i in load_standard(standard_path("office-branch")).indicators if i.id not in ALIKE],
)
def test_every_indicator_shows_variety(branches: dict[str, Result], indicator: str) -> None:
    """Some have it or are on the way, others missed it, have not begun or not come far enough."""
    found = states(branches.values(), indicator)
    del found[NOT_APPLICABLE]
    assert found.keys() & {MET, ON_TRACK}
    assert found.total() >= 20
    assert found.total() - max(found.values()) >= 3


def test_what_stands_alike_everywhere_is_met(branches: dict[str, Result]) -> None:
    for indicator in ALIKE:
        assert states(branches.values(), indicator) == {MET: 400}


def test_stars_fall_as_in_a_real_district(branches: dict[str, Result]) -> None:
    stars = Counter(result.stars for result in branches.values())
    for number, (low, high) in BANDS.items():
        assert low <= stars[number] / len(branches) <= high, number
    scores = sorted(result.score or 0 for result in branches.values())
    assert scores[0] < 45_00
    assert scores[-1] > 95_00


def test_stars_follow_the_temperament(world: World, branches: dict[str, Result]) -> None:
    wanted = {"exemplary": (4, 5), "ordinary": (3, 4), "sloppy": (2, 3), "lagging": (0, 1)}
    for name, (low, high) in wanted.items():
        results = by_temper(world, branches, name)
        inside = sum(low <= (result.stars or 0) <= high for result in results)
        assert inside > 0.6 * len(results), name
        assert low <= median(result.stars or 0 for result in results) <= high


def test_paper_only_branches_count_well_and_record_late(
    world: World, branches: dict[str, Result]
) -> None:
    paper = by_temper(world, branches, "paper-only")
    assert states(paper, "L05")[MISSED] < 0.2 * len(paper)
    assert states(paper, "T02")[MISSED] == len(paper)
    assert median(result.stars or 0 for result in paper) < 4
    falsified = [result for result in branches.values() if "V1" in result.vetoes]
    assert 1 <= len(falsified) <= 2
    assert all(result in paper and (result.stars or 0) <= 1 for result in falsified)


def test_dues_of_the_running_month_are_not_yet_late(branches: dict[str, Result]) -> None:
    found = states(branches.values(), "E03")
    assert found[MET] > 0.6 * len(branches)
    assert found[MISSED] > 0.1 * len(branches)


def test_members_have_different_points(november: Scores) -> None:
    for name in ("member-points", "probationary-points"):
        scores = sorted(result.score or 0 for result in november[name].values())
        assert len(set(scores)) > 20
        assert scores[-1] - scores[0] > 15_00
        assert 50_00 < median(scores) < 100_00
    assert len(november["member-points"]) > 8000
    assert len(november["probationary-points"]) > 100


@pytest.mark.parametrize("standard", ["office-governance", "classified-grading"])
def test_committees_and_all_organizations_differ_in_stars(november: Scores, standard: str) -> None:
    stars = Counter(result.stars for result in november[standard].values())
    assert len(stars) >= 3
    assert max(stars.values()) < 0.8 * stars.total()


def test_the_shown_branch_has_something_to_explain(
    world: World, branches: dict[str, Result]
) -> None:
    result = branches[SHOWN_BRANCH]
    found = {id: indicator.state for id, indicator in result.indicators.items()}
    assert world.by_code[SHOWN_BRANCH].temper.name == "ordinary"
    assert world.groups(SHOWN_BRANCH)
    assert MISSED in {found["L01"], found["L02"], found["L03"], found["L05"]}
    assert list(found.values()).count(PENDING) >= 3
    assert AWAITING in found.values()
    assert found["R05"] in (MET, MISSED)
    dues = result.indicators["E03"].value
    assert dues is not None
    assert 0 < dues < 1
    assert (result.potential or 0) > (result.score or 0)
