"""The stylesheet and the script: small enough, and for the browsers people have."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import jinwei.web

FILES = Path(jinwei.web.__file__).parent / "static" / "jinwei"
SHEET = re.sub(r"/\*.*?\*/", "", (FILES / "jinwei.css").read_text(encoding="utf-8"), flags=re.S)
SCRIPT = (FILES / "jinwei.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "kilobytes"), [("jinwei.css", 12), ("jinwei.js", 3)])
def test_a_file_stays_within_its_budget(name: str, kilobytes: int) -> None:
    assert len(gzip.compress((FILES / name).read_bytes())) <= kilobytes * 1000


@pytest.mark.parametrize(
    "feature",
    [":has(", "color-mix(", "@container", "aspect-ratio", "text-wrap", "inset:", "@layer"],
)
def test_the_sheet_asks_no_newer_browser(feature: str) -> None:
    assert feature not in SHEET


def test_colours_are_tokens() -> None:
    rules = SHEET.split("html { font-size", 1)[1]
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= {"#fff"}


def test_the_script_makes_no_code_and_calls_no_other_host() -> None:
    for word in ("eval(", "new Function", "innerHTML +", "http://", "https://", "localStorage"):
        assert word not in SCRIPT
