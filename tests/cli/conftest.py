"""An installation that is migrated once; each test begins with a copy of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Settle = Callable[[Path], None]


@pytest.fixture(scope="session")
def settle(tmp_path_factory: pytest.TempPathFactory) -> Settle:
    """Puts what ``jinwei migrate`` leaves into a folder; the command itself runs once."""
    home = tmp_path_factory.mktemp("migrated") / "home"
    unset = {k: v for k, v in os.environ.items() if not k.startswith(("JINWEI_", "DJANGO_"))}
    subprocess.run(
        [sys.executable, "-m", "jinwei", "migrate"],
        env={**unset, "JINWEI_HOME": str(home)},
        capture_output=True,
        timeout=120,
        check=True,
    )

    def settle(folder: Path) -> None:
        shutil.copytree(home, folder, dirs_exist_ok=True)

    return settle
