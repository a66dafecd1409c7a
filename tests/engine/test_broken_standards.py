"""Each way to refuse a standard by one small broken document: id, place, words, line."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from jinwei.engine.document import Document, parse_document, read_document
from jinwei.engine.faults import EN, KINDS, LANGUAGES, ZH, Fault, StandardRefused, describe
from jinwei.engine.standard import load_standard, read_standard

BROKEN: Final = Path(__file__).parent / "broken"
INDEX: Final[dict[str, dict[str, Any]]] = yaml.safe_load((BROKEN / "index.yaml").read_text("utf-8"))
THEMES: Final = {"document", "shape", "names", "numbers", "scoring", "totals"}
REGISTERED: Final = {id for id, kind in KINDS.items() if kind.theme in THEMES}
QUOTING: Final = re.compile("“([^”]*)”")
CLOSED: Final = {
    "ceiling-proportional", "comparison-missing", "contains-not-here", "guarded-column",
    "negative-points-score", "not-a-date-column", "not-a-level-column", "not-a-number-column",
    "not-ordered", "not-the-members", "one-measure", "one-score", "score-not-here",
    "times-or-days", "unknown-choice", "unknown-code", "unknown-column", "unknown-fact",
    "unknown-key", "unknown-level", "unknown-measure", "unknown-parameter", "unknown-score",
    "unknown-tier", "wrong-schema",
}  # fmt: skip
"""Refusals of something that must be one of a few: what it may be is told."""
SILENT: Final = {
    "ceiling-proportional",
    "parts-mixed",
    "target-not-here",
    "due-not-here",
    "yaml-syntax",
}
"""Sentences that need not quote what was found: the place and the rule say it."""


def faults_of(id: str) -> tuple[Fault, ...]:
    with pytest.raises(StandardRefused) as refused:
        load_standard(BROKEN / f"{id}.yaml", INDEX[id].get("settings"))
    return refused.value.faults


def test_every_registered_id_has_a_document_and_every_document_an_id() -> None:
    documents = {path.stem for path in BROKEN.glob("*.yaml")} - {"index"}
    missing = {id for id, expected in INDEX.items() if expected.get("file") == "missing"}
    assert set(INDEX) == REGISTERED
    assert documents | missing == REGISTERED
    assert not documents & missing


def test_no_two_ids_say_the_same() -> None:
    for language in LANGUAGES:
        sentences = [getattr(KINDS[id], language) for id in REGISTERED]
        assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("id", sorted(INDEX))
def test_one_mistake_is_one_fault_at_its_place(id: str) -> None:
    expected = INDEX[id]
    faults = faults_of(id)
    assert sorted(fault.id for fault in faults) == sorted([id, *expected.get("also", [])])
    fault = next(fault for fault in faults if fault.id == id)
    file = str(BROKEN / f"{id}.yaml")
    found = file if expected.get("file") == "missing" else expected["found"]
    assert (fault.where, fault.found) == (expected["where"], found)
    assert (fault.nearest, fault.line) == (expected["nearest"], expected["line"])
    if expected.get("file") != "missing":
        assert fault.file == file


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", sorted(INDEX))
def test_the_words_are_whole_and_say_what_was_found_and_what_is_allowed(
    id: str, language: str
) -> None:
    fault = next(fault for fault in faults_of(id) if fault.id == id)
    sentence, text = fault.sentence(language), describe(fault, language)
    examples = fault.facts.get("example", ""), fault.found
    bare = sentence
    for example in filter(None, examples):
        bare = bare.replace(example, "")
    assert not re.search(r"\{[a-z_]*\}", bare)
    assert sentence.endswith("。" if language == ZH else ".")
    if language == EN:
        assert not re.search("[一-鿿]", QUOTING.sub("", sentence))
    else:
        assert re.search("[一-鿿]", sentence)
    if id not in SILENT:
        assert fault.found in sentence
    assert sentence in text
    assert fault.where in text
    assert f"[{id}]" in text
    if fault.line is not None:
        assert str(fault.line) in text.splitlines()[0]
    assert bool(fault.allowed) >= (id in CLOSED)
    assert all(name in text for name in fault.allowed[:24])
    assert fault.nearest is None or fault.nearest in text
    assert fault.as_dict(language)["message"] == sentence


TEN_MISTAKES: Final = """\
schema: 1
id: ten
version: "1"
title: {zh: 十处错}
issuer: {zh: 测试}
subject: organization
period: yearly
tiers: [basic]
colour: red
dimensions:
  - id: life
    title: {zh: 组织生活}
    title: {zh: 又一个}
    indicators:
      - id: L01
        title: {zh: 开会}
        points: 4.125
        tier: basics
        measure: {count: {fact: meetings}}
        target: 4
      - id: L01
        title: {zh: 党课}
        points: 2
        measure: {occurrences: {fact: meeting, where: {kind: lectures}, per: quarter}}
      - id: L02
        title: {zh: 经费}
        points: 2
        measure: {sum: {fact: fund, column: amount, where: {booked_on: {at_least: 5}}}}
        target: {at_most: 0}
