"""``python -m bench.live --times N``: the product on its own database, so many districts large.

Every time stands beside a baseline of the same run: reading by ``SELECT 1``, a save by the plain
insert of the same row.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from bench.districts import TODAY, districts
from jinwei.datasets.dataset import Dataset

CITY = "CITY"
STANDARD = "office-branch"
SAVES = 200
LOOKS = 60


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--night", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinwei.config.settings")
    if options.night:
        _night(dt.date.fromisoformat(options.night))
        return
    with tempfile.TemporaryDirectory(prefix="jinwei-bench-") as home:
        os.environ["JINWEI_HOME"] = home
        measure(options.times)


def measure(times: int) -> None:
    import django

    django.setup()
    dataset = city(times)
    organizations = len(dataset.rows("organization"))
    print(f"\n{organizations:,} organizations in the product (SQLite)")
    build(dataset)
    from jinwei.standings.models import Adoption

    adoption = Adoption.objects.get()
    district = "CH" if times == 1 else "CH~0"
    codes = list(adoption.standings.order_by("subject").values_list("subject", flat=True))
    chosen = random.Random(3).choices(codes, k=SAVES)
    one = times_of("SELECT 1", [select_one] * LOOKS)
    plain = times_of("plain insert of a meeting", [lambda c=c: insert(c) for c in chosen])
    times_of("save of a meeting, with re-score", [lambda c=c: save(c) for c in chosen], plain)
    times_of("  the re-score alone", [lambda c=c: rescore(adoption, c) for c in chosen], plain)
    drain()
    few = chosen[:LOOKS]
    times_of("figures of an organization page", [lambda c=c: page(c) for c in few], one)
    times_of("figures of a district's overview", [lambda: overview(district)] * LOOKS, one)
    times_of("figures of the whole city's", [lambda: overview(CITY)] * LOOKS, one)
    waits(chosen)


def city(times: int) -> Dataset:
    """So many districts below one city."""
    dataset = districts(times)
    rows = dataset.rows("organization")
    top = (CITY, "市直属机关工委", None, "work_committee", *rows[0][4:])
    below = [(*r[:2], CITY, *r[3:]) if r[2] is None else r for r in rows]
    return Dataset({**dataset.tables, "organization": [top, *below]})


def build(dataset: Dataset) -> None:
    from django.core.management import call_command

    from jinwei.ledgers.portable import import_dataset
    from jinwei.norms import standard_path
    from jinwei.standards.actions import install_edition
    from jinwei.standings.activity import rebuild_activity
    from jinwei.standings.background import nightly
    from jinwei.standings.history import backfill
    from jinwei.standings.models import Adoption

    call_command("migrate", interactive=False, verbosity=0)
    spent("import", lambda: import_dataset(dataset))
    edition = install_edition(standard_path(STANDARD).read_text(encoding="utf-8"))
    adoption = Adoption.objects.create(
        edition=edition, organization_id=CITY, from_on=TODAY.replace(month=1, day=1), leading=True
    )
    spent("first reckoning and ten month-ends", lambda: backfill(adoption, TODAY))
    spent("who is silent", lambda: rebuild_activity(TODAY))
    spent("a night", lambda: nightly(TODAY))


# --- what is measured -----------------------------------------------------------------------------


def select_one() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchall()


def _meeting(code: str) -> Any:
    from jinwei.ledgers.models import Meeting

    held_on = TODAY - dt.timedelta(days=random.randrange(200))
    return Meeting(
        organization_id=code, kind="theme_day", held_on=held_on, topic="主题党日",
        expected=10, attended=9, recorded_on=TODAY,
    )  # fmt: skip


def insert(code: str) -> None:
    from django.db import transaction

    from jinwei.ledgers.changes import new_code
    from jinwei.ledgers.models import Meeting

    row = _meeting(code)
    with transaction.atomic():
        row.code = new_code(Meeting)
        row.save(force_insert=True)


def save(code: str) -> None:
    from jinwei.audit.actions import SYSTEM
    from jinwei.ledgers.changes import enter

    enter(_meeting(code), by=SYSTEM)


def rescore(adoption: Any, code: str) -> None:
    from django.utils import timezone

    from jinwei.standings.actions import reckon_at_hand

    reckon_at_hand(adoption, timezone.localdate(), code)


def page(code: str) -> None:
    """What the page of one organization shows beside its ledgers."""
    from jinwei.standings import figures
    from jinwei.standings.history import trend

    standing = figures.standing(code, TODAY)
    assert standing is not None
    figures.dimensions(standing, figures.indicators(standing))
    figures.peer_figures(standing, figures.peers(code, TODAY))
    trend(standing.adoption, code, day=TODAY)
    figures.change_since(standing.adoption, dt.date(2026, 10, 31), day=TODAY, codes=[code])


def overview(organization: str) -> None:
    """What the overview of an organization shows."""
    from jinwei.standings import figures

    adoption = figures.leading(organization, TODAY)
    assert adoption is not None
    standard = adoption.plan().standard
    then = dt.date(2026, 10, 31)
    rows = figures.scored(adoption, TODAY, below=organization)
    figures.spread(rows, standard)
    by_code = {row.subject: row for row in rows}
    for codes in figures.by_subordinate(organization, TODAY).values():
        figures.spread([by_code[code] for code in codes if code in by_code], standard)
    figures.change_since(adoption, then, day=TODAY, below=organization)
    figures.movers(adoption, then, day=TODAY, below=organization)
    figures.most_missed(adoption, TODAY, below=organization, limit=10)
    figures.coverage([row.subject for row in rows], TODAY, below=organization)


def drain() -> None:
    from jinwei.standings.background import work_once

    while work_once():
        pass


def waits(codes: Sequence[str]) -> None:
    """Saves while another process moves every standing to a later day, and writes them all."""
    later = TODAY + dt.timedelta(days=30)
    command = [sys.executable, "-m", "bench.live", "--night", later.isoformat()]
    night = subprocess.Popen(command)
    taken = []
    while night.poll() is None:
        taken.append(_seconds(lambda: insert(random.choice(codes))))
        time.sleep(0.02)
    taken.sort()
    late, most = _at(taken, 0.95), taken[-1]
    print(
        f"  a save during a night that writes them all {late * 1000:9.1f} ms p95"
        f" {most * 1000:9.1f} ms at most   ({len(taken)} saves)"
    )


def _night(day: dt.date) -> None:
    import django

    django.setup()
    from jinwei.standings.background import nightly

    run = nightly(day)
    print(f"  that night changed {run.changed} of {run.subjects}")


# --- clocks ---------------------------------------------------------------------------------------


def spent(name: str, work: Callable[[], Any]) -> None:
    print(f"  {name:<42} {_seconds(work):9.2f} s", flush=True)


def times_of(name: str, works: Sequence[Callable[[], Any]], baseline: float | None = None) -> float:
    """Median and 95th percentile of some works, after a warm one; the median comes back."""
    works[0]()
    taken = sorted(_seconds(work) for work in works)
    middle, late = median(taken), _at(taken, 0.95)
    ratio = f"   {middle / baseline:8.1f} × the baseline" if baseline else ""
    print(f"  {name:<42} {middle * 1000:9.2f} ms  p95 {late * 1000:8.2f} ms{ratio}", flush=True)
    return middle


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


if __name__ == "__main__":
    main()
