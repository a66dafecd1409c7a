"""``jinwei migrate``, ``import`` and ``export``, as somebody at a terminal meets them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from .house import House

EXAMPLE = Path(__file__).parents[2] / "examples" / "city-organs"


@pytest.fixture
def empty(tmp_path: Path) -> House:
    """Where nothing has been done yet."""
    return House(tmp_path / "home")


@pytest.fixture
def house(empty: House, settle: Callable[[Path], None]) -> House:
    """Where ``migrate`` has run."""
    settle(empty.home)
    return empty


def test_what_is_imported_is_exported_and_scores_the_same(empty: House, tmp_path: Path) -> None:
    house = empty
    standard, dataset = str(EXAMPLE / "standard.yaml"), str(EXAMPLE / "dataset.yaml")
    assert "up to date" in house.told("migrate")
    assert "rows imported" in house.told("import", dataset)
    house.told("export", "--out", str(tmp_path / "out"), "--headings", "zh")
    as_of = ("--as-of", "2026-01-01", "--json")
    before, after = (
        json.loads(house.told("score", standard, data, *as_of))
        for data in (dataset, str(tmp_path / "out"))
    )
    assert before == after != {}


def test_an_empty_installation_takes_it_and_gives_it_back_with_equal_bytes(
    house: House, tmp_path: Path, settle: Callable[[Path], None]
) -> None:
    other, out = House(tmp_path / "other"), tmp_path / "out"
    settle(other.home)
    demo = ("demo-data", "--committee", "--today", "2026-06-15", "--form", "csv")
    house.told(*demo, "--out", str(tmp_path / "data"))
    house.told("import", str(tmp_path / "data"))
    house.told("export", "--out", str(out / "first"), "--form", "csv")
    other.told("import", str(out / "first"))
    other.told("export", "--out", str(out / "second"), "--form", "csv")
    first, second = (
        {file.name: file.read_bytes() for file in (out / name).iterdir()}
        for name in ("first", "second")
    )
    assert first == second != {}


def test_each_refusal_says_what_to_do(
    empty: House, tmp_path: Path, settle: Callable[[Path], None]
) -> None:
    dataset = str(EXAMPLE / "dataset.yaml")
    assert "run jinwei migrate first" in empty.refused("import", dataset)
    house = House(tmp_path / "settled")
    settle(house.home)
    out = str(tmp_path / "out")
    assert "holds no data yet" in house.refused("export", "--out", out)
    house.told("import", dataset)
    assert "--replace" in house.refused("import", dataset)
    assert "rows imported" in house.told("import", dataset, "--replace")
    assert "Faults: 1" in house.refused("import", str(tmp_path / "absent.yaml"))
    house.told("export", "--out", out)
    assert "choose an empty folder" in house.refused("export", "--out", out)


def test_a_setting_that_cannot_be_is_named_with_what_is_allowed(empty: House) -> None:
    said = empty.refused("migrate", JINWEI_DEBUG="perhaps")
    assert "JINWEI_DEBUG" in said
    assert "perhaps" in said
    assert "true" in said


def test_a_database_that_is_away_is_said_in_a_sentence(empty: House, tmp_path: Path) -> None:
    nowhere = f"host={tmp_path} dbname=jinwei user=jinwei password=hidden"
    said = empty.refused("migrate", JINWEI_DATABASE=nowhere)
    assert "cannot be reached" in said
    assert "hidden" not in said


def test_the_words_are_there_in_chinese(empty: House) -> None:
    assert "先运行 jinwei migrate" in empty.refused("export", "--out", "x", "--lang", "zh")


def test_a_standard_is_adopted_and_standings_are_reckoned(house: House, tmp_path: Path) -> None:
    house.told("import", str(EXAMPLE / "dataset.yaml"))
    standard = str(EXAMPLE / "standard.yaml")
    assert "reckoned" not in house.refused("reckon", "--as-of", "2026-12-31")
    adopted = house.told("adopt", standard, "--for", "QH", "--from", "2026-01-01")
    assert "QH and all below it now work to" in adopted
    assert house.told("reckon", "--as-of", "2026-12-31").strip().endswith("4, 4 changed")
    assert house.told("reckon", "--as-of", "2026-12-31").strip().endswith("4, 0 changed")
    assert "does not go back" in house.refused("reckon", "--as-of", "2026-06-30")


def test_what_cannot_be_adopted_is_said(house: House, tmp_path: Path) -> None:
    house.told("import", str(EXAMPLE / "dataset.yaml"))
    assert "There is no organization “XX”" in house.refused("adopt", "office-branch", "--for", "XX")
    assert "Did you mean office-branch" in house.refused("adopt", "office-brnch", "--for", "QH")
    unknown = house.refused("adopt", "office-branch", "--for", "QH", "--set", "nothing=1")
    assert "nothing" in unknown
    changed = tmp_path / "standard.yaml"
    text = (EXAMPLE / "standard.yaml").read_text(encoding="utf-8")
    changed.write_text(text + "\n# changed\n", encoding="utf-8")
    house.told("adopt", str(EXAMPLE / "standard.yaml"), "--for", "QH")
    assert "needs a new version" in house.refused("adopt", str(changed), "--for", "QH")


def test_replacing_keeps_adoptions_or_changes_nothing(house: House, tmp_path: Path) -> None:
    house.told("import", str(EXAMPLE / "dataset.yaml"))
    house.told("adopt", str(EXAMPLE / "standard.yaml"), "--for", "QH", "--from", "2026-01-01")
    house.told("import", str(EXAMPLE / "dataset.yaml"), "--replace")
    assert house.told("reckon", "--as-of", "2026-12-31").strip().endswith("4, 4 changed")
    other = tmp_path / "other.yaml"
    other.write_text("organization: [{code: X, name: X, kind: branch}]\n", encoding="utf-8")
    assert "The installation is as it was" in house.refused("import", str(other), "--replace")
    assert house.told("reckon", "--as-of", "2026-12-31").strip().endswith("4, 0 changed")


def test_what_leaves_or_enters_as_a_whole_is_on_record_and_the_record_is_checked(
    house: House, tmp_path: Path
) -> None:
    house.told("import", str(EXAMPLE / "dataset.yaml"))
    house.told("export", "--out", str(tmp_path / "back"))
    database = sqlite3.connect(house.home / "jinwei.sqlite3")
    acts = [act for (act,) in database.execute("SELECT act FROM audit_entry ORDER BY id")]
    assert acts == ["imported", "exported"]
    assert "0 seals checked" in house.told("check-record")
    house.told("nightly")
    assert "1 seals checked" in house.told("check-record")
    database.execute("DROP TRIGGER audit_entry_no_update")
    database.execute("UPDATE audit_entry SET account_name = 'x' WHERE id = 1")
    database.commit()
    assert "Entries 1 to 3 are not what they were" in house.refused("check-record")
    assert house.home.stat().st_mode & 0o077 == 0
