"""The tests of the product once more, on PostgreSQL, by the one setting that chooses it.

A test a part, so that two processes can share them; each part has a database of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from psycopg.conninfo import make_conninfo

ROOT = Path(__file__).parents[1]
WEB: Final = "tests/web"
PARTS: Final = {
    "lists": (WEB,),
    "writes": ("tests/imports", "tests/ledgers"),
    "others": tuple(
        f"tests/{noun}"
        for noun in ("standings", "standards", "accounts", "audit", "members", "organizations")
    ),
}
"""Folders whose tests run on either database; the longest first."""
SAME_QUESTIONS: Final = (
    *("charts", "english", "shell_files", "shell_frame", "shell_parts", "templates"),
    *("english_pages", "ledgers_entry", "ledgers_papers", "members", "members_statistics"),
    *("overview", "record", "routes", "settings", "sheets_templates", "signin", "standards"),
    *("workbench",),
)
"""Tests of pages that run on SQLite alone.

The first line asks the database nothing that matters. The others ask through the access layer and
the changes whose own tests run there, or what the tests of pages that do run ask of another
column. Every route is walked once, below.
"""
WALK: Final = f"{WEB}/test_routes.py::test_each_role_gets_what_the_guards_promise[work_committee]"


def on_postgres(paths: tuple[str, ...]) -> list[str]:
    """What to tell pytest for these folders."""
    if paths != (WEB,) or os.environ.get("JINWEI_ALL_ON_POSTGRES"):
        return list(paths)
    left_out = {f"test_{name}.py" for name in SAME_QUESTIONS}
    found = {file.name for file in (ROOT / WEB).glob("test_*.py")}
    assert left_out <= found, f"not there any more: {left_out - found}"
    return [WALK, *(f"{WEB}/{name}" for name in sorted(found - left_out))]


@pytest.mark.postgres
@pytest.mark.parametrize("part", PARTS)
def test_the_product_passes_on_postgres(part: str, postgres_url: str, tmp_path: Path) -> None:
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))
    }
    environment |= {
        "JINWEI_DATABASE": make_conninfo(postgres_url, dbname=f"jinwei_{part}"),
        "JINWEI_HOME": str(tmp_path),
    }
    quiet = ("-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not files")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *quiet, *on_postgres(PARTS[part])],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=3000,  # a machine with other work is slow, not wrong
        check=False,
    )
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
