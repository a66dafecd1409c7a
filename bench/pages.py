"""``python -m bench.pages``: pages and the quick entry, through the whole web stack.

Times of requests of Django's test client on the demo district (SQLite) or on ``--times`` as many
organizations, signed in as the secretary of each branch, and for the overview as the work
committee of the district.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import itertools
import os
import random
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from statistics import median
from typing import Any

from django.utils import timezone

from bench.districts import TODAY
from bench.live import build, city

KINDS = ("branch_meeting", "lecture", "theme_day")
BRANCHES = 40
SAVES = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="how many districts")
    times = parser.parse_args().times
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinwei.config.settings")
    with tempfile.TemporaryDirectory(prefix="jinwei-bench-") as home:
        os.environ["JINWEI_HOME"] = home
        measure(times)


def measure(times: int) -> None:
    import django

    django.setup()
    _plain_static()
    build(city(times))
    desks = _desks()
    from jinwei.config.collector import spare_what_is_loaded

    spare_what_is_loaded()

    def works(act: Callable[[Any, str], None]) -> list[Callable[[], None]]:
        many = itertools.islice(itertools.cycle(desks), SAVES)
        return [partial(act, client, code) for client, code in many]

    _times_of("workbench", works(lambda c, o: _get(c, f"/workbench/{o}/")))
    _times_of("organization", works(lambda c, o: _get(c, f"/organizations/{o}/")))
    committee, district = _committee()
    overview = partial(_get, committee, f"/overview/{district}/")
    _times_of("overview of a district", [overview] * (SAVES // 4))
    size = len(gzip.compress(committee.get(f"/overview/{district}/").content))
    print(f"  overview, compressed: {size / 1000:.1f} kB")
    _times_of("entry form", works(lambda c, o: _get(c, f"/entry/{o}/meeting/?kind=theme_day")))
    _times_of("preview, one kind", works(lambda c, o: _send(c, o, "preview/", KINDS[:1], 200)))
    _times_of("preview, three kinds", works(lambda c, o: _send(c, o, "preview/", KINDS, 200)))
    _times_of("save, one kind", works(lambda c, o: _send(c, o, "", KINDS[:1], 302)))
    _times_of("save, three kinds", works(lambda c, o: _send(c, o, "", KINDS, 302)))


def _desks() -> list[tuple[Any, str]]:
    """Secretaries of some branches, signed in, each on the day the district was written."""
    from django.test import Client

    from jinwei.accounts.models import Account, Role
    from jinwei.standings.models import Standing

    codes = list(Standing.objects.order_by("subject").values_list("subject", flat=True))
    found = []
    for code in random.Random(3).sample(codes, BRANCHES):
        account = Account.objects.create(name=f"secretary {code}", shown_name=code)
        Role.objects.create(account=account, role="secretary", organization_id=code)
        client = Client()
        client.force_login(account)
        found.append((client, code))
    return found


def _committee() -> tuple[Any, str]:
    """The work committee of a district, signed in, and the district."""
    from django.test import Client

    from jinwei.accounts.models import Account, Role
    from jinwei.organizations.models import Organization

    found = Organization.objects.filter(kind="work_committee").order_by("-pk")
    district = found.values_list("code", flat=True)[0]
    account = Account.objects.create(name="committee", shown_name=district)
    Role.objects.create(account=account, role="work_committee", organization_id=district)
    client = Client()
    client.force_login(account)
    return client, district


def _times_of(name: str, works: Sequence[Callable[[], None]]) -> None:
    """Median and 95th percentile after a warm one, by the clock on the wall and of the processor.

    On a machine with other work the second says what a request costs, the first how long it waits.
    """
    works[0]()
    taken, spent = [], []
    for work in works:
        begun, at = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
        spent.append((time.process_time() - at) * 1000)
    told = [
        f"{median(ms):7.1f} ms  p95 {sorted(ms)[len(ms) * 95 // 100]:7.1f} ms"
        for ms in (taken, spent)
    ]
    print(f"  {name:<22} {told[0]}   processor {told[1]}", flush=True)


def _get(client: Any, address: str) -> None:
    assert client.get(address).status_code == 200


_days = itertools.count()


def _send(client: Any, code: str, where: str, kinds: tuple[str, ...], status: int) -> None:
    """A form as the page has it."""
    values: dict[str, Any] = {
        "token": str(uuid.uuid4()),
        "kinds": list(kinds),
        "held_on": (TODAY - dt.timedelta(days=next(_days) % 300)).isoformat(),
        "led_by": "王建国",
        "topic": "集中学习，交纳党费，党性分析",
    }
    if status == HTTPStatus.FOUND:
        _make_room(code, values["held_on"])
    assert client.post(f"/entry/{code}/meeting/{where}", values).status_code == status


def _make_room(code: str, day: str) -> None:
    """Take away what would be asked about as the same meeting."""
    from jinwei.ledgers.models import Meeting

    rows = Meeting.objects.filter(organization__code=code, held_on=day, withdrawn_at=None)
    rows.update(withdrawn_at=timezone.now())


def _plain_static() -> None:
    from django.conf import settings

    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    settings.ALLOWED_HOSTS = ["*"]


if __name__ == "__main__":
    main()
