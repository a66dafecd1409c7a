"""``python -m tests.imports.house STEP``: an installation of its own, for processes to be killed.

Each step says what it found as JSON. ``JINWEI_HOME`` names the folder, ``JINWEI_DATABASE`` a
database of PostgreSQL; ``JINWEI_CUT_OFF=100000`` makes the book as long as one may be.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from typing import Any

LINES = int(os.environ.get("JINWEI_CUT_OFF", "6000"))
MORE = LINES // 1_000 if LINES > 6_000 else 0
"""Members beside the six that stand, for more lines than those have months."""


def build() -> dict[str, Any]:
    """A committee with a standard, and a large book of dues, confirmed."""
    from django.core.management import call_command

    from jinwei.accounts.access import Access
    from jinwei.accounts.models import Account, Role
    from jinwei.imports.actions import confirm
    from jinwei.imports.work import work_once
    from jinwei.members.models import Member
    from jinwei.norms import standard_path
    from jinwei.standards.actions import install_edition
    from jinwei.standings.actions import reckon
    from jinwei.standings.models import Adoption
    from tests.imports.conftest import TODAY, begun, make_tree

    call_command("migrate", verbosity=0)
    make_tree()
    Member.objects.bulk_create(
        Member(code=f"M{n}", organization_id=_home(n), status="full", name=f"党员{n}")
        for n in range(10, 10 + MORE)
    )
    account = Account.objects.create(name="staff", shown_name="吴某某")
    Role.objects.create(account=account, role="staff", organization_id="A")
    edition = install_edition(standard_path("office-branch").read_text(encoding="utf-8"))
    adoption = Adoption.objects.create(
        edition=edition, organization_id="A", from_on=dt.date(2026, 1, 1), leading=True
    )
    reckon(adoption, as_of=TODAY)
    batch = begun("dues", _book(), Access(account, TODAY))
    work_once()
    batch.refresh_from_db()
    confirm(batch)
    return look()


def work() -> dict[str, Any]:
    from jinwei.imports.work import work_once

    work_once()
    return look()


def look() -> dict[str, Any]:
    from jinwei.imports.models import Batch
    from jinwei.ledgers.models import Dues
    from jinwei.standings.models import Dirty

    batch = Batch.objects.get()
    return {
        "state": batch.state,
        "written_to": batch.written_to,
        "rows": Dues.objects.count(),
        "different": Dues.objects.values("member", "month").distinct().count(),
        "marks": Dirty.objects.count(),
    }


def save() -> dict[str, Any]:
    """Save again and again until the batch is written; the seconds that each took, without the
    reckoning of a standing, which is no wait for others.
    """
    from jinwei.audit.actions import Actor
    from jinwei.imports.models import Batch, State
    from jinwei.ledgers.bulk import change_many
    from jinwei.ledgers.models import Fund

    waits = []
    while Batch.objects.get().state == State.WRITING:
        begun_at = time.monotonic()
        new = Fund(organization_id="C", kind="spent", amount=1)
        change_many(entered=[new], by=Actor(1, "郑某某"), at_once=0)
        waits.append(time.monotonic() - begun_at)
        time.sleep(0.02)
    return {"saves": len(waits), "longest": max(waits, default=0.0)}


def undo() -> dict[str, Any]:
    from jinwei.imports.actions import undo
    from jinwei.imports.models import Batch

    undo(Batch.objects.get())
    return look()


def settle() -> dict[str, Any]:
    """Work the queue off, and reckon everything anew: whether that says the same."""
    from jinwei.standings import background
    from jinwei.standings.actions import reckon
    from jinwei.standings.models import Adoption, Dirty
    from tests.imports.conftest import TODAY

    while background.work_once():
        pass
    left, adoption = Dirty.objects.count(), Adoption.objects.get()
    live = _standings(adoption)
    reckon(adoption, as_of=TODAY)
    return {"left": left, "same": _standings(adoption) == live, "subjects": len(live)}


def _standings(adoption: Any) -> list[Any]:
    columns = ("subject", "score", "potential", "stars", "digest")
    return sorted(adoption.standings.values_list(*columns), key=str)


def _book() -> list[list[Any]]:
    """Dues of some members, month by month."""
    months = [f"{year}-{month:02d}" for year in range(1900, 2027) for month in range(1, 13)]
    members = [*range(1, 7), *range(10, 10 + MORE)]
    rows = [
        [f"M{member}", _home(member), month, 2500, 2500, f"{month}-15"]
        for month in months
        for member in members
    ]
    head = ["member", "organization", "month", "due", "paid", "paid_on"]
    return [head, *rows[-LINES:]]


def _home(member: int) -> str:
    return "B" if member < 4 or member > 9 else "C"


def main() -> None:
    import django
    import time_machine

    django.setup()
    from jinwei.books import reading
    from tests.imports.plain_reader import PlainReader

    reading.Reader = PlainReader  # type: ignore[assignment, misc]
    with time_machine.travel(dt.datetime(2026, 6, 15, 1, tzinfo=dt.UTC)):
        print(json.dumps(globals()[sys.argv[1]]()))


if __name__ == "__main__":
    main()
