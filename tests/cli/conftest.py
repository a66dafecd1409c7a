"""An installation that is migrated once; each test begins with a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from .house import House

Settle = Callable[[Path], None]


@pytest.fixture(scope="session")
def settle(tmp_path_factory: pytest.TempPathFactory) -> Settle:
    """Puts what ``jinwei migrate`` leaves into a folder; the command itself runs once."""
    home = tmp_path_factory.mktemp("migrated") / "home"
    House(home).told("migrate")

    def settle(folder: Path) -> None:
        shutil.copytree(home, folder, dirs_exist_ok=True)

    return settle
