"""``jinwei migrate``, ``import``, ``export``, ``adopt`` and ``reckon``: an installation."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jinwei.datasets.read import read_dataset
from jinwei.engine.faults import Refused
from jinwei.norms import standard_path

from .common import (
    BadInput,
    read_day,
    read_named_standard,
    read_settings,
    say_bad,
    say_faults,
    write_into,
)
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


def run_adopt(options: argparse.Namespace) -> int:
    """Install an edition and let a subtree work to it."""
    return _run(Words(options.lang), options, _adopt)


def run_reckon(options: argparse.Namespace) -> int:
    """Bring the standings of every adoption up to date."""
    return _run(Words(options.lang), options, _reckon)


def run_rotate(options: argparse.Namespace) -> int:
    """Seal every identity number under the newest key."""
    return _run(Words(options.lang), options, _rotate)


def run_check_record(options: argparse.Namespace) -> int:
    """Say whether the record of writes and readings is what it was when sealed."""
    return _run(Words(options.lang), options, _check_record)


def _run(
    say: Words, options: argparse.Namespace, command: Callable[[Words, argparse.Namespace], None]
) -> int:
    try:
        with installation(say):
            command(say, options)
    except BadInput as bad:
        return say_bad(str(bad))
    except Refused as refused:
        return say_faults(say, refused.faults)
    return 0


@contextmanager
def installation(say: Words) -> Iterator[None]:
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
    from django.db import IntegrityError
    from django.utils import translation

    from jinwei.audit.actions import SYSTEM, record
    from jinwei.ledgers.portable import NotEmpty, Unfinished, import_dataset
    from jinwei.members.intake import Intake
    from jinwei.standings.background import after_import

    refuse_unless_migrated(say)
    dataset = read_dataset(options.dataset)
    numbers = Intake()
    try:
        with translation.override("en" if say.english else "zh-hans"):
            rows = import_dataset(dataset, replace=options.replace, numbers=numbers)
    except Unfinished as error:
        raise BadInput(say("import_cut_off")) from error
    except NotEmpty as error:
        raise BadInput(say("not_empty")) from error
    except IntegrityError as error:
        raise BadInput(say("still_referred")) from error
    record(by=SYSTEM, act="imported", after={"rows": rows, "replaced": options.replace})
    after_import()
    print(say("imported", rows=f"{rows:,}"))
    if numbers.left_out:
        print(say("identity_numbers_left_out", n=len(numbers.left_out)))
    for out in numbers.left_out:
        print("  " + say("identity_number", row=out.row, member=out.member, fault=out.fault))


def _export(say: Words, options: argparse.Namespace) -> None:
    from jinwei.audit.actions import SYSTEM, record
    from jinwei.ledgers.portable import export_dataset

    refuse_unless_migrated(say)
    dataset = export_dataset()
    if not dataset.tables:
        raise BadInput(say("nothing_to_export"))
    print(write_into(say, dataset, Path(options.out), options.form, options.headings))
    rows = sum(map(len, dataset.tables.values()))
    record(by=SYSTEM, act="exported", after={"form": options.form, "rows": rows})


def _adopt(say: Words, options: argparse.Namespace) -> None:
    from jinwei.audit.actions import SYSTEM
    from jinwei.organizations.models import Organization
    from jinwei.standards.actions import EditionTaken, install_edition
    from jinwei.standings.adopting import AlreadyLeads, adopt

    refuse_unless_migrated(say)
    standard = read_named_standard(say, options.standard)
    if not Organization.objects.filter(code=options.organization).exists():
        raise BadInput(say("unknown_organization", code=options.organization))
    settings = read_settings(say, options.set)
    try:
        edition = install_edition(standard_path(options.standard).read_text(encoding="utf-8-sig"))
    except EditionTaken as taken:
        raise BadInput(say("edition_taken", edition=taken.edition)) from taken
    try:
        adopt(
            edition,
            options.organization,
            from_on=read_day(say, options.from_on, dt.date(dt.date.today().year, 1, 1)),
            settings=settings,
            leading=options.leading,
            by=SYSTEM,
        )
    except AlreadyLeads as other:
        raise BadInput(say("already_leads", adoption=other.adoption)) from other
    title = standard.title(say.language)
    print(say("adopted", title=title, version=standard.version, code=options.organization))


def _reckon(say: Words, options: argparse.Namespace) -> None:
    from jinwei.standings.actions import EarlierDay, reckon
    from jinwei.standings.models import Adoption

    refuse_unless_migrated(say)
    as_of = read_day(say, options.as_of, dt.date.today())
    adoptions = list(Adoption.objects.select_related("edition").order_by("pk"))
    if not adoptions:
        raise BadInput(say("nothing_adopted"))
    for adoption in adoptions:
        try:
            found = reckon(adoption, as_of=as_of)
        except EarlierDay as error:
            raise BadInput(say("earlier_day", as_of=as_of, adoption=adoption)) from error
        print(say("reckoned", adoption=adoption, n=found.subjects, changed=len(found.changed)))


def _rotate(say: Words, options: argparse.Namespace) -> None:
    from jinwei.members.actions import rotate

    refuse_unless_migrated(say)
    found = rotate()
    print(say("rotated", n=found.rotated))
    if found.unreadable:
        codes = say.comma.join(found.unreadable)
        raise BadInput(say("unreadable", n=len(found.unreadable), codes=codes))


def _check_record(say: Words, options: argparse.Namespace) -> None:
    from jinwei.audit.actions import SYSTEM, broken_seals, record, unsealed
    from jinwei.audit.models import Seal

    refuse_unless_migrated(say)
    broken, waiting = broken_seals(), unsealed()
    record(by=SYSTEM, act="checked", table="seal", after={"broken": len(broken)})
    if broken:
        raise BadInput(say("record_broken", first=broken[0].first, last=broken[0].last))
    print(say("record_whole", n=Seal.objects.count(), waiting=waiting))


def refuse_unless_migrated(say: Words) -> None:
    """Say so where the tables are not those of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BadInput(say("not_migrated"))
