"""``jinwei plan``, ``check`` and ``check-data``: look before you score."""

from __future__ import annotations

import argparse
import datetime as dt

from jinwei.datasets.read import read_dataset
from jinwei.engine.compile import compile_plan
from jinwei.engine.faults import Refused
from jinwei.engine.planner import make_plan
from jinwei.engine.score import clock_for

from .common import (
    BadInput,
    print_json,
    read_day,
    read_named_standard,
    read_settings,
    say_bad,
    say_faults,
)
from .words import Words


def run_plan(options: argparse.Namespace) -> int:
    say = Words(options.lang)
    try:
        plan = make_plan(
            read_named_standard(say, options.standard, read_settings(say, options.set))
        )
        as_of = read_day(say, options.as_of, dt.date.today())
    except BadInput as bad:
        return say_bad(str(bad))
    except Refused as refused:
        return say_faults(say, refused.faults)
    print(plan)
    if options.sql:
        program = compile_plan(plan, options.sql, clock_for(plan, as_of), options.one)
        for number, statement in enumerate(program.statements):
            print(f"\n-- {number}: {', '.join(statement.parameters)}\n{statement.sql};")
    return 0


def run_check(options: argparse.Namespace) -> int:
    say = Words(options.lang)
    try:
        standard = read_named_standard(say, options.standard)
        make_plan(standard)
    except BadInput as bad:
        return say_bad(str(bad))
    except Refused as refused:
        return say_faults(say, refused.faults, options.json)
    if options.json:
        print_json([])
        return 0
    print(
        say(
            "standard_ok",
            title=standard.title(say.language),
            id=standard.id,
            version=standard.version,
            dimensions=len(standard.dimensions),
            indicators=len(standard.indicators),
        )
    )
    return 0


def run_check_data(options: argparse.Namespace) -> int:
    say = Words(options.lang)
    try:
        dataset = read_dataset(options.dataset)
    except Refused as refused:
        return say_faults(say, refused.faults, options.json)
    if options.json:
        print_json([])
        return 0
    counts = say.comma.join(
        f"{say.table(name)} {len(rows)}" for name, rows in dataset.tables.items()
    )
    print(say("dataset_ok", tables=counts))
    return 0
