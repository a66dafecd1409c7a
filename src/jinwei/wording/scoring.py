"""How what was found becomes points, in a clause of the sentence that reads a rule aloud."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from jinwei.engine.measures.counting import Count
from jinwei.engine.measures.occurrences import Occurrences
from jinwei.engine.measures.shares import MemberShare, Share
from jinwei.engine.measures.standing import Check, Presence
from jinwei.engine.periods import Per
from jinwei.engine.schema import Part
from jinwei.engine.scores import AllOrNothing, Deduct, Earn, Factor, Proportional, Score, Steps

from .conditions import exact, unit
from .words import Words

_TEXTS: Final = {
    "done_windows": ("按做到的{windows}数占比得分", "by the share of {windows} done"),
    "all_windows": ("全部做到得满分，否则不得分", "all points if never missed, else none"),
    "short_once": ("每缺 1 {unit}扣 {each} 分", "{each} off for each one short"),
    "short_window": ("每缺 1 {window}扣 {each} 分", "{each} off for each {window} missed"),
    "proportional": ("不够的按比例得分", "in proportion where short of it"),
    "all_or_nothing": ("做到得满分，否则不得分", "all points or none"),
    "short_row": ("每有 1 {unit}没做到扣 {each} 分", "{each} off for each row without"),
    "short_member": ("每有 1 名没做到扣 {each} 分", "{each} off for each member without"),
    "short_item": ("每缺 1 项扣 {each} 分", "{each} off for each one missing"),
    "short_number": ("每差 1 扣 {each} 分", "{each} off for each one short"),
    "over_number": ("每超出 1 扣 {each} 分", "{each} off for each one above"),
    "earn": ("每 1{unit}得 {each} 分", "{each} for each"),
    "earn_window": ("每做到 1 {window}得 {each} 分", "{each} for each {window} done"),
    "steps_off": ("分档扣分：{steps}", "taken off in steps: {steps}"),
    "steps_for": ("分档得分：{steps}", "given in steps: {steps}"),
    "step_short": ("缺 {bound} 扣 {points} 分", "{points} off from {bound} short"),
    "step_over": ("超出 {bound} 扣 {points} 分", "{points} off from {bound} above"),
    "step_value": ("满 {bound} 得 {points} 分", "{points} from {bound}"),
}
_WINDOW: Final = {
    "month": ("个月", "month"),
    "quarter": ("个季度", "quarter"),
    "half_year": ("个半年", "half year"),
    "year": ("年", "year"),
}
_WINDOWS: Final = {
    "month": ("月", "months"),
    "quarter": ("季度", "quarters"),
    "half_year": ("半年", "half years"),
    "year": ("年", "years"),
}
_SPAN: Final = ("个时段", "window")
_SPANS: Final = ("时段", "windows")


def score_told(say: Words, part: Part) -> str:
    """The clause of a part's score; nothing where the measure says it all."""
    return _SCORES[type(part.score)](say, part, part.score)


def _text(say: Words, key: str, **values: object) -> str:
    return _TEXTS[key][say.english].format(**values)


def _per(part: Part) -> Per | None:
    return part.measure.per if isinstance(part.measure, Occurrences) else None


def _unit(part: Part) -> str:
    """What the measure counts in; nothing for sums."""
    measure = part.measure
    if isinstance(measure, Count | Occurrences) and measure.distinct is not None:
        return "个"
    return unit(measure.fact) if isinstance(measure, Count | Occurrences | Share) else ""


def _window(say: Words, per: Per) -> str:
    return _WINDOW.get(per.unit or "", _SPAN)[say.english]


def _ceiling(part: Part) -> bool:
    return part.target is not None and part.target.ceiling


def _proportional(say: Words, part: Part, score: Proportional) -> str:
    per = _per(part)
    if per is None:
        return "" if isinstance(part.measure, Check) else _text(say, "proportional")
    return _text(say, "done_windows", windows=_WINDOWS.get(per.unit or "", _SPANS)[say.english])


def _all_or_nothing(say: Words, part: Part, score: AllOrNothing) -> str:
    return _text(say, "all_windows" if _per(part) else "all_or_nothing")


def _deduct(say: Words, part: Part, score: Deduct) -> str:
    per, each = _per(part), exact(score.each)
    if per is not None and score.per_window:
        return _text(say, "short_window", window=_window(say, per), each=each)
    if per is not None:
        return _text(say, "short_once", unit=_unit(part), each=each)
    kinds: dict[type, str] = {Share: "row", MemberShare: "member", Presence: "item"}
    kind = kinds.get(type(part.measure), "number")
    key = "over_number" if _ceiling(part) else f"short_{kind}"
    return _text(say, key, unit=_unit(part), each=each)


def _earn(say: Words, part: Part, score: Earn) -> str:
    per, each = _per(part), exact(score.each)
    if per is not None:
        return _text(say, "earn_window", window=_window(say, per), each=each)
    return _text(say, "earn", unit=_unit(part), each=each)


def _steps(say: Words, part: Part, score: Steps) -> str:
    key = "step_value" if score.of_value else "step_over" if _ceiling(part) else "step_short"
    steps = say.comma.join(
        _text(say, key, bound=exact(bound), points=exact(points)) for bound, points in score.steps
    )
    return _text(say, "steps_for" if score.of_value else "steps_off", steps=steps)


def _factor(say: Words, part: Part, score: Factor) -> str:
    return ""


_SCORES: Final[dict[type[Score], Callable[[Words, Part, Any], str]]] = {
    Proportional: _proportional,
    AllOrNothing: _all_or_nothing,
    Deduct: _deduct,
    Earn: _earn,
    Steps: _steps,
    Factor: _factor,
}
