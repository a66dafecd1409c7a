"""The generated cases are read without an exception and are of real variety."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings

from jinwei.engine.catalogue import TABLES

from .generate import MEASURES, standards_and_data
from .reading import read_standard_results

STATES = ["not_applicable", "exempt", "pending", "on_track", "met", "missed", "awaiting"]
SCORES = ["proportional", "all_or_nothing", "deduct", "earn", "steps shortfall", "steps value"]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
KEYS = {"score", "potential", "stars", "grade", "vetoes", "dimensions", "indicators"}


def is_sound(tables: dict) -> None:
    for name, rows in tables.items():
        for row in rows:
            assert set(row) <= {column.name for column in TABLES[name].stored}
            references_exist(name, row, tables)
            ends_after_beginnings(name, row)
        keys = [row["code"] for row in rows if TABLES[name].key]
        assert len(keys) == len(set(keys))


def references_exist(name: str, row: dict, tables: dict) -> None:
    for column in TABLES[name].stored:
        value = row.get(column.name)
        assert value is not None or not column.required
        if column.refers_to and value is not None:
            assert value in {other["code"] for other in tables[column.refers_to]}
        if column.codes and value is not None:
            assert value in column.codes


def ends_after_beginnings(name: str, row: dict) -> None:
    for start, end in TABLES[name].ends:
        assert not (row.get(start) and row.get(end)) or row[start] <= row[end]


def score_name(piece: dict) -> str:
    score = piece.get("score", "proportional")
    if isinstance(score, str):
        return score
    if "steps" in score:
        return f"steps {score['of']}"
    return "deduct" if "deduct" in score else "earn"


def note_standard(found: Counter, standard: dict) -> None:
    for dimension in standard["dimensions"]:
        for indicator in dimension["indicators"]:
            for piece in indicator.get("parts", [indicator]):
                ((measure, options),) = piece["measure"].items()
                found[measure] += 1
                found[score_name(piece)] += 1
                found.update(f"{measure} {option}" for option in options)


def collect_case(found: Counter, case: tuple) -> None:
    standard, tables, as_of, period = case
    is_sound(tables)
    note_standard(found, standard)
    for result in read_standard_results(standard, tables, as_of, period).values():
        assert set(result) == KEYS
        states = [indicator["state"] for indicator in result["indicators"].values()]
        assert set(states) <= set(STATES)
        found.update(states)
        found["score" if result["score"] is not None else "no score"] += 1
        found.update(f"stars {result['stars']}" for _ in result["vetoes"])


def test_cases_are_read_and_sound_and_every_measure_score_and_state_occurs() -> None:
    found: Counter = Counter()

    @seed(20240101)
    @settings(
        max_examples=350,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=SLOW,
    )
    @given(standards_and_data())
    def gather(case: tuple) -> None:
        collect_case(found, case)

    gather()
    wanted = [*MEASURES, *SCORES, *STATES]
    assert [name for name in wanted if found[name] < 10] == []
