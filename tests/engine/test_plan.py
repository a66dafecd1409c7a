"""Plans print, share their steps, and are named by what they reckon."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from jinwei.engine.compile import compile_plan
from jinwei.engine.plan import LedgerStep, Plan, WindowStep
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for
from jinwei.engine.standard import load_standard, read_standard
from jinwei.norms import standard_path

FOLDER = Path(__file__).parent
GOLDEN = FOLDER.parent / "golden"


def document(name: str) -> dict[str, Any]:
    path = next(GOLDEN.glob(f"{name}*.yaml"))
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["standard"]
    return found


def plan_of(name: str) -> Plan:
    return make_plan(read_standard(document(name)))


def test_the_printed_plan_is_the_one_reviewed() -> None:
    """A changed print is a changed meaning: look at the difference before accepting it."""
    printed = "\n\n".join(str(plan_of(f"{number:02}")) for number in range(1, 11)) + "\n"
    assert printed == (FOLDER / "plans.txt").read_text(encoding="utf-8")


def test_each_ledger_is_gone_through_once_for_each_way_of_seeing_it() -> None:
    plan = make_plan(load_standard(standard_path("office-branch")))
    ways = [(s.fact, s.seen) for s in plan.steps if isinstance(s, LedgerStep)]
    cuts = [(s.fact, s.per, s.below) for s in plan.steps if isinstance(s, WindowStep)]
    assert len(ways) == len(set(ways))
    assert len(cuts) == len(set(cuts))


def test_a_title_does_not_change_the_fingerprint() -> None:
    said = document("01")
    other = copy.deepcopy(said)
    other["title"]["zh"] = "另一个名字"
    assert make_plan(read_standard(other)).fingerprint == plan_of("01").fingerprint


def test_points_targets_and_parameters_change_the_fingerprint() -> None:
    said = document("03")
    prints = {make_plan(read_standard(said)).fingerprint}
    prints.add(make_plan(read_standard(said, {"fund_floor": "800"})).fingerprint)
    dearer = copy.deepcopy(said)
    dearer["dimensions"][0]["indicators"][0]["points"] = 6
    prints.add(make_plan(read_standard(dearer)).fingerprint)
    assert len(prints) == 3


def test_the_text_is_compiled_once_for_all_days_of_a_shape() -> None:
    plan = plan_of("01")
    first = compile_plan(plan, "sqlite", clock_for(plan, dt.date(2024, 2, 29)))
    later = compile_plan(plan, "sqlite", clock_for(plan, dt.date(2026, 11, 21)))
    assert first is later
    assert not any("2024" in s.sql or "2026" in s.sql for s in first.statements)


def test_what_varies_is_bound() -> None:
    plan = plan_of("10")
    program = compile_plan(plan, "postgres", clock_for(plan, dt.date(2024, 2, 29)), one=True)
    bound = {name for statement in program.statements for name in statement.parameters}
    assert {"as_of", "day", "first", "last", "subject"} <= bound


def test_one_subject_is_filtered_inside_every_statement() -> None:
    plan = make_plan(load_standard(standard_path("office-branch")))
    program = compile_plan(plan, "sqlite", clock_for(plan, dt.date(2026, 11, 21)), one=True)
    assert all("subject" in statement.parameters for statement in program.statements)


def test_a_percent_sign_reaches_postgres_whole() -> None:
    said = document("01")
    measure = said["dimensions"][0]["indicators"][0]["measure"]["occurrences"]
    measure["where"] = {"topic": {"contains": "100%"}}
    plan = make_plan(read_standard(said))
    program = compile_plan(plan, "postgres", clock_for(plan, dt.date(2025, 6, 30)))
    assert any("'100%%'" in statement.sql for statement in program.statements)
