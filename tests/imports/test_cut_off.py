"""A process killed in the middle of an import, and people who save meanwhile; on SQLite."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.imports.house import LINES

ROOT = Path(__file__).parents[2]
Start = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """A process that does a step in an installation of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JINWEI_")}
    environment |= {"JINWEI_HOME": str(tmp_path), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    environment["DJANGO_SETTINGS_MODULE"] = "jinwei.config.settings"

    def start(step: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.imports.house", step]
        return subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )

    return start


def said(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    found: dict[str, Any] = json.loads(out)
    return found


def kill_at(worker: subprocess.Popen[str], home: Path, column: str, least: int) -> None:
    """End it without a word once it has come so far."""
    database = sqlite3.connect(home / "jinwei.sqlite3")
    begun_at = time.monotonic()
    while database.execute(f"SELECT {column} FROM imports_batch").fetchone()[0] < least:
        assert time.monotonic() - begun_at < 60
        time.sleep(0.01)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    database.close()


def test_killed_in_the_middle_it_goes_on_and_is_undone(start: Start, tmp_path: Path) -> None:
    assert said(start("build"))["state"] == "writing"
    kill_at(start("work"), tmp_path, "written_to", 1500)
    cut_off = said(start("look"))
    assert cut_off["state"] == "writing"
    assert 1500 <= cut_off["written_to"] < LINES
    assert cut_off["rows"] == cut_off["written_to"] - 1  # all of each chunk, or nothing of it
    assert cut_off["marks"] > 0
    whole = said(start("work"))
    assert (whole["state"], whole["rows"], whole["different"]) == ("written", LINES, LINES)
    assert said(start("settle")) == {"left": 0, "same": True, "subjects": 2}
    said(start("undo"))
    kill_at(start("work"), tmp_path, "done", 1500)
    half = said(start("look"))
    assert half["state"] == "undoing"
    assert 0 < half["rows"] < LINES
    gone = said(start("work"))
    assert (gone["state"], gone["rows"]) == ("undone", 0)
    assert said(start("settle")) == {"left": 0, "same": True, "subjects": 2}


def test_others_save_meanwhile(start: Start, tmp_path: Path) -> None:
    said(start("build"))
    worker, saver = start("work"), start("save")
    saved = said(saver)
    assert said(worker)["rows"] == LINES
    assert saved["saves"] >= 5
    assert saved["longest"] < 1
