"""An installation in a folder of its own, and its commands as somebody at a terminal runs them.

Each command is a process; it is forked from one that has the libraries loaded, as loading them
takes longer than most commands.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final

_TIMEOUT_S: Final = 120
_LOADED: Final = [
    *("django.core.management", "django.db.models", "django.urls", "django.contrib.messages"),
    *("argon2", "openpyxl", "psycopg", "pyarrow.parquet", "pypinyin", "rich.table", "sqlglot"),
    *("jinwei.cli.house", "jinwei.datasets.read", "jinwei.engine.score", "jinwei.wording"),
]
"""Nothing that reads settings: those are each command's own."""
_PROCESSES: Final = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(_LOADED)


def environment(home: Path, **settings: str) -> dict[str, str]:
    """That of this process without the product's own settings, but for those given."""
    unset = {k: v for k, v in os.environ.items() if not k.startswith(("JINWEI_", "DJANGO_"))}
    return {**unset, "JINWEI_HOME": str(home), **settings}


def run(*arguments: str, environment: dict[str, str], answers: str = "") -> CompletedProcess[str]:
    """``jinwei`` with some arguments, what was typed, and what it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("in", "out", "err")]
        files[0].write_text(answers, encoding="utf-8")
        process = _PROCESSES.Process(target=_main, args=(arguments, environment, files))
        process.start()
        process.join(_TIMEOUT_S)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(f"jinwei {' '.join(arguments)}")
        out, err = (file.read_text(encoding="utf-8") for file in files[1:])
        return CompletedProcess(arguments, process.exitcode, out, err)


def _main(arguments: tuple[str, ...], environment: dict[str, str], files: list[Path]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for number, file in enumerate(files):
        os.dup2(os.open(file, os.O_RDWR | os.O_CREAT), number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    from jinwei.cli import main

    sys.exit(main(arguments))


class House:
    """An installation; ``told`` and ``refused`` are what commands say in English."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def environment(self, **settings: str) -> dict[str, str]:
        return environment(self.home, **{"JINWEI_LANG": "en", **settings})

    def run(self, *arguments: str, answers: str = "", **settings: str) -> CompletedProcess[str]:
        return run(*arguments, environment=self.environment(**settings), answers=answers)

    def told(self, *arguments: str, **settings: str) -> str:
        done = self.run(*arguments, **settings)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *arguments: str, **settings: Any) -> str:
        done = self.run(*arguments, **settings)
        assert done.returncode == 2, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr
