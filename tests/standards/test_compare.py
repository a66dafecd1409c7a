"""What two editions differ in."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from jinwei.engine.schema import Standard
from jinwei.engine.standard import read_standard
from jinwei.standards.compare import Comparison, compare

Document = dict[str, Any]
DOCUMENT: Document = {
    "schema": 1,
    "id": "sample",
    "version": "1",
    "title": {"zh": "样本"},
    "issuer": {"zh": "工委"},
    "subject": "organization",
    "period": "year",
    "tiers": ["basic", "regulated"],
    "parameters": {"talks": {"value": 3, "title": {"zh": "谈话次数"}}},
    "dimensions": [
        {
            "id": "life",
            "title": {"zh": "组织生活"},
            "indicators": [
                {
                    "id": "L01",
                    "title": {"zh": "党员大会"},
                    "tier": "basic",
                    "points": 4,
                    "measure": {"occurrences": {"fact": "meeting", "per": "quarter"}},
                },
                {
                    "id": "L02",
                    "title": {"zh": "谈心谈话"},
                    "tier": "basic",
                    "points": 6,
                    "measure": {"count": {"fact": "talk"}},
                    "target": {"parameter": "talks"},
                },
            ],
        },
        {
            "id": "support",
            "title": {"zh": "保障"},
            "indicators": [
                {
                    "id": "S01",
                    "title": {"zh": "经费"},
                    "points": 2,
                    "measure": {"count": {"fact": "fund"}},
                    "target": 1,
                }
            ],
        },
    ],
    "stars": [{"stars": 5, "score": 90}, {"stars": 4, "score": 80}],
    "grades": [{"grade": {"zh": "好"}, "stars": [4, 5]}],
    "vetoes": [{"id": "V1", "title": {"zh": "造假"}, "fact": "incident", "stars_at_most": 1}],
}


def later(change: Callable[[Document], object]) -> Standard:
    """The standard with something changed in its text."""
    document = deepcopy(DOCUMENT)
    document["version"] = "2"
    change(document)
    return read_standard(document)


def difference(change: Callable[[Document], object]) -> Comparison:
    return compare(read_standard(deepcopy(DOCUMENT)), later(change))


def life(document: Document) -> list[Document]:
    indicators: list[Document] = document["dimensions"][0]["indicators"]
    return indicators


def test_the_version_alone_is_no_difference() -> None:
    found = difference(lambda document: None)
    assert found.equal
    assert found.unchanged == 3
    assert found.one_standard


def test_indicators_that_came_and_went() -> None:
    def change(document: Document) -> None:
        taken = life(document).pop(0)
        life(document).append({**taken, "id": "L09"})

    found = difference(change)
    assert [placed.indicator.id for placed in found.added] == ["L09"]
    assert [placed.indicator.id for placed in found.removed] == ["L01"]
    assert not found.changed
    assert found.unchanged == 2


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("title", lambda d: life(d)[0].update(title={"zh": "党员大会按季"})),
        ("tier", lambda d: life(d)[0].update(tier="regulated")),
        ("points", lambda d: life(d)[0].update(points=5)),
        ("points", lambda d: life(d)[0].update(bonus=True)),
        ("applies_to", lambda d: life(d)[0].update(applies_to={"members": {"at_least": 3}})),
        ("rule", lambda d: life(d)[0]["measure"]["occurrences"].update(at_least=2)),
        ("rule", lambda d: life(d)[0].update(score={"deduct": 1})),
        ("source", lambda d: life(d)[0].update(source={"status": "local"})),
        ("remedy", lambda d: life(d)[0].update(remedy={"record": "meeting"})),
    ],
)
def test_what_of_an_indicator_changed(what: str, change: Callable[[Document], object]) -> None:
    found = difference(change)
    assert [(one.after.indicator.id, one.what) for one in found.changed] == [("L01", (what,))]
    assert not found.added
    assert not found.removed
    assert found.unchanged == 2


def test_an_indicator_that_moved_to_another_dimension() -> None:
    def change(document: Document) -> None:
        document["dimensions"][1]["indicators"].append(life(document).pop(0))

    (one,) = difference(change).changed
    assert one.what == ("dimension",)
    assert (one.before.dimension.id, one.after.dimension.id) == ("life", "support")


def test_a_parameter_changes_the_rules_that_use_it() -> None:
    found = difference(lambda d: d["parameters"]["talks"].update(value=5))
    assert [(p.before and p.before.value, p.after and p.after.value) for p in found.parameters] == [
        (3, 5)
    ]
    assert [(one.after.indicator.id, one.what) for one in found.changed] == [("L02", ("rule",))]


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("stars", lambda d: d["stars"][1].update(score=85)),
        ("stars", lambda d: d["stars"].append({"stars": 3, "score": 60})),
        ("grades", lambda d: d["grades"][0].update(stars=[5])),
        ("vetoes", lambda d: d["vetoes"].pop()),
        ("dimensions", lambda d: d["dimensions"][1].update(title={"zh": "基础保障"})),
    ],
)
def test_rules_of_the_whole(what: str, change: Callable[[Document], object]) -> None:
    found = difference(change)
    assert len(getattr(found, what)) == 1
    assert not found.changed
    assert not found.equal


def test_what_a_standard_says_of_itself() -> None:
    found = difference(lambda d: d.update(applies_to={"kind": "branch"}, period="quarter"))
    assert found.whole == ("applies_to", "period")


def test_two_standards_are_matched_by_titles() -> None:
    def change(document: Document) -> None:
        document["id"] = "other"
        life(document)[0].update(id="X01", points=3)

    found = difference(change)
    assert not found.one_standard
    assert [(one.before.indicator.id, one.after.indicator.id) for one in found.changed] == [
        ("L01", "X01")
    ]
    assert found.unchanged == 2
