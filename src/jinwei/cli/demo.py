"""``jinwei demo-data`` and ``jinwei demo``: a fictional district, scored and explained."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Final

from jinwei.datasets.dataset import Dataset
from jinwei.datasets.store import open_store
from jinwei.datasets.write import write_dataset
from jinwei.demo import SHOWN_BRANCH, committee, district
from jinwei.engine.explain import explain
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for, score

from .common import BadInput, console, read_day, read_named_standard, say_bad
from .explanation import print_explanation
from .score import names_of
from .table import print_basis, print_results
from .tree import tree_at
from .words import Words

STANDARD: Final = "office-branch"


def run_demo_data(options: argparse.Namespace) -> int:
    say = Words(options.lang)
    try:
        today = read_day(say, options.today, dt.date.today())
        make = committee if options.committee else district
        written = _write(say, make(options.seed, today=today), options)
    except BadInput as bad:
        return say_bad(str(bad))
    print(written)
    return 0


def _write(say: Words, dataset: Dataset, options: argparse.Namespace) -> str:
    """Write the data set; CSV and Parquet fill the folder, a workbook or YAML stands in it."""
    folder = Path(options.out)
    names = {"workbook": "dataset.xlsx", "yaml": "dataset.yaml"}
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(say("folder_taken", path=folder))
    path = folder
    if options.form in names:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / names[options.form]
    write_dataset(dataset, path, form=options.form, headings=options.headings)
    rows = sum(len(rows) for rows in dataset.tables.values())
    return say("written", rows=f"{rows:,}", path=path)


def run_demo(options: argparse.Namespace) -> int:
    """Make the district, score its branches, print the tree and explain one branch."""
    say = Words(options.lang)
    try:
        today = read_day(say, options.today, dt.date.today())
    except BadInput as bad:
        return say_bad(str(bad))
    print(say("making"), file=sys.stderr)
    dataset = district(options.seed, today=today)
    print(say("scoring"), file=sys.stderr)
    plan = make_plan(read_named_standard(say, STANDARD))
    clock = clock_for(plan, today)
    with open_store(dataset) as backend:
        results = score(plan, backend, clock)
        tree = tree_at(dataset, clock.day)
        out = console()
        print_basis(out, say, plan.standard, clock)
        print_results(out, say, plan.standard, results, tree, tree.names, None, False)
        out.print()
        shown = SHOWN_BRANCH if SHOWN_BRANCH in results else next(iter(results))
        unit = next(u for u in tree.units() if shown in tree.below(u))
        print_results(out, say, plan.standard, results, tree, tree.names, unit, False)
        out.print()
        found = explain(plan, backend, clock, shown)
        assert found is not None
        print_explanation(out, say, plan.standard, found, names_of(dataset, clock.day))
    return 0
