"""The tests of the product once more, on PostgreSQL, by the one setting that chooses it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ON_EITHER = (
    "tests/audit",
    "tests/organizations",
    "tests/members",
    "tests/accounts",
    "tests/ledgers",
    "tests/standards",
    "tests/standings",
    "tests/imports",
    "tests/web",
)


@pytest.mark.postgres
def test_the_product_passes_on_postgres(postgres_url: str, tmp_path: Path) -> None:
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))
    }
    environment |= {"JINWEI_DATABASE": postgres_url, "JINWEI_HOME": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *ON_EITHER],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=3000,  # a machine with other work is slow, not wrong
        check=False,
    )
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
