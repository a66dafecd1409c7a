"""``python -m bench.imports``: a hundred thousand rows from a file to the database.

A book of dues is opened, checked and written as the background does it, by processes of their own,
beside reading the same file with the bare library. Prints seconds, processor seconds and the most
memory that was held.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BRANCHES, MEMBERS = 20, 50
"""Branches, and members of each."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinwei.config.settings")
    if options.step:
        step(options.step, options.rows)
        return
    with tempfile.TemporaryDirectory(prefix="jinwei-bench-") as home:
        os.environ["JINWEI_HOME"] = home
        print(f"{options.rows:,} rows of dues")
        for each in ("build", "bare", "open", "check", "write", "undo"):
            command = [sys.executable, "-m", "bench.imports", "--step", each]
            subprocess.run([*command, "--rows", str(options.rows)], check=True)


def step(name: str, rows: int) -> None:
    """One step, and what it took; the baseline of the last stands in a file beside."""
    path, baseline = Path(os.environ["JINWEI_HOME"], "dues.xlsx"), Path(os.environ["JINWEI_HOME"])
    if name == "build":
        build(path, rows)
        return
    if name != "bare":
        import django

        from jinwei.config.collector import collect_seldom

        django.setup()
        collect_seldom()
    begun, worked = time.perf_counter(), _processor()
    bare(path) if name == "bare" else work(name, path)
    spent, busy = time.perf_counter() - begun, _processor() - worked
    note = baseline / "bare"
    if name == "bare":
        note.write_text(f"{spent} {busy}")
    plain, plain_busy = map(float, note.read_text().split())
    print(
        f"  {name:<6} {spent:8.1f} s {spent / plain:6.2f}   processor {busy:8.1f} s"
        f" {busy / plain_busy:6.2f}   {_memory():4.0f} MB",
        flush=True,
    )


def build(path: Path, rows: int) -> None:
    import django
    import openpyxl

    django.setup()
    from django.core.management import call_command

    from jinwei.accounts.models import Account, Role
    from jinwei.members.models import Member
    from jinwei.norms import standard_path
    from jinwei.organizations.models import Organization
    from jinwei.standards.actions import install_edition
    from jinwei.standings.actions import reckon
    from jinwei.standings.models import Adoption

    call_command("migrate", verbosity=0)
    Organization.objects.create(code="A", name="甲机关党委", kind="committee")
    for n in range(BRANCHES):
        Organization.objects.create(code=f"B{n}", name=f"第{n}党支部", kind="branch", parent_id="A")
    members = [
        Member(code=f"P{n}", organization_id=f"B{n % BRANCHES}", status="full", name=f"张{n}")
        for n in range(BRANCHES * MEMBERS)
    ]
    Member.objects.bulk_create(members)
    Role.objects.create(
        account=Account.objects.create(name="staff"), role="staff", organization_id="A"
    )
    edition = install_edition(standard_path("office-branch").read_text(encoding="utf-8"))
    adoption = Adoption.objects.create(
        edition=edition, organization_id="A", from_on=dt.date(2026, 1, 1), leading=True
    )
    reckon(adoption, as_of=dt.date.today())
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("党费")
    sheet.append(["姓名", "党员编号", "组织代码", "月份", "应交", "实交", "交纳日期"])
    for at in range(rows):
        member, month = members[at % len(members)], at // len(members)
        day = dt.date(2016 + month // 12, month % 12 + 1, 15)
        said = [member.name, member.code, member.organization_id, f"{day:%Y-%m}"]
        sheet.append([*said, 25.5, 25.5, day])
    book.save(path)


def bare(path: Path) -> None:
    """The same cells by the bare library."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    cells = sum(len(row) for row in book.active.iter_rows(values_only=True))
    assert cells


def work(name: str, path: Path) -> None:
    from django.utils import timezone

    from jinwei.accounts.access import Access
    from jinwei.accounts.models import Account
    from jinwei.imports.actions import confirm, undo
    from jinwei.imports.models import Batch
    from jinwei.imports.opening import begin
    from jinwei.imports.work import work_once

    if name == "open":
        access = Access(Account.objects.get(), timezone.localdate())
        begin(access, "A", path.name, [path.read_bytes()])
    elif name in ("write", "undo"):
        {"write": confirm, "undo": undo}[name](Batch.objects.get())
    work_once()
    batch = Batch.objects.get()
    print(f"         {batch.state} {batch.refusal} {batch.counts} {batch.tables}")


def _processor() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _memory() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


if __name__ == "__main__":
    main()
