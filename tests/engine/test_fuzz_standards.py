"""Damaged standards: whatever is written, it is taken or it is refused with its faults.

Valid documents are damaged as values (what a form or a program may send) and as text (what an
editor may leave behind). Whatever is taken all the same must make a plan that prints and compiles.
"""

from __future__ import annotations

import copy
import datetime as dt
import os
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinwei.engine.compile import DIALECTS, compile_plan
from jinwei.engine.document import Document, parse_document
from jinwei.engine.faults import LANGUAGES, StandardRefused, describe
from jinwei.engine.planner import make_plan
from jinwei.engine.schema import Standard
from jinwei.engine.score import clock_for
from jinwei.engine.standard import read_standard

ROOT: Final = Path(__file__).parents[2]
EDITIONS: Final = [
    path.read_text("utf-8")
    for path in sorted(ROOT.glob("src/jinwei/norms/standards/*/standard.yaml"))
]
GOLDEN: Final = [
    yaml.safe_load(path.read_text("utf-8"))["standard"]
    for path in sorted((ROOT / "tests" / "golden").glob("*.yaml"))
]
TEXTS: Final = [
    *EDITIONS,
    *(yaml.safe_dump(value, allow_unicode=True, sort_keys=False) for value in GOLDEN),
]
VALUES: Final = [*GOLDEN, *(parse_document(text).value for text in EDITIONS)]
AS_OF: Final = dt.date(2026, 5, 17)
VOCABULARY: Final = """
as_of at_least at_most above below not contains present column times plus_days parameter
occurrences count sum share member_share level check presence judgement findings rating
fact where per each distinct in_force per_member satisfying due when_empty all_of levels
deduct earn steps of value shortfall window all_or_nothing proportional share_of minimum
round up members organization member meeting dues post term fund honor filing survey
rectification training appraisal attendance kind held_on month status grade amount hours
year quarter months always end met none id title zh en points bonus parts measure target
score stars tiers record 2026-03 2026-02-30
"""
WORDS: Final = VOCABULARY.split()

WORD: Final = st.sampled_from(WORDS)
NUMBER: Final = st.one_of(
    st.integers(-5, 5),
    st.integers(),
    st.sampled_from([10**9, 10**9 + 1, 10**40, -(10**4000), 32767, 366]),
    st.floats(),
    st.decimals(allow_nan=True, places=2, min_value=-100, max_value=100),
    st.sampled_from([Decimal("1e400"), Decimal("sNaN"), Decimal("0.0000001"), Decimal("1e-999")]),
)
DATE: Final = st.one_of(
    st.dates(), st.datetimes(), st.sampled_from([dt.date(1, 1, 1), dt.date(9999, 12, 31)])
)
LONG: Final = st.sampled_from(["长" * 3000, "x" * 5000, "{" * 200, "%s{found}{}'\"\\;--\n"])
SCALAR: Final = st.one_of(
    WORD, NUMBER, DATE, LONG, st.none(), st.booleans(), st.text(max_size=8), st.binary(max_size=3)
)
KEY: Final = st.one_of(
    WORD, WORD, WORD, LONG, DATE, st.none(), st.booleans(), st.integers(), st.text(max_size=8)
)
ANY: Final = st.recursive(
    SCALAR,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEY, inner, max_size=3)),
    max_leaves=6,
)


def places_of(value: Any) -> list[tuple[Any, Any]]:
    """Every entry of every list and mapping: what holds it, and under what."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        entries = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, child in list(entries):
            found.append((holder, key))
            if isinstance(child, dict | list):
                waiting.append(child)
    return found


def rename(holder: dict[Any, Any], key: Any, name: Any) -> None:
    """Give an entry another name in its place."""
    entries = [(name if k == key else k, v) for k, v in holder.items()]
    holder.clear()
    holder.update(entries)


def damage(value: Any, data: st.DataObject) -> None:
    """Change one place of a document."""
    places = places_of(value)
    if not places:
        return
    holder, key = data.draw(st.sampled_from(places))
    how = data.draw(st.sampled_from(["replace", "replace", "delete", "rename", "swap", "repeat"]))
    if how == "replace":
        holder[key] = data.draw(ANY)
    elif how == "delete":
        del holder[key]
    elif how == "rename" and isinstance(holder, dict):
        rename(holder, key, data.draw(KEY))
    elif how == "swap":
        other, where = data.draw(st.sampled_from(places))
        holder[key] = copy.deepcopy(other[where])
    elif isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    else:
        holder[data.draw(KEY)] = copy.deepcopy(holder[key])


def read(document: Document | Any) -> Standard | None:
    """The standard, or None where it is refused in words that can be read."""
    try:
        return read_standard(document)
    except StandardRefused as refused:
        check_refusal(refused)
        return None


def check_refusal(refused: StandardRefused) -> None:
    assert refused.faults
    for fault in refused.faults:
        for language in LANGUAGES:
            text = describe(fault, language)
            text.encode("utf-8")
            assert len(text) < 10_000
            assert fault.as_dict(language)["message"] in text


def check_use(standard: Standard) -> None:
    """What was taken makes a plan, which prints and compiles."""
    plan = make_plan(standard)
    assert plan.fingerprint in str(plan)
    clock = clock_for(plan, AS_OF)
    for dialect in DIALECTS:
        program = compile_plan(plan, dialect, clock)
        assert len(program.statements) == len(plan.steps)


EXAMPLES: Final = os.environ.get("JINWEI_FUZZ")
"""How many examples to try of each test; set for a long run, which then tries new ones."""
FUZZ: Final = settings(
    max_examples=int(EXAMPLES or 150),
    deadline=None,
    derandomize=EXAMPLES is None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@FUZZ
@given(st.sampled_from(VALUES), st.integers(1, 4), st.data())
def test_damaged_values(value: Any, times: int, data: st.DataObject) -> None:
    document = copy.deepcopy(value)
    for _ in range(times):
        damage(document, data)
    standard = read(document)
    if standard is not None:
        check_use(standard)


PIECES: Final = st.one_of(
    st.sampled_from([": ", "- ", "\n", "\t", "{", "}", "[", "]", "'", '"', "&a ", "*a", "|", "#"]),
    st.sampled_from(["---\n", "...", "? ", "!!int ", "<<: ", "\\", "%", "@", ",", "~", "0x1F"]),
    st.sampled_from(["\x00", "\x85", "\ud800", "\ufeff", "\u2028", "\u202e", "１", "1e9", "1_000"]),
    WORD,
    st.text(max_size=3),
)  # fmt: skip


@FUZZ
@given(st.sampled_from(TEXTS), st.data())
def test_damaged_text(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 5))
        text = text[:at] + data.draw(PIECES) + text[at + gone :]
    parse_and_use(text)


@FUZZ
@given(st.sampled_from(TEXTS), st.data())
def test_damaged_bytes(text: str, data: st.DataObject) -> None:
    raw = bytearray(text.encode("utf-8"))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    parse_and_use(raw.decode("utf-8", "surrogateescape"))


@FUZZ
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    parse_and_use(text)


def parse_and_use(text: str) -> None:
    try:
        document = parse_document(text)
    except StandardRefused as refused:
        check_refusal(refused)
        return
    standard = read(document)
    if standard is not None:
        check_use(standard)


def test_whole_documents_are_taken() -> None:
    for value in VALUES:
        standard = read(copy.deepcopy(value))
        assert standard is not None
        check_use(standard)
