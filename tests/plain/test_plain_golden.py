"""The plain reading gives what the worked cases expect, entirely."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from .reading import read_standard_results

GOLDEN = sorted((Path(__file__).parent.parent / "golden").glob("*.yaml"))
CASES = [
    (path.stem, str(as_of))
    for path in GOLDEN
    for as_of in yaml.safe_load(path.read_text())["as_of"]
]


@pytest.mark.parametrize(("stem", "as_of"), CASES)
def test_golden_case(stem: str, as_of: str) -> None:
    path = Path(__file__).parent.parent / "golden" / f"{stem}.yaml"
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = read_standard_results(case["standard"], case["dataset"], as_of, case.get("period"))
    assert found == case["expect"][as_of]


def test_there_are_golden_cases() -> None:
    assert len(GOLDEN) >= 10
