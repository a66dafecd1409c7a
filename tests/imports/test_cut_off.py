"""A process killed in the middle of an import, and people who save meanwhile.

They work with a database of their own, of the kind that the tests are run on.

``JINWEI_CUT_OFF=100000`` does it with the longest book that there may be.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.imports.house import LINES

ROOT = Path(__file__).parents[2]
PATIENCE_S = max(120, LINES // 100)
EARLY, LATE = LINES // 6, LINES // 2


@dataclass(frozen=True)
class House:
    """An installation of its own; ``url``: its database, where that is PostgreSQL."""

    home: Path
    url: str = ""

    def start(self, step: str) -> subprocess.Popen[str]:
        """A process that does a step in it."""
        environment = {k: v for k, v in os.environ.items() if not _is_of_another(k)}
        environment |= {"JINWEI_HOME": str(self.home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        environment |= {"JINWEI_DATABASE": self.url} if self.url else {}
        environment["DJANGO_SETTINGS_MODULE"] = "jinwei.config.settings"
        command = [sys.executable, "-m", "tests.imports.house", step]
        return subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )

    def asked(self, question: str) -> int:
        """One number of its database."""
        if self.url:
            with psycopg.connect(self.url) as database:
                (number,) = database.execute(question.encode()).fetchone() or (0,)
                return int(number)
        there = sqlite3.connect(self.home / "jinwei.sqlite3")
        try:
            return int(there.execute(question).fetchone()[0])
        finally:
            there.close()


def _is_of_another(variable: str) -> bool:
    return variable.startswith("JINWEI_") and variable != "JINWEI_CUT_OFF"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    server, name = os.environ.get("JINWEI_DATABASE"), f"cut_off_{os.getpid()}"
    if not server:
        yield House(tmp_path)
        return
    # The database of the setting is made by nobody here: tests have one of another name.
    maintenance = make_conninfo(server, dbname="postgres")
    with psycopg.connect(maintenance, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name}".encode())
        yield House(tmp_path, make_conninfo(server, dbname=name))
        database.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def said(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    found: dict[str, Any] = json.loads(out)
    return found


def kill_at(house: House, worker: subprocess.Popen[str], column: str, least: int) -> None:
    """End it without a word once it has come so far."""
    begun_at = time.monotonic()
    while house.asked(f"SELECT {column} FROM imports_batch") < least:
        assert time.monotonic() - begun_at < PATIENCE_S
        time.sleep(0.01)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()


def test_killed_in_the_middle_it_goes_on_and_is_undone(house: House) -> None:
    assert said(house.start("build"))["state"] == "writing"
    kill_at(house, house.start("work"), "written_to", LATE)
    cut_off = said(house.start("look"))
    assert cut_off["state"] == "writing"
    assert LATE <= cut_off["written_to"] < LINES
    assert cut_off["rows"] == cut_off["written_to"] - 1  # all of each chunk, or nothing of it
    assert cut_off["marks"] > 0
    whole = said(house.start("work"))
    assert (whole["state"], whole["rows"], whole["different"]) == ("written", LINES, LINES)
    assert said(house.start("settle")) == {"left": 0, "same": True, "subjects": 2}
    said(house.start("undo"))
    kill_at(house, house.start("work"), "done", EARLY)
    half = said(house.start("look"))
    assert half["state"] == "undoing"
    assert 0 < half["rows"] < LINES
    gone = said(house.start("work"))
    assert (gone["state"], gone["rows"]) == ("undone", 0)
    assert said(house.start("settle")) == {"left": 0, "same": True, "subjects": 2}


def test_others_save_meanwhile(house: House) -> None:
    said(house.start("build"))
    worker, saver = house.start("work"), house.start("save")
    saved = said(saver)
    assert said(worker)["rows"] == LINES
    assert saved["saves"] >= 5
    assert saved["longest"] < 1
