"""``jinwei migrate``, ``import`` and ``export``: the installation from the command line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jinwei.datasets.dataset import Dataset
from jinwei.datasets.read import read_dataset
from jinwei.engine.faults import Refused

from .common import BadInput, say_bad, say_faults, write_into
from .words import Words


def run_migrate(options: argparse.Namespace) -> int:
    """Bring the tables of the database up to date and create the fact views anew."""
    return _run(Words(options.lang), options, _migrate)


def run_import(options: argparse.Namespace) -> int:
    """Enter a portable data set into the installation."""
    return _run(Words(options.lang), options, _import)


def run_export(options: argparse.Namespace) -> int:
    """Write all facts of the installation as a portable data set."""
    return _run(Words(options.lang), options, _export)


def _run(
    say: Words, options: argparse.Namespace, command: Callable[[Words, argparse.Namespace], None]
) -> int:
    try:
        with _installation(say):
            command(say, options)
    except BadInput as bad:
        return say_bad(str(bad))
    except Refused as refused:
        return say_faults(say, refused.faults)
    return 0


@contextmanager
def _installation(say: Words) -> Iterator[None]:
    """Django, set up from the environment; what is wrong with that is said in a sentence."""
    import django
    from django.db import OperationalError

    from jinwei.config.env import BadSetting

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinwei.config.settings")
    try:
        django.setup()
        yield
    except BadSetting as bad:
        raise BadInput(say("bad_env", name=bad.name, value=bad.value, allowed=bad.allowed)) from bad
    except OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise BadInput(say("database_away", reason=reason)) from error


def _migrate(say: Words, options: argparse.Namespace) -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    print(say("migrated"))


def _import(say: Words, options: argparse.Namespace) -> None:
    from jinwei.ledgers.portable import NotEmpty, import_dataset

    _refuse_unless_migrated(say)
    dataset = read_dataset(options.dataset)
    try:
        rows = import_dataset(dataset, replace=options.replace)
    except NotEmpty as error:
        raise BadInput(say("not_empty")) from error
    print(say("imported", rows=f"{rows:,}"))
    unkept = _identity_numbers(dataset)
    if unkept:
        print(say("identity_numbers_left_out", n=unkept))


def _identity_numbers(dataset: Dataset) -> int:
    from jinwei.engine.catalogue import TABLES

    at = [column.name for column in TABLES["member"].stored].index("id_number")
    return sum(row[at] is not None for row in dataset.rows("member"))


def _export(say: Words, options: argparse.Namespace) -> None:
    from jinwei.ledgers.portable import export_dataset

    _refuse_unless_migrated(say)
    dataset = export_dataset()
    if not dataset.tables:
        raise BadInput(say("nothing_to_export"))
    print(write_into(say, dataset, Path(options.out), options.form, options.headings))


def _refuse_unless_migrated(say: Words) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BadInput(say("not_migrated"))