stars:
  - {stars: 3, score: 80}
  - {stars: 4, score: 90}
"""


def test_ten_mistakes_and_one_are_reported_at_once_in_the_order_of_the_text() -> None:
    with pytest.raises(StandardRefused) as refused:
        read_standard(parse_document(TEN_MISTAKES))
    assert [(fault.line, fault.id) for fault in refused.value.faults] == [
        (7, "unknown-choice"),
        (9, "unknown-key"),
        (13, "duplicate-key"),
        (17, "points-too-fine"),
        (18, "unknown-tier"),
        (19, "unknown-fact"),
        (21, "duplicate-id"),
        (24, "unknown-code"),
        (28, "kinds-differ"),
        (28, "ceiling-proportional"),
        (32, "stars-out-of-order"),
    ]


def faults_in(document: Document, settings: dict[str, object] | None = None) -> tuple[Fault, ...]:
    try:
        read_standard(document, settings)
    except StandardRefused as refused:
        return refused.faults
    return ()


def edited(old: str, new: str, base: str = "unknown-fact") -> list[tuple[str, str, str]]:
    """The faults of a sound document after one edit: id, place, what was found."""
    text = (BROKEN / f"{base}.yaml").read_text("utf-8").replace("fact: meetings", "fact: meeting")
    assert old in text
    faults = faults_in(parse_document(text.replace(old, new)))
    return [(fault.id, fault.where, fault.found) for fault in faults]


COUNT: Final = "{count: {fact: meeting, where: {kind: branch_meeting}}}\n        target: 4"
MEASURE: Final = "dimensions[0].indicators[0].measure"


def test_the_document_edited_below_is_sound() -> None:
    assert edited("schema: 1", "schema: 1") == []


@pytest.mark.parametrize(
    ("old", "new", "id", "where"),
    [
        # What would silently measure nothing, or everything.
        ("{kind: branch_meeting}", "{kind: []}", "empty-list", "count.where.kind"),
        ("{kind: branch_meeting}", "{kind: {}}", "empty-list", "count.where.kind"),
        ("{kind: branch_meeting}", "{kind: {not: []}}", "empty-list", "count.where.kind.not"),
        ("{kind: branch_meeting}", "{kind: {not: }}", "kinds-differ", "count.where.kind.not"),
        (
            "{kind: branch_meeting}",
            "{held_on: {at_least: }}",
            "kinds-differ",
            "count.where.held_on.at_least",
        ),
        (
            "{kind: branch_meeting}",
            "{held_on: {at_most: {column: attended}}}",
            "kinds-differ",
            "count.where.held_on.at_most.column",
        ),
        (
            "{kind: branch_meeting}",
            "{attended: {at_least: as_of}}",
            "kinds-differ",
            "count.where.attended.at_least",
        ),
        (
            "{kind: branch_meeting}",
            "{attended: {at_least: {column: held_on}}}",
            "kinds-differ",
            "count.where.attended.at_least.column",
        ),
        (
            "{kind: branch_meeting}",
            "{held_on: {at_least: {column: , plus_days: 1}}}",
            "missing-key",
            "count.where.held_on.at_least",
        ),
        ("fact: meeting", "fact: organization", "unknown-fact", "count.fact"),
        (COUNT, "{findings: {deduct: {}}}", "empty-list", "findings.deduct"),
        (COUNT, "{findings: {deduct: {a: }}}", "not-a-number", "findings.deduct.a"),
        (COUNT, "{judgement: {levels: {}}}", "empty-list", "judgement.levels"),
        (COUNT, "{judgement: {levels: {good: }}}", "not-a-number", "judgement.levels.good"),
        (COUNT, "{count: }\n        target: 4", "not-a-mapping", "count"),
        (COUNT, "{}", "one-measure", ""),
        (
            COUNT,
            "{level: {column: name}}\n        target: 1",
            "not-a-number-column",
            "level.column",
        ),
        (
            COUNT,
            "{count: {fact: dues, where: {month: 2026-3}}}\n        target: 1",
            "kinds-differ",
            "count.where.month",
        ),
        # Measures that must name a target, or must not.
        (COUNT, "{sum: {fact: fund, column: amount}}", "target-missing", ""),
        (COUNT, "{level: {column: members}}", "target-missing", ""),
        (
            COUNT,
            "{rating: {fact: survey, positive: satisfied, all: answered}}",
            "target-missing",
            "",
        ),
    ],
)
def test_measures_are_refused(old: str, new: str, id: str, where: str) -> None:
    place = f"{MEASURE}.{where}" if where else MEASURE
    assert [fault[:2] for fault in edited(old, new)] == [(id, place)]


SHARE: Final = "{share: {fact: rectification, satisfying: {accepted: true}}}"
MEMBERS: Final = "{member_share: {satisfying: {status: full}}}"
FILED: Final = "{presence: {fact: filing, column: kind, all_of: [plan]}}"
RATED: Final = "{rating: {fact: survey, positive: satisfied, all: answered}}"


@pytest.mark.parametrize(
    ("piece", "id"),
    [
        (f"{SHARE}\n        target: 0.9\n        score: {{deduct: 1}}", "target-not-here"),
        (f"{MEMBERS}\n        target: 0.9\n        score: {{deduct: 1}}", "target-not-here"),
        (
            f"{FILED}\n        target: 1\n        score: {{steps: [[1, 1]], of: shortfall}}",
            "target-not-here",
        ),
        (
            "{count: {fact: honor}}\n        target: 1\n        score: {earn: 1}",
            "target-not-here",
        ),
        (f"{SHARE}\n        score: {{earn: 1}}", "score-not-here"),
        (f"{RATED}\n        target: 0.8\n        score: {{deduct: 1}}", "score-not-here"),
        (
            f"{RATED}\n        target: 0.8\n        score: {{steps: [[1, 1]], of: shortfall}}",
            "score-not-here",
        ),
        ("{count: {fact: incident}}\n        target: {at_most: 0}", "ceiling-proportional"),
        ("{count: {fact: honor}}\n        target: {at_most: }\n        score: all_or_nothing",
         "missing-key"),
        ("{count: {fact: honor}}\n        target: {at_least: 3}", "unknown-key"),
        ("{count: {fact: honor}}\n        target: {share_of: name, share: 1}",
         "not-a-number-column"),
        ("{count: {fact: honor}}\n        target: 1\n        score: {steps: [], of: value}",
         "empty-list"),
        ("{count: {fact: honor}}\n        target: 1\n        due: later", "unknown-choice"),
        ("{count: {fact: honor}}\n        score: {earns: 2}", "unknown-score"),
        ("{count: {fact: honor}}\n        score: {}", "one-score"),
    ],
)  # fmt: skip
def test_combinations_are_refused(piece: str, id: str) -> None:
    assert [fault[0] for fault in edited(COUNT, piece)] == [id]


@pytest.mark.parametrize(
    "piece",
    [
        "{count: {fact: honor}}\n        score: {earn: 1}",
        "{count: {fact: honor}}\n        score: {steps: [[1, 1], [2, 4]], of: value}",
        f"{RATED}\n        target: 0.8\n        score: {{steps: [[0.8, 1]], of: value}}",
        f"{SHARE}\n        score: {{deduct: 1}}",
        "{count: {fact: incident}}\n        target: {at_most: 0}\n        score: {deduct: 1}",
        "{level: {column: members}}\n        target: {share_of: members, share: 0.5, round: up}",
    ],
)
def test_combinations_are_taken(piece: str) -> None:
    assert edited(COUNT, piece) == []


@pytest.mark.parametrize(
    ("old", "new", "id", "where"),
    [
        ("schema: 1", "schema: true", "wrong-schema", "schema"),
        ("id: broken", "id: true", "not-text", "id"),
        ("dimensions:", "dimensions: []\nunused:", "empty-dimension", "dimensions"),
        ("dimensions:", "tiers: [a, a]\ndimensions:", "duplicate-item", "tiers[1]"),
        ("dimensions:", "stars: [3, 3]\ndimensions:", "not-a-mapping", "stars[0]"),
        (
            "dimensions:",
            "stars: [{stars: 5, score: 9, tiers: {top: 1}}]\ndimensions:",
            "unknown-tier",
            "stars[0].tiers.top",
        ),
        (
            "dimensions:",
            "stars: [{stars: 9, score: 9}, {stars: 4, score: 8}]\ndimensions:",
            "unknown-choice",
            "stars[0].stars",
        ),
        (
            "period: year",
            "period: {from: 1990-01-01, to: 2026-01-01}",
            "span-too-long",
            "period",
        ),
        (
            "dimensions:",
            "applies_to: {members: {at_least: {parameter: [1]}}}\ndimensions:",
            "unknown-parameter",
            "applies_to.members.at_least.parameter",
        ),
        (
            "dimensions:",
            "applies_to: {established_on: {at_least: {as_of: -99999}}}\ndimensions:",
            "span-too-long",
            "applies_to.established_on.at_least.as_of",
        ),
    ],
)  # fmt: skip
def test_heads_are_refused(old: str, new: str, id: str, where: str) -> None:
    assert (id, where) in [fault[:2] for fault in edited(old, new)]


@pytest.mark.parametrize(
    ("setting", "refused"),
    [
        ("700", False),
        (" 0.5 ", False),
        (700, False),
        (0.5, False),
        ("1e999999999", True),
        ("1/3", True),
        ("nan", True),
        (float("inf"), True),
        (True, True),
        ("", True),
        (10**5000, True),
        ([], True),
    ],
    ids=lambda value: type(value).__name__,
)
def test_settings_are_numbers(setting: object, refused: bool) -> None:
    path = BROKEN / "parameter-not-settable.yaml"
    document = read_document(path)
    found = [fault.id for fault in faults_in(document, {"floor": setting})]
    assert found == (["parameter-not-settable"] if refused else [])


def test_a_parameter_is_shown_with_its_number() -> None:
    text = (BROKEN / "parameter-not-settable.yaml").read_text("utf-8")
    text = text.replace("        target:", "        bonus: false\n        target:")
    text = text.replace("points: 4", "points: {parameter: floor}")
    with pytest.raises(StandardRefused) as refused:
        read_standard(parse_document(text), {"floor": "0.125", "ceiling": 3})
    assert [(f.id, f.found) for f in refused.value.faults] == [
        ("unknown-parameter", "ceiling"),
        ("points-too-fine", "floor = 0.125"),
    ]


RECURSIVE: Final[list[object]] = []
RECURSIVE.append(RECURSIVE)


@pytest.mark.parametrize(
    ("value", "id"),
    [
        (RECURSIVE, "nested-too-deep"),
        ({"id": "\ud800"}, "bad-character"),
        ({1: 1, "1": 2}, "duplicate-key"),
        ({"a": [0] * 60_000}, "too-large"),
        ({"version": dt.datetime(2026, 1, 1, 8)}, "missing-key"),
        ({"period": {"from": dt.datetime(2026, 1, 1, 8), "to": 10**9999}}, "not-a-date"),
        (None, "not-a-mapping"),
        ({object(): object()}, "unknown-key"),
    ],
)
def test_values_in_hand_are_refused_like_text(value: object, id: str) -> None:
    with pytest.raises(StandardRefused) as refused:
        read_standard(value)  # type: ignore[arg-type]
    assert id in {fault.id for fault in refused.value.faults}
    for fault in refused.value.faults:
        assert all(describe(fault, language) for language in LANGUAGES)


@pytest.mark.parametrize("text", ["[", "{a: ", "- ", "? ", "[{"])
def test_a_hundred_thousand_levels_are_refused_at_once(text: str) -> None:
    with pytest.raises(StandardRefused) as refused:
        parse_document(text * 100_000)
    assert refused.value.faults[0].id in ("nested-too-deep", "yaml-syntax")


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("a: 1\nb: c: d\n", 2, "b: c: d"),
        ("a: 1\nb: [1\n\n\n", 2, "b: [1"),
        ("a: |\n\tb", 2, "b"),
    ],
)
def test_what_cannot_be_read_is_quoted_with_its_line(text: str, line: int, found: str) -> None:
    with pytest.raises(StandardRefused) as refused:
        parse_document(text)
    (fault,) = refused.value.faults
    assert (fault.line, fault.found) == (line, found)
    assert not re.search("[a-z]{4,} [a-z]", fault.sentence(ZH)), "no English of the parser"


def test_an_alias_of_its_own_and_a_second_document_are_refused() -> None:
    for text, id in (("&a [*a]", "nested-too-deep"), ("a: 1\n---\nb: 2\n", "yaml-syntax")):
        with pytest.raises(StandardRefused) as refused:
            parse_document(text)
        assert [fault.id for fault in refused.value.faults] == [id]


def test_an_alias_is_what_it_names() -> None:
    assert parse_document("a: &x [1, no, '1', 2026-03-31]\nb: *x").value == {
        "a": [1, "no", "1", dt.date(2026, 3, 31)],
        "b": [1, "no", "1", dt.date(2026, 3, 31)],
    }
