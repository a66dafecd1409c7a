"""The worked examples beside each shipped standard, and the coverage of its indicators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from jinwei.datasets.read import dataset_from_tables
from jinwei.engine.document import as_date
from jinwei.engine.plan import Plan
from jinwei.engine.planner import make_plan
from jinwei.engine.schema import Standard
from jinwei.engine.score import clock_for, plain_results, score
from jinwei.engine.standard import load_standard
from jinwei.norms import shipped_standards
from tests.stores import store

STANDARDS = shipped_standards()


def load(path: Path) -> Any:
    """A YAML file; only true and false are truth values, as in standards."""
    from jinwei.engine.document import read_document

    return read_document(path).value


@cache
def plan_of(id: str, settings: tuple[tuple[str, str], ...] = ()) -> Plan:
    return make_plan(load_standard(STANDARDS[id], dict(settings)))


def standard_of(id: str) -> Standard:
    return plan_of(id).standard


def examples() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for id, document in STANDARDS.items():
        for path in sorted((document.parent / "examples").glob("*.yaml")):
            for number, example in enumerate(load(path), start=1):
                yield id, f"{id}/{path.stem}/{number}", example


EXAMPLES = list(examples())


def compare(expected: Any, found: Any, where: str) -> list[str]:
    """Only what an example lists is compared."""
    if isinstance(expected, dict):
        told = []
        for key, value in expected.items():
            if not isinstance(found, dict) or str(key) not in found:
                told.append(f"{where}.{key} is absent")
            else:
                told += compare(value, found[str(key)], f"{where}.{key}")
        return told
    if expected is None or isinstance(expected, str | list):
        return [] if expected == found else [f"{where}: expected {expected}, found {found}"]
    close = found is not None and abs(float(expected) - float(found)) < 0.000001
    return [] if close else [f"{where}: expected {expected}, found {found}"]


@pytest.mark.parametrize(("id", "name", "example"), EXAMPLES, ids=[name for _, name, _ in EXAMPLES])
def test_a_worked_example_comes_out_as_its_author_reckoned(
    id: str, name: str, example: dict[str, Any]
) -> None:
    settings = {k: str(v) for k, v in (example.get("parameters") or {}).items()}
    plan = plan_of(id, tuple(sorted(settings.items())))
    as_of = as_date(example["as_of"])
    assert isinstance(as_of, dt.date)
    with store(dataset_from_tables(example["given"]), "sqlite") as backend:
        clock = clock_for(plan, as_of, as_date(example.get("period")))
        results = plain_results(score(plan, backend, clock))
    assert compare(example["expect"], results, name) == []


@pytest.mark.parametrize("id", STANDARDS)
def test_every_indicator_has_a_worked_example(id: str) -> None:
    worked = {
        indicator
        for standard, _, example in EXAMPLES
        if standard == id
        for subject in example["expect"].values()
        for indicator in subject.get("indicators", {})
    }
    assert {i.id for i in standard_of(id).indicators} <= worked


@pytest.mark.parametrize("id", STANDARDS)
def test_every_indicator_names_its_source_with_status(id: str) -> None:
    bare = [i.id for i in standard_of(id).indicators if i.source is None or not i.source.status]
    assert bare == []


@pytest.mark.parametrize("id", STANDARDS)
def test_titles_stand_in_both_languages(id: str) -> None:
    standard = standard_of(id)
    titles = [
        standard.title,
        standard.issuer,
        *(d.title for d in standard.dimensions),
        *(i.title for i in standard.indicators),
        *(p.title for p in standard.parameters),
        *(g.title for g in standard.grades),
        *(v.title for v in standard.vetoes),
    ]
    assert [t for t in titles if not t.zh or not t.en or t.zh == t.en] == []


def test_the_basic_tier_of_office_branches_has_7_areas_and_41_indicators() -> None:
    basic = [d for d in standard_of("office-branch").dimensions if d.indicators[0].tier == "basic"]
    counted = [i for i in standard_of("office-branch").indicators if i.tier == "basic"]
    assert len(basic) == 7
    assert len(counted) == 41


def test_the_governance_standard_has_7_themes_and_32_items() -> None:
    standard = standard_of("office-governance")
    assert len(standard.dimensions) == 7
    assert len(standard.indicators) == 32


@pytest.mark.parametrize(
    ("members", "two_percent", "one_percent"), [(29, 1, 1), (30, 1, 1), (150, 3, 2), (201, 5, 3)]
)
def test_the_staffing_rule_in_both_forms(members: int, two_percent: int, one_percent: int) -> None:
    """STAFF-01: at least 2 % and one person; STAFF-02: its lower bound of 1 %."""
    given: dict[str, list[dict[str, Any]]] = {
        "organization": [{"code": "C", "name": "C", "kind": "committee", "sector": "office"}],
        "member": [
            {"code": f"M{n}", "organization": "C", "status": "full"} for n in range(members)
        ],
    }
    folder = STANDARDS["office-branch"].parent / "parameters"
    targets = []
    for name in ("staff-2-percent", "staff-1-percent"):
        values = load(folder / f"{name}.yaml")["values"]
        plan = plan_of("classified-grading", tuple((k, str(v)) for k, v in sorted(values.items())))
        with store(dataset_from_tables(given), "sqlite") as backend:
            results = plain_results(score(plan, backend, clock_for(plan, dt.date(2026, 12, 31))))
        targets.append(results["C"]["indicators"]["C07"]["target"])
    assert targets == [two_percent, one_percent]


def test_example_tables_of_municipalities_come_out_as_reckoned_by_hand() -> None:
    folders = sorted((Path(__file__).parents[2] / "examples").glob("*/expect.yaml"))
    assert len(folders) == 3
    for path in folders:
        expected = load(path)
        plan = make_plan(load_standard(path.parent / "standard.yaml"))
        tables = load(path.parent / "dataset.yaml")
        as_of = as_date(expected["as_of"])
        assert as_of is not None
        with store(dataset_from_tables(tables), "sqlite") as backend:
            clock = clock_for(plan, as_of, as_date(expected.get("period")))
            results = plain_results(score(plan, backend, clock))
        assert compare(expected["expect"], results, path.parent.name) == []


def test_yaml_of_norms_reads_with_an_ordinary_reader_too() -> None:
    """No unquoted yes, no, on or off that another reader would take for a truth value."""
    for path in STANDARDS.values():
        ordinary = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert ordinary["id"] == path.parent.name
