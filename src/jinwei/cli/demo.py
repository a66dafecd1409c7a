"""``jinwei demo-data`` and ``jinwei demo``: a fictional district, scored and explained."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Final

from jinwei.datasets.store import open_store
from jinwei.demo import SHOWN_BRANCH, committee, district
from jinwei.engine.explain import explain
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for, score

from .common import BadInput, console, read_day, read_named_standard, say_bad, write_into
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
        dataset = make(options.seed, today=today)
        written = write_into(say, dataset, Path(options.out), options.form, options.headings)
    except BadInput as bad:
        return say_bad(str(bad))
    print(written)
    return 0


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
