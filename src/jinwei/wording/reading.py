"""A requirement read aloud: the sentence that its rule makes, so that a wrong rule is heard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from jinwei.engine.measures.judging import Findings, Judgement
from jinwei.engine.measures.occurrences import Occurrences
from jinwei.engine.measures.shares import Rating
from jinwei.engine.schema import Indicator, Part

from .conditions import exact, filter_told
from .measuring import every, measure_told
from .scoring import score_told
from .words import Words

_TEXTS: Final = {
    "empty_met": ("没有应办的按做到计", "nothing to do counts as done"),
    "points": ("满分 {points} 分", "worth {points}"),
    "bonus": ("最多加 {points} 分", "a bonus of at most {points}"),
    "off": ("最多扣 {points} 分", "at most {points} off"),
    "several": ("（{n}）{rule}", "({n}) {rule}"),
    "due_windows": ("{every}末到期", "due at the end of {every}"),
    "due_end": ("期末到期", "due at the end of the period"),
    "due_always": ("随时应当做到", "due at any time"),
    "due_judged": ("评定后计分", "reckoned once judged"),
    "due_rated": ("有测评结果后计分", "reckoned once there are votes"),
}
_HAN_GAP: Final = re.compile(r"(?<=[\u4e00-\u9fff”）]) +(?=[\u4e00-\u9fff“（])")
_HAN_DIGIT: Final = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9%])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Reading:
    """A requirement in words: its rule, when it is due, and whom it is narrowed to (or nothing)."""

    rule: str
    due: str
    applies: str


def read_aloud(say: Words, subject: str, indicator: Indicator) -> Reading:
    """What an indicator asks of a subject (organization or member), from its document."""
    several = len(indicator.parts) > 1
    rules = [part_told(say, subject, part) for part in indicator.parts]
    if several:
        rules = [_text(say, "several", n=n, rule=rule) for n, rule in enumerate(rules, start=1)]
    clauses = [say.semicolon.join(rules), points_told(say, indicator)]
    due = dict.fromkeys(_due(say, part) for part in indicator.parts)
    return Reading(
        _spaced(say, (say.semicolon if several else _and(say)).join(clauses)),
        say.semicolon.join(due),
        _spaced(say, filter_told(say, subject, indicator.applies_to)),
    )


def points_told(say: Words, indicator: Indicator) -> str:
    """The most that an indicator gives, or takes off."""
    key = "off" if indicator.points < 0 else "bonus" if indicator.bonus else "points"
    return _text(say, key, points=exact(Fraction(abs(indicator.points), 100)))


def part_told(say: Words, subject: str, part: Part) -> str:
    """What is measured, what is enough, and how it becomes points."""
    told = [measure_told(say, subject, part)]
    if part.measure.met_when_empty:
        told.append(_text(say, "empty_met"))
    scored = score_told(say, part)
    return _and(say).join([*told, scored] if scored else told)


def _text(say: Words, key: str, **values: object) -> str:
    return _TEXTS[key][say.english].format(**values)


def _and(say: Words) -> str:
    return ", " if say.english else "，"


def _spaced(say: Words, told: str) -> str:
    """A gap between Han and digits, none between Han and Han, wherever the pieces came from."""
    return told if say.english else _HAN_DIGIT.sub(" ", _HAN_GAP.sub("", told))


def _due(say: Words, part: Part) -> str:
    measure = part.measure
    if isinstance(measure, Occurrences):
        return _text(say, "due_windows", every=every(say, measure.per))
    if isinstance(measure, Findings) or (isinstance(measure, Judgement) and not measure.column):
        return _text(say, "due_judged")
    if isinstance(measure, Rating) and not measure.met_when_empty:
        return _text(say, "due_rated")
    return _text(say, f"due_{part.owed}")
