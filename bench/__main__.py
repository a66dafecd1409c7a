"""``python -m bench``: whole trees and single subjects, each against plain Python in this run.

Prints seconds, and the ratio to the baseline: the same figures organization by organization in
plain Python over the same database (measured on a sample of the organizations and scaled up).
Then the product on its own database, live: see :mod:`bench.live`.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.districts import TODAY, districts
from bench.plainly import PlainScorer
from jinwei.datasets.dataset import Dataset
from jinwei.datasets.store import duckdb_store, sqlite_store
from jinwei.engine.backends import Backend
from jinwei.engine.compile import compile_plan
from jinwei.engine.document import read_document
from jinwei.engine.plan import Plan
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for, plain_results, score
from jinwei.engine.standard import load_standard
from jinwei.norms import standard_path

STANDARD = "office-branch"
SAMPLE = 40
SINGLES = 200


def seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    plan = make_plan(load_standard(standard_path(STANDARD)))
    print(f"{STANDARD}: {len(plan.indicators)} indicators, {len(plan.steps)} statements")
    for times in options.times:
        measure(plan, districts(times), options.runs)
        # The product is set up once a process.
        subprocess.run([sys.executable, "-m", "bench.live", "--times", str(times)], check=True)


def measure(plan: Plan, dataset: Dataset, runs: int) -> None:
    clock = clock_for(plan, TODAY)
    organizations = len(dataset.rows("organization"))
    rows = sum(map(len, dataset.tables.values()))
    print(f"\n{organizations:,} organizations, {rows:,} rows")
    sqlite = sqlite_store(dataset, indexed=True)
    subjects = sorted(score(plan, sqlite, clock))
    plain = baseline(plan, sqlite, subjects)
    print(f"  plain Python, organization by organization     {plain:9.2f} s     1.0")
    for backend in (sqlite, duckdb_store(dataset)):
        whole(plan, backend, runs, len(subjects), plain)
    single(plan, sqlite, subjects, plain / len(subjects))


def baseline(plan: Plan, sqlite: Any, subjects: list[str]) -> float:
    """Seconds for all subjects, from a sample; its figures must equal the engine's."""
    document = read_document(standard_path(STANDARD)).value
    plainly = PlainScorer(sqlite.connection, document)
    sample = random.Random(1).sample(subjects, min(SAMPLE, len(subjects)))
    found = {}
    begun = time.perf_counter()
    for code in sample:
        found[code] = plainly.score(code, TODAY)
    spent = time.perf_counter() - begun
    clock = clock_for(plan, TODAY)
    for code in sample:
        if found[code] != plain_results(score(plan, sqlite, clock, code))[code]:
            raise SystemExit(f"{code}: the baseline and the engine differ")
    return spent / len(sample) * len(subjects)


def whole(plan: Plan, backend: Backend, runs: int, subjects: int, plain: float) -> None:
    clock = clock_for(plan, TODAY)
    compiled = seconds(lambda: compile_plan(plan, backend.dialect, clock))
    spent = [seconds(lambda: score(plan, backend, clock)) for _ in range(runs)]
    print(
        f"  {backend.dialect:<8} all {subjects:>5,} subjects            "
        f"{min(spent):9.2f} s {min(spent) / plain:9.4f}"
        f"   (median {median(spent):.2f} s; compiling {compiled * 1000:.0f} ms)"
    )


def single(plan: Plan, backend: Backend, subjects: list[str], plain: float) -> None:
    """One subject by cached SQL, in milliseconds."""
    clock = clock_for(plan, TODAY)
    chosen = random.Random(2).choices(subjects, k=SINGLES)
    score(plan, backend, clock, chosen[0])
    spent = sorted(seconds(lambda code=code: score(plan, backend, clock, code)) for code in chosen)
    middle, late = median(spent), spent[int(len(spent) * 0.95)]
    print(
        f"  {backend.dialect:<8} one subject, cached SQL        {middle * 1000:9.2f} ms"
        f" {middle / plain:9.4f}   (p95 {late * 1000:.2f} ms)"
    )


main()
