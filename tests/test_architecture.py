"""What may import what: data flows up by reading, and the engine stands on itself alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "jinwei"
FLOORS = (
    "engine",
    "datasets",
    "books",
    "norms",
    "wording",
    "demo",
    "reference",
    "config",
    "audit",
    "organizations",
    "members",
    "accounts",
    "ledgers",
    "standards",
    "standings",
    "imports",
    "web",
    "cli",
)
"""From the ground up; a lower floor never imports a higher one."""
ALLOWED = {
    "engine": {"engine"},
    "datasets": {"engine", "datasets"},
    "books": {"engine", "datasets", "books"},
    "norms": {"norms"},
    "wording": {"engine", "norms", "wording"},
    "demo": {"engine", "datasets", "norms", "demo"},
    "reference": {"engine", "datasets", "norms", "reference"},
    "config": {"config"},
    "audit": {"audit"},
    "organizations": {"engine", "datasets", "organizations"},
    "members": {"engine", "datasets", "books", "audit", "organizations", "members"},
    "accounts": {"engine", "audit", "organizations", "members", "accounts"},
    "ledgers": {"engine", "datasets", "audit", "organizations", "members", "ledgers"},
    "standards": {"engine", "audit", "norms", "organizations", "standards"},
    "standings": {
        *("engine", "audit", "organizations", "members", "ledgers", "standards", "standings"),
    },
    "imports": {
        *("engine", "datasets", "books"),
        *("audit", "organizations", "members", "accounts", "ledgers", "standards", "standings"),
        "imports",
    },
    "web": {
        *("engine", "datasets", "norms", "wording"),
        *("audit", "organizations", "members", "accounts", "ledgers", "standards", "standings"),
        *("books", "imports"),
        "web",
    },
    "cli": {
        *("engine", "datasets", "norms", "demo", "config", "wording"),
        *("audit", "organizations", "members", "accounts", "ledgers", "standards", "standings"),
        *("books", "imports"),
        "cli",
    },
}


def modules(floor: str) -> list[Path]:
    single = SOURCE / f"{floor}.py"
    return [single] if single.exists() else sorted((SOURCE / floor).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, relative ones resolved, wherever the import stands."""
    package = ["jinwei", *path.relative_to(SOURCE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            yield ".".join([*above, *([node.module] if node.module else [])])


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_what_lies_below(floor: str) -> None:
    found = modules(floor)
    assert found, f"no module on floor {floor}"
    wrong = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in found
        for name in imports(path)
        if name.startswith("jinwei.") and name.split(".")[1] not in ALLOWED[floor]
    ]
    assert wrong == []


def test_the_engine_imports_no_web_framework_and_no_driver() -> None:
    banned = {"django", "sqlite3", "psycopg", "duckdb"}
    found = {
        f"{path.name}: {name}"
        for path in modules("engine")
        for name in imports(path)
        if name.split(".")[0] in banned
    }
    assert found == set()


def test_the_engine_loads_alone() -> None:
    """Importing the front door of the engine brings no other floor with it."""
    program = (
        "import sys, jinwei.engine.score, jinwei.engine.explain, jinwei.engine.standard;"
        "print([m for m in sys.modules if m.startswith('jinwei.')"
        " and not m.startswith('jinwei.engine')] + [m for m in sys.modules if m == 'django'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == "[]"


def test_a_score_needs_no_django(tmp_path: Path) -> None:
    """Scoring files starts at once: the product on the web is not loaded."""
    example = SOURCE.parents[1] / "examples" / "city-organs"
    program = (
        "import sys; from jinwei.cli import main;"
        f"main(['score', {str(example / 'standard.yaml')!r}, {str(example / 'dataset.yaml')!r},"
        " '--as-of', '2026-01-01', '--json']);"
        "sys.stderr.write('django' if 'django' in sys.modules else 'none')"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stderr == "none"
