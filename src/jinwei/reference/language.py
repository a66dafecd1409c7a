"""The tables of the language reference, from the classes that read a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from jinwei.engine.catalogue import FACTS, VALIDITY
from jinwei.engine.document import document_of
from jinwei.engine.faults import EN, ZH
from jinwei.engine.measures import MEASURES, Measure, Scope
from jinwei.engine.node import Node, Reading
from jinwei.engine.outcomes import STATES
from jinwei.engine.scores import SCORES
from jinwei.engine.standard import INDICATOR_KEYS, KEYS, REQUIRED
from jinwei.engine.texts import SOURCE_STATUS

from .faults import standard_faults
from .keys import (
    DOCUMENT_KEYS,
    INDICATOR_KEY_WORDS,
    MEASURE_KEYS,
    MEASURE_VALUES,
    SCORE_FORMS,
    SCORE_WORDS,
    STATE_WORDS,
)
from .limits import limit_table
from .markdown import code, codes, fill, number, table

INDICATOR_REQUIRED: Final = ("id", "title", "points")
_KEYS_HEAD: Final = {EN: ("key", "required", "meaning"), ZH: ("键", "必填", "含义")}
_YES: Final = {EN: "yes", ZH: "是"}
_MEASURES_HEAD: Final = {
    EN: ("measure", "required keys", "other keys", "value", "default target", "owed", "scores"),
    ZH: ("计量", "必填的键", "其他的键", "值", "默认目标", "到期", "可用计分"),
}
_MEASURE_KEYS_HEAD: Final = {
    EN: ("key of a measure", "where", "meaning"),
    ZH: ("计量的键", "用于", "含义"),
}
_SCORES_HEAD: Final = {
    EN: ("score", "form", "earned", "for"),
    ZH: ("计分", "写法", "实得分", "用于"),
}
_STATES_HEAD: Final = {EN: ("state", "meaning"), ZH: ("状态", "含义")}
_FACTS_HEAD: Final = {
    EN: ("ledger", "standards for organizations", "standards for members"),
    ZH: ("台账", "组织标准", "党员标准"),
}
_OWED: Final = {
    "always": {EN: "always", ZH: "随时"},
    "end": {EN: "when the period has closed", ZH: "周期关闭时"},
    "window": {EN: "window by window", ZH: "逐个窗口"},
    "in_force": {EN: "; `in_force`: always", ZH: "；`in_force`：随时"},
}
_TARGETS: Final = {
    "windows": {EN: "all counting windows", ZH: "全部计数窗口"},
    "listed": {EN: "the number listed", ZH: "所列的个数"},
    "none": {EN: "must be named", ZH: "必须写明"},
}
_OWN_SCORE: Final = {EN: "none: points × value", ZH: "不写：分值 × 值"}


def language_page(language: str) -> str:
    holes = {
        "document_keys": _key_table(KEYS, REQUIRED, DOCUMENT_KEYS, language),
        "indicator_keys": _key_table(
            INDICATOR_KEYS, INDICATOR_REQUIRED, INDICATOR_KEY_WORDS, language
        ),
        "source_status": codes(SOURCE_STATUS, language),
        "validity": codes(sorted(VALIDITY), language),
        "facts_by_subject": _facts(language),
        "measures": _measures(language),
        "measure_keys": _measure_keys(language),
        "scores": _scores(language),
        "states": table(
            _STATES_HEAD[language],
            [(code(state), STATE_WORDS[state][language]) for state in STATES],
        ),
        "limits": limit_table(language),
        "faults": standard_faults(language),
    }
    return fill("standards-language", language, holes)


def _key_table(
    keys: Sequence[str],
    required: Sequence[str],
    words: Mapping[str, Mapping[str, str]],
    language: str,
) -> str:
    yes = _YES[language]
    rows = [(code(key), yes if key in required else "", words[key][language]) for key in keys]
    return table(_KEYS_HEAD[language], rows)


def _facts(language: str) -> str:
    def yes(name: str, subject: str) -> str:
        return _YES[language] if FACTS[name].column(subject) else ""

    rows = [(code(name), yes(name, "organization"), yes(name, "member")) for name in FACTS]
    return table(_FACTS_HEAD[language], rows)


def required_keys(name: str) -> tuple[str, ...]:
    """The keys a measure asks for, learnt from what it finds missing in an empty one."""
    _, reading = _empty_measure(name)
    return tuple(fault.found for fault in reading.faults if fault.id == "missing-key")


def _measures(language: str) -> str:
    return table(_MEASURES_HEAD[language], [_measure(name, language) for name in MEASURES])


def _measure(name: str, language: str) -> tuple[str, ...]:
    required = required_keys(name)
    others = [key for key in MEASURES[name].keys if key not in required]
    scores = [score for score in SCORES if score in MEASURES[name].scores]
    return (
        code(name),
        codes(required, language),
        codes(others, language),
        MEASURE_VALUES[name][language],
        _default_target(name, language),
        _owed(name, language),
        codes(scores, language) if scores else _OWN_SCORE[language],
    )


def _default_target(name: str, language: str) -> str:
    default = MEASURES[name].default_target
    if default is not None:
        return number(default)
    if name == "presence":
        return _TARGETS["listed"][language]
    return _TARGETS["none" if MEASURES[name].takes_target else "windows"][language]


def _owed(name: str, language: str) -> str:
    if not MEASURES[name].takes_target:
        return _OWED["window"][language]
    owed = _empty_measure(name)[0].owed
    text = _OWED[owed][language]
    if owed == "end" and "in_force" in MEASURES[name].keys:
        text += _OWED["in_force"][language]
    return text


def _empty_measure(name: str) -> tuple[Measure, Reading]:
    """A measure read from nothing, and the faults of that."""
    reading = Reading(document_of({}))
    node = Node({}, "", reading)
    return MEASURES[name].from_node(node, Scope("organization")), reading


def _measure_keys(language: str) -> str:
    keys = dict.fromkeys(key for measure in MEASURES.values() for key in measure.keys)
    rows = []
    for key in keys:
        users = [name for name, measure in MEASURES.items() if key in measure.keys]
        rows.append((code(key), codes(users, language), MEASURE_KEYS[key][language]))
    return table(_MEASURE_KEYS_HEAD[language], rows)


def _scores(language: str) -> str:
    rows = []
    for score in SCORES:
        users = [name for name, measure in MEASURES.items() if score in measure.scores]
        words = SCORE_WORDS[score][language]
        rows.append((code(score), SCORE_FORMS[score], words, codes(users, language)))
    return table(_SCORES_HEAD[language], rows)
