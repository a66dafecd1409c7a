"""Whatever a file is: a book or a sentence comes out, soon, and in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from jinwei.books.files.refusals import REFUSALS, told

from .hostile import HOSTILE
from .inner import asked
from .mutations import mutated

ROOT = Path(__file__).parents[3]
MANY = int(os.environ.get("JINWEI_FILES", "0"))
"""How many mutated files go through the child, each its own process; by default every 25th."""
NUMBERS = range(1000)


def measured(files: dict[str, bytes], folder: Path) -> dict[str, Any]:
    """What came of each file in a child, and the peak of memory of all children."""
    folder.mkdir()
    for name, contents in files.items():
        (folder / name).write_bytes(contents)
    run = subprocess.run(
        [sys.executable, "-m", "tests.books.files.measured", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def assert_said(outcome: dict[str, Any]) -> None:
    """A refusal has a sentence in both languages, with all its facts."""
    if outcome["outcome"] not in ("book", "beyond"):
        for english in (False, True):
            sentence = told(outcome["outcome"], outcome["facts"], english=english)
            assert "{" not in sentence
            assert "…" not in sentence


def test_a_thousand_mutated_files_within_this_process(tmp_path: Path) -> None:
    ids = set()
    for number in NUMBERS:
        name, contents = mutated(number)
        answer = asked(contents, name, tmp_path)
        facts = {"name": name, **answer.get("facts", {})}
        outcome = answer.get("refused", "book")
        assert_said({"outcome": outcome, "facts": facts})
        ids.add(outcome)
    assert {"book", "file-damaged", "file-bomb", "file-unsafe", "file-unknown"} <= ids
    assert ids <= {"book", *REFUSALS}


def test_mutated_files_through_the_child(tmp_path: Path) -> None:
    numbers = range(MANY) if MANY else NUMBERS[::25]
    found = measured(dict(mutated(number) for number in numbers), tmp_path / "files")
    assert len(found["outcomes"]) == len(numbers)
    for outcome in found["outcomes"]:
        assert_said(outcome)
        assert outcome["silence"] < 10, outcome
    assert found["megabytes"] < 300, found["megabytes"]
    if MANY:
        slowest = max(outcome["seconds"] for outcome in found["outcomes"])
        print(f"{len(numbers)} files, slowest {slowest:.2f} s, peak {found['megabytes']:.0f} MB")


def test_files_that_are_made_to_do_harm(tmp_path: Path) -> None:
    made = {make.__name__: make() for make in HOSTILE}
    found = measured(made, tmp_path / "files")
    outcomes = {outcome["name"]: outcome for outcome in found["outcomes"]}
    expected = {make.__name__: outcome for make, outcome in HOSTILE.items()}
    assert {name: outcome["outcome"] for name, outcome in outcomes.items()} == expected
    for outcome in outcomes.values():
        assert_said(outcome)
        assert outcome["silence"] < 10, outcome
    assert outcomes["two_million_rows"]["lines"] == 200_000
    assert found["megabytes"] < 300, found["megabytes"]
