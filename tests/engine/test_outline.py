"""An explanation without rows: the same windows and chances, and nothing fetched for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from jinwei.datasets.read import read_dataset
from jinwei.engine.backends import Backend, Row
from jinwei.engine.explain import explain
from jinwei.engine.planner import make_plan
from jinwei.engine.standard import load_standard
from tests.golden_cases import CASES, clock, load
from tests.stores import store


class Counting:
    """A backend that counts its statements."""

    def __init__(self, backend: Backend) -> None:
        self.backend, self.dialect, self.statements = backend, backend.dialect, 0

    def run(self, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        self.statements += 1
        return self.backend.run(sql, parameters)


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_windows_and_chances_need_no_rows(path: Any, tmp_path: Any) -> None:
    case = load(path)
    for name in ("standard", "dataset"):
        text = yaml.safe_dump(case[name], allow_unicode=True, sort_keys=False)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    plan = make_plan(load_standard(tmp_path / "standard.yaml"))
    with store(read_dataset(tmp_path / "dataset.yaml"), "sqlite") as backend:
        for as_of in case["as_of"]:
            for code in case["expect"][as_of]:
                at, counting = clock(plan, case, as_of), Counting(backend)
                whole = explain(plan, backend, at, code)
                outline = explain(plan, counting, at, code, rows=False)
                assert whole is not None
                assert outline is not None
                assert outline.result == whole.result
                assert counting.statements <= len(plan.steps)
                for one, full in zip(outline.indicators, whole.indicators, strict=True):
                    assert [p.windows for p in one.parts] == [p.windows for p in full.parts]
                    assert [p.chances for p in one.parts] == [p.chances for p in full.parts]
                    assert all(part.rows == part.missing == () for part in one.parts)
                ids = [one.indicator.id for one in whole.indicators[:2]]
                some = explain(plan, backend, at, code, ids)
                assert some is not None
                assert some.indicators == whole.indicators[:2]
