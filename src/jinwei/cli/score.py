"""``jinwei score``: a table, an explanation, or plain JSON."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from jinwei.datasets.dataset import Dataset
from jinwei.datasets.read import read_dataset
from jinwei.datasets.store import open_store
from jinwei.engine.backends import Backend
from jinwei.engine.explain import explain, plain_explanation
from jinwei.engine.faults import Fault, Refused
from jinwei.engine.periods import Clock
from jinwei.engine.plan import Plan
from jinwei.engine.planner import make_plan
from jinwei.engine.schema import Standard
from jinwei.engine.score import clock_for, plain_results, score

from .common import (
    BadInput,
    console,
    print_json,
    read_day,
    read_named_standard,
    read_settings,
    say_bad,
    say_faults,
)
from .explanation import print_explanation
from .table import print_basis, print_results
from .tree import member_names, tree_at
from .words import Words

DATABASE: Final = "JINWEI_DATABASE"
"""Names the PostgreSQL database of ``--engine postgres``."""


def run_score(options: argparse.Namespace) -> int:
    say = Words(options.lang)
    try:
        as_of = read_day(say, options.as_of)
        period = read_day(say, options.period) if options.period else None
        settings = read_settings(say, options.set)
        standard, dataset = _read_both(say, options, settings)
        plan = make_plan(standard)
        clock = clock_for(plan, as_of, period)
        with _store(say, options, dataset) as backend:
            return _say(options, say, plan, backend, dataset, clock)
    except BadInput as bad:
        return say_bad(str(bad))
    except Refused as refused:
        return say_faults(say, refused.faults, options.json)


@contextmanager
def _store(say: Words, options: argparse.Namespace, dataset: Dataset) -> Iterator[Backend]:
    if options.engine != "postgres":
        with open_store(dataset, options.engine) as backend:
            yield backend
        return
    import psycopg

    database = options.database or os.environ.get(DATABASE)
    if not database:
        raise BadInput(say("no_database", variable=DATABASE))
    try:
        with open_store(dataset, "postgres", database) as backend:
            yield backend
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise BadInput(say("database_away", reason=reason)) from error


def _read_both(
    say: Words, options: argparse.Namespace, settings: dict[str, str]
) -> tuple[Standard, Dataset]:
    """Both read before either is refused, so that all faults are said at once."""
    faults: list[Fault] = []
    standard = dataset = None
    try:
        standard = read_named_standard(say, options.standard, settings)
    except Refused as refused:
        faults += refused.faults
    try:
        dataset = read_dataset(options.dataset)
    except Refused as refused:
        faults += refused.faults
    if standard is None or dataset is None:
        raise Refused(faults)
    return standard, dataset


def _say(
    options: argparse.Namespace,
    say: Words,
    plan: Plan,
    backend: Backend,
    dataset: Dataset,
    clock: Clock,
) -> int:
    if options.explain:
        return _say_explanations(options, say, plan, backend, dataset, clock)
    results = score(plan, backend, clock, options.subject)
    if options.subject is not None and not results:
        raise BadInput(say("no_subject", code=options.subject, as_of=clock.as_of))
    if options.json:
        print_json(plain_results(results))
        return 0
    tree = tree_at(dataset, clock.day)
    if options.under is not None and options.under not in tree.names:
        raise BadInput(say("unknown_organization", code=options.under))
    out = console()
    print_basis(out, say, plan.standard, clock)
    names = tree.names if plan.subject == "organization" else member_names(dataset)
    print_results(out, say, plan.standard, results, tree, names, options.under, options.all)
    if results and all(result.score is None for result in results.values()):
        out.print(say("nothing_yet"), style="dim")
    return 0


def names_of(dataset: Dataset, day: dt.date) -> dict[str, str]:
    """Names of organizations and members by code."""
    return {**member_names(dataset), **tree_at(dataset, day).names}


def _say_explanations(
    options: argparse.Namespace,
    say: Words,
    plan: Plan,
    backend: Backend,
    dataset: Dataset,
    clock: Clock,
) -> int:
    codes = [options.subject] if options.subject else list(score(plan, backend, clock))
    names = names_of(dataset, clock.day)
    out = console()
    plain: dict[str, Any] = {}
    for code in codes:
        found = explain(plan, backend, clock, code)
        if found is None:
            raise BadInput(say("no_subject", code=code, as_of=clock.as_of))
        if options.json:
            plain[code] = plain_results({code: found.result})[code]
            plain[code]["explanation"] = plain_explanation(found)
        else:
            print_explanation(out, say, plan.standard, found, names)
    if options.json:
        print_json(plain)
    return 0
