"""``jinwei demo-data`` and ``jinwei demo``: a fictional district, as files or to walk around in."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Final

from jinwei.demo import SHOWN_BRANCH, committee, district

from .common import BadInput, read_day, say_bad, write_into
from .words import Words

BUILT: Final = "demo_built"
"""The file that says a demo is whole; it holds the seed and the day it was built for."""
LEADING: Final = "office-branch"
BESIDE: Final = ("member-points",)


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
    """Build an installation with the invented district, once, and serve it on this machine."""
    say = Words(options.lang)
    home = Path(options.home).resolve()
    from .serve import is_loopback, serve

    try:
        if not is_loopback(options.host):
            raise BadInput(say("demo_here_only", host=options.host))
        _make_room(say, home, reset=options.reset)
        _point_at(home)
        if not (home / BUILT).exists():
            _build(say, options, home)
        if options.build_only:
            return 0
        return serve(say, options.host, options.port)
    except BadInput as bad:
        return say_bad(str(bad))


def _make_room(say: Words, home: Path, *, reset: bool) -> None:
    """Throw away a demo (asked for, or left half-built); nothing that is no demo."""
    if not home.exists() or ((home / BUILT).exists() and not reset):
        return
    known = (home / BUILT, home / "jinwei.sqlite3", home / "secret_key")
    if any(home.iterdir()) and not any(path.exists() for path in known):
        raise BadInput(say("no_demo_there", path=home))
    shutil.rmtree(home)


def _point_at(home: Path) -> None:
    """The demo lives in its own folder, whatever database this machine serves otherwise."""
    for name in ("JINWEI_DATABASE", "JINWEI_DATABASE_FILE"):
        os.environ.pop(name, None)
    os.environ |= {"JINWEI_HOME": str(home), "JINWEI_DEMO": "1"}


def _build(say: Words, options: argparse.Namespace, home: Path) -> None:
    today = dt.date.today()
    print(say("making"), flush=True)
    dataset = (committee if options.committee else district)(options.seed, today=today)
    from .house import installation

    with installation(say):
        from django.core.management import call_command

        from jinwei.ledgers.portable import import_dataset

        call_command("migrate", interactive=False, verbosity=0)
        print(say("filling"), flush=True)
        import_dataset(dataset)
        print(say("scoring"), flush=True)
        root = next(str(row[0]) for row in dataset.rows("organization") if row[2] is None)
        _adopt(root, today)
        shown = SHOWN_BRANCH
        if options.committee:
            shown = _a_branch()
        from jinwei.accounts.demo import make_demo_accounts

        make_demo_accounts(root, shown)
    (home / BUILT).write_text(f"{options.seed} {today}\n", encoding="utf-8")


def _adopt(root: str, today: dt.date) -> None:
    """Both standards since New Year, reckoned in one go: nobody else is there yet to wait."""
    from django.db import transaction

    from jinwei.norms import standard_path
    from jinwei.standards.actions import install_edition
    from jinwei.standings.background import nightly
    from jinwei.standings.models import Adoption

    with transaction.atomic():
        for name in (LEADING, *BESIDE):
            edition = install_edition(standard_path(name).read_text(encoding="utf-8"))
            Adoption.objects.create(
                edition=edition,
                organization_id=root,
                from_on=today.replace(month=1, day=1),
                leading=name == LEADING,
            )
        run = nightly(today)
        if run.error:
            raise BadInput(run.error.rstrip())


def _a_branch() -> str:
    """The branch of the small demo with most to win back by what is open this month."""
    from jinwei.engine.explain import explain
    from jinwei.engine.score import clock_for
    from jinwei.ledgers.backend import DjangoBackend
    from jinwei.standings.models import Standing

    rows = Standing.objects.filter(adoption__leading=True, score__isnull=False)
    worth: dict[str, Fraction] = {}
    for standing in rows.select_related("adoption__edition").order_by("subject"):
        plan = standing.adoption.plan()
        clock = clock_for(plan, standing.as_of)
        found = explain(plan, DjangoBackend(), clock, standing.subject, rows=False)
        parts = [part for one in found.indicators for part in one.parts] if found else []
        at_stake = (
            window.worth
            for part in parts
            if any(window.state == "missed" for window in part.windows)
            for window in part.windows
            if window.state == "open" and window.short
        )
        worth[standing.subject] = sum(at_stake, Fraction(0))
    return max(worth, key=lambda code: worth[code])
