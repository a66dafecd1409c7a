"""How a part's points were reckoned, as lines of arithmetic in words."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from jinwei.engine.explain import PartBehind
from jinwei.engine.schema import Indicator
from jinwei.engine.scores import AllOrNothing, Deduct, Earn, Factor, Proportional, Score, Steps

from .conditions import counted_in
from .words import Words, exact_points, number

_SHARES: Final = ("share", "member_share", "rating")
_TEXTS: Final = {
    "windows": (
        "应完成 {counting} 个时段：已完成 {passed}，已错过 {missed}，还有 {to_come} 个未到期",
        "{counting} windows: {passed} done, {missed} missed, {to_come} to come",
    ),
    "check_met": ("符合要求，得 {points} 分", "as required: {points} points"),
    "check_missed": ("不符合要求，得 {earned} 分", "not as required: {earned} points"),
    "none_due": ("期内没有要办的，按做到计，得 {points} 分", "nothing was due: {points} points"),
    "no_matter": ("期内没有适用的事项，不计分", "nothing in the period to reckon"),
    "nothing_off": ("没有扣分", "nothing taken off"),
    "value": ("现为 {value}{unit}", "now {value}{unit}"),
    "value_of": (
        "现为 {value}{unit}，要求 {target}{unit}",
        "now {value}{unit}, required {target}{unit}",
    ),
    "ceiling": (
        "现为 {value}{unit}，不得超过 {target}{unit}",
        "now {value}{unit}, at most {target}{unit}",
    ),
    "proportional_windows": (
        "{points} × {passed} ÷ {owed} = {earned}",
        "{points} × {passed} ÷ {owed} = {earned}",
    ),
    "proportional": (
        "{points} × {value} ÷ {target} = {earned}",
        "{points} × {value} ÷ {target} = {earned}",
    ),
    "full": ("达到要求，得 {points} 分", "reached: {points} points"),
    "nothing": ("未达到，得 0 分", "not reached: 0 points"),
    "not_owed": (
        "还没到期，暂不计分",
        "not due yet, not reckoned so far",
    ),
    "deduct": (
        "缺 {short}，每缺 1 扣 {each}：{points} − {lost} = {earned}",
        "{short} short, {each} off for each: {points} − {lost} = {earned}",
    ),
    "deduct_windows": (
        "错过 {short} 个时段，每个扣 {each}：{points} − {lost} = {earned}",
        "{short} windows missed, {each} off for each: {points} − {lost} = {earned}",
    ),
    "earn": (
        "{value} × {each} 分，最多 {points} 分 = {earned}",
        "{value} × {each} points, at most {points} = {earned}",
    ),
    "steps_short": ("缺 {short}，分档扣分：得 {earned}", "{short} short, by steps: {earned}"),
    "steps_value": ("{value}，分档得分：得 {earned}", "{value}, by steps: {earned}"),
    "factor": ("{points} × {value} = {earned}", "{points} × {value} = {earned}"),
}


def formula(say: Words, indicator: Indicator, part: PartBehind) -> tuple[str, ...]:
    """What was found, then how it became points, a line each."""
    outcome = part.outcome
    worth = number(max(_worth(indicator), Fraction(0)))
    if outcome.figure is None or not outcome.counts:
        return (_text(say, "no_matter"),)
    if outcome.figure.nothing:
        return (_text(say, "none_due", points=worth),)
    if part.part.part.measure.name == "check":
        key = "check_met" if outcome.value else "check_missed"
        return (_text(say, key, points=worth, earned=exact_points(outcome.earned)),)
    told = (_found(say, part), _points(say, indicator, part))
    return tuple(text for text in told if text)


def _text(say: Words, key: str, **values: object) -> str:
    zh, en = _TEXTS[key]
    return (en if say.english else zh).format(**values)


def _amount(part: PartBehind, value: Fraction | None) -> str:
    """A share as a percentage, anything else as a number."""
    if value is not None and part.part.part.measure.name in _SHARES:
        return f"{number(value * 100)}%"
    return number(value)


def _found(say: Words, part: PartBehind) -> str:
    outcome = part.outcome
    tally = outcome.figure.windows if outcome.figure else None
    if tally is not None:
        return _text(
            say,
            "windows",
            counting=tally.counting,
            passed=tally.passed,
            missed=tally.missed,
            to_come=tally.to_come,
        )
    if part.part.part.score.name == "factor":
        return ""
    unit = counted_in(say, part.part.part.measure)
    shown = {"value": _amount(part, outcome.value), "unit": f" {unit}" if unit else ""}
    if outcome.target is None:
        return _text(say, "value", **shown)
    target = part.part.part.target
    key = "ceiling" if target is not None and target.ceiling else "value_of"
    return _text(say, key, target=_amount(part, outcome.target), **shown)


def _points(say: Words, indicator: Indicator, part: PartBehind) -> str:
    outcome = part.outcome
    if indicator.points < 0 and not outcome.earned:
        return _text(say, "nothing_off")
    if not outcome.obtainable and not outcome.earned and indicator.points > 0:
        return _text(say, "not_owed")
    score = part.part.part.score
    return _BY_SCORE[type(score)](say, indicator, part, score)


def _worth(indicator: Indicator) -> Fraction:
    return Fraction(indicator.points, 100)


def _proportional(say: Words, indicator: Indicator, part: PartBehind, score: Score) -> str:
    outcome = part.outcome
    tally = outcome.figure.windows if outcome.figure else None
    shown = {"points": number(_worth(indicator)), "earned": exact_points(outcome.earned)}
    if tally is not None:
        owed = tally.passed + tally.missed
        return _text(say, "proportional_windows", passed=tally.passed, owed=owed, **shown)
    if outcome.earned == _worth(indicator):
        return _text(say, "full", points=shown["points"])
    value, target = _amount(part, outcome.value), _amount(part, outcome.target)
    return _text(say, "proportional", value=value, target=target, **shown)


def _all_or_nothing(say: Words, indicator: Indicator, part: PartBehind, score: Score) -> str:
    if part.outcome.earned:
        return _text(say, "full", points=number(_worth(indicator)))
    return _text(say, "nothing")


def _deduct(say: Words, indicator: Indicator, part: PartBehind, score: Score) -> str:
    assert isinstance(score, Deduct)
    figure = part.outcome.figure
    assert figure is not None
    short = figure.shortfall or Fraction(0)
    key = "deduct"
    if score.per_window and figure.windows is not None:
        key, short = "deduct_windows", Fraction(figure.windows.missed)
    if not short:
        return _text(say, "full", points=number(max(_worth(indicator), Fraction(0))))
    return _text(
        say,
        key,
        short=number(short),
        each=number(score.each),
        points=number(max(_worth(indicator), Fraction(0))),
        lost=number(score.each * short),
        earned=exact_points(part.outcome.earned),
    )


def _earn(say: Words, indicator: Indicator, part: PartBehind, score: Score) -> str:
    assert isinstance(score, Earn)
    return _text(
        say,
        "earn",
        value=number(part.outcome.value),
        each=number(score.each),
        points=number(_worth(indicator)),
        earned=exact_points(part.outcome.earned),
    )


def _steps(say: Words, indicator: Indicator, part: PartBehind, score: Score) -> str:
    assert isinstance(score, Steps)
    earned = exact_points(part.outcome.earned)
    if score.of_value:
        return _text(say, "steps_value", value=_amount(part, part.outcome.value), earned=earned)
    figure = part.outcome.figure
    short = number(figure.shortfall if figure else None)
    return _text(say, "steps_short", short=short, earned=earned)


def _factor(say: Words, indicator: Indicator, part: PartBehind, score: Score) -> str:
    shown = {"points": number(_worth(indicator)), "earned": exact_points(part.outcome.earned)}
    return _text(say, "factor", value=number(part.outcome.value), **shown)


_BY_SCORE: Final[dict[type, Callable[[Words, Indicator, PartBehind, Score], str]]] = {
    Proportional: _proportional,
    AllOrNothing: _all_or_nothing,
    Deduct: _deduct,
    Earn: _earn,
    Steps: _steps,
    Factor: _factor,
}
