"""The parts of an indicator: measure, target, when it is owed, score; and how they go together."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, cast

from .checks import names, numbers, scoring, shape
from .measures import MEASURES, Measure, Scope
from .measures.base import read_number_column
from .node import Node
from .schema import Owed, Part, Target
from .scores import Earn, Factor, Proportional, Score, Steps, read_score

TARGET_KEYS: Final = ("at_most", "share_of", "share", "minimum", "round")
SHARE_KEYS: Final = frozenset(TARGET_KEYS[1:])
SHARES: Final = ("share", "member_share", "rating", "judgement", "findings", "check")
"""Measures whose value is at most 1."""
PART_KEYS: Final = ("measure", "target", "due", "score")


def read_parts(scope: Scope, node: Node, fields: dict[str, Node], points: int) -> tuple[Part, ...]:
    if "parts" not in fields:
        if "measure" not in fields:
            if isinstance(node.value, dict):
                node.fault(shape.MISSING_KEY, "measure", ("measure", "parts"))
            return ()
        part = _read_part(scope, {k: n for k, n in fields.items() if k in PART_KEYS}, points)
        return (part,) if part else ()
    for key in PART_KEYS:
        if key in fields:
            fields[key].fault(scoring.PARTS_AND_MEASURE, key)
    nodes = fields["parts"].filled()
    read = [_read_part(scope, n.fields(PART_KEYS, ("measure",)), points) for n in nodes]
    parts = tuple(part for part in read if part)
    if len({isinstance(part.score, Earn) for part in parts}) > 1:
        fields["parts"].fault(scoring.PARTS_MIXED)
    return parts


def _read_part(scope: Scope, fields: dict[str, Node], points: int) -> Part | None:
    measure = _read_measure(scope, fields["measure"]) if "measure" in fields else None
    if measure is None:
        return None
    target_node = fields.get("target")
    ceiling = target_node is not None and _is_ceiling(target_node.value)
    score = _read_score(fields, measure, points, ceiling)
    if score is None:
        return None
    target = _target(scope, fields, measure, score)
    return Part(measure, target, _owed(fields, measure, target), score)


def _read_measure(scope: Scope, node: Node) -> Measure | None:
    fields = node.fields(None)
    if len(fields) != 1:
        if isinstance(node.value, dict):
            node.fault(names.ONE_MEASURE, len(fields), MEASURES)
        return None
    name, child = next(iter(fields.items()))
    if name not in MEASURES:
        child.fault(names.UNKNOWN_MEASURE, name, MEASURES)
        return None
    return MEASURES[name].from_node(child, scope)


def _read_score(
    fields: dict[str, Node], measure: Measure, points: int, ceiling: bool
) -> Score | None:
    node = fields.get("score")
    if not measure.scores:
        if node is not None:
            node.fault(scoring.NO_SCORE, measure=measure.name)
        if points < 0:
            fields["measure"].fault(scoring.NEGATIVE_SCORE, measure.name)
        return Factor()
    score = read_score(node) if node is not None else Proportional()
    if score is None:
        return None
    place = node or fields["measure"]
    _check_score(place, measure, score, points, ceiling)
    return score


def _check_score(place: Node, measure: Measure, score: Score, points: int, ceiling: bool) -> None:
    if score.name not in measure.scores or (
        measure.name == "rating" and isinstance(score, Steps) and not score.of_value
    ):
        rated = measure.name == "rating"
        allowed = [
            "steps of: value" if rated and s == "steps" else s for s in sorted(measure.scores)
        ]
        found = "steps of: shortfall" if isinstance(score, Steps) else score.name
        place.fault(scoring.SCORE_NOT_HERE, found, allowed, measure=measure.name)
    elif points < 0 and not score.by_shortfall:
        place.fault(scoring.NEGATIVE_SCORE, score.name, ("deduct", "steps of: shortfall"))
    elif ceiling and isinstance(score, Proportional):
        place.fault(scoring.CEILING_PROPORTIONAL, allowed=("all_or_nothing", "deduct", "steps"))
    elif getattr(score, "per_window", False) and measure.name != "occurrences":
        place.fault(scoring.PER_WINDOW_NOT_HERE, score.name)


def _target(scope: Scope, fields: dict[str, Node], measure: Measure, score: Score) -> Target | None:
    node = fields.get("target")
    why = _why_no_target(measure, score)
    if node is not None:
        if why is not None:
            node.fault(scoring.TARGET_NOT_HERE, why=why[0], why_en=why[1])
        target = _read_target(scope, node)
        if measure.name in SHARES and target.number > 1 and target.share_of is None:
            node.fault(numbers.TARGET_ABOVE_ONE)
        return target
    if why is not None or score.by_value or measure.name == "presence":
        return None
    if measure.default_target is None:
        fields["measure"].fault(scoring.TARGET_MISSING, measure.name)
        return None
    return Target(measure.default_target)


def _read_target(scope: Scope, node: Node) -> Target:
    if not isinstance(node.value, dict) or "parameter" in node.value:
        return Target(node.not_negative())
    if _is_ceiling(node.value):
        most = node.fields(("at_most",), ("at_most",)).get("at_most")
        return Target(most.not_negative() if most else Fraction(0), ceiling=True)
    # What says neither is more likely a mistyped ceiling than half a share.
    required = ("share_of", "share") if not node.value or set(node.value) & SHARE_KEYS else ()
    fields = node.fields(TARGET_KEYS, required)
    if "share_of" not in fields:
        return Target()
    table = scope.subject_table
    column = read_number_column(fields, table, "share_of")
    return Target(
        number=fields["share"].not_negative() if "share" in fields else Fraction(0),
        share_of=column,
        minimum=fields["minimum"].not_negative() if "minimum" in fields else None,
        round_up="round" in fields and fields["round"].choice(("up",)) == "up",
    )


def _owed(fields: dict[str, Node], measure: Measure, target: Target | None) -> Owed:
    if "due" not in fields:
        return "always" if target is not None and target.ceiling else measure.owed
    if measure.name == "occurrences":
        fields["due"].fault(scoring.DUE_NOT_HERE)
    return cast(Owed, fields["due"].choice(("always", "end")))


def _is_ceiling(value: object) -> bool:
    return isinstance(value, dict) and "at_most" in value


def _why_no_target(measure: Measure, score: Score) -> tuple[str, str] | None:
    if not measure.takes_target:
        return (
            "occurrences（按月、按季计次）的目标就是每月、每季都做到",
            "occurrences aim at every window",
        )
    if isinstance(score, Earn):
        return ("按 earn 计分，做多少得多少", "scored by earn, every unit earns")
    free = measure.name in ("share", "member_share", "presence")
    if free and score.by_shortfall:
        return (
            "这里按所缺扣分，一个不缺就是达到",
            "scored by shortfall, a shortfall of 0 is enough",
        )
    return None
