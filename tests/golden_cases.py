"""The worked cases of the specification, for every place that must give their figures."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final

import yaml

from jinwei.engine.periods import Clock
from jinwei.engine.plan import Plan
from jinwei.engine.score import clock_for

FOLDER: Final = Path(__file__).parent / "golden"
CASES: Final = sorted(FOLDER.glob("*.yaml"))


def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def clock(plan: Plan, case: dict[str, Any], as_of: str) -> Clock:
    period = dt.date.fromisoformat(case["period"]) if "period" in case else None
    return clock_for(plan, dt.date.fromisoformat(as_of), period)
